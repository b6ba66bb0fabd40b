"""What leaves a session under the Chatham House Rule: random sessions in which everybody names everybody. Nobody is
named, no group is small, and all of it can still be verified."""

from __future__ import annotations

import hashlib
import random
import unicodedata
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.documents.view import report_view
from acquis.publication.chatham import MASK, names_of
from acquis.publication.public import public_entries
from acquis.publication.verify import verify_entries
from acquis.record import Entry
from acquis.state import Hand, Question, State
from acquis.statistics.heard import account
from acquis.statistics.summary import figures, publishable_groups
from acquis.statistics.suppression import SMALLEST

from .story import Happened, Recorded, of, published, recorded, then

GROUPS = ("Government", "Civil Society", "Private Sector", "")
SEATS = (
    ev.Seat("Zoë Brândstätter", "Ministerium Kragenfels", stakeholder="Government", region="African Group"),
    ev.Seat("مريم الحدادي", "معهد الشبكات", stakeholder="Civil Society"),
    ev.Seat("欧阳晓彤", "开源实验室", stakeholder="Private Sector"),
)
GUEST = "Nkechi Adebayor-Lund"
HEARD_ONLY = "Tancredi Bellomunno"
SECRETS = ("Brândstätter", "Kragenfels", "مريم", "الحدادي", "معهد الشبكات", "欧阳晓彤", "晓彤", "开源实验室", "Nkechi",
           "Adebayor", "Lund", "Tancredi", "Bellomunno")  # fmt: skip
SAID = (
    "As Zoë Brândstätter said, norms matter.",
    "thank you brandstatter",
    "شكرا لمريم من معهد الشبكات",
    "我同意欧阳女士和晓彤的意见",
    "The Kragenfels ministry and NKECHI write to n@lund.example",
    "Bellomunno is right",
    "Norms need a keeper.",
)


def programme(chatham: bool = True) -> ev.ProgrammePublished:
    return ev.ProgrammePublished(
        "An hour with Zoë Brândstätter",
        (ev.Segment("Panel of Kragenfels", "panel", 15), ev.Segment("Questions", "questions", 30)),
        seats=SEATS,
        settings=ev.Settings(chatham=chatham, ask_gender=True),
        stakeholder_groups=GROUPS[:3],
        regional_groups=("African Group",),
        document={"title": "x", "goals": ["Ask Brândstätter"], "description": "With Nkechi", "speakers": [
            {"name": one.name, "organization": one.organization} for one in SEATS
        ]},
    )  # fmt: skip


def happened(seed: int, chatham: bool = True) -> list[Happened]:
    """A random session up to its end."""
    r = random.Random(seed)
    done: list[Happened] = [programme(chatham), ev.SessionOpened(), ev.SegmentStarted(1, ("room", "online"))]
    ids = range(r.choice((4, 12, 30)))
    lanes: list[ev.Lane] = ["room", "room", "online", ""]
    lane = {n: r.choice(lanes) for n in ids}
    groups = r.choices(GROUPS, k=r.choice((1, 2, 4)))

    def says(n: int) -> tuple[str, ev.Event]:
        return f"v-{n}", ev.ParticipantJoined(
            lane=lane[n], stakeholder=r.choice(groups), region="African Group", gender="woman"
        )

    done += [says(n) for n in ids]
    done.append(ev.SpeechCaptioned("Good morning.", HEARD_ONLY))
    statements = []
    for _ in range(r.randint(3, 25)):
        n, text = r.choice(ids), r.choice(SAID)
        group = r.choice(groups)
        more: list[Happened] = [
            (
                f"p-{n}",
                ev.HandRaised(
                    "turn", lane=lane[n], stakeholder=group, region="African Group", about=text, gender="woman"
                ),
            ),
            (
                f"p-{n}",
                ev.QuestionAsked(text, r.randint(0, 3), lane=lane[n], stakeholder=group, region="African Group"),
            ),
            ev.StatementSeeded(text),
            ev.SpeechCaptioned(text, r.choice((SEATS[0].name, HEARD_ONLY, "MODERATOR", "")), r.randint(0, 3)),
            ev.SpeakerGivenFloor(r.randint(1, 3)),
            ev.TranscriptImported("igf", "00", 1, "12 Brândstätter ?"),
            ev.SummaryConfirmed((text,), (SAID[0],)),
            says(n),
        ]
        thing = r.choice(more)
        done.append(thing)
        event = thing[1] if isinstance(thing, tuple) else thing
        if isinstance(event, ev.StatementSeeded):
            statements.append(len(done))
        if isinstance(event, ev.QuestionAsked) and r.random() < 0.7:
            done.append(ev.QuestionApproved(len(done)))
            done.append(ev.AnswerWritten(len(done) - 1, r.choice(SAID)))
        if isinstance(event, ev.HandRaised):
            done.append(ev.FloorGiven(len(done)))
            done.append(ev.TurnNoted(len(done), r.choice(SAID)))
            done.append(ev.TurnEnded(len(done) - 1))
    done += [
        (f"v-{n}", ev.VoteCast(s, r.choice(("agree", "disagree", "pass"))))
        for s in statements
        for n in ids
        if r.random() < 0.8
    ]
    return [*done, ev.SessionClosed()]


def ended(seed: int) -> Recorded:
    """The session with its report, a commitment, and now and then an erasure."""
    found = recorded(happened(seed))
    found = published(found, ev.Sentence("A keeper is wanted."))
    found = then(found, ev.CommitmentMade("Kragenfels pays", "Hosted by Nkechi"))
    asked = [seq for seq, one in found.state.questions.items() if one.text]
    return erased(found, asked[0]) if asked and seed % 3 == 0 else found


def erased(found: Recorded, seq: int) -> Recorded:
    left = ev.to_body(ev.redacted(ev.from_body(found.entries[seq - 1].body)))
    after = then(found, ev.TextErased(seq, hashlib.sha256(left).hexdigest(), "asked to"))
    entries = list(after.entries)
    entries[seq - 1] = msgspec.structs.replace(entries[seq - 1], body=left, salt=None)
    return of(entries)


def outside(found: Recorded) -> Recorded:
    """The session as everybody may have it."""
    return of(list(public_entries(found.entries, found.state, (GUEST,))))


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()


def secrets_in(thing: Any) -> set[str]:
    text = plain(msgspec.json.encode(thing).decode())
    return {secret for secret in SECRETS if plain(secret) in text}


SESSIONS = st.integers(0, 10**6)


@given(SESSIONS)
@settings(max_examples=times(60))
def test_the_public_log_names_nobody_and_verifies(seed: int) -> None:
    found = ended(seed)
    public = outside(found)
    assert secrets_in([ev.from_body(entry.body) for entry in public.entries]) == set()
    verified = verify_entries(public.entries)
    assert verified.ok, verified.reason
    assert verified.reports == 1
    assert [entry.link for entry in public.entries] == [entry.link for entry in found.entries]


@given(SESSIONS)
@settings(max_examples=times(60))
def test_figures_are_those_that_the_public_log_gives(seed: int) -> None:
    found = ended(seed)
    public = outside(found)
    assert figures(public.state) == figures(found.state) == found.state.reports[0].body.figures


@given(SESSIONS)
@settings(max_examples=times(60))
def test_no_group_in_the_public_log_is_small_nor_what_is_left_of_it(seed: int) -> None:
    state = outside(ended(seed)).state
    for lane in ("room", "online", ""):
        sizes = Counter(voice.attributes.stakeholder for voice in state.voices if voice.attributes.lane == lane)
        assert all(size >= SMALLEST for group, size in sizes.items() if group)
        if len(sizes) > 1:
            assert sizes[""] == 0 or sizes[""] >= SMALLEST
    assert not any(voice.attributes.region or voice.attributes.gender for voice in state.voices)
    acts: list[Hand | Question] = [*state.hands.values(), *state.questions.values()]
    for one in acts:
        assert not one.attributes.stakeholder or (
            one.attributes.lane,
            one.attributes.stakeholder,
        ) in publishable_groups(state)
        assert not one.attributes.region
        assert not one.attributes.gender
    assert all(row.people >= SMALLEST for each in account(state, state.at).dimensions for row in each.groups)


@given(SESSIONS)
@settings(max_examples=times(30))
def test_what_is_made_of_the_public_log_names_nobody(seed: int) -> None:
    public = outside(ended(seed))
    view = report_view(public.state, public.head)
    assert secrets_in(view) == set()
    assert not any(view.people.values())
    assert view.chatham


def test_the_scan_finds_names_in_the_same_session_without_the_rule() -> None:
    found = published(recorded(happened(7, chatham=False)), ev.Sentence("A keeper is wanted."))
    assert len(secrets_in([ev.from_body(e.body) for e in outside(found).entries])) > 8


def test_while_a_session_runs_no_group_is_told() -> None:
    """From two looks at a growing log one could tell who is in the group that left it."""
    found = recorded([*happened(11)[:-1]])
    assert found.state.voices
    assert not any(voice.attributes.stakeholder for voice in outside(found).state.voices)


def test_a_group_that_somebody_left_is_not_told_either() -> None:
    joins: list[Happened] = [
        (f"v-{n}", ev.ParticipantJoined(lane="room", stakeholder="Civil Society")) for n in range(8)
    ]
    moved: list[Happened] = [
        ("v-0", ev.ParticipantJoined(lane="room", stakeholder="Private Sector")),
        ("v-0", ev.ParticipantJoined(lane="room", stakeholder="Civil Society")),
    ]
    found = recorded([programme(), ev.SessionOpened(), *joins, *moved, ev.SessionClosed()])
    bodies = b"".join(entry.body for entry in outside(found).entries[1:])
    assert b"Private Sector" not in bodies
    assert b"Civil Society" in bodies


def test_what_is_left_of_a_text_can_be_read() -> None:
    found = recorded(
        [programme(), ev.SessionOpened(), ev.StatementSeeded(SAID[0]), ev.SpeechCaptioned(SAID[3], GUEST, 1)]
    )
    state = outside(found).state
    assert state.statements[3].text == f"As {MASK} said, norms matter."
    line = state.speech[4]
    assert (line.text, line.speaker, line.seat) == (f"我同意{MASK}和{MASK}的意见", "", 0)
    assert state.programme.title == f"An hour with {MASK}"
    assert state.programme.segments[0].title == f"Panel of {MASK}"
    assert "description" not in state.programme.document
    assert state.programme.seats == (ev.Seat(""),)


def test_a_programme_published_before_the_rule_was_set_is_blanked_too() -> None:
    found = recorded([programme(chatham=False), programme(), ev.SessionOpened()])
    public = outside(found)
    assert secrets_in([ev.from_body(entry.body) for entry in public.entries]) == set()
    assert verify_entries(public.entries).ok


def test_the_stand_ins_of_a_rehearsal_are_nobody() -> None:
    seat = ev.Seat("Panellist 1 (simulated)", "", stakeholder="Government")
    found = recorded([msgspec.structs.replace(programme(), seats=(seat,), rehearsal=True, document={})])
    assert not names_of(found.state).held_by("Panellist 1 spoke, simulated.")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (ev.VoteCast, {"choice": "pass"}),
        (ev.FloorGiven, {"override": "other"}),
        (ev.StatementSeeded, {"text": "Words put into a mouth"}),
        (ev.TurnNoted, {"text": "Words put into a mouth"}),
        (ev.AnswerWritten, {"text": "By Zoë Brândstätter", "question": 1}),
    ],
)
def test_an_entry_cannot_be_changed_under_cover_of_the_rule(kind: type[ev.Event], fields: dict[str, Any]) -> None:
    entries = outside(found_with(kind)).entries
    at = next(n for n, one in enumerate(entries) if type(ev.from_body(one.body)) is kind and one.salt is not None)
    forged = msgspec.structs.replace(ev.from_body(entries[at].body), **fields)
    without = msgspec.structs.replace(entries[at], body=ev.to_body(forged), salt=None)
    verified = verify_entries([*entries[:at], without, *entries[at + 1 :]])
    assert not verified.ok
    kept: list[Entry] = [*entries[:at], msgspec.structs.replace(without, salt=entries[at].salt), *entries[at + 1 :]]
    assert not verify_entries(kept).ok


def found_with(kind: type[ev.Event]) -> Recorded:
    """A session with an entry of this kind that leaves as it is."""
    return next(
        found
        for found in map(ended, range(60))
        if any(type(ev.from_body(one.body)) is kind and one.salt is not None for one in outside(found).entries)
    )


def test_a_withheld_question_cannot_be_given_words() -> None:
    found = recorded([programme(), ev.SessionOpened(), ("p", ev.QuestionAsked("Anybody?")), ev.SessionClosed()])
    entries = outside(found).entries
    assert verify_entries(entries).ok
    worded = msgspec.structs.replace(entries[2], body=ev.to_body(ev.QuestionAsked("Words put into a mouth")))
    assert not verify_entries([*entries[:2], worded, entries[3]]).ok


def test_a_session_without_the_rule_leaves_as_it_is() -> None:
    state = recorded(happened(3, chatham=False)).state
    assert isinstance(state, State)
    assert not state.settings.chatham
    found = recorded(happened(3, chatham=False))
    assert [entry.body for entry in outside(found).entries if entry.salt] == [
        entry.body for entry in found.entries if entry.seq not in {e.seq for e in outside(found).entries if not e.salt}
    ]
