"""The command with which the server publishes the votes after the close."""

from __future__ import annotations

from typing import ClassVar

from acquis import events as ev
from acquis.command import ENDED, SERVER, Actor, Command
from acquis.state import State
from acquis.state.counting import has_ballots
from acquis.statistics.heard import private_counts
from acquis.statistics.totals import ballots_of, totals_of


class PublishVotes(Command, frozen=True, gc=False):
    """Publish the ballots, if the session publishes them, and then the totals: one event for each time it is given."""

    roles: ClassVar = frozenset({SERVER})
    phases: ClassVar = ENDED

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if not needs_votes(state):
            return None
        if state.settings.publish_ballots and state.ballots is None:
            return ballots_of(state)
        return totals_of(state, private_counts(state))


def needs_votes(state: State) -> bool:
    """Whether a session was closed and its votes have not been published. Those of earlier versions are not: there,
    voices have no ballots."""
    return state.is_over and state.totals is None and not state.reports and has_ballots(state)


def publication(state: State) -> tuple[Command, ...]:
    """The commands that publish what is not published of the votes of a closed session."""
    if not needs_votes(state):
        return ()
    return (PublishVotes(),) * (1 + (state.settings.publish_ballots and state.ballots is None))
