"""The rules for commitments and decisions: whether they were made and kept, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.claims.bodies import bodies_named, short_names
from acquis.claims.facts import Facts, Passage, tokens
from acquis.claims.lexicon import Lexicon, is_past, value
from acquis.claims.reading import ReadSentence, clauses, clauses_of, plain
from acquis.claims.verdicts import ClaimVerdict, decided


def commitment_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the commitments and decisions in a sentence."""
    yield from _commitments(read, facts, words)
    yield from _committers(read, facts, words)
    yield from _decisions(read, facts, words)
    yield from _realized(read, facts, words)


def _commitments(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    pieces = committed(read, words)
    if len(pieces) > 1 and (counted := list(_counted(read, pieces, words))):
        yield from counted
        return
    parts = clauses_of(read, pieces, words) if len(pieces) > 1 else [(read.low, pieces)]
    whole = not any(_said_of(text, piece, words) for text, about in parts for piece in about)
    for text, about in parts:
        for piece in about:
            said = _said_of(read.low if whole else text, piece, words)
            if said is None:
                continue
            claim, matched = said
            outcome = decided(_is_so(claim, piece.fate))
            yield ClaimVerdict("commitment", outcome, matched, "status", {"status": piece.fate}, (piece.entry,))


def _counted(read: ReadSentence, pieces: list[Passage], words: Lexicon) -> Iterator[ClaimVerdict]:
    """A verdict on how many of several commitments are done, or are not."""
    for clause in clauses(read.outer, words):
        number = words.number.search(clause)
        said = _said_of(clause, pieces[0], words) if number else None
        if number is None or said is None or value(words, number) >= len(pieces):
            continue
        n = sum((piece.fate == "done") == (said[0] == "done") for piece in pieces)
        outcome = decided(n == value(words, number))
        yield ClaimVerdict("count", outcome, number[0].strip(), "number", {"n": n}, tuple(p.entry for p in pieces))


def _is_so(claim: str, fate: str) -> bool:
    """Whether a claim about a commitment agrees with its status."""
    over = fate in ("declined", "dropped")
    return {
        "begun": fate == "in_progress",
        "not_begun": fate not in ("in_progress", "done"),
        "denied": fate == "declined",
        "dropped": over,
        "ahead": fate not in ("done", "declined", "dropped"),
        "not_done": fate != "done",
        "done": fate == "done",
        "accepted": fate != "declined",
    }[claim]


def committed(read: ReadSentence, words: Lexicon) -> list[Passage]:
    """The commitments that a sentence is about. It has their words and names no body other than theirs, or it cites
    nothing else."""
    mentioned = [mention.piece for mention in read.mentions if mention.piece.kind == "commitment"]
    named = [piece for piece in mentioned if not piece.who or plain(piece.who) in read.low]
    alone = cited_alone(read)
    if len(alone) > 1:
        return alone
    return named or [piece for piece in mentioned if piece in alone] or (alone if words.pledge.search(read.low) else [])


def cited_alone(read: ReadSentence) -> list[Passage]:
    """The commitments that a sentence cites, if it cites nothing else."""
    return read.cited if {piece.kind for piece in read.cited} == {"commitment"} else []


def _committers(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A verdict on the only body that a sentence about one commitment names: it must have made the commitment."""
    pieces = [mention.piece for mention in read.mentions if mention.piece.kind == "commitment"] or cited_alone(read)
    pieces = [piece for piece in pieces if piece.who]
    named = {body for body in bodies_named(read, facts) if body not in facts.groups}
    if not pieces or not named or (len(pieces) > 1 and len(named) == len({piece.who for piece in pieces})):
        return
    known = {plain(piece.who) for piece in pieces}
    own = {short for piece in pieces for short in short_names(piece.who, facts)}
    right = any(plain(body) in known for body in named) or any(short in read.text for short in own)
    piece = pieces[0]
    facts_of: dict[str, str | int] = {"name": piece.texts[0] if piece.texts else "", "body": piece.who}
    yield ClaimVerdict("body", decided(right), min(named), "body", facts_of, (piece.entry,))


def _said_of(text: str, piece: Passage, words: Lexicon) -> tuple[str, str] | None:
    """What a text says of a commitment (done, not done, never promised), and the words that say so."""
    for claim in ("not_begun", "denied", "dropped", "begun", "ahead", "not_done", "done"):
        if match := words.commitments[claim].search(text):
            return claim, match[0].strip()
    act = tokens(piece.texts[0])[0] if piece.texts else None
    terms = {token.stem for token in tokens(piece.texts[0]) if token.is_content} if piece.texts else set()
    for token in tokens(text) if act else ():
        has = words.has_done.search(text[: token.at]) is not None
        past = is_past(words, token.word) and act and token.word != act.word
        verb = words.irregular.get(token.word, token.stem)
        if act and ((verb == act.stem and (past or has)) or (token.stem in terms and has and past)):
            return "done", text[token.at : token.end]
    match = words.commitments["accepted"].search(text)
    return ("accepted", match[0].strip()) if match else None


def _decisions(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    match = words.decided.search(read.outer)
    statements = [mention.piece for mention in read.mentions if mention.piece.kind == "statement"]
    if match is None or not statements:
        return
    confirmed = {stemmed for text in facts.confirmed for stemmed in [stems_of(text)]}
    right = [piece for piece in statements if any(stems_of(piece.texts[0]) <= known for known in confirmed)]
    piece = (right or statements)[0]
    value = "same" if right else "no_decision"
    yield ClaimVerdict("decision", decided(right), match[0], value, entries=(piece.entry,))


def _realized(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A verdict on a statement that was only voted on and is reported as carried out."""
    about = [piece for piece in read.about("statement") if piece.entry in facts.figures]
    sided = any(pattern.search(read.outer) for pattern in (*words.directions.values(), words.proposed))
    match = words.realized.search(read.outer)
    said = match[0] if match else _carried_out(read, about, words)
    if about and said and not sided and not read.about("question", "turn", "line", "commitment"):
        yield ClaimVerdict("decision", "fails", said, "no_decision", entries=(about[0].entry,))


def _carried_out(read: ReadSentence, about: list[Passage], words: Lexicon) -> str:
    """A verb of a statement that the sentence reports as done ("have been reported"); empty if there is none."""
    stems = {stem for piece in about for stem in stems_of(piece.texts[0])}
    done = (token for token in tokens(read.text) if token.stem in stems and is_past(words, token.word))
    return next((token.word for token in done if words.has_done.search(read.low[: token.at])), "")


def stems_of(text: str) -> frozenset[str]:
    """The stems of the content words of a text."""
    return frozenset(token.stem for token in tokens(text) if token.is_content)
