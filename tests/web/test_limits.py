"""The page that says what a record proves: it has every sentence, the ways lead to it, and each claim has a test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from tests.web.client import AppClient, app_client

from acquis.documents.limits import NOT_PROVED, NOT_SECRET, PROVED
from acquis.documents.verifiers import verify_html

TESTS = Path(__file__).parents[1]
SHOWN_BY = {
    PROVED[0]: "verifiers/test_full.py::test_every_case_of_the_sabotage_list",
    PROVED[1]: "cli/test_record.py::test_what_was_withheld_is_named_with_its_entries",
    PROVED[2]: "report/test_verify.py::test_totals_that_the_ballots_do_not_give_are_found",
    PROVED[3]: "floor/test_audit.py::test_a_call_against_the_rule_without_a_reason_is_named",
    PROVED[4]: "verifiers/test_receipts.py::test_every_receipt_is_found",
    NOT_PROVED[1]: "cli/test_record.py::test_a_noted_fingerprint_is_that_of_an_entry",
    NOT_PROVED[2]: "cli/test_record.py::test_the_sealed_log_gives_the_totals_again",
    NOT_SECRET[0]: "web/test_own_ballot.py::test_the_own_ballot_is_shown_and_found_in_the_published_list",
    NOT_SECRET[
        4
    ]: "web/test_device.py::test_whoever_uses_the_code_of_a_moderator_sees_the_votes_and_the_record_says_so",
    NOT_SECRET[5]: "web/test_device.py::test_the_record_shows_who_proposed_a_statement_and_the_form_says_so",
    NOT_SECRET[2]: "web/test_one_vote.py::test_a_tally_moves_when_five_voters_have_changed",
}
"""Claim -> the test that shows it. The other sentences say what no test can show."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("limits")) as client:
        client.hold("grid")
        yield client


def test_the_page_has_every_sentence_and_needs_no_pass(app: AppClient) -> None:
    app.be("")
    answer = app.client.get("/s/grid/proof")
    assert answer.status_code == 200
    assert [text for text in (*PROVED, *NOT_PROVED, *NOT_SECRET) if text not in unescape(answer.text)] == []


@pytest.mark.parametrize("path", ["record", "check"])
def test_a_way_leads_to_the_page(app: AppClient, path: str) -> None:
    assert 'href="/s/grid/proof"' in app.client.get(f"/s/grid/{path}").text


def test_the_offline_verifier_says_what_nobody_can_check() -> None:
    page = unescape(verify_html())
    assert [text for text in (*NOT_PROVED, *NOT_SECRET) if f">{text}</li>" not in page] == []


@pytest.mark.parametrize("claim", PROVED)
def test_each_claim_has_a_test(claim: str) -> None:
    assert claim in SHOWN_BY


@pytest.mark.parametrize("test", sorted(SHOWN_BY.values()))
def test_the_test_of_a_claim_exists(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"\ndef {name}(" in TESTS.joinpath(file).read_text("utf-8")


@pytest.fixture
def open_umask() -> Iterator[None]:
    """The usual one, by which everybody may read new files."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [path.name for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o077]


@pytest.mark.usefixtures("open_umask")
def test_new_files_are_private_from_the_first_start(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with app_client(folder) as app:
        app.hold("open", close=False)
        assert {"record.db", "record.db-wal", "roster.db", "index.db"} <= {path.name for path in folder.iterdir()}
        assert open_to_others(folder) == []


def test_nobody_else_reads_the_files_of_a_folder_that_somebody_made_before(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir(mode=0o755)
    with app_client(folder) as app:
        app.hold("open", close=False)
    for path in folder.iterdir():
        path.chmod(0o644)
    folder.chmod(0o755)
    with app_client(folder):
        assert open_to_others(folder) == []
