"""Reads the side that a text reports, and divides a sentence into parts that each report a side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import msgspec
import regex

from acquis.claims.facts import Facts, Passage, tokens
from acquis.claims.lexicon import Lexicon
from acquis.claims.reading import NamedSpan, ReadSentence, plain
from acquis.text.caches import text_cache

Side = Literal["agree", "oppose", "pass", "divide", ""]
OTHER_SIDE: dict[Side, Side] = {"agree": "oppose", "oppose": "agree"}
_BY = (" by", " by ")
_ORDER: tuple[Side, ...] = ("oppose", "divide", "pass", "agree")


@text_cache(500)
def side_of(outer: str, words: Lexicon) -> tuple[Side, int, int]:
    """The side that a text reports, and its position. Sides of small minorities are ignored. A negation before a word
    for a side reverses it ("did not find support")."""
    for pattern in (words.minority, words.spared):
        outer = pattern.sub(lambda match: " " * len(match[0]), outer)
    if more := words.more_than.search(outer):
        both: tuple[Side, ...] = ("oppose", "agree")
        named = [
            (match.start(), side) for side in both if (match := words.directions[side].search(outer, more.start()))
        ]
        before = outer[: more.start()]
        if before.endswith(_BY):  # "was opposed by more than supported it"
            hits_before = ((words.directions[side].search(before), side) for side in both)
            named = [(match.start(), side) for match, side in hits_before if match] or named
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
    """The other side if a negation precedes; otherwise the side itself."""
    return OTHER_SIDE.get(side, side) if words.negation.search(before) else side


def parts_of(
    read: ReadSentence, subjects: list[Passage], facts: Facts, words: Lexicon
) -> Iterator[tuple[ReadSentence, list[Passage]]]:
    """The parts of a sentence that each report a side, with the statements that each part is about. A part is the whole
    sentence with blanks in place of the rest, so that positions stay valid. "All other groups" means those that no
    other part names."""
    outer = read.outer
    for match in words.relative.finditer(read.outer):
        before = [span for span in read.groups if span.end <= match.start()]
        if before and side_of(match[0], words)[0]:
            yield _part(read, read.outer, match.start(), match.end(), before[-1:]), subjects
            outer = outer[: match.start()] + " " * len(match[0]) + outer[match.end() :]
    last: list[NamedSpan] = []
    main = msgspec.structs.replace(read, outer=outer)
    spans = _spans(main, words)
    for since, until in spans:
        groups = [span for span in read.groups if since <= span.at < until]
        said = outer[since:until]
        alone = len({span.name for span in last}) == 1 and not words.others.search(said)
        if not groups and alone and words.pronoun.search(said):
            groups = last
        last = groups
        about = _subjects_of(read, since, until, subjects, facts) if len(spans) > 1 else subjects
        yield _part(read, outer, since, until, groups), about


def _part(read: ReadSentence, outer: str, since: int, until: int, groups: list[NamedSpan]) -> ReadSentence:
    blanked = " " * since + outer[since:until] + " " * (len(outer) - until)
    return msgspec.structs.replace(read, outer=blanked, groups=groups)


def _spans(read: ReadSentence, words: Lexicon) -> list[tuple[int, int]]:
    """The start and end of each part. A clause without a side belongs to the clause before it, unless it begins with a
    contrast and names a group, or is about all other groups."""
    places = {m.span() for m in words.clauses.finditer(read.outer)} | {*_commas(read, words), *_group_cuts(read, words)}
    runs = _runs(read)
    cuts = [(0, 0)]
    for cut in sorted(places):
        if cut[0] >= cuts[-1][1] and not any(at < cut[0] < end for at, end in runs):
            cuts.append(cut)
    cuts.append((len(read.outer),) * 2)
    spans: list[tuple[int, int, bool]] = []
    for (begin, since), (_, until) in pairwise(cuts):
        clause = read.outer[since:until]
        own = bool(side_of(clause, words)[0] or words.same_side.search(clause) or words.other_side.search(clause))
        own = (
            own
            or any(pattern.search(clause) for pattern in (words.evenly, words.apart))
            or words.result.search(clause) is not None
        )
        first = next((span for span in read.groups if since <= span.at < until), None)
        named = first is not None and not words.excepted.search(read.outer[: first.at])
        opens = own or (named and words.contrast.search(read.outer[begin:since]))
        others = words.others.search(clause) and spans
        if spans and not others and not (opens and spans[-1][2]):
            spans[-1] = (spans[-1][0], until, spans[-1][2] or own)
        else:
            spans.append((since, until, own))
    return [span[:2] for span in spans]


def _runs(read: ReadSentence) -> list[tuple[int, int]]:
    """The start and end of each list of groups ("governments and the private sector")."""
    runs: list[tuple[int, int]] = []
    for span in read.groups:
        if runs and _LIST.fullmatch(read.outer[runs[-1][1] : span.at]):
            runs[-1] = (runs[-1][0], span.end)
        elif not runs or span.at >= runs[-1][1]:
            runs.append((span.at, span.end))
    return runs


def _group_cuts(read: ReadSentence, words: Lexicon) -> Iterator[tuple[int, int]]:
    """The positions before groups that begin a clause of their own without a word of contrast ("A was for it and B was
    against it")."""
    for at, end in _runs(read):
        lead = _LEAD.search(read.outer[:at])
        before = read.outer[: lead.start()] if lead else ""
        if lead is None or words.lead_in.match(before.lstrip()) or not side_of(before, words)[0]:
            continue
        stop = words.clauses.search(read.outer, end)
        after = read.outer[end : stop.start() if stop else len(read.outer)].partition(",")[0]
        own = (side_of(after, words)[0], words.other_side.search(after), words.evenly.search(after))
        if any(own) and " by " not in after:
            yield lead.span()


_LEAD = regex.compile(r"(?:,|,? and)\s(?:the\s)?$")
_LIST = regex.compile(r"(?:,|,? and)\s(?:the\s)?")


def _commas(read: ReadSentence, words: Lexicon) -> Iterator[tuple[int, int]]:
    """The comma between the two clauses of a sentence that begins with a contrast ("While academia was for it,
    ...")."""
    if words.contrast.match(read.outer.lstrip()) is None:
        return
    for match in regex.finditer(",", read.outer):
        before, after = read.outer[: match.start()], read.outer[match.end() :]
        other = side_of(after, words)[0] or words.evenly.search(after) or words.same_side.search(after)
        other = other or words.other_side.search(after)
        if side_of(before, words)[0] and other:
            named = any(span.at - match.end() in (1, 5) for span in read.groups)
            if named or not any(span.end < match.start() for span in read.groups):
                yield match.span()
                return


def _subjects_of(read: ReadSentence, since: int, until: int, subjects: list[Passage], facts: Facts) -> list[Passage]:
    """The statements that share most words with a part; all of them if none shares more than the others."""
    if len(subjects) < 2:
        return subjects
    stems = {token.stem for token in tokens(read.text[since:until]) if token.is_content}
    known = [{token.stem for token in facts.words[piece.entry][0] if token.is_content} for piece in subjects]
    shares = [len(terms & stems) / max(len(terms), 1) for terms in known]
    best = max(shares)
    return [piece for piece, share in zip(subjects, shares, strict=True) if share == best]


def is_turned(part: ReadSentence, about: list[Passage], facts: Facts, words: Lexicon) -> bool:
    """Whether a part reports the opposite of its only statement: it has a negation among the words of the statement,
    and the statement has none."""
    negated = (words.turning, words.quantifiers["nobody"])
    said = plain(about[0].texts[0]) if len(about) == 1 else ""
    if not said or any(pattern.search(said) for pattern in negated) or tokens(said)[0].word == "no":
        return False
    stems = {token.stem for token in facts.words[about[0].entry][0] if token.is_content}
    sided = [match.span() for side in ("agree", "oppose") for match in words.directions[side].finditer(part.outer)]
    for match in words.turning.finditer(part.outer):
        after = next((token for token in tokens(part.text[match.end() :]) if token.is_content), None)
        end = match.end() + after.at if after else 0
        if after and after.stem in stems and "," not in part.text[match.end() : end]:
            return not any(at < end and match.start() < stop for at, stop in sided)
    return False
