"""The pages of the reference: every record is shown, every link leads somewhere, and what is not known says so."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import icalendar
import msgspec
import pytest

from acquis.events import Sentence
from acquis.reference.library import facts, library
from acquis.reference.records import Document, Item, Process, Who
from acquis.report.publishing import PublishReport
from acquis.web.api.reference_data import DATA
from acquis.web.words.reference import href

from .client import HOST, AppClient, app_client

COMPANY = "/reference/take-part?who=company&process=global-mechanism"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    folder: Path = tmp_path_factory.mktemp("house")
    with app_client(folder, "2026-11-23T12:00:00+00:00") as app:  # what is coming is coming as of a day
        said = app.hold("grid")
        sentence = Sentence("Hospitals come first.", (said["statement"],), ("norm-f", "oewg-2", "doc:A/70/174"))
        app.do("grid", PublishReport((sentence,), ()), HOST)
        yield app


def page(app: AppClient, address: str, status: int = 200) -> str:
    answer = app.client.get(address, follow_redirects=False)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return answer.text


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


class _Links(HTMLParser):
    """The links and the ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag in ("a", "link") and found.get("href"):
            self.links.add(str(found["href"]))


def crawled(app: AppClient, *first: str) -> dict[str, _Links]:
    """Every page of the reference that links lead to; anything else on this site only has to answer."""
    waiting, seen = list(first), {}
    while waiting:
        path = waiting.pop()
        answer = app.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        seen[path] = reader = _Links()
        if not path.startswith("/reference") or "html" not in answer.headers["content-type"]:
            continue
        reader.feed(answer.text)
        for link in reader.links:
            whole = path.partition("?")[0] + link if link.startswith("#") else link
            target = whole.partition("#")[0]
            if target.startswith("/") and target not in seen and target not in waiting:
                waiting.append(target)
    return seen


def test_no_link_is_dead_and_every_fragment_is_there(app: AppClient) -> None:
    seen = crawled(app, "/reference", COMPANY)
    missing = []
    for path, reader in seen.items():
        for link in reader.links:
            target, mark, fragment = link.partition("#")
            target = target or path
            if mark and target.startswith("/reference") and target in seen and fragment not in seen[target].ids:
                missing.append((path, link))
        assert len(reader.ids) == len(set(reader.ids)), f"{path} has an id twice"
    assert missing == []
    for record in library().records.values():
        assert href(record).partition("#")[0] in seen, f"no link leads to {record.id}"


def test_every_record_has_a_place_and_shows_its_title(app: AppClient) -> None:
    texts: dict[str, str] = {}
    for record in library().records.values():
        address, _, fragment = href(record).partition("#")
        if address not in texts:
            texts[address] = page(app, address)
        html = texts[address]
        assert record.title in words(html).replace("’", "'") or record.title in unescape(html), record.id
        assert not fragment or f'id="{fragment}"' in html, record.id
    for address, html in texts.items():
        shown = [unescape(part).strip() for part in re.findall(r">([^<]+)<", html)]
        assert not {"None", "()", "[]", "{}"} & set(shown), address
        for leak in ("Fact(", "Ref(", "datetime.", "Undefined", "&lt;acquis"):
            assert leak not in html, f"{leak} in {address}"


@pytest.mark.parametrize(
    "address",
    [
        "/reference/processes/nowhere",
        "/reference/processes/norm-j",
        "/reference/framework/nothing",
        "/reference/framework/oewg-2",
        "/reference/documents/no symbol at all",
        "/reference/schema/nothing.json",
        "/reference/take-part.ics",
        "/reference/take-part.txt?who=company&process=igf",
        "/reference/opportunities.csv",
        "/reference/take-part.ics?who=pirate&process=igf",
    ],
)
def test_what_is_not_there_says_so(app: AppClient, address: str) -> None:
    html = page(app, address, 404)
    assert "<h1" in html
    assert "Traceback" not in html


def test_a_symbol_that_is_not_held_is_pointed_to_the_united_nations(app: AppClient) -> None:
    html = page(app, "/reference/documents/A/RES/71/28", 404)
    assert "A/RES/71/28 is not in the reference" in words(html)
    assert 'href="https://docs.un.org/en/A/RES/71/28"' in html


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("a/70/174", "/reference/documents/A/70/174"),
        ("A/70/%20174?lang=en-XA", "/reference/documents/A/70/174?lang=en-XA"),
        ("doc:A/70/174", "/reference/documents/A/70/174"),
    ],
)
def test_another_spelling_of_a_symbol_is_led_to_the_right_one(app: AppClient, typed: str, right: str) -> None:
    answer = app.client.get(f"/reference/documents/{typed}", follow_redirects=False)
    app.client.cookies.clear()  # the language is kept from then on
    assert (answer.status_code, answer.headers["location"]) == (308, right)


def test_processes_stand_side_by_side(app: AppClient) -> None:
    html = page(app, "/reference/processes")
    heads = re.findall(r'<th scope="col">(.*?)</th>', html)
    assert len(heads) == 5
    assert [href(process) for process in library().processes if href(process) in " ".join(heads)] == [
        f"/reference/processes/{id}" for id in ("gge-6", "oewg-2", "poa", "global-mechanism")
    ]
    rows = re.findall(r'<th scope="row">(.*?)</th>', html)
    for row in ("Membership", "Decision-making", "Chair", "Outcomes", "Information gaps", "Succeeded by"):
        assert row in rows
    two = page(app, "/reference/processes?p=igf&p=oewg-1&p=oewg-1")
    assert len(re.findall(r'<th scope="col">', two)) == 3
    assert "Select 2 to 4" in words(page(app, "/reference/processes?p=igf"))
    many = page(app, "/reference/processes?" + "&".join(f"p={process.id}" for process in library().processes))
    assert "The first 4 are shown" in words(many)


def test_kinds_of_text_are_kept_apart(app: AppClient) -> None:
    checklist = words(page(app, "/reference/framework/checklist-2024"))
    assert "Chair’s text, not agreed" in checklist
    assert "States have not agreed to it" in checklist
    agreed = words(page(app, "/reference/framework/norm-j")).split("Guidance and instruments")[0]
    assert "agreed text" in agreed
    assert "Chair's text" not in agreed
    standing: list[Item | Document] = [*library().of(Item), *library().of(Document)]
    for record in standing:
        html = words(page(app, href(record)))
        said = {
            "agreed": "agreed text",
            "voted": "adopted by vote",
            "adopted": "adopted, how is not known",
            "procedural": "procedural document",
            "chair": "Chair’s text, not agreed",
            "proposal": "proposal",
            "national": "national position",
            "stakeholder": "stakeholder input",
        }[record.standing]
        assert said in html, record.id


def test_what_is_unverified_or_unknown_is_a_word_beside_it(app: AppClient) -> None:
    html = words(page(app, "/reference/framework/cbm-1")).split("Related")[0]
    assert "unverified A/78/265 annex B" in html
    assert re.search(
        r"Not verified yet: \d{2,}\. Verified in part: \d{2,}\. Unknown: \d{2,}\.", words(page(app, "/reference"))
    )
    who = words(page(app, "/reference/who"))
    assert "our unverified reading of the 2021 report" in who


def test_the_unverified_part_of_a_fact_and_what_it_said_before_stand_on_its_page(app: AppClient) -> None:
    pages: dict[str, str] = {}
    for record in library().records.values():
        told = [record, *(fact for _, fact in facts(record))]
        said = [text for fact in told for text in (fact.unverified, *(was.text for was in fact.earlier))]
        if not any(said):
            continue
        address = href(record).partition("#")[0]
        if address not in pages:
            pages[address] = words(page(app, address))
        for text in filter(None, said):
            assert " ".join(text.split()) in pages[address], (record.id, text)
    assert "Corrected on 30 November 2026. Before, this said: None needed." in pages["/reference/processes/igf"]
    assert "Verified in part: " in words(page(app, "/reference"))
    assert ">Link<" not in page(app, "/reference/processes/igf"), "a source is named by its site"


def test_the_layers_of_an_item_are_in_the_order_of_time(app: AppClient) -> None:
    rows = re.findall(r"<tr><td>(.*?)</td><th scope=\"row\">(.*?)</th>", page(app, "/reference/framework/norm-a"), re.S)
    symbols = [words(where).split()[0] for _, where in rows]
    dates = [found.date for symbol in symbols if (found := library().document(symbol))]
    assert symbols[0] == "A/70/174"
    assert len(dates) > 1
    assert dates == sorted(dates)


def test_what_sessions_said_stands_with_the_item(app: AppClient) -> None:
    for address in ("/reference/framework/norm-f", "/reference/processes/oewg-2", "/reference/documents/A/70/174"):
        part = page(app, address).split("Mentions in sessions")[1]
        assert "Hospitals come first." in part, address
        assert 'href="/s/grid/record#takeaways"' in part
    assert "Nothing yet." in words(page(app, "/reference/framework/norm-k"))


def test_a_document_names_what_refers_to_it_and_where(app: AppClient) -> None:
    html = words(page(app, "/reference/documents/A/70/174"))
    assert "13(j)" in html
    assert "docs.un.org/en/A/70/174" in html
    assert "Report vulnerabilities responsibly" in html


def test_a_paragraph_that_nobody_read_is_not_told_as_sourced_on_the_page_of_its_document(app: AppClient) -> None:
    rows = re.findall(r"<tr>.*?</tr>", page(app, "/reference/documents/A/76/135"), re.DOTALL)
    (cited,) = (words(row) for row in rows if "No threat or use of force" in row)
    assert "sourced Unverified part: That the report of 2021 says it in paragraph 71(d)." in cited


def test_the_day_of_an_outcome_that_nobody_read_says_so_beside_it(app: AppClient) -> None:
    html = page(app, "/reference/processes/gge-3")
    rows = [words(row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if "Report of 2013" in row]
    assert [row for row in rows if "24 June 2013" in row and "issued" in row and "Unverified part: The day." in row]
    assert '<a href="/reference/processes" aria-current="true">' in html
    assert "/reference/take-part?process=" not in html, "nobody can take part in a group that is over"


def test_documents_are_chosen_by_body_and_kind(app: AppClient) -> None:
    every = page(app, "/reference/documents")
    some = page(app, "/reference/documents?body=oewg-2&standing=agreed")
    shown = {d.symbol for d in library().documents if f'href="{href(d)}"' in some}
    assert shown == {d.symbol for d in library().documents if (d.body, d.standing) == ("oewg-2", "agreed")}
    assert f"{len(library().documents)} documents" in every
    assert "No documents match" in page(app, "/reference/documents?body=%3Cscript%3E")


def test_a_company_finds_its_way_into_the_global_mechanism(app: AppClient) -> None:
    html = words(page(app, COMPANY))
    following, steps = html.split("Upcoming opportunities")[1].split("Steps, in order")
    assert "Thematic groups" in following
    assert "announced 7 to 11 December 2026" in following
    guesses = following.split("Estimates from past practice")[1]
    assert "estimate, not announced" in guesses
    assert "Estimated from" in guesses
    assert "our guess" not in following.split("Estimates from past practice")[0]
    assert "old mailing list does not carry over" in steps
    gaps = steps.split("Gaps in our information")[1]
    assert "How many organizations were accredited or refused is not known." in gaps
    not_twice = "The form and the closing day of the next round of accreditation are not known."
    assert not_twice in steps
    assert not_twice not in gaps


def test_deadlines_stand_on_the_clock_of_the_venue_and_in_utc(app: AppClient) -> None:
    html = words(page(app, "/reference/take-part?who=company&process=oewg-2"))
    assert "24 May 2022, 23:59 (America/New_York); 25 May 2022, 03:59 (UTC)" in html
    assert "This process has concluded" in html


@pytest.mark.parametrize("who", get_args(Who))
def test_the_way_in_is_shown_for_everybody_and_every_process(app: AppClient, who: str) -> None:
    for process in library().processes:
        html = words(page(app, f"/reference/take-part?who={who}&process={process.id}"))
        assert "Steps, in order" in html
        assert "None" not in html.replace("None announced", "").replace("None of", "").replace("None.", ""), process.id


def test_nobody_in_particular_is_asked_who_they_are(app: AppClient) -> None:
    html = words(page(app, "/reference/take-part"))
    assert "Choose who you take part as" in html
    assert "Thematic groups" in html.split("Upcoming opportunities in all processes")[1]
    wrong = words(page(app, "/reference/take-part?who=pirate&process=igf", 404))
    assert "“pirate” was not found." in wrong


def test_calendars_and_feeds_parse_and_say_what_is_a_guess(app: AppClient) -> None:
    for name in ("take-part", "opportunities"):
        query = "?who=company&process=global-mechanism" if name == "take-part" else ""
        answer = app.client.get(f"/reference/{name}.ics{query}")
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        group = next(event for event in events if "Thematic groups" in str(event["summary"]))
        assert group.decoded("dtstart") == datetime.date(2026, 12, 7)
        assert group.decoded("dtend") == datetime.date(2026, 12, 12)
        assert str(group["status"]) == "CONFIRMED"
        for event in events:
            assert str(event["status"]) == "TENTATIVE" or "guess" not in str(event["summary"])
        answer = app.client.get(f"/reference/{name}.atom{query}")
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answer.content)
        titles = [entry.findtext("{*}title") or "" for entry in feed.findall("{*}entry")]
        assert any("Thematic groups" in title for title in titles)
    titles = [title for title in titles if "2027" in title and "Accreditation" in title]
    assert all("our guess" in title for title in titles)


def test_everything_can_be_taken_as_data(app: AppClient) -> None:
    given = app.client.get("/reference.json")
    assert given.headers["content-type"] == "application/json"
    data = msgspec.json.decode(given.content)
    assert data.keys() == DATA.keys()
    assert sum(map(len, data.values())) == len(library().records) + len(library().sources)
    for name, kind in DATA.items():
        again: list[Any] = msgspec.convert(data[name], list[kind], strict=False)  # type: ignore[valid-type]  # run time
        assert [one.id for one in again] == [one["id"] for one in data[name]]
        schema = msgspec.json.decode(app.client.get(f"/reference/schema/{name}.json").content)
        assert schema["type"] == "array"
        assert "id" in schema["$defs"][kind.__name__]["properties"]


def test_the_search_leads_to_records_and_to_symbols(app: AppClient) -> None:
    assert "Ransomware" in words(page(app, "/reference?q=ransomware")).split("result")[1]
    assert "No results." in page(app, "/reference?q=zzzzzz")
    unknown = page(app, "/reference?q=A/RES/71/28")
    assert 'href="https://docs.un.org/en/A/RES/71/28"' in unknown


HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="x',
    "{{ 7*7 }}",
    "%s%(x)s{0}",
    "\x00\ud7ff",
    "a" * 5000,
    "../../",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_are_only_text(app: AppClient, text: str) -> None:
    for path, name in (("", "q"), ("/processes", "p"), ("/documents", "body"), ("/take-part", "process")):
        answer = app.client.get(f"/reference{path}", params={name: text, "who": text, "lang": text})
        assert answer.status_code in (200, 404)
        assert "<script>alert" not in answer.text
        assert '" onmouseover' not in answer.text
        assert "49" not in re.findall(r'value="([^"]*)"', answer.text)


def test_a_guess_is_drawn_differently_and_in_words(app: AppClient) -> None:
    html = page(app, "/reference/processes/global-mechanism").partition("<main")[2]
    drawing = html[html.index("<svg class") : html.index("</svg>")]
    assert '<title id="tl-title">' in drawing
    assert "sure-announced" in drawing
    assert "sure-predicted" in drawing
    assert "estimate" in drawing
    assert "(announced)" in drawing
    assert "today" in drawing
    numbered = [int(n) for n in re.findall(r"<tr[^>]*><td>(\d+)</td>", html)]
    assert numbered == list(range(1, len(numbered) + 1))
    assert set(map(int, re.findall(r">(\d+)  ", drawing))) <= set(numbered)


def test_ids_and_records_have_the_same_address() -> None:
    for record in library().records.values():
        assert href(record.id) == href(record)
    assert href("doc:A/70/174#13.j") == "/reference/documents/A/70/174"
    assert href("no such id") == "/reference?q=no+such+id"
    assert all(isinstance(one, Process) for one in library().processes)
