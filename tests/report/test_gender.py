"""Gender, where people said it themselves."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.statistics.heard import MERGED, account, live

from .builder import PROGRAMME, SessionBuilder, rows


def asking(panel: tuple[ev.Gender, ...] = ("woman",)) -> SessionBuilder:
    """Fifteen joined, of whom five said woman and five man; one woman and one man spoke, and the first of the panel."""
    settings = ev.Settings(ask_gender=True)
    seats = tuple(ev.Seat(f"Speaker {n}", gender=gender) for n, gender in enumerate(panel))
    builder = SessionBuilder(msgspec.structs.replace(PROGRAMME, settings=settings, seats=seats))
    genders: tuple[ev.Gender, ...] = (*(("woman",) * 5), *(("man",) * 5), *(("",) * 5))
    for n, gender in enumerate(genders):
        builder.add(ev.ParticipantJoined(lane="room", gender=gender), f"v{n}")
    spoke: list[tuple[str, int, ev.Gender]] = [("p-w", 60, "woman"), ("p-m", 180, "man")]
    for person, seconds, gender in spoke:
        turn = builder.add(ev.FloorGiven(builder.add(ev.HandRaised("turn", lane="room", gender=gender), person)))
        builder.second += seconds
        builder.add(ev.TurnEnded(turn))
    builder.add(ev.QuestionAsked("Why?", 0, lane="room", gender="woman"), "p-w")
    turn = builder.add(ev.SpeakerGivenFloor(1))
    builder.second += 30
    builder.add(ev.TurnEnded(turn))
    return builder


def test_gender_is_counted_where_people_said_it_themselves() -> None:
    builder = asking()
    found = rows(account(builder.state, builder.at), "gender")
    assert (found["woman"].joined, found["man"].joined, found[""].joined) == (5, 5, 5)
    assert (found["woman"].floor_ms, found["man"].floor_ms) == (60_000, 180_000)
    assert (found["woman"].asked, found["man"].asked) == (1, 0)
    assert [row.panel_ms for row in found.values()] == [0, 0, 0]


def test_the_gender_of_a_panellist_is_not_told_by_the_clock() -> None:
    of_five = asking(("woman",) * 5)
    found = rows(account(of_five.state, of_five.at), "gender")
    assert (found["woman"].panel_ms, found["man"].panel_ms) == (30_000, 0)
    and_one = asking((*(("woman",) * 5), "man"))
    assert [row.panel_ms for row in rows(account(and_one.state, and_one.at), "gender").values()] == [0, 0, 0]
    assert account(and_one.state, and_one.at).everybody.panel_ms == 30_000


def test_the_line_for_the_chair_is_never_of_gender() -> None:
    builder = asking()
    found = live(builder.state, builder.at)
    assert found is not None
    assert (found.dimension, found.group) == ("lane", "room")


def test_a_gender_of_fewer_than_five_is_not_told_apart() -> None:
    builder = asking()
    builder.add(ev.ParticipantJoined(lane="room", gender="another"), "v99")
    found = rows(account(builder.state, builder.at), "gender")
    assert set(found) == {"woman", "man", MERGED}
    assert found[MERGED].joined == 6


def test_where_nobody_was_asked_nothing_is_said_of_gender() -> None:
    builder = SessionBuilder()
    builder.join(6, "room", "Government")
    (dimension,) = [one for one in account(builder.state, builder.at).dimensions if one.name == "gender"]
    assert not dimension.asked
    assert dimension.rows == ()
