"""The command with which the server publishes the votes after the close."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, TypeAlias

from acquis import events as ev
from acquis.command import ENDED, SERVER, Actor, Command
from acquis.state import State
from acquis.state.counting import has_ballots
from acquis.state.snapshots import snapshot
from acquis.statistics.heard import private_counts
from acquis.statistics.totals import ballots_of, totals_of
from acquis.text.caches import TextCache

Published: TypeAlias = ev.BallotsPublished | ev.TotalsPublished


class PublishVotes(Command, frozen=True, gc=False):
    """Publish the ballots, or the totals, that were made of the state after entry `upto`: nothing if the session has
    gone on since."""

    roles: ClassVar = frozenset({SERVER})
    phases: ClassVar = ENDED
    made: Published
    upto: int

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return self.made if needs_votes(state) and state.seq == self.upto else None


def needs_votes(state: State) -> bool:
    """Whether a session was closed and its votes have not been published. Those of earlier versions are not: there,
    voices have no ballots."""
    return state.is_over and state.totals is None and not state.reports and has_ballots(state)


_made: TextCache[object, tuple[Published, ...]] = TextCache(2, None)
"""What was made last: counting takes longer than the event loop may be held, so that a thread counts first."""


def publication(state: State) -> tuple[Command, ...]:
    """The commands that publish what is not published of the votes of a closed session: the ballots, if the session
    publishes them, and then the totals. The result is kept, also for other copies of the state."""
    if not needs_votes(state):
        return ()
    made = _made.get((state.order.identity, state.seq), lambda: tuple(_publication(state)))
    return tuple(PublishVotes(event, state.seq + place) for place, event in enumerate(made))


def _publication(state: State) -> Iterator[Published]:
    if state.settings.publish_ballots and state.ballots is None:
        yield (ballots := ballots_of(state))
        state = snapshot(state)
        state.apply(state.seq + 1, state.at + state.ahead, "", ballots)
    yield totals_of(state, private_counts(state))
