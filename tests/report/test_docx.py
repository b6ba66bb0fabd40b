"""Report as a Word document: reopened and compared with the view."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.oxml.ns import qn

from acquis import events as ev
from acquis.documents.contents import heard_rows
from acquis.documents.docx import docx
from acquis.i18n import PSEUDO
from acquis.statistics.heard import account
from acquis.text.plain_text import one_line

from .sessions import ARABIC, CHINESE, HELD, HOSTILE, RUSSIAN, hostile, session_in, view_of
from .story import HELD_BACK, PROPOSED, WAITING, Recorded, recorded
from .test_exports import reported

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


MADE: dict[str, Callable[[], Recorded]] = {
    "told": reported,
    "hostile": hostile,
    "ar": lambda: session_in(ARABIC),
    "zh": lambda: session_in(CHINESE),
    "ru": lambda: session_in(RUSSIAN),
}


@cache
def content(name: str, language: str = "en") -> bytes:
    found = MADE[name]()
    return docx(view_of(found), found.state, language)


def opened(name: str, language: str = "en") -> Doc:
    return Document(io.BytesIO(content(name, language)))


def headings(document: Doc) -> list[tuple[str, str]]:
    return [
        (paragraph.style.name or "", paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style is not None and (paragraph.style.name or "").startswith(("Heading", "Title"))
    ]


def cells(document: Doc, caption: str) -> list[list[str]]:
    """The table of this caption, without its head."""
    for table in document.tables:
        named = table._tbl.tblPr.find(qn("w:tblCaption"))
        if named is not None and named.get(qn("w:val")) == caption:
            return [[cell.text for cell in row.cells] for row in table.rows][1:]
    raise AssertionError(caption)


def words(document: Doc) -> str:
    return "\n".join("".join(text.itertext()) for text in document.element.body.iter(f"{W}p"))


def test_the_document_has_a_title_and_real_headings() -> None:
    assert headings(opened("told")) == [
        ("Title", "Names & numbers <of> cyberspace"),
        ("Heading 1", "Key takeaways"),
        ("Heading 1", "What the report covers"),
        ("Heading 1", "Speakers and organizers"),
        ("Heading 1", "Results of the votes"),
        ("Heading 2", "Agreement among the voters"),
        ("Heading 1", "Who was heard"),
        *(("Heading 2", title) for title in ("In the room and online", "By stakeholder group", "By regional group")),
        ("Heading 2", "By gender"),
        ("Heading 2", "Timeline"),
        ("Heading 1", "The outcome of every input"),
        ("Heading 1", "Questions and outcomes"),
        ("Heading 1", "Statements and votes"),
        ("Heading 1", "Moderation"),
        ("Heading 1", "Evidence"),
        ("Heading 1", "Versions"),
        ("Heading 1", "Verify this record"),
        ("Heading 1", "Annex: all statements in figures"),
    ]


def test_the_properties_tell_what_the_document_is() -> None:
    properties = opened("told").core_properties
    assert (properties.title, properties.language, properties.author) == (
        *("Names & numbers <of> cyberspace", "en-GB"),
        "",
    )
    assert properties.created is not None
    made = properties.created.replace(tzinfo=UTC)
    assert made == properties.modified.replace(tzinfo=UTC) == datetime.fromisoformat(view_of(reported()).published)


def test_the_tables_have_the_figures_of_the_view() -> None:
    view, document = view_of(reported()), opened("told")
    asked = cells(document, "All questions and their outcomes")
    listed = {line.entry: line.support for line in view.questions if line.fate != "held_back"}
    assert {int(row[0]): int(row[3]) for row in asked} == listed
    assert len(asked) == len(listed)
    voted = cells(document, "All statements and the votes on them")
    everybody = {figure.statement: figure for figure in view.figures if not figure.group}
    for row in voted:
        figure = everybody.get(int(row[0]))
        counts = (figure.agree, figure.disagree, figure.passes) if figure else (0, 0, 0)
        assert tuple(map(int, row[2:])) == (*counts, sum(counts))
    grouped = {tuple(line.rsplit(": ", 1)) for row in voted for line in row[1].split("\n") if ", total " in line}
    assert grouped == {
        (
            {"room": "the room"}.get(f.group, f.group),
            f"agree {f.agree}, disagree {f.disagree}, pass {f.passes}, total {f.agree + f.disagree + f.passes}",
        )
        for f in view.figures
        if f.group
    }


def test_who_was_heard_is_as_in_the_account() -> None:
    state = reported().state
    found, document = account(state, state.at), opened("told")
    lanes, groups = found.dimensions[:2]
    table = cells(document, "In the room and online: interventions and questions")
    assert [row[0] for row in table] == ["online", "the room", "not stated", "all"]
    for row, (_, joined, hands, turns, minutes, asked, put, answered, proposed) in zip(lanes.rows, table):
        counted = (row.joined, row.hands, row.turns, row.asked, row.put, row.answered, row.proposed)
        assert tuple(map(int, (joined, hands, turns, asked, put, answered, proposed))) == counted
        assert float(minutes) == round(row.floor_ms / 60_000, 1)
    assert cells(document, "By stakeholder group: interventions and questions") == [
        list(row) for row in heard_rows(groups, found, "en")
    ]
    assert "Gini coefficient: 0.17" in words(document)
    assert "Normalized entropy: 0.92" in words(document)
    assert "The most supported question: 1 of 1 was put to the panel." in words(document)


def test_every_sentence_points_at_its_evidence() -> None:
    body = opened("told").element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(f"{W}bookmarkStart")}
    links = [link.get(qn("w:anchor")) for link in body.iter(f"{W}hyperlink")]
    assert marks == {f"note-{number}" for number in range(1, 6)}
    assert links == [f"note-{number}" for number in (1, 2, 3, 1, 4, 5)]


def test_every_table_repeats_its_head_and_every_picture_has_words() -> None:
    document = opened("told")
    facts, check, *tables = document.tables
    assert len(tables) == 14
    assert all(table._tbl.tblPr.find(qn("w:tblCaption")) is None for table in (facts, check))
    assert all(table.rows[0]._tr.find(f".//{W}tblHeader") is not None for table in tables)
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert [picture.get("title") for picture in pictures] == [
        "Acquis",
        "2 participants who spoke from the list, out of 12, in the front row. "
        "Filled seats: in the room. Open seats: online.",
        "Who was heard: speaking time and attendance (In the room and online)",
        "Who was heard: speaking time and attendance (By stakeholder group)",
        "Interventions in the session, in minutes from its opening",
    ]
    assert all(len(picture.get("descr")) > len(picture.get("title")) + 10 for picture in pictures[2:])
    assert len({picture.get("id") for picture in pictures}) == 5


def test_every_picture_is_there_as_drawn_and_as_dots() -> None:
    with zipfile.ZipFile(io.BytesIO(content("told"))) as made:
        drawn = [name for name in made.namelist() if name.endswith(".svg")]
        dots = [name for name in made.namelist() if name.endswith(".png")]
        assert (len(drawn), len(dots)) == (5, 5)
        assert not any(b"var(" in made.read(name) or b"@media" in made.read(name) for name in drawn)


def test_the_pages_are_numbered() -> None:
    footer = opened("told").sections[0].footer._element
    assert [field.get(qn("w:instr")) for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(
    ("name", "place", "tag"), [("ar", "bidi", "ar-SA"), ("zh", "eastAsia", "zh-CN"), ("ru", "val", "ru-RU")]
)
def test_a_text_has_the_tag_of_its_language(name: str, place: str, tag: str) -> None:
    document = opened(name)
    title = next(p for p in document.paragraphs if p.style is not None and p.style.name == "Title")._p
    assert title.find(f".//{W}lang").get(qn(f"w:{place}")) == tag
    assert (title.find(f".//{W}bidi") is not None, title.find(f".//{W}rtl") is not None) == (name == "ar",) * 2
    heading = next(p for p in document.paragraphs if p.text == "Key takeaways")._p
    assert heading.find(f".//{W}lang").get(qn("w:val")) == "en-GB"


@pytest.mark.parametrize("secret", [WAITING, HELD_BACK, PROPOSED, HELD])
def test_no_text_that_was_not_let_through_is_in_it(secret: str) -> None:
    for name in ("told", "ar"):
        with zipfile.ZipFile(io.BytesIO(content(name))) as made:
            assert [part for part in made.namelist() if secret.encode() in made.read(part)] == []


def test_hostile_texts_come_through_as_they_are() -> None:
    text = words(opened("hostile"))
    assert [one for one in HOSTILE if one_line(one) not in text] == []


def test_the_same_view_gives_the_same_bytes() -> None:
    found = reported()
    assert docx(view_of(found), found.state, "en") == content("told")


def test_a_session_before_its_programme_has_a_document() -> None:
    found = recorded([ev.ProgrammePublished("", ())])
    document = Document(io.BytesIO(docx(view_of(found), found.state, "en")))
    assert headings(document)[0] == ("Title", "Report of a session")
    assert "No report has been published yet." in words(document)


def test_every_word_of_the_document_goes_through_the_catalogue() -> None:
    assert all(text.startswith("[") for _, text in headings(opened("told", PSEUDO))[1:])


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    names = ("told", "hostile", "ar", "zh")
    for name in names:
        (tmp_path / f"{name}.docx").write_bytes(content(name))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, *(f"{name}.docx" for name in names)], cwd=tmp_path, check=True, capture_output=True, timeout=240
    )
    for name in names:
        text = " ".join((tmp_path / f"{name}.txt").read_text("utf-8").split())
        assert one_line(view_of(MADE[name]()).title) in text, name
        assert "Verify this record" in text, name
