"""Areas of agreement and division of a conversation, with their sentences, for the page and the file."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

from acquis.documents.opinion_result import AreaLine, KindLine
from acquis.documents.opinion_unknown import counted
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.opinion import AGREE, Area, Areas, Constituencies, Ints, OpinionMap
from acquis.statistics.opinion_words import TITLES, area_sentence, percent
from acquis.statistics.statement_area import StatementArea


def group_names(language: str, k: int) -> list[str]:
    """The names of `k` groups ("Group A", "Group B", ...) from left to right on the map; empty for one group."""
    return [say(language, N_("Group {letter}"), letter="ABCDEF"[number]) for number in range(k)] if k > 1 else []


def areas_in_words(
    language: str, opinion: OpinionMap, areas: Areas, names: list[str], counts: Ints
) -> dict[str, list[AreaLine]]:
    """The areas by kind, each with its sentence. names: of the groups; counts: (groups, statements, 3)."""
    return {
        kind: [
            _area(language, kind, areas, area, names=names, counts=counts, statements=opinion.statements)
            for area in getattr(areas, kind)
        ]
        for kind in TITLES
    }


def _area(
    language: str,
    kind: str,
    areas: Areas,
    area: Area,
    *,
    names: list[str],
    counts: Ints,
    statements: Sequence[Hashable],
) -> AreaLine:
    other = counts[area.against, area.statement] if area.against >= 0 else None
    shown = StatementArea(
        0,
        area.share,
        low=area.low,
        high=area.high,
        least=names[area.group],
        of=area.voters,
        against=names[area.against] if other is not None else "",
        against_share=float(other[AGREE + 1] / other.sum()) if other is not None else 0.0,
        missing=tuple(names[number] for number in areas.unknown.get(area.statement, ())),
        present=area.present,
        others=area.others,
        wider=area.wider,
    )
    sentence = area_sentence(language, kind, shown)
    return AreaLine(
        str(statements[area.statement]),
        area.share,
        low=area.low,
        high=area.high,
        group=shown.least,
        voters=area.voters,
        sentence=sentence,
        present=area.present,
        others=area.others,
        wider=area.wider,
    )


def kind_in_words(language: str, opinion: OpinionMap, kind: str, read: Constituencies) -> KindLine:
    """A kind of declared groups with its areas."""
    names = list(read.names)
    discovered = group_names(language, opinion.k) or [say(language, N_("All participants"))]
    return KindLine(
        kind,
        groups={name: int(size) for name, size in zip(names, read.sizes)},
        not_said=read.not_said,
        follows=None if math.isnan(read.follows) else read.follows,
        areas=areas_in_words(language, opinion, read.areas, names, read.counts),
        differ=[
            AreaLine(
                str(opinion.statements[area.statement]),
                area.share,
                low=area.low,
                high=area.high,
                group=(group := names[area.group] if area.declared else discovered[area.group]),
                voters=area.voters,
                sentence=say(
                    language,
                    N_("Except {group}: {share}% agree (at most {high}%, votes: {of})."),
                    group=word(language, "group", group),
                    share=percent(area.share),
                    of=area.voters,
                    high=math.ceil(100 * area.high),
                ),
            )
            for area in read.differ
        ],
        unknown=counted(read),
    )


def representative_in_words(language: str, opinion: OpinionMap, names: list[str]) -> list[list[AreaLine]]:
    """For each opinion group the statements that distinguish it."""
    agree, disagree = (
        N_("{share}% agree, against {others}% of all others (difference: at least {low}%)."),
        N_("{share}% disagree, against {others}% of all others (difference: at least {low}%)."),
    )
    return [
        [
            AreaLine(
                str(opinion.statements[area.statement]),
                area.share,
                low=area.low,
                high=area.high,
                group=names[area.group],
                voters=int(opinion.counts[area.group, area.statement].sum()),
                sentence=say(
                    language,
                    agree if area.choice == AGREE else disagree,
                    share=percent(area.share),
                    others=percent(area.others),
                    low=int(100 * area.low),
                ),
            )
            for area in of_group
        ]
        for of_group in opinion.representative
    ]
