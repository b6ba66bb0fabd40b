"""Documents are made in a process of their own: it is begun when it is needed, and again when it ended."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.web.client import AppClient, app_client

from acquis.board.folder import RECORD
from acquis.command import Refused
from acquis.documents.making import DocumentRequest
from acquis.web.http import documents
from acquis.web.http.documents import DocumentMaker, DocumentProcess


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.hold("grid")
        yield app


def running(process: DocumentProcess) -> int:
    assert process._running is not None
    pid = process._running[0].pid
    assert pid is not None
    return pid


def test_the_process_makes_documents_is_begun_again_if_it_was_killed_and_ends(
    app: AppClient, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PATIENCE_S", documents.LONGEST_S)  # a process begins slowly on a busy machine
    here = app.client.get("/s/grid/report.md").content
    process = DocumentProcess(tmp_path / RECORD)
    app.house.documents = DocumentMaker(process, process.end)
    assert app.client.get("/s/grid/report.md").content == here
    assert app.client.get("/s/grid/report.md?version=9").status_code == 404
    first = running(process)
    assert first != os.getpid()
    os.kill(first, signal.SIGKILL)
    assert app.client.get("/s/grid/votes.csv").status_code == 200  # whether its end was noticed before or not
    assert running(process) != first
    process.end()
    assert process._running is None
    assert "defect" not in capsys.readouterr().err


class EndingProcess(DocumentProcess):
    """A process that ends whenever something is asked for."""

    def _asked(self, *_: Any) -> bytes:
        os.kill(running(self), signal.SIGKILL)
        raise EOFError


def test_a_document_that_ends_the_process_twice_is_refused_in_one_sentence_and_logged(
    app: AppClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app.house.documents = DocumentMaker(EndingProcess(tmp_path / RECORD))
    answer = app.client.get("/s/grid/report.pdf")
    assert answer.status_code == 503
    assert "This document could not be made." in answer.text
    told = [line for line in capsys.readouterr().err.splitlines() if "makes documents ended" in line]
    assert [line.rpartition("; ")[2] for line in told] == ["it is begun again", "that is given up"]


class BusyPipe:
    """A pipe that has no answer yet, for so many looks, and then has one."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def send(self, request: DocumentRequest) -> None:
        self.request = request

    def poll(self, seconds: float) -> bool:
        self.looks -= 1
        return self.looks < 0

    def recv(self) -> tuple[str, bytes]:
        return "made", b"content"


@pytest.mark.parametrize(("each", "is_made"), [(0.0, True), (1.0, True), (40.0, False)])
def test_the_processor_time_of_a_document_is_bounded_and_not_that_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each: float, is_made: bool
) -> None:
    """On a busy machine a document waits for the processor; that is no reason to give it up."""
    process, looks = DocumentProcess(tmp_path / RECORD), iter(range(1000))
    monkeypatch.setattr(process, "_spent", lambda: each * next(looks))
    request = DocumentRequest("grid", 1, "", "report.pdf", 0, "en")
    pipe: Any = BusyPipe(100)
    if is_made:
        assert process._asked(pipe, request, None) == b"content"
        return
    with pytest.raises(Refused, match="document_failed"):
        process._asked(pipe, request, None)


def test_who_waits_long_is_told_that_it_is_being_made_and_receives_it_later(
    app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "PATIENCE_S", 0.01)
    go_on, asked = Event(), []

    def slow(request: DocumentRequest, _: object) -> bytes:
        asked.append(request.name)
        assert go_on.wait(60)
        return b"made"

    app.house.documents = DocumentMaker(slow)
    for _ in range(2):
        answer = app.client.get("/s/grid/report.pdf")
        assert (answer.status_code, answer.headers["retry-after"], answer.headers["refresh"]) == (503, "5", "5")
        assert "This document is being made." in answer.text
    go_on.set()
    monkeypatch.setattr(documents, "PATIENCE_S", 60)
    assert app.client.get("/s/grid/report.pdf").content == b"made"
    assert asked == ["report.pdf"]


def test_only_so_many_documents_wait(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_WAITING", 2)
    go_on = Event()
    maker = DocumentMaker(lambda *_: bytes(go_on.wait(60)))
    record = app.house.board.record

    async def ask() -> list[object]:
        names = ("report.md", "report.html", "report.json")
        waiting = [asyncio.create_task(maker.document(record, "grid", name, 0, "en")) for name in names]
        await asyncio.sleep(0)
        go_on.set()
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert app.client.portal is not None
    refused = [answer for answer in app.client.portal.call(ask) if isinstance(answer, Refused)]
    assert [error.code for error in refused] == ["documents_busy"]
