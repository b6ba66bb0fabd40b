"""What stands beside the verdict of `acquis opinion`, on the terminal and on the page."""

from __future__ import annotations

import html
import re
from pathlib import Path

import numpy as np
from click.testing import CliRunner

from acquis.cli import main


def read(folder: Path, votes: np.ndarray, people: str = "", *options: str) -> tuple[str, str]:
    """The terminal and the page of everybody's votes on all statements. votes: (n, m), 1 or -1, or whether they
    agree."""
    choice = np.where(votes, 1, -1) if votes.dtype == np.bool_ else votes
    rows = [f"{at},{column},{row},{cast}" for at, ((row, column), cast) in enumerate(np.ndenumerate(choice))]
    (folder / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n" + "\n".join(rows) + "\n")
    arguments = ["opinion", str(folder / "votes.csv"), "--out", str(folder / "out"), *options]
    if people:
        (folder / "people.csv").write_text(people)
        arguments += ["--people", str(folder / "people.csv")]
    found = CliRunner().invoke(main, arguments)
    assert found.exit_code == 0, found.output
    page = html.unescape(re.sub(r"<[^>]+>", "", (folder / "out" / "report.html").read_text()))
    return found.output, page


def stated(kinds: str, *groups: str) -> str:
    return f"voter-id,{kinds}\n" + "".join(f"{number},{group}\n" for number, group in enumerate(groups))


def test_stated_groups_that_differ_are_named_beside_the_verdict(tmp_path: Path) -> None:
    agree = np.random.default_rng(3).random((60, 12)) < 0.5
    agree[:, 0] = np.arange(60) < 30
    for text in read(tmp_path, agree, stated("region", *["North"] * 30, *["South"] * 30)):
        assert "Region: they differ by more than chance on 1 statement." in text
        assert "than they would be by chance" not in text, "no verdict that the stated groups contradict"


def test_statements_that_count_as_one_are_named(tmp_path: Path) -> None:
    agree = np.random.default_rng(4).random((60, 12)) < 0.5
    agree[:, 1] = agree[:, 0] ^ (np.arange(60) == 7)
    for text in read(tmp_path, agree):
        assert "Votes on these statements are nearly the same, so they count as one: “0”, “1”." in text


def test_groups_that_cannot_be_shown_or_compared_say_so(tmp_path: Path) -> None:
    agree = np.random.default_rng(5).random((60, 12)) < 0.5
    groups = [f"{'Youth' if n < 20 else ''},{'Asia' if n < 3 else ''}" for n in range(60)]
    for text in read(tmp_path, agree, stated("group,region", *groups)):
        assert "Only one group can be shown, so groups are not compared." in text
        assert "No group can be shown." in text
        assert "Region: \n" not in text
        nothing = "No clear agreement, opposition or division. Any differences may be due to chance."
        assert text.count(nothing) <= 1, "said of everybody at most"


def test_crowds_are_left_out_by_the_same_rules(tmp_path: Path) -> None:
    """Twenty accounts of one plan; on one statement many pass, and two groups of the others differ by 20 points."""
    random = np.random.default_rng(6)
    agree = random.random((480, 20)) < 0.92
    agree[:20] = np.arange(20) % 2 == 0
    choice = np.where(agree, 1, -1)
    of_group = np.arange(480) % 2 == 0
    choice[20:, 3] = np.where(np.arange(460) // 2 % 20 < np.where(of_group[20:], 9, 5), 1, 0)
    people = stated("region", *np.where(of_group, "North", "South").tolist())
    said, _ = read(tmp_path, choice, people, "--least-difference", "10")
    assert "accounts vote nearly alike" in said
    assert "Divided in any list: 1. Without these accounts: 1." in said


def test_a_number_of_statements_says_of_which_list_it_is(tmp_path: Path) -> None:
    """Accounts of one plan are an opinion group, which agrees with less than the stated groups do."""
    agree = np.random.default_rng(6).random((480, 20)) < 0.92
    agree[:20] = np.arange(20) % 2 == 0
    said, page = read(tmp_path, agree, stated("region", *["North", "South"] * 240))
    for text in (said, page):
        assert "Agreed in any list: 20." in text
        assert "Agreed across the opinion groups: 10." in text


def test_a_statement_has_a_direction_of_its_own(tmp_path: Path) -> None:
    agree = np.random.default_rng(4).random((60, 12)) < 0.5
    read(tmp_path, agree, stated("region", *["\u0622\u0633\u064a\u0627", "Europe"] * 30))
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "<bdi>\u0622\u0633\u064a\u0627</bdi> 30" in page
    assert re.search(r"<li><bdi>\d+</bdi>", page)
    assert "overflow-wrap:anywhere" in page
