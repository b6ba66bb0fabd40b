"""Many sessions at once: the page of a gathering, sessions side by side, the search, the first page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import msgspec
import pytest

from acquis.events import Sentence
from acquis.floor.messages import ChooseProcedure, ProposeMessage
from acquis.floor.references import ConfirmReferences
from acquis.floor.segments import OpenSession
from acquis.messages.procedure import shipped_text
from acquis.plan.document import to_data
from acquis.report.publishing import PublishReport
from acquis.roster import SessionRow

from .client import BOSS, HOST, PROGRAMME, AppClient, app_client


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        for name in ("grid", "water"):
            said = app.hold(name)
            app.do(name, ConfirmReferences(said["statement"], "norm-g"), HOST)
        said_of = next(iter(app.state("grid").statements))
        takeaway = Sentence("Hospitals come first.", (said_of,), ("norm-f",))
        app.do("grid", PublishReport((takeaway,), (Sentence("Exercise together.", (), ("cbm-7",)),)), HOST)
        app.add("later", msgspec.structs.replace(PROGRAMME, title="Still to come"))
        yield app


def page(app: AppClient, address: str) -> str:
    answer = app.client.get(address)
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def words(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def test_a_gathering_shows_its_takeaways_and_who_owes_a_report(app: AppClient) -> None:
    html = words(page(app, "/gatherings/igf-2021"))
    assert "3 sessions" in html
    assert "Reports filed on time: 1" in html
    assert "Hospitals come first." in html
    assert "Exercise together." in html
    owes = html.split("Reports due")[1].split("Takeaways and calls")[0]
    assert "Key takeaways and call to action" in owes


def test_it_is_searched_by_words_item_kind_process_and_group(app: AppClient) -> None:
    def found(query: str) -> str:
        return words(page(app, f"/gatherings/igf-2021?{query}")).split("Show everything")[1]

    assert "Hospitals come first." in found("q=hospital")
    assert "Norms need a keeper." not in found("q=hospital")
    by_item = found("item=norm-g")
    assert by_item.count("Norms need a keeper.") == 2
    assert "Hospitals" not in by_item
    assert "Exercise together." in found("kind=call_to_action")
    assert "Hospitals" not in found("kind=call_to_action")
    assert "Who pays for the keeper?" in found("group=Civil+Society")
    assert "0 results" in words(page(app, "/gatherings/igf-2021?process=paris-call"))


def test_sessions_stand_side_by_side(app: AppClient) -> None:
    html = words(page(app, "/gatherings/igf-2021/compare?s=grid&s=water"))
    assert "Hospitals come first." in html
    assert "none yet" in html
    assert "Norm g: Protect your own critical infrastructure" in html.split("Topics in common")[1]
    assert "Select sessions (2 to 4)" in words(page(app, "/gatherings/igf-2021/compare?s=grid"))


def test_everything_is_searched_on_one_page(app: AppClient) -> None:
    assert "Norms need a keeper." in words(page(app, "/said?q=keeper"))
    assert "0 results" in words(page(app, "/said?q=private+matter")), "what was held back is nowhere"
    assert "results" not in words(page(app, "/said"))


def test_what_was_erased_is_found_no_more_at_once(app: AppClient) -> None:
    said = next(iter(app.state("water").statements))
    page(app, "/said?q=keeper")
    app.be("organizer")
    command = {"do": "erase_text", "entry": said, "reason": "on request"}
    answer = app.client.post("/s/water/do", json=command, headers={"idempotency-key": "erase-it-1"})
    assert answer.status_code == 201
    assert page(app, "/said?q=keeper").count("/s/water/record#s") == 0


def test_there_is_no_gathering_of_an_unknown_name(app: AppClient) -> None:
    answer = app.client.get("/gatherings/igf-1999")
    assert answer.status_code == 404
    assert "Event not found" in answer.text


def test_the_first_page_says_what_is_live_next_due_and_recent(app: AppClient) -> None:
    app.add("now", msgspec.structs.replace(PROGRAMME, title="It is on"))
    app.do("now", OpenSession(), BOSS)
    html = words(page(app, "/"))
    live, coming = html.index("In progress"), html.index("Coming up")
    assert live < html.index("It is on") < coming < html.index("Still to come")
    assert "Reports due" in html
    assert "IGF 2021" in html
    assert "Upcoming opportunities at the United Nations" in html


def test_its_synthesis_has_the_topics_of_its_sessions_also_as_files(app: AppClient) -> None:
    html = page(app, "/gatherings/igf-2021/synthesis")
    assert "The proposals on each topic" in words(html)
    assert re.search(r"<td>\d+</td>", html), "figures stand below their heading, also from right to left"
    for form in ("docx", "html", "md", "csv", "json"):
        assert f"synthesis.{form}" in page(app, "/gatherings/igf-2021/synthesis")
        assert app.client.get(f"/gatherings/igf-2021/synthesis.{form}").status_code == 200
    assert app.client.get("/gatherings/igf-2021/synthesis.pdf").status_code == 404
    assert app.client.get("/gatherings/nowhere/synthesis").status_code == 404


def test_a_session_prints_its_own_synthesis(app: AppClient) -> None:
    assert "The proposals on each topic" in words(page(app, "/s/grid/synthesis"))
    assert "Nothing has been proposed yet" in words(page(app, "/s/later/synthesis"))


OWN = shipped_text("aprigf").replace("APrIGF", "Ours").replace("from: closing\n", "from: 2026-12-10T09:00+01:00\n")


def test_the_organizer_loads_a_procedure_once_and_the_sessions_take_it(app: AppClient) -> None:
    """Also one whose programme is published later; one that chose its own keeps it."""
    app.do("water", ChooseProcedure("igf"), HOST)
    address, form = "/gatherings/igf-2021/messages", "/organize/procedure"
    assert "Load a procedure" not in page(app, address)
    app.be("organizer")
    assert "Each session chooses its own" in words(page(app, address))
    wrong = app.client.post(
        form, data={"gathering": "igf-2021", "procedure": "own", "text": "title: Ours", "key": "procedure-1"}
    )
    assert wrong.status_code == 409
    assert "“source” is missing or empty." in wrong.text
    assert "title: Ours" in wrong.text, "what was typed is still there"
    loaded = app.client.post(
        form, data={"gathering": "igf-2021", "procedure": "own", "text": OWN, "key": "procedure-2"}
    )
    assert "the sessions have taken it" in loaded.text
    chosen = app.state("grid").procedure
    assert chosen is not None
    assert (chosen.procedure, chosen.shared, chosen.text) == ("own", True, OWN.strip())
    kept = app.state("water").procedure
    assert kept is not None
    assert (kept.procedure, kept.shared) == ("igf", False)
    html = words(page(app, address))
    assert "Ours" in html
    assert "a procedure of their own" in html
    app.house.roster.add_session(SessionRow("sent", "SENTXXXX", 1, ""))
    command = {"do": "publish_programme", "document": to_data(msgspec.structs.replace(PROGRAMME, title="Sent"))}
    sent = app.client.post("/s/sent/do", json=command, headers={"idempotency-key": "procedure-3"})
    assert sent.status_code == 201, sent.text
    taken = app.state("sent").procedure
    assert taken is not None, "a programme that a program sends is no exception"
    assert (taken.text, taken.shared) == (OWN.strip(), True)


def test_the_messages_of_all_sessions_stand_on_one_page(app: AppClient) -> None:
    app.do("grid", ChooseProcedure("igf", shared=True), HOST)
    app.do("grid", ProposeMessage("takeaways", "Hospitals come before banks."), HOST)
    html = words(page(app, "/gatherings/igf-2021/messages"))
    assert "Hospitals come before banks." in html
    assert "From: when the session closes." in html
