"""The organizer loads a public action list: preview, board, files, once, and removed again."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from acquis.command import ORGANIZER
from acquis.web.http import passes

from .client import AppClient, app_client

PAGE, BOARD = "/organize/lists", "/followup"
CSV = (
    "paragraph,act asked,body asked,document,source,date\n"
    "para. 12,Nominate <a> contact,States,A/80/257,https://example.org/list,2025-07-10\n"
    "para. 13,Report every year,Secretariat,The plan of work,https://example.org/list,2025-07-10\n"
    "para. 14,Meet twice,States,A/80/257,,2025-07-10\n"
)
FORGED = {"source": "javascript:alert(1)", "date": "2025-07-10"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        secret, _ = passes.issue(app.house, "", ORGANIZER, name="Ola Organizer")
        app.client.cookies.set(passes.ORGANIZER_COOKIE, secret)
        yield app


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def previewed(app: AppClient, data: str | bytes) -> str:
    answer = app.client.post(f"{PAGE}/preview", files={"file": ("list.csv", data)})
    assert answer.status_code == 200, answer.text[:400]
    return str(answer.text)


def load(app: AppClient, data: str | bytes) -> None:
    rows = re.search(r'name="rows" value="([^"]*)"', previewed(app, data))
    assert rows is not None
    answer = app.client.post(PAGE, data={"rows": unescape(rows[1])}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=loaded")


def test_a_list_is_previewed_loaded_once_shown_and_removed(app: AppClient) -> None:
    preview = words(previewed(app, CSV))
    assert "2 new rows" in preview
    assert "Row 4: Meet twice The column “source” is empty." in preview
    assert "Report every year" not in app.client.get(BOARD).text  # nothing is loaded before it is confirmed
    assert "Calls and commitments:" not in app.client.get(BOARD).text, "there is none, and the board says so below"

    load(app, CSV)
    html = app.client.get(BOARD).text
    assert "Nominate &lt;a&gt; contact" in html
    assert 'href="https://example.org/list" rel="noopener nofollow"' in html
    assert re.search(r"Loaded by Ola Organizer on \d+ \w+ \d{4}(?!\.)", words(html))
    assert "Meet twice" not in html
    again = previewed(app, CSV)
    assert "0 new rows. 2 rows were loaded before." in words(again)
    assert 'name="rows"' not in again

    row = re.search(r'name="row" value="(\w+)"', app.client.get(PAGE).text)
    assert row is not None
    app.client.post(f"{PAGE}/remove", data={"row": row[1]})
    html = app.client.get(BOARD).text
    assert ("Nominate &lt;a&gt;" in html, "Report every year" in html) == (False, True)
    listed = re.search(r'name="list" value="(\d+)"', app.client.get(PAGE).text)
    assert listed is not None
    app.client.post(f"{PAGE}/remove", data={"list": listed[1]})
    assert app.client.get("/followup/lists.json").json() == []


def test_the_rows_are_public_as_data_with_source_and_can_be_loaded_again(app: AppClient) -> None:
    load(app, CSV)
    app.client.cookies.clear()
    first, _ = app.client.get("/followup/lists.json").json()
    assert (first["source"], first["document"], first["loaded_by"]) == (
        "https://example.org/list", "A/80/257", "Ola Organizer",
    )  # fmt: skip
    assert first["loaded_at"].endswith("+00:00")
    table = app.client.get("/followup/lists.csv").content
    assert [row["act asked"] for row in csv.DictReader(io.StringIO(table.decode("utf-8-sig")))] == [
        "Nominate <a> contact", "Report every year",
    ]  # fmt: skip
    assert app.client.get("/followup/lists.xml").status_code == 404
    for query, found in (
        ("status=done", 0), ("status=listed", 2), ("q=CONTACT+nominate", 1), ("q=contact+every", 0), ("body=secret", 1),
        ("due=none", 2), ("due=soon", 0), ("actor=state", 1), ("session=grid", 0), ("answer=declined", 0),
        ("process=oewg-2", 1), ("item=norm-j", 0), ("q=%3Ca%3E&body=States", 1),
    ):  # fmt: skip
        assert app.client.get(f"{BOARD}?{query}").text.count("Loaded by Ola Organizer") == found, query
        assert len(app.client.get(f"/followup/lists.json?{query}").json()) == found, query

    app.be(ORGANIZER)
    assert "0 new rows. 2 rows were loaded before." in words(previewed(app, table))


def test_what_is_wrong_with_a_file_stands_beside_it_and_forged_rows_are_refused(app: AppClient) -> None:
    answer = app.client.post(f"{PAGE}/preview", files={"file": ("list.csv", CSV.replace("source", "link"))})
    assert answer.status_code == 409
    assert "The file has no column “source”." in words(answer.text)
    forged = json.dumps([{**dict.fromkeys(("paragraph", "act", "body", "document"), "x"), **FORGED}])
    for rows in ("", "[1]", forged):
        assert app.client.post(PAGE, data={"rows": rows}).status_code in (400, 409)
    assert app.client.post(f"{PAGE}/remove", data={}).status_code in (400, 409)
    assert app.house.roster.actions.all() == []
