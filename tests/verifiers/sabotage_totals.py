"""Falsified ballots, totals and reports, of which all links were made anew."""

from __future__ import annotations

from typing import Any

from .cases import IN_PART, VERIFIED, Case, anew, number
from .generator import Record
from .stories import PEOPLE, story

CLOSED, BALLOTS = number("SessionClosed"), number("BallotsPublished")
TOTALS, REPORT = number("TotalsPublished"), number("ReportPublished")
LAST = len(story("plain").entries)


def _ballots(edit: Any) -> Any:
    def changed(record: Record) -> None:
        before = record.members(BALLOTS)["ballots"]
        after = edit(list(before))
        assert after != before
        record.change(BALLOTS, ballots=after)

    return changed


def _figures(seq: int, edit: Any) -> Any:
    def changed(record: Record) -> None:
        figures = record.members(seq)["figures"]
        record.change(seq, figures=edit([dict(figure) for figure in figures]))

    return changed


def _insert(seq: int, event: str, **members: Any) -> Any:
    """Write an entry with this number; the later ones go one further."""

    def changed(record: Record) -> None:
        record.add("", event, **members)
        record.entries.insert(seq - 1, record.entries.pop())

    return changed


def _flipped(ballot: str) -> str:
    return ballot[:32] + ballot[32:].translate(str.maketrans("+-", "-+"))


def _more(record: Record) -> None:
    """So many ballots that more people voted than joined; the totals follow."""
    ballots = record.members(BALLOTS)["ballots"]
    added = sorted([*ballots, *(f"{n:032x}+..." for n in range(PEOPLE))])
    record.change(BALLOTS, ballots=added)
    figures = record.members(TOTALS)["figures"]
    record.change(TOTALS, figures=[{**figures[0], "agree": figures[0]["agree"] + PEOPLE}, *figures[1:]])


def _sealed_late(record: Record) -> None:
    record.add("v-late", "VoteCast", statement=3, choice="agree")
    record.hide(len(record.entries))


def _added_vote(record: Record) -> None:
    record.add("v-added", "VoteCast", statement=3, choice="agree")
    record.hide(len(record.entries))
    record.entries.insert(CLOSED - 1, record.entries.pop())


def _no_totals(record: Record) -> None:
    record.entries.pop(TOTALS - 1)


def _no_ballots(record: Record) -> None:
    record.entries.pop(BALLOTS - 1)
    for event in ("TotalsPublished", "ReportPublished"):
        seq = record.numbers(event)[0]
        record.change(seq, upto=seq - 1)


def _zero(statement: bool) -> Any:
    """A statement on which nobody voted, with a figure of zeros or without one."""

    def changed(record: Record) -> None:
        ballots = [ballot[:-1] + "." for ballot in record.members(BALLOTS)["ballots"]]
        record.change(BALLOTS, ballots=[ballot for ballot in ballots if ballot[32:].strip(".")])
        last = record.members(BALLOTS)["statements"][-1]
        for seq in (TOTALS, REPORT):
            figures = [figure for figure in record.members(seq)["figures"] if figure["statement"] != last]
            zeros = {"statement": last, "agree": 0, "disagree": 0, "passes": 0}
            record.change(seq, figures=[*figures, *([zeros] if statement else [])])

    return changed


def _change(seq: int, **members: Any) -> Any:
    return lambda record: record.change(seq, **members)


def _remove(seq: int) -> Any:
    return lambda record: record.entries.pop(seq - 1)


def _again(seq: int) -> Any:
    return lambda record: record.entries.append(record.entries[seq - 1])


def _before_close(record: Record) -> None:
    record.entries.insert(CLOSED - 1, record.entries.pop(BALLOTS - 1))


def _votes_moved(record: Record) -> None:
    """Two votes of the ballots change places; the totals stay the same only if both were equal."""
    record.change(BALLOTS, ballots=[_flipped(ballot) for ballot in record.members(BALLOTS)["ballots"]])


def _held_back(record: Record) -> None:
    """The close was taken back, and nothing closed the session again."""
    _insert(CLOSED + 1, "ActTakenBack", entry=CLOSED)(record)


def _moved(times: int = 1, note: str = "", **more: int) -> Any:
    """Figures of two moments of the first statement, on which everybody voted at both; some counts are so much more."""

    def changed(record: Record) -> None:
        figure = record.members(TOTALS)["figures"][0]
        voters = figure["agree"] + figure["disagree"] + figure["passes"]
        moved = {"statement": 3, "entry": 4, "voters": voters, "agree": 1, "came": figure["agree"] - 1, "left": 0}
        stated = {name: count + more.get(name, 0) for name, count in moved.items()}
        record.change(TOTALS, moved=[{**stated, **({"note": note} if note else {})}] * times)

    return changed


def _withheld(at: int) -> Any:
    """The first statement was held back by entry `at`; the report has no figures of it."""

    def changed(record: Record) -> None:
        first = record.members(BALLOTS)["statements"][0]
        figures = [figure for figure in record.members(REPORT)["figures"] if figure["statement"] != first]
        record.change(REPORT, figures=figures, **({"upto": REPORT} if at == REPORT else {}))
        _insert(at, "StatementHeldBack", statement=first, reason="off_topic")(record)
        record.change(at, at=record.members(at - 1)["at"])

    return changed


def _cites(entry: int) -> Any:
    return lambda record: record.change(REPORT, takeaways=[{"text": "We agree.", "cites": [entry]}])


def _people(group: dict[str, Any], times: int = 1) -> Any:
    return lambda record: record.change(TOTALS, people=[*record.members(TOTALS)["people"], *[group] * times])


def _without_whole(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return figures[1:]


def _first(**members: Any) -> Any:
    return lambda figures: [figures[0] | members, *figures[1:]]


def _strike(record: Record) -> None:
    """One person too few has a ballot left; all voted."""
    _insert(CLOSED, "VotesStruck", reason="other", voice="v-added")(record)
    record.hide(CLOSED, "voice")
    record.change(TOTALS + 1, upto=record.members(TOTALS + 1)["upto"] + 1)


STRUCK = {event: number(event, kind="struck") for event in ("VotesStruck", "VotesRestored", "BallotsPublished")}
LATE = STRUCK["BallotsPublished"] + 1

B, T, R = (str(BALLOTS),), (str(TOTALS),), (str(REPORT),)

BALLOTS_AND_TOTALS = [
    Case("ballot changed", anew(_ballots(lambda ballots: [_flipped(ballots[0]), *ballots[1:]])), 1, T),
    Case("all votes turned", anew(_votes_moved), 1, T),
    Case("ballot dropped", anew(_ballots(lambda ballots: ballots[1:])), 1, T),
    Case("ballot twice", anew(_ballots(lambda ballots: [ballots[0], *ballots])), 1, (*B, "2")),
    Case("id of a ballot twice", anew(_ballots(lambda ballots: [_flipped(ballots[0]), *ballots])), 1, (*B, "2")),
    Case("ballots out of order", anew(_ballots(lambda ballots: ballots[::-1])), 1, B),
    Case("ballot without a vote", anew(_ballots(lambda ballots: ["0" * 32 + "....", *ballots])), 1, (*B, "1")),
    Case("ballot with too many votes", anew(_ballots(lambda ballots: [ballots[0] + "+", *ballots[1:]])), 1, B),
    Case("ballot with too few votes", anew(_ballots(lambda ballots: [ballots[0][:-1], *ballots[1:]])), 1, B),
    Case("ballot with another sign", anew(_ballots(lambda ballots: [ballots[0][:-1] + "x", *ballots[1:]])), 1, B),
    Case("ballot in upper case", anew(_ballots(lambda ballots: ["A" * 32 + "+...", *ballots])), 1, B),
    Case("ballot as a number", anew(_ballots(lambda ballots: [1, *ballots])), 1, B),
    Case("ballot with a line feed", anew(_ballots(lambda ballots: [ballots[0] + "\n", *ballots[1:]])), 1, B),
    Case("more ballots than people", anew(_more), 1, (str(PEOPLE),)),
    Case("ballots on what is no statement", anew(_change(BALLOTS, statements=[1, 4, 5, 6])), 1, B),
    Case("statements out of order", anew(_change(BALLOTS, statements=[4, 3, 5, 6])), 1, B),
    Case("statement twice", anew(_change(BALLOTS, statements=[3, 3, 4, 5])), 1, B),
    Case("ballots as an object", anew(_change(BALLOTS, ballots={})), 1, B),
    Case("ballots twice", anew(_again(BALLOTS)), 1, (str(LAST + 1),)),
    Case("totals twice", anew(_again(TOTALS)), 1, (str(LAST + 1),)),
    Case("ballots before the close", anew(_before_close), 1, (str(CLOSED),)),
    Case("ballots after a close that was taken back", anew(_held_back), 1, (str(BALLOTS + 1),)),
    Case("no ballots", anew(_no_ballots), IN_PART),
    Case("genuine statement without votes and without a figure", anew(_zero(False)), VERIFIED),
    Case("genuine statement without votes and with a figure of zeros", anew(_zero(True)), VERIFIED),
    Case("ballots removed, and the totals say what they said", anew(_remove(BALLOTS)), 1, (str(BALLOTS),)),
    Case("totals do not match", anew(_figures(TOTALS, _first(agree=99))), 1, (*T, "3")),
    Case("totals without a count", anew(_figures(TOTALS, lambda figures: [{"statement": 3}, *figures[1:]])), 1, T),
    Case("group figures without a figure for everybody", anew(_figures(TOTALS, _without_whole)), 1, (*T, "3")),
    Case("figure twice", anew(_figures(TOTALS, lambda figures: [*figures, figures[0]])), 1, (*T, "3")),
    Case("figure of another entry", anew(_figures(TOTALS, lambda figures: [*figures, {"statement": 1}])), 1, (*T, "1")),
    Case("figure with a further member", anew(_figures(TOTALS, _first(note="good"))), 1, T),
    Case("figure with a text as a count", anew(_figures(TOTALS, _first(agree="9"))), 1, T),
    Case("genuine figures of two moments", anew(_moved()), VERIFIED),
    Case("more came to agree than agree", anew(_moved(came=1)), 1, (*T, "3")),
    Case("more ceased to agree than agreed", anew(_moved(left=2)), 1, (*T, "3")),
    Case("more voted at both moments than at the last", anew(_moved(voters=1)), 1, (*T, "3")),
    Case("a moment after the totals", anew(_moved(entry=TOTALS)), 1, (*T, "3")),
    Case("figures of two moments of no statement", anew(_moved(statement=96)), 1, (*T, "99")),
    Case("figures of two moments twice", anew(_moved(times=2)), 1, (*T, "3")),
    Case("figures of two moments with a further member", anew(_moved(note="good")), 1, T, full=VERIFIED),
    Case("figures as an object", anew(_change(TOTALS, figures={})), 1, T),
    Case("fewer sealed than there are", anew(_change(TOTALS, sealed=1)), 1, (*T, "1")),
    Case("no sealed", anew(_change(TOTALS, sealed=None)), 1, T),
    Case("totals up to themselves", anew(_change(TOTALS, upto=TOTALS)), 1, T),
    Case("totals up to nothing", anew(_change(TOTALS, upto=None)), 1, T),
    Case("sealed after the totals", anew(_sealed_late), 1, (str(LAST + 1),)),
    Case("vote added before the close", anew(_added_vote), 1, (str(TOTALS + 1),)),
    Case("people twice", anew(_change(TOTALS, people=[{"people": PEOPLE}, {"people": 99}])), 1, T),
    Case("nobody joined", anew(_change(TOTALS, people=None)), 1, ("0",)),
    Case("ballot of somebody whose votes are left out", anew(_strike), 1, (str(PEOPLE - 1), str(PEOPLE))),
    Case(
        "votes left out after the ballots",
        anew(_insert(LATE, "VotesStruck", reason="other", voice="v"), "struck"),
        1,
        (str(LATE),),
    ),
    Case(
        "votes counted again after the ballots",
        anew(_insert(LATE, "VotesRestored", entry=STRUCK["VotesStruck"]), "struck"),
        1,
        (str(LATE),),
    ),
    Case(
        "votes taken back after the ballots",
        anew(_insert(LATE, "ActTakenBack", entry=STRUCK["VotesRestored"]), "struck"),
        1,
        (str(LATE),),
    ),
    Case(
        "votes counted again that are not left out",
        anew(lambda record: record.change(STRUCK["VotesRestored"], entry=1), "struck"),
        1,
        (str(STRUCK["VotesRestored"]),),
    ),
    Case(
        "the voice whose votes are left out is gone",
        anew(lambda record: record.entries[STRUCK["VotesStruck"] - 1].pop(), "struck"),
        1,
        (str(STRUCK["VotesStruck"]),),
    ),
    Case("report with other figures", anew(_figures(REPORT, _first(agree=99))), 1, (*R, "3")),
    Case("report with a figure of a group that is not there", anew(_figures(REPORT, _first(group="all"))), 1, R),
    Case("report that drops a figure", anew(_figures(REPORT, lambda figures: figures[1:])), 1, (*R, "3")),
    Case("report that drops all figures", anew(_change(REPORT, figures=[])), 1, (*R, "3")),
    Case("report with a figure twice", anew(_figures(REPORT, lambda figures: [*figures, figures[0]])), 1, R),
    Case("genuine report of a statement held back before it", anew(_withheld(at=REPORT)), VERIFIED),
    Case("report of a statement held back after it", anew(_withheld(at=REPORT + 1)), 1, (*R, "3")),
    Case("report that cites an entry after it", anew(_cites(REPORT + 1)), VERIFIED, full=1),
    Case(
        "people of a group twice",
        anew(_people({"attribute": "lane", "value": "room", "people": 1}, 2)),
        VERIFIED,
        full=1,
    ),
    Case(
        "more people of a group than joined",
        anew(_people({"attribute": "lane", "value": "x", "people": 99})),
        VERIFIED,
        full=1,
    ),
    Case(
        "supporters of what nobody can support",
        anew(_change(TOTALS, supporters=[{"question": 1, "people": 1}])),
        VERIFIED,
        full=1,
    ),
    Case("an entry earlier than the one before it", anew(_change(REPORT, at=1)), VERIFIED, full=1),
    Case("report with a reason of no list", anew(_change(REPORT, rest="because")), VERIFIED, full=1),
    Case("more supporters of questions than joined", anew(_change(REPORT, unput={"supporters": 99})), IN_PART, full=1),
    Case("report with figures and no totals", anew(_no_totals), 1, (str(REPORT - 1),)),
]
