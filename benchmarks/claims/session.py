"""An invented session about connecting schools, from which the labelled sentences of the checker are made.

The statements, questions, interventions and commitments come from lists; the votes follow from the number of the
statement. So nothing in it depends on chance."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from acquis import events as ev
from acquis.events import CommitmentMade, CommitmentProgressed, Figure, PeopleCount, SupportCount
from acquis.state import State

Votes = tuple[int, int, int]
"""The votes on a statement: agree, disagree, pass."""

T0 = 1_700_000_000_000
"""2023-11-14 22:13:20 UTC."""
GROUPS = ("Government", "Civil Society", "Private Sector", "Technical Community")
SIZES = (40, 60, 36, 50)
"""How many people of each group joined; 14 others gave no group."""
JOINED = sum(SIZES) + 14

SEATS = (
    ("Ada Okafor", "Ministry of Tides", "Government"),
    ("Bruno Silva", "Harbour Foundation", "Civil Society"),
    ("Chen Lihua", "Lighthouse Networks", "Private Sector"),
    ("Dunja Kos", "Coast University", "Technical Community"),
    ("Emil Strand", "Northern Telecom Authority", "Government"),
    ("Fatou Diallo", "Open Mesh Alliance", "Technical Community"),
    ("Grace Mbeki", "Schools Online Trust", "Civil Society"),
    ("Hugo Brandt", "Bluewater Satellites", "Private Sector"),
)

STATEMENTS = (
    "Every school should have a connection of its own by 2030",
    "Community networks need spectrum that is reserved for them",
    "Satellite operators should publish their prices in every country",
    "Teachers need paid time to learn new tools",
    "Public money should pay only for open standards",
    "Children should be asked before a filter is installed",
    "Ministries should report every year on unconnected villages",
    "Devices that are given to pupils must be repairable",
    "A levy on streaming services should finance rural masts",
    "Local languages deserve a fixed share of the learning material",
    "Exam data must never leave the country",
    "Libraries should stay open in the evening as access points",
    "Advertising has no place on school platforms",
    "Parents should see all records that a platform keeps",
    "Regulators should publish outages within one day",
    "Solar power should come before faster cables",
    "Universal service funds should be audited by outsiders",
    "Girls need separate hours in computer rooms",
    "Textbooks should be printed until all homes are connected",
    "The guidance of paragraph 13 of A/RES/70/237 should be taught in schools",
    "The recommendations of A/75/816 should be translated into local languages",
    "The principles in paragraph 20 of A/76/135 apply to school networks",
    "Small islands need an exemption from roaming fees",
    "Radio lessons should go on for at least ten years",
)

QUESTIONS = (
    "Who pays for the repair of broken antennas?",
    "How many villages are still without electricity?",
    "When will the price list of the operators be public?",
    "Can a teacher refuse to use a commercial platform?",
    "What happens to the data of pupils who leave school?",
    "Why are school buses not used as mobile hotspots?",
    "Is there a plan for the deaf and the blind?",
    "Which ministry decides about the filter lists?",
    "How is corruption in universal service funds prevented?",
    "Do island schools get a lower tariff?",
    "Who trains the trainers in remote districts?",
    "Should homework depend on a home connection?",
    "What did last year's pilot in the mountains cost?",
    "How long must a donated laptop last?",
    "Where can parents complain about advertising?",
    "Are mesh networks legal in the coastal provinces?",
)
FATES = ("answered_live", "not_reached", "answered_in_writing", "not_reached")

NOTES = (
    "Rural masts need licences that last ten years",
    "Girls leave the computer room first when seats are scarce",
    "Wholesale prices fell by half once they were published",
    "Mesh nodes survive storms better than single towers",
    "The levy would hit small broadcasters harder than large platforms",
    "Spectrum auctions shut cooperatives out",
    "Repair workshops keep three of four laptops alive",
    "Low orbits make latency a smaller problem than price",
)
"""What each speaker of the panel said, as the rapporteur noted it."""

LINES = (
    "We cannot ask a village to wait another decade for a cable that will never come",
    "Trust is built in the classroom and lost on the landing page",
    "A price that nobody can read is a price that nobody can question",
    "Our antennas were mended by grandmothers with a soldering iron and a manual",
    "No regulator has ever been thanked for an outage report but every regulator needs one",
    "Give the cooperatives five megahertz and they will give you a thousand schools",
    "The cheapest laptop is the one that you do not have to throw away",
    "Orbit is crowded but the sky above a poor school is still empty",
)
MORE = (
    "Let me begin with a story from the northern shore where the ferry brings the mail twice a week",
    "There are three numbers that I would like everybody in this hall to remember tonight",
    "I would like to thank the hosts and the interpreters who make this exchange possible",
)

COMMITMENTS = (
    ("Ministry of Tides", "publish a map of unconnected schools", "2024-03-31", "open"),
    ("Harbour Foundation", "train two hundred teachers in repair", "2024-06-30", "done"),
    ("Lighthouse Networks", "open its wholesale price list", "2024-02-15", "open"),
    ("Coast University", "host a summer school on mesh networks", "2024-08-20", "done"),
    ("Northern Telecom Authority", "reserve five megahertz for cooperatives", "2024-12-01", "open"),
    ("Schools Online Trust", "translate the handbook into six languages", "2024-09-10", "done"),
)


def votes(number: int) -> tuple[Votes, ...]:
    """How each group votes on a statement: agree, disagree, pass. By the number of the statement nearly all agree (0),
    nearly all oppose (1), all agree but for one group (2), everybody agrees (3), one is against (4), or two groups
    stand against the two others (5)."""
    kind, extra = number % 6, number // 6
    rows = []
    for place, size in enumerate(SIZES):
        voters = size - 3 * (place + 1) - extra
        passes = 0 if kind in (3, 4) else 2 + (number + place) % 3
        agree = {
            0: voters * (5 + (place + extra) % 3) // 8,
            1: voters * (1 + (place + extra) % 2) // 8,
            2: voters * (2 if place == extra % 4 else 6) // 9,
            3: voters,
            4: voters - (1 if place == extra % 4 else 0),
            5: voters * (7 if place < 2 else 2) // 10,
        }[kind]
        agree = min(agree, voters - passes)
        rows.append((agree, voters - passes - agree, passes))
    return tuple(rows)


class Case(msgspec.Struct, frozen=True):
    """A sentence with the entries it cites. `kind`: the planted error, or of the right sentences what they are about.
    `right`: whether the sentence is true."""

    text: str
    cites: tuple[int, ...]
    kind: str
    right: bool


class Made(msgspec.Struct, frozen=True):
    """The session and its entries: of the statements, questions, turns (one for each speaker), the spoken line of each
    speaker, and the commitments."""

    state: State
    statements: tuple[int, ...]
    questions: tuple[int, ...]
    turns: tuple[int, ...]
    lines: tuple[int, ...]
    commitments: tuple[int, ...]


class Log:
    """A log whose entries are made a second apart, from `t0` (ms since 1970)."""

    def __init__(self, t0: int) -> None:
        self.state, self.seq, self._t0 = State(), 0, t0

    def add(self, event: ev.Event, by: str = "p-host") -> int:
        """Append an event. Returns the number of its entry."""
        self.seq += 1
        self.state.apply(self.seq, self._t0 + self.seq * 1000, by, event)
        return self.seq


def figures_of(seq: int, rows: Sequence[Votes], groups: Sequence[str]) -> list[Figure]:
    """The figures of a statement: of everybody, then of each group, from the votes of each group."""
    whole = Figure(seq, *(sum(column) for column in zip(*rows, strict=True)))
    return [whole, *(Figure(seq, *row, group) for row, group in zip(rows, groups, strict=True))]


@functools.cache
def made() -> Made:
    """The session, closed and with its votes published."""
    log = Log(T0)
    seats = tuple(ev.Seat(name, body, stakeholder=group) for name, body, group in SEATS)
    log.add(
        ev.ProgrammePublished(
            "Connecting every school",
            (ev.Segment("Panel", "panel", 40), ev.Segment("Discussion", "questions", 50)),
            "2023-11-14T22:00:00+00:00",
            "2023-11-14T23:30:00+00:00",
            seats=seats,
            stakeholder_groups=GROUPS,
        )
    )
    log.add(ev.SessionOpened())
    statements = tuple(log.add(ev.StatementSeeded(f"{text}.")) for text in STATEMENTS)
    turns, lines = _panel(log)
    questions = _questions(log)
    log.add(ev.SessionClosed())
    log.add(_totals(statements, questions))
    commitments = _commitments(log)
    return Made(log.state, statements, questions, turns, lines, commitments)


def _panel(log: Log) -> tuple[tuple[int, ...], tuple[int, ...]]:
    turns, lines = [], []
    for seat, (note, line) in enumerate(zip(NOTES, LINES, strict=True), 1):
        turn = log.add(ev.SpeakerGivenFloor(seat))
        log.add(ev.SpeechCaptioned(f"{MORE[seat % 3]}.", seat=seat, turn=turn))
        lines.append(log.add(ev.SpeechCaptioned(f"{line}.", seat=seat, turn=turn)))
        log.add(ev.TurnEnded(turn))
        log.add(ev.TurnNoted(turn, f"{note}."))
        turns.append(turn)
    return tuple(turns), tuple(lines)


def _questions(log: Log) -> tuple[int, ...]:
    asked = []
    for number, text in enumerate(QUESTIONS):
        # Nobody of the private sector asks.
        group = GROUPS[(0, 1, 3)[number % 3]]
        question = log.add(ev.QuestionAsked(text, stakeholder=group, lane="room"), by=f"p-{number}")
        log.add(ev.QuestionApproved(question))
        fate = FATES[number % 4]
        if fate == "answered_live":
            log.add(ev.QuestionPut(question))
            log.add(ev.QuestionAnswered(question))
        elif fate == "answered_in_writing":
            log.add(ev.AnswerWritten(question, "The answer is in the annex."))
        asked.append(question)
    return tuple(asked)


def _totals(statements: tuple[int, ...], questions: tuple[int, ...]) -> ev.TotalsPublished:
    # People without a group did not vote here.
    figures = [figure for number, seq in enumerate(statements) for figure in figures_of(seq, votes(number), GROUPS)]
    people = [PeopleCount(people=JOINED, voters=sum(SIZES), votes=sum(f.agree + f.disagree for f in figures))]
    people += [PeopleCount("stakeholder", group, size) for group, size in zip(GROUPS, SIZES, strict=True)]
    supporters = tuple(SupportCount(seq, 12 + 7 * number) for number, seq in enumerate(questions))
    return ev.TotalsPublished(upto=0, figures=tuple(figures), people=tuple(people), supporters=supporters)


def _commitments(log: Log) -> tuple[int, ...]:
    listed = []
    for who, what, due, status in COMMITMENTS:
        commitment = log.add(CommitmentMade(what, who, due=due))
        if status == "done":
            log.add(CommitmentProgressed(commitment, "done", "It is done."))
        listed.append(commitment)
    return tuple(listed)
