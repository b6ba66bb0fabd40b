"""The rules for claims about the sides that groups take, and about results that are written as two numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from acquis.claims.facts import Facts, Passage
from acquis.claims.lexicon import Lexicon, value_of
from acquis.claims.reading import NamedSpan, ReadSentence
from acquis.claims.verdicts import ClaimVerdict, Outcome
from acquis.events import Figure
from acquis.statistics.summary import total

Side = Literal["agree", "oppose", "pass", "divide", ""]


def side_of(outer: str, words: Lexicon) -> tuple[Side, int, int]:
    """The side that a text names, and where; not that of the few who are on the other one."""
    outer = words.minority.sub(lambda match: " " * len(match[0]), outer)
    if more := words.more_than.search(outer):
        both: tuple[Side, ...] = ("oppose", "agree")
        named = [
            (match.start(), side) for side in both if (match := words.directions[side].search(outer, more.start()))
        ]
        if named:
            return min(named)[1], more.start(), more.end()
    sides: tuple[Side, ...] = ("oppose", "divide", "pass", "agree")
    for side in sides:
        if match := words.directions[side].search(outer):
            return side, match.start(), match.end()
    return "", 0, 0


def votes_value(figure: Figure) -> str:
    """The code of `VALUES` for these votes."""
    return "votes_of" if figure.group else "votes"


def votes_facts(figure: Figure) -> dict[str, str | int]:
    """These votes as the facts of a verdict."""
    return {
        "group": figure.group,
        "agree": figure.agree,
        "disagree": figure.disagree,
        "passes": figure.passes,
    }


def votes_verdict(rule: str, outcome: Outcome, said: str, figure: Figure) -> ClaimVerdict:
    """A verdict that shows these votes."""
    return ClaimVerdict(rule, outcome, said, votes_value(figure), votes_facts(figure), (figure.statement,))


# --- results and counts of groups ---


def of_results(read: ReadSentence, subjects: list[Passage], facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A result in two numbers ("31 to 13"), and the number of groups on a side ("three of the four groups")."""
    side = side_of(read.outer, words)[0]
    if match := words.result.search(read.outer):
        first, second = (value_of(words, said) for said in match.captures("n"))
        rows = [facts.figures[piece.entry].get(sole_group(read)) for piece in subjects]
        figures = [figure for figure in rows if figure is not None]
        right = [figure for figure in figures if (first, second) in _results(side, figure)]
        for figure in (right or figures)[:1]:
            outcome: Outcome = "holds" if right else "fails"
            said = match[0].strip()
            yield ClaimVerdict("count", outcome, said, votes_value(figure), votes_facts(figure), (figure.statement,))
    elif side in ("agree", "oppose") and not read.groups and (match := words.group_count.search(read.outer)):
        number = value_of(words, next(filter(None, match.captures("n"))))
        for piece in subjects[:1]:
            on = [group for group, figure in _rows(piece, facts).items() if _majority(side, figure, False)]
            without = ", ".join(group for group in _rows(piece, facts) if group not in on)
            outcome = "holds" if len(on) == number else "fails"
            said = match[0].strip()
            if without:
                yield ClaimVerdict("groups", outcome, said, "without", {"groups": without}, (piece.entry,))
            else:
                yield votes_verdict("groups", outcome, said, facts.figures[piece.entry][""])


def _results(side: Side, figure: Figure) -> list[tuple[int, int]]:
    """The pairs of numbers that a result on a side can be."""
    result = (figure.agree, figure.disagree)
    return [result] if side == "agree" else [result[::-1]] if side == "oppose" else [result, result[::-1]]


def sole_group(read: ReadSentence) -> str:
    """The group that a sentence names; empty if it names several or none."""
    named = {span.name for span in read.groups}
    return next(iter(named)) if len(named) == 1 else ""


# --- groups ---


def of_groups(
    side: Side, read: ReadSentence, subjects: list[Passage], facts: Facts, words: Lexicon
) -> Iterator[ClaimVerdict]:
    """The verdict on the groups of a sentence; none if it names no group."""
    every = words.every_group.search(read.outer)
    if every and words.nearly.search(read.outer[: every.start()]):
        return
    named = tuple(dict.fromkeys(span.name for span in read.groups))
    if not every and not named:
        return
    whole = [span for span in read.groups if _whole_side(span, read, words)]
    unanimous = words.unanimous.search(read.outer) is not None
    if not every and len(named) == 1 and (whole or unanimous):
        nobody = bool(whole) and _whole_side(whole[0], read, words) == "nobody"
        yield of_quantifier(
            side,
            read.text[read.groups[0].at : read.groups[0].end],
            nobody,
            unanimous or not nobody,
            subjects,
            facts=facts,
            group=named[0],
        )
        return
    left_out = tuple(span.name for span in read.groups if words.excepted.search(read.outer[: span.at]))
    sole = bool(words.sole_group.search(read.outer)) or (
        bool(read.groups) and words.sole.search(read.outer[: read.groups[0].at]) is not None
    )
    said = every[0].strip() if every else ", ".join(named)
    more = words.more_than.search(read.outer) is not None
    asked = () if every and not sole else named
    left_out = left_out if every and not sole else ()
    yield _of_groups(side, said, asked, left_out=left_out, sole=sole, subjects=subjects, facts=facts, more=more)


def of_clauses(read: ReadSentence, subjects: list[Passage], facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the clauses of a sentence in which some groups are on one side and others on the other; none if
    there are no such clauses. "All other groups" are those that no other clause names."""
    cuts = [0, *(match.end() for match in words.clauses.finditer(read.outer)), len(read.outer)]
    sides: list[tuple[Side, str, tuple[str, ...]]] = []
    named = {span.name for span in read.groups}
    for since, until in pairwise(cuts):
        clause = read.outer[since:until]
        side = side_of(clause, words)[0]
        groups = tuple(dict.fromkeys(span.name for span in read.groups if since <= span.at < until))
        rest = words.others.search(clause)
        if rest and named and not groups:
            groups = tuple(group for group in facts.groups if group not in named)
        if groups and side in ("agree", "oppose") and not _is_partial(clause, words):
            sides.append((side, clause.strip(" ,;:"), groups))
    if len({side for side, _, _ in sides}) == 2 or (sides and words.others.search(read.outer) and named):
        for side, said, groups in sides:
            yield _of_groups(side, said, groups, left_out=(), sole=False, subjects=subjects, facts=facts, more=False)


def _is_partial(clause: str, words: Lexicon) -> bool:
    """Whether a clause has an exception, a number or a quantifier of its own, which another rule reads."""
    patterns = (words.quantifiers["nobody"], words.quantifiers["everybody"], words.number, words.every_group)
    return words.sole_group.search(clause) is not None or any(
        pattern.search(words.others.sub("", clause)) for pattern in patterns
    )


def _whole_side(span: NamedSpan, read: ReadSentence, words: Lexicon) -> str:
    """Whether a sentence speaks of all of a group ("everybody"), of nobody of it, or of neither."""
    before = read.outer[: span.at]
    if words.all_but.match(read.outer, span.end):  # "all operators but one"
        return ""
    hits = {name: words.whole_group[name].search(before) for name in ("nobody", "everybody")}
    return next((name for name, hit in hits.items() if hit and not words.nearly.search(before[: hit.start()])), "")


def _rows(piece: Passage, facts: Facts) -> dict[str, Figure]:
    return {group: figure for group, figure in facts.figures[piece.entry].items() if group in facts.groups}


def _of_groups(
    side: Side,
    said: str,
    named: tuple[str, ...],
    left_out: tuple[str, ...],
    sole: bool,
    subjects: list[Passage],
    facts: Facts,
    more: bool,
) -> ClaimVerdict:
    first: ClaimVerdict | None = None
    for piece in subjects:
        rows = _rows(piece, facts)
        on = {group for group, figure in rows.items() if _majority(side, figure, more)}
        shown = [group for group in rows if group in named or not named]
        without = [group for group in shown if group not in on and group not in left_out]
        # Of a group that is left out, and of the others where a group is "the only one", no majority is expected.
        others = [group for group in on if group in left_out or (sole and group not in named)]
        missing = [group for group in named if group not in rows]
        if without:
            verdict = ClaimVerdict("groups", "fails", said, "without", {"groups": ", ".join(without)}, (piece.entry,))
        elif others:
            verdict = ClaimVerdict("groups", "fails", said, "votes_of", votes_facts(rows[others[0]]), (piece.entry,))
        elif missing or not shown:
            verdict = ClaimVerdict("groups", "open", said, "nothing", entries=(piece.entry,))
        else:
            whole = facts.figures[piece.entry][""]
            return ClaimVerdict("groups", "holds", said, "votes", votes_facts(whole), (piece.entry,))
        first = first or verdict
    return first or ClaimVerdict("groups", "open", said, "nothing")


def _majority(side: Side, figure: Figure, more: bool) -> bool:
    on, other = (figure.agree, figure.disagree) if side == "agree" else (figure.disagree, figure.agree)
    return on > other if more else 2 * on > total(figure)


# --- all and nobody ---


def of_quantifier(
    side: Side, said: str, nobody: bool, unanimous: bool, subjects: list[Passage], facts: Facts, group: str = ""
) -> ClaimVerdict:
    """The verdict on “everybody” or “nobody”, of all voters or of a group."""
    figures = [facts.figures[piece.entry][group] for piece in subjects if group in facts.figures[piece.entry]]
    for figure in figures:
        on, other = (figure.agree, figure.disagree) if side == "agree" else (figure.disagree, figure.agree)
        whole = on if nobody else other if unanimous else other + figure.passes
        if not whole:
            return ClaimVerdict(
                "quantifier", "holds", said, votes_value(figure), votes_facts(figure), (figure.statement,)
            )
    if not figures:
        return ClaimVerdict("quantifier", "open", said, "nothing")
    return ClaimVerdict(
        "quantifier", "fails", said, votes_value(figures[0]), votes_facts(figures[0]), (figures[0].statement,)
    )
