"""The rules for figures and dates that were altered in retelling an entry or a confirmed decision ("forty stops",
"until 2034"), and for announcements that are reported as carried out."""

from __future__ import annotations

from collections.abc import Iterator, Set

import regex

from acquis.claims.bodies import bodies_named, short_names
from acquis.claims.facts import Facts, Token, tokens
from acquis.claims.lexicon import Lexicon, is_past, value, value_of
from acquis.claims.reading import ReadSentence, plain
from acquis.claims.verdicts import ClaimVerdict
from acquis.text.sentences import sentences

SHARE, ALONE_SHARE, FEWEST = 0.6, 0.4, 3
"""A sentence retells a text if it has this share of the words of the text, without its figures. If the sentence cites
nothing else, the second share is enough, but at least so many words must be common."""
_ONE_IN = regex.compile(r"(?<!\w)(?:one|two|three|[1-3])\s(?:\w+\s)?in\s$")
_EVERY_FEW = regex.compile(r"(?<!\w)(?:one|two|three|[1-3])\s(?:\w+\s)?in\s(?P<of>\w+)")
_YEAR = regex.compile(r"(?<![\w/-])(?:19|20)\d\d(?![\w/-])")


_LOOSE = ("above", "below", "nearly", "barely", "about")
"""The bounds that make a figure approximate."""


def _ends(limit: regex.Match[str], low: str, number: regex.Match[str]) -> bool:
    """Whether a bound is directly before a number."""
    return low[limit.end() : number.start()].isspace()


def altered_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A verdict on each figure or year of a sentence that differs from the one in the text that the sentence
    retells."""
    if not read.outer.strip():
        return
    stems = {token.stem for token in tokens(read.text) if token.is_content}
    pieces = dict.fromkeys([*read.cited, *(mention.piece for mention in read.mentions)])
    spoken = [each for piece in pieces if piece.kind in ("turn", "line") for each in piece.texts]
    retellings = [part for whole in spoken for part in sentences(whole) if is_told(part, stems, words)]
    for piece in pieces:
        said = piece.kind in ("turn", "line")
        for text in (part for whole in piece.texts for part in sentences(whole)):
            if piece.kind in ("statement", "turn", "line") and is_told(text, stems, words):
                yield from _altered(text, read, words, (piece.entry,))
                others = {_verb(token, words) for part in retellings if part != text for token in tokens(part)}
                yield from _tense(text, read, words, others) if said and not read.quotes else ()
    if not read.quotes and len({piece.entry for piece in read.cited}) == 1 and read.cited[0].kind == "turn":
        near = [part for whole in read.cited[0].texts for part in sentences(whole)]
        verbs = {_verb(token, words) for part in retellings for token in tokens(part)}
        near = [part for part in near if not is_told(part, stems, words) and is_told(part, stems, words, ALONE_SHARE)]
        yield from (verdict for part in near for verdict in _tense(part, read, words, verbs))
    for text in facts.confirmed:
        if is_told(text, stems, words, ALONE_SHARE if not read.cited else SHARE):
            yield from _altered(text, read, words, ())
            yield from _carried_out(text, read, words)
            yield from _other_body(text, read, facts)


def is_told(text: str, stems: set[str], words: Lexicon, least: float = SHARE) -> bool:
    """Whether a sentence with these stems retells a text: it has at least this share of the words of the text."""
    terms = {token.stem for token in tokens(text) if token.is_content and not _is_figure(token, words)}
    common = len(terms & stems)
    return common >= min(FEWEST if least < SHARE else 1, len(terms)) and bool(terms) and common >= least * len(terms)


def is_of_rest(text: str, read: ReadSentence, words: Lexicon) -> bool:
    """Whether a sentence makes the opposite statement about the remainder: a text says that 22 of 57 have not explained
    something, and the sentence that 35 have."""
    low = plain(text)
    if (words.denying.search(low) is None) == (words.denying.search(read.low) is None):
        return False
    there, here = ({value(words, match) for match in words.number.finditer(each)} for each in (low, read.low))
    return any(part + rest in here for part in there for rest in here)


def _other_body(text: str, read: ReadSentence, facts: Facts) -> Iterator[ClaimVerdict]:
    """A verdict on a body that the sentence names in place of the one in a confirmed decision."""
    named = [body for body in bodies_named(read, facts) if body not in facts.groups]
    known = [body for body in named if any(name in text for name in (body, *short_names(body, facts)))]
    if named and not known:
        yield ClaimVerdict("body", "fails", min(named), "words", {"text": text})


def _tense(text: str, read: ReadSentence, words: Lexicon, verbs: Set[str]) -> Iterator[ClaimVerdict]:
    """Verdicts on an announcement that is reported as done, and the other way round. `verbs`: those of other sentences
    of the speaker, which may be the ones retold."""
    low = plain(text)
    future, later = words.future.search(low), words.future.search(read.low)
    realized = words.realized.search(read.low)
    if future and not later:
        # "Will open", and "calls on ministries to open".
        acts = [token for token in tokens(text) if token.at >= future.end() and token.is_content]
        acts = acts[: 2 if words.requested.search(future[0]) else 1]
        named, forms = {_verb(act, words) for act in acts} - verbs, {act.word for act in acts}
        past = (token for token in tokens(read.text) if _verb(token, words) in named and is_past(words, token.word))
        done = next((t for t in past if t.word not in forms or words.has_done.search(read.low[: t.at])), None)
        pledged = words.pledge.search(read.low) if words.requested.search(low) else None
        if pledged and not words.pledge.search(low) and not words.commitments["denied"].search(read.low):
            yield ClaimVerdict("decision", "fails", pledged[0], "words", {"text": text})
        elif done or (realized and not verbs):
            at, end = realized.span() if realized else (done.at, done.end) if done else (0, 0)
            yield ClaimVerdict("decision", "fails", read.text[at:end], "words", {"text": text})
    if future is None and later:
        acts = [token for token in tokens(read.text) if token.at >= later.end() and token.is_content][:2]
        named = {_verb(token, words) for token in acts}
        past = (token for token in tokens(text) if is_past(words, token.word) and not low[: token.at].endswith("be "))
        if any(_verb(token, words) in named for token in past):
            yield ClaimVerdict("decision", "fails", read.text[later.start() : later.end()], "words", {"text": text})


def _verb(token: Token, words: Lexicon) -> str:
    """The stem of a word, or the stem of the verb for a form of an irregular verb."""
    return words.irregular.get(token.word, token.stem)


def _is_figure(token: Token, words: Lexicon) -> bool:
    return token.word.isdecimal() or token.word in words.numbers or token.word in words.months


def _altered(text: str, read: ReadSentence, words: Lexicon, entries: tuple[int, ...]) -> Iterator[ClaimVerdict]:
    if is_of_rest(text, read, words):
        return
    there, here = (_figures(each, words) for each in (text, read.text))
    for what, figures in there.items():
        # A figure may stand elsewhere in the text: "from 240 to 38 milliseconds".
        listed = {value_of(words, match[0]) for match in words.number.finditer(plain(text))}
        everything = figures.keys() | (listed if what not in ("year", "month") else set())
        wrong = [said for value, said in here.get(what, {}).items() if value not in everything]
        # Of two years or months one may be of something else; not if the text has another in its place.
        replaced = len(figures) == len(here.get(what, {})) > 1
        if wrong and (replaced or len(wrong) == len(here[what])):
            rule = "date" if what in ("year", "month") else "count"
            yield ClaimVerdict(rule, "fails", wrong[0], "words", {"text": text}, entries)


def _figures(text: str, words: Lexicon) -> dict[str, dict[float, str]]:
    """The years and months of a text and its figures by the word that each one counts, each with its spelling in the
    text."""
    listed: dict[str, dict[float, str]] = {}
    for match in _YEAR.finditer(text):
        listed.setdefault("year", {})[float(match[0])] = match[0]
    low, parts = plain(text), tokens(text)
    for match in words.number.finditer(low):
        if words.percent.match(low, match.end()):
            listed.setdefault("%", {})[value_of(words, match[0])] = text[match.start() : match.end()]
    for token in parts:
        if token.word in words.months and text[token.at].isupper():
            listed.setdefault("month", {})[words.months[token.word]] = text[token.at : token.end]
    for match in words.number.finditer(low):
        few = _EVERY_FEW.match(low, match.start())
        of = few["of"] if few else ""
        is_few = words.number.fullmatch(of) and not _YEAR.fullmatch(of)
        if is_few or _ONE_IN.search(low[: match.start()]):  # "one letter in twenty"
            continue
        if any(_ends(limit, low, match) for name in _LOOSE for limit in words.bounds[name].finditer(low)):
            continue  # "more than four hundred", of 412
        if words.of_them.match(low, match.end()) and not _YEAR.fullmatch(match[0]):
            listed.setdefault("of them", {})[value_of(words, match[0])] = text[match.start() : match.end()]
        counted = next((token for token in parts if token.at >= match.end()), None)
        if counted and counted.is_content and counted.at <= match.end() + 1 and counted.word not in words.months:
            listed.setdefault(counted.stem, {})[value_of(words, match[0])] = text[match.start() : match.end()]
    return listed


def _carried_out(text: str, read: ReadSentence, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A verdict on a confirmed decision that is reported as carried out, although the decision only says what is to be
    done."""
    low = plain(text)
    if words.unsettled.search(low) and not words.unsettled.search(read.low):
        if match := words.settled.search(read.low):
            yield ClaimVerdict("decision", "fails", read.text[match.start() : match.end()], "words", {"text": text})
        return
    asked = words.commitments["not_done"].search(low)
    act = next((token for token in tokens(text) if asked and token.at >= asked.end()), None)
    for token in tokens(read.text) if act else ():
        same = act and _verb(token, words) == _verb(act, words) and is_past(words, token.word)
        before = read.low[: token.at]
        if same and words.has_done.search(before) and not words.future.search(before):
            yield ClaimVerdict("decision", "fails", read.text[token.at : token.end], "words", {"text": text})
            return
    pledged = words.pledge.search(read.low)
    if asked and pledged and not words.pledge.search(low) and not words.commitments["denied"].search(read.low):
        yield ClaimVerdict("decision", "fails", read.text[pledged.start() : pledged.end()], "words", {"text": text})
        return
    if asked is None or words.commitments["not_done"].search(read.low) or words.requested.search(read.low):
        return
    if match := words.delivered.search(read.low):
        yield ClaimVerdict("decision", "fails", read.text[match.start() : match.end()], "words", {"text": text})
        return
    for token in tokens(read.text) if act else ():
        if act and _verb(token, words) == _verb(act, words) and token.word != act.word and is_past(words, token.word):
            yield ClaimVerdict("decision", "fails", read.text[token.at : token.end], "words", {"text": text})
