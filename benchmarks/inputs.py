"""Offers for 10,000 inputs: how long they take, in how many acts a rapporteur confirms them, and how many of the inputs
that are offered as one are about the same.

The mix is that of a large consultation: 6,000 written contributions, 3,000 questions, 800 interventions and 200
statements. A fifth are five letters of campaigns and their variants; the others have 1,500 subjects of very different
sizes, of which many differ by a single word. The draft cites sixty inputs."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from acquis import events as ev
from acquis.contributions.ledger import ledger
from acquis.contributions.offers import OfferedGroup, offered_groups
from acquis.state import State, fold
from benchmarks.measure import Result, Timing

INPUTS, AIM_S, CITED = 10_000, 5, 60
_WHO = ("members", "vendors", "states", "operators", "researchers", "libraries", "schools", "cities", "courts", "banks")
_DO = ("fund", "publish", "review", "protect", "translate", "measure", "teach", "audit", "report", "repair", "certify")
_WHAT: tuple[str, ...] = ("registers", "contacts", "cables", "satellites", "dictionaries", "archives", "sensors")
_WHAT += ("reservoirs", "turbines", "ballots", "vaccines", "orchards", "lighthouses", "tramways", "glaciers", "seeds")
_WHAT += ("passports", "ferries")
_WHEN = ("yearly", "quarterly", "before the plenary", "after each incident", "within sixty days", "at every session")
_FORMS = ("Please {do} the {what} of {who} {when}.", "{who} should {do} their {what} {when}.",
          "Should {who} {do} {what} {when}?", "We ask that {what} of {who} are handled: {do} them {when}.")  # fmt: skip


def texts(amount: int, seed: int = 7) -> Iterator[str]:
    """The texts of inputs: subjects of very different sizes, each in several wordings, and letters of campaigns."""
    dice = random.Random(seed)
    subjects = [(a, b, c, d) for a in _WHO for b in _DO for c in _WHAT for d in _WHEN]
    chosen = dice.sample(subjects, min(len(subjects), max(amount * 3 // 20, 4)))
    letters = [" ".join(_FORMS[n % 4].format(who=a, do=b, what=c, when=d) for a, b, c, d in dice.sample(subjects, 6))
               for n in range(5)]  # fmt: skip
    for _ in range(amount):
        if dice.random() < 0.2:
            yield dice.choice(letters) + (f" Sent from town {dice.randrange(40)}." if dice.random() < 0.5 else "")
        else:
            who, do, what, when = chosen[int(len(chosen) * dice.random() ** 2)]
            yield dice.choice(_FORMS).format(who=who, do=do, what=what, when=when)


def session(amount: int) -> State:
    """A session that is over, with so many inputs."""
    at, rows = 1_700_000_000_000, []
    programme = ev.ProgrammePublished("A consultation", settings=ev.Settings(moderated=False))
    happened: list[ev.Event] = [programme, ev.SessionOpened()]
    written = texts(amount)
    for number, text in enumerate(written):
        share = number / amount
        if share < 0.6:
            happened.append(ev.ContributionWritten(text, source=f"{'0' * 16}-{number + 1}"))
        elif share < 0.9:
            happened.append(ev.QuestionAsked(text))
        elif share < 0.98:
            happened.append(ev.SpeechCaptioned(text, f"Speaker {number}"))
        else:
            happened.append(ev.StatementSeeded(text[:190]))
    happened.append(ev.SessionClosed())
    for seq, event in enumerate(happened, 1):
        rows.append((seq, at + seq, "p-1", ev.to_body(event)))
    return fold(rows)


def offered(state: State) -> list[OfferedGroup]:
    """The groups for a draft that cites inputs from the whole session."""
    lines = ledger(state)
    every = max(len(lines) // CITED, 1)
    return offered_groups(state, lines, {line.input.entry for line in lines[::every]})


def confirmed(state: State, groups: list[OfferedGroup]) -> State:
    """The state after each group was confirmed by one act."""
    stated = (ev.FatesStated(group.inputs, group.fate, group.into, reason=group.reason) for group in groups)
    return fold(((state.seq + n, state.at + n, "p-1", ev.to_body(event)) for n, event in enumerate(stated, 1)), state)


def results() -> list[Result]:
    """Offers for a large consultation, and what is left after as many acts as there are groups."""
    state = session(INPUTS)
    timing = Timing()
    groups = offered(state)
    timing.stop()
    sizes = ", ".join(f"{group.key} {len(group.inputs)}" for group in groups)
    many = sum(len(group.inputs) for group in groups)
    right, merged = same_subject(state, groups)
    more = f"CPU {timing.cpu:.2f} s; {len(groups)} acts for {many} inputs ({sizes}); {right} of {merged} merges right"
    cpu = timing.cpu * 1e6 / INPUTS
    what = f"offers for {INPUTS} inputs"
    return [Result(what, INPUTS / timing.wall, cpu, f"{AIM_S} s", timing.cpu <= AIM_S, more=more)]


def same_subject(state: State, groups: list[OfferedGroup]) -> tuple[int, int]:
    """How many of the merges that are offered join inputs of the same subject, and how many merges there are."""
    of = {line.input.entry: _subject(line.input.text) for line in ledger(state)}
    pairs = [pair for group in groups if group.into for pair in zip(group.inputs, group.into, strict=True)]
    return sum(of[entry] == of[into] for entry, into in pairs), len(pairs)


def _subject(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = set(re.findall("[a-z]+", text.lower()))
    return frozenset(words.intersection((*_WHO, *_DO, *_WHAT))), frozenset(when for when in _WHEN if when in text)
