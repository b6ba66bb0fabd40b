"""Reads on which side a text is, and cuts a sentence into the parts that are on sides of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from acquis.claims.facts import Facts, Passage, tokens
from acquis.claims.lexicon import Lexicon
from acquis.claims.reading import ReadSentence

Side = Literal["agree", "oppose", "pass", "divide", ""]
_TURNED: dict[str, Side] = {"agree": "oppose", "oppose": "agree"}
_ORDER: tuple[Side, ...] = ("oppose", "divide", "pass", "agree")


def side_of(outer: str, words: Lexicon) -> tuple[Side, int, int]:
    """The side that a text names, and where; not that of the few who are on the other one. A negation before a word
    for one side puts it on the other ("did not find support")."""
    outer = words.minority.sub(lambda match: " " * len(match[0]), outer)
    if more := words.more_than.search(outer):
        both: tuple[Side, ...] = ("oppose", "agree")
        named = [
            (match.start(), side) for side in both if (match := words.directions[side].search(outer, more.start()))
        ]
        if named:
            return _turned(min(named)[1], outer[: more.start()], words), more.start(), more.end()
    # "No voter opposed it" says how many were on a side, which is not turned by it.
    plain = words.quantifiers["nobody"].sub(lambda match: " " * len(match[0]), outer)
    hits: list[tuple[int, int, int, Side]] = []
    for side in _ORDER:
        for match in words.directions[side].finditer(outer):
            said = _turned(side, plain[: match.start()], words)
            hits.append((_ORDER.index(said), match.start(), match.end(), said))
    if not hits:
        return "", 0, 0
    _, at, end, side = min(hits)
    return side, at, end


def _turned(side: Side, before: str, words: Lexicon) -> Side:
    """The other side behind a negation."""
    return _TURNED.get(side, side) if words.negation.search(before) else side


def parts_of(
    read: ReadSentence, subjects: list[Passage], facts: Facts, words: Lexicon
) -> Iterator[tuple[ReadSentence, list[Passage]]]:
    """The parts of a sentence that each have a side of their own, with the statements that each is about. A part is the
    sentence with the rest of it blanked, so that everything stays at its place. "All other groups" are those that no
    other part names."""
    spans = _spans(read, words)
    for since, until in spans:
        outer = " " * since + read.outer[since:until] + " " * (len(read.outer) - until)
        groups = [span for span in read.groups if since <= span.at < until]
        part = msgspec.structs.replace(read, outer=outer, groups=groups)
        yield part, _subjects_of(read, since, until, subjects, facts)


def _spans(read: ReadSentence, words: Lexicon) -> list[tuple[int, int]]:
    """From where to where each part goes: a clause without a side belongs to its neighbour, unless it begins with a
    contrast and names a group, or tells of all other groups."""
    cuts = [(0, 0), *(match.span() for match in words.clauses.finditer(read.outer)), (len(read.outer),) * 2]
    spans: list[tuple[int, int, bool]] = []
    for (begin, since), (_, until) in zip(cuts, cuts[1:], strict=False):
        clause = read.outer[since:until]
        own = bool(side_of(clause, words)[0] or words.same_side.search(clause) or words.other_side.search(clause))
        named = any(since <= span.at < until for span in read.groups)
        opens = own or (named and words.contrast.search(read.outer[begin:since]))
        others = words.others.search(clause) and spans
        if spans and not others and not (opens and spans[-1][2]):
            spans[-1] = (spans[-1][0], until, spans[-1][2] or own)
        else:
            spans.append((since, until, own))
    return [span[:2] for span in spans]


def _subjects_of(
    read: ReadSentence, since: int, until: int, subjects: list[Passage], facts: Facts
) -> list[Passage]:
    """The statements of which a part has most words; all of them if it has as many of each."""
    if len(subjects) < 2:
        return subjects
    stems = {token.stem for token in tokens(read.text[since:until]) if token.is_content}
    known = [{token.stem for token in facts.words[piece.entry][0] if token.is_content} for piece in subjects]
    shares = [len(terms & stems) / max(len(terms), 1) for terms in known]
    best = max(shares)
    return [piece for piece, share in zip(subjects, shares, strict=True) if share == best]
