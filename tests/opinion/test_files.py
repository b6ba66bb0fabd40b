"""Vote files: every shape that Polis and Acquis export, and a clear sentence for everything else."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.opinion.makers import NO_DATA, SHARED, table

from acquis.opinion import sums
from acquis.opinion.files import BadFile, read_conversation

LONG = "timestamp,datetime,comment-id,voter-id,vote\n1000,x,0,10,1\n3000,x,0,9,-1\n2000,x,1,9,0\n5000,x,0,10,-1\n"


def written(folder: Path, text: str | bytes, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_polis_votes_last_by_time(tmp_path: Path) -> None:
    later_first = (
        "timestamp,datetime,comment-id,voter-id,vote\n5000,x,0,10,-1\n1000,x,0,10,1\n2000,x,1,9,0\n3000,x,0,9,-1\n"
    )
    one, other = (read_conversation(written(tmp_path, text)) for text in (LONG, later_first))
    assert list(one.votes.people) == [9, 10]
    choice, voted = table(one.votes)
    assert choice.tolist() == [[-1, 0], [-1, 0]]
    assert voted.tolist() == [[1, 1], [1, 0]]
    assert one.events == 4
    assert sums(one.votes).digest() == sums(other.votes).digest()


@pytest.mark.parametrize(
    "change", [("\n", "\r\n"), (",", ";"), (",", "\t"), ("timestamp", "\ufeffTimestamp"), (",vote\n", ", Vote \n")]
)
def test_habits_of_spreadsheets_are_put_up_with(tmp_path: Path, change: tuple[str, str]) -> None:
    plain = read_conversation(written(tmp_path, LONG))
    found = read_conversation(written(tmp_path, LONG.replace(*change)))
    assert sums(found.votes).digest() == sums(plain.votes).digest()


def test_ids_may_be_any_text(tmp_path: Path) -> None:
    text = "comment-id,voter-id,vote\ns-2,zoë,1\ns-2,007,1\ns-10,7,0\n"
    found = read_conversation(written(tmp_path, text)).votes
    assert list(found.people) == [7, "007", "zoë"]
    assert list(found.statements) == ["s-10", "s-2"]


def test_a_matrix_with_declared_groups(tmp_path: Path) -> None:
    text = (
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,3,11,lane,stakeholder-group\n"
        "0,1,0,2,1,1,1,-1,room,Government;Technical\n1,,0,0,0,0,,,online,\n"
    )
    found = read_conversation(written(tmp_path, text))
    assert list(found.votes.people) == [0, 1]
    assert found.votes.choice.tolist() == [1, -1]
    assert found.memberships == {
        "lane": {0: ("room",), 1: ("online",)},
        "stakeholder-group": {0: ("Government", "Technical")},
    }


def test_statements_and_a_table_of_people(tmp_path: Path) -> None:
    comments = written(
        tmp_path,
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,comment-body\n"
        '1,0,1,1,2,-1,false,true,"two\nlines, ""quoted"""\n1,1,1,1,2,1,true,true,\'=SUM(A1)\n',
        "comments.csv",
    )
    people = written(tmp_path, "voter-id,region\n9,WEOG; GRULAC\n10,\n", "people.csv")
    found = read_conversation(written(tmp_path, LONG), comments, people)
    assert found.texts == {0: 'two\nlines, "quoted"', 1: "=SUM(A1)"}
    assert found.moderated == frozenset([0])
    assert found.meta == frozenset([1])
    assert found.memberships == {"region": {9: ("WEOG", "GRULAC")}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        (b"PK\x03\x04\0\0", "no text file"),
        ("voter-id,comment-id,vote\nJ\xf6rg,1,1\n".encode("latin-1"), "UTF-8"),
        ("a,b,c\n1,2,3\n", "line 1 has the columns a, b, c"),
        ("comment-id,comment-body\n1,x\n", "--comments"),
        ("comment-id,voter-id,vote\n1,2,1\n1,2\n", "line 3: 2 cells"),
        ("comment-id,voter-id,vote\n1,2,5\n", "line 2: the vote is '5'"),
        ("timestamp,comment-id,voter-id,vote\nnow,1,2,1\n", "line 2: the timestamp is 'now'"),
        ("participant,n-votes,7\n1,1,2\n", "line 2: statement 7 has '2'"),
    ],
)
def test_a_wrong_file_gets_one_sentence_with_the_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(BadFile, match=r"votes\.csv") as found:
        read_conversation(written(tmp_path, text))
    assert words in str(found.value)
    assert "\n" not in str(found.value)


def test_a_wrong_table_beside_the_votes(tmp_path: Path) -> None:
    votes = written(tmp_path, LONG)
    with pytest.raises(BadFile, match="comment-body"):
        read_conversation(votes, votes)
    with pytest.raises(BadFile, match="voter id first"):
        read_conversation(votes, None, votes)


def test_parquet(tmp_path: Path) -> None:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "votes.parquet"
    columns = {"participant": [10, 9, 9, 10], "statement": [0, 0, 1, 0], "vote": [-1, -1, 0, 1], "seq": [4, 2, 3, 1]}
    parquet.write_table(pa.table(columns), path)
    plain = read_conversation(written(tmp_path, LONG)).votes
    assert sums(read_conversation(path).votes).digest() == sums(plain).digest()
    parquet.write_table(pa.table({**columns, "vote": [1, 0, 7, 1]}), path)
    with pytest.raises(BadFile, match="row 3"):
        read_conversation(path)
    with pytest.raises(BadFile, match="Parquet"):
        read_conversation(written(tmp_path, "no parquet", "bad.parquet"))


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    read_conversation(written(tmp_path, LONG), progress=lambda done, size: told.append((done, size)))
    assert told[-1] == (len(LONG), len(LONG))


REAL = {"brexit-consensus": (204, 50, 5303, 5312), "football-concussions": (1487, 298, 14328, 14924)}


@pytest.mark.parametrize("name", REAL)
def test_real_exports_agree_with_each_other(name: str) -> None:
    folder = SHARED / "polis" / name
    if not folder.exists():
        pytest.skip(NO_DATA)
    found = read_conversation(folder / "votes.csv", folder / "comments.csv")
    matrix = read_conversation(folder / "participants-votes.csv")
    people, statements, distinct, events = REAL[name]
    assert (len(found.votes.people), len(found.votes), found.events) == (people, distinct, events)
    assert len(matrix.votes.statements) == statements
    assert set(found.votes.statements) <= set(matrix.votes.statements)
    assert sums(found.votes).digest() == sums(matrix.votes).digest() or len(found.votes.statements) < statements
    with (folder / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(found.texts) == sum(1 for _ in csv.DictReader(file))
    assert np.array_equal(np.sort(found.votes.choice), np.sort(matrix.votes.choice))
