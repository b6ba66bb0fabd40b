"""The rules for claims about what became of things: answers, commitments, decisions, dates, counts of the session, and
documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec
import regex

from acquis.claims.facts import Facts, Passage, tokens
from acquis.claims.lexicon import Lexicon, value_of
from acquis.claims.reading import ReadSentence, plain
from acquis.claims.verdicts import ClaimVerdict, Outcome
from acquis.claims.votes import numbers_of
from acquis.reference.paragraphs import find_paras, paras_text
from acquis.reference.symbols import Mention, find_symbols
from acquis.text.sentences import sentences
from acquis.text.stemming import stem

ANSWERED = frozenset({"answered_live", "answered_in_writing"})
FEWEST_SHARED = 3
"""A date is that of a confirmed sentence if more content words than these are common, the month and the year among
them."""
_NOT = regex.compile(r"(?<!\w)not $")
BEHIND = 60
"""The most characters before a date in which a word says what it is the date of."""


def outcome_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on these claims of a sentence."""
    yield from _answers(read, words)
    yield from _supporters(read, words)
    yield from _commitments(read, facts, words)
    yield from _committers(read, facts, words)
    yield from _decisions(read, facts, words)
    yield from _dates(read, facts, words)
    yield from _counts(read, facts, words)
    yield from _symbols(read, facts)


# --- answers ---


def _answers(read: ReadSentence, words: Lexicon) -> Iterator[ClaimVerdict]:
    questions = read.about("question")
    if not questions:
        return
    for claim in ("none", "written", "live", "any"):
        if match := _not_denied(words.answers[claim], read.outer):
            break
    else:
        return
    right = [piece for piece in questions if _answered(claim, piece.fate)]
    piece = (right or questions)[0]
    outcome: Outcome = "holds" if right else "open" if piece.fate == "on_floor" else "fails"
    yield ClaimVerdict("answer", outcome, match[0].strip(), "fate", {"fate": piece.fate}, (piece.entry,))


def _not_denied(pattern: regex.Pattern[str], outer: str) -> regex.Match[str] | None:
    """The first match that no "not" stands before: "live, not in writing"."""
    return next((match for match in pattern.finditer(outer) if not _NOT.search(outer[: match.start()])), None)


def _answered(claim: str, fate: str) -> bool:
    if claim == "none":
        return fate not in ANSWERED
    return fate in {"written": {"answered_in_writing"}, "live": {"answered_live"}, "any": ANSWERED}[claim]


def _supporters(read: ReadSentence, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The number of people who supported a question."""
    questions = read.about("question")
    patterns = (words.directions["agree"], words.counted["supporters"])
    if not questions or read.about("statement") or not any(pattern.search(read.outer) for pattern in patterns):
        return
    for number in numbers_of(read, words):
        if number.counts and not number.is_share:
            right = [piece for piece in questions if piece.supporters == number.value]
            piece = (right or questions)[0]
            outcome: Outcome = "holds" if right else "open" if number.bound else "fails"
            yield ClaimVerdict("count", outcome, number.words, "number", {"n": piece.supporters}, (piece.entry,))


# --- commitments and decisions ---


def _commitments(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    for piece in _committed(read, words):
        said = _said_of(read, piece, words)
        if said is None:
            continue
        claim, text = said
        right = (piece.fate == "done") == (claim == "done")
        outcome: Outcome = "holds" if right else "fails"
        yield ClaimVerdict("commitment", outcome, text, "status", {"status": piece.fate}, (piece.entry,))


def _committed(read: ReadSentence, words: Lexicon) -> list[Passage]:
    """The commitments that a sentence is about: it has their words and, where a body is named, the body."""
    mentioned = [mention.piece for mention in read.mentions if mention.piece.kind == "commitment"]
    named = [piece for piece in mentioned if not piece.who or plain(piece.who) in read.low]
    alone = _cited_alone(read)
    return named or [piece for piece in mentioned if piece in alone] or (alone if words.pledge.search(read.low) else [])


def _committers(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A body of the programme that is said to have made a commitment must be the one that made it."""
    mentioned = [mention.piece for mention in read.mentions if mention.piece.kind == "commitment" and mention.piece.who]
    known = {plain(piece.who) for piece in mentioned}
    for body in dict.fromkeys(person.organization for person in facts.people if person.organization):
        at = read.outer.find(plain(body)) if mentioned else -1
        after = at >= 0 and words.committing["after"].match(read.outer, at + len(body))
        if at >= 0 and (after or words.committing["before"].search(read.outer[:at])):
            piece = mentioned[0]
            outcome: Outcome = "holds" if plain(body) in known else "fails"
            yield ClaimVerdict(
                "body", outcome, body, "body", {"name": piece.texts[0], "body": piece.who}, (piece.entry,)
            )


def _cited_alone(read: ReadSentence) -> list[Passage]:
    """The commitment that a sentence cites, if it cites nothing else."""
    return read.cited if [piece.kind for piece in read.cited] == ["commitment"] else []


def _said_of(read: ReadSentence, piece: Passage, words: Lexicon) -> tuple[str, str] | None:
    """Whether a sentence says that something is done or not, and in which words."""
    for claim in ("not_done", "done"):
        if match := words.commitments[claim].search(read.low):
            return claim, match[0].strip()
    act = tokens(piece.texts[0])[0]
    for token in tokens(read.text):
        if token.stem == act.stem and token.word != act.word and token.word.endswith(words.past):
            return "done", read.text[token.at : token.end]
    return None


def _decisions(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    match = words.decided.search(read.outer)
    statements = [mention.piece for mention in read.mentions if mention.piece.kind == "statement"]
    if match is None or not statements:
        return
    confirmed = {stemmed for text in facts.confirmed for stemmed in [_stems(text)]}
    right = [piece for piece in statements if any(_stems(piece.texts[0]) <= known for known in confirmed)]
    piece = (right or statements)[0]
    value = "same" if right else "no_decision"
    yield ClaimVerdict("decision", "holds" if right else "fails", match[0], value, entries=(piece.entry,))


def _stems(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokens(text) if token.is_content)


# --- dates ---


def _dates(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    for match in words.dates.finditer(read.low):
        named = _date(match, words)
        if named is None:
            yield ClaimVerdict("date", "fails", read.text[match.start() : match.end()], "no_day")
            continue
        before = read.low[max(match.start() - BEHIND, 0) : match.start()]
        committed = [piece for piece in _committed(read, words) or _cited_alone(read) if piece.due]
        said = read.text[match.start() : match.end()]
        day_of_week, before = _weekday(before, words)
        is_held = words.session_date.search(before) or words.held_after.match(read.low, match.end())
        if named[2] and day_of_week >= 0 and day_of_week != date(*named).weekday():
            yield ClaimVerdict("date", "fails", said, "no_day")
        elif is_held and facts.days:
            right = any(_is_on(named, day) for day in facts.days)
            day = facts.days[0].isoformat()
            yield ClaimVerdict("date", "holds" if right else "fails", said, "held", {"day": day})
        elif committed:
            yield _due(named, said, committed)
        elif entry := _dated(named, read, facts, words):
            yield ClaimVerdict("date", "holds", said, entries=(entry,))
        elif text := _decided_on(named, read, facts, words):
            yield ClaimVerdict("date", "fails", said, "words", {"text": text})
        else:
            yield ClaimVerdict("date", "open", said, "nothing")


def _due(named: tuple[int, int, int], said: str, committed: list[Passage]) -> ClaimVerdict:
    dated = [piece for piece in committed if regex.fullmatch(r"\d{4}-\d\d-\d\d", piece.due)]
    right = [piece for piece in dated if _is_on(named, date.fromisoformat(piece.due))]
    piece = (right or dated or committed)[0]
    outcome: Outcome = "holds" if right else "fails" if dated else "open"
    return ClaimVerdict("date", outcome, said, "due", {"due": piece.due}, (piece.entry,))


def _date(match: regex.Match[str], words: Lexicon) -> tuple[int, int, int] | None:
    """Year, month and day (0: not given) of a match; None for a day that does not exist."""
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    else:
        year, month, day = int(match["year"]), words.months[match["month"]], int(match["day"] or 0)
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return year, month, day


def _weekday(before: str, words: Lexicon) -> tuple[int, str]:
    """The weekday at the end of the text before a date (Monday is 0, none is -1), and the text without it."""
    last = tokens(before)[-1:]
    if not last or last[0].word not in words.weekdays:
        return -1, before
    return words.weekdays.index(last[0].word), before[: last[0].at]


def _decided_on(named: tuple[int, int, int], read: ReadSentence, facts: Facts, words: Lexicon) -> str:
    """The confirmed sentence of which a sentence has words and which names other days only; empty if there is none."""
    stems = _stems(read.text)
    for text in facts.confirmed if named[2] else ():
        dates = {_date(match, words) for match in words.dates.finditer(plain(text))} - {None}
        if dates and named not in dates and len(_stems(text) & stems) > FEWEST_SHARED:
            return text
    return ""


def _is_on(named: tuple[int, int, int], day: date) -> bool:
    return named[:2] == (day.year, day.month) and named[2] in (0, day.day)


def _dated(named: tuple[int, int, int], read: ReadSentence, facts: Facts, words: Lexicon) -> int:
    """The entry of the evidence in whose text a date occurs; 0 if there is none."""
    pieces = [*read.cited, *(mention.piece for mention in read.mentions)]
    for piece in pieces:
        for text in piece.texts:
            if any(_date(match, words) == named for match in words.dates.finditer(plain(text))):
                return piece.entry
    return 0


# --- counts of the whole session ---


def _counts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    if read.groups or read.mentions:  # it is a count of less than the session
        return
    for counted, pattern in words.whole.items():
        match = pattern.search(read.outer)
        right = _whole(counted, facts) if match else set()
        if match and right:
            said = next(filter(None, match.captures("n")))
            outcome: Outcome = "holds" if value_of(words, said) in right else "fails"
            yield ClaimVerdict("count", outcome, match[0].strip(), "number", {"n": max(right)})


def _whole(counted: str, facts: Facts) -> set[int]:
    """The numbers that a count of the session may be."""
    kinds = Counter(piece.kind for piece in facts.pieces.values())
    fates = Counter(piece.fate for piece in facts.pieces.values() if piece.kind == "question")
    live, written = fates["answered_live"], fates["answered_in_writing"]
    return {
        "questions": {kinds["question"], facts.asked},
        "written": {written},
        "answered": {live, live + written},
        "statements": {kinds["statement"], len(facts.figures)},
        "joined": {facts.joined},
        "speakers": {len(facts.people)} if facts.people else set(),
    }[counted]


# --- documents ---


def _symbols(read: ReadSentence, facts: Facts) -> Iterator[ClaimVerdict]:
    named = _mentions_in(read.text)
    if not named:
        return
    pieces = [*read.cited, *(mention.piece for mention in read.mentions)]
    evidence = {piece.entry: _mentions_of(piece) for piece in pieces}
    for mention in named:
        yield from _symbol(mention, evidence, facts)


def _mentions_of(piece: Passage) -> list[Mention]:
    return [mention for text in piece.texts for part in sentences(text) for mention in _mentions_in(part)]


def _mentions_in(text: str) -> list[Mention]:
    """The symbols of a sentence; if it has one alone, all paragraphs that it names are of this document."""
    mentions = find_symbols(text)
    if len(mentions) == 1 and not mentions[0].paras:
        paras = tuple(place for cited in find_paras(text) for place in cited.ranges)
        return [msgspec.structs.replace(mentions[0], paras=paras)]
    return mentions


def _symbol(mention: Mention, evidence: dict[int, list[Mention]], facts: Facts) -> Iterator[ClaimVerdict]:
    if mention.symbol is None:
        yield ClaimVerdict("symbol", "fails", mention.text, "malformed")
        return
    there = {seq: other for seq, listed in evidence.items() for other in listed if other.normal == mention.normal}
    if not there:
        there = _elsewhere(mention, facts)
    if not there:
        near = _swapped(mention, facts)
        others = near or dict.fromkeys(other.normal for listed in evidence.values() for other in listed)
        if others:
            entries = tuple(near.values()) if near else tuple(seq for seq, listed in evidence.items() if listed)
            yield ClaimVerdict("symbol", "fails", mention.text, "symbols", {"symbols": ", ".join(others)}, entries)
        else:
            yield ClaimVerdict("symbol", "open", mention.text, "nothing")
        return
    yield ClaimVerdict("symbol", "holds", mention.text, entries=tuple(there))
    yield from _paragraph(mention, there)


def _swapped(mention: Mention, facts: Facts) -> dict[str, int]:
    """The documents of the record whose symbol is this one but for the order of the digits of its number, each with an
    entry."""
    number = str(mention.symbol.number) if mention.symbol else ""
    terms = [term for term in facts.index if term.isdecimal() and sorted(term) == sorted(number) and term != number]
    pieces = [facts.pieces[seq] for term in terms for seq in facts.index[term]]
    named = {other.normal: piece.entry for piece in pieces for other in _mentions_of(piece)}
    return {normal: entry for normal, entry in named.items() if sorted(normal) == sorted(mention.normal or "")}


def _elsewhere(mention: Mention, facts: Facts) -> dict[int, Mention]:
    """The entries of the whole record that name a document."""
    term = stem(str(mention.symbol.number)) if mention.symbol else ""
    pieces = (facts.pieces[seq] for seq in facts.index.get(term, ()))
    return {piece.entry: other for piece in pieces for other in _mentions_of(piece) if other.normal == mention.normal}


def _paragraph(mention: Mention, there: dict[int, Mention]) -> Iterator[ClaimVerdict]:
    known = {seq: other for seq, other in there.items() if other.paras}
    if not mention.paras:
        return
    said = paras_text(mention.paras)
    if not known:
        yield ClaimVerdict("paragraph", "open", said, "nothing")
        return
    right = {seq for seq, other in known.items() if set(mention.paras) <= set(other.paras)}
    seq, other = next(iter(known.items()))
    symbols = f"{other.normal}, {paras_text(other.paras)}"
    outcome: Outcome = "holds" if right else "fails"
    yield ClaimVerdict("paragraph", outcome, said, "symbols", {"symbols": symbols}, tuple(right) or (seq,))
