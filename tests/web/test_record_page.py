"""The public record and the audit, read by anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import asdict

from acquis.attributes import Attributes
from acquis.command import PARTICIPANT, PEOPLE, RAPPORTEUR, Actor
from acquis.documents.blocks import Heading, Paragraph, Sentences, Table
from acquis.documents.contents import (
    areas,
    heard,
    heard_in_full,
    statements,
    version,
    versions,
)
from acquis.documents.in_words import in_words
from acquis.documents.page import page
from acquis.documents.questions import questions
from acquis.documents.sentences import report_sentences
from acquis.documents.verification import verification
from acquis.documents.view import report_view
from acquis.erasure import EraseText
from acquis.events import Sentence
from acquis.floor.people import Join
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.queue import GiveFloor, NoteTurn, RaiseHand
from acquis.floor.segments import CloseSession, OpenSession, StartSegment
from acquis.floor.statements import CastVote, SeedStatement
from acquis.reference.library import library
from acquis.report.confirming import ConfirmSummary
from acquis.report.publishing import PublishReport
from acquis.web.pages.record import page as record_page

from .client import BOSS, HOST, AppClient, app_client

WRITER = Actor("p-writer", roles=frozenset({RAPPORTEUR}))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


def record(app: AppClient, query: str = "") -> str:
    answer = app.client.get(f"/s/grid/record{query}")
    assert answer.status_code == 200
    return answer.text


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def publish(app: AppClient, said: dict[str, int], text: str, correction: str = "") -> None:
    cites = (said["statement"], said["turn"], said["question"])
    report = PublishReport((Sentence(text, cites), Sentence("Nobody said this.")), correction=correction)
    app.do("grid", report, WRITER)


def test_before_the_end_the_page_says_what_is_coming(app: AppClient) -> None:
    app.add("grid")
    assert "at most 2 hours later" in words(record(app))


def test_after_the_end_it_says_when_the_report_is_due(app: AppClient) -> None:
    app.hold("grid")
    html = words(record(app))
    assert "The report has not been published yet" in html
    assert "Norms need a keeper." in html


def test_each_sentence_opens_to_what_it_rests_on(app: AppClient) -> None:
    said = app.hold("grid")
    app.do("grid", NoteTurn(said["turn"], "A keeper needs a mandate."), HOST)
    publish(app, said, "A keeper is wanted.")
    html = record(app)
    sentence = html[html.index("A keeper is wanted.") : html.index("Nobody said this.")]
    assert "Based on: a vote, an intervention, a question" in words(sentence)
    assert sentence.count('<details class="based">') == 1
    assert sentence.count('class="evidence"') == 3
    for entry in said["statement"], said["turn"], said["question"]:
        assert f'<a href="/s/grid/entries/{entry}">Entry {entry}</a>' in sentence
    assert "A keeper needs a mandate." in sentence
    assert "Who pays for the keeper?" in sentence
    assert "83% agree (12 votes) 17% disagree, 0% pass" in words(sentence)
    assert "no evidence cited" in html[html.index("Nobody said this.") :]


def test_the_contents_lead_to_every_part_with_its_count(app: AppClient) -> None:
    said = app.hold("grid")
    publish(app, said, "A keeper is wanted.")
    html = record(app)
    contents = html.partition('<nav class="contents"')[2].partition("</nav>")[0]
    links = dict(re.findall(r'<a href="#([\w-]+)">(.*?)</a>', contents))
    assert words(links["takeaways"]) == "Key takeaways 2"
    assert words(links["questions"]) == "Questions and outcomes 1"
    assert words(links["statements"]) == "Statements and votes 1"
    assert [anchor for anchor in links if html.count(f'id="{anchor}"') != 1] == []
    headings = re.findall(r'<section[^>]*aria-labelledby="([\w-]+)"', html)
    assert sorted(set(headings) - set(links)) == []
    assert 'href="/s/grid/report.pdf"' in contents


def test_the_view_for_printing_has_all_evidence_open(app: AppClient) -> None:
    said = app.hold("grid")
    publish(app, said, "A keeper is wanted.")
    assert record(app).count('<details class="based" open>') == 0
    html = record(app, "?print=1")
    assert html.count('<details class="based" open>') == html.count('<details class="based"') == 1


def test_an_entry_of_the_log_is_shown_as_the_public_log_has_it(app: AppClient) -> None:
    said = app.hold("grid")
    log = app.client.get("/s/grid/log.jsonl").text.splitlines()
    for entry in said["statement"], said["turn"], 1, len(log):
        html = app.client.get(f"/s/grid/entries/{entry}").text
        shown = unescape(html.partition("<pre")[2].partition(">")[2].partition("</pre>")[0])
        assert json.loads(shown) == json.loads(log[entry - 1])
    assert "Norms need a keeper." in words(app.client.get(f"/s/grid/entries/{said['statement']}").text)
    everything = "".join(app.client.get(f"/s/grid/entries/{entry + 1}").text for entry in range(len(log)))
    assert "private matter" not in everything
    for missing in ("0", str(len(log) + 1), "x", "-1", "9" * 30):
        assert app.client.get(f"/s/grid/entries/{missing}").status_code == 404


def test_who_was_heard_and_what_became_of_the_questions(app: AppClient) -> None:
    app.hold("grid")
    html = words(record(app))
    assert "1 person spoke from the list of speakers" in html
    assert "Questions: 1 not reached, 1 withheld." in html
    assert "(text not public)" not in html, "no blank line for a text that was held back (W M15)"
    assert "Questions withheld by the moderators: 1 (1 personal data)." in html
    assert "private matter" not in html


def test_the_first_few_votes_are_not_shown_while_they_come_in(app: AppClient) -> None:
    said = app.hold("grid", close=False)
    assert "83" in record(app)
    app.do("grid", SeedStatement("A second one."))
    late = max(app.state("grid").statements)
    assert late != said["statement"]
    voter = Actor("p-0", "v-0", frozenset({"participant"}))
    app.do("grid", CastVote(late, "disagree"), voter)
    assert "Fewer than 5 votes so far. Results will appear after the fifth vote." in record(app)
    app.do("grid", CloseSession(), BOSS)
    assert "Fewer than 5 votes so far. Results will appear after the fifth vote." not in record(app)


def test_old_versions_stay_readable(app: AppClient) -> None:
    said = app.hold("grid")
    publish(app, said, "The first word.")
    publish(app, said, "The second word.", "The first was wrong.")
    assert "The second word." in record(app)
    assert "The first was wrong." in record(app)
    first = record(app, "?version=1")
    assert "The first word." in first
    assert "The second word." not in first
    assert "Version 1 of 2" in first
    for missing in ("?version=3", "?version=-1", "?version=x"):
        assert app.client.get(f"/s/grid/record{missing}").status_code == 404


def test_the_words_of_the_imported_page_are_told_apart(app: AppClient) -> None:
    app.add("grid")
    html = words(record(app))
    assert html.index("It is not part of this record") < html.index("The page says so itself.")


def test_the_head_and_the_way_to_verify_it(app: AppClient) -> None:
    app.hold("grid")
    app.publish_votes()
    html = record(app)
    assert app.house.board.record.head("grid")[1].hex() in html
    assert "acquis verify log.jsonl" in html
    links = re.findall(r'href="(/s/grid[^"#]*\.[a-z]+)"', html)
    assert len(set(links)) == 23  # every output file but the two of captions, and the session as data
    assert {link: app.client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_audit_tells_how_the_floor_was_given(app: AppClient) -> None:
    app.hold("grid")
    html = words(app.client.get("/s/grid/audit").text)
    assert "Every choice of speaker followed the fairness rule or had a stated reason." in html
    assert "1 intervention under the fairness rule, 0 out of turn." in html
    assert "Questions withheld by the moderators: 1 (1 personal data)." in html


def test_the_audit_follows_a_log_that_grows(app: AppClient) -> None:
    app.hold("grid", close=False)
    first = words(app.client.get("/s/grid/audit").text)
    assert "Available when the session has ended." in first
    late = Actor("p-9", "v-9", frozenset({"participant"}), Attributes(lane="online", stakeholder="Civil Society"))
    app.do("grid", GiveFloor(app.do("grid", RaiseHand(), late)))
    assert "2 interventions under the fairness rule" in words(app.client.get("/s/grid/audit").text)


def test_drafts_are_nobodys_business(app: AppClient) -> None:
    for path in ("/s/none/record", "/s/none/audit"):
        assert app.client.get(path).status_code == 404


def title_of(item: str) -> str:
    found = library().find(item)
    assert found is not None
    return found.title


def test_the_page_says_what_the_documents_say_of_sentences_votes_and_of_who_was_heard(app: AppClient) -> None:
    said = app.hold("grid")
    app.do("grid", ConfirmSummary("Norms need a keeper.\nNobody wrote this down.", "It is late."))
    cited = Sentence("A keeper is wanted.", (said["statement"], said["turn"]), ("norm-j",))
    consensus = (Sentence("Norms need a keeper."), Sentence("The keeper needs money.", (said["statement"],)))
    report = PublishReport((cited, Sentence("Nobody said this.")), (cited,), consensus, (Sentence("It was late."),))
    app.do("grid", report, WRITER)
    html = record(app)
    shown = words(html)
    state, view = app.state("grid"), report_view(app.state("grid"), "")
    texts: list[str] = []
    for block in (
        *report_sentences(view, "en"),
        *areas(view, "en"),
        *heard(view, "en"),
        *heard_in_full(view, state, "en"),
    ):
        match block:
            case Heading(text) | Paragraph(text):
                texts.append(text)
            case Sentences(listed):
                texts += [text for one in listed for text in (one.text, one.note, *map(title_of, one.about))]
                confirmed = [one.confirmed for one in listed if one.confirmed]
                texts += [text for one in confirmed for text in (one.note, one.text)]
            case Table():
                texts += [*block.head, *(cell for row in block.rows for cell in row)]
    # The documents give the time of the confirmation in UTC, the page gives the time of day at the venue.
    texts = [re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "TIME", " ".join(text.split())) for text in texts]
    shown = re.sub(r"(hair(?: confirmed it| confirmed)? at )\d\d:\d\d", r"\1TIME", shown)
    assert sum("TIME" in text for text in texts) >= 3
    assert len(texts) > 60
    assert [text for text in texts if text not in shown] == []


def test_every_part_of_the_report_has_its_anchor(app: AppClient) -> None:
    said = app.hold("grid")
    cited = Sentence("A keeper is wanted.", (said["statement"],), ("norm-j",))
    app.do("grid", PublishReport((cited,), (cited,), (cited,), (cited,)), WRITER)
    html = record(app)
    for anchor in ("takeaways", "calls", "consensus", "concern"):
        assert html.count(f'id="{anchor}"') == 1
        part = html.partition(f'<section class="part" aria-labelledby="{anchor}">')[2].partition("</section>")[0]
        assert part.count('<details class="based">') == 1
        assert part.count('class="evidence"') == 1
        assert re.search(r'<a class="tag" href="[^"]*norm-j[^"]*"', part)


def test_the_page_and_the_html_document_say_the_same_of_questions_statements_versions_and_the_check(
    app: AppClient,
) -> None:
    said = app.hold("grid")
    publish(app, said, "The first word.")
    publish(app, said, "The second word.", "The first was wrong.")
    state = app.state("grid")
    view = report_view(state, app.house.board.record.head("grid")[1].hex())
    made = record(app)
    document, shown = words(page(view, state, "en")), words(made)
    view = in_words(view, state, "en")
    texts: list[str] = []
    parts = version, questions, versions, verification
    for block in (*(block for part in parts for block in part(view, "en")), *statements(view, state, "en")):
        match block:
            case Heading(text) | Paragraph(text):
                texts.append(text)
            case Table():
                texts += block.head
                texts += [line for row in block.rows for cell in row for line in cell.split("\n")]
                assert [anchor for anchor in block.anchors if made.count(f'id="{anchor}"') != 1] == []
    assert len(texts) > 45
    assert [text for text in texts if text not in unescape(document)] == []
    assert [text for text in texts if text not in unescape(shown)] == []
    for anchor in ("questions", "statements", "versions", "verify"):
        assert made.count(f'id="{anchor}"') == 1


def test_the_documents_of_an_open_session_withhold_the_first_few_votes(app: AppClient) -> None:
    app.hold("grid", close=False)
    late = app.do("grid", SeedStatement("A second one."))
    app.do("grid", CastVote(late, "disagree"), Actor("p-0", "v-0", frozenset({"participant"})))

    def row() -> tuple[str, ...]:
        state = app.state("grid")
        tables = [block for block in statements(report_view(state, ""), state, "en") if isinstance(block, Table)]
        return next(row for table in tables for row in table.rows if row[0] == str(late))

    assert row()[2:] == ("", "", "", "")
    app.do("grid", EraseText(late, "personal_data"), BOSS)
    assert (row()[1].splitlines()[0], row()[2:]) == ("(text not public)", ("", "", "", ""))
    app.do("grid", CloseSession(), BOSS)
    assert row()[2:] == ("0", "1", "0", "1")


def group_rows(html: str) -> list[str]:
    lists = re.findall(r'<ul class="heard">.*?</ul>', html, re.DOTALL)
    return [words(row) for row in re.findall(r'<span class="who">.*?</span>', "".join(lists))]


def of_stakeholders(text: str) -> str:
    return text[text.index("By stakeholder group") : text.index("By regional group")]


def test_the_page_and_the_documents_have_one_rule_for_groups(app: AppClient) -> None:
    """W M18: the page told the floor time of a group of one person, which the documents leave out."""
    few = "No one stated a group, or no group is large enough to be shown."
    for session, many in (("few", 3), ("many", 6)):
        app.add(session)
        app.do(session, OpenSession(), BOSS)
        app.do(session, StartSegment(1))
        people = [
            Actor(f"p-{n}", f"v-{n}", PEOPLE, Attributes(lane="room", stakeholder="Technical Community"))
            for n in range(many)
        ]
        if many > 5:  # the rest, in which the group of one is not told apart, has to be five people too
            people += [Actor(f"p-y{n}", f"v-y{n}", PEOPLE, Attributes(lane="room")) for n in range(5)]
        alone = Actor("p-x", "v-x", PEOPLE, Attributes(lane="room", stakeholder="Civil Society"))
        for person in (*people, alone):
            app.do(session, Join(**asdict(person.attributes)), person)
        for person in (people[0], alone):
            app.do(session, GiveFloor(app.do(session, RaiseHand(), person)))
        app.do(session, CloseSession(), BOSS)
        assert "| Technical Community" not in app.client.get(f"/s/{session}/report.md").text
        app.publish_votes()
        html = app.client.get(f"/s/{session}/record").text
        report = app.client.get(f"/s/{session}/report.md").text
        shown = group_rows(html)
        assert "Civil Society" not in shown
        assert ("Technical Community" in shown) is (many > 5)
        assert (few in of_stakeholders(words(html)), few in of_stakeholders(report)) == (many < 5, many < 5)
        assert all(f"| {name}" in report for name in shown)


def test_a_long_list_of_questions_is_shown_page_by_page(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_page, "QUESTIONS_EACH", 2)
    app.hold("pages", close=False)
    asked = []
    for n in range(5):
        asker = Actor(f"p-{n}", f"v-{n}", roles=frozenset({PARTICIPANT}))
        app.do("pages", Join(), asker)
        asked.append(app.do("pages", AskQuestion(f"Who pays for number {n}?", 0), asker))
    for seq in asked:
        app.do("pages", ApproveQuestion(seq))
    app.be("")

    def rows(query: str) -> list[str]:
        return re.findall(r'<tr id="q(\d+)">', app.client.get(f"/s/pages/record{query}").text)

    pages = [rows(f"?n={n}") for n in (1, 2, 3, 4)]
    assert all(len(page) <= 2 for page in pages)
    every = [seq for page in dict.fromkeys(map(tuple, pages)) for seq in page]
    assert sorted({str(seq) for seq in asked} - set(every)) == []
    assert len(every) == len(set(every))
    assert rows("") == pages[0]
    assert str(asked[4]) in rows(f"?entry={asked[4]}")
    assert 'href="?n=2#questions"' in app.client.get("/s/pages/record").text
