"""Renders the regions of live screens from the state of a session. The same view gives the same regions.

A region is a piece of HTML with an id. Rows of lists are regions of their own (`h12` a request to speak, `q41` a
question, `s7` a statement). `order:LIST` has the rows of a list in their order, with the figures that change often: one
supporter more costs each phone a few bytes and not a list. A page renders itself from the same `scene` and templates.
No region contains personal data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, TypeAlias

import msgspec

from acquis.floor import fairness, segments
from acquis.i18n import N_, say
from acquis.plan import dates
from acquis.state import Question, State
from acquis.state.counting import joined, support, tally
from acquis.state.question_order import QuestionRows
from acquis.state.reading import (
    display_name,
    scene_of,
)
from acquis.statistics.concentration import live_sentence
from acquis.statistics.heard import live as heard_live
from acquis.text.caches import MB, TextCache
from acquis.web.http.forms import Forms
from acquis.web.http.rendering import environment
from acquis.web.live import agreed, speech, times
from acquis.web.live import stage as room_screen
from acquis.web.live.audiences import FRAMED, STANDS_FOR, Audience
from acquis.web.live.folding import FOLDED, first_of_each, rows_of
from acquis.web.live.line import HANDS_SHOWN, Waiting, interventions_of, line_of, queue_order
from acquis.web.live.maps import drawn, texts_of
from acquis.web.live.view import View
from acquis.web.live.votes import StatementVotes

ROWS_KEPT = 5000
FATES = ("toapprove", "on_floor", "unanswered", "ledger", "held_back")
"""The lists of questions on the console."""
ROWS_SHOWN = {"line": HANDS_SHOWN, **dict.fromkeys((*FATES, "asked"), 50)}
"""The number of rows of each list on live screens. Pages of their own show whole lists."""

PARTICIPANTS, CONSOLE = "live/macros.html", "live/console.html"
"""The macros of the screens of participants and of moderators."""


class Scene(msgspec.Struct):
    """The data of the pages of a session, computed once for a page or a frame. The lists are complete. A live screen
    shows the first rows of each (`top`) and the number of the others (`more`)."""

    view: View
    clock: segments.SegmentClock
    ending: segments.Ending
    pick: fairness.Pick | None
    line: list[Waiting]
    interventions: list[Waiting]
    """Waiting points of order and replies, in the order of arrival."""
    toapprove: QuestionRows
    asked: QuestionRows
    """Public questions without an answer, the most supported first."""
    ledger: QuestionRows
    """Questions with a final fate, the latest first, without those that were held back."""
    held_back: QuestionRows
    tallies: list[StatementVotes]
    further: dict[int, list[Question]]
    """Question that moderators have to read, or that is held back, of those that the console shows -> the others of the
    same person in the list."""

    @property
    def online(self) -> str:
        """The sentence of `live_sentence` for the chair."""
        return live_sentence(self.view.lang, heard_live(self.view.state, self.view.at))

    @property
    def on_floor(self) -> QuestionRows:
        """The questions that the panel is answering."""
        return self.asked[: sum(1 for _ in takewhile(lambda question: question.is_on_floor, self.asked))]

    @property
    def unanswered(self) -> QuestionRows:
        """The public questions that wait for an answer, without those on the floor."""
        return self.asked[len(self.on_floor) :]

    @property
    def proposed_first(self) -> list[StatementVotes]:
        """The statements, first those that wait for a moderator."""
        return sorted(self.tallies, key=lambda tally: tally.statement.fate != "proposed")

    @property
    def known(self) -> list[str]:
        """The names of the people who have ever asked for the floor, for the form of a moderator."""
        people = {hand.person for hand in self.view.state.hands.values()}
        return sorted(self.view.names[person] for person in people if person in self.view.names)

    def top(self, name: str) -> Sequence[Any]:
        """The rows of a list that a live page shows; `ROWS_SHOWN` says how many."""
        if name in FOLDED:
            fate, questions = FOLDED[name], self.view.state.questions
            return [questions[seq] for seq in self.further if questions[seq].fate == fate]
        rows: Sequence[Any] = getattr(self, name)
        return rows[: ROWS_SHOWN[name]]

    @property
    def next(self) -> int:
        """The hand that has the floor next: a point of order goes before the list. 0: none; replies have no fixed
        place."""
        points = (entry.hand.seq for entry in self.interventions if entry.hand.kind == "point_of_order")
        return next(points, self.pick.hand if self.pick else 0)

    @property
    def beyond(self) -> int:
        """The number of public questions that live screens do not show."""
        return self.more("asked") + self.more("ledger")

    def more(self, name: str) -> int:
        """The number of rows of a list that are not among the first, nor folded together with one of them."""
        top = self.top(name)
        under = sum(len(self.further.get(question.seq, ())) for question in top) if name in FOLDED else 0
        return len(getattr(self, name)) - len(top) - under


def scene(view: View) -> Scene:
    """The data that all regions of a view show."""
    state = view.state
    clock = segments.clock(state, view.at)
    picked = fairness.pick(state, view.at) if state.is_open else None
    return Scene(
        view,
        clock,
        segments.ending(state),
        pick=picked,
        line=line_of(state, view.names, view.lang, clock, picked),
        interventions=interventions_of(state, view.names, view.lang),
        toapprove=rows_of(state, "toapprove"),
        asked=rows_of(state, "asked"),
        ledger=rows_of(state, "ledger"),
        held_back=rows_of(state, "held_back"),
        tallies=[
            StatementVotes(st, tally(state, st.seq)) for st in state.statements.values() if st.fate != "withdrawn"
        ],
        further=first_of_each(state, "toapprove", ROWS_SHOWN["toapprove"])
        | first_of_each(state, "held_back", ROWS_SHOWN["held_back"]),
    )


# --- regions ----------------------------------------------------------------------------------------------------


Regions: TypeAlias = Iterator[tuple[str, str]]
"""Pairs of region id and HTML, each rendered when it is asked for."""


def regions(audience: Audience, view: View) -> dict[str, str]:
    """Region id -> HTML for an audience. `order:...`, `facts` and `r12` are text for the script."""
    return dict(region_pairs(audience, view))


def region_pairs(audience: Audience, view: View) -> Regions:
    """The same regions as pairs. Each is rendered on demand, so that other work can run in between."""
    view = msgspec.structs.replace(view, audience=audience)
    made = iter(speech.captions(view).items()) if audience == "captions" else _REGIONS[audience](scene(view))
    yield from ((name, str(html)) for name, html in made)  # plain strings for JSON


def next_hand(state: State, at: int) -> int:
    """The request that the rule selects at a moment, 0 for none. While somebody has the floor, the time is charged to
    the group by the second, so the selection can change without an entry."""
    picked = fairness.pick(state, at) if state.is_open else None
    return picked.hand if picked else 0


def parts(
    scene: Scene,
    key: Callable[[], str] = str,
    still: bool = False,
    home: str = "",
    macros: str = PARTICIPANTS,
) -> Any:
    """The macros of a template, for a frame or, with `still` (clocks show what they show), for a page. The forms of a
    frame carry no key: the script makes one for each sending. `home`: the page to which all forms return."""
    template = environment(scene.view.lang).get_template(macros)
    view = scene.view
    read = drawn(view.current, texts_of(view.state), view.lang) if view.current else None
    forms = Forms(view.state, STANDS_FOR[view.audience], view.at, view.log, key, home, embedded=view.audience in FRAMED)
    programme = view.state.programme
    slot = dates.slot(programme.starts, programme.ends, programme.zone, view.lang)
    more = {"slot": slot, "still": still, "drawn": read, "texts": texts_of}
    more |= {"room_screen": room_screen, "times": times, "agreed": agreed}
    return template.make_module({"scene": scene, "view": view, "s": view.state, "forms": forms, **more})


def _participants(scene: Scene) -> Regions:
    part = parts(scene)
    yield from (
        ("now", part.now()),
        ("message", part.message()),
        ("next", part.next()),
        ("withheld", part.held()),
        ("facts", facts(scene)),
    )
    yield from _standing(scene.view.state, part)
    yield "order:lanes", queue_order(scene.interventions)
    yield "order:withheld", " ".join(map(str, held_back(scene.view.state)))
    yield "order:later", queue_order(scene.line[len(scene.top("line")) :])
    yield from _hands(scene, part, "hand")
    yield from _questions(scene, part, "question", ("asked", "ledger"))
    shown = [tally for tally in scene.tallies if tally.public]
    yield "order:cards", _statement_order(shown)
    yield from _statements(scene, part, "card", shown)
    if scene.view.state.results_shown and scene.view.state.is_open:  # each person's page has those they voted on
        yield from ((f"r{tally.statement.seq}", tally.counts) for tally in shown)


def _standing(state: State, part: Any) -> Regions:
    """The objections and reservations to each message, and the number of supporters of each amendment."""
    yield from ((f"standing-{message}", part.standing(message)) for message in state.messages)
    proposed = (amendment.seq for amendment in state.amendments.values() if amendment.is_proposed)
    yield from ((f"supporters-{amendment}", part.supporters(amendment)) for amendment in proposed)


def held_back(state: State) -> list[int]:
    """The questions and statements that are withheld. Frames have no texts of them, but authors see the status."""
    questions = (q.seq for q in state.order.rows(state, "held_back"))
    statements = (st.seq for st in state.statements.values() if st.fate == "held_back")
    return [*questions, *statements]


MODERATED = (
    "undo", "programme", "turn", "pick", "line_head", "lanes", "lowered", "entering", "known", "panel", "fitting",
    "session_time", "balance", "room_screen", "proposed", "seeding", "pausing", "switches", "opinion", "confirmed",
)  # fmt: skip
"""The regions of the console that are not rows of a list; each is a macro of the same name."""


def _moderators(scene: Scene) -> Regions:
    part = parts(scene, macros=CONSOLE)
    yield from ((name, getattr(part, name)()) for name in MODERATED)
    yield "facts", facts(scene)
    yield from ((f"n_{name}", str(len(getattr(scene, name)))) for name in FATES)
    yield from _hands(scene, part, "console_hand")
    yield from _questions(scene, part, "console_question", FATES)
    yield "order:statements", _statement_order(scene.proposed_first)
    yield from _statements(scene, part, "console_statement", scene.tallies)


STAGE = (
    "stage_now", "stage_part", "stage_seats", "stage_counts", "next", "stage_questions", "stage_message_text",
    "stage_message_state", "stage_vote", "stage_results", "stage_map", "stage_clock", "stage_summary", "stage_foot",
)  # fmt: skip
"""The regions of the stage beside the captions; each is a macro of `live/stage.html`."""


def _stage(scene: Scene) -> Regions:
    part = parts(scene, macros="live/stage.html")
    yield from ((name, getattr(part, name)()) for name in STAGE)
    yield "stage_captions", speech.stage_captions(scene.view)
    yield "facts", facts(scene)


_REGIONS: dict[Audience, Callable[[Scene], Regions]] = {
    "participants": _participants,
    "readers": _participants,
    "framed": _participants,
    "framed_readers": _participants,
    "moderators": _moderators,
    "organizers": _moderators,
    "stage": _stage,
}


def _hands(scene: Scene, part: Any, macro: str) -> Regions:
    yield "more_line", part.more("line")
    yield "order:queue", queue_order(scene.top("line"))
    for entry in scene.top("line"):
        hand = entry.hand
        sides = (hand.attributes.lane, hand.attributes.stakeholder)
        about = (hand.about, scene.view.state.measures.withheld.get(hand.seq))
        depends = (
            entry.name,
            sides,
            hand.person,
            about,
            hand.deferred,
            hand.misses,
            entry.spoke,
            entry.waits,
            entry.reserve,
        )
        yield f"h{hand.seq}", _row(scene, lambda: part, macro, hand.seq, entry, depends)


def _questions(scene: Scene, part: Any, macro: str, lists: Iterable[str]) -> Regions:
    row = question_rows(scene, lambda: part, macro)
    for name in lists:
        top = scene.top(name)
        yield f"order:{name}", question_order(scene.view.state, top)
        yield f"more_{name}", part.more(name)
        yield from ((f"q{question.seq}", row(question)) for question in top)


def question_rows(scene: Scene, part: Callable[[], Any], macro: str) -> Callable[[Question], str]:
    """A function that renders the row of a question with a macro of `part`, for frames."""
    view, state = scene.view, scene.view.state
    # A question can be merged only if there is another one, and put to the floor only if no other one is there.
    targets, on_floor = len(scene.asked), bool(scene.on_floor)

    def row(q: Question) -> str:
        answer = (q.answer, state.measures.withheld.get(q.answer_entry))
        asked = (q.text, q.person, view.names.get(q.person), q.to, state.seats)
        others = tuple((other.seq, other.text, other.reason, other.to) for other in scene.further.get(q.seq, ()))
        depends = (q.fate, q.public, asked, answer, q.reason, q.into, others, min(targets, 2), on_floor)
        return _row(scene, part, macro, q.seq, q, depends)

    return row


def _statements(scene: Scene, part: Any, macro: str, tallies: Iterable[StatementVotes]) -> Regions:
    for votes in tallies:
        statement = votes.statement
        counts = votes.tally if macro != "card" or not (statement.is_open and scene.view.state.is_open) else None
        depends = (statement.fate, statement.text, statement.reason, counts, scene.view.state.totals is None)
        yield f"s{statement.seq}", _row(scene, lambda: part, macro, statement.seq, votes, depends)


_rows: TextCache[object, str] = TextCache(ROWS_KEPT, 64 * MB)
"""Rendered rows by all their inputs. Most rows do not change between frames."""


def _row(scene: Scene, part: Callable[[], Any], macro: str, seq: int, row: object, depends: tuple[object, ...]) -> str:
    view = scene.view
    name = (view.log, view.lang, view.audience, view.state.phase, view.state.is_paused, macro, seq, depends)
    return _rows.get(name, lambda: str(getattr(part(), macro)(row)))


def question_order(state: State, questions: Iterable[Question]) -> str:
    """The questions in order, each as "entry:supporters"."""
    return " ".join(f"{question.seq}:{support(state, question.seq)}" for question in questions)


def _statement_order(tallies: Iterable[StatementVotes]) -> str:
    """The statements in order, each as "entry:voters"."""
    return " ".join(f"{tally.statement.seq}:{tally.total}" for tally in tallies)


def facts(scene: Scene) -> str:
    """What the script needs to know, as JSON: the phase, whether hands can be raised (`floor`: open, listclosed, none)
    and by which stakeholder groups, who has the floor (`speaker` or `seat`), whose turn is next, and a sentence to
    announce."""
    view, state = scene.view, scene.view.state
    turn = state.turns.get(state.turn)
    said = say(view.lang, N_("No one has the floor.")) if state.is_open else ""
    if state.is_over:
        said = say(view.lang, N_("This session has ended."))
    elif turn is not None:
        name = display_name(state, turn, view.names, view.lang)
        said = say(view.lang, N_("Now speaking: {name}"), name=name)
    return json.dumps(
        {
            "phase": state.phase,
            "floor": floor_is(state),
            "groups": state.now.stakeholders if state.now else (),
            "speaker": turn.person if turn else "",
            "seat": turn.seat if turn else 0,
            "next": state.hands[scene.next].person if scene.next else "",
            "say": said,
            "people": joined(state),
            "scene": (scene_of(state), state.scene_entry),
            "beyond": scene.beyond,
            "messages": agreed.signature(state),
            "captions": speech.has_captions(state),
        },
        separators=(",", ":"),
    ).replace("<", "\\u003c")  # it is also used inside a script element


def floor_is(state: State) -> str:
    """Whether hands can be raised: `open`, `listclosed`, `none` (no open floor in this segment), or the phase."""
    if not state.is_open:
        return state.phase
    if state.now is None or not state.now.open_floor:
        return "none"
    return "open" if state.list_open else "listclosed"


def floor_for(state: State, stakeholder: str) -> str:
    """`floor_is` for a person of a stakeholder group: `barred` if only people of other groups can raise hands."""
    floor = floor_is(state)
    return "barred" if floor == "open" and state.now and not state.now.admits(stakeholder) else floor


def choose(state: State, votes: Mapping[int, str], voice: str) -> int:
    """The next statement for a voter, 0 if none is left. Each voter begins at another statement, so that every
    statement gets an equal share of first votes."""
    left = [seq for seq, statement in state.statements.items() if statement.is_open and seq not in votes]
    return left[state.voice_numbers.get(voice, 0) % len(left)] if left else 0
