"""How the same people voted at two moments of one session: what is published, shown and checked."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256

import msgspec
import pytest

from acquis import events as ev
from acquis.documents.formats import record_of
from acquis.documents.source import source
from acquis.publication.verify import verify_entries

from .story import PROGRAMME, Happened, Recorded, outside, recorded, replaced, then, with_votes

PEOPLE = 30
FIRST = PEOPLE + 3
"""The entry of the first statement; the other one follows."""
SIGNS: dict[str, ev.Choice] = {"+": "agree", "-": "disagree", "0": "pass"}


def cast(statement: int, choices: str) -> list[Happened]:
    """One vote of each voice from the first on; "." for none."""
    return [(f"v{n}", ev.VoteCast(statement, SIGNS[sign])) for n, sign in enumerate(choices) if sign != "."]


def held(*acts: ev.Event | list[Happened], lanes: int = 1) -> Recorded:
    """A session of thirty people with two statements, in which this happened, up to its close."""
    named: tuple[ev.Lane, ...] = ("room", "online")
    joined: list[Happened] = [
        (f"v{n}", ev.ParticipantJoined(lane=named[n % lanes], ballot=sha256(f"{n}".encode()).hexdigest()[:32]))
        for n in range(PEOPLE)
    ]
    happened: list[Happened] = [PROGRAMME, *joined, ev.SessionOpened(chatham=False)]
    happened += [ev.StatementSeeded("Norms need a keeper."), ev.StatementSeeded("Hospitals come first.")]
    for act in acts:
        happened += act if isinstance(act, list) else [act]
    return with_votes(recorded([*happened, ev.SessionClosed()]))


BEFORE, AFTER = "+" * 10 + "-" * 20, "+" * 22 + "-" * 8
NEXT = ev.SegmentStarted(1, ("room", "online", "other"))


def moved(session: Recorded) -> tuple[ev.MovedFigure, ...]:
    totals = session.state.totals
    assert totals is not None
    return totals.body.moved


@cache
def discussed() -> Recorded:
    return held(cast(FIRST, BEFORE), NEXT, cast(FIRST, AFTER))


def test_votes_that_were_changed_in_a_later_segment_are_counted() -> None:
    (figure,) = moved(discussed())
    assert figure == ev.MovedFigure(FIRST, figure.entry, voters=30, agree=10, came=12)
    entry = discussed().entries[figure.entry - 1]
    assert b"SegmentStarted" in entry.body


def test_a_statement_that_was_voted_on_again_has_its_moment_when_it_was_closed() -> None:
    second: list[ev.Event | list[Happened]] = [cast(FIRST, AFTER), NEXT, cast(FIRST, BEFORE), cast(FIRST, AFTER)]
    again = held(cast(FIRST, BEFORE), ev.StatementClosed(FIRST), ev.StatementOpened(FIRST), *second)
    (figure,) = moved(again)
    assert b"StatementClosed" in again.entries[figure.entry - 1].body
    assert (figure.agree, figure.came, figure.left) == (10, 12, 0)


def test_what_was_corrected_within_a_segment_is_no_change() -> None:
    (figure,) = moved(held(cast(FIRST, AFTER), cast(FIRST, BEFORE), NEXT, cast(FIRST, BEFORE)))
    assert (figure.agree, figure.came, figure.left) == (10, 0, 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("+" * 10 + "-" * 20, "+" * 13 + "-" * 17),  # three came
        ("+" * 10 + "-" * 20, "+" * 9 + "-" * 21),  # one left
        ("+" * 10 + "-" * 17 + "." * 3, "+" * 20 + "-" * 10),  # three voted later
        ("+" * 2 + "-" * 2 + "." * 26, "+" * 20 + "-" * 10),  # four had voted
        ("." * 30, "+" * 20 + "-" * 10),
    ],
)
def test_few_people_are_not_shown(before: str, after: str) -> None:
    assert moved(held(cast(FIRST, before), NEXT, cast(FIRST, after))) == ()


def test_a_session_of_one_segment_has_no_second_moment() -> None:
    assert moved(held(cast(FIRST, BEFORE), cast(FIRST, AFTER))) == ()


def test_people_whose_votes_are_left_out_do_not_count() -> None:
    struck = held(cast(FIRST, "+" * 11 + "-" * 19), NEXT, cast(FIRST, AFTER), ev.VotesStruck("abusive", "v0"))
    (figure,) = moved(struck)
    assert (figure.voters, figure.agree, figure.came) == (29, 10, 11)


def test_the_documents_show_it_and_the_log_alone_gives_them() -> None:
    files = record_of(source(discussed().entries))
    said = files["report.md"].decode()
    assert "Votes that were changed during the session" in said
    assert "33% (30) before, 73% (30) after" in said
    assert "Came to agree: 12. No longer agree: 0." in said
    assert "Only people who voted on a statement both times are counted." in said
    assert json.loads(files["report.json"])["moved"][0]["came"] == 12
    assert record_of(source(outside(discussed()).entries))["report.md"] == files["report.md"]


def test_it_is_verified_with_the_votes_and_within_its_limits_without_them() -> None:
    whole, public = discussed(), outside(discussed())
    assert verify_entries(whole.entries).ok
    assert verify_entries(public.entries).ok
    (figure,) = moved(whole)
    totals = whole.state.totals
    assert totals is not None
    seq = totals.body.upto + 1
    for wrong in (
        msgspec.structs.replace(figure, came=21),
        msgspec.structs.replace(figure, left=11),
        msgspec.structs.replace(figure, voters=31),
        msgspec.structs.replace(figure, statement=1),
        msgspec.structs.replace(figure, entry=seq),
        msgspec.structs.replace(figure, came=-1),
    ):
        body = msgspec.structs.replace(totals.body, moved=(wrong,))
        entries = replaced(whole, seq, body)
        assert not verify_entries(outside(Recorded(whole.state, entries)).entries).ok
        assert not verify_entries(entries).ok
    other = msgspec.structs.replace(totals.body, moved=(msgspec.structs.replace(figure, came=11),))
    assert not verify_entries(replaced(whole, seq, other)).ok
    earlier = msgspec.structs.replace(totals.body, moved=())
    assert verify_entries(replaced(whole, seq, earlier)).ok, "logs of earlier versions have none"


def test_an_erased_statement_has_no_words_in_it() -> None:
    later = then(discussed(), ev.TextErased(FIRST, sha256(b"rest").hexdigest(), "asked to"))
    assert "Norms need a keeper." not in record_of(source(later.entries))["report.md"].decode()
