"""The people of an IGF page while it is read: numbered lines, lines under a label, and the form of 2025."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from acquis.plan.document import Person
from acquis.plan.importers import names, people
from acquis.plan.importers.labels import FIELDS, PEOPLE
from acquis.plan.importers.people import Role
from acquis.reference import Profile
from acquis.text.folding import caseless

AMONG = "under a label of speakers; it may be a moderator, whose label is not on the page"
_WRAPPED = "the line goes on in the next; both were joined"
_ODD = "it does not look like a name"
_ORGANIZATION = "an organization, by its words; no person is named"
_TOO_LONG = 160  # characters; a longer line under a label is no person
_FORM = re.compile(
    r"(?P<key>Organi[sz]ational Affiliation|Moderator and Organi[sz]er|Organi[sz]er and Moderator"
    r"|Stakeholder(?: Group)?|Regional Group|Moderator|Organi[sz]er|Speaker|Name) ?: ?",
    re.IGNORECASE,
)

_NAMING = ("name", "speaker", "moderator", "organizer", "organiser")
"""How the fields begin that hold a name."""


class _Entry(msgspec.Struct, frozen=True):
    """An entry as it was read: the role, the person, what is uncertain, and the number before it (0 for none)."""

    role: Role
    person: Person
    doubt: str
    number: int = 0


class _LastLine(msgspec.Struct, frozen=True):
    """The last line that became one person: its number on the page, its text, and how to read it again."""

    number: int
    text: str
    read: Callable[[str, str], None]


class PagePeople:
    """The people of a page. `infer(field, how)` notes what is uncertain."""

    def __init__(self, profile: Profile, infer: Callable[[str, str], None]) -> None:
        self.profile, self.infer = profile, infer
        self.named: list[_Entry] = []
        self.team: list[people.Member] = []
        self.last: _LastLine | None = None
        self.last_was_team = False

    def take_numbered(self, line: int, role: Role, number: int, rest: str) -> None:
        """Add `Speaker 3: ...`, or note that it names nobody."""
        if names.is_nobody(rest.partition(",")[0]):
            self.note_nobody(role, rest)
            return

        def read(text: str, doubt: str) -> None:
            self.last_was_team = False
            reader = people.organizer if role == "organizer" else people.speaker
            person, unsure = reader(text, self.profile)
            self.named.append(_Entry(role, person, doubt or unsure, number))

        read(rest, "")
        self.last = _LastLine(line, rest, read)

    def take_listed(self, line: int, text: str, place: Role, block: int, fresh: bool) -> bool:
        """Add the people of a line under a label. Without groups only the first line is taken under a label of one
        person, because the next may be anything. Returns False if the line is no person."""
        if names.is_nobody(text):
            self.note_nobody(place, text)
            return True
        if form := form_entries(text, self.profile):
            for person, doubt in form:
                self.add(person, doubt, place, block)
            return True
        pieces, several = names.entries(text)
        many = len(pieces) > 1 or pieces[0] != text or place in ("speaker", "organizer")
        grouped = [people.bare(piece, self.profile) for piece in pieces]
        if not all(grouped) and (len(text) > _TOO_LONG * len(pieces) or not (fresh or many)):
            return False
        if names.is_prose(text) and not any(grouped):
            return False

        def read(piece: str, doubt: str) -> None:
            person, unsure = self.read(piece, place)
            self.add(person, doubt or several or unsure, place, block)

        for piece in pieces:
            read(piece, "")
        self.last = _LastLine(line, text, read) if len(pieces) == 1 else None
        return True

    def read(self, text: str, place: Role) -> tuple[Person, str]:
        """The person of one entry, and what is uncertain."""
        if person := people.bare(text, self.profile):
            return person, ""
        if place == "organizer" and "," not in text and names.is_organization(text):
            return Person("", text), _ORGANIZATION
        reader = people.organizer if place == "organizer" else people.speaker
        person, doubt = reader(text, self.profile)
        return person, doubt if names.is_name(person.name) or not person.name else _ODD

    def wraps(self, line: int, text: str) -> bool:
        """Join a line to the person of the line before if that line goes on: it ends with a comma, or this line begins
        with a small letter. Returns False if it does not."""
        last = self.last
        if last is None or last.number != line - 1:
            return False
        if not (last.text.endswith((",", "&")) or text[:1].islower() or text.startswith("&")):
            return False
        person = people.bare(text, self.profile)
        if names.is_prose(text) or (person and not self.profile.stakeholder(person.name)):
            return False
        self.undo()
        joined = f"{last.text} {text}"
        last.read(joined, _WRAPPED)
        self.last = _LastLine(line, joined, last.read)
        return True

    def undo(self) -> None:
        """Take away the person that was added last."""
        if self.last_was_team:
            self.team.pop()
        else:
            self.named.pop()

    def add(self, person: Person, doubt: str, place: str, block: int) -> None:
        """Add a person under a label, or without one (an empty place)."""
        self.last_was_team = place not in ("speaker", "organizer")
        if self.last_was_team:
            label = place if place in PEOPLE.values() else ""
            self.team.append(people.Member(person, label, block, doubt))
        else:
            self.named.append(_Entry(place, person, doubt or (AMONG if place == "speaker" else "")))

    def note_nobody(self, place: Role, text: str) -> None:
        """Note that the page leaves a place open."""
        self.infer(FIELDS[place], f"the page says “{text}”; nobody was entered")

    def by_role(self, labels: set[str]) -> dict[str, tuple[Person, ...]]:
        """The people by role, each once in a role; uncertain ones are noted. Hidden ones are kept apart by number."""
        by_role: dict[str, dict[tuple[Person, int], str]] = {role: {} for role in PEOPLE.values()}
        labelled = {PEOPLE.get(label) for label in labels} & {"onsite", "rapporteur"}
        placed = [_Entry(role, person, how) for role, person, how in people.placed(self.team)]
        for entry in self.named + placed:
            key = (entry.person, 0 if entry.person.name else entry.number)
            by_role[entry.role].setdefault(key, entry.doubt)
        for role, persons in by_role.items():
            for place, how in enumerate(persons.values()):
                if how and not (how == AMONG and labelled):
                    self.infer(f"{FIELDS[role]}[{place}]", how)
        return {role: tuple(person for person, _ in persons) for role, persons in by_role.items()}


def form_entries(line: str, profile: Profile) -> list[tuple[Person, str]]:
    """The people of a line of the open forum form of 2025, `Organizational Affiliation: ... Name: ... Stakeholder: ...
    Regional Group: ...`, and what is uncertain about each; empty for any other line."""
    keys = list(_FORM.finditer(line))
    if len(keys) < 2 or keys[0].start():
        return []
    ends = [match.start() for match in keys[1:]] + [len(line)]
    fields = {caseless(m["key"]): line[m.end() : end].strip(" ,;") for m, end in zip(keys, ends, strict=True)}
    who = next((key for key in fields if key.startswith(_NAMING) and "affiliation" not in key), "")
    if len(fields) < len(keys) or not who:
        return []
    affiliation = next((fields[key] for key in fields if "affiliation" in key), "")
    group = next((fields[key] for key in fields if key.startswith("stakeholder")), "")
    region = fields.get("regional group", "")
    groups = (profile.stakeholder(group) or group, profile.region(region) or region)
    pieces = fields[who].split(",")
    persons = []
    for piece in pieces if all(map(names.is_name, pieces)) else [fields[who]]:
        name, remarks = names.without_remarks(piece)
        doubts = ["the form names this person as moderator too"] if "moder" in who else []
        doubts += [f"after the name stands “{remark}”" for remark in remarks]
        persons.append((Person(name, affiliation, *groups), "; ".join(doubts)))
    return persons
