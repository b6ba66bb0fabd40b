"""How few people decide the lists of an opinion map, as data and in a sentence for each list."""

from __future__ import annotations

import numpy as np

from acquis.documents.opinion_result import InfluenceLine
from acquis.i18n import N_, say
from acquis.opinion import AGREE, DISAGREE, OpinionMap
from acquis.opinion.influence import Influence, influence

_LISTED = {
    ("consensus", True): N_("Agreed across the opinion groups: {n}."),
    ("concern", True): N_("Opposed across the opinion groups: {n}."),
    ("consensus", False): N_("Agreed among the voters: {n}."),
    ("concern", False): N_("Opposed among the voters: {n}."),
}
"""The list, and whether there are opinion groups."""
_CHANGED = N_(
    "Without some 5% of the people (at most {people}), {off} could leave the list and {on} could enter it. "
    "Smallest number of people for one change: {least}."
)
_STABLE = N_("Without any 5% of the people (at most {people}), the list would be the same.")


def influence_lines(opinion: OpinionMap, language: str) -> list[InfluenceLine]:
    """The influence of few people on the lists over the opinion groups, or over everybody if there are none."""
    counts = opinion.counts if opinion.k > 1 else opinion.everybody
    present = np.array(opinion.sizes if opinion.k > 1 else [opinion.sums.people], np.int64)
    return [
        _line(opinion, kind, influence(counts, present, choice), language)
        for kind, choice in (("consensus", AGREE), ("concern", DISAGREE))
    ]


def _line(opinion: OpinionMap, kind: str, read: Influence, language: str) -> InfluenceLine:
    on_list = {area.statement for area in getattr(opinion.areas, kind)}
    off, on = (
        {j: n for j, n in of.items() if (j in on_list) == inside} for of, inside in ((read.off, True), (read.on, False))
    )
    least = min((*off.values(), *on.values()), default=0)
    changed = {"people": read.people, "off": len(off), "on": len(on), "least": least}
    listed = say(language, _LISTED[kind, opinion.k > 1], n=len(on_list))
    sentence = f"{listed} {say(language, _CHANGED if least else _STABLE, **changed)}"
    off_named, on_named = ({str(opinion.statements[j]): n for j, n in of.items()} for of in (off, on))
    return InfluenceLine(kind, read.people, off_named, on_named, sentence)
