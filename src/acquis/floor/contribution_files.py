"""Enters the contributions of files on the record of a session, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import asdict, replace

from acquis.attributes import ATTRIBUTES, PublicAttributes
from acquis.command import THE_SERVER
from acquis.contributions.files import ContributionRow
from acquis.floor.contributions import EnterContribution
from acquis.state import State
from acquis.state.people import choices
from acquis.text.folding import folded


def entering(rows: Iterable[ContributionRow], state: State) -> list[tuple[str, EnterContribution]]:
    """The commands that enter the contributions, each with its idempotency key: without those whose words the same
    organization contributed before, and with each group as the programme spells it.
    Raises Refused, before anything is entered, for a contribution that cannot be."""
    commands = []
    known = {(made.text, made.on_behalf_of) for made in state.contributions.values()}
    for row in rows:
        if (row.text, row.on_behalf_of) in known:
            continue
        known.add((row.text, row.on_behalf_of))
        command = _with_groups(EnterContribution(**asdict(row)), state)
        command.decide(state, THE_SERVER, state.at)
        commands.append((f"contribution-{row.source}", command))
    return commands


def _with_groups(command: EnterContribution, state: State) -> EnterContribution:
    """The command with the groups of the programme that its groups mean."""
    meant = {}
    for attribute in ATTRIBUTES:
        if attribute.name in PublicAttributes.__struct_fields__ and (given := attribute.of(command)):
            known = {folded(choice): choice for choice in choices(state, attribute)}
            meant[attribute.name] = known.get(folded(given), given)
    return replace(command, **meant)
