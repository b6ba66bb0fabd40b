"""The rules for answers to questions, for counts of the session, and for document symbols."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
import regex

from acquis.claims.facts import Facts, Passage
from acquis.claims.lexicon import Lexicon, value_of
from acquis.claims.numbers import fits, numbers_of
from acquis.claims.reading import ReadSentence, clauses_of
from acquis.claims.verdicts import ClaimVerdict, Outcome, decided
from acquis.reference.paragraphs import find_paras, paras_text
from acquis.reference.symbols import Mention, find_symbols
from acquis.text.sentences import sentences
from acquis.text.stemming import stem

ANSWERED = frozenset({"answered_live", "answered_in_writing"})
MOST_NAMED = 5
"""The most questions without an answer that a verdict names."""
_NEITHER = regex.compile(r"(?<!\w)(?:neither|nor|none of)(?!\w)[^;]*$")
_DIGITS = regex.compile(r"\d+")
_NOT = regex.compile(r"(?<!\w)(?:not|rather than|instead of)(?: an?| the| its)? $")


def outcome_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on answers, counts and symbols in a sentence."""
    whole = list(_all_answers(read, facts, words))
    yield from whole or _answers(read, facts, words)
    yield from _supporters(read, words)
    yield from _counts(read, facts, words)
    yield from _symbols(read, facts)


# --- answers ---


def _answers(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the outcomes of questions. Of the questions whose words a sentence has, one must have the
    outcome; of the questions that it cites, each."""
    cited = [piece for piece in read.cited if piece.kind == "question"]
    questions = cited if len(cited) > 1 else read.about("question")
    if not questions:
        return
    clauses = clauses_of(read, questions, words) if len(cited) > 1 else [(read.outer, questions)]
    for text, about in clauses:
        claim, match = _told_fate(text, words)
        if match is None and len(clauses) > 1:
            claim, match = _told_fate(read.outer, words)
        if match is None and set(about) <= set(read.cited):  # "answered" may be a word of the question, too
            claim, match = _told_fate(read.low, words)
        if match is None or not about:
            continue
        right = [piece for piece in about if _is_so(claim, piece, questions)]
        wrong = [piece for piece in about if piece not in right]
        holds = not wrong if len(cited) > 1 else bool(right)
        piece = (right if holds else wrong)[0]
        # A question that was withdrawn is not public, so a sentence that cites none may be about one not compared.
        hidden = claim == "withdrawn" and facts.asked > sum(p.kind == "question" for p in facts.pieces.values())
        hidden = hidden and piece not in cited
        outcome: Outcome = "holds" if holds else "open" if piece.fate == "on_floor" or hidden else "fails"
        yield ClaimVerdict("answer", outcome, match[0].strip(), "fate", {"fate": piece.fate}, (piece.entry,))


def _all_answers(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the outcomes of all questions of the session together. A question that was merged counts with the
    one into which it was merged."""
    if read.groups or read.mentions:  # it tells of some of them
        return
    public = [piece for piece in facts.pieces.values() if piece.kind == "question"]
    questions = [piece for piece in public if not piece.into]
    for claim, pattern in words.all_answers.items():
        match = pattern.search(read.outer)
        if match is None or not questions:
            continue
        ways = (way for way in ("written", "live") if words.answers[way].match(read.outer, match.end() + 1))
        way = next(ways, "any")
        left = tuple(piece.entry for piece in questions if not _answered(way, piece.fate))
        right = {"not_every": bool(left), "none_answered": len(left) == len(questions)}.get(claim, not left)
        # One that is not public was withdrawn, which needs no answer, or was withheld.
        hidden = right and claim != "not_every" and facts.asked > len(public)
        outcome: Outcome = "open" if hidden else decided(right)
        answered: dict[str, str | int] = {"n": len(questions) - len(left), "of": len(questions)}
        yield ClaimVerdict("answer", outcome, match[0].strip(), "answers", answered, left[:MOST_NAMED])


def _told_fate(text: str, words: Lexicon) -> tuple[str, regex.Match[str] | None]:
    """The outcome of a question that a text reports, and its position."""
    for claim in ("merged", "none", "withdrawn", "written", "live", "any"):
        if match := _not_denied(words.answers[claim], text):
            if not _NEITHER.search(text[: match.start()]) or claim == "none":
                return claim, match
            if claim != "withdrawn":
                return f"not {claim}", match
    return "", None


def _not_denied(pattern: regex.Pattern[str], outer: str) -> regex.Match[str] | None:
    """The first match without a "not" before it ("live, not in writing")."""
    return next((match for match in pattern.finditer(outer) if not _NOT.search(outer[: match.start()])), None)


def _is_so(claim: str, piece: Passage, questions: list[Passage]) -> bool:
    """Whether a question had this outcome, or was merged with another of these questions that had it."""
    if claim == "merged":
        return bool(piece.into) or any(other.into == piece.entry for other in questions)
    return _answered(claim, piece.fate)


def _answered(claim: str, fate: str) -> bool:
    if claim == "not merged":
        return True
    if claim.startswith("not "):
        return not _answered(claim.removeprefix("not "), fate)
    if claim in ("none", "withdrawn"):
        return fate not in ANSWERED if claim == "none" else fate == "withdrawn"
    return fate in {"written": {"answered_in_writing"}, "live": {"answered_live"}, "any": ANSWERED}[claim]


def _supporters(read: ReadSentence, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The number of supporters of a question that a sentence gives."""
    cited = [piece for piece in read.cited if piece.kind == "question"]
    questions = cited if len(cited) > 1 else read.about("question")
    patterns = (words.directions["agree"], words.counted["supporters"])
    if not questions or read.about("statement") or not any(pattern.search(read.outer) for pattern in patterns):
        return
    for number in numbers_of(read, words):
        if number.counts and not number.is_share:
            right = [piece for piece in questions if fits(number, piece.supporters)]
            piece = (right or questions)[0]
            outcome = decided(right)
            yield ClaimVerdict("count", outcome, number.words, "number", {"n": piece.supporters}, (piece.entry,))


# --- counts of the whole session ---


def _counts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    if read.groups or read.mentions:  # it is a count of less than the session
        return
    for counted, pattern in words.whole.items():
        match = pattern.search(read.outer)
        right = _whole(counted, facts) if match else set()
        if match and right:
            said = next(filter(None, match.captures("n")))
            if counted == "speakers" and value_of(words, said) == len({span.name for span in read.names}):
                continue  # "two speakers, A and B"
            outcome = decided(value_of(words, said) in right)
            yield ClaimVerdict("count", outcome, match[0].strip(), "number", {"n": max(right)})


def _whole(counted: str, facts: Facts) -> set[int]:
    """The values that a count of the session may have."""
    kinds = Counter(piece.kind for piece in facts.pieces.values())
    # What was merged has the answer of the other question, which counts once.
    fates = Counter(piece.fate for piece in facts.pieces.values() if piece.kind == "question" and not piece.into)
    live, written = fates["answered_live"], fates["answered_in_writing"]
    return {
        "questions": {kinds["question"], facts.asked},
        "written": {written},
        "answered": {live, live + written},
        "statements": {kinds["statement"], len(facts.figures)},
        "joined": {facts.joined},
        "voters": {facts.voters} - {0},
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
    """The document symbols in a sentence. If there is only one, all paragraphs are taken to be of that document."""
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
    """The documents in the record whose symbol differs only in the order of the digits of its number, each with an
    entry."""
    number = str(mention.symbol.number) if mention.symbol else ""
    terms = [term for term in facts.index if term.isdecimal() and sorted(term) == sorted(number) and term != number]
    pieces = [facts.pieces[seq] for term in terms for seq in facts.index[term]]
    named = {other.normal: piece.entry for piece in pieces for other in _mentions_of(piece)}
    return {normal: entry for normal, entry in named.items() if sorted(normal) == sorted(mention.normal or "")}


def _elsewhere(mention: Mention, facts: Facts) -> dict[int, Mention]:
    """The entries anywhere in the record that name a document."""
    term = stem(str(mention.symbol.number)) if mention.symbol else ""
    digits = _DIGITS.findall(mention.normal or "")
    pieces = (facts.pieces[seq] for seq in facts.index.get(term, ()))
    pieces = (piece for piece in pieces if all(each in " ".join(piece.texts) for each in digits))
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
    outcome = decided(right)
    yield ClaimVerdict("paragraph", outcome, said, "symbols", {"symbols": symbols}, tuple(right) or (seq,))
