"""The rows of public action lists: what is read of a file, what is refused, and how the roster keeps them."""

from __future__ import annotations

import msgspec
import pytest

from acquis.command import Refused
from acquis.followup.action_lists import MOST_ROWS, read_action_list, wrongs
from acquis.reference.action_lists import ListedAction
from acquis.roster import Roster

HEAD = "paragraph,act asked,body asked,document,source,date\n"
ROW = "para. 12,Nominate a point of contact,States,A/80/257,https://example.org/list,2025-07-10\n"
ACTION = ListedAction(
    "para. 12", "Nominate a point of contact", "States", "A/80/257", "https://example.org/list", "2025-07-10"
)


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + ROW).encode(),
        b"\xef\xbb\xbf" + (HEAD + "\n,,,,,\n" + ROW).encode(),
        (HEAD + ROW).replace(",", ";").encode("utf-16"),
        (HEAD + ROW)
        .replace(",", "\t")
        .replace("act asked", "ACT_ASKED")
        .replace("document", "Document symbol")
        .encode(),
    ],
    ids=["commas", "with a mark and empty rows", "semicolons in UTF-16", "tabs and other titles"],
)
def test_a_table_is_read_with_any_separator_and_encoding(data: bytes) -> None:
    read = read_action_list(data)
    assert (read.actions, read.problems) == ((ACTION,), ())


@pytest.mark.parametrize(
    ("data", "code", "facts"),
    [
        ((HEAD.replace(",source", "") + ROW).encode(), "list_columns", {"columns": "“source”"}),
        (b"one word", "list_columns", None),
        (HEAD.encode(), "list_empty", {}),
        ((HEAD + ROW * (MOST_ROWS + 1)).encode(), "list_too_long", {"limit": MOST_ROWS}),
        (b" " * 2_200_000, "list_too_large", {"limit": 2}),
        (b"\0\1\2\3", "list_unreadable", {}),
        (b"PK\x03\x04 no workbook", "list_unreadable", {}),
        ("paragraph,act\né¤ö".encode("cp1252"), "list_encoding", None),
    ],
    ids=["no source", "no table", "no rows", "many rows", "large", "bytes", "broken workbook", "encoding"],
)
def test_a_file_that_is_no_list_is_refused(data: bytes, code: str, facts: dict[str, object] | None) -> None:
    with pytest.raises(Refused) as refused:
        read_action_list(data)
    assert refused.value.code == code
    assert facts is None or refused.value.facts == facts
    assert refused.value.sentence("en").endswith(".")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"act": ""}, "The column “act asked” is empty."),
        ({"source": ""}, "The column “source” is empty."),
        ({"source": "http://example.org/list"}, "The source is not a full web address that begins with https://."),
        ({"source": "https://nowhere"}, "The source is not a full web address that begins with https://."),
        ({"date": "10 July 2025"}, "“10 July 2025” is not a date. Enter 2024-05-09."),
        ({"date": "2025-02-30"}, "“2025-02-30” is not a date. Enter 2024-05-09."),
        ({"body": "x" * 201}, "The column “body asked” is too long (limit: 200)."),
    ],
)
def test_a_row_says_what_is_wrong_with_it(change: dict[str, str], why: str) -> None:
    (wrong,) = wrongs(msgspec.structs.replace(ACTION, **change))
    assert wrong[0].format(**wrong[1]) == why


def test_the_other_rows_of_a_file_can_be_loaded() -> None:
    bad = ROW.replace("https://example.org/list", "")
    read = read_action_list((HEAD + bad + ROW + ROW.replace("States", "STATES")).encode())
    assert read.actions == (ACTION,)
    assert [problem.row for problem in read.problems] == [2, 4]


def test_the_roster_keeps_each_row_once_and_removes_rows_and_lists() -> None:
    roster = Roster(":memory:")
    other, third = (msgspec.structs.replace(ACTION, paragraph=text) for text in ("para. 13", "para. 14"))
    roster.actions.keep([ACTION, other], 7, "p-1")
    copy = msgspec.structs.replace(ACTION, source="https://copy.example.org/list")
    roster.actions.keep([copy, third], 9, "p-2")
    assert [(row.action, row.at, row.person) for row in roster.actions.all()] == [
        (third, 9, "p-2"), (ACTION, 7, "p-1"), (other, 7, "p-1"),
    ]  # fmt: skip
    roster.actions.remove(other.id)
    roster.actions.remove_list(9)
    assert [row.action for row in roster.actions.all()] == [ACTION]
    roster.close()
