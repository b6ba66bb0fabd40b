"""The outcome of every input: for everybody the ledger, for the team what is offered, to confirm by groups."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from typing import Any

import msgspec
from starlette.responses import Response

from acquis import events as ev
from acquis.command import Refused
from acquis.contributions.ledger import OUTCOMES, LedgerLine, OutcomeKind, ledger
from acquis.contributions.offers import HEADINGS, OfferedGroup, offered_groups
from acquis.contributions.reasons import reasons
from acquis.contributions.wording import ONE_OF_KIND, outcome_sentence, whole_sentence
from acquis.floor.fates import StateFates
from acquis.i18n.vocabulary import labels
from acquis.state import State
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import form
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import endpoint, page
from acquis.web.pages.lists.pagination import results_page

EACH, SHOWN = 50, 40
"""The inputs on one page, and the most of a group that are shown to be left out."""
FORM_LIMIT, FORM_FIELDS = 1024 * 1024, 200
ROLES = StateFates.roles
STATED = labels("outcome", msgspec.json.schema(ev.StatedKind)["enum"])
"""The outcomes that the team can state, with their words."""


class ListedInputs(msgspec.Struct, frozen=True, gc=False):
    """The lines of the ledger that the page shows, all by their inputs, and how many have each outcome. `show`: the
    outcome of those that are shown; empty: all."""

    shown: list[LedgerLine]
    known: dict[int, LedgerLine]
    counts: Counter[OutcomeKind]
    show: str


def _listed(state: State, show: str) -> ListedInputs:
    """The lines with an outcome, or all if there are none with it."""
    known = {line.input.entry: line for line in ledger(state)}
    counts = Counter(line.outcome.kind for line in known.values())
    show = show if show in counts else ""
    return ListedInputs([line for line in known.values() if not show or line.outcome.kind == show], known, counts, show)


@page("/s/{session:slug}/inputs", roles=PUBLIC, access=JOINED, names=ROLES, styles=(DOCUMENT,))
async def inputs(context: RequestContext) -> Response:
    """`?show=open` lists those with an outcome only, `?n=2` is the second page."""
    state, team = await context.frozen(), bool(context.actor.roles & ROLES)
    listed = await asyncio.to_thread(_listed, state, context.query("show"))
    await context.pause()
    show, known, counts = listed.show, listed.known, listed.counts
    groups = await _offers(state, [*known.values()]) if team and state.opened_at else []
    return context.render(
        "pages/inputs/page.html",
        state=state,
        shown=results_page(listed.shown, context.number("n"), EACH),
        address=lambda n: f"?n={n}" + (f"&show={show}" if show else ""),
        counts={kind: counts[kind] for kind in OUTCOMES if counts[kind]},
        show=show,
        kinds=context.words(ONE_OF_KIND),
        outcomes=context.words(labels("outcome")),
        stated=context.words(STATED),
        told=lambda line: whole_sentence(context.language, line, known),
        before=lambda outcome: outcome_sentence(context.language, outcome),
        groups=groups,
        headings=context.words(HEADINGS),
        reasons={code: reason.label for code, reason in reasons().items()},
        known=known,
        most=SHOWN,
        team=team,
        done=context.query("done") and not context.wrong,
    )


async def _offers(state: State, lines: list[LedgerLine]) -> list[OfferedGroup]:
    """What is offered to the team, with what the draft cites; in a thread, because there may be many inputs."""
    cited = {entry for row in state.draft.values() for sentence in row for entry in sentence.cites}
    return await asyncio.to_thread(offered_groups, state, lines, cited)


@endpoint(
    "POST", "/s/{session:slug}/inputs",
    name="inputs_state",
    roles=ROLES,
    names=ROLES,
    reads=True,
    page="inputs",
    accepts=form({"inputs": {"type": "string"}, "fate": {"type": "string"}}, ["inputs", "fate"]),
)  # fmt: skip
async def state_fates(context: RequestContext) -> Response:
    """States what became of the inputs of a form: a group that was offered without those that are left out, or entries
    that were typed. Raises Refused."""
    typed = await context.form(FORM_LIMIT, FORM_FIELDS)
    entries, into = _numbers(typed.get("inputs", "")), _numbers(typed.get("into", ""))
    if len(into) == 1:
        into *= len(entries)
    if into and len(into) != len(entries):
        raise Refused("fate_incomplete").at("into")
    left = [place for place, entry in enumerate(entries) if f"out.{entry}" not in typed]
    fields: dict[str, Any] = {name: typed.get(name, "") for name in ("reason", "who", "to", "words")}
    fate = typed.get("fate", "")
    if fate not in STATED:
        raise Refused("fate_incomplete").at("fate")
    command = StateFates(
        tuple(entries[place] for place in left),
        fate,  # type: ignore[arg-type]  # it is one of the kinds
        tuple(into[place] for place in left) if into else (),
        **_needed(fate, fields),
    )
    await carry_out(context, command, typed.get("key", ""))
    return context.redirect(f"/s/{context.id}/inputs?done=1")


def _needed(fate: str, fields: dict[str, str]) -> dict[str, str]:
    """The fields that an outcome has; the form has all of them."""
    kept = {"answered": "who", "answered_in_writing": "who", "deferred": "to", "not_used": "reason"}.get(fate, "")
    return {name: value for name, value in fields.items() if name in (kept, "words")}


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,9}", text)]
