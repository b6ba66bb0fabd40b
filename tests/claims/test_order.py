"""The same log gives the same verdicts in every process, whatever the order of its sets."""

from __future__ import annotations

import subprocess
import sys

import pytest
from benchmarks.claims.session import made

from acquis.claims.bodies import bodies_named
from acquis.claims.facts import facts
from acquis.claims.lexicon import lexicon
from acquis.claims.reading import read_sentence

CHECK = """
from acquis.claims.checking import check
from acquis.claims.facts import facts
from benchmarks.claims import orchard
known = facts(orchard.made().state)
print([check(case.text, case.cites, known) for case in orchard.cases()[::20]])
"""


def test_bodies_are_in_the_order_of_the_programme() -> None:
    """A verdict names the first of them. From a set it was another one in each process."""
    known = facts(made().state)
    bodies = list(dict.fromkeys(person.organization for person in known.people))
    text = f"We thank {', '.join(reversed(bodies))} for their help."
    assert bodies_named(read_sentence(text, (), known, lexicon()), known) == bodies


@pytest.mark.slow
def test_two_processes_give_the_same_verdicts() -> None:
    processes = [
        subprocess.run(
            [sys.executable, "-c", CHECK], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        for seed in ("1", "2")
    ]
    first, second = (process.stdout for process in processes)
    assert "ClaimVerdict" in first
    assert first == second
