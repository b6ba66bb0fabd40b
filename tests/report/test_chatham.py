"""What leaves a session under the Chatham House Rule: random sessions in which everybody names everybody. Nobody is
named, no group is small, and all of it can still be verified."""

from __future__ import annotations

import random
import unicodedata
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.documents.view import report_view
from acquis.publication.chatham import MASK, names_of
from acquis.publication.verify import verify_entries
from acquis.state import Hand, Question, State
from acquis.statistics.heard import account
from acquis.statistics.summary import figures, publishable_groups
from acquis.statistics.suppression import SMALLEST

from . import story
from .story import Happened, Recorded, erased, masked, masks_due, published, recorded, then

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
            lane=lane[n],
            stakeholder=r.choice(groups),
            region="African Group",
            gender="woman",
            ballot=f"{seed:016x}{n:016x}",
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
    found = masked(then(found, ev.CommitmentMade("Kragenfels pays", "Hosted by Nkechi")), (GUEST,))
    asked = [seq for seq, one in found.state.questions.items() if one.text]
    return erased(found, asked[0]) if asked and seed % 3 == 0 else found


def outside(found: Recorded) -> Recorded:
    """The session as everybody may have it."""
    return story.outside(found, (GUEST,))


def bodies(found: Recorded) -> list[ev.Event]:
    """The events of a public log that are not sealed."""
    return [ev.from_body(entry.body) for entry in found.entries if not entry.is_sealed]


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
    assert secrets_in(bodies(public)) == set()
    verified = verify_entries(public.entries)
    assert verified.complete, verified.reason
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
def test_no_group_in_the_public_log_is_small(seed: int) -> None:
    found = ended(seed)
    public = outside(found)
    state = public.state
    assert not state.voices
    known = publishable_groups(found.state)
    acts: list[Hand | Question] = [*state.hands.values(), *state.questions.values()]
    for one in acts:
        assert not one.attributes.stakeholder or (one.attributes.lane, one.attributes.stakeholder) in known
        assert not one.attributes.region
        assert not one.attributes.gender
    (totals,) = (event for event in bodies(public) if isinstance(event, ev.TotalsPublished))
    assert all(count.people >= SMALLEST for count in totals.people if count.attribute not in ("", "lane"))
    assert not {count.attribute for count in totals.people} & {"region", "gender"}
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
    assert len(secrets_in(bodies(outside(found)))) > 8


def test_while_a_session_runs_no_group_is_told() -> None:
    """From two looks at a growing log one could tell who is in the group that left it."""
    found = recorded([*happened(11)[:-1]])
    assert found.state.voices
    running = outside(masked(found, (GUEST,))).state
    assert not running.voices
    assert running.hands
    assert not any(hand.attributes.stakeholder for hand in running.hands.values())


def test_what_is_left_of_a_text_can_be_read() -> None:
    found = recorded(
        [programme(), ev.SessionOpened(), ev.StatementSeeded(SAID[0]), ev.SpeechCaptioned(SAID[3], GUEST, 1)]
    )
    assert outside(found).state.statements[3].text == "", "nothing stands in its place"
    state = outside(masked(found, (GUEST,))).state
    assert state.statements[3].text == f"As {MASK} said, norms matter."
    line = state.speech[4]
    assert (line.text, line.speaker, line.seat) == (f"我同意{MASK}和{MASK}的意见", "", 0)
    assert state.programme.title == f"An hour with {MASK}"
    assert state.programme.segments[0].title == f"Panel of {MASK}"
    assert "description" not in state.programme.document
    assert state.programme.seats == (ev.Seat(""),)


def test_a_programme_published_before_the_rule_was_set_is_blanked_too() -> None:
    found = recorded([programme(chatham=False), programme(), ev.SessionOpened()])
    public = outside(masked(found))
    assert secrets_in(bodies(public)) == set()
    assert verify_entries(public.entries).ok


def test_the_stand_ins_of_a_rehearsal_are_nobody() -> None:
    seat = ev.Seat("Panellist 1 (simulated)", "", stakeholder="Government")
    found = recorded([msgspec.structs.replace(programme(), seats=(seat,), rehearsal=True, document={})])
    assert not names_of(found.state).held_by("Panellist 1 spoke, simulated.")


def test_a_masked_form_is_erased_with_its_text() -> None:
    asked: Happened = ("p", ev.QuestionAsked(f"Is {GUEST} the keeper of the norms?"))
    found = recorded([programme(), ev.SessionOpened(), asked, ev.QuestionApproved(3), ev.SessionClosed()])
    found = masked(found, (GUEST,))
    assert b"keeper of the norms" in story.lines(outside(found))
    gone = outside(erased(found, 3))
    assert b"keeper of the norms" not in story.lines(gone)
    verified = verify_entries(gone.entries)
    assert verified.complete, verified.reason
    assert 3 in verified.omissions.erased


def test_a_withheld_question_cannot_be_given_words() -> None:
    found = recorded([programme(), ev.SessionOpened(), ("p", ev.QuestionAsked("Anybody?")), ev.SessionClosed()])
    assert verify_entries(outside(found).entries).ok
    assert "Anybody" not in msgspec.json.encode(bodies(outside(masked(found)))).decode()


def test_a_session_without_the_rule_leaves_as_it_is() -> None:
    found = recorded(happened(3, chatham=False))
    assert isinstance(found.state, State)
    assert not found.state.settings.chatham
    assert masks_due(found, (GUEST,)) == []
    for public, kept in zip(outside(found).entries, found.entries, strict=True):
        assert public.is_sealed or public.body.startswith(kept.body[:-1]) or public.lacks
