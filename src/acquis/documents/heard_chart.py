"""Who was heard, as SVG: for each group its shares of floor time and of the people who joined, in words and as two
bars, which differ in pattern and colour."""

from __future__ import annotations

from acquis.charts.bars import THIN, two_bars
from acquis.charts.svg import GAP, MARGIN, framed, paragraph
from acquis.i18n import N_, say
from acquis.statistics.concentration import TITLES, row_sentence, share
from acquis.statistics.heard import Account, Dimension


def heard_picture(account: Account, language: str, *, rtl: bool = False) -> str:
    """The picture of an account, with size and style sheet, for a file; empty unless `has_heard_picture`. rtl: bars and
    words begin at the right."""
    everybody = account.everybody
    if not has_heard_picture(account):
        return ""
    key = say(language, N_("Upper bar, filled: share of speaking time. Lower bar, striped: share of participants."))
    parts, y = paragraph(key, MARGIN, rtl)
    y += GAP
    said = [key]
    for dimension in _drawn(account):
        title = say(language, TITLES[dimension.name])
        more, y = paragraph(title, y, rtl, kind="om-word om-name")
        parts += more
        said.append(f"{title}:")
        for row in (row for row in dimension.rows if row.floor_ms or row.joined):
            line = row_sentence(language, row, everybody)
            said.append(f"{line}.")
            more, y = paragraph(line, y, rtl)
            floor, present = share(row.floor_ms, everybody.floor_ms), share(row.joined, everybody.joined)
            parts += [*more, *two_bars(floor, present, y, rtl)]
            y += 2 * THIN + GAP
    title = say(language, N_("Who was heard: speaking time and attendance"))
    if len(account.dimensions) == 1:
        title = f"{title} ({say(language, TITLES[account.dimensions[0].name])})"
    return framed("".join(parts), y, title, " ".join(said), alone=True)


def has_heard_picture(account: Account) -> bool:
    """Whether somebody had the floor through the queue and a group can be shown."""
    return bool(account.everybody.floor_ms and _drawn(account))


def _drawn(account: Account) -> list[Dimension]:
    """The dimensions with at least one publishable group."""
    return [dimension for dimension in account.dimensions if dimension.groups]
