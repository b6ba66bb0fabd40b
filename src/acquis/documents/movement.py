"""How agreement changed between two conversations, as lines and as a picture, for `acquis movement` and the record."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

import numpy as np

from acquis.charts.arrows import Arrow, arrows_svg
from acquis.documents.blocks import Block, Paragraph, picture, worded_table
from acquis.i18n import N_, say
from acquis.opinion.movement import Movement
from acquis.statistics.opinion_words import percent, points
from acquis.text.plain_text import one_line
from acquis.text.scripts import right_to_left

DRAWN = 12
"""The most arrows in a picture."""
TITLE = N_("Agreement before and after")
_SUMMARY = N_("Statements compared: {of}. Agreement changed by more than chance: {n}.")
_SAME = N_("Only people who voted on a statement both times are counted.")
_CROWDS = N_("The two groups of voters are compared as different people.")
_CHANGE = N_(
    "{first}% agreed before (votes: {voted}), {last}% after (votes: {votes}). Change in points: {change}. "
    "Range of uncertainty: {low} to {high}."
)
_CHANCE = N_("Among so many statements, this may be chance.")
_SHARES = N_("{first}% before, {last}% after: {change} points ({low} to {high})")
_KEY = N_(
    "Circle: before. Arrow: after. Band: range of uncertainty of the change. A dashed line without a head is a change "
    "that may be chance."
)


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
        change, *ends = _points(moved, place)
        facts = {"first": percent(first), "last": percent(last), "change": change, "low": ends[0], "high": ends[1]}
        low, high = np.clip(first + np.array([moved.low[place], moved.high[place]]), 0.0, 1.0).tolist()
        said = say(language, _SHARES, **facts)
        arrows.append(Arrow(first, last, low, high, firm=bool(moved.firm[place]), name=name, said=said))
        described.append(f"{name} {_sentence(moved, place, language)}")
    return arrows_svg(
        arrows,
        (say(language, N_("No one agrees")), say(language, N_("Everyone agrees"))),
        say(language, _KEY),
        title=say(language, TITLE),
        description=" ".join(described),
        rtl=right_to_left(language),
    )


_HEAD = (N_("Statement"), N_("Agree (votes)"), N_("Change in points"), N_("More than chance"))


_BOTH = N_("{first}% ({voted}) before, {last}% ({votes}) after")
_RANGE = N_("{change} ({low} to {high})")
_TURNED = N_("Came to agree: {came}. No longer agree: {left}.")


def movement_blocks(
    moved: Movement, texts: Mapping[Hashable, str], language: str, prefix: str = "moved"
) -> Iterator[Block]:
    """The summary, the picture, and a table of every statement that is compared, its shares with the votes in brackets
    and its change with the range of uncertainty. prefix: of the anchors of the rows, before the entry."""
    yield Paragraph(summary(moved, language))
    yield picture(movement_picture(moved, texts, language))
    rows = tuple(_row(moved, place, texts, language) for place in moved.order())
    anchors = tuple(f"{prefix}{moved.after[place]}" for place in moved.order())
    yield worded_table(language, TITLE, _HEAD, rows, anchors)


def _row(moved: Movement, place: int, texts: Mapping[Hashable, str], language: str) -> tuple[str, ...]:
    shares = {"first": percent(moved.first[place]), "last": percent(moved.last[place])}
    voted, votes = moved.voters[place].tolist()
    both = say(language, _BOTH, voted=voted, votes=votes, **shares)
    if moved.turned is not None:
        came, left = moved.turned[place].tolist()
        both = f"{both}\n{say(language, _TURNED, came=came, left=left)}"
    change, low, high = _points(moved, place)
    firm = say(language, N_("Yes") if moved.firm[place] else N_("No"))
    return _name(moved, place, texts), both, say(language, _RANGE, change=change, low=low, high=high), firm


def _points(moved: Movement, place: int) -> tuple[str, ...]:
    """The change of a statement and the ends of its range, in points with a sign."""
    return tuple(points(float(value[place])) for value in (moved.change, moved.low, moved.high))


def _name(moved: Movement, place: int, texts: Mapping[Hashable, str]) -> str:
    return one_line(texts.get(moved.after[place], "")) or str(moved.after[place])


def _sentence(moved: Movement, place: int, language: str) -> str:
    shares = {"first": percent(moved.first[place]), "last": percent(moved.last[place])}
    votes = {"voted": int(moved.voters[place, 0]), "votes": int(moved.voters[place, 1])}
    change, low, high = _points(moved, place)
    said = say(language, _CHANGE, change=change, low=low, high=high, **shares, **votes)
    return said if moved.firm[place] else f"{said} {say(language, _CHANCE)}"
