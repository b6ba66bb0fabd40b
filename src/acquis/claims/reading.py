"""Reads a sentence: the entries that it is about, the people and groups that it names, and the rest of its words.

The words of a statement inside a sentence ("... agreed that every school needs a line") make no claim. The rules
therefore look for claims only in the rest (`ReadSentence.outer`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import msgspec
import regex

from acquis.claims.facts import Facts, Passage, Token, tokens
from acquis.claims.lexicon import Lexicon
from acquis.text.name_lexicon import COMMON

CITED_SHARE, OTHER_SHARE = 0.6, 0.75
"""The least share of the content words of an entry that a sentence about it has, if the entry is cited and if it is
not."""
VERBATIM = 4
"""So many consecutive words of a statement are taken to be quoted from it."""
FEWEST_WORDS = 3
"""The least number of common content words by which an entry that is not cited is recognized."""
MOST_ENTRIES, MOST_CANDIDATES = 200, 12
"""A word that is in more entries is ignored. The entries with most common words are compared, at most the second
number."""
_QUOTED = regex.compile(r"[“„\"]([^“”„\"]{1,2000})[”“\"]|«\s?([^«»]{1,2000}?)\s?»")


class Subject(msgspec.Struct, frozen=True):
    """An entry that a sentence is about, and where its words stand in the sentence."""

    piece: Passage
    share: float
    at: int
    end: int


class NamedSpan(msgspec.Struct, frozen=True):
    """The position of a name in a sentence, from `at` to before `end`."""

    name: str
    at: int
    end: int


class ReadSentence(msgspec.Struct, frozen=True):
    """A sentence with what was read in it. `low`: the text in lower case, of equal length. `outer`: `low` with blanks
    in place of quotations and of the words of `mentions`. `cited`: the entries that the sentence cites."""

    text: str
    low: str
    outer: str
    cited: list[Passage]
    mentions: list[Subject]
    quotes: list[NamedSpan]
    names: list[NamedSpan]
    groups: list[NamedSpan]

    def about(self, *kinds: str) -> list[Passage]:
        """The entries of these kinds that the sentence is about: those whose words it has, or else those that it
        cites."""
        mentioned = [mention.piece for mention in self.mentions if mention.piece.kind in kinds]
        return mentioned or [piece for piece in self.cited if piece.kind in kinds]


def plain(text: str) -> str:
    """The text in lower case with ASCII apostrophes. Its length is unchanged."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return lowered.replace("’", "'")


def read_sentence(text: str, cites: tuple[int, ...], facts: Facts, words: Lexicon) -> ReadSentence:
    """Reads a sentence that cites these entries."""
    low, listed = plain(text), tokens(text)
    cited = facts.cited(cites)
    quotes = [NamedSpan(match[1] or match[2], match.start(), match.end()) for match in _QUOTED.finditer(text)]
    mentions = [*_quoted(quotes, facts), *_mentions(listed, cited, facts)]
    outer = low
    spans = [span for mention in mentions for span in _own_words(mention, low, listed, facts, words)]
    spans += [
        span for piece in cited if piece.kind == "statement" for span in _verbatim(piece, low, listed, facts, words)
    ]
    for at, end in [(span.at, span.end) for span in (*quotes, *spans)]:
        outer = outer[:at] + " " * (end - at) + outer[end:]
    names = list(_names(text, listed, facts, words))
    for span in names:
        outer = outer[: span.at] + "·" * (span.end - span.at) + outer[span.end :]
    return ReadSentence(
        text,
        low,
        outer=outer,
        cited=cited,
        mentions=mentions,
        quotes=quotes,
        names=names,
        groups=_groups(outer, _statements(mentions, cited), facts, words),
    )


# --- what it is about ---


def _mentions(listed: tuple[Token, ...], cited: list[Passage], facts: Facts) -> list[Subject]:
    """The entries whose words the sentence has. Of two of the same kind at the same position, the better match."""
    known = {piece.entry for piece in cited}
    listed_mentions = [*_read(listed, known, CITED_SHARE, 2, facts)]
    listed_mentions += _read(listed, set(_candidates(listed, facts)) - known, OTHER_SHARE, FEWEST_WORDS, facts)
    kept: list[Subject] = []
    for mention in sorted(
        listed_mentions, key=lambda mention: (-mention.share, mention.piece.entry not in known, mention.at)
    ):
        same = (other for other in kept if other.piece.kind == mention.piece.kind)
        if not any(mention.at < other.end and other.at < mention.end for other in same):
            kept.append(mention)
    return [mention for mention in kept if not _is_shadow(mention, kept, known)]


def _is_shadow(mention: Subject, kept: list[Subject], known: set[int]) -> bool:
    """Whether a statement or question that is not cited only shares words with a question or statement that is."""
    rivals = {"statement": "question", "question": "statement"}
    return mention.piece.entry not in known and any(
        other.piece.entry in known
        and rivals.get(other.piece.kind) == mention.piece.kind
        and mention.at < other.end
        and other.at < mention.end
        for other in kept
    )


def _own_words(
    mention: Subject, low: str, listed: tuple[Token, ...], facts: Facts, words: Lexicon
) -> Iterator[NamedSpan]:
    """The positions of the words of an entry in a sentence. If a claim stands between the words of a statement, only
    those on one side of it count: in "operators opposed the opening of data", "opening of data"."""
    if mention.piece.kind not in ("statement", "question"):
        yield NamedSpan("", mention.at, mention.end)
        return
    terms = {token.stem for token in facts.words[mention.piece.entry][0]}
    inside = [token for token in listed if mention.at <= token.at < mention.end and token.stem in terms]
    content = [place for place, token in enumerate(inside) if token.is_content]
    patterns = (*(words.directions[side] for side in ("oppose", "agree", "divide")), words.voting)
    for number, place in enumerate(content[1:], 1):
        between = low[inside[content[number - 1]].end : inside[place].at]
        if any(pattern.search(between) for pattern in patterns):
            inside = inside[place:] if 2 * number <= len(content) else inside[: content[number - 1] + 1]
            break
    yield from (NamedSpan("", token.at, token.end) for token in inside)


def _verbatim(piece: Passage, low: str, listed: tuple[Token, ...], facts: Facts, words: Lexicon) -> Iterator[NamedSpan]:
    """The position of an exception that belongs to a statement word for word ("in all but name"), even if the sentence
    has no other words of the statement."""
    said = [token.word for token in listed]
    own = [token.word for token in facts.words[piece.entry][0]]
    runs = {tuple(own[at : at + VERBATIM]) for at in range(len(own) - VERBATIM + 1)}
    for at in range(len(said) - VERBATIM + 1):
        last = listed[at + VERBATIM - 1]
        if tuple(said[at : at + VERBATIM]) in runs and words.excepted.search(low[listed[at].at : last.at]):
            yield NamedSpan("", listed[at].at, last.end)


def _quoted(quotes: list[NamedSpan], facts: Facts) -> Iterator[Subject]:
    """The statements and questions that a sentence quotes in full."""
    for quote in quotes:
        if entry := facts.exact.get(tuple(token.word for token in tokens(quote.name))):
            yield Subject(facts.pieces[entry], 1.0, quote.at, quote.end)


def _candidates(listed: tuple[Token, ...], facts: Facts) -> Iterator[int]:
    """The entries that share most words with a sentence; of as many, those that share an earlier word of it."""
    hits = Counter[int]()
    for term in dict.fromkeys(token.stem for token in listed if token.is_content):
        entries = facts.index.get(term, ())
        if len(entries) <= MOST_ENTRIES:
            hits.update(entries)
    yield from (seq for seq, n in hits.most_common(MOST_CANDIDATES) if n >= FEWEST_WORDS)


def _read(listed: tuple[Token, ...], entries: set[int], least: float, fewest: int, facts: Facts) -> Iterator[Subject]:
    for seq in sorted(entries):
        for text in facts.words.get(seq, ()):
            terms = {token.stem for token in text if token.is_content}
            places = [place for place, token in enumerate(listed) if token.stem in terms]
            common = {listed[place].stem for place in places}
            share = len(common) / len(terms) if terms else 0
            if share >= least and len(common) >= min(fewest, len(terms)):
                first, last = _window(listed, places, len(common))
                first, last = _whole(listed, first, last, text)
                yield Subject(facts.pieces[seq], share, listed[first].at, listed[last].end)
                break


def _window(listed: tuple[Token, ...], places: list[int], distinct: int) -> tuple[int, int]:
    """The first and last word of the shortest part of the sentence that has all common words."""
    best, inside, begin = (places[0], places[-1]), Counter[str](), 0
    for place in places:
        inside[listed[place].stem] += 1
        while len(inside) == distinct:
            if place - places[begin] < best[1] - best[0]:
                best = (places[begin], place)
            inside[listed[places[begin]].stem] -= 1
            if not inside[listed[places[begin]].stem]:
                del inside[listed[places[begin]].stem]
            begin += 1
    return best


def _whole(listed: tuple[Token, ...], first: int, last: int, text: tuple[Token, ...]) -> tuple[int, int]:
    """The window, extended by the function words that the text has before its first and after its last content word."""
    content = [place for place, token in enumerate(text) if token.is_content]
    before = text[: content[0]] if text[content[0]].stem == listed[first].stem else ()
    for token in reversed(before):
        if first == 0 or listed[first - 1].word != token.word:
            break
        first -= 1
    after = text[content[-1] + 1 :] if text[content[-1]].stem == listed[last].stem else ()
    for token in after:
        if last + 1 == len(listed) or listed[last + 1].word != token.word:
            break
        last += 1
    return first, last


# --- whom it names ---


def _names(text: str, listed: tuple[Token, ...], facts: Facts, words: Lexicon) -> Iterator[NamedSpan]:
    """The speakers whom the sentence names, by the whole name or by a capitalized family name. A name that is also a
    common word does not count at the beginning of a sentence, unless the person speaks ("Hope said")."""
    place = 0
    while place < len(listed):
        known = facts.names.get(listed[place].word, ())
        rest = tuple(token.word for token in listed[place : place + 8])
        hit = next(((order, name) for order, name in known if rest[: len(order)] == order), None)
        ordinary = hit is not None and len(hit[0]) == 1 and place == 0 and hit[0][0] in COMMON
        ordinary = ordinary and not words.saying.match(plain(text), listed[place].end + 1)
        if hit is None or ordinary or not text[listed[place].at].isupper():
            place += 1
            continue
        order, name = hit
        yield NamedSpan(name, listed[place].at, listed[place + len(order) - 1].end)
        place += len(order)


def _statements(mentions: list[Subject], cited: list[Passage]) -> list[str]:
    """The texts of the statements that a sentence may be about."""
    pieces = [*(mention.piece for mention in mentions), *cited]
    return [plain(piece.texts[0]) for piece in pieces if piece.kind == "statement" and piece.texts]


def _groups(outer: str, statements: list[str], facts: Facts, words: Lexicon) -> list[NamedSpan]:
    """The groups that a sentence names, without those that belong to the words of its statement ("a key for
    governments")."""
    named = []
    outer = outer.replace("-", " ")  # "private-sector voters"
    for group in facts.groups:
        pattern = words.groups.get(plain(group)) or _own(plain(group))
        named += [NamedSpan(group, match.start(), match.end()) for match in pattern.finditer(outer)]
        first, _, more = plain(group).partition(" ")
        for match in _first_word(first).finditer(outer) if more else ():
            inside = any(span.at <= match.start() < span.end for span in named)
            if not inside and (match[0] != first or words.people.match(outer[match.end() + 1 :])):
                named.append(NamedSpan(group, match.start(), match.end()))
    named = [span for span in named if not _is_of_statement(span, outer, statements, words)]
    return sorted(named, key=lambda span: (span.at, -span.end))


def _is_of_statement(span: NamedSpan, outer: str, statements: list[str], words: Lexicon) -> bool:
    """Whether a group belongs to the words of a statement and did not vote: the statement has this word for it, and the
    word is not the name of the group, or follows words for what the group should have or do."""
    said = outer[span.at : span.end]
    if words.people.match(outer[span.end :].lstrip()):
        return False
    if not any(regex.search(rf"(?<!\w){regex.escape(said)}(?!\w)", statement) for statement in statements):
        return False
    return _own(plain(span.name)).fullmatch(said) is None or words.spoken_of.search(outer[: span.at]) is not None


def _first_word(first: str) -> regex.Pattern[str]:
    """The pattern of the first word of a group of several words: "island voters" and "the islands" mean the "Island
    Voices"."""
    return regex.compile(rf"(?<![\w-])(?:{regex.escape(first)}|(?<=the\s){regex.escape(first)}s)(?![\w-])")


def _own(group: str) -> regex.Pattern[str]:
    """The pattern of the name of a group, in British and American spelling, singular and plural."""
    single = regex.escape(group.removesuffix("s"))
    pattern = f"{single.removesuffix('ie')}(?:y|ies)" if single.endswith("ie") else f"{single}s?"
    pattern = regex.sub(r"i[sz]ation", "i[sz]ation", pattern)
    return regex.compile(rf"(?<!\w){pattern}(?!\w)")


def clauses(outer: str, words: Lexicon) -> list[str]:
    """The clauses of a text."""
    cuts = [0, *(match.end() for match in words.clauses.finditer(outer)), len(outer)]
    return [outer[since:until] for since, until in pairwise(cuts)]


def clauses_of(read: ReadSentence, pieces: list[Passage], words: Lexicon) -> list[tuple[str, list[Passage]]]:
    """The clauses of a sentence, each with the entries of which it has most words. Entries without words in any clause
    are assigned in order to the clauses that are left."""
    cuts = [0, *(match.end() for match in words.clauses.finditer(read.outer)), len(read.low)]
    if words.contrast.match(read.outer.lstrip()) and "," in read.outer:  # "While A was, B was not"
        cuts = sorted({*cuts, read.outer.index(",") + 1})
    spans = list(pairwise(cuts))
    stems = [{token.stem for token in tokens(read.text[since:until])} for since, until in spans]
    listed: dict[int, list[Passage]] = {}
    missed: list[Passage] = []
    for piece in pieces:
        terms = {token.stem for text in (*piece.texts[:1], piece.who) for token in tokens(text) if token.is_content}
        best = max(range(len(spans)), key=lambda place: (len(terms & stems[place]), -place))
        if terms & stems[best]:
            listed.setdefault(best, []).append(piece)
        else:
            missed.append(piece)
    free = [place for place in range(len(spans)) if place not in listed][-len(missed) :] if missed else []
    for number, piece in enumerate(missed):
        listed.setdefault(free[number] if number < len(free) else 0, []).append(piece)
    return [(read.outer[spans[place][0] : spans[place][1]], about) for place, about in sorted(listed.items())]
