"""The news of the floor in sentences, and the floor as it is now, for feeds and webhooks.

Under the Chatham House Rule they are what the overlay shows: who has the floor, and who is next, is never told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from acquis.floor import fairness, segments
from acquis.floor.news import News
from acquis.i18n import N_, say
from acquis.state import State
from acquis.state.reading import display_name, public_text
from acquis.state.times import time_of

_SENTENCES = {
    "session.opened": N_("The session was opened."),
    "session.paused": N_("The session was paused."),
    "session.resumed": N_("The session was resumed."),
    "session.closed": N_("The session was closed."),
    "segment.started": N_("The segment “{text}” was started."),
    "floor.given": N_("The floor was given to {name}."),
    "floor.ended": N_("The intervention of {name} was ended."),
    "list.closed": N_("The list of speakers was closed."),
    "list.opened": N_("The list of speakers was reopened."),
    "question.asked": N_("The question “{text}” was asked."),
    "question.approved": N_("The question “{text}” was approved."),
    "question.put": N_("The question “{text}” was put to the panel."),
    "question.answered": N_("The question “{text}” was marked as answered."),
    "question.answered_in_writing": N_("The question “{text}” was answered in writing."),
    "question.reopened": N_("The question “{text}” was put back on the waiting list."),
    "statement.opened": N_("The statement “{text}” was opened for voting."),
    "statement.closed": N_("Voting on the statement “{text}” was closed."),
    "act.undone": N_("An action of a moderator was undone: entry {entry}."),
}
"""Type of the news -> its sentence."""


class FloorItem(msgspec.Struct, frozen=True):
    """One item of the news. `at`: ms since 1970. `about`: the entry that it is about, or the number of the segment from
    1; 0: none. `name`: of the person who has, or had, the floor. `text`: of the segment, question or statement."""

    entry: int
    at: int
    type: str
    sentence: str
    about: int = 0
    name: str = ""
    text: str = ""


def floor_items(language: str, state: State, names: Mapping[str, str], listed: Iterable[News]) -> Iterator[FloorItem]:
    """The news that everybody may know, in their order. `state` and `names`: as everybody may see them."""
    listed = list(listed)
    approved = {each.about for each in listed if each.type == "question.approved"}
    for each in listed:
        known = _subject(language, state, names, each)
        if known is None or (each.type == "question.asked" and each.about in approved):
            continue
        name, text = known
        sentence = say(language, _SENTENCES[each.type], name=name, text=text, entry=each.about)
        at = time_of(state.corrections, each.entry, each.stamp)
        about = each.about + 1 if each.type == "segment.started" else each.about
        yield FloorItem(each.entry, at, each.type, sentence, about=about, name=name, text=text)


def _subject(language: str, state: State, names: Mapping[str, str], each: News) -> tuple[str, str] | None:
    """The name and the text that belong to an item; None if it is not told: it was taken back, or is not public."""
    if each.type == "act.undone":
        taken = state.taken_back.get(each.about)
        return ("", "") if taken is not None and taken.seq == each.entry else None
    if each.entry in state.taken_back:
        return None
    subject = each.type.partition(".")[0]
    if subject == "floor":
        turn = state.turns.get(each.about)
        return None if state.settings.chatham or turn is None else (display_name(state, turn, names, language), "")
    if subject in ("question", "statement"):
        text = public_text(state, each.about)
        return ("", text) if text else None
    if subject == "segment":
        return ("", state.segments[each.about].title) if each.about < len(state.segments) else None
    return "", ""


class FloorPerson(msgspec.Struct, frozen=True):
    """Somebody who has the floor or is next. `kind`: of the intervention. Times are in ms: `used`, and `left`, which is
    below 0 for overtime; both are 0 for who is next."""

    name: str
    kind: str
    used: int = 0
    left: int = 0


class FloorNow(msgspec.Struct, frozen=True):
    """The floor after entry `seq`, at `at` (ms since 1970). `segment`: from 1; 0: none. `waiting`: the number of
    requests to speak, None under the Chatham House Rule."""

    seq: int
    at: int
    phase: str
    paused: bool
    segment: int
    segment_title: str
    segment_left: int
    speaker: FloorPerson | None
    next: FloorPerson | None
    waiting: int | None
    question: int
    question_text: str


def floor_now(language: str, state: State, names: Mapping[str, str], at: int) -> FloorNow:
    """The floor as it is at `at` (ms). `state` and `names`: as everybody may see them."""
    clock, named = segments.clock(state, at), not state.settings.chatham
    put = next((q.seq for q in state.order.rows(state, "asked")[:1] if q.is_on_floor and q.public), 0)
    turn = state.turns.get(state.turn) if named and state.is_open else None
    following = state.hands.get(_next(state, at)) if named and state.is_open else None
    speaker, next_person = (
        FloorPerson(display_name(state, act, names, language), act.kind) if act else None for act in (turn, following)
    )
    if speaker is not None:
        speaker = msgspec.structs.replace(speaker, used=clock.turn_used, left=clock.turn_left)
    return FloorNow(
        seq=state.seq,
        at=at,
        phase=state.phase,
        paused=state.is_paused,
        segment=state.segment + 1 if state.is_open else 0,
        segment_title=state.now.title if state.is_open and state.now else "",
        segment_left=clock.segment_left,
        speaker=speaker,
        next=next_person,
        waiting=len(state.waiting) if named else None,
        question=put,
        question_text=public_text(state, put),
    )


def _next(state: State, at: int) -> int:
    """The hand that has the floor next: a point of order goes before the list; 0: none."""
    waiting = (state.hands[seq] for seq in state.waiting)
    point = next((hand.seq for hand in waiting if hand.kind == "point_of_order"), 0)
    picked = None if point else fairness.pick(state, at)
    return picked.hand if picked else point
