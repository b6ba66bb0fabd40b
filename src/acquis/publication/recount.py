"""Computes the published ballots and totals again: from the votes, where a log contains them, and otherwise as far as
the ballots allow. The figures of groups in a public log are attested by the server, because ballots have no groups."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from acquis import events as ev
from acquis.publication.stated import wrong_counts
from acquis.state import State, TakenBack
from acquis.state.counting import ID_DIGITS, final_totals, support, votes_published
from acquis.statistics.heard import private_counts
from acquis.statistics.slate import audited_figure, possible_groups, unput_figure, was_put
from acquis.statistics.totals import ballots_of, totals_of

_BALLOT = re.compile(r"[0-9a-f]{32}[+\-0.]*").fullmatch


def wrong_ballots(state: State, event: ev.BallotsPublished, *, whole: bool) -> str:
    """What is wrong with ballots that are published after `state`; empty if nothing is. `whole`: the log contains the
    votes."""
    if not state.is_over or state.ballots is not None:
        return "ballots are published once, after the session has closed"
    if any(before >= after for before, after in pairwise(event.ballots)):
        return "the ballots are not in ascending order"
    wide = ID_DIGITS + len(event.statements)
    ids = {ballot[:ID_DIGITS] for ballot in event.ballots}
    if len(ids) < len(event.ballots) or not all(
        len(ballot) == wide and _BALLOT(ballot) and ballot[ID_DIGITS:].strip(".") for ballot in event.ballots
    ):
        return "a ballot is not written as ballots are"
    if not state.statements.keys() >= set(event.statements) or sorted(set(event.statements)) != [*event.statements]:
        return "the ballots are not about the statements of the session"
    return "the ballots are not those of the votes" if whole and event != ballots_of(state) else ""


def wrong_totals(state: State, event: ev.TotalsPublished, seq: int, sealed: int) -> str:
    """What is wrong with totals that are published after `state` as entry `seq`; empty if nothing is. `sealed`: the
    number of entries before it of which the log shows nothing; 0: it contains the votes."""
    if not state.is_over or state.totals is not None or event.upto != seq - 1:
        return "totals are published once, after the session has closed"
    if not sealed:
        computed = totals_of(state, private_counts(state))
        # Earlier versions published nothing of two moments.
        known = (computed, msgspec.structs.replace(computed, moved=()))
        return "" if event in known else "the totals are not those of the votes"
    if event.sealed != sealed:
        return f"{sealed} entries are sealed instead of {event.sealed}"
    if len({(figure.statement, figure.group) for figure in event.figures}) < len(event.figures):
        return "a statement has two figures of one group"
    if sum(not count.attribute and not count.value for count in event.people) > 1:
        return "the number of people who joined is stated twice"
    of_all = {figure.statement: figure for figure in event.figures if not figure.group}
    if not of_all.keys() >= {figure.statement for figure in event.figures}:
        return "a statement has figures of groups only"
    twice = len({figure.statement for figure in event.moved}) < len(event.moved)
    if twice or not all(_can_have_moved(figure, of_all.get(figure.statement), seq) for figure in event.moved):
        return "the figures of two moments are not possible beside the totals"
    ballots = state.ballots
    wrong = _beside_ballots(event, of_all, ballots, len(state.measures.struck)) if ballots is not None else ""
    return wrong or wrong_counts(state, event)


def wrong_strike(state: State, event: ev.Event | TakenBack) -> str:
    """What is wrong with an entry that changes whose votes are left out, after `state`; empty if nothing is."""
    changes = event
    if isinstance(event, ev.ActTakenBack) and (taken := state.taken_back.get(event.entry)) is not None:
        changes = taken.act.event
    if not isinstance(changes, ev.VotesStruck | ev.VotesRestored):
        return ""
    if votes_published(state):
        return "it changes whose votes are left out after they were published"
    if isinstance(event, ev.VotesRestored) and event.entry not in state.measures.struck:
        return f"the votes of entry {event.entry} are not left out"
    return ""


def wrong_slate(state: State, published: ev.SlateFigure | None) -> str:
    """What is wrong with the audit of the short list of a report; empty if nothing is. Any list may be published, made
    by whatever method: its audit has to be that of the votes. A public log does not show who belongs to a group, so of
    groups only what their totals allow is checked."""
    if published is None:
        return ""
    computed = audited_figure(state, published.statements)
    alone = msgspec.structs.replace(published, groups=(), even=())
    if computed is None or alone != msgspec.structs.replace(computed, groups=(), even=()):
        wrong = True
    elif state.voices:  # earlier versions published nothing of groups, or of more of them
        wrong = published.even not in ((), computed.even) or not (
            possible_groups(state, published.statements) >= set(published.groups)
        )
    else:
        wrong = not all(_is_possible(state, published, group) for group in published.groups)
    return "the audit of the short list is not that of the votes" if wrong else ""


def _is_possible(state: State, published: ev.SlateFigure, group: ev.GroupSlate) -> bool:
    """Whether the totals allow what is said of a group."""
    counted = final_totals(state)
    voters = {count.value: count.voters for count in counted.people if count.attribute} if counted else {}
    heard, left = group.heard, group.people - group.heard
    return (
        group.people <= voters.get(group.group, 0)
        and 0 <= heard <= published.heard
        and 0 <= left <= published.people - published.heard
        and 0 <= group.cast <= min(left, published.cast)
        and (group.outside in state.statements) == bool(group.cast)
    )


def wrong_unput(state: State, published: ev.UnputFigure | None) -> str:
    """What is wrong with the audit of the questions of a report; empty if nothing is. Without the supporters, which a
    public log does not show, only what their numbers allow is checked."""
    if published is None or (state.voices and published == unput_figure(state)):
        return ""
    question = state.questions.get(published.question)
    if state.voices or (published.question and (question is None or was_put(question))):
        return "the audit of the questions is not that of their supporters"
    most = support(state, published.question) if published.question else 0
    within = published.people <= min(most, published.supporters)
    return "" if within else "the audit of the questions counts more people than supported one"


def _can_have_moved(moved: ev.MovedFigure, of_all: ev.Figure | None, seq: int) -> bool:
    """Whether the figures of everybody allow those of the people who voted at two moments, in the totals of entry
    `seq`."""
    if of_all is None:
        return False
    agree = moved.agree - moved.left + moved.came
    return (
        0 < moved.entry < seq
        and 0 <= moved.left <= moved.agree
        and 0 <= moved.came <= moved.voters - moved.agree
        and agree <= of_all.agree
        and moved.voters - agree <= of_all.disagree + of_all.passes
    )


def _beside_ballots(
    event: ev.TotalsPublished, of_all: dict[int, ev.Figure], published: ev.BallotsPublished, struck: int
) -> str:
    for place, statement in enumerate(published.statements, ID_DIGITS):
        column = "".join([ballot[place] for ballot in published.ballots])
        counted = (column.count("+"), column.count("-"), column.count("0"))
        figure = of_all.get(statement, ev.Figure(statement))
        if counted != (figure.agree, figure.disagree, figure.passes):
            return f"the figures of statement {statement} are not those of the ballots"
    if of_all.keys() - set(published.statements):
        return "a figure is of a statement without ballots"
    joined = next((count.people for count in event.people if not count.attribute), 0)
    return "there are more ballots than people" if len(published.ballots) + struck > joined else ""
