"""The names of people as screens show them. Of two people of one name the second has a number ("Ana Silva (2)"), and a
name of the panel or of the team that a participant gave is marked as not verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
        self._made: dict[tuple[str, str], tuple[Mapping[str, str], object, Mapping[str, str]]] = {}

    def of(self, session: str, state: State, language: str) -> Mapping[str, str]:
        """Person -> shown name, for everybody who has one."""
        given, programme = self._roster.names(session), state.programme
        made = self._made.get((session, language))
        if made is None or made[0] is not given or made[1] is not programme:
            made = given, programme, shown(given, self._roster.team(session), state, language)
            self._made[session, language] = made
        return made[2]

    def forget(self, session: str) -> None:
        """Forget the names of a session, because one was erased."""
        self._made = {key: made for key, made in self._made.items() if key[0] != session}

    def people(self, session: str, state: State, language: str) -> Iterator[KnownPerson]:
        """The people of a session who have a name."""
        names = self.of(session, state, language)
        for given in self._roster.passes(session):
            if given.person in names:
                yield KnownPerson(given.person, given.name, given.attributes, names[given.person])


def shown(names: Mapping[str, str], team: Mapping[str, int], state: State, language: str) -> dict[str, str]:
    """Person -> shown name. names: those that people gave, in the order in which they came. team: person -> seat (0:
    none) of everybody who has a role of the session; a speaker has the name in the programme."""
    seated = {person: seat_name(state, seat) for person, seat in team.items()}
    known = {person: seated.get(person) or name for person, name in {**seated, **names}.items()}
    reserved = {folded(name) for name in _programme_names(state)}
    reserved |= {folded(name) for person, name in known.items() if person in team}
    times: dict[str, int] = {}
    made = {}
    for person, name in known.items():
        if not name:
            continue
        if person not in team and folded(name) in reserved:
            name = say(language, _NOT_VERIFIED, name=name)
        number = times[folded(name)] = times.get(folded(name), 0) + 1
        made[person] = name if number == 1 else say(language, _SAME, name=name, number=number)
    return made


def _programme_names(state: State) -> list[str]:
    """The names of the panel and of the team in the programme."""
    names = [seat.name for seat in state.seats]
    try:
        programme: Programme = from_data(state.programme.document)
    except ProgrammeError:  # there is none, or it is of an earlier version of the program
        return names
    team = (programme.onsite_moderators, programme.online_moderators, programme.rapporteurs, programme.organizers)
    return names + [person.name for people in team for person in people]
