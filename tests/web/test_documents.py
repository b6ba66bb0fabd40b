"""The files of a record over HTTP."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import icalendar
import msgspec
import pytest
from docx import Document

from acquis.command import RAPPORTEUR, Actor
from acquis.documents.checking import check_bundle
from acquis.documents.formats import BY_NAME
from acquis.documents.source import DocumentSource
from acquis.events import Sentence
from acquis.record.lines import from_line
from acquis.report.publishing import PublishReport
from acquis.text.caches import TextCache

from .client import AppClient, app_client

WRITER = Actor("p-writer", roles=frozenset({RAPPORTEUR}))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


def published(app: AppClient) -> None:
    said = app.hold("grid")
    for text, correction in (("A keeper is wanted.", ""), ("A keeper is needed.", "the word")):
        app.do("grid", PublishReport((Sentence(text, (said["statement"],)),), correction=correction), WRITER)


def test_every_file_of_the_record_has_its_kind(app: AppClient) -> None:
    published(app)
    for name, declared in BY_NAME.items():
        answer = app.client.get(f"/s/grid/{name}")
        assert answer.status_code == (404 if declared.group == "speech" else 200), name  # nothing was said in it
        assert declared.group == "speech" or answer.headers["content-type"] == declared.media_type


def test_what_a_browser_saves_has_a_name_of_its_session_and_version(app: AppClient) -> None:
    published(app)
    first = app.client.get("/s/grid/report.pdf?version=1")
    newest = app.client.get("/s/grid/report.docx")
    assert first.headers["content-disposition"] == 'attachment; filename="grid-report-v1.pdf"'
    assert newest.headers["content-disposition"] == 'attachment; filename="grid-report.docx"'
    assert "content-disposition" not in app.client.get("/s/grid/votes.csv").headers
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(newest.content)).paragraphs)
    assert "A keeper is needed." in text
    assert "A keeper is wanted." not in text


def test_a_page_is_made_in_the_language_that_was_asked_for(app: AppClient) -> None:
    published(app)
    for asked, lang in (("ar", 'lang="ar" dir="rtl"'), ("zh", 'lang="zh"'), ("nonsense", 'lang="en"')):
        assert f"<html {lang}>" in app.client.get(f"/s/grid/report.html?lang={asked}").text


@pytest.mark.parametrize(
    "path",
    [
        *("report.pdf?version=9", "report.pdf?version=x", "report.pdf?version=-1", "nothing.pdf", "log.csv"),
        *("manifest.json", "report.schema.pdf", "bundle.pdf"),
    ],
)
def test_what_is_not_there_is_not_found(app: AppClient, path: str) -> None:
    published(app)
    assert app.client.get(f"/s/grid/{path}").status_code == 404


def test_a_draft_has_no_documents(app: AppClient) -> None:
    assert app.client.get("/s/draft/report.pdf").status_code == 404


def test_the_whole_record_is_one_archive_that_verifies(app: AppClient) -> None:
    published(app)
    with zipfile.ZipFile(io.BytesIO(app.client.get("/s/grid/bundle.zip").content)) as opened:
        record = {name.removeprefix("grid/"): opened.read(name) for name in opened.namelist()}
    assert check_bundle(record, [from_line(line) for line in record["log.jsonl"].splitlines()]).ok
    assert record["log.jsonl"] == app.client.get("/s/grid/log.jsonl").content


def test_a_form_that_would_be_empty_is_not_found(app: AppClient) -> None:
    app.add("grid")
    assert app.client.get("/s/grid/opinion-map.svg").status_code == 404
    assert app.client.get("/s/grid/report.pdf").content.startswith(b"%PDF")


def test_a_file_is_made_once_until_the_log_grows(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    published(app)
    made: list[str] = []

    def counted(of: DocumentSource) -> bytes:
        made.append(of.view.head)
        return b"made"

    monkeypatch.setitem(BY_NAME, "report.md", msgspec.structs.replace(BY_NAME["report.md"], write=counted))
    for _ in range(3):
        assert app.client.get("/s/grid/report.md").content == b"made"
    app.do("grid", PublishReport((Sentence("Again.", ()),), correction="again"), WRITER)
    app.client.get("/s/grid/report.md")
    assert len(made) == len(set(made)) == 2


def test_what_is_kept_has_a_bound(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    published(app)
    kept: TextCache[tuple[str, str, int, str], bytes] = TextCache(1000, 30_000)
    monkeypatch.setattr(app.house.documents, "_made", kept)
    for name in ("report.html", "report.md", "report.docx", "report.json", "report.pdf"):
        assert app.client.get(f"/s/grid/{name}").status_code == 200
        assert kept.size <= 30_000
    assert len(kept) > 0


def test_the_record_names_its_documents_and_is_an_event(app: AppClient) -> None:
    published(app)
    html = app.client.get("/s/grid/record").text
    for name in ("docx", "pdf", "html", "md", "json"):
        assert f'href="/s/grid/report.{name}"' in html
        assert f'href="/s/grid/report.{name}?version=1"' in app.client.get("/s/grid/record?version=1").text
    linked = {name for name in BY_NAME if f'href="/s/grid/{name}"' in html}
    assert linked == {name for name in BY_NAME if app.client.get(f"/s/grid/{name}").status_code == 200}
    found = re.search('<script type="application/ld\\+json">(.*?)</script>', html)
    assert found is not None
    assert msgspec.json.decode(found[1])["@type"] == "Event"


def test_the_calendar_has_the_address_and_the_room_and_the_bundle_still_verifies(app: AppClient) -> None:
    """W M19: neither could be opened or found from a calendar."""
    published(app)
    (event,) = icalendar.Calendar.from_ical(app.client.get("/s/grid/session.ics").text).events
    assert str(event["url"]) == "http://testserver/s/grid"
    assert str(event["location"]) == "Ballroom C"
    assert "Ballroom C" not in str(event.get("description", ""))
    unpacked = zipfile.ZipFile(io.BytesIO(app.client.get("/s/grid/bundle.zip").content))
    files = {name.partition("/")[2]: unpacked.read(name) for name in unpacked.namelist()}
    assert b"http://testserver/s/grid" in files["session.ics"]
    entries = [from_line(line) for line in files["log.jsonl"].splitlines()]
    checked = check_bundle(files, entries)
    assert checked.ok
    assert "session.ics" in checked.recomputed
