"""The pages of the opinion map warn of accounts that vote nearly alike, and name none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from tests.opinion.populations import with_bots

from acquis.command import Actor
from acquis.floor import segments, statements
from acquis.floor.people import Join

from .client import BOSS, app_client

WARNING = "8 accounts vote nearly alike. Check that they are different people."


def test_the_map_and_the_record_warn_of_a_crowd_and_name_nobody(tmp_path: Path) -> None:
    cast = with_bots(np.random.default_rng(3), 22, 8, 18, votes=18, flipped=0.02).votes
    voters = [Actor(f"p-{n}", f"v-{n}", frozenset({"participant"})) for n in range(30)]
    with app_client(tmp_path) as app:
        app.add("ws")
        app.do("ws", segments.OpenSession(), BOSS)
        app.do("ws", segments.StartSegment(1))
        asked = [app.do("ws", statements.SeedStatement(f"Claim number {n} holds.")) for n in range(18)]
        app.all("ws", [(Join(lane="room"), voter) for voter in voters])
        votes = zip(cast.person.tolist(), cast.statement.tolist(), cast.choice.tolist(), strict=True)
        choices = {1: "agree", -1: "disagree"}
        app.all("ws", [(statements.CastVote(asked[s], choices[c]), voters[n]) for n, s, c in votes])  # type: ignore[arg-type]  # a choice
        app.be("")
        assert WARNING in app.client.get("/s/ws/map").text
        app.do("ws", segments.CloseSession(), BOSS)
        app.publish_votes()
        for page in ("map", "record"):
            text = app.client.get(f"/s/ws/{page}").text
            assert WARNING in text, page
            assert "Without them: " in text
            assert "v-25" not in text
