"""Checks an attribute `age` in a copy of the source to which it was added. Run by `test_attributes.py`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec
from tests.core.story import PROGRAMME
from tests.web.client import BOSS, app_client
from tests.web.client import PROGRAMME as DOCUMENT

import acquis
from acquis import events as ev
from acquis.attributes import Attributes
from acquis.command import PARTICIPANT, Actor
from acquis.commands import decode
from acquis.plan.document import from_data, to_data
from acquis.publication.chatham import unnamed
from acquis.roster import Pass, Roster
from acquis.state import State
from acquis.statistics.heard import account

ATTRIBUTES: Any = Attributes
SETTINGS: Any = ev.Settings
ANN = Actor("p-ann", "v-ann", frozenset({PARTICIPANT}), ATTRIBUTES(lane="room", age="under30"))
JOIN = b'{"do":"join","lane":"room","age":"under30"}'


def session(*, asked: bool) -> State:
    state = State()
    state.apply(1, 1, "", msgspec.structs.replace(PROGRAMME, settings=SETTINGS(ask_age=asked)))
    state.apply(2, 2, "", ev.SessionOpened())
    return state


def recorded_and_counted() -> None:
    state = session(asked=True)
    joined = decode(JOIN).decide(state, ANN, 3)
    assert joined is not None
    assert ev.to_body(joined) == b'{"event":"ParticipantJoined","lane":"room","age":"under30"}'
    assert ev.from_body(ev.to_body(joined)) == joined
    for number in range(5):
        state.apply(3 + number, 3, f"v{number}", joined)
    rows = {dimension.name: dimension.rows for dimension in account(state, 9).dimensions}
    assert [(row.group, row.people) for row in rows["age"]] == [("under30", 5)]
    assert b"age" not in ev.to_body(unnamed(joined))
    not_asked = decode(JOIN).decide(session(asked=False), ANN, 3)
    assert not_asked is not None
    assert b"age" not in ev.to_body(not_asked)


def kept_with_the_pass(folder: Path) -> None:
    roster = Roster(folder / "passes.db")
    roster.issue("s" * 43, Pass("grid", ANN.roles, "p-ann", "v-ann", attributes=ANN.attributes))
    holder = roster.holder("s" * 43)
    assert holder is not None
    assert holder.attributes == ANN.attributes
    roster.close()


def asked_for_on_the_pages(folder: Path) -> None:
    data = to_data(DOCUMENT)
    data["settings"] = {"ask_age": True}
    with app_client(folder) as app:
        app.add("ages", from_data(data))
        assert 'name="age"' in app.client.get("/s/ages").text
        answer = app.client.post("/s/ages/join", data={"lane": "online", "age": "over30"})
        assert answer.status_code == 200
        voice: Any = app.state("ages").voices[0]
        assert voice.attributes.age == "over30"
        app.add("quiet")
        assert 'name="age"' not in app.client.get("/s/quiet").text
        app.be(next(iter(BOSS.roles)))
        assert 'name="ask_age"' in app.client.get("/s/ages/plan").text


if __name__ == "__main__":
    copy, folder = map(Path, sys.argv[1:])
    assert Path(acquis.__file__).is_relative_to(copy), "the copy is not what was imported"
    recorded_and_counted()
    kept_with_the_pass(folder)
    asked_for_on_the_pages(folder)
