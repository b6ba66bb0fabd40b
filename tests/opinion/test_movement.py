"""Movement between two conversations: true changes are found, chance is not, and the same people are told apart."""

from __future__ import annotations

from math import comb
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from click.testing import CliRunner

from acquis.cli import main
from acquis.opinion import Votes, votes_from_arrays
from acquis.opinion.arrays import Floats
from acquis.opinion.movement import movement, turned_chances

STATEMENTS = 20
SAME = {j: j for j in range(STATEMENTS)}


def crowd(random: np.random.Generator, share: Floats, people: int) -> Votes:
    choice = np.where(random.random((people, len(share))) < share, 1, -1).astype(np.int8)
    person, statement = (axis.ravel() for axis in np.indices(choice.shape))
    return votes_from_arrays(person, statement, choice.ravel(), people=range(people), statements=range(len(share)))


def test_a_true_change_is_found_among_two_crowds() -> None:
    random = np.random.default_rng(1)
    before, after = np.full(STATEMENTS, 0.4), np.full(STATEMENTS, 0.4)
    after[3] = 0.8
    moved = movement(crowd(random, before, 80), crowd(random, after, 90), SAME)
    assert moved.order()[0] == 3
    assert moved.firm[3]
    assert moved.low[3] < 0.4 < moved.high[3]
    assert moved.voters[3].tolist() == [80, 90]


@pytest.mark.parametrize("same", [False, True])
def test_chance_alone_is_seldom_called_a_change(same: bool) -> None:
    random, share = np.random.default_rng(2), np.full(STATEMENTS, 0.5)
    runs = [movement(crowd(random, share, 60), crowd(random, share, 60), SAME, same=same) for _ in range(60)]
    assert sum(bool(moved.firm.any()) for moved in runs) <= 12  # one in ten is allowed
    covered = np.mean([(moved.low <= 0) & (moved.high >= 0) for moved in runs])
    assert covered > 0.87


def test_the_same_people_show_what_two_crowds_cannot() -> None:
    random = np.random.default_rng(3)
    first = crowd(random, np.full(STATEMENTS, 0.5), 60)
    choice = first.choice.copy()
    of_one = np.flatnonzero((first.statement == 7) & (choice == -1))[:12]
    choice[of_one] = 1
    last = Votes(first.people, first.statements, first.start, first.statement, choice)
    paired, crowds = (movement(first, last, SAME, same=same) for same in (True, False))
    assert np.flatnonzero(paired.firm).tolist() == [7]
    assert not crowds.firm.any()
    assert paired.change[7] == pytest.approx(0.2)


def test_the_exact_chance_of_those_who_turned() -> None:
    pairs = np.array([[0, 0], [4, 4], [7, 1], [0, 12]])
    by_hand = [2 * (sum(comb(n, k) for k in range(few + 1)) - comb(n, few) / 2) / 2**n for n, few in ((8, 1), (12, 0))]
    assert turned_chances(pairs) == pytest.approx([1, 1, *by_hand])


def test_few_voters_and_other_statements_are_left_out() -> None:
    random = np.random.default_rng(4)
    moved = movement(crowd(random, np.full(3, 0.5), 4), crowd(random, np.full(3, 0.5), 40), SAME)
    assert (moved.before, moved.order()) == ([], [])
    others = movement(crowd(random, np.full(3, 0.5), 40), crowd(random, np.full(3, 0.5), 40), {0: 2, 9: 1})
    assert (others.before, others.after) == ([0], [2])


def test_the_command_says_and_draws_it(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    for name, share in (("before", [0.2, 0.5, 0.5]), ("after", [0.9, 0.5, 0.5])):
        votes = crowd(random, np.array(share), 50)
        rows = [f"{s},{p},{c}" for p, s, c in zip(votes.person, votes.statement, votes.choice, strict=True)]
        (tmp_path / f"{name}.csv").write_text("comment-id,voter-id,vote\n" + "\n".join(rows) + "\n")
        texts = [f'{s},1,"Text <{s}>"' for s in range(3)]
        (tmp_path / f"{name}-texts.csv").write_text("comment-id,moderated,comment-body\n" + "\n".join(texts) + "\n")
    files = [str(tmp_path / name) for name in ("before.csv", "after.csv")]
    texts = ["--comments-before", str(tmp_path / "before-texts.csv"), "--comments", str(tmp_path / "after-texts.csv")]
    result = CliRunner().invoke(main, ["movement", *files, *texts, "--out", str(tmp_path / "moved.svg")])
    assert result.exit_code == 0, result.output
    assert "Statements compared: 3. Agreement changed by more than chance: 1." in result.output
    assert result.output.splitlines()[1].startswith("  Text <0>")
    assert "this may be chance." in result.output
    picture = ET.parse(tmp_path / "moved.svg").getroot()
    assert "Text <0>" in (picture.findtext("{http://www.w3.org/2000/svg}desc") or "")
