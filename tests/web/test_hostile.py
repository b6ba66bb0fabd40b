"""A hostile client beside fifty honest phones: it is refused, they are served, and the memory comes back. How long
anybody waits depends on the machine; `make torture` measures it, for a minute and with five hundred."""

from __future__ import annotations

import pytest
from benchmarks import attack, hostile
from tests.effort import rarely

pytestmark = [pytest.mark.server, pytest.mark.slow]

ANSWERS = {
    "headers": {"431", "closed"},
    "half requests": set(),
    "half bodies": set(),
    "connections": {"opened"},
    "deep JSON": {"400"},
    "newlines": {"201", "409", "429"},  # a question, and its limits
    "joins": {"303"},
    "joins without the code": {"403", "429"},
    "streams": {"200"},
}


def test_a_hostile_client_is_refused_and_honest_people_are_served() -> None:
    outcome = hostile.siege(people=50, seconds=rarely(3), rest_s=0)
    assert set(outcome.statuses) <= {200, 201}
    assert outcome.waits
    assert outcome.lost == 0
    assert outcome.attacker.keys() == ANSWERS.keys() == attack.AT_ONCE.keys()
    for kind, answers in outcome.attacker.items():
        assert answers.keys() - {"waiting"} <= ANSWERS[kind], (kind, answers)
        assert answers["waiting"] == attack.AT_ONCE[kind]
    assert outcome.most_mb <= outcome.before_mb + hostile.LEFT_MB
