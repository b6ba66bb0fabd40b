"""Who was heard as SVG: for each group its share of floor time against its share of those who joined, in words and as
two bars that differ by their pattern as well as by their colour."""

from __future__ import annotations

from acquis.charts.bars import BAR, GAP, LINE, MARGIN, WIDTH, clean, framed, wrapped
from acquis.i18n import N_, say
from acquis.statistics.concentration import TITLES, row_said, share
from acquis.statistics.heard import Account, Dimension, Row

THIN = BAR // 2 + 3
WIDE = WIDTH - 2 * MARGIN


def heard_picture(account: Account, language: str, *, rtl: bool = False, alone: bool = False) -> str:
    """The picture of an account; empty where nobody had the floor through the queue, or no group can be shown. rtl:
    bars and words begin at the right. alone: with its size and style, for a file."""
    everybody = account.everybody
    if not has_heard_picture(account):
        return ""
    key = say(language, N_("Upper bar, filled: share of floor time. Lower bar, striped: share of those who joined."))
    parts, y = _lines(key, MARGIN, rtl)
    y += GAP
    said = [key]
    for dimension in _drawn(account):
        title = say(language, TITLES[dimension.name])
        more, y = _lines(title, y, rtl, "om-word om-name")
        parts += more
        said.append(f"{title}:")
        for row in (row for row in dimension.rows if row.floor_ms or row.joined):
            line = row_said(language, row, everybody)
            said.append(f"{line}.")
            more, y = _lines(line, y, rtl)
            parts += [*more, *_bars(row, everybody, y, rtl)]
            y += 2 * THIN + GAP
    title = say(language, N_("Who was heard: floor time against presence"))
    if len(account.dimensions) == 1:
        title = f"{title} ({say(language, TITLES[account.dimensions[0].name])})"
    return framed("".join(parts), y, title, " ".join(said), alone)


def has_heard_picture(account: Account) -> bool:
    """Whether there is something to draw: somebody had the floor through the queue, and a group can be shown."""
    return bool(account.everybody.floor_ms and _drawn(account))


def _drawn(account: Account) -> list[Dimension]:
    """The dimensions with something to compare: at least one group that can be shown."""
    return [dimension for dimension in account.dimensions if dimension.groups]


def _lines(text: str, y: int, rtl: bool, kind: str = "om-word") -> tuple[list[str], int]:
    """Words in as many lines as they need, and where the next thing begins."""
    x, side = (WIDTH - MARGIN, ' direction="rtl"') if rtl else (MARGIN, "")
    parts = []
    for line in wrapped(text, WIDE):
        parts.append(f'<text class="{kind}" x="{x}" y="{y + 14}"{side}>{clean(line)}</text>')
        y += LINE
    return parts, y


def _bars(row: Row, everybody: Row, y: int, rtl: bool) -> list[str]:
    parts = []
    for kind, part, top in (
        ("om-g0", share(row.floor_ms, everybody.floor_ms), y),
        ("om-none", share(row.joined, everybody.joined), y + THIN),
    ):
        wide = WIDE * part
        x = MARGIN + (WIDE - wide if rtl else 0)
        parts.append(f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{wide:.1f}" height="{THIN - 2}"/>')
        if kind == "om-none":
            parts.append(_stripes(x, top, wide))
    # Both bars are of the same whole, so that their ends can be compared.
    parts.append(f'<path class="om-axis" fill="none" d="M{MARGIN} {y - 1}h{WIDE}v{2 * THIN}h-{WIDE}z"/>')
    return parts


def _stripes(x: float, y: int, wide: float) -> str:
    """Slanted lines inside a bar."""
    tall = THIN - 2
    lines = [f"M{x + left:.1f} {y + tall}l{tall}-{tall}" for left in range(3, int(wide) - tall + 1, 8)]
    return f'<path class="om-hatch" d="{"".join(lines)}"/>' if lines else ""
