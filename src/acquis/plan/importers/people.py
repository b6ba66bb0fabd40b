"""The people of an IGF page: the forms of their lines, and the roles of those whose label was lost."""

from __future__ import annotations

import re

import msgspec

from acquis.plan.document import Person
from acquis.plan.importers import names
from acquis.reference import Profile

_NAME = re.compile(r"^[^\d,:;?!]{2,80}$")
_LONGEST = 300  # characters; a longer line is prose and not a person

Role = str  # "organizer", "speaker", "onsite", "online", "rapporteur"


def groups(written: str, profile: Profile) -> tuple[str, str] | None:
    """(stakeholder group, regional group) of `Government, African Group`, in the order given even if it is wrong, which
    the dry run reports. A region alone is the second value. None if the text does not begin with a group."""
    parts = [part.strip() for part in written.split(",")]
    for end in range(1, min(len(parts), 4) + 1):
        first, rest = ", ".join(parts[:end]), ", ".join(parts[end:]).strip(" ,")
        if group := profile.stakeholder(first) or profile.other_group(first):
            return group, profile.region(rest) or profile.stakeholder(rest) or rest
        if region := profile.region(first):
            return (region, profile.stakeholder(rest) or rest) if rest else ("", region)
    return None


def bare(line: str, profile: Profile) -> Person | None:
    """`NAME, group, region` or `NAME, group`; None unless a group of the profile follows the name."""
    name, comma, rest = line.partition(",")
    if not comma or len(line) > _LONGEST or not _NAME.match(name.strip()):
        return None
    pair = groups(rest, profile)
    return Person(name.strip(), "", *pair) if pair else None


def speaker(rest: str, profile: Profile) -> tuple[Person, str]:
    """A speaker, and what is uncertain about it (empty if nothing). Text in place of the groups is kept as the
    organization."""
    name, _, other = (part.strip() for part in rest.partition(","))
    pair = groups(other, profile) if other and len(rest) <= _LONGEST else None
    if pair:
        return Person(name, "", *pair), ""
    doubt = "no stakeholder group was understood; what follows the name is kept as organization"
    name, other = names.parted(rest)
    return Person(name, other), doubt if other else ""


def organizer(rest: str, profile: Profile) -> tuple[Person, str]:
    """An organizer and what is uncertain about it, from `Name, Organization`, where the organization may contain
    commas, or `Group, Region` on a page that hides names."""
    if len(rest) <= _LONGEST and profile.stakeholder(rest.partition(",")[0]) and (pair := groups(rest, profile)):
        return Person("", "", *pair), "the page hides the name and shows the groups only"
    name, organization = names.parted(rest)
    bared = organization.lstrip("🔒? ")
    return Person(name, bared), "" if bared == organization else "a lock sign before the organization was taken off"


class Member(msgspec.Struct, frozen=True):
    """A person named between the speakers and the format: the label (empty for none) and the number of the block of
    lines, which are separated by blank lines."""

    person: Person
    label: Role
    block: int
    unsure: str = ""


def placed(team: list[Member]) -> list[tuple[Role, Person, str]]:
    """The people with their roles, and how each role was determined (empty if the page states it).

    If the labels of moderator and rapporteur are present, the people under a label have that role. If they are lost,
    the lines between speakers and format are on-site moderator, online moderator and rapporteur, in this order; the
    label of the online moderator, if present, marks the middle."""
    labels = {member.label for member in team}
    if labels & {"onsite", "rapporteur"}:
        return [(member.label or "onsite", member.person, _how(member, bool(member.label))) for member in team]
    if "online" in labels:
        return _around_online(team)
    return [(_by_count(n, len(team)), member.person, _POSITION) for n, member in enumerate(team)]


_POSITION = "no label; by its position after the speakers and before the format"


def _how(member: Member, sure: bool) -> str:
    return member.unsure if sure else _POSITION


def _around_online(team: list[Member]) -> list[tuple[Role, Person, str]]:
    after = [member for member in team if member.label]
    first = [member for member in after if member.block == after[0].block]
    if len(first) == len(after):
        first = after[:1]  # no blank line separates them
    roles = [("onsite", member.person, _POSITION) for member in team if not member.label]
    roles += [("online", member.person, member.unsure) for member in first]
    return roles + [("rapporteur", member.person, _POSITION) for member in after[len(first) :]]


def _by_count(n: int, count: int) -> Role:
    if n == 0:
        return "onsite"
    return "rapporteur" if n == count - 1 and count > 2 else "online"
