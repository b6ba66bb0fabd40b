"""The cover of a report, and what no document for people shows: identifiers, time stamps, names of files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from docx import Document
from tests.report.sessions import ARABIC, CHINESE, GREEK, HINDI, RUSSIAN, session_in, view_of
from tests.report.story import AGREED, Recorded, published, recorded, session
from tests.report.test_exports import reported

from acquis import events as ev
from acquis.charts.seats import Attendance
from acquis.documents.blocks import Contents, Cover, as_data
from acquis.documents.contents import contents
from acquis.documents.cover import counted_words, language_name, seats
from acquis.documents.design import DARK, LIGHT, MARK
from acquis.documents.docx import docx
from acquis.documents.formats import BY_NAME
from acquis.documents.page import page
from acquis.documents.pdf import pdf
from acquis.documents.source import source
from acquis.documents.topics import topics
from acquis.i18n import DOCUMENT_LANGUAGES

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: the PDF cannot be read again")
SESSION = "https://dialogue.example.org/s/example"
ADDRESS = f"{SESSION}/record"
WEB = Path(__file__).parents[2] / "src/acquis/web/shared"


def written(found: Recorded, language: str = "en", address: str = SESSION) -> Contents:
    return contents(view_of(found), found.state, language, address)


def cover(found: Recorded) -> Cover:
    return written(found).cover


@cache
def sheets(address: str) -> tuple[str, ...]:
    """The words of each page of a PDF."""
    found = reported()
    pages = pdfium.PdfDocument(pdf(view_of(found), found.state, "en", address=address))
    return tuple(" ".join(sheet.get_textpage().get_text_bounded().replace("\u200b", "").split()) for sheet in pages)


# --- the cover ---


def test_a_cover_has_six_facts_each_with_a_label() -> None:
    facts = dict(cover(reported()).facts)
    assert facts["Version"] == "2, published 14 November 2023, 22:24 (UTC)"
    assert facts["Rapporteur"] == "Di Invented"
    assert facts["Participants"] == "7 in the room, 5 online"
    assert facts["Content"] == "3 key takeaways"
    assert facts["Language"] == "English"
    others = (recorded([ev.ProgrammePublished("", ())]), session(), session_in(ARABIC))
    for found in (reported(), *others):
        assert len(cover(found).facts) == 6
        assert all(name and value for name, value in cover(found).facts)


def test_a_cover_says_when_and_where_in_words() -> None:
    assert cover(reported()).under == (
        "A forum",
        "Tuesday, 14 November 2023, 22:00\N{EN DASH}22:45 (UTC)",
        "Room 6",
    )


def test_a_rehearsal_and_a_correction_are_said_on_the_cover() -> None:
    rehearsal, corrected = cover(session_in(RUSSIAN)), cover(reported())
    assert rehearsal.tag == "Rehearsal"
    assert "simulated" in rehearsal.notes[0]
    assert (corrected.tag, len(corrected.notes)) == ("", 1)
    assert "the first sentence said too little" in corrected.notes[0]


def test_a_cover_names_at_most_three_people_of_a_role() -> None:
    people = [{"name": f"Person {number}"} for number in range(1, 6)]
    found = recorded([ev.ProgrammePublished("x", (), document={"rapporteurs": people})])
    assert dict(cover(found).facts)["Rapporteur"] == "Person 1, Person 2 and 3 more"


def test_a_cover_has_the_address_with_its_code_and_the_fingerprint() -> None:
    view = view_of(reported())
    check = cover(reported()).check
    assert (check.address, "".join(check.fingerprint)) == (ADDRESS, view.head)
    assert check.qr.startswith("<svg ")
    assert f"{view.entries} entries" in check.log
    without = written(reported(), address="").cover.check
    assert (without.address, without.qr, without.fingerprint) == ("", "", check.fingerprint)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (Attendance(7, 5, room_spoke=2), ("2", "participants who spoke from the list, out of 12, in the front row.")),
        (Attendance(7, 5), ("12", "participants")),
        (Attendance(1, 0), ("1", "participant")),
        (Attendance(0, 0), ("", "")),
    ],
)
def test_the_figure_in_the_arch_is_said_in_words(people: Attendance, said: tuple[str, str]) -> None:
    assert counted_words(people, "en") == said


def test_the_arch_is_mirrored_where_the_text_is() -> None:
    people = Attendance(20, 5)
    left, right = (seats(people, language) for language in ("en", "ar"))
    assert left is not None
    assert right is not None
    first, second = (list(map(int, re.findall(r'cx="(\d+)"', drawn.svg))) for drawn in (left, right))
    assert [1000 - x for x in second] == pytest.approx(first, abs=1)
    assert left.key == "Filled seats: in the room. Open seats: online."


def test_few_people_online_are_not_told_apart() -> None:
    drawn = seats(Attendance(20, 4), "en")
    assert drawn is not None
    assert (drawn.key, "stroke" in drawn.svg) == ("", False)


@pytest.mark.parametrize("language", DOCUMENT_LANGUAGES)
def test_a_language_is_named_in_itself(language: str) -> None:
    names = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية", "zh": "中文", "ru": "Русский"}
    assert language_name(language) == names[language]


# --- in every format ---


def test_the_first_page_is_the_cover_and_the_second_begins_with_the_takeaways() -> None:
    first, second, *_ = sheets(SESSION)
    for text in ("Names & numbers <of> cyberspace", "Report of session 7", "Di Invented", ADDRESS, "Room 6"):
        assert text in first
    assert "Norms need to be followed up." not in first
    assert second.index("Norms need to be followed up.") < 200


def test_a_text_document_has_the_cover_before_a_page_break() -> None:
    found = reported()
    body = Document(io.BytesIO(docx(view_of(found), found.state, "en", SESSION))).element.body
    parts = list(body)
    broken = next(n for n, part in enumerate(parts) if part.xpath("./w:pPr/w:pageBreakBefore"))
    before = "".join(text for part in parts[:broken] for text in part.xpath(".//w:t/text()"))
    for text in ("Names & numbers <of> cyberspace", "Report of session 7", "Di Invented", ADDRESS):
        assert text in before
    assert "".join(parts[broken + 1].xpath(".//w:t/text()")) == "Key takeaways"


def test_a_page_has_the_cover_in_its_header() -> None:
    found = reported()
    header = page(view_of(found), found.state, "en", SESSION).partition('<header class="cover">')[2]
    header = header.partition("</header>")[0]
    assert header.count("<dt>") == 6
    assert f'<a href="{ADDRESS}"' in header
    assert header.count("<svg") == 3, "the mark, the arch and the QR code"


def test_the_address_is_kept_in_the_manifest_and_belongs_to_the_files() -> None:
    entries = reported().entries
    plain, named = (source(entries, address=address) for address in ("", SESSION))
    for name in ("report.html", "report.md"):
        assert ADDRESS not in BY_NAME[name].content(plain).decode()
        assert ADDRESS in BY_NAME[name].content(named).decode()


# --- words instead of codes ---

_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}|T\d{2}:\d{2}")
_ITEM = re.compile(r"\b(?:norm|cbm|rid)-[a-z0-9]+")
_FILE = re.compile(r"\b[\w-]+\.(?:jsonl|json|csv|md|svg|html|docx|pdf)\b")
_HEX = re.compile(r"\b[0-9a-f]{16,}\b")


def texts(data: object) -> list[str]:
    """Every text of a document but its pictures and identifiers."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        hidden = ("svg", "qr", "kind", "anchor", "anchors", "about", "fingerprint", "address")
        return [text for key, value in data.items() if key not in hidden for text in texts(value)]
    if isinstance(data, list | tuple):
        return [text for value in data for text in texts(value)]
    return []


def about() -> Recorded:
    """A report with a sentence, a question and a statement that are about items of the reference."""
    found = published(session(), ev.Sentence("Repair what is broken.", (AGREED,), ("norm-j", "cbm-8")))
    return found


@pytest.mark.parametrize("made", [reported, about, *(partial(session_in, words) for words in (HINDI, GREEK, CHINESE))])
def test_no_document_shows_identifiers_stamps_or_names_of_files(made: Callable[[], Recorded]) -> None:
    found = made()
    document = written(found)
    shown = texts([document.title, _data(document.cover), [as_data(block) for block in document.blocks]])
    head = view_of(found).head
    for text in shown:
        for pattern in (_STAMP, _ITEM, _FILE, _HEX):
            assert not pattern.search(text.replace(head, "")), text


def _data(cover: Cover) -> dict[str, object]:
    return {name: getattr(cover, name) for name in ("kind", "tag", "under", "facts", "notes")} | {
        "check": (cover.check.text, cover.check.log)
    }


def test_items_of_the_reference_are_named_by_their_titles() -> None:
    assert topics(("norm-j",), "en") == "Topic: Report vulnerabilities responsibly, share remedies"
    assert topics(("norm-j", "cbm-8"), "en").startswith("Topics: Report vulnerabilities responsibly")
    assert (topics((), "en"), topics(("unheard-of",), "en")) == ("", "Topic: unheard-of")
    found = about()
    assert "Topics: Report vulnerabilities" in page(view_of(found), found.state, "en")


# --- design ---


def test_documents_have_the_colours_of_the_pages() -> None:
    light, dark = (WEB / "tokens.css").read_text("utf-8").split("prefers-color-scheme: dark", 1)
    for colours, sheet in ((LIGHT, light), (DARK, dark)):
        tokens = dict(reversed(re.findall(r"--([\w-]+): ([^;]+);", sheet)))
        assert {name: tokens[name] for name in colours} == colours


def test_documents_have_the_mark_of_the_pages() -> None:
    paths = re.compile(r' d="([^"]+)"')
    assert paths.findall(MARK) == paths.findall((WEB / "mark.svg").read_text("utf-8"))
