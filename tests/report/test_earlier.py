"""How agreement changed since an earlier session, in the documents: the figures that are carried, and their check."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from acquis import events as ev
from acquis.cli import main
from acquis.documents.bundle import manifest
from acquis.documents.checking import check_bundle
from acquis.documents.earlier import EarlierSession, EarlierVotes, carried_from_log
from acquis.documents.formats import record_of
from acquis.documents.source import DocumentSource, source
from acquis.record.lines import to_lines

from .story import PROGRAMME, Recorded, erased, recorded, voices, votes, with_votes

TEXTS = ("Norms need a keeper.", "Hospitals come first.", "Only here.")
FIRST = 15
"""The entry of the first statement, in both sessions."""


def session(agree: dict[str, int], title: str = "Monday") -> Recorded:
    """Twelve people vote on each text, and so many agree."""
    return with_votes(
        recorded(
            [
                msgspec.structs.replace(PROGRAMME, title=title),
                *voices(),
                ev.SessionOpened(chatham=False),
                *map(ev.StatementSeeded, agree),
                *[
                    vote
                    for place, count in enumerate(agree.values())
                    for vote in votes(FIRST + place, "+" * count + "-" * (12 - count))
                ],
                ev.SessionClosed(),
            ]
        )
    )


@cache
def monday() -> DocumentSource:
    return source(session({TEXTS[1]: 6, TEXTS[0]: 1}).entries)


@cache
def friday() -> DocumentSource:
    return source(session({TEXTS[0].upper(): 11, TEXTS[1]: 7, TEXTS[2]: 6}, "Friday").entries)


@cache
def earlier() -> EarlierSession:
    read = carried_from_log(friday().state, monday().state, monday().entries, "monday")
    assert read is not None
    return read


@cache
def bundle() -> dict[str, bytes]:
    return record_of(friday().compared(earlier()))


def test_the_votes_of_the_earlier_session_are_carried_with_their_source() -> None:
    assert earlier().votes == (EarlierVotes(FIRST, FIRST + 1, 1, 12), EarlierVotes(FIRST + 1, FIRST, 6, 12))
    published = next(entry for entry in monday().entries if entry.seq == earlier().entry)
    assert (earlier().session, earlier().title, earlier().link) == ("monday", "Monday", published.link.hex())
    assert b"TotalsPublished" in published.body
    assert msgspec.convert(json.loads(bundle()["report.json"])["earlier"], EarlierSession) == earlier()


@pytest.mark.parametrize("name", ["report.md", "report.html"])
def test_every_form_says_how_agreement_changed(name: str) -> None:
    said = bundle()[name].decode()
    assert "Compared with an earlier session in which people voted on the same statements: Monday." in said
    assert "8% (12) before, 92% (12) after" in said
    assert "Statements compared: 2. Agreement changed by more than chance: 1." in said
    assert earlier().link in said


def test_the_comparison_is_computed_again_and_the_votes_are_named_as_unchecked() -> None:
    read = check_bundle(bundle(), friday().entries)
    assert read.ok
    assert not read.complete
    assert read.earlier == earlier()
    assert {"report.json", "report.md", "report.html"} <= set(read.recomputed)


def test_the_command_verifies_it_in_part(tmp_path: Path) -> None:
    for name, content in bundle().items():
        (tmp_path / name).write_bytes(content)
    result = CliRunner().invoke(main, ["verify", str(tmp_path)])
    assert result.exit_code == 3, result.output
    assert f"The votes of an earlier session, which are from entry {earlier().entry} of its log." in result.output
    before = tmp_path / "monday.jsonl"
    before.write_bytes(to_lines(monday().entries))
    found = CliRunner().invoke(main, ["verify", str(before), "--head", earlier().link])
    assert found.exit_code == 0, found.output
    report = CliRunner().invoke(main, ["report", str(tmp_path / "log.jsonl"), "--earlier", str(before)])
    assert "8% (12) before, 92% (12) after" in report.output


def test_a_document_that_says_something_else_of_the_change_is_found() -> None:
    changed = {**bundle(), "report.md": bundle()["report.md"].replace(b"8% (12) before", b"9% (12) before")}
    named = msgspec.json.decode(changed.pop("manifest.json"))["acquis"]
    changed["manifest.json"] = manifest(changed, friday().compared(earlier()), named)
    assert check_bundle(changed, friday().entries).differing == ("report.md",)


@pytest.mark.parametrize(
    "votes",
    [
        EarlierVotes(FIRST, 1, agree=13, voters=12),
        EarlierVotes(FIRST, 1, agree=-1, voters=12),
        EarlierVotes(FIRST, 1, agree=1, voters=4),
        EarlierVotes(FIRST, 1, agree=1, voters=10**12),
        EarlierVotes(999, 1, agree=1, voters=12),
    ],
)
def test_votes_that_cannot_be_are_not_carried(votes: EarlierVotes) -> None:
    forged = msgspec.structs.replace(earlier(), votes=(votes,))
    data = json.loads(bundle()["report.json"])
    data["earlier"] = msgspec.to_builtins(forged)
    files = {**bundle(), "report.json": json.dumps(data).encode()}
    named = msgspec.json.decode(files.pop("manifest.json"))["acquis"]
    files["manifest.json"] = manifest(files, friday(), named)
    read = check_bundle(files, list(friday().entries))
    assert read.earlier is None
    assert {"report.json", "report.md"} <= set(read.differing)


def test_a_report_without_an_earlier_session_carries_nothing() -> None:
    files = record_of(friday())
    assert json.loads(files["report.json"])["earlier"] is None
    assert check_bundle(files, list(friday().entries)).earlier is None
    other = source(session({TEXTS[2]: 6}).entries)
    assert carried_from_log(friday().state, other.state, other.entries) is not None
    open_one = source(recorded([PROGRAMME]).entries)
    assert carried_from_log(friday().state, open_one.state, open_one.entries) is None


def test_an_erased_statement_is_not_compared() -> None:
    kept = erased(session({TEXTS[0]: 11, TEXTS[1]: 7}, "Friday"), FIRST)
    read = carried_from_log(source(kept.entries).state, monday().state, monday().entries)
    assert read is not None
    assert [line.statement for line in read.votes] == [FIRST + 1]
