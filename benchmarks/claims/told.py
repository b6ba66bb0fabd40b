"""A session told from plain data, for the labelled sets that are kept as text files."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import msgspec

from acquis import events as ev
from acquis.events import CommitmentMade, CommitmentProgressed, PeopleCount, SupportCount
from acquis.state import State
from benchmarks.claims.session import Case, Log, Votes, figures_of

NOTES_ON_PROGRESS = {
    "accepted": "The body agreed to do it.",
    "declined": "The body will not do it.",
    "in_progress": "Work has begun.",
    "done": "It is done.",
    "dropped": "It was given up.",
}
"""The note that comes with each status of a commitment; an open one has none."""


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in a session. `joined`: how many people of each group joined; `others`: how many gave no group.
    `statements`: each with the votes of each group: agree, disagree, pass. `notes` and `lines`: what each speaker said.
    `questions`: each with the number of the group that asked, what became of it, and its supporters; `merged_into`: the
    number of the question into which one was merged. `commitments`: who, what, until when, and the status. `voters`:
    how many of those who joined voted."""

    title: str
    t0: int
    starts: str
    ends: str
    groups: tuple[str, ...]
    joined: tuple[int, ...]
    others: int
    voters: int
    seats: tuple[tuple[str, str, str], ...]
    statements: tuple[tuple[str, tuple[Votes, ...]], ...]
    notes: tuple[str, ...]
    lines: tuple[str, ...]
    questions: tuple[tuple[str, int, str, int], ...]
    commitments: tuple[tuple[str, str, str, ev.CommitmentStatus], ...]
    decision: str
    concern: str
    merged_into: int = 0


class ToldSession(msgspec.Struct, frozen=True):
    """A session, closed, with its votes published and its summary confirmed; and its entries by the short names of the
    labelled set: statements s0, turns t1, spoken lines l1, questions q0, commitments c0, and the summary d."""

    state: State
    entries: dict[str, int]


def session_of(story: Story) -> ToldSession:
    """The session of a story."""
    log, entries = Log(story.t0), dict[str, int]()
    log.add(
        ev.ProgrammePublished(
            story.title,
            (ev.Segment("Panel", "panel", 60), ev.Segment("Discussion", "questions", 60)),
            story.starts,
            story.ends,
            seats=tuple(ev.Seat(name, body, stakeholder=group) for name, body, group in story.seats),
            stakeholder_groups=story.groups,
        )
    )
    log.add(ev.SessionOpened())
    for number, (text, _) in enumerate(story.statements):
        entries[f"s{number}"] = log.add(ev.StatementSeeded(text))
    for seat, (note, line) in enumerate(zip(story.notes, story.lines, strict=True), 1):
        turn = entries[f"t{seat}"] = log.add(ev.SpeakerGivenFloor(seat))
        entries[f"l{seat}"] = log.add(ev.SpeechCaptioned(line, seat=seat, turn=turn))
        log.add(ev.TurnEnded(turn))
        log.add(ev.TurnNoted(turn, note))
    for number in range(len(story.questions)):
        _question(story, log, entries, number)
    entries["d"] = log.add(ev.SummaryConfirmed((story.decision,), (story.concern,)))
    log.add(ev.SessionClosed())
    log.add(_totals(story, entries))
    for number, (who, what, due, status) in enumerate(story.commitments):
        commitment = entries[f"c{number}"] = log.add(CommitmentMade(what, who, due=due))
        if status != "open":
            log.add(CommitmentProgressed(commitment, status, NOTES_ON_PROGRESS[status]))
    return ToldSession(log.state, entries)


def _question(story: Story, log: Log, entries: dict[str, int], number: int) -> None:
    text, group, fate, _ = story.questions[number]
    asker = f"p-{number}"
    asked = ev.QuestionAsked(text, stakeholder=story.groups[group], lane="room")
    question = entries[f"q{number}"] = log.add(asked, asker)
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
        log.add(ev.QuestionMerged(question, entries[f"q{story.merged_into}"]))


def _totals(story: Story, entries: dict[str, int]) -> ev.TotalsPublished:
    cast = {entries[f"s{number}"]: rows for number, (_, rows) in enumerate(story.statements)}
    figures = [figure for seq, rows in cast.items() for figure in figures_of(seq, rows, story.groups)]
    votes = sum(figure.agree + figure.disagree for figure in figures if not figure.group)
    people = [PeopleCount(people=sum(story.joined) + story.others, voters=story.voters, votes=votes)]
    people += [PeopleCount("stakeholder", group, size) for group, size in zip(story.groups, story.joined, strict=True)]
    supporters = [SupportCount(entries[f"q{number}"], row[3]) for number, row in enumerate(story.questions)]
    return ev.TotalsPublished(upto=0, figures=tuple(figures), people=tuple(people), supporters=tuple(supporters))


def cases_of(name: str, session: ToldSession) -> tuple[Case, ...]:
    """The labelled sentences of a file: a heading "## kind right" or "## kind wrong", then a sentence on each line
    after the entries it cites ("-": none)."""
    listed, kind, right = [], "", False
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            _, kind, label = line.split()
            right = label == "right"
        elif line and not line.startswith("#"):
            names, text = line.split(" | ", 1)
            cites = tuple(session.entries[name] for name in names.split() if name != "-")
            listed.append(Case(text, cites, kind, right))
    return tuple(listed)


def labelled_set(story: Story, name: str) -> tuple[Callable[[], ToldSession], Callable[[], tuple[Case, ...]]]:
    """What makes the session of a story, and what reads the labelled sentences of a file about it; each once."""
    made = functools.cache(lambda: session_of(story))
    return made, functools.cache(lambda: cases_of(name, made()))
