"""The names of people as screens show them. Of two people of one name the second has a number ("Ana Silva (2)"), and a
name of the panel or of the team that a participant gave is marked as not verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from acquis.command import KnownPerson
from acquis.i18n import N_, say
from acquis.plan.document import Programme, ProgrammeError, from_data
from acquis.roster import Roster
from acquis.state import State
from acquis.state.reading import seat_name
from acquis.text.folding import folded

_SAME = N_("{name} ({number})")
_NOT_VERIFIED = N_("{name} (not verified)")


class ShownNames:
    """The shown names of the people of each session, computed again when a name or the programme changes."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._made: dict[tuple[str, str], _KeptNames] = {}

    def of(self, session: str, state: State, language: str) -> Mapping[str, str]:
        """Person -> shown name, for everybody who has one."""
        given, programme = self._roster.names(session), state.programme
        made = self._made.get((session, language))
        if made is None or made.given is not given or made.programme is not programme:
            team = self._roster.team(session)
            if (
                made is None
                or made.programme is not programme
                or made.team != team
                or not _continues(made.given, given)
            ):
                made = _KeptNames(given, programme, team, Naming(team, state, language))
                made.naming.add(given)
            else:
                made = _KeptNames(given, programme, team, made.naming)
                made.naming.add({person: given[person] for person in islice(given, made.naming.read, None)})
            self._made[session, language] = made
        return made.naming.shown

    def forget(self, session: str) -> None:
        """Forget the names of a session, because one was erased."""
        self._made = {key: made for key, made in self._made.items() if key[0] != session}

    def people(self, session: str, state: State, language: str) -> Iterator[KnownPerson]:
        """The people of a session who have a name."""
        names = self.of(session, state, language)
        for given in self._roster.passes(session):
            if given.person in names:
                yield KnownPerson(given.person, given.name, given.attributes, names[given.person])


def _continues(before: Mapping[str, str], names: Mapping[str, str]) -> bool:
    """Whether names were only added at the end."""
    return before.items() <= names.items()


class Naming:
    """Gives people their shown names, in the order in which they came. `shown`: person -> shown name; a new dictionary
    after each change. team: person -> seat (0: none) of everybody who has a role of the session; a speaker has the name
    in the programme."""

    def __init__(self, team: Mapping[str, int], state: State, language: str) -> None:
        self._team, self._language = team, language
        self._seated = {person: seat_name(state, seat) for person, seat in team.items()}
        self._reserved = {folded(name) for name in _programme_names(state)}
        self._times: dict[str, int] = {}
        self.shown: dict[str, str] = {}
        self.read = 0
        """The number of people whose names were added."""

    def add(self, names: Mapping[str, str]) -> None:
        """Adds people with the names that they gave."""
        known = {**({} if self.read else self._seated), **names}
        known = {person: self._seated.get(person) or name for person, name in known.items()}
        self._reserved |= {folded(name) for person, name in known.items() if person in self._team}
        self.shown = {**self.shown, **{person: self._name(person, name) for person, name in known.items() if name}}
        self.read += len(names)

    def _name(self, person: str, name: str) -> str:
        plain = folded(name)
        if person not in self._team and plain in self._reserved:
            name = say(self._language, _NOT_VERIFIED, name=name)
            plain = folded(name)
        number = self._times[plain] = self._times.get(plain, 0) + 1
        return name if number == 1 else say(self._language, _SAME, name=name, number=number)


@dataclass(frozen=True, slots=True)
class _KeptNames:
    """The names of a session, and what they were made of."""

    given: Mapping[str, str]
    programme: object
    team: Mapping[str, int]
    naming: Naming


def _programme_names(state: State) -> list[str]:
    """The names of the panel and of the team in the programme."""
    names = [seat.name for seat in state.seats]
    try:
        programme: Programme = from_data(state.programme.document)
    except ProgrammeError:  # there is none, or it is of an earlier version of the program
        return names
    team = (programme.onsite_moderators, programme.online_moderators, programme.rapporteurs, programme.organizers)
    return names + [person.name for people in team for person in people]
