"""The rules for the sides that people and groups took, and for results that are written as two numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec
import regex

from acquis.claims.facts import Facts, Passage
from acquis.claims.lexicon import Lexicon, value_of
from acquis.claims.reading import ReadSentence
from acquis.claims.scope import VoterScope, scope_of
from acquis.claims.sides import Side, side_of
from acquis.claims.verdicts import ClaimVerdict, Outcome, decided
from acquis.events import Figure
from acquis.statistics.summary import total

DIVIDED, NOT_DIVIDED = 1 / 3, 0.2
"""The least share of the smaller side in a divided vote, and the share below which a vote is not divided."""
MOST_OF_RATIO, NARROW = 10, 0.1
"""A result without a larger first number may be a ratio ("three to one"); the tolerance of such a ratio."""


Quantity = Literal["most", "more", "less", "all", "none", "even", "any"]


class ReportedVote(msgspec.Struct, frozen=True):
    """What a sentence says about a vote: the side, and the quantity on that side.

    `quantity`: "most" (more than half), "more" (more than on the other side; as many are enough if `denied`), "less"
    (at most half), "all", "none", "even" (as many on each side) or "any". `of_sides`: votes to pass do not count.
    `strict`: half of the votes is meant. `passing`: the people who are excepted passed."""

    side: Side
    quantity: Quantity
    denied: bool = False
    of_sides: bool = False
    strict: bool = False
    passing: bool = False

    def outcome(self, figure: Figure, spared: int = 0, rows: dict[str, Figure] | None = None) -> Outcome:
        """Whether the claim holds for these votes. `spared`: the number of people who are excepted."""
        on, other = (figure.agree, figure.disagree) if self.side == "agree" else (figure.disagree, figure.agree)
        if self.side == "pass":
            on, other = figure.passes, figure.agree + figure.disagree
        votes = on + other if self.of_sides else total(figure)
        exact = {"none": on == spared, "any": on > 0, "even": on == other}
        if self.quantity in exact:
            return decided(exact[self.quantity])
        if self.quantity == "all" and self.passing:
            return decided((other, figure.passes) == (0, spared))
        if self.quantity == "all":
            rests = {other, other + figure.passes} if spared else {other if self.of_sides else other + figure.passes}
            return decided(spared in rests)
        if self.quantity == "less":
            return "holds" if 2 * on <= total(figure) else "fails" if on > other else "open"
        if self.side == "divide":
            return _divided(figure, rows or {})
        if self.side == "pass":
            return "holds" if 2 * figure.passes > votes else "open"
        if 2 * on > votes or (self.quantity == "more" and on > other - self.denied):
            return "holds"
        return "fails" if self.strict or on <= other else "open"


def _divided(figure: Figure, rows: dict[str, Figure]) -> Outcome:
    smaller = min(figure.agree, figure.disagree)
    apart = {2 * row.agree > total(row) for group, row in rows.items() if group} == {True, False}
    if smaller >= DIVIDED * (figure.agree + figure.disagree) or apart:
        return "holds"
    return "fails" if smaller < NOT_DIVIDED * total(figure) else "open"


def votes_value(figure: Figure) -> str:
    """The code of `VALUES` for these votes: of everybody or of a group."""
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


# --- results in two numbers ---


def result_verdicts(
    part: ReadSentence, whole: ReadSentence, subjects: list[Passage], facts: Facts, words: Lexicon, carried: Side = ""
) -> Iterator[ClaimVerdict]:
    """The verdicts on results in two numbers ("31 to 13"): of the group that the part or else the sentence names, or of
    everybody. `carried`: the side that the part before named, for a part that names none."""
    if tie := words.each_side.search(part.outer):
        yield _tie_verdict(tie, part, subjects, facts, words)
        return
    match = words.result.search(part.outer)
    if match is None or words.group_subject.search(part.outer[: match.start()] + "were"):
        return
    if any(pattern.search(part.outer[: match.start()]) for pattern in (words.more_or_less, words.nearly)):
        return
    rest = _BEFORE_RESULT.sub("", part.outer[: match.start()]) + " " + part.outer[match.end() :].lstrip(" ,")
    side = side_of(rest, words)[0] or carried
    first, second = (value_of(words, said) for said in match.captures("n"))
    near = [span for span in part.groups if span.at >= match.end()] or part.groups[::-1]
    groups = {near[0].name} if near else {"", sole_group(whole)}
    rows = [facts.figures[piece.entry].get(group) for piece in subjects for group in sorted(groups)]
    figures = [figure for figure in rows if figure is not None]
    stated = [figure for figure in figures if _is_won(figure, rest, words)]
    right = [figure for figure in stated if (first, second) in _results(side, figure)]
    if first <= MOST_OF_RATIO and not right:  # "three to one"
        pairs = [(figure, pair) for figure in stated for pair in _results(side, figure)]
        right = [figure for figure, (n, of) in pairs if of and abs(n / of - first / max(second, 1)) < NARROW]
    for figure in (right or figures)[:1]:
        yield votes_verdict("count", decided(right), match[0].strip(), figure)


_BEFORE_RESULT = regex.compile(r",?\s(?:(?:by|with)\s)?$")


def _tie_verdict(
    tie: regex.Match[str], part: ReadSentence, subjects: list[Passage], facts: Facts, words: Lexicon
) -> ClaimVerdict:
    """The verdict on a tie, of everybody or of a group."""
    number = value_of(words, next(filter(None, tie.captures("n"))))
    named = {span.name for span in part.groups} or {"", *facts.groups}
    rows = [row for piece in subjects for group, row in facts.figures[piece.entry].items() if group in named]
    right = [row for row in rows if row.agree == row.disagree == number]
    figure = (right or rows or [facts.figures[subjects[0].entry][""]])[0]
    return votes_verdict("count", decided(right), tie[0].strip(), figure)


def _is_won(figure: Figure, said: str, words: Lexicon) -> bool:
    """Whether a result agrees with the words for winning or losing in the text; also if there are none."""
    won, lost = words.won.search(said), words.lost.search(said)
    if bool(won) == bool(lost):
        return True
    return figure.agree > figure.disagree if won else figure.agree < figure.disagree


def _results(side: Side, figure: Figure) -> list[tuple[int, int]]:
    """The pairs of numbers in which a result may be written, by the side that is named."""
    result = (figure.agree, figure.disagree)
    return [result] if side == "agree" else [result[::-1]] if side == "oppose" else [result, result[::-1]]


def sole_group(read: ReadSentence) -> str:
    """The group that a sentence names; empty if it names several or none."""
    named = {span.name for span in read.groups}
    return next(iter(named)) if len(named) == 1 else ""


# --- sides ---


def side_verdicts(
    part: ReadSentence, whole: ReadSentence, subjects: list[Passage], facts: Facts, words: Lexicon, side: Side = ""
) -> Iterator[ClaimVerdict]:
    """The verdict on the side that a part of a sentence reports. `side`: the one that the part before named, for a part
    that only says "the same" or "the other"."""
    own, at, end = side_of(part.outer, words)
    if lone := words.lone.search(part.outer) if own in ("agree", "oppose") and sole_group(part) else None:
        yield from (_lone_verdict(own, sole_group(part), piece, lone[0].strip(), facts) for piece in subjects[:1])
        return
    scope = scope_of(part, whole, facts, words)
    if scope.apart and not scope.named:
        return  # the group that is alone stands where no rule reads it
    side = own or ("" if scope.apart else side)
    evenly = words.evenly.search(part.outer)
    if evenly and (not side or words.nearly.search(part.outer[: evenly.start()])):
        side = "divide"
    other = words.other_side.search(part.outer)
    if not own and other and words.quantifiers["everybody"].search(whole.outer[: other.start()]):
        return  # "A was unanimous and B was not" says nothing of the side of B
    if not own and side and not (words.same_side.search(part.outer) or other):
        side = ""
    if scope.every == "nearly" or (not side and not scope.apart):
        return
    quantified, said = _quantity(part, scope, words)
    if quantified == "nearly":
        return
    vote = ReportedVote(
        side,
        quantified,
        denied=_is_denied(part.outer, words),
        of_sides=words.bases["sides"].search(part.outer) is not None
        or (quantified == "all" and bool(scope.named or words.unanimous.search(part.outer))),
        strict=words.quantifiers["mostly"].search(part.outer) is not None,
        passing=scope.passing,
    )
    if quantified == "all" and not scope.spared and _is_of_attending(part, words):
        yield from (_attending_verdict(side, scope, piece, said or part.text[at:end], facts) for piece in subjects[:1])
        return
    if side == "pass" and words.composition.search(part.outer):
        vote = msgspec.structs.replace(vote, quantity="any")
    if quantified == "less":
        rest = words.no_majority.sub(lambda match: " " * len(match[0]), part.outer)
        vote = msgspec.structs.replace(vote, side=side_of(rest, words)[0] or "agree")
    said = said or part.text[at:end]
    verdicts = [_statement_verdict(vote, scope, piece, said, facts) for piece in subjects]
    # "Both proposals were agreed to" tells of each, and a sentence about one of several only of that.
    order: tuple[Outcome, ...] = ("holds", "open", "fails")
    order = order[::-1] if words.each_statement.search(part.outer) else order
    best = [verdict for outcome in order for verdict in verdicts if verdict.outcome == outcome]
    yield best[0] if best else ClaimVerdict("direction", "open", said, "nothing")


def _lone_verdict(side: Side, group: str, piece: Passage, said: str, facts: Facts) -> ClaimVerdict:
    """The verdict on the only person on a side, who belongs to this group."""
    figures = facts.figures[piece.entry]
    whole, row = figures[""], figures.get(group)
    if row is None:
        return ClaimVerdict("groups", "open", said, "nothing", entries=(piece.entry,))
    pairs = ((each.agree if side == "agree" else each.disagree) for each in (whole, row))
    return votes_verdict("groups", decided(set(pairs) == {1}), said, row)


def _is_of_attending(part: ReadSentence, words: Lexicon) -> bool:
    """Whether a part is about everybody who joined the session, and not only about those who voted."""
    joined = words.bases["joined"].search(part.outer)
    return joined is not None and words.attending.search(joined[0]) is not None


def _attending_verdict(side: Side, scope: VoterScope, piece: Passage, said: str, facts: Facts) -> ClaimVerdict:
    """The verdict on everybody who joined the session, or on everybody of some groups who did."""
    groups = scope.named or ("",)
    rows = [row for group in groups if (row := facts.figures[piece.entry].get(group))]
    sizes = sum(facts.sizes.get(group, 0) if group else facts.joined for group in groups)
    if not rows or not sizes:
        return ClaimVerdict("quantifier", "open", said, "nothing", entries=(piece.entry,))
    on = sum(row.agree if side == "agree" else row.disagree for row in rows)
    return votes_verdict("quantifier", decided(on == sizes), said, rows[0])


def _is_denied(outer: str, words: Lexicon) -> bool:
    """Whether a part denies that more people were on a side, so that as many on each are enough."""
    match = words.more_than.search(outer) or words.directions["agree"].search(outer)
    return match is not None and words.negation.search(outer[: match.start()]) is not None


def _quantity(part: ReadSentence, scope: VoterScope, words: Lexicon) -> tuple[Quantity | Literal["nearly"], str]:
    """The quantity that a part reports, with its words; "nearly" if it is too vague to decide."""
    if scope.whole:
        return "none" if scope.whole == "nobody" else "all", part.text[part.groups[0].at : part.groups[0].end]
    nobody, everybody = (words.quantifiers[name].search(part.outer) for name in ("nobody", "everybody"))
    match = nobody or (everybody if scope.spared or not scope.left_out else None)
    if match and not nobody and words.of_all.search(part.outer[: match.start()]):
        match = None
    if match and words.nearly.search(part.outer[: match.start()]):
        return "most", ""
    if match and words.not_all.search(part.outer[: match.start()]):
        return ("nearly", "") if match.start() <= side_of(part.outer, words)[1] else ("most", "")
    if match and scope.sole and nobody and words.sole_group.search(part.outer, match.start()):
        return "more", ""
    if words.no_majority.search(part.outer):
        return "less", ""
    if match and (not scope.every or nobody or words.every_person.search(part.outer)):
        return "none" if nobody else "all", match[0].strip()
    if scope.spared:
        return "all", ""
    if evenly := words.evenly.search(part.outer):
        return "most" if words.nearly.search(part.outer[: evenly.start()]) else "even", ""
    if words.anybody.search(part.outer):
        return "any", ""
    return "more" if words.softly.search(part.outer) or words.more_than.search(part.outer) else "most", ""


def _statement_verdict(vote: ReportedVote, scope: VoterScope, piece: Passage, said: str, facts: Facts) -> ClaimVerdict:
    """The verdict on a claim about one statement."""
    figures = facts.figures[piece.entry]
    rows = {group: figure for group, figure in figures.items() if group in facts.groups}
    if scope.apart and vote.quantity in ("any", "all", "none"):
        scope = msgspec.structs.replace(scope, sole=True)
    elif scope.apart and scope.named and not scope.number > 1:
        return _apart_verdict(vote, scope, piece, rows)
    if scope.number >= 0:
        return _group_count_verdict(vote, scope, piece, rows)
    if scope.every or scope.named:
        return _groups_verdict(vote, scope, piece, said, rows)
    whole = _everybody_verdict(vote, scope, said, figures)
    of = [group for group in scope.spared if group in rows]
    if whole.outcome == "fails" and len(scope.spared) == len(of) == 1:  # "all but one in industry"
        of_group = msgspec.structs.replace(scope, named=(of[0],))
        own = _groups_verdict(vote, of_group, piece, said, rows)
        return own if own.outcome == "holds" else whole
    return whole


def _everybody_verdict(vote: ReportedVote, scope: VoterScope, said: str, figures: dict[str, Figure]) -> ClaimVerdict:
    """The verdict on a claim about all voters except those in the groups that are left out."""
    whole = figures[""]
    left_out = [figures[group] for group in scope.left_out if group in figures]
    figure = msgspec.structs.replace(
        whole,
        agree=whole.agree - sum(row.agree for row in left_out),
        disagree=whole.disagree - sum(row.disagree for row in left_out),
        passes=whole.passes - sum(row.passes for row in left_out),
    )
    outcome = vote.outcome(figure, sum(scope.spared.values()), figures)
    if vote.quantity in ("all", "none"):
        of_one = msgspec.structs.replace(vote, quantity="none", side="oppose" if vote.side == "agree" else "agree")
        of_one = of_one if vote.quantity == "all" else vote
        wrong = [group for group, n in scope.spared.items() if group and of_one.outcome(figures[group], n) != "holds"]
        return votes_verdict("quantifier", "fails" if wrong else outcome, said, whole)
    return votes_verdict("quantifier" if vote.strict else "direction", outcome, said, whole)


def _groups_verdict(
    vote: ReportedVote, scope: VoterScope, piece: Passage, said: str, rows: dict[str, Figure]
) -> ClaimVerdict:
    """The verdict on a claim about each named group, or about every group."""
    asked = scope.named if scope.named and (scope.sole or not scope.every) else tuple(rows)
    asked = tuple(group for group in asked if group not in scope.left_out)
    spared = scope.spared.get("", 0)
    outcomes = {group: vote.outcome(rows[group], scope.spared.get(group, spared)) for group in asked if group in rows}
    rule = "quantifier" if vote.quantity in ("all", "none") and len(asked) == 1 else "groups"
    named = scope.every or ", ".join(scope.named)
    without = [group for group, outcome in outcomes.items() if outcome == "fails"]
    # Of a group that is left out, and of the others where a group is "the only one", no majority is expected.
    others = [group for group in rows if group in scope.left_out or (scope.sole and group not in scope.named)]
    others = [group for group in others if vote.outcome(rows[group]) == "holds"]
    if without and (rule == "quantifier" or len(asked) == 1):
        return votes_verdict(rule, "fails", named, rows[without[0]])
    if without:
        return ClaimVerdict("groups", "fails", named, "without", {"groups": ", ".join(without)}, (piece.entry,))
    if others:
        return votes_verdict("groups", "fails", named, rows[others[0]])
    if len(outcomes) < len(asked) or not outcomes:
        return ClaimVerdict(rule, "open", named, "nothing", entries=(piece.entry,))
    outcome: Outcome = "open" if "open" in outcomes.values() else "holds"
    figure = rows[asked[0]] if len(asked) == 1 else next(iter(rows.values()))
    return votes_verdict(rule, outcome, named, figure)


def _group_count_verdict(
    vote: ReportedVote, scope: VoterScope, piece: Passage, rows: dict[str, Figure]
) -> ClaimVerdict:
    """The verdict on a claim about a number of groups, some of which may be named."""
    on = [group for group, row in rows.items() if vote.outcome(row) == "holds"]
    more = msgspec.structs.replace(vote, quantity="more") if vote.quantity == "most" else vote
    by_more = [group for group, row in rows.items() if more.outcome(row) == "holds"]
    if scope.number == 0 and scope.left_out:  # "apart from academia, no group was for it"
        right = set(by_more) <= set(scope.left_out)
        return votes_verdict("groups", decided(right), scope.counted, next(iter(rows.values())))
    for listed in (on, by_more):
        if len(listed) == scope.number and set(scope.named) <= set(listed) and not set(scope.left_out) & set(listed):
            whole = next(iter(rows.values()))
            return ClaimVerdict("groups", "holds", scope.counted, "votes", votes_facts(whole), (piece.entry,))
    without = ", ".join(group for group in rows if group not in on)
    return ClaimVerdict("groups", "fails", scope.counted, "without", {"groups": without}, (piece.entry,))


def _apart_verdict(vote: ReportedVote, scope: VoterScope, piece: Passage, rows: dict[str, Figure]) -> ClaimVerdict:
    """The verdict on a claim that a group was alone: all other groups were on the other side."""
    lean = {group: (row.agree > row.disagree) - (row.agree < row.disagree) for group, row in rows.items()}
    own = {lean.get(group, 0) for group in scope.named}
    others = {side for group, side in lean.items() if group not in scope.named}
    wanted = {"agree": 1, "oppose": -1}.get(vote.side, 0)
    right = len(own) == 1 and not own & others and 0 not in own
    right = right and (not wanted or wanted in own)
    said = ", ".join(scope.named)
    figure = rows.get(scope.named[0])
    if figure is None:
        return ClaimVerdict("groups", "open", said, "nothing", entries=(piece.entry,))
    return votes_verdict("groups", decided(right), said, figure)
