"""What the commands of registration do, case by case."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.registration import EnterSpeaker, PublishSpeakersList, RegisterSpeaker, WithdrawRegistration

from .scenarios import Cases, no
from .story import ANN, BEN, EVE, GROUPS, REGIONS, Happened, joined

case = Cases()

LISTED = ev.ProgrammePublished(
    "A dialogue",
    segments=(
        ev.Segment("Statements", "other", 9, turn_limit_s=180, fair=False, open_floor=False, registered=True),
        ev.Segment("Questions", "questions", 30),
        ev.Segment("States", "other", 9, stakeholders=("Government",), registered=True),
    ),
    stakeholder_groups=GROUPS,
    regional_groups=REGIONS,
)
BEFORE: tuple[Happened, ...] = (LISTED, joined(ANN), joined(EVE))
DONE: tuple[Happened, ...] = (
    *BEFORE,
    (ANN.person, ev.SpeakerRegistered(segment=0, person=ANN.person, lane="room")),
)
OPENED: tuple[Happened, ...] = (*DONE, ev.SessionOpened())

case(
    BEFORE,
    RegisterSpeaker(0),
    ev.SpeakerRegistered(segment=0, person=ANN.person, lane="room"),
    ANN,
)
case(BEFORE, RegisterSpeaker(0), no("not_joined"), BEN)
case(BEFORE, RegisterSpeaker(1), no("no_registration"), ANN)
case(BEFORE, RegisterSpeaker(2), no("not_in_this_segment", groups=["Government"]), ANN)
case(BEFORE, RegisterSpeaker(9), no("no_such_segment", segment=9), ANN)
case(DONE, RegisterSpeaker(0), no("registered_already"), ANN)
case(OPENED, RegisterSpeaker(0), no("already_open"), EVE)

GUEST = ev.SpeakerRegistered(segment=2, person="p-guest", stakeholder="Government")
case(BEFORE, EnterSpeaker(segment=2, name="Guest", person="p-guest", stakeholder="Government"), GUEST)
case(BEFORE, EnterSpeaker(segment=0, name=" ", person="p-guest"), no("text_empty"))
case(BEFORE, EnterSpeaker(segment=0, name="x" * 81, person="p-guest"), no("text_too_long", limit=80, length=81))
case(BEFORE, EnterSpeaker(segment=0, name="Guest", person=""), no("bad_person"))
case(BEFORE, EnterSpeaker(segment=1, name="Guest", person="p-guest"), no("no_registration"))
case(BEFORE, EnterSpeaker(segment=2, name="Guest", person="p-guest"), no("not_in_this_segment", groups=["Government"]))
case(
    (*BEFORE, GUEST),
    EnterSpeaker(segment=2, name="G", person="p-guest", stakeholder="Government"),
    no("registered_already"),
)
case(
    BEFORE,
    EnterSpeaker(segment=0, name="Guest", person="p-guest", stakeholder="Mars"),
    no("no_such_group", group="Mars", groups=list(GROUPS)),
)
case(BEFORE, EnterSpeaker(segment=9, name="Guest", person="p-guest"), no("no_such_segment", segment=9))
case(OPENED, EnterSpeaker(segment=0, name="Guest", person="p-guest"), no("already_open"))

case(DONE, WithdrawRegistration(4), ev.RegistrationWithdrawn(4), ANN)
case(DONE, WithdrawRegistration(4), ev.RegistrationWithdrawn(4))
case((*DONE, ev.RegistrationWithdrawn(4)), WithdrawRegistration(4), None, ANN)
case(DONE, WithdrawRegistration(4), no("not_yours"), EVE)
case(DONE, WithdrawRegistration(9), no("no_such_hand", hand=9), ANN)
case(OPENED, WithdrawRegistration(4), no("already_open"), ANN)

case(DONE, PublishSpeakersList(0), ev.SpeakersListPublished(0, (4,)))
case((*DONE, ev.SpeakersListPublished(0, (4,))), PublishSpeakersList(0), None)
case(DONE, PublishSpeakersList(1), no("no_registration"))
case(BEFORE, PublishSpeakersList(0), no("nobody_registered"))
case(BEFORE, PublishSpeakersList(9), no("no_such_segment", segment=9))
case(OPENED, PublishSpeakersList(0), no("already_open"))
