"""Later readers: evidence down to the spoken line, versions side by side, what the chair confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import CAPTIONER, ONSITE, ORGANIZER, RAPPORTEUR, Actor
from acquis.events import Sentence
from acquis.floor.questions import AnswerInWriting
from acquis.floor.queue import GiveFloorToSpeaker, NoteTurn
from acquis.floor.segments import CloseSession, StartSegment
from acquis.floor.speech import CaptionSpeech
from acquis.report.confirming import ConfirmSummary
from acquis.report.drafting import DraftSentence
from acquis.report.publishing import PublishReport

from .client import BOSS, HOST, AppClient, alert, app_client, form_with

CAPTIONS = Actor("p-captions", roles=frozenset({CAPTIONER}))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        yield app


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def get(app: AppClient, address: str) -> str:
    answer = app.client.get(f"/s/grid/{address}")
    assert answer.status_code == 200
    return answer.text


def publish(app: AppClient, *texts: str, correction: str = "") -> None:
    app.do("grid", PublishReport(tuple(map(Sentence, texts)), correction=correction), HOST)


# --- evidence ---------------------------------------------------------------------------------------------------


def test_a_mark_opens_the_turn_with_its_first_lines_and_leads_to_all_of_it(app: AppClient) -> None:
    app.hold("grid", close=False)
    turn = app.do("grid", GiveFloorToSpeaker(1))
    app.clock.forward(60_000)
    lines = [app.do("grid", CaptionSpeech(f"Line {n}."), CAPTIONS) for n in range(5)]
    app.do("grid", NoteTurn(turn, "Wants a keeper."), HOST)
    app.do("grid", CloseSession(), BOSS)
    app.do("grid", PublishReport((Sentence("A keeper.", (turn,)),)), HOST)
    html = get(app, "record")
    opened = html[html.index('class="evidence"') : html.index("</details>", html.index('class="evidence"'))]
    assert "Intervention by Amara Specimen" in words(opened)
    assert "Wants a keeper." in opened
    assert re.findall(r"Line \d", opened) == ["Line 0", "Line 1", "Line 2"]
    link = f"/s/grid/captions?line={lines[0]}#l{lines[0]}"
    assert f'href="{link}"' in opened
    assert "5 lines" in opened
    assert f'id="l{lines[0]}"' in app.client.get(link).text


def test_a_spoken_line_is_cited_with_who_said_it_and_where(app: AppClient) -> None:
    app.hold("grid", close=False)
    line = app.do("grid", CaptionSpeech("Who pays is who rules.", "BRUNO MUSTER"), CAPTIONS)
    app.do("grid", CloseSession(), BOSS)
    app.do("grid", PublishReport((Sentence("Money rules.", (line,)),)), HOST)
    html = get(app, "record")
    opened = html[html.index('class="evidence"') : html.index("</details>", html.index('class="evidence"'))]
    assert "Caption line by Bruno Muster Who pays is who rules." in words(opened)
    assert f'href="/s/grid/captions?line={line}#l{line}"' in opened
    assert "Who pays is who rules." in get(app, "report.md")


def test_a_cited_question_shows_its_answer_in_writing(app: AppClient) -> None:
    said = app.hold("grid")
    app.do("grid", AnswerInWriting(said["question"], "The members pay."), HOST)
    app.do("grid", PublishReport((Sentence("Who pays?", (said["question"],)),)), HOST)
    html = get(app, "record")
    assert (
        "The members pay."
        in html[html.index('class="evidence"') : html.index("</details>", html.index('class="evidence"'))]
    )


# --- versions ---------------------------------------------------------------------------------------------------


def test_two_versions_stand_side_by_side_with_every_word(app: AppClient) -> None:
    app.hold("grid")
    publish(app, "Norms need a keeper.", "It rains.")
    publish(app, "Norms need a keeper with <money>.", "Small states wait.", correction="Money was left out.")
    assert "/s/grid/record/compare?a=1&amp;b=2" in get(app, "record")
    html = get(app, "record/compare?a=1&b=2")
    assert "Money was left out." in html
    assert "3 sentences changed." in words(html)
    removed = [words(one) for one in re.findall(r"<del>(.*?)</del>", html)]
    added = [words(one) for one in re.findall(r"<ins>(.*?)</ins>", html)]
    assert removed == ["Removed text: It rains. (end of removed text)"]
    assert added == [
        "Added text: with &lt;money&gt; (end of added text)",
        "Added text: Small states wait. (end of added text)",
    ]
    assert get(app, "record/compare") == get(app, "record/compare?a=1&b=2")


def test_a_figure_that_changed_is_shown(app: AppClient) -> None:
    said = app.hold("grid")
    publish(app, "Norms need a keeper.")
    publish(app, "Norms need two.", correction="Counted again.")
    assert "No figures changed." in words(get(app, "record/compare"))
    reports = app.state("grid").reports
    assert reports[0].body.figures == reports[1].body.figures
    assert said["statement"] == reports[0].body.figures[0].statement


@pytest.mark.parametrize("query", ["", "?a=1&b=1", "?a=1&b=3", "?a=0&b=1", "?a=x&b=1"])
def test_where_there_is_no_such_version_the_page_says_so(app: AppClient, query: str) -> None:
    app.hold("grid")
    publish(app, "Norms need a keeper.")
    assert app.client.get(f"/s/grid/record/compare{query}").status_code == 404


# --- the closing summary ----------------------------------------------------------------------------------------


def summary_is_hidden(app: AppClient) -> bool:
    tag = re.search(r'<section id="stage_summary"[^>]*>', app.client.get("/s/grid/stage").text)
    assert tag is not None
    return " hidden" in tag[0]


def test_the_chair_confirms_what_was_read_out_and_the_stage_shows_it(app: AppClient) -> None:
    app.hold("grid", close=False)
    app.do("grid", DraftSentence("consensus", "Norms need a keeper."), HOST)
    app.do("grid", DraftSentence("concern", "Nobody pays."), HOST)
    app.be(ONSITE, "grid")
    form = form_with(get(app, "console"), do="confirm_summary")
    assert (form["consensus"], form["concern"]) == ("Norms need a keeper.", "Nobody pays.")
    answer = app.client.post("/s/grid/do", data={**form, "concern": "Nobody pays yet."})
    assert "Confirmed by the Chair" in answer.text
    confirmed = app.state("grid").confirmed
    assert confirmed is not None
    assert (confirmed.consensus, confirmed.concern) == (("Norms need a keeper.",), ("Nobody pays yet.",))
    frame = app.client.get("/s/grid/live/stage?poll=-1").json()["html"]["stage_summary"]
    others = [app.client.get(f"/s/grid{place}").text for place in ("?watch=1", "/questions", "/vote")]
    for html in (get(app, "stage"), frame, *others):  # W M13: everybody was promised to see it
        assert "Nobody pays yet." in html
    assert not summary_is_hidden(app)
    app.do("grid", StartSegment(0))
    assert summary_is_hidden(app), "until somebody shows it again"


def test_an_empty_confirmation_is_refused_and_what_was_typed_stays(app: AppClient) -> None:
    app.hold("grid", close=False)
    app.be(ONSITE, "grid")
    for page in ("console", "desk"):
        form = form_with(get(app, page), do="confirm_summary", page=page)
        assert "Enter what was read out" in alert(app.client.post("/s/grid/do", data=form).text)
        html = app.client.post("/s/grid/do", data={**form, "key": f"long-{page}", "consensus": "x" * 5001}).text
        assert "Limit: 5000" in alert(html)
        assert form_with(html, do="confirm_summary")["consensus"] == "x" * 5001


@pytest.mark.parametrize("role", [RAPPORTEUR, ORGANIZER])
def test_who_is_no_moderator_sees_whether_it_is_confirmed_and_has_no_button(app: AppClient, role: str) -> None:
    app.hold("grid")
    app.be(role, "grid")
    assert 'value="confirm_summary"' not in get(app, "desk")
    assert "Not confirmed yet." in words(get(app, "desk"))
    app.do("grid", ConfirmSummary("Norms need a keeper."))
    assert "Confirmed by the Chair" in words(get(app, "desk"))


def test_the_record_says_which_sentences_are_word_for_word_as_confirmed(app: AppClient) -> None:
    app.hold("grid")
    app.do("grid", ConfirmSummary("Norms need a keeper.\nMoney is short.", "Nobody pays."))
    before = words(get(app, "record"))
    assert re.search(r"Norms need a keeper\. Confirmed by the Chair at \d\d:\d\d Money is short\.", before)
    consensus, concern = (
        (Sentence("Norms need a keeper."), Sentence("Small states wait.")),
        (Sentence("Nobody pays yet."),),
    )
    app.do("grid", PublishReport((Sentence("A takeaway."),), (), consensus, concern), HOST)
    html = words(get(app, "record"))
    assert re.search(r"Norms need a keeper\. Confirmed by the Chair at \d\d:\d\d", html)
    assert re.search(r"Small states wait\. Not in the text confirmed by the Chair at \d\d:\d\d", html)
    assert re.search(
        r"Nobody pays yet\. Differs from the text confirmed by the Chair at \d\d:\d\d: Nobody pays\.", html
    )
    assert re.search(r"Confirmed by the Chair at \d\d:\d\d but not in this report: “Money is short\.”", html)
    fates = [one["fate"] for one in app.client.get("/s/grid/report.json").json()["confirmed"]["sentences"]]
    assert fates == ["same", "left_out", "added", "changed"]


def test_the_preview_at_the_desk_is_marked_as_the_record_would_be(app: AppClient) -> None:
    app.hold("grid")
    app.do("grid", ConfirmSummary("Norms need a keeper."))
    app.do("grid", DraftSentence("consensus", "Norms need a keeper."), HOST)
    app.be(RAPPORTEUR, "grid")
    assert re.search(r"Norms need a keeper\. Confirmed by the Chair", words(get(app, "desk?preview=1")))
