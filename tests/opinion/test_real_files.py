"""Files as they come: real exports of Polis, and what Acquis itself exports."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.opinion.makers import NO_DATA, SHARED
from tests.opinion.test_files import cells, written
from tests.report import story

from acquis.documents.formats import files
from acquis.documents.rows import written as exported
from acquis.opinion.files import read_conversation
from acquis.state import AGREE, DISAGREE, PASS
from acquis.state.counting import cast

# people, statements with a column, distinct votes, events, in the groups of Polis, of the columns moderated out, meta
REAL = {
    "15-per-hour-seattle": (339, 54, 2_872, 2_995, 138, 23, 0),
    "austria-climate.5twd2jsnkf.2022-08-08": (1_116, 522, 61_384, 61_936, 900, 245, 0),
    "bg2050-volunteers": (126, 371, 14_283, 14_341, 108, 55, 1),
    "brexit-consensus": (204, 50, 5_303, 5_312, 197, 0, 0),
    "canadian-electoral-reform": (448, 174, 11_950, 12_018, 281, 22, 0),
    "football-concussions": (1_487, 298, 14_328, 14_924, 1_434, 137, 0),
    "london.youth.policing": (26, 36, 638, 640, 24, 0, 0),
    "scoop-hivemind.affordable-housing": (381, 165, 14_995, 15_076, 381, 46, 0),
    "scoop-hivemind.freshwater": (117, 80, 3_972, 3_979, 117, 29, 0),
    "scoop-hivemind.taxes": (334, 148, 17_335, 17_379, 295, 57, 0),
    "scoop-hivemind.ubi": (234, 70, 7_153, 7_174, 234, 0, 0),
}


def polis(name: str) -> Path:
    folder = SHARED / "polis" / name
    if not folder.exists():
        pytest.skip(NO_DATA)
    return folder


@pytest.mark.parametrize("name", REAL)
def test_real_exports_agree_with_each_other(name: str) -> None:
    folder = polis(name)
    found = read_conversation(folder / "votes.csv", folder / "comments.csv", folder / "participants-votes.csv")
    matrix = read_conversation(folder / "participants-votes.csv", folder / "comments.csv")
    people, statements, distinct, events, grouped, moderated, meta = REAL[name]
    assert cells(found.votes) == cells(matrix.votes)
    assert (len(found.votes), found.events, matrix.events) == (distinct, events, distinct)
    assert (len(matrix.votes.people), len(matrix.votes.statements)) == (people, statements)
    assert (len(found.polis_groups), found.polis_groups) == (grouped, matrix.polis_groups)
    assert len(found.moderated.intersection(matrix.votes.statements)) == moderated
    assert len(found.meta) == meta
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        texts = {int(row["comment-id"]): row["comment-body"] for row in csv.DictReader(file)}
    assert found.texts == texts


def test_what_acquis_exports_comes_back(tmp_path: Path) -> None:
    told = story.session()
    paths = {
        name: written(tmp_path, content.decode(), name)
        for name, content in files(told.entries).items()
        if name.endswith(".csv")
    }
    polis_choice = {AGREE: 1, DISAGREE: -1, PASS: 0}
    votes = {
        (number, seq): polis_choice[choice]
        for seq, choices in cast(told.state).items()
        for number, choice in enumerate(choices)
        if choice in polis_choice
    }
    long = read_conversation(paths["votes.csv"], paths["comments.csv"], paths["participants-votes.csv"])
    matrix = read_conversation(paths["participants-votes.csv"], paths["comments.csv"])
    assert cells(long.votes) == cells(matrix.votes) == votes
    assert long.events == len(votes)
    assert long.texts == matrix.texts
    assert long.texts[story.AGREED] == "=Norms need a body that follows up."
    assert long.texts[story.CONTESTED] == "One process is\n# enough [really](x)."
    assert long.memberships == matrix.memberships == {}, "with its groups, a ballot could be that of a known person"


@pytest.mark.parametrize("name", ["=1+1", "@you", "+x; -y", "plain"])
def test_guards_against_formulas_are_taken_off_again(tmp_path: Path, name: str) -> None:
    votes = written(tmp_path, exported(("comment-id", "voter-id", "vote"), [(name, name, -1)]).decode())
    people = written(tmp_path, exported(("voter-id", "region"), [(name, name)]).decode(), "people.csv")
    comments = written(tmp_path, exported(("comment-id", "comment-body"), [(name, name)]).decode(), "comments.csv")
    found = read_conversation(votes, comments, people)
    assert cells(found.votes) == {(name, name): -1}
    assert found.texts == {name: name}
    assert found.memberships == {"region": {name: tuple(name.split("; "))}}
