"""The smallest number of people without whom a statement leaves or enters a list, against removing them one by one."""

from __future__ import annotations

import numpy as np
import pytest

from acquis.opinion import AGREE, DISAGREE, areas
from acquis.opinion.influence import influence


@pytest.mark.parametrize(("groups", "choice"), [(1, AGREE), (1, DISAGREE), (3, AGREE)])
def test_it_is_the_number_that_removal_one_by_one_finds(groups: int, choice: int) -> None:
    random = np.random.default_rng(groups)
    share = np.clip(random.normal(0.66, 0.12, (1, 12, 1)), 0.05, 0.95)
    agree = random.binomial(40, np.broadcast_to(share, (groups, 12, 1)))
    counts = np.concatenate([40 - agree, np.full((groups, 12, 1), 4), agree], axis=2)
    counts = counts if choice == AGREE else counts[:, :, ::-1].copy()
    present = np.full(groups, 50)
    read = influence(counts, present, choice)
    assert read.people == int(2.5 * groups)
    assert read.off or read.on

    def on_list(statement: int, group: int, vote: int, removed: int) -> bool:
        changed, there = counts.copy(), present.copy()
        changed[group, statement, vote + 1] -= removed
        there[group] -= removed
        return statement in of_list(changed, np.where(np.arange(groups) == group, there, present))

    def of_list(of: np.ndarray, there: np.ndarray) -> set[int]:
        read = areas(of, present=there, declared=False)
        return {area.statement for area in (read.consensus if choice == AGREE else read.concern)}

    listed = of_list(counts, present)
    for statement in range(12):
        if statement in listed:
            least = [
                n for n in range(1, read.people + 1) for g in range(groups) if not on_list(statement, g, choice, n)
            ]
            assert read.off.get(statement) == min(least, default=None)
        elif groups == 1:
            least = [n for n in range(1, read.people + 1) if on_list(statement, 0, -choice, n)]
            assert read.on.get(statement) == min(least, default=None)


def test_a_clear_list_hangs_on_nobody() -> None:
    read = influence(np.array([[[2, 0, 98], [97, 0, 3]]]), np.array([100]), AGREE)
    assert (read.people, read.off, read.on) == (5, {}, {})
