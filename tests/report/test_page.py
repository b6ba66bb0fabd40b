"""The report as a page: read again and compared with the view."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.charts.svg import bare, fixed
from acquis.documents.charts import map_picture, time_line
from acquis.documents.page import page
from acquis.documents.view import report_view
from acquis.i18n import PSEUDO
from acquis.statistics.concentration import row_sentence
from acquis.statistics.heard import account
from acquis.text.plain_text import one_line
from acquis.text.scripts import language_of

from .sessions import ARABIC, CHINESE, HELD, HOSTILE, RUSSIAN, hostile, session_in, view_of
from .story import HELD_BACK, PROPOSED, WAITING, recorded
from .test_exports import reported

EMPTY = {"meta", "br", "col", "path", "rect", "ellipse"}


class Read(HTMLParser):
    """A page as its reader gets it: the elements with their attributes, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@cache
def written(name: str, language: str = "en") -> str:
    made = {"told": reported, "hostile": hostile}
    words = {"ar": ARABIC, "zh": CHINESE, "ru": RUSSIAN}
    found = made[name]() if name in made else session_in(words[name])
    return page(view_of(found), found.state, language)


def event(text: str) -> dict[str, object]:
    found = re.search('<script type="application/ld\\+json">(.*?)</script>', text)
    assert found is not None
    read: dict[str, object] = msgspec.json.decode(found[1])
    return read


@pytest.mark.parametrize("name", ["told", "hostile", "ar", "zh", "ru"])
def test_the_page_is_whole_and_its_headings_are_in_order(name: str) -> None:
    read = Read(written(name))
    levels = [int(tag[1]) for tag, _ in read.found if re.fullmatch("h[1-6]", tag)]
    assert read.open == []
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("name", ["told", "hostile"])
def test_the_page_runs_nothing_and_loads_nothing(name: str) -> None:
    read = Read(written(name))
    assert [script["type"] for script in read.every("script")] == ["application/ld+json"]
    assert not {"link", "img", "iframe", "object", "form"} & {tag for tag, _ in read.found}
    for _, attributes in read.found:
        assert not any(one.startswith("on") or one == "src" for one in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in written("told")
    assert "@import" not in written("told")


def test_every_link_leads_to_a_piece_of_evidence() -> None:
    read = Read(written("told"))
    assert [link["href"] for link in read.every("a")] == [f"#note-{number}" for number in (1, 2, 3, 1, 4, 5)]
    assert {item.get("id") for item in read.every("li")} >= {f"note-{number}" for number in range(1, 6)}


def test_every_table_has_a_caption_and_scopes() -> None:
    read = Read(written("told"))
    assert len(read.every("table")) == len(read.every("caption")) == 14
    assert {head["scope"] for head in read.every("th")} == {"col", "row"}


def test_the_tables_have_the_figures_of_the_view() -> None:
    view, rows = view_of(reported()), Read(written("told")).rows
    asked = {int(row[0]): int(row[3]) for row in rows if len(row) == 4 and row[0].isdigit() and int(row[0]) > 2}
    assert asked == {line.entry: line.support for line in view.questions if line.fate != "held_back"}
    voted = {int(row[0]): tuple(map(int, row[2:5])) for row in rows if len(row) == 6 and row[3].isdigit()}
    everybody = {f.statement: (f.agree, f.disagree, f.passes) for f in view.figures if not f.group}
    assert voted == {line.entry: everybody.get(line.entry, (0, 0, 0)) for line in view.statements}
    for group in (figure for figure in view.figures if figure.group):
        counted = f": agree {group.agree}, disagree {group.disagree}, pass {group.passes}, total "
        assert counted in written("told")


def test_every_picture_is_read_aloud_with_the_figures_of_the_view() -> None:
    state = reported().state
    found, heard = account(state, state.at), view_of(reported()).heard
    pictures = Read(written("told")).every("svg")
    mark, *told = pictures
    assert "role" not in mark
    assert [picture["role"] for picture in told] == ["img"] * 4
    seats, balance, groups, line = (str(picture["aria-label"]) for picture in told)
    assert seats.startswith("2 participants who spoke from the list, out of 12,")
    for row in found.dimensions[0].groups:
        assert row_sentence("en", row, found.everybody) in balance
        assert row_sentence("en", row, found.everybody) not in groups
    for lane, name in (("room", "the room"), ("online", "online")):
        assert f"{name}: {heard.lane_turns[lane]} intervention, {round(heard.lane_ms[lane] / 60_000, 1)} min" in line


def test_the_time_line_has_every_turn_once() -> None:
    found = reported()
    svg = time_line(found.state, view_of(found).heard, "en")
    assert sum(map(int, re.findall(r'data-n="(\d+)"', svg))) == len(found.state.turns) == 3


def test_time_runs_from_the_right_where_the_text_does() -> None:
    found = reported()
    heard = view_of(found).heard
    ways = [time_line(found.state, heard, "en", rtl=rtl) for rtl in (False, True)]
    left, right = ([(float(x), float(w)) for x, w in re.findall(r"M([\d.]+) [\d.]+h([\d.]+)v", svg)] for svg in ways)
    assert len(left) == 3
    assert [round(640 - x - wide, 1) for x, wide in left] == [pytest.approx(x, abs=0.11) for x, _ in right]
    begins = [float(x) for x in re.findall(r'd="M([\d.]+) [\d.]+v8"', ways[1])]
    assert begins[0] == 632
    assert begins == sorted(begins, reverse=True)


def test_pictures_of_nothing_are_left_out() -> None:
    found = recorded([ev.ProgrammePublished("x", ())])
    view = report_view(found.state, "")
    assert (map_picture(found.state, "en"), time_line(found.state, view.heard, "en")) == ("", "")
    assert page(view, found.state, "en").count("<svg") == 1, "only the mark"


def test_a_picture_for_paper_has_no_variables_and_no_dark_colours() -> None:
    svg = map_picture(reported().state, "en")
    paper = fixed(svg, "'A'")
    assert "var(" in svg
    assert not any(word in paper for word in ("var(", "@media", "system-ui"))
    assert "font-family:'A'" in paper
    assert "<style>" not in bare(svg)
    assert 'width="640"' not in bare(svg)


@pytest.mark.parametrize(("name", "tag", "side"), [("ar", "ar", "rtl"), ("zh", "zh", None), ("ru", "ru", None)])
def test_a_text_has_the_tag_of_its_language(name: str, tag: str, side: str | None) -> None:
    read = Read(written(name))
    assert read.every("h1")[0].get("dir") == side
    assert tag in {text.get("lang") for text in read.every("bdi")}
    assert Read(written(name, tag)).every("html")[0].get("dir") == side


@pytest.mark.parametrize("secret", [WAITING, HELD_BACK, PROPOSED, HELD])
def test_no_text_that_was_not_let_through_is_in_it(secret: str) -> None:
    assert not any(secret in written(name) for name in ("told", "ar"))


def test_hostile_texts_come_through_as_they_are() -> None:
    text = "".join(Read(written("hostile")).words)
    assert [one for one in HOSTILE if one_line(one) not in text] == []


def test_the_event_says_what_the_programme_says() -> None:
    found = event(written("told"))
    assert (found["@type"], found["name"], found["identifier"]) == ("Event", "Names & numbers <of> cyberspace", "7")
    assert (found["startDate"], found["location"]) == (
        "2023-11-14T22:00:00+00:00",
        {"@type": "Place", "name": "Room 6"},
    )
    assert found["performer"] == [
        {
            "@type": "Person",
            "name": "Ada Example",
            "affiliation": {"@type": "Organization", "name": "Example Ministry"},
        },
        {"@type": "Person", "name": "Bo Sample"},
    ]
    assert event(written("hostile"))["name"] == HOSTILE[0]
    assert "simulated" in str(event(written("ar"))["description"])


def test_every_word_of_ours_goes_through_the_catalogue() -> None:
    text = written("told", PSEUDO)
    ours = re.findall('<(?:h2|h3|caption|dt|th scope="col"[^>]*)><bdi[^>]*>(.*?)</bdi>', text)
    assert len(ours) > 30
    assert all(word.startswith("[") for word in ours)


@pytest.mark.parametrize(
    ("text", "document", "tag"),
    [
        *(
            (RUSSIAN[0], "en", "ru"),
            (ARABIC[0], "fr", "ar"),
            (CHINESE[0], "en", "zh"),
            ("だれが続けますか、規範を", "en", "ja"),
        ),
        *(
            ("Qui suit ?", "fr", "fr"),
            ("Who?", "ar", "en"),
            ("Хто?", "uk", "uk"),
            ("12 %", "ar", "ar"),
            ("", "es", "es"),
        ),
        ("Who said «да» to it?", "en", "en"),
    ],
)
def test_the_script_of_a_text_tells_its_tag(text: str, document: str, tag: str) -> None:
    assert language_of(text, document) == tag


@given(st.text())
@settings(max_examples=times(300))
def test_any_text_is_one_line_that_xml_can_carry(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert not re.search("[\x00-\x1f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]", line)
    assert language_of(text, "en")
