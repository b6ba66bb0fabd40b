"""What a report covers of the record: thirds of the session, attendance, groups, languages and speakers, each with the
sentences that cover it.

A sentence covers an entry that it cites, or that it is about according to `reading`. A sentence that names a speaker
covers the speaker. Speakers have no figures, because this is not a score of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

import msgspec

from acquis import events as ev
from acquis.attributes import LANE, REGION, STAKEHOLDER
from acquis.claims.checking import readable
from acquis.claims.contributions import (
    LANGUAGE,
    SOURCE,
    SOURCES,
    SPEAKER,
    THIRD,
    THIRDS,
    TIMES,
    WHEN,
    Contribution,
    Place,
    contributions,
)
from acquis.claims.facts import Facts
from acquis.claims.lexicon import LANGUAGES, lexicon
from acquis.claims.reading import read_sentence
from acquis.state import State
from acquis.statistics.heard import account

LINKED = 3
"""The most entries that a row lists as not covered."""


class Portion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number of contributions, and how many of them the report covers."""

    of: int = 0
    covered: int = 0


class SentencePlace(msgspec.Struct, frozen=True, order=True):
    """A sentence of the report: its part, as in the draft, and its number in the part, from 1."""

    part: str
    number: int


class CoverageRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of the session. `dimension`: third, lane, stakeholder, region or language; for written contributions also
    when and source. `value`: for example "1" for the first third. `sentences`: those that cover some of it. `left_out`:
    the first entries that none covers."""

    dimension: str = ""
    value: str = ""
    interventions: Portion = Portion()
    questions: Portion = Portion()
    statements: Portion = Portion()
    contributions: Portion = Portion()
    sentences: tuple[SentencePlace, ...] = ()
    left_out: tuple[int, ...] = ()

    @property
    def portions(self) -> tuple[Portion, ...]:
        """The portions of interventions, questions, statements and written contributions."""
        return self.interventions, self.questions, self.statements, self.contributions

    @property
    def is_missing(self) -> bool:
        """Whether there is something and the report covers none of it."""
        return any(portion.of for portion in self.portions) and not any(portion.covered for portion in self.portions)


class SpeakerCoverage(msgspec.Struct, frozen=True, omit_defaults=True):
    """A speaker of the programme or of the captions. `spoke`: whether the record has something that the speaker said.
    `sentences`: those that cover it or name the speaker."""

    name: str
    spoke: bool = False
    sentences: tuple[SentencePlace, ...] = ()
    left_out: tuple[int, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the speaker spoke and is not in the report."""
        return self.spoke and not self.sentences


class Coverage(msgspec.Struct, frozen=True):
    """What a report covers: of everything, of each part of the session, and of each speaker."""

    everything: CoverageRow
    rows: tuple[CoverageRow, ...]
    speakers: tuple[SpeakerCoverage, ...] = ()


Parts: TypeAlias = Sequence[tuple[str, Iterable[ev.Sentence]]]


class Reach(msgspec.Struct, frozen=True):
    """Entry -> the sentences that cover it; name of a speaker -> the sentences that name the speaker."""

    entries: Mapping[int, set[int]]
    names: Mapping[str, set[int]]
    places: Sequence[SentencePlace]
    """The sentences in the order of the report; the sets above have their positions."""

    def of(self, contribution: Contribution) -> set[int]:
        """The sentences that cover a contribution."""
        return set(chain.from_iterable(self.entries.get(entry, ()) for entry in contribution.entries))

    def listed(self, sentences: set[int]) -> tuple[SentencePlace, ...]:
        """These sentences in the order of the report."""
        return tuple(self.places[number] for number in sorted(sentences))


def coverage(parts: Parts, state: State, known: Facts) -> Coverage:
    """What the parts of a report cover of a session with these facts."""
    return coverage_of(reach_of(parts, known), covered_session(state))


class CoveredSession(msgspec.Struct, frozen=True):
    """What a report can cover in a session: contributions, parts of the session and speakers, in the order of the
    tables. `is_ruled`: the Chatham House Rule applies, and some of it is not shown."""

    made: tuple[Contribution, ...]
    places: tuple[Place, ...]
    speakers: tuple[str, ...]
    is_ruled: bool


def covered_session(state: State) -> CoveredSession:
    """What there is to cover in a session."""
    made = tuple(contributions(state))
    there = list(dict.fromkeys(place for contribution in made for place in contribution.places))
    return CoveredSession(made, tuple(_places(state, there)), tuple(_speakers(state, there)), state.settings.chatham)


def coverage_of(reach: Reach, session: CoveredSession) -> Coverage:
    """What sentences with this reach cover of a session. It needs no state and can be computed in a thread."""
    at: dict[Place, list[Contribution]] = defaultdict(list)
    for contribution in session.made:
        for place in contribution.places:
            at[place].append(contribution)
    whole = [contribution for contribution in session.made if contribution.whole]
    # Under the Chatham House Rule a figure of a group is no link from a sentence to an affiliation.
    return Coverage(
        _row(("", ""), whole, reach),
        tuple(
            _row(place, at[place], reach, session.is_ruled and place[0] == STAKEHOLDER.name) for place in session.places
        ),
        tuple(_speaker(name, at[SPEAKER, name], reach) for name in session.speakers),
    )


def reach_of(parts: Parts, known: Facts) -> Reach:
    """What each sentence covers: its citations, the entries that it is about, and the people whom it names. It needs no
    state and can be computed in a thread."""
    entries, names, places = defaultdict[int, set[int]](set), defaultdict[str, set[int]](set), list[SentencePlace]()
    words = lexicon(LANGUAGES[0])
    for part, sentences in parts:
        for number, sentence in enumerate(sentences, 1):
            if not sentence.text:  # it was erased
                continue
            here = len(places)
            places.append(SentencePlace(part, number))
            for entry in sentence.cites:
                entries[entry].add(here)
            for piece in known.cited(sentence.cites):
                entries[piece.entry].add(here)
            for text in readable(sentence.text):
                read = read_sentence(text, sentence.cites, known, words)
                for mention in read.mentions:
                    entries[mention.piece.entry].add(here)
                for span in read.names:
                    names[span.name].add(here)
    return Reach(entries, names, places)


def _row(place: Place, listed: Iterable[Contribution], reach: Reach, bare: bool = False) -> CoverageRow:
    """The row of a part of the session; if `bare`, only its figures."""
    of, covered, sentences, left = defaultdict[str, int](int), defaultdict[str, int](int), set[int](), list[int]()
    for contribution in listed:
        reached = reach.of(contribution)
        of[contribution.kind] += 1
        covered[contribution.kind] += bool(reached)
        sentences |= reached
        if not reached:
            left.append(min(contribution.entries))
    said, asked, proposed, wrote = (
        Portion(of[kind], covered[kind]) for kind in ("intervention", "question", "statement", "contribution")
    )
    if bare:
        return CoverageRow(*place, said, asked, proposed, wrote)
    left_out = tuple(sorted(left)[:LINKED])
    return CoverageRow(*place, said, asked, proposed, wrote, sentences=reach.listed(sentences), left_out=left_out)


def _speaker(name: str, listed: Iterable[Contribution], reach: Reach) -> SpeakerCoverage:
    row = _row((SPEAKER, name), listed, reach)
    sentences = {*row.sentences, *reach.listed(set(reach.names.get(name, ())))}
    order = tuple(place for place in reach.places if place in sentences)
    return SpeakerCoverage(name, any(portion.of for portion in row.portions), order, row.left_out)


def _places(state: State, there: Sequence[Place]) -> Iterable[Place]:
    """The parts of a session in the order of the table. Under the Chatham House Rule only the groups that are large
    enough for the record (`heard.account`), and no regional group."""
    listed: dict[str, tuple[str, ...]] = {
        THIRD: THIRDS,
        LANE.name: LANE.values,
        STAKEHOLDER.name: state.programme.stakeholder_groups,
        REGION.name: state.programme.regional_groups,
        LANGUAGE: (),
        SOURCE: tuple(source for source in SOURCES if (SOURCE, source) in there),
        WHEN: tuple(time for time in TIMES if (WHEN, time) in there),
    }
    others = {name: sorted(value for dimension, value in there if dimension == name) for name in listed}
    places = [(name, value) for name in listed for value in dict.fromkeys([*listed[name], *others[name]])]
    if not state.settings.chatham:
        return places
    shown = {(dim.name, row.group) for dim in account(state, state.at).dimensions for row in dim.groups}
    return [place for place in places if place[0] in (THIRD, LANGUAGE, SOURCE, WHEN) or place in shown]


def _speakers(state: State, there: Sequence[Place]) -> Iterable[str]:
    """The speakers of the programme, then those of the captions; nobody under the Chatham House Rule."""
    if state.settings.chatham:
        return ()
    spoke = [value for name, value in there if name == SPEAKER]
    seats = [seat.name for seat in state.seats if seat.name and (not seat.withdrawn or seat.name in spoke)]
    return dict.fromkeys([*seats, *spoke])
