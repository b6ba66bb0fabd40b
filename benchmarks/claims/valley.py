"""Another invented session, about public transport without barriers in a valley, for the labelled set that was made
without knowledge of the rules of the checker (`independent.txt`). Unlike the first session it has ties, a group of six
people, names with particles and initials, interventions of several sentences, and every fate of a question."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from acquis import events as ev
from acquis.events import CommitmentMade, CommitmentProgressed, Figure, PeopleCount, SupportCount
from acquis.state import State
from benchmarks.claims.session import Case

T0 = 1_791_986_400_000
"""2026-10-14 14:00 UTC."""
GROUPS = ("Local Government", "Disability Organizations", "Operators", "Academia")
JOINED = (20, 31, 12, 6)
"""How many people of each group joined; five others gave no group."""

SEATS = (
    ("Marijke van der Velde", "Aller Transit Authority", "Local Government"),
    ("J. P. Okonkwo", "Blind Travellers' Union", "Disability Organizations"),
    ("Rosa de la Cruz", "Valley Rail Company", "Operators"),
    ("Ingrid Sørensen", "Institute for Inclusive Design", "Academia"),
    ("Ahmed al-Rashid", "City of Brennau", "Local Government"),
    ("Tomasz Wójcik", "Deaf Forum", "Disability Organizations"),
    ("Sunita Rao", "Greenline Buses", "Operators"),
    ("K. Lindqvist", "University of Aller", "Academia"),
)

STATEMENTS = (
    (
        "Every stop in the valley should announce departures aloud by 2028.",
        (14, 4, 2),
        (27, 1, 1),
        (6, 6, 0),
        (5, 0, 1),
    ),
    ("Operators should open their live departure data to everybody.", (6, 11, 2), (21, 6, 2), (1, 11, 0), (3, 3, 0)),
    ("Nobody should have to book assistance a day ahead.", (19, 0, 0), (29, 0, 0), (12, 0, 0), (6, 0, 0)),
    ("Part of the fuel tax should pay for ramps and lifts.", (16, 3, 1), (24, 4, 1), (2, 10, 0), (1, 5, 0)),
    ("Facial recognition may replace paper tickets at the gates.", (5, 13, 2), (2, 26, 1), (7, 5, 0), (0, 6, 0)),
    ("Timetables should be printed in easy language.", (19, 1, 0), (29, 0, 1), (12, 0, 0), (6, 0, 0)),
)
"""Each statement with the votes of each group: agree, disagree, pass."""

NOTES = (
    "The authority has fitted loudspeakers at forty stops since March. Broken lifts are its most frequent complaint. "
    "It wants one number to call in the whole valley.",
    "Guide dogs are still refused on night buses. Tactile paving ends where the municipal boundary begins. "
    "Booking ahead is a permit to travel.",
    "New trains have level boarding at every door. Replacing the old fleet will take until 2034. "
    "Ticket machines with keyboards are on trial at three stations.",
    "Testing with users halves the number of later repairs. Paragraph 24 of CRPD/C/GC/2 asks for universal design from "
    "the start. Standards for signs differ between the five districts.",
    "The council put aside two million for kerbs. It follows paragraph 9 of A/RES/75/154. "
    "Snow clearing of ramps has no owner.",
    "Delays are announced only by sound. Video interpreters could serve every help point from one office.",
    "Small operators cannot afford two data formats. Drivers leave because of the rosters.",
    "Anxiety about transfers keeps people at home. Older riders prefer staff to apps, as A/74/186 found in "
    "paragraph 41.",
)
"""What each speaker said, as the rapporteur noted it."""

LINES = (
    "A lift that is out of order for a week is a week of house arrest.",
    "We do not want special buses; we want the same bus at the same time.",
    "Our drivers are trained for eleven minutes on ramps, and it shows.",
    "Colour contrast costs nothing if you think of it before you print.",
    "The city will not buy another vehicle that a wheelchair cannot enter.",
    "When the loudspeaker says run, nobody tells the deaf passenger which way.",
    "Open data without maintenance is a museum of old timetables.",
    "Four of ten journeys that we studied were given up before they began.",
)

QUESTIONS = (
    ("Who repairs a lift when the owner is bankrupt?", 1, "answered", 31),
    ("How many guide dogs were refused last year?", 1, "written", 9),
    ("Will the app work without a smartphone?", 3, "", 4),
    ("When do the night buses get ramps?", 1, "answered", 27),
    ("Is the fuel tax enough for forty lifts?", 0, "answered", 12),
    ("Why do the ferries have no audible signal?", 1, "", 18),
    ("Which stops are next on the list?", 0, "answered", 6),
    ("Who checks the training of the drivers?", 3, "written", 3),
    ("Can a child with a wheelchair use the school bus?", 1, "", 22),
    ("What does a tactile map cost?", 0, "answered", 5),
    ("Are the help points staffed at night?", 1, "put", 14),
    ("May scooters be parked on guiding lines?", 3, "withdrawn", 1),
    ("How are complaints passed to the operators?", 0, "answered", 8),
    ("Does the new law cover private coaches?", 1, "written", 11),
    ("Do night buses take wheelchairs?", 1, "merged", 2),
)
"""Each question with the number of the group that asked, what became of it, and its supporters. The last was merged
into the fourth."""

COMMITMENTS = (
    ("Aller Transit Authority", "publish the state of all lifts every hour", "2027-05-31", "open"),
    ("Valley Rail Company", "train all conductors in assistance", "2027-09-15", "done"),
)
DECISION = "The working group on signs is asked to propose one standard for the five districts by 1 March 2027."
CONCERN = "The money for ramps and lifts stays open."


class Valley(msgspec.Struct, frozen=True):
    """The session, and its entries by the short names of the labelled set: statements s0 to s5, turns t1 to t8, spoken
    lines l1 to l8, questions q0 to q14, commitments c0 and c1, and the confirmed summary d."""

    state: State
    entries: dict[str, int]


class _Log:
    def __init__(self) -> None:
        self.state, self.seq = State(), 0

    def add(self, event: ev.Event, by: str = "p-host") -> int:
        self.seq += 1
        self.state.apply(self.seq, T0 + self.seq * 1000, by, event)
        return self.seq


@functools.cache
def made() -> Valley:
    """The session, closed, with its votes published and its summary confirmed."""
    log, entries = _Log(), dict[str, int]()
    log.add(
        ev.ProgrammePublished(
            "Travel without barriers in the Aller valley",
            (ev.Segment("Panel", "panel", 60), ev.Segment("Discussion", "questions", 60)),
            "2026-10-14T14:00:00+00:00",
            "2026-10-14T16:00:00+00:00",
            seats=tuple(ev.Seat(name, body, stakeholder=group) for name, body, group in SEATS),
            stakeholder_groups=GROUPS,
        )
    )
    log.add(ev.SessionOpened())
    for number, (text, *_) in enumerate(STATEMENTS):
        entries[f"s{number}"] = log.add(ev.StatementSeeded(text))
    for seat, (note, line) in enumerate(zip(NOTES, LINES, strict=True), 1):
        turn = entries[f"t{seat}"] = log.add(ev.SpeakerGivenFloor(seat))
        entries[f"l{seat}"] = log.add(ev.SpeechCaptioned(line, seat=seat, turn=turn))
        log.add(ev.TurnEnded(turn))
        log.add(ev.TurnNoted(turn, note))
    for number in range(len(QUESTIONS)):
        _question(log, entries, number)
    entries["d"] = log.add(ev.SummaryConfirmed((DECISION,), (CONCERN,)))
    log.add(ev.SessionClosed())
    log.add(_totals(entries))
    for number, (who, what, due, status) in enumerate(COMMITMENTS):
        commitment = entries[f"c{number}"] = log.add(CommitmentMade(what, who, due=due))
        if status == "done":
            log.add(CommitmentProgressed(commitment, "done", "It is done."))
    return Valley(log.state, entries)


def _question(log: _Log, entries: dict[str, int], number: int) -> None:
    text, group, fate, _ = QUESTIONS[number]
    asker = f"p-{number}"
    question = entries[f"q{number}"] = log.add(ev.QuestionAsked(text, stakeholder=GROUPS[group], lane="room"), asker)
    log.add(ev.QuestionApproved(question))
    if fate in ("answered", "put"):
        log.add(ev.QuestionPut(question))
    if fate == "answered":
        log.add(ev.QuestionAnswered(question))
    elif fate == "written":
        log.add(ev.AnswerWritten(question, "See the note of the secretariat."))
    elif fate == "withdrawn":
        log.add(ev.QuestionWithdrawn(question), asker)
    elif fate == "merged":
        log.add(ev.QuestionMerged(question, entries["q3"]))


def _totals(entries: dict[str, int]) -> ev.TotalsPublished:
    figures = []
    for number, (_, *rows) in enumerate(STATEMENTS):
        seq = entries[f"s{number}"]
        figures.append(Figure(seq, *(sum(column) for column in zip(*rows, strict=True))))
        figures += [Figure(seq, *row, group) for row, group in zip(rows, GROUPS, strict=True)]
    votes = sum(figure.agree + figure.disagree for figure in figures if not figure.group)
    people = [PeopleCount(people=sum(JOINED) + 5, voters=68, votes=votes)]
    people += [PeopleCount("stakeholder", group, size) for group, size in zip(GROUPS, JOINED, strict=True)]
    supporters = [SupportCount(entries[f"q{number}"], row[3]) for number, row in enumerate(QUESTIONS)]
    return ev.TotalsPublished(upto=0, figures=tuple(figures), people=tuple(people), supporters=tuple(supporters))


@functools.cache
def cases() -> tuple[Case, ...]:
    """The labelled sentences of `independent.txt`: a heading "## kind right" or "## kind wrong", then a sentence on
    each line after the entries it cites ("-": none)."""
    listed, kind, right = [], "", False
    for line in Path(__file__).with_name("independent.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            _, kind, label = line.split()
            right = label == "right"
        elif line and not line.startswith("#"):
            names, text = line.split(" | ", 1)
            cites = tuple(made().entries[name] for name in names.split() if name != "-")
            listed.append(Case(text, cites, kind, right))
    return tuple(listed)
