"""Sentences for an area of agreement and for the firmness of the groups of opinion."""

from __future__ import annotations

from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.opinion import Firmness
from acquis.statistics.summary import StatementArea

_EVERY = {
    "consensus": N_("At least {low} % agree in every group; least in {group}: {share} % of {of}."),
    "concern": N_("At least {low} % disagree in every group; least in {group}: {share} % of {of}."),
    "unclear": N_("At least {low} % pass in every group; least in {group}: {share} % of {of}."),
}
_ALL = {
    "consensus": N_("At least {low} % agree: {share} % of {of}."),
    "concern": N_("At least {low} % disagree: {share} % of {of}."),
    "unclear": N_("At least {low} % pass: {share} % of {of}."),
}
TITLES = {
    "consensus": N_("Agreed in every group"),
    "concern": N_("Opposed in every group"),
    "unclear": N_("Not clear to many in every group"),
    "divided": N_("Dividing the room"),
}
_FIRM = {
    "firm": N_("{k} groups of opinion. If other people of the same kind had voted, they would be there again."),
    "loose": N_(
        "No firm groups: opinions differ along the axes, but borders between groups would fall elsewhere another time."
    ),
    "none": N_("No groups: opinions do not fall apart more clearly than by chance."),
    "few": N_("Too few people have voted enough to speak of groups ({sample} of at least {needed})."),
}
_ENOUGH = 40


def percent(share: float) -> int:
    """A share (0 to 1) rounded to whole per cent."""
    return round(100 * share)


def area_sentence(language: str, kind: str, area: StatementArea) -> str:
    """The figures of a statement in an area, and the groups with too few votes, in one or two sentences."""
    missing = ", ".join(word(language, "group", group) for group in area.missing)
    unknown = say(language, N_("Not enough votes yet to tell for: {groups}."), groups=missing) if missing else ""
    return " ".join(filter(None, (_said(language, kind, area), unknown)))


def _said(language: str, kind: str, area: StatementArea) -> str:
    facts = {"low": int(100 * area.low), "share": percent(area.share), "of": area.of}
    if kind != "divided":
        message = _EVERY[kind] if area.least else _ALL[kind]
        return say(language, message, group=word(language, "group", area.least), **facts)
    if area.against:
        message = N_("{group}: {share} % of {of} agree; {against}: {other} %.")
        groups = {"group": word(language, "group", area.least), "against": word(language, "group", area.against)}
        return say(language, message, other=percent(area.against_share), **groups, **facts)
    return say(language, N_("Many on both sides: {share} % of {of} agree."), **facts)


def firmness_sentence(language: str, firmness: Firmness) -> str:
    """Whether there are groups of opinion, and how firm they are, in a sentence."""
    return say(language, _FIRM[firmness.verdict], k=firmness.k, sample=firmness.sample, needed=_ENOUGH)
