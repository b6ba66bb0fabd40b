"""Sessions whose votes hold two camps, no groups, or declared groups that disagree. Everybody in them is invented."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.browser.live_server import MIN, LiveServer

from acquis import command as who
from acquis.attributes import Attributes
from acquis.command import Actor, Command
from acquis.floor import people, segments, statements

CLAIMS = (
    "Every state should name one contact point.",
    "The list of contact points should be public.",
    "Companies should report serious incidents.",
    "Reports of incidents should go to one office.",
    "Open source is part of critical infrastructure.",
    "Interpretation should be paid from the budget.",
    "Written input should be answered in writing.",
    "Stakeholders should speak in the same meeting.",
    "A vote should be taken where views differ.",
    "Small states need a fund for taking part.",
    "Norms should be reviewed every second year.",
    "Voluntary norms are enough for now.",
)
GROUPS = ("Government", "Private Sector", "Civil Society", "Technical Community")


def opinions(kind: str, n: int, seed: int = 3) -> np.ndarray[Any, Any]:
    """(n, statements) of -1, 0, 1. `camps`: two, whatever people declared; `none`: everybody leans alike; `declared`:
    one stakeholder group is against what all others want."""
    random = np.random.default_rng(seed)
    m = len(CLAIMS)
    agree = np.tile(random.uniform(0.55, 0.9, m), (n, 1))
    side = np.arange(n) // len(GROUPS) % 2
    if kind == "camps":
        agree = np.where((side[:, None] + np.arange(m)) % 2 == 0, 0.93, 0.12)
        agree[:, :2] = 0.95
    if kind == "declared":
        government = np.arange(n) % len(GROUPS) == 0
        agree[:, :4], agree[government, :4] = 0.93, 0.1
    dice = random.random((n, m))
    return np.where(dice < agree * 0.94, 1, np.where(dice < 0.94, -1, 0))


def voted(house: LiveServer, session: str, kind: str, code: str, n: int = 80, claims: tuple[str, ...] = CLAIMS) -> None:
    """A session that is open, and n people who have voted on everything."""
    now = house.now()
    house.add(session, code=code, at=now - 50 * MIN)
    for claim in claims:
        house.do(session, statements.SeedStatement(claim), at=now - 49 * MIN)
    house.do(session, segments.OpenSession(), at=now - 48 * MIN)
    house.do(session, segments.StartSegment(2), at=now - 5 * MIN)
    entries = list(house.state(session).statements)
    joining: list[tuple[Command, Actor]] = []
    votes: list[tuple[Command, Actor]] = []
    for number, row in enumerate(opinions(kind, n).tolist()):
        lane: Any = "online" if number % 3 == 0 else "room"
        group = GROUPS[number % len(GROUPS)]
        one = Actor(f"p-{number:04d}", f"v-{number:04d}", who.PEOPLE, Attributes(lane=lane, stakeholder=group))
        joining.append((people.Join(lane=lane, stakeholder=group), one))
        for statement, choice in zip(entries, row):
            word: Any = {1: "agree", -1: "disagree", 0: "pass"}[choice]
            votes.append((statements.CastVote(statement, word), one))
    house.do_all(session, joining)
    house.do_all(session, votes)
