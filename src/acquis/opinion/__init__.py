"""The opinion map of agree, disagree and pass votes. Plain functions of frozen inputs with explicit seeds. Nothing here
depends on a session, the web or a clock, so it can be used from a notebook:

    from acquis.opinion import opinion_map, votes_from_arrays
    reading = opinion_map(votes_from_arrays(person, statement, choice))
    reading.areas.consensus[0].low      # at least this share agrees in every group

The method, a worked example and the limits of the method are in docs/opinion.md.
"""

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.axes import Axes, fit_axes
from acquis.opinion.consensus import Area, Areas, areas, interval, tally, without
from acquis.opinion.constituencies import Constituencies, constituencies, cramers_v
from acquis.opinion.guards import alike, effect_without, removed
from acquis.opinion.place import Positions, place, predicted
from acquis.opinion.reading import OpinionMap, opinion_map
from acquis.opinion.representative import Representative, representative
from acquis.opinion.routing import chances, draw
from acquis.opinion.structure import Camps, Structure, structure
from acquis.opinion.sums import LiveSums, Sums, sums
from acquis.opinion.votes import AGREE, DISAGREE, PASS, Votes, votes_from_arrays
from acquis.opinion.why import ends, reasons

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Area",
    "Areas",
    "Axes",
    "Camps",
    "Constituencies",
    "Floats",
    "Ints",
    "LiveSums",
    "Mask",
    "OpinionMap",
    "Positions",
    "Representative",
    "Structure",
    "Sums",
    "Votes",
    "alike",
    "areas",
    "chances",
    "constituencies",
    "cramers_v",
    "draw",
    "effect_without",
    "ends",
    "fit_axes",
    "interval",
    "opinion_map",
    "place",
    "predicted",
    "reasons",
    "removed",
    "representative",
    "structure",
    "sums",
    "tally",
    "votes_from_arrays",
    "without",
]
