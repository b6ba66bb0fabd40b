"""Nothing but votes, support and joining can be left out of the public log as a whole."""

from __future__ import annotations

import pytest

from acquis import events as ev
from acquis.publication.verify import verify_entries
from acquis.record.chain import hidden

from .story import AGREED, SUPPORTED, Recorded, outside, published, session, then


def reported() -> Recorded:
    return published(session(), ev.Sentence("We agree.", (AGREED,)))


def test_no_entry_can_be_sealed_after_the_totals() -> None:
    """Otherwise a correction of the report, or an answer, could be left out without a trace."""
    later = then(reported(), ev.AnswerWritten(SUPPORTED, "Everybody does."))
    entries = outside(later).entries
    assert verify_entries(entries).complete
    entries[-1] = hidden(entries[-1], lambda place, part: False)
    found = verify_entries(entries)
    assert (found.first_bad, found.problem) == (len(entries), "erasure")


@pytest.mark.parametrize("seq", [1, 16, 20, 31, 32, 34, 37])
def test_an_entry_on_which_others_depend_cannot_be_sealed(seq: int) -> None:
    entries = outside(reported()).entries
    entries[seq - 1] = hidden(entries[seq - 1], lambda place, part: False)
    assert not verify_entries(entries).ok
