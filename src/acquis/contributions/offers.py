"""Outcomes that are offered for inputs without one, in groups that the rapporteur confirms with one act each.

An input that has the words of one that the report cites is offered to be merged into it; inputs that have the words of
each other are offered as one; for the others the list of reasons has one that fits. The likeness is that of questions
(docs/likeness.md), so the work grows with the number of inputs and not with its square."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from acquis import events as ev
from acquis.contributions.ledger import Input, LedgerLine
from acquis.i18n import N_
from acquis.state import State
from acquis.text.folding import folded
from acquis.text.likeness import alike

READ = 600
"""The first characters of a text that are compared."""
ENOUGH = 0.85
"""The least likeness of inputs that are offered as one: more than for two questions that a moderator looks at, because
a group is confirmed at once."""
MOST_PAIRS = 20_000
"""The most pairs of similar inputs that are looked at."""

HEADINGS = {
    "cited": N_("Has the words of an input that the report cites"),
    "alike": N_("Has the words of another input"),
    "voted": N_("Voted on, and not cited in the report"),
    "not_reached": N_("Not reached in the session"),
    "not_reviewed": N_("Not reviewed by a moderator"),
    "spoken": N_("Interventions that no sentence cites"),
    "other": N_("Questions and contributions that no sentence cites"),
}
"""Key of a group -> its heading, in the order of the page."""


class OfferedGroup(msgspec.Struct, frozen=True):
    """Inputs for which the same is offered: the key of the group, the outcome, and for a merge the input into which
    each goes."""

    key: str
    fate: ev.StatedKind
    inputs: tuple[int, ...]
    into: tuple[int, ...] = ()
    reason: str = ""


def offered_groups(state: State, lines: Sequence[LedgerLine], cited: Iterable[int]) -> list[OfferedGroup]:
    """The groups of inputs without an outcome. `lines`: the ledger; `cited`: the entries that the draft cites."""
    wanting = [line.input for line in lines if line.outcome.kind == "open"]
    kept = set(cited)
    used = [line.input for line in lines if line.outcome.kind == "taken_up" or kept & set(line.input.entries)]
    wanting = [made for made in wanting if not kept & set(made.entries)]
    merged = _merges(wanting, used)
    heads = {made.entry for made in used}
    groups = [
        _merge("cited", {entry: into for entry, into in merged.items() if into in heads}),
        _merge("alike", {entry: into for entry, into in merged.items() if into not in heads}),
    ]
    rest: dict[str, list[int]] = {}
    for made in wanting:
        if made.entry not in merged:
            rest.setdefault(_key(state, made), []).append(made.entry)
    reasons = {"voted": "result_published", "not_reached": "not_reached", "not_reviewed": "not_reviewed"}
    groups += [
        OfferedGroup(key, "not_used", tuple(rest[key]), reason=reasons.get(key, "on_record"))
        for key in HEADINGS
        if key in rest
    ]
    return [group for group in groups if group.inputs]


def _merge(key: str, merged: dict[int, int]) -> OfferedGroup:
    return OfferedGroup(key, "merged", tuple(merged), tuple(merged.values()))


def _key(state: State, made: Input) -> str:
    if not made.reviewed:
        return "not_reviewed"
    if made.kind == "question" and state.questions[made.entry].fate == "not_reached":
        return "not_reached"
    return {"intervention": "spoken", "statement": "voted"}.get(made.kind, "other")


def _merges(wanting: Sequence[Input], used: Sequence[Input]) -> dict[int, int]:
    """Input without an outcome -> the one into which it is offered to go. No head goes into another one."""
    heads = {made.entry for made in used}
    order = [*sorted(used, key=lambda made: made.entry), *sorted(wanting, key=lambda made: made.entry)]
    first: dict[str, int] = {}
    merged: dict[int, int] = {}
    texts: list[tuple[int, str]] = []
    for made in order:
        text = made.text[:READ].strip()
        if not text:
            continue
        head = first.setdefault(" ".join(folded(made.text).split()), made.entry)
        if head != made.entry and made.entry not in heads:
            merged[made.entry] = head
        else:
            texts.append((made.entry, text))
    leads: set[int] = set(merged.values()) | heads
    for pair in alike(texts, MOST_PAIRS):
        if pair.score < ENOUGH:
            break
        head, other = pair.first, pair.second
        if other in leads and head not in leads:
            head, other = other, head
        if other not in leads and other not in merged and head not in merged:
            merged[other] = head
            leads.add(head)
    return {entry: merged.get(into, into) for entry, into in merged.items()}
