"""In how many acts the outcomes of a large consultation are confirmed."""

from __future__ import annotations

from benchmarks.inputs import confirmed, offered, same_subject, session

from acquis.contributions.ledger import ledger, open_lines


def test_two_thousand_inputs_get_their_outcomes_in_at_most_seven_acts() -> None:
    state = session(2_000)
    groups = offered(state)
    assert len(groups) <= 7, "one act for each group"
    right, merged = same_subject(state, groups)
    assert merged > 1_000
    assert right >= 0.98 * merged
    entries = [entry for group in groups for entry in group.inputs]
    assert len(entries) == len(set(entries)), "no input is in two groups"
    total = len(ledger(state))
    left = open_lines(ledger(confirmed(state, groups)))
    assert len(left) == total - len(entries) <= 70, (
        "only those are left that the draft cites, which the report takes up"
    )
