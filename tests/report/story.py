"""A small invented session, told as a log: what the tests of the report are written with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from acquis import events as ev
from acquis.command import RAPPORTEUR, THE_SERVER, Actor
from acquis.documents.source import LoadedLog, PublicEntries
from acquis.publication.masking import masked_forms
from acquis.publication.public import public_entries, public_state
from acquis.publication.totals import publication
from acquis.record import Entry
from acquis.record.chain import GENESIS, is_apart, kept, link, parts, stored
from acquis.record.lines import to_lines
from acquis.report.publishing import PublishReport
from acquis.state import State, fold

T0 = 1_700_000_000_000
"""2023-11-14 22:13:20 UTC; every entry comes ten seconds after the one before."""
STEP = 10_000
WRITER = Actor("p-writer", "", frozenset({RAPPORTEUR}))

WAITING = "Was this ever let through?"
HELD_BACK = "Here is the telephone number of somebody."
PROPOSED = "A claim that nobody opened."

Happened = ev.Event | tuple[str, ev.Event]


class Recorded(NamedTuple):
    """A session: its state, its log and the link of its newest entry."""

    state: State
    entries: list[Entry]

    @property
    def head(self) -> str:
        return self.entries[-1].link.hex()


def entry(at: int, by: str, event: ev.Event, salt: bytes, key: str = "k", hides_author: bool = False) -> Entry:
    """An entry that is not yet in a chain."""
    body, cuts = ev.to_parts(event, hides_author)
    return Entry(0, at, by, key, body, parts=parts(body, cuts, at, by, salt), link=b"")


def chained(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with their numbers and links made anew, as a forger of a whole log would do."""
    before, found = GENESIS, []
    for seq, one in enumerate(entries, 1):
        before = link(before, seq, b"".join(part.commitment for part in one.parts))
        found.append(msgspec.structs.replace(one, seq=seq, link=before))
    return found


def replaced(found: Recorded, seq: int, event: ev.Event) -> list[Entry]:
    """The log with another event in place of one, every commitment and link made anew."""
    entries = list(found.entries)
    former = entries[seq - 1]
    entries[seq - 1] = entry(former.at, former.by, event, b"another salt is.", hides_author=is_apart(former))
    return chained(entries)


def after(entries: list[Entry], *happened: Happened) -> list[Entry]:
    """The log after more has happened, each by nobody of note or by the id it comes with."""
    more: list[Entry] = []
    ruled = any(map(is_apart, entries))
    for number, thing in enumerate(happened, len(entries)):
        by, event = thing if isinstance(thing, tuple) else ("p-host", thing)
        salt = sha256(str(number).encode()).digest()[:16]
        ruled = ruled or (isinstance(event, ev.ProgrammePublished) and event.settings.chatham)
        at = max(T0 + STEP * number, entries[-1].at if entries else 0)
        more.append(entry(at, by, event, salt, f"k{number}", ruled))
    return chained([*entries, *more])


def of(entries: list[Entry]) -> Recorded:
    """The session of a log."""
    return Recorded(fold((e.seq, e.at, e.by, e.body) for e in entries), entries)


def masked(found: Recorded, people: Iterable[str] = ()) -> Recorded:
    """The session after the server published the masked forms that are due."""
    return then(found, *masks_due(found, people))


def masks_due(found: Recorded, people: Iterable[str] = ()) -> list[ev.Event]:
    """The masked forms that the server has not published yet."""
    if not found.state.settings.chatham:
        return []
    form, published = masked_forms(found.state, people), found.state.measures.masked
    shown = {entry.seq: form(entry) for entry in found.entries}
    return [ev.TextMasked(seq, mask) for seq, mask in shown.items() if mask != getattr(published.get(seq), "shown", "")]


def outside(found: Recorded, people: Iterable[str] = ()) -> Recorded:
    """The session as everybody may have it."""
    entries = list(public_entries(found.entries, found.state, people))
    return Recorded(public_state(entries), entries)


def unchanged(entries: Iterable[Entry] = ()) -> PublicEntries:
    """The entries of a log as they are, with all that is not public."""
    return PublicEntries(LoadedLog(entries), lambda entry: entry)


def lines(found: Recorded) -> bytes:
    """The log as it is exported."""
    return to_lines(found.entries)


def erased(found: Recorded, seq: int) -> Recorded:
    """The session after the texts of an entry, and their masked forms, were erased on request."""
    masks = found.state.measures.masked.get(seq)
    later = then(found, ev.TextErased(seq, sha256(b"rest").hexdigest(), "asked to"))
    entries = list(later.entries)
    for number in (seq, *(masks.entries if masks else ())):
        former = entries[number - 1]
        left = kept(former, ev.from_body(former.body).texts)
        assert left is not None
        entries[number - 1] = stored((number, former.at, former.by, former.key, *left, former.link), 2)
    return of(entries)


def recorded(happened: Sequence[Happened]) -> Recorded:
    """The session in which this happened."""
    return of(after([], *happened))


def then(so_far: Recorded, *happened: Happened) -> Recorded:
    """The session after more has happened."""
    return of(after(so_far.entries, *happened))


PROGRAMME = ev.ProgrammePublished(
    "Names & numbers <of> cyberspace",
    (ev.Segment("Panel", "panel", 15, open_floor=False), ev.Segment("Questions", "questions", 30)),
    "2023-11-14T22:00:00+00:00",
    "2023-11-14T22:45:00+00:00",
    room="Room 6",
    seats=(ev.Seat("Ada Example", "Example Ministry", stakeholder="Government", region="Africa"), ev.Seat("Bo Sample")),
    stakeholder_groups=("Civil Society", "Government"),
    document={
        "title": "Names & numbers <of> cyberspace",
        "number": "7",
        "gathering": "A forum",
        "organizers": [{"name": "Cy Invented", "organization": "Nowhere Institute"}],
        "rapporteurs": [{"name": "Di Invented", "stakeholder_group": "Civil Society"}],
    },
)
AGREED, CONTESTED = 14, 15
"""Entries of the two statements that are voted on."""
ASKED, SUPPORTED = 17, 18
"""Entries of a question that waits for ever, and of the one that is answered."""


def voices() -> list[Happened]:
    """Twelve voices, numbered from 0: seven in the room, the first five of them of governments; five online. All but
    those five are of civil society."""
    groups = ["Government"] * 5 + ["Civil Society"] * 7
    lanes: list[ev.Lane] = ["room"] * 7 + ["online"] * 5  # type: ignore[assignment]  # mypy widens the product
    return [
        (f"v{n}", ev.ParticipantJoined(lane=lane, stakeholder=group, ballot=sha256(f"{n}".encode()).hexdigest()[:32]))
        for n, (lane, group) in enumerate(zip(lanes, groups))
    ]


def votes(statement: int, choices: str) -> list[Happened]:
    """One vote of each voice from the first on: + agree, - disagree, 0 pass."""
    named: dict[str, ev.Choice] = {"+": "agree", "-": "disagree", "0": "pass"}
    return [(f"v{n}", ev.VoteCast(statement, named[choice])) for n, choice in enumerate(choices)]


def session() -> Recorded:
    """The whole session, closed, its votes published, and without a report."""
    return with_votes(recorded(happened()))


def happened() -> list[Happened]:
    """What happened up to the close."""
    return [
        PROGRAMME,  # 1
        *voices(),  # 2 to 13
        ev.StatementSeeded("=Norms need a body that follows up."),  # 14
        ev.StatementSeeded("One process is\n# enough [really](x)."),  # 15
        ev.SessionOpened(chatham=False),  # 16
        ("p-a", ev.QuestionAsked(WAITING, 1, lane="room", stakeholder="Government")),  # 17
        ("", ev.QuestionAsked("Who follows up?", 2)),  # 18, without a name
        ("p-b", ev.QuestionAsked(HELD_BACK, 0, lane="online")),  # 19
        ev.QuestionApproved(18),  # 20
        ev.QuestionHeldBack(19, "personal_data"),  # 21
        *[(f"v{n}", ev.QuestionSupported(18)) for n in range(9)],  # 22 to 30: seven of the room, two online
        ev.SegmentStarted(1, ("room", "online", "other")),  # 31
        ("p-c", ev.HandRaised("turn", lane="room", stakeholder="Government", about="money")),  # 32
        ("p-d", ev.HandRaised("turn", lane="online", stakeholder="Civil Society")),  # 33
        ev.FloorGiven(32),  # 34, after 20 s
        ev.FloorGiven(33, "accessibility"),  # 35, after 20 s; the turn before took 10 s
        ev.TurnNoted(35, "Asked for *funds* for small states."),  # 36
        ev.SpeakerGivenFloor(2, 18),  # 37; the turn before took 20 s
        ev.QuestionAnswered(18),  # 38
        *votes(AGREED, "+++++" + "+++++" + "--"),  # 39 to 50
        *votes(CONTESTED, "-----" + "00" + "++"),  # 51 to 59
        ("p-e", ev.StatementProposed(PROPOSED)),  # 60
        ev.SessionClosed(),  # 61; then the ballots and the totals, 62 and 63
    ]


def with_votes(so_far: Recorded) -> Recorded:
    """The session after the server published what is to be published of the votes."""
    for command in publication(so_far.state):
        event = command.decide(so_far.state, THE_SERVER, so_far.state.at)
        assert event is not None
        so_far = then(so_far, ("", event))
    return so_far


def earlier() -> Recorded:
    """The session as an earlier version recorded it, in which voices had no ballots: everything is counted from the
    votes."""
    as_it_was: list[Happened] = []
    for thing in happened():
        event = thing[1] if isinstance(thing, tuple) else thing
        if isinstance(event, ev.ParticipantJoined) and isinstance(thing, tuple):
            as_it_was.append((thing[0], msgspec.structs.replace(event, ballot="")))
        else:
            as_it_was.append(thing)
    return recorded(as_it_was)


def published(so_far: Recorded, *sentences: ev.Sentence, correction: str = "") -> Recorded:
    """The session with a report of these takeaways, as the command decides it, after the votes."""
    so_far = with_votes(so_far)
    event = PublishReport(takeaways=sentences, correction=correction).decide(so_far.state, WRITER, so_far.state.at)
    assert event is not None
    return then(so_far, ("p-writer", event))
