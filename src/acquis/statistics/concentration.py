"""How evenly floor time is distributed among groups: two figures, and sentences that explain them and the counts of
`heard`."""

from __future__ import annotations

import math
from collections.abc import Sequence

from acquis.attributes import LANE
from acquis.i18n import N_, say, say_many
from acquis.i18n.attributes import ATTRIBUTE_WORDS
from acquis.i18n.vocabulary import word
from acquis.statistics.heard import MERGED, Chosen, Dimension, Live, Row

TITLES: dict[str, str] = {name: words.title for name, words in ATTRIBUTE_WORDS.items()}
"""Attribute -> title of the table that counts by it."""


def share(part: int, whole: int) -> float:
    """`part` / `whole`, from 0 to 1; 0 if `whole` is 0."""
    return part / whole if whole else 0.0


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, halves rounded up, computed in integers; 0 if `whole` is 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def gini(amounts: Sequence[int]) -> float | None:
    """The Gini coefficient of non-negative amounts: 0 if all are equal, 1 - 1/n if one has everything; None for fewer
    than two amounts or a sum of 0.

    It is the mean difference of two amounts drawn with replacement, divided by twice the mean: with the amounts in
    ascending order, sum((2i - n - 1) x_i) / (n sum(x_i)), i from 1 to n. Source: Gini 1912; in this form Sen, On
    Economic Inequality (1973)."""
    n, whole = len(amounts), sum(amounts)
    return _gaps(amounts) / (n * whole) if n > 1 and whole else None


def _gaps(amounts: Sequence[int]) -> int:
    """The sum of the absolute differences of all pairs of amounts."""
    n = len(amounts)
    return sum((2 * i - n - 1) * amount for i, amount in enumerate(sorted(amounts), 1))


def entropy(amounts: Sequence[int]) -> float | None:
    """The entropy of the shares divided by that of equal shares: 1 if all are equal, 0 if one has everything; None for
    fewer than two amounts or a sum of 0.

    It is -sum(p_i ln p_i) / ln n, with p ln p = 0 for p = 0. Source: Shannon 1948, normalised as by Pielou 1966."""
    nats = _nats(amounts)
    if nats is None:
        return None
    # Equal shares give exactly 1; the sum of logarithms is only close to it.
    return 1.0 if min(amounts) == max(amounts) else min(nats / math.log(len(amounts)), 1.0)


def _nats(amounts: Sequence[int]) -> float | None:
    whole = sum(amounts)
    if len(amounts) < 2 or not whole:
        return None
    return math.fsum(amount / whole * math.log(whole / amount) for amount in amounts if amount)


def spoken_times(dimension: Dimension) -> list[int]:
    """The floor time (ms) of each publishable group, 0 included; without the row of all others."""
    return [row.floor_ms for row in dimension.groups]


def gini_sentence(language: str, dimension: Dimension) -> str:
    """The Gini coefficient of floor time in a sentence; empty if there is none."""
    times = spoken_times(dimension)
    coefficient, n = gini(times), len(times)
    if coefficient is None:
        return ""
    two = N_(
        "The two groups differ by {minutes} min of speaking time. Gini coefficient: {gini} (0: the "
        "same time for each group, {most}: all time for one group)."
    )
    more = N_(
        "Groups: {n}. On average, two of them differ by {minutes} min of speaking time. Gini "
        "coefficient: {gini} (0: the same time for each group, {most}: all time for one group)."
    )
    tenths = round(_gaps(times) * 20 / (n * (n - 1) * 60_000))
    return say(
        language, two if n == 2 else more, n=n, minutes=tenths / 10, gini=f"{coefficient:.2f}", most=f"{1 - 1 / n:.2f}"
    )


def entropy_sentence(language: str, dimension: Dimension) -> str:
    """The entropy of floor time in a sentence; empty if there is none."""
    times = spoken_times(dimension)
    normalised, nats = entropy(times), _nats(times)
    if normalised is None or nats is None:
        return ""
    message = N_(
        "Groups: {n}. Speaking time was spread as if this many had shared it equally: {like}. Normalized entropy: "
        "{entropy} (1 means equal time, 0 means all time for one group)."
    )
    # The exponential of the entropy is the number of groups with equal shares that has the same entropy (Hill 1973).
    return say(language, message, n=len(times), like=f"{math.exp(nats):.1f}", entropy=f"{normalised:.2f}")


def dimension_sentences(language: str, dimension: Dimension) -> list[str]:
    """The sentences below the table of a dimension: the two figures, or why there are none."""
    if not dimension.asked:
        return [say(language, N_("This was not asked when people joined."))]
    if dimension.rows and not dimension.groups:
        few = dimension.rows[0].group == MERGED
        message = (
            N_("No one stated a group, or no group is large enough to be shown.") if few else N_("No information.")
        )
        return [say(language, message)]
    return [line for line in (gini_sentence(language, dimension), entropy_sentence(language, dimension)) if line]


def row_name(language: str, row: Row) -> str:
    """The label of a row in the table of groups; merged and unstated groups have one label."""
    return (
        say(language, N_("not stated, or fewer than 5 people"))
        if row.group == MERGED
        else word(language, "group", row.group)
    )


def row_sentence(language: str, row: Row, everybody: Row) -> str:
    """The row's share of floor time and its share of the people who joined, in a sentence."""
    message = N_("{who}: {floor}% of speaking time, {present}% of participants")
    floor, present = percent(row.floor_ms, everybody.floor_ms), percent(row.joined, everybody.joined)
    return say(language, message, who=row_name(language, row), floor=floor, present=present)


def chosen_sentence(language: str, chosen: Chosen) -> str:
    """How many of the most supported questions were put to the floor; empty if no question had support."""
    if not chosen.of:
        return ""
    return say_many(
        language,
        N_("The most supported question: {put} of {n} was put to the panel."),
        N_("Of the {n} most supported questions, {put} were put to the panel."),
        chosen.of,
        put=chosen.put,
    )


def live_sentence(language: str, live: Live | None) -> str:
    """The line for the chair: "Online: 41 % of hands, 12 % of floor time"; empty for None."""
    if live is None:
        return ""
    lanes = {"online": N_("Online"), "room": N_("The room")}
    who = say(language, lanes[live.group]) if live.dimension == LANE.name else word(language, "group", live.group)
    hands = percent(live.hands, live.of_hands)
    if not live.of_floor_ms:
        return say(
            language, N_("{who}: {hands}% of requests to speak. No one has had the floor yet."), who=who, hands=hands
        )
    floor = percent(live.floor_ms, live.of_floor_ms)
    return say(
        language,
        N_("{who}: {hands}% of requests to speak, {floor}% of speaking time"),
        who=who,
        hands=hands,
        floor=floor,
    )
