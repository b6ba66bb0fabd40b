"""The public state that is continued as a log grows is the one that follows from the log as it is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given, settings
from tests.effort import times

from acquis import events as ev
from acquis.publication.masking import masked_forms
from acquis.publication.public import public_form, public_row
from acquis.publication.public_fold import PublicFold
from acquis.record import Entry, Record
from acquis.state import State, fold
from acquis.state.snapshots import snapshot

from .story import Recorded, after, erased, masked, masks_due, of, outside, recorded, then
from .test_chatham import GUEST, SAID, SESSIONS, happened, programme

NAMES = ((), ("Tancredi Bellomunno",), ("Tancredi Bellomunno", GUEST), (GUEST,))
"""Who gave a name, at one time and another: people come, and are erased."""


class GrowingLog:
    """A log in memory, as a record gives it."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.read_entries: list[int] = []

    def scan(self, log: str, after: int = 0) -> Iterator[tuple[int, int, str, bytes]]:
        return ((entry.seq, entry.at, entry.by, entry.body) for entry in self.entries[after:])

    def read(self, log: str, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        part = self.entries[after:until]
        self.read_entries += [entry.seq for entry in part]
        return iter(part)


def folded(log: GrowingLog) -> PublicFold:
    return PublicFold(cast(Record, log), "log")


def anew(found: Recorded, people: tuple[str, ...]) -> State:
    """The public state of a log with the masked forms that are due, from its first entry."""
    public, masks = public_form(found.state, people), masked_forms(found.state, people)
    pairs = [(public(entry), masks(entry)) for entry in found.entries]
    state = fold(public_row(entry, mask) for entry, mask in pairs if not entry.is_sealed)
    state.seq = found.entries[-1].seq
    return state


def stages(seed: int) -> Iterator[Recorded]:
    """A random session as its log grows: with cuts between a question and its approval, what is decided later about
    texts, a close that is taken back, masked forms, and erasures."""
    dice = random.Random(seed)
    whole = after([], *happened(seed))
    for cut in sorted(dice.sample(range(1, len(whole)), min(4, len(whole) - 1))):
        yield of(whole[:cut])
    found = of(whole)
    yield found
    found = then(found, ev.ActTakenBack(len(whole)))
    yield found
    asked = [*found.state.questions]
    for seq in dice.sample(asked, min(2, len(asked))):
        found = then(found, dice.choice((ev.QuestionApproved(seq), ev.QuestionHeldBack(seq, "other"))))
    found = then(found, ev.StatementSeeded(dice.choice(SAID)), ev.SessionClosed())
    yield found
    found = masked(found, (GUEST,))
    yield found
    texts = [*found.state.questions, *found.state.statements]
    for seq in dice.sample(texts, min(2, len(texts))):
        found = erased(found, seq)
        yield found
    yield masked(found, (GUEST,))


@given(SESSIONS)
@settings(max_examples=times(40), deadline=None)
def test_it_is_the_state_that_is_folded_anew(seed: int) -> None:
    dice = random.Random(seed)
    log = GrowingLog()
    public = folded(log)
    for found in stages(seed):
        log.entries, people = found.entries, dice.choice(NAMES)
        shown = public.upto(snapshot(found.state), people)
        assert shown == anew(found, people)
        assert {e.seq: e.due for e in public.entries if e.due is not None} == {
            event.entry: event.shown for event in cast(Any, masks_due(found, people))
        }
    assert public.upto(snapshot(found.state), (GUEST,)) == outside(found, (GUEST,)).state


def session() -> Recorded:
    """A session with a question that waits."""
    return recorded([programme(), ev.SessionOpened(), ev.QuestionAsked(SAID[0])])


def test_what_a_reader_holds_is_not_changed_by_what_follows() -> None:
    log, found = GrowingLog(), session()
    public, log.entries = folded(log), found.entries
    before = public.upto(snapshot(found.state), ())
    later = then(found, ev.QuestionAsked(SAID[1]), ev.HandRaised("turn", about=SAID[2]))
    log.entries = later.entries
    assert public.upto(snapshot(later.state), ()).questions.keys() == {3, 4}
    assert before == anew(found, ())


def test_only_what_is_new_or_changed_is_read() -> None:
    log, found = GrowingLog(), session()
    public, log.entries = folded(log), found.entries
    public.upto(snapshot(found.state), ())
    later = then(found, ("v", ev.ParticipantJoined(lane="room")), ev.StatementSeeded("Norms bind."))
    log.entries, log.read_entries = later.entries, []
    public.upto(snapshot(later.state), ())
    assert log.read_entries == [5]
    approved = then(later, ev.QuestionApproved(3))
    log.entries, log.read_entries = approved.entries, []
    assert public.upto(snapshot(approved.state), ()).questions[3].text == "As […] said, norms matter."
    assert log.read_entries == [3, 6]


def test_after_a_fault_it_begins_anew() -> None:
    log, found = GrowingLog(), session()
    public = folded(log)
    later = then(found, ev.QuestionAsked(SAID[1]))
    public.upto(snapshot(found.state), ())
    log.entries = [*found.entries, msgspec.structs.replace(later.entries[-1], body=b'{"event":"Nonsense"}')]
    with pytest.raises(msgspec.ValidationError, match="Nonsense"):
        public.upto(snapshot(later.state), ())
    log.entries = later.entries
    assert public.upto(snapshot(later.state), ()) == anew(later, ())
