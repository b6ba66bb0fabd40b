"""How agreement changed between two conversations, as lines and as a picture, for `acquis movement`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from acquis.charts.arrows import Arrow, arrows_svg
from acquis.i18n import N_, say
from acquis.opinion.movement import Movement
from acquis.statistics.opinion_words import percent
from acquis.text.plain_text import one_line
from acquis.text.scripts import right_to_left

DRAWN = 12
"""The most arrows in a picture."""
_TITLE = N_("Agreement before and after")
_SUMMARY = N_("Statements compared: {of}. Agreement changed by more than chance: {n}.")
_SAME = N_("Only people who voted on a statement both times are counted.")
_CROWDS = N_("The two groups of voters are compared as different people.")
_CHANGE = N_(
    "{first}% agreed before (votes: {voted}), {last}% after (votes: {votes}). Change in points: {change}. "
    "Range of uncertainty: {low} to {high}."
)
_CHANCE = N_("Among so many statements, this may be chance.")
_SHARES = N_("{first}% before, {last}% after")
_KEY = N_("Circle: before. Arrow: after. A dashed line without a head is a change that may be chance.")


def summary(moved: Movement, language: str) -> str:
    """How many statements were compared and how many changed, and who is counted."""
    said = say(language, _SUMMARY, of=len(moved.change), n=int(moved.firm.sum()))
    return f"{said} {say(language, _SAME if moved.same else _CROWDS)}"


def movement_lines(moved: Movement, texts: Mapping[Hashable, str], language: str) -> Iterator[str]:
    """The summary, then every statement with its change, those that changed by more than chance first."""
    yield summary(moved, language)
    for place in moved.order():
        yield f"  {_name(moved, place, texts)}\n      {_sentence(moved, place, language)}"


def movement_picture(moved: Movement, texts: Mapping[Hashable, str], language: str) -> str:
    """The first statements as arrows from the share before to the share after (SVG)."""
    arrows, described = [], [summary(moved, language)]
    for place in moved.order()[:DRAWN]:
        first, last, name = float(moved.first[place]), float(moved.last[place]), _name(moved, place, texts)
        said = say(language, _SHARES, first=percent(first), last=percent(last))
        arrows.append(Arrow(first, last, bool(moved.firm[place]), name, said))
        described.append(f"{name} {_sentence(moved, place, language)}")
    return arrows_svg(
        arrows,
        (say(language, N_("No one agrees")), say(language, N_("Everyone agrees"))),
        say(language, _KEY),
        title=say(language, _TITLE),
        description=" ".join(described),
        rtl=right_to_left(language),
    )


def _name(moved: Movement, place: int, texts: Mapping[Hashable, str]) -> str:
    return one_line(texts.get(moved.after[place], "")) or str(moved.after[place])


def _sentence(moved: Movement, place: int, language: str) -> str:
    shares = {"first": percent(moved.first[place]), "last": percent(moved.last[place])}
    votes = {"voted": int(moved.voters[place, 0]), "votes": int(moved.voters[place, 1])}
    change, low, high = (f"{100 * float(value[place]):+.0f}" for value in (moved.change, moved.low, moved.high))
    said = say(language, _CHANGE, change=change, low=low, high=high, **shares, **votes)
    return said if moved.firm[place] else f"{said} {say(language, _CHANCE)}"
