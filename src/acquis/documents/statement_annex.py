"""The annex of a report: all statements with the shares of everybody and of each group that is shown, their ranges of
uncertainty, and the agreement of an evenly weighted population."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from acquis.attributes import LANE
from acquis.documents.blocks import Block, Heading, Paragraph, Table, worded_table
from acquis.documents.bridging import TITLE as EVENLY
from acquis.documents.view import ReportView
from acquis.events import Figure
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.opinion import interval
from acquis.opinion.bridging import MOST_ACCOUNTS, TOP
from acquis.state import State
from acquis.state.counting import final_totals
from acquis.statistics.bridging import EvenAgreement, even_agreement
from acquis.statistics.opinion_words import kind_title, percent
from acquis.statistics.summary import total
from acquis.statistics.suppression import SMALLEST
from acquis.text.plain_text import one_line

SIDE_BY_SIDE = 4
"""The most groups in one table, so that it fits a page in portrait and no name of a group is broken."""
_TITLE = N_("Annex: all statements in figures")
_ABOUT = N_(
    "The shares are those of the people who voted on a statement. Below each share of agreement stands its 90% range "
    "of uncertainty for similar people. For groups, the number of votes is in brackets. If fewer than 5 people "
    "voted, no share is shown."
)
_HEAD = (N_("Entry"), N_("Statement"), N_("Votes"), N_("Agree"), N_("Pass / unsure"), N_("Disagree"))
_ALL = N_("Shares of all who voted")
_VOTES = N_("{share}% ({n})")
_RANGE = N_("{low}–{high}%")
_WEIGHED = N_(
    "The opinion map is divided into parts, and every part counts the same, however many people are in it. The last "
    "column says how many accounts that all agree could bring a statement into the first {top} of this list."
)
_WEIGHED_HEAD = (N_("Entry"), N_("Statement"), N_("Expected agreement"), N_("Accounts that vote the same way"))


def statement_annex(view: ReportView, state: State, language: str) -> Iterator[Block]:
    """The tables of the annex, the statement with most agreement first; no block before the votes are published, and
    none without a statement on which enough people voted."""
    if final_totals(state) is None:
        return
    voted = {line.entry: {figure.group: figure for figure in line.figures if total(figure) >= SMALLEST}
             for line in view.statements}  # fmt: skip
    texts = {line.entry: one_line(line.text) or say(language, N_("(text not public)")) for line in view.statements}
    shown = sorted((entry for entry in voted if "" in voted[entry]), key=lambda entry: -_share(voted[entry][""]))
    if not shown:
        return
    yield Heading(say(language, _TITLE), anchor="annex")
    yield Paragraph(say(language, _ABOUT))
    rows = (_of_everybody(voted[entry][""], texts[entry], language) for entry in shown)
    yield worded_table(language, _ALL, _HEAD, tuple(rows))
    for kind, groups in _kinds([figure.group for entry in shown for figure in voted[entry].values()]):
        for first in range(0, len(groups), SIDE_BY_SIDE):
            part = groups[first : first + SIDE_BY_SIDE]
            cells = (tuple(_in_group(voted[entry].get(group), language) for group in part) for entry in shown)
            names = tuple(one_line(word(language, "group", group)) for group in part)
            head = (*(say(language, name) for name in _HEAD[:2]), *names)
            of_part = tuple((str(entry), texts[entry], *cell) for entry, cell in zip(shown, cells))
            yield Table(kind_title(language, kind), head, of_part)
    yield from _evenly(even_agreement(state), texts, language)


def _kinds(groups: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The kinds of groups that have figures, each with its groups in alphabetical order."""
    named = sorted(set(groups) - {""})
    for kind, lane in (("stakeholder_group", False), ("lane", True)):
        if of_kind := [group for group in named if (group in LANE.values) == lane]:
            yield kind, of_kind


def _share(figure: Figure) -> float:
    return figure.agree / total(figure)


def _of_everybody(figure: Figure, text: str, language: str) -> tuple[str, ...]:
    voters = total(figure)
    passes, disagree = (f"{percent(count / voters)}%" for count in (figure.passes, figure.disagree))
    agree = f"{percent(_share(figure))}%\n{_range(figure, language)}"
    return str(figure.statement), text, str(voters), agree, passes, disagree


def _in_group(figure: Figure | None, language: str) -> str:
    """The share of a group that agrees, its votes and its range; a dash where they are not shown."""
    if figure is None:
        return "–"
    share = say(language, _VOTES, share=percent(_share(figure)), n=total(figure))
    return f"{share}\n{_range(figure, language)}"


def _range(figure: Figure, language: str) -> str:
    low, high = interval(np.array(figure.agree), np.array(total(figure)))
    return say(language, _RANGE, low=percent(float(low)), high=percent(float(high)))


def _evenly(listed: Sequence[EvenAgreement], texts: dict[int, str], language: str) -> Iterator[Block]:
    """The agreement of an evenly weighted population, the statement with the highest lower end first."""
    if listed:
        yield Heading(say(language, EVENLY), 2)
        yield Paragraph(say(language, _WEIGHED, top=TOP))
        rows = tuple(_weighed(line, texts.get(line.statement, ""), language) for line in listed)
        yield worded_table(language, N_("Evenly weighted agreement"), _WEIGHED_HEAD, rows)


def _weighed(line: EvenAgreement, text: str, language: str) -> tuple[str, ...]:
    ends = say(language, _RANGE, low=percent(line.low), high=percent(line.high))
    accounts = say(language, N_("more than {n}"), n=MOST_ACCOUNTS) if line.accounts is None else str(line.accounts)
    if line.accounts == 0:
        accounts = say(language, N_("among the first {top}"), top=TOP)
    return str(line.statement), text, f"{percent(line.expected)}%\n{ends}", accounts
