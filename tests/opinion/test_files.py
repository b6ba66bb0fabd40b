"""Vote files: every shape that Polis and Acquis export, and a clear sentence for everything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times
from tests.opinion.makers import table

from acquis.opinion import Votes, sheets
from acquis.opinion.files import BadFile, Conversation, read_conversation

LONG = "timestamp,datetime,comment-id,voter-id,vote\n1000,x,0,10,1\n3000,x,0,9,-1\n2000,x,1,9,0\n5000,x,0,10,-1\n"
MATRIX = (
    "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,3,11,lane,stakeholder-group\n"
    "0,,1,0,2,1,1,1,-1,room,Government;Technical\n1,,,0,0,0,0,,,online,\n"
)


def written(folder: Path, text: str | bytes, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, text: str | bytes) -> Conversation:
    return read_conversation(written(folder, text))


def cells(votes: Votes) -> dict[tuple[Any, Any], int]:
    """(person, statement) -> choice."""
    statements = [votes.statements[number] for number in votes.statement.tolist()]
    people = [votes.people[number] for number in votes.person.tolist()]
    return dict(zip(zip(people, statements), votes.choice.tolist()))


def same(one: Votes, other: Votes) -> bool:
    ids = list(one.people) == list(other.people) and list(one.statements) == list(other.statements)
    arrays = ((one.start, other.start), (one.statement, other.statement), (one.choice, other.choice))
    return ids and all(np.array_equal(mine, theirs) for mine, theirs in arrays)


# --- votes, one a row -------------------------------------------------------------------------------------------------


def test_polis_votes_last_by_time(tmp_path: Path) -> None:
    found = read(tmp_path, LONG)
    assert list(found.votes.people) == [9, 10]
    choice, voted = table(found.votes)
    assert choice.tolist() == [[-1, 0], [-1, 0]]
    assert voted.tolist() == [[1, 1], [1, 0]]
    assert found.events == 4


@given(st.permutations(LONG.splitlines()[1:]))
@settings(max_examples=times(24))
def test_with_times_the_order_of_rows_is_nothing(tmp_path_factory: Any, rows: list[str]) -> None:
    folder = tmp_path_factory.mktemp("votes")
    shuffled = "\n".join([LONG.splitlines()[0], *rows])
    assert same(read(folder, shuffled).votes, read(folder, LONG).votes)


@pytest.mark.parametrize("head", ["comment-id,voter-id,vote,x", "comment-id,voter-id,vote,timestamp"])
def test_without_times_and_at_one_time_the_later_row_counts(tmp_path: Path, head: str) -> None:
    assert cells(read(tmp_path, f"{head}\n0,1,1,7\n0,1,-1,7\n").votes) == {(1, 0): -1}


def test_times_finer_than_one_are_told_apart(tmp_path: Path) -> None:
    text = "timestamp,comment-id,voter-id,vote\n7.75,0,1,1\n7.25,0,1,-1\n7,0,1,0\n"
    assert cells(read(tmp_path, text).votes) == {(1, 0): 1}


@pytest.mark.parametrize(
    "change",
    [
        ("\n", "\r\n"),
        (",", ";"),
        (",", "\t"),
        ("timestamp", "\ufeffTimestamp"),
        (",vote\n", ", Vote \n"),
        ("timestamp,datetime,comment-id", "TIMESTAMP, DateTime ,Comment ID"),
        ("-1\n", " -1 \n\n,,,,\n"),
        ("timestamp,", "sep=,\ntimestamp,"),
        (",1\n", ",1.0\n"),
        ("vote\n", "vote,,\n"),
    ],
)
def test_habits_of_spreadsheets_are_put_up_with(tmp_path: Path, change: tuple[str, str]) -> None:
    assert same(read(tmp_path, LONG.replace(*change)).votes, read(tmp_path, LONG).votes)


def test_ids_are_numbers_where_all_are_and_text_otherwise(tmp_path: Path) -> None:
    head = "comment-id,voter-id,vote\n"
    numbers = read(tmp_path, head + "10,2,1\n9,10,1\n-3,2,0\n").votes
    assert (list(numbers.people), list(numbers.statements)) == ([2, 10], [-3, 9, 10])
    texts = read(tmp_path, head + "s-2,zoë,1\ns-2,007,1\n'=s,7,0\n").votes
    assert (list(texts.people), list(texts.statements)) == (["007", "7", "zoë"], ["=s", "s-2"])


def test_no_votes_yet(tmp_path: Path) -> None:
    found = read(tmp_path, LONG.splitlines()[0])
    assert (len(found.votes), len(found.votes.people), found.events) == (0, 0, 0)


def test_groups_declared_beside_the_votes_the_last_by_time(tmp_path: Path) -> None:
    text = (
        "timestamp,comment-id,voter-id,vote,Lane,stakeholder_group\n"
        "5,0,1,1,room,A; B;A\n4,1,1,1,online,C\n6,2,1,1,,\n1,0,2,1,,'=D\n"
    )
    found = read(tmp_path, text)
    assert found.memberships == {"lane": {1: ("room",)}, "stakeholder_group": {1: ("A", "B"), 2: ("=D",)}}


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "CHUNK", 1)
    told: list[tuple[int, int]] = []
    text = LONG + "9000,x,0,10,-1\n" * 200
    read_conversation(written(tmp_path, text), progress=lambda done, size: told.append((done, size)))
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == (len(text), len(text))


# --- a matrix, statements, people -------------------------------------------------------------------------------------


def test_a_matrix_with_declared_groups(tmp_path: Path) -> None:
    found = read(tmp_path, MATRIX)
    assert list(found.votes.people) == [0, 1]
    assert cells(found.votes) == {(0, 3): 1, (0, 11): -1}
    assert found.memberships == {
        "lane": {0: ("room",), 1: ("online",)},
        "stakeholder_group": {0: ("Government", "Technical")},
    }
    assert found.polis_groups == {0: "1"}
    assert found.events == 2


def test_a_matrix_whose_statements_have_names(tmp_path: Path) -> None:
    found = read(tmp_path, "participant,n-votes,A_1,b,lane\n0,2,1,-1.0,room\n1,0, ,,\n")
    assert cells(found.votes) == {(0, "A_1"): 1, (0, "b"): -1}
    assert found.memberships == {"lane": {0: ("room",)}}


def test_statements_and_a_table_of_people(tmp_path: Path) -> None:
    comments = written(
        tmp_path,
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,comment-body\n"
        '1,0,1,1,2,-1,false,true,"two\nlines, ""quoted"""\n1,1,1,1,2,1,TRUE,true,\'=SUM(A1)\n1,77,1,1,2,0,,,late\n',
        "comments.csv",
    )
    people = written(tmp_path, "id,Region,\n9,WEOG; GRULAC,\n10,,\n9,WEOG;'+1\n".replace("+1\n", "+1,\n"), "p.csv")
    found = read_conversation(written(tmp_path, LONG), comments, people)
    assert found.texts == {0: 'two\nlines, "quoted"', 1: "=SUM(A1)", 77: "late"}
    assert found.moderated == frozenset([0])
    assert found.meta == frozenset([1])
    assert found.memberships == {"region": {9: ("WEOG", "GRULAC", "+1")}}


@pytest.mark.parametrize(
    ("text", "texts", "moderated"),
    [
        ("comment-id,comment-body\n0,a\n1,b\n", {0: "a", 1: "b"}, set()),
        (
            "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,x,0,1,1,1,-1,a\n",
            {0: "a"},
            {0},
        ),
        ("comment-id,moderated\n0,-1\n1,0\n", {}, {0}),
    ],
)
def test_statements_with_fewer_columns(tmp_path: Path, text: str, texts: dict[Any, str], moderated: set[Any]) -> None:
    found = read_conversation(written(tmp_path, LONG), written(tmp_path, text, "comments.csv"))
    assert dict(found.texts) == texts
    assert set(found.moderated) == moderated
    assert not found.meta


def test_ids_beside_the_votes_are_as_among_them(tmp_path: Path) -> None:
    votes = written(tmp_path, "comment-id,voter-id,vote\n7,1,1\nx,2,1\n")
    comments = written(tmp_path, "comment-id,comment-body\n7,seven\n", "comments.csv")
    people = written(tmp_path, MATRIX, "people.csv")
    found = read_conversation(votes, comments, people)
    assert found.texts == {"7": "seven"}
    assert found.memberships["lane"] == {0: ("room",), 1: ("online",)}
    assert found.polis_groups == {0: "1"}


# --- what is wrong ----------------------------------------------------------------------------------------------------

HEAD = "timestamp,comment-id,voter-id,vote\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        (b"PK\x03\x04\0\0", "no text file"),
        (LONG.encode("utf-16"), "UTF-16"),
        ("voter-id,comment-id,vote\n1,1,1\nJ\xf6rg,1,1\n".encode("latin-1"), "line 3: not in UTF-8"),
        ("v\xf6ter-id,comment-id,vote\n".encode("latin-1"), "line 1: not in UTF-8"),
        ("a,b,c\n1,2,3\n", "line 1 has the columns a, b, c, which fits nothing that is known: votes (Polis votes.csv"),
        ("comment-id,comment-body\n1,x\n", "holds statements"),
        ("comment-id,comment-body\n1,x\n", "--comments"),
        ('topic,"What?"\nurl,x\n', "summary.csv"),
        ("zid,pid,tid,vote,created\n5,1,0,-1,1638437000000\n", "in which -1 is agree"),
        ("n-votes,n-comments,n-visitors,n-voters,n-commenters\n", "stats-history.csv"),
        (HEAD + "1,1,2,1\n\n1,2\n", "line 4: 2 cells where the header has 4"),
        (HEAD + "1,1,2,1,9\n", "line 2: 5 cells"),
        (HEAD + "1,1,2,5\n", "line 2: the vote is '5'"),
        (HEAD + '1,"1\r\nx",2,1\r\n1,1,2,\r\n', "line 4: the vote is ''"),
        (HEAD + "now,1,2,1\n", "line 2: the timestamp is 'now'"),
        (HEAD + "1.40E+12,1,2,1\n", "line 2: the timestamp is '1.40E+12'"),
        (HEAD + f"{2**63},1,2,1\n", "line 2: the timestamp is '9"),
        (HEAD + "1,1,' ,1\n1,1, ,1\n", "line 3: the voter-id is empty"),
        (HEAD + '1,1,2,1\n1,"1,2,1\n1,1,2,1\n', "line 3: not readable"),
        ("participant,n-votes,7\n1,1,2\n", "line 2: the vote on 7 is '2'"),
        ("participant,n-votes,7\n1,1,1\n1,1,0\n", "line 3: a second row for 1"),
        ("participant,n-votes,7\n,1,1\n", "line 2: the participant is empty"),
        ("participant,n-votes,7,7\n1,1,1,1\n", "line 1: two columns are named 7"),
        ("participant,n-votes,7,s8\n1,1,1,-1\n", "line 1: s8 seems to hold votes"),
        (
            "comment-id,voter-id,vote\n" + "".join(f"{number},0,1\n" for number in range(16_384)),
            "16384 statements; at most 16383",
        ),
    ],
)
def test_a_wrong_file_gets_one_sentence_with_the_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(BadFile, match=r"^votes\.csv.*\.$") as found:
        read(tmp_path, text)
    assert words in str(found.value)


def test_the_line_is_found_far_down(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="line 9001: the vote is 'x'"):
        read(tmp_path, HEAD + '1,"2\n",3,1\n' * 4000 + "1,2,3,1\n" * 999 + "1,2,3,x\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LONG, "this file holds votes .*, not statements; give it as the votes"),
        (MATRIX, "this file holds a matrix of votes"),
        ("a,b\n1,2\n", "has the columns a, b"),
        ("comment-id,moderated\n0,2\n", "line 2: moderated is '2'"),
        ("comment-id,moderated\n0,1\n0,1\n", "line 3: the comment-id is there twice"),
        ("comment-id,comment-body\n0,a, b\n", "line 2: 3 cells"),
        ("comment-id,comment-body\n100,a\n101,b\n", r"none of its statements is in votes\.csv"),
    ],
)
def test_wrong_statements_beside_the_votes(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadFile, match=rf"^other\.csv.*{words}.*\.$"):
        read_conversation(written(tmp_path, LONG), written(tmp_path, text, "other.csv"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LONG, "this file holds votes .*, not voter ids and the groups"),
        ("comment-id,comment-body\n1,x\n", "this file holds statements"),
        ("voter-id\n9\n", "one column only"),
        ("voter-id,region\n,WEOG\n", "line 2: the voter id in the first column is empty"),
        ("voter-id,region\n9\n", "line 2: 1 cells"),
        ("voter-id,region\nann,WEOG\n", r"none of its people is in votes\.csv"),
    ],
)
def test_a_wrong_table_of_people_beside_the_votes(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadFile, match=rf"^other\.csv.*{words}.*\.$"):
        read_conversation(written(tmp_path, LONG), None, written(tmp_path, text, "other.csv"))


# --- files that belong together ---------------------------------------------------------------------------------------


def two_files(folder: Path, sign: int = 1) -> Conversation:
    """A conversation of forty people on four statements; statement 3 has not been moderated."""
    agree = (36, 30, 8, 20)
    votes = [f"{j},{person},{sign if person < agree[j] else -sign}" for j in range(4) for person in range(40)]
    written(folder, "\n".join(["comment-id,voter-id,vote", *votes, ""]))
    rows = [f"{j},{n},{40 - n},{int(j < 3)},text" for j, n in enumerate(agree)]
    comments = written(folder, "\n".join(["comment-id,agrees,disagrees,moderated,comment-body", *rows, ""]), "c.csv")
    return read_conversation(folder / "votes.csv", comments)


def test_counts_that_agree_with_the_votes(tmp_path: Path) -> None:
    assert len(two_files(tmp_path).votes) == 160


def test_votes_with_exchanged_signs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        two_files(tmp_path, sign=-1)
    assert str(refused.value).startswith(
        "c.csv: on statement 0 it counts 36 to agree and 4 to disagree, but votes.csv has 4 to agree and 36 to "
        "disagree. Agree and disagree are exchanged in one of the files"
    )


def test_the_statements_of_another_conversation_are_refused(tmp_path: Path) -> None:
    two_files(tmp_path)
    rows = "".join(f"{j},{200 + j},{50 * j},1,other\n" for j in range(2))
    other = written(tmp_path, f"comment-id,agrees,disagrees,moderated,comment-body\n{rows}", "other.csv")
    with pytest.raises(BadFile, match="The two files do not belong together"):
        read_conversation(tmp_path / "votes.csv", other)


def test_a_few_votes_between_two_exports_are_accepted(tmp_path: Path) -> None:
    two_files(tmp_path)
    rows = "".join(f"{j},{n},{42 - n},1,text\n" for j, n in enumerate((37, 33, 8, 20)))
    later = written(tmp_path, f"comment-id,agrees,disagrees,moderated,comment-body\n{rows}", "later.csv")
    assert read_conversation(tmp_path / "votes.csv", later).texts == dict.fromkeys(range(4), "text")


def test_strict_moderation_leaves_out_what_nobody_approved(tmp_path: Path) -> None:
    assert not two_files(tmp_path).moderated
    strict = read_conversation(tmp_path / "votes.csv", tmp_path / "c.csv", strict=True)
    assert strict.moderated == {3}


def test_strict_moderation_needs_the_mark_of_each_statement(tmp_path: Path) -> None:
    two_files(tmp_path)
    bare = written(tmp_path, "comment-id,comment-body\n0,a\n", "bare.csv")
    with pytest.raises(BadFile, match="no column `moderated`, which strict moderation needs"):
        read_conversation(tmp_path / "votes.csv", bare, strict=True)


def test_paths_may_be_text(tmp_path: Path) -> None:
    two_files(tmp_path)
    assert len(read_conversation(str(tmp_path / "votes.csv"), str(tmp_path / "c.csv")).votes) == 160
