"""Names on live screens, and people without a device: who is who stays clear through a session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import ONSITE, PARTICIPANT, SPEAKER
from acquis.floor import queue, segments
from acquis.roster import Pass
from acquis.web.http import passes
from acquis.web.http.names import ShownNames

from .client import BOSS, AppClient, app_client, form_with


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("names")) as app:
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    shared.be("")
    return shared


def running(app: AppClient, session: str) -> None:
    app.add(session)
    app.do(session, segments.OpenSession(), BOSS)
    app.do(session, segments.StartSegment(1))


def raises(app: AppClient, session: str, name: str) -> str:
    """Somebody joins with a name and raises a hand: their page."""
    app.client.cookies.clear()
    html = app.client.post(f"/s/{session}/join", data={"lane": "room", "name": name}).text
    return app.client.post(f"/s/{session}/do", data=form_with(html, do="raise_hand", kind="turn")).text


def listed(app: AppClient, session: str, path: str = "?watch=1") -> list[str]:
    html = app.client.get(f"/s/{session}{path}").text
    rows = html[html.index('<ol id="queue"') :].split("</ol>")[0]
    return re.findall(r"<li[^>]*><div><bdi>(.*?)</bdi>", rows)


def enter(app: AppClient, session: str, **fields: str) -> tuple[int, str]:
    """A moderator puts somebody on the list without a script."""
    app.be(ONSITE, session)
    html = app.client.get(f"/s/{session}/console").text
    form = {**form_with(html, do="enter_hand"), **fields}
    answer = app.client.post(f"/s/{session}/do", data=form)
    return answer.status_code, answer.text


def test_two_people_of_one_name_are_told_apart(app: AppClient) -> None:
    """W M11, M15: on the list, on the console and on the own page."""
    running(app, "two")
    raises(app, "two", "Ana Silva")
    own = raises(app, "two", "ana silva")
    raises(app, "two", "Zed")
    assert sorted(listed(app, "two")) == ["Ana Silva", "Zed", "ana silva (2)"]
    assert "<b><bdi>ana silva (2)</bdi></b>" in own
    app.be(ONSITE, "two")
    assert sorted(listed(app, "two", "/console")) == ["Ana Silva", "Zed", "ana silva (2)"]


def test_a_name_of_the_panel_or_the_team_is_marked_unless_it_is_theirs(app: AppClient) -> None:
    """W M11: Femi Apeere is the rapporteur, Bruno Muster and Amara Specimen are on the panel."""
    running(app, "panel")
    raises(app, "panel", "AMARA SPECIMEN")
    raises(app, "panel", "Femi Apeere")
    secret, _ = passes.issue(app.house, "panel", SPEAKER, 2, "Bruno M.")
    app.client.cookies.clear()
    app.client.cookies.set(passes.cookie_name("panel"), secret)
    html = app.client.post("/s/panel/join", data={"lane": "room"}).text
    app.client.post("/s/panel/do", data=form_with(html, do="raise_hand", kind="turn"))
    names = ["AMARA SPECIMEN (not verified)", "Bruno Muster", "Femi Apeere (not verified)"]
    assert sorted(listed(app, "panel")) == names


def test_the_same_person_without_a_device_is_one_person(app: AppClient) -> None:
    """B F7, row 14: the same name is asked about; has-spoken, the counts and the list follow the person."""
    running(app, "maria")
    assert enter(app, "maria", name="Maria", stakeholder="Civil Society")[0] == 200
    (first,) = app.state("maria").hands.values()
    app.do("maria", queue.GiveFloor(first.seq))
    app.do("maria", queue.EndTurn(app.state("maria").turn))
    raises(app, "maria", "Zed")

    status, html = enter(app, "maria", name="maria")
    assert status == 409
    assert "Someone of this name has taken part before: Maria." in html
    assert 'data-refused="was_here_before"' in html
    assert len(app.state("maria").hands) == 2
    assert '<option value="Maria">' in html

    assert enter(app, "maria", name="maria", who="same")[0] == 200
    again = max(app.state("maria").hands.values(), key=lambda hand: hand.seq)
    assert (again.person, again.attributes.stakeholder) == (first.person, "Civil Society")
    app.be("")
    assert listed(app, "maria") == ["Zed", "Maria"]  # Zed has not spoken yet
    status, html = enter(app, "maria", name="Maria", who="same")
    assert status == 409
    assert "already" in html

    assert enter(app, "maria", name="Maria", who="another")[0] == 200
    app.be("")
    assert listed(app, "maria") == ["Zed", "Maria (2)", "Maria"]
    assert enter(app, "maria", name="Maria (2)", who="same", kind="right_of_reply")[0] == 200
    hands = list(app.state("maria").hands.values())
    assert hands[-1].person == hands[-2].person != first.person


def test_somebody_who_joined_and_stands_at_the_microphone_is_the_same_person(app: AppClient) -> None:
    """B F7: a phone without power makes nobody a new person."""
    running(app, "power")
    raises(app, "power", "Zed")
    (hand,) = app.state("power").hands.values()
    app.do("power", queue.LowerHand(hand.seq))
    assert enter(app, "power", name="Zed", who="same")[0] == 200
    assert {one.person for one in app.state("power").hands.values()} == {hand.person}


def test_a_repeated_request_asks_nothing(app: AppClient) -> None:
    running(app, "repeat")
    app.be(ONSITE, "repeat")
    fields = {"do": "enter_hand", "name": "Kim", "page": "console", "key": "r" * 20}
    for _ in range(2):
        answer = app.client.post("/s/repeat/do", data=fields)
        assert answer.status_code == 200, answer.text[:300]
    assert len(app.state("repeat").hands) == 1


def test_names_that_come_one_by_one_are_shown_as_if_they_had_come_together(tmp_path: Path) -> None:
    with app_client(tmp_path) as app:
        app.add("s")
        kept, state = app.house.shown_names, app.state("s")
        given = ["Ana Silva", "", "ana silva", "Amara Specimen", "Bo", "Ana Silva", "Amara Specimen"]
        for number, name in enumerate(given):
            person = Pass("s", frozenset({PARTICIPANT}), f"p-{number}", f"v-{number}", name=name)
            app.house.roster.issue(f"secret-of-somebody-{number:04d}", person)
            before = kept.of("s", state, "en")
            assert before == ShownNames(app.house.roster).of("s", state, "en")
            assert list(before) == list(ShownNames(app.house.roster).of("s", state, "en"))
        assert sorted(before.values()) == [
            "Amara Specimen (not verified)",
            "Amara Specimen (not verified) (2)",
            "Ana Silva",
            "Ana Silva (3)",
            "Bo",
            "ana silva (2)",
        ]
        app.house.roster.rename("s", "p-0", "Bo")
        assert kept.of("s", state, "en")["p-2"] == "ana silva"
