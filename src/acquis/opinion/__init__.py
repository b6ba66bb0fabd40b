"""The opinion map of agree, disagree and pass votes. Plain functions of frozen inputs with explicit seeds. Nothing here
depends on a session, the web or a clock, so it can be used from a notebook:

    from acquis import opinion
    conversation = opinion.read_conversation("votes.csv", "comments.csv")
    reading = opinion.opinion_map(conversation.votes, moderated=conversation.moderated)
    reading.areas.consensus[0].low      # at least this share agrees in every group
    people, statements = reading.to_pandas(conversation.texts)

Votes that are already in memory come from `votes_from_arrays` (three columns), `votes_from_frame` (pandas or polars) or
`votes_from_table` (one row for each person).

The method, a worked example and the limits of the method are in docs/opinion.md.
"""

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.axes import Axes, fit_axes
from acquis.opinion.consensus import ENDLESS, Area, Areas, areas, tally, without
from acquis.opinion.constituencies import Constituencies, constituencies, cramers_v
from acquis.opinion.crowds import Crowd, comparable, crowds
from acquis.opinion.files import BadFile, Conversation, read_conversation
from acquis.opinion.frames import votes_from_frame, votes_from_table
from acquis.opinion.guards import alike, effect_without, removed
from acquis.opinion.place import Positions, place, predicted
from acquis.opinion.reading import OpinionMap, opinion_map
from acquis.opinion.representative import Representative, representative
from acquis.opinion.routing import chances, draw
from acquis.opinion.shares import interval, interval_of_all
from acquis.opinion.structure import Camps, Structure, structure
from acquis.opinion.sums import LiveSums, Sums, sums
from acquis.opinion.votes import AGREE, DISAGREE, PASS, Votes, votes_from_arrays
from acquis.opinion.why import ends, reasons

__all__ = [
    "AGREE",
    "DISAGREE",
    "ENDLESS",
    "PASS",
    "Area",
    "Areas",
    "Axes",
    "BadFile",
    "Camps",
    "Constituencies",
    "Crowd",
    "Conversation",
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
    "comparable",
    "constituencies",
    "cramers_v",
    "crowds",
    "draw",
    "effect_without",
    "ends",
    "fit_axes",
    "interval",
    "interval_of_all",
    "opinion_map",
    "place",
    "predicted",
    "read_conversation",
    "reasons",
    "removed",
    "representative",
    "structure",
    "sums",
    "tally",
    "votes_from_arrays",
    "votes_from_frame",
    "votes_from_table",
    "without",
]
