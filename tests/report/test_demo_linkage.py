"""The published record of the demo, and of a room in which all groups are unique, attacked with all that anybody knows.

Two links are looked for: between a person and a ballot by what the published groups tell, and between the id of a
person and the id of a voice in any byte of the record."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from acquis.documents.formats import FORMATS
from acquis.documents.source import source
from acquis.publication.public import public_entries, public_state
from acquis.record.lines import to_line
from acquis.state import State, Voice

from .test_ballots import played
from .test_suppression import Attacker, held, tells_all


@pytest.mark.parametrize(("people", "seed"), [(25, 1), (25, 7), (40, 7)])
def test_nobody_is_resolved_in_the_published_demo(people: int, seed: int) -> None:
    session, entries = played(people, seed)
    public = list(public_entries(entries, session.state))
    published = public_state(public)
    attacker = Attacker(session.state, published)
    assert published.ballots is not None
    assert published.totals is not None
    assert len(attacker.people) >= people - 3, "nearly everybody voted"
    assert list(attacker.resolved()) == []

    record = b"".join(to_line(entry) for entry in public).decode()
    assert [voice.id for voice in session.state.voices if f'"{voice.id}"' in record] == []
    assert [voice.ballot for voice in session.state.voices if record.count(voice.ballot) > 1] == []
    # The attack of the penetration test: groups that stand both beside a person and beside a vote.
    beside = Counter(
        (hand.person, hand.attributes.lane, hand.attributes.stakeholder) for hand in published.hands.values()
    )
    assert beside, "people with their groups stand in the record"
    assert not published.voices, "and no vote does"


def test_no_file_of_the_published_demo_but_the_log_has_the_id_of_a_voice_or_of_a_ballot() -> None:
    session, entries = played(25, 7)
    ids = [id for voice in session.state.voices for id in (voice.id, voice.ballot)]
    of, read = source(entries, state=session.state), []
    for declared in FORMATS:
        if not declared.name.endswith((".pdf", ".docx", ".png", ".zip", ".jsonl")):
            text = declared.content(of).decode("utf-8", "replace")
            read.append(declared.name)
            assert [id for id in ids if id in text] == [], declared.name
    assert {"votes.csv", "participants-votes.csv", "report.json", "report.html"} <= set(read)


@pytest.mark.parametrize("seed", range(5))
def test_nobody_is_resolved_where_everybody_has_groups_of_his_own(seed: int) -> None:
    state: State = held(25, seed)
    for number, voice in enumerate(state.voices):
        own = msgspec.structs.replace(voice.attributes, stakeholder=f"Group {number}", region=f"Region {number}")
        state.voices[number] = Voice(voice.id, own, voice.ballot)
    attacker = Attacker(state)
    assert not tells_all(attacker)
    assert list(attacker.resolved()) == []
    assert {figure.group for figure in attacker.totals.figures} <= {"", "room", "online"}
