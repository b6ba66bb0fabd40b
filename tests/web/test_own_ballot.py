"""A voter finds the own ballot in the published list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from acquis.command import Actor
from acquis.floor import segments, statements
from acquis.state import State
from acquis.web.pages.mine.ballot import own_ballot

from .client import BOSS, AppClient, app_client


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as client:
        yield client


def mine(app: AppClient) -> State:
    return app.state("grid")


def test_the_own_ballot_is_shown_and_found_in_the_published_list(app: AppClient) -> None:
    said = app.hold("grid", close=False)
    app.client.cookies.clear()
    app.client.post("/s/grid/join", data={"lane": "room", "key": "join-key-0001"})
    vote = {
        "do": "cast_vote",
        "statement": str(said["statement"]),
        "choice": "pass",
        "page": "vote",
        "key": "vote-0001",
    }
    assert app.client.post("/s/grid/do", data=vote).status_code == 200
    voice = mine(app).voices[-1]
    assert len(voice.ballot) == 32, "the server made it"
    html = app.client.get("/s/grid/mine").text
    groups = " ".join(voice.ballot[n : n + 4] for n in range(0, 32, 4))
    assert groups in html
    assert app.client.get("/s/grid/ballot.json").status_code == 404
    app.do("grid", segments.CloseSession(), BOSS)
    app.publish_votes()
    assert "Your ballot is in the published list" in app.client.get("/s/grid/mine").text
    kept = app.client.get("/s/grid/ballot.json").content
    receipt = json.loads(kept)
    assert list(receipt) == ["acquis", "origin", "ballot", "choices"]
    assert (receipt["ballot"], receipt["choices"]) == (voice.ballot, [[said["statement"], "0"]])
    app.be("")
    assert app.client.get("/s/grid/ballot.json").status_code == 403
    found = app.client.post("/s/grid/check", files={"file": ("ballot.json", kept)})
    assert "This ballot is in the published list, once, with these votes and no others." in found.text
    forged = app.client.post("/s/grid/check", files={"noted": (None, kept.decode().replace('"0"', '"+"'))})
    assert "This ballot is not in the published list with these votes." in forged.text


def test_a_changed_or_missing_ballot_is_said(app: AppClient) -> None:
    said = app.hold("grid", close=False)
    app.do("grid", statements.WithdrawVote(said["statement"]), Actor("p-9", "v-9", frozenset({"participant"})))
    app.do("grid", segments.CloseSession(), BOSS)
    app.publish_votes()
    state = mine(app)
    assert state.ballots is not None
    ballot = own_ballot(state, "v-3")
    assert ballot is not None
    assert ballot.listed
    silent = own_ballot(state, "v-9")
    assert silent is not None
    assert (silent.choices, silent.listed) == ((), True)
    lines = [line[:32] + "-" if line.startswith(ballot.id) else line for line in state.ballots.ballots]
    forged = msgspec.structs.replace(state, ballots=msgspec.structs.replace(state.ballots, ballots=tuple(lines)))
    assert not own_ballot(forged, "v-3").listed  # type: ignore[union-attr]  # it has a ballot
    without = tuple(line for line in state.ballots.ballots if not line.startswith(ballot.id))
    gone = msgspec.structs.replace(state, ballots=msgspec.structs.replace(state.ballots, ballots=without))
    assert not own_ballot(gone, "v-3").listed  # type: ignore[union-attr]  # it has a ballot
