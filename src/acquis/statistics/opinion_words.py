"""Sentences for an area of agreement and for the structure of opinion."""

from __future__ import annotations

import math

from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.opinion import Structure
from acquis.opinion.structure import ALIKE, FEWEST_PEOPLE
from acquis.statistics.statement_area import StatementArea

_EVERY = {
    "consensus": N_("At least {low}% agree in every group. Lowest: {group}, {share}% (votes: {of})."),
    "concern": N_("At least {low}% disagree in every group. Lowest: {group}, {share}% (votes: {of})."),
    "unclear": N_("At least {low}% pass in every group. Lowest: {group}, {share}% (votes: {of})."),
}
_EVERY_PRESENT = {
    "consensus": N_(
        "At least {low}% of the participants agree in every group. "
        "Lowest: {group}, {share}% (votes: {of} of {present})."
    ),
    "concern": N_(
        "At least {low}% of the participants disagree in every group. "
        "Lowest: {group}, {share}% (votes: {of} of {present})."
    ),
    "unclear": N_(
        "At least {low}% of the participants pass in every group. Lowest: {group}, {share}% (votes: {of} of {present})."
    ),
}
_ALL_PRESENT = {
    "consensus": N_("{share}% agree (votes: {of} of {present}). Of all participants, at least {low}%."),
    "concern": N_("{share}% disagree (votes: {of} of {present}). Of all participants, at least {low}%."),
    "unclear": N_("{share}% pass (votes: {of} of {present}). Of all participants, at least {low}%."),
}
_ALL = {
    "consensus": N_("{share}% agree (votes: {of}). Within the range of uncertainty, at least {low}%."),
    "concern": N_("{share}% disagree (votes: {of}). Within the range of uncertainty, at least {low}%."),
    "unclear": N_("{share}% pass (votes: {of}). Within the range of uncertainty, at least {low}%."),
}
TITLES = {
    "consensus": N_("Agreement across all groups"),
    "concern": N_("Opposition across all groups"),
    "unclear": N_("Many “pass” votes in every group"),
    "divided": N_("Divided opinion"),
    "apart": N_("Largest differences between the opinion groups"),
}
_WITHOUT_GROUPS = {
    "consensus": N_("Agreement among the voters"),
    "concern": N_("Opposition among the voters"),
    "unclear": N_("Many “pass” votes among the voters"),
    "divided": N_("Divided opinion"),
}
_STRUCTURE = {
    "camps": N_("Opinion groups found: {k}. They predict how other people vote better than a gradual spread does."),
    "spectrum": N_(
        "No separate groups. Opinions differ by degree: there are people at all points between the two ends, without "
        "a gap."
    ),
    "undecided": N_(
        "It cannot be decided yet whether there are groups. A gradual spread explains the votes nearly as well."
    ),
    "none": N_("No groups. How people vote on one statement hardly tells how they vote on another."),
    "few": N_("Too few votes to identify groups. People with enough votes: {sample}. Needed: at least {needed}."),
}
_CONNECTED = N_("No groups can be found with so few votes.")
_LINE = N_(
    "One axis, from one view to its opposite, explains {share}% of the differences between their votes. "
    "By chance it would be {chance}% or less in 19 of 20 cases."
)
_NO_LINE = N_("One axis explains no more of the differences between their votes than it would by chance.")
_KINDS = {
    "stakeholder_group": N_("Stakeholder groups"),
    "regional_group": N_("Regional groups"),
    "lane": N_("In the room and online"),
}
_ALIKE = N_(
    "In one group, people vote nearly alike: on average, {share}% of them choose the same. Check that they are "
    "different people."
)


def percent(share: float) -> int:
    """A share (0 to 1) rounded to whole per cent."""
    return round(100 * share)


def points(change: float) -> str:
    """A change of a share in whole percentage points with its sign, a minus sign of mathematics; "0" has none."""
    return f"{rounded:+d}".replace("-", "\u2212") if (rounded := round(100 * change)) else "0"


def _down(share: float) -> int:
    """A share (0 to 1) in whole per cent, rounded down."""
    return math.floor(100 * share + 1e-9)


def area_title(language: str, kind: str, groups: bool) -> str:
    """The heading of a kind of area. Where no group can be shown (`groups` false), it claims nothing of groups."""
    return say(language, (TITLES if groups else _WITHOUT_GROUPS)[kind])


def kind_title(language: str, kind: str) -> str:
    """The heading of a kind of stated groups; a kind that only a file of other software has keeps its name."""
    return say(language, _KINDS[kind]) if kind in _KINDS else (kind[:1].upper() + kind[1:]).replace("_", " ")


def area_sentence(language: str, kind: str, area: StatementArea) -> str:
    """The figures of a statement in an area, and the groups with too few votes, in one or two sentences."""
    missing = ", ".join(word(language, "group", group) for group in area.missing)
    unknown = say(language, N_("Not enough votes yet from: {groups}."), groups=missing) if missing else ""
    return " ".join(filter(None, (_said(language, kind, area), _of_others(language, kind, area), unknown)))


def _of_others(language: str, kind: str, area: StatementArea) -> str:
    """What an area of the people who were there says of other people like them."""
    if kind not in _EVERY or not area.present:
        return ""
    if not area.wider:
        return say(language, N_("Too few votes to conclude this for similar people."))
    return say(language, N_("Among similar people, at least {low}%."), low=_down(area.others))


def _said(language: str, kind: str, area: StatementArea) -> str:
    facts = {"low": _down(area.low), "share": percent(area.share), "of": area.of, "present": area.present}
    if kind in _EVERY:
        every, of_all = (_EVERY_PRESENT, _ALL_PRESENT) if area.present else (_EVERY, _ALL)
        message = every[kind] if area.least else of_all[kind]
        return say(language, message, group=word(language, "group", area.least), **facts)
    if area.against:
        message = N_("{group}: {share}% agree (votes: {of}). {against}: {other}%.")
        groups = {"group": word(language, "group", area.least), "against": word(language, "group", area.against)}
        return say(language, message, other=percent(area.against_share), **groups, **facts)
    return say(language, N_("Opinion is split: {share}% agree (votes: {of})."), **facts)


def structure_sentence(language: str, structure: Structure, *, crowds: bool = False) -> str:
    """Whether opinions form groups, a spectrum or neither; for too few people or votes, what one axis explains; and a
    warning if a group may be one person, unless accounts that vote nearly alike (`crowds`) are named beside it."""
    facts = {"k": structure.k, "sample": structure.sample, "needed": FEWEST_PEOPLE}
    line = structure.line
    is_weak = structure.verdict == "none" and line is not None and line.certain
    said = [say(language, _CONNECTED if is_weak else _STRUCTURE[structure.verdict], **facts)]
    if line:
        shares = {"share": percent(line.share), "chance": math.ceil(100 * line.chance)}
        said.append(say(language, _LINE if line.certain else _NO_LINE, **shares))
    if structure.alike >= ALIKE and not crowds:
        said.append(say(language, _ALIKE, share=percent(structure.alike)))
    return " ".join(said)
