"""What the command that states the outcome of inputs does, case by case."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.fates import NAME_LIMIT, WORDS_LIMIT, StateFates
from acquis.report.publishing import PublishReport

from .scenarios import CLOSED, PUBLISHED, Cases, no
from .story import ANN, BEN, EVE, OPEN, Happened, asked

case = Cases()

THREE: tuple[Happened, ...] = (*OPEN, asked(ANN, "Why?"), asked(BEN, "How?"), asked(EVE, "When?"))
MERGED = ev.FatesStated((4, 5), "merged", (6, 6))

case(THREE, StateFates((4, 5), "merged", (6, 6)), MERGED)
case((*THREE, MERGED), StateFates((4, 5), "merged", (6, 6)), None)
case((*THREE, MERGED), StateFates((4,), "merged", (5,)), ev.FatesStated((4,), "merged", (5,)))
case((*THREE, MERGED), StateFates((6,), "merged", (4,)), no("merged_in_circle", entry=6))
case(THREE, StateFates((4,), "merged", (4,)), no("merged_in_circle", entry=4))
case(THREE, StateFates((4,), "answered", who="The panel"), ev.FatesStated((4,), "answered", who="The panel"))
WRITING = ev.FatesStated((4,), "answered_in_writing", who="The Chair", words="On the list.")
case(THREE, StateFates((4,), "answered_in_writing", who="The Chair", words=" On the list. "), WRITING)
case(THREE, StateFates((4,), "deferred", to="IGF 2027"), ev.FatesStated((4,), "deferred", to="IGF 2027"))
UNUSED = ev.FatesStated((4,), "not_used", reason="off_topic")
case((*CLOSED, ev.StatementSeeded("Keep it.")), StateFates((5,), "not_used", reason="on_record"),
     ev.FatesStated((5,), "not_used", reason="on_record"))  # fmt: skip
case((*THREE, UNUSED), StateFates((4,), "not_used", reason="off_topic"), None)
case((*THREE, UNUSED), StateFates((4,), "deferred", to="IGF"), ev.FatesStated((4,), "deferred", to="IGF"))

case(PUBLISHED, StateFates((1,), "deferred", to="IGF"), no("not_open"))
case(THREE, StateFates((), "deferred", to="IGF"), no("no_inputs"))
case(THREE, StateFates((4, 4), "deferred", to="IGF"), no("no_inputs"))
case(THREE, StateFates((3,), "deferred", to="IGF"), no("no_such_input", entry=3))
case(THREE, StateFates((4,), "merged", (3,)), no("no_such_input", entry=3))
case(THREE, StateFates((4,), "deferred"), no("fate_incomplete"))
case(THREE, StateFates((4,), "deferred", to="IGF", who="Ann"), no("fate_incomplete"))
case(THREE, StateFates((4, 5), "merged", (6,)), no("fate_incomplete"))
case(THREE, StateFates((4,), "not_used", reason="other"), no("fate_incomplete"))
case(THREE, StateFates((4,), "not_used", reason="because"), no("no_such_reason"))
LONG, LONG_NAME = WORDS_LIMIT + 1, NAME_LIMIT + 1
case(THREE, StateFates((4,), "deferred", to="x" * LONG_NAME), no("text_too_long", limit=NAME_LIMIT, length=LONG_NAME))
case(
    THREE,
    StateFates((4,), "not_used", reason="on_record", words="x" * LONG),
    no("text_too_long", limit=WORDS_LIMIT, length=LONG),
)

# --- the report states a reason for what is left ----------------------------------------------------------------

ASKED: tuple[Happened, ...] = (*OPEN, asked(ANN), ev.SessionClosed())
TAKEAWAY = (ev.Sentence("It was useful."),)
case(ASKED, PublishReport(TAKEAWAY), ev.ReportPublished(TAKEAWAY, upto=5, rest="on_record"))
case(ASKED, PublishReport(TAKEAWAY, rest="off_topic"), ev.ReportPublished(TAKEAWAY, upto=5, rest="off_topic"))
case(ASKED, PublishReport(TAKEAWAY, rest=""), no("inputs_open", n=1))
case(ASKED, PublishReport(TAKEAWAY, rest="because"), no("no_such_reason"))
CITING = (ev.Sentence("It was useful.", (4,)),)
case(ASKED, PublishReport(CITING, rest=""), ev.ReportPublished(CITING, upto=5))
