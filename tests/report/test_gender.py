"""Gender, where people said it themselves."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.report.heard import MERGED, account

from .test_heard import PROGRAMME, Telling, rows


def asking() -> Telling:
    """Fifteen joined, of whom five said woman and five man; one woman and one man spoke, and a woman of the panel."""
    settings = ev.Settings(ask_gender=True)
    seats = (ev.Seat("A speaker", gender="woman"),)
    told = Telling(msgspec.structs.replace(PROGRAMME, settings=settings, seats=seats))
    genders: tuple[ev.Gender, ...] = (*(("woman",) * 5), *(("man",) * 5), *(("",) * 5))
    for n, gender in enumerate(genders):
        told.tell(ev.ParticipantJoined("room", "", "", gender), f"v{n}")
    for person, seconds, gender in (("p-w", 60, "woman"), ("p-m", 180, "man")):
        turn = told.tell(ev.FloorGiven(told.tell(ev.HandRaised("turn", "room", gender=gender), person)))
        told.second += seconds
        told.tell(ev.TurnEnded(turn))
    told.tell(ev.QuestionAsked("Why?", gender="woman"), "p-w")
    turn = told.tell(ev.SpeakerGivenFloor(1))
    told.second += 30
    told.tell(ev.TurnEnded(turn))
    return told


def test_gender_is_counted_where_people_said_it_themselves() -> None:
    told = asking()
    found = rows(account(told.state, told.at), "gender")
    assert (found["woman"].joined, found["man"].joined, found[""].joined) == (5, 5, 5)
    assert (found["woman"].floor_ms, found["man"].floor_ms) == (60_000, 180_000)
    assert (found["woman"].asked, found["man"].asked) == (1, 0)
    assert found["woman"].panel_ms == 30_000


def test_a_gender_of_fewer_than_five_is_not_told_apart() -> None:
    told = asking()
    told.tell(ev.ParticipantJoined("room", "", "", "another"), "v99")
    found = rows(account(told.state, told.at), "gender")
    assert set(found) == {"woman", "man", MERGED}
    assert found[MERGED].joined == 6


def test_where_nobody_was_asked_nothing_is_said_of_gender() -> None:
    told = Telling()
    told.join(6, "room", "Government")
    (dimension,) = [one for one in account(told.state, told.at).dimensions if one.name == "gender"]
    assert not dimension.asked
    assert dimension.rows == ()
