"""What leaves follows what events declare: a text leaves once the condition of its `seen_by` holds, and not before."""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.publication.conditions import CONDITIONS, is_public
from acquis.publication.public import public_entries
from acquis.publication.verify import verify_entries
from acquis.record import Entry
from acquis.record.chain import parts
from acquis.state import State

from .story import recorded

PROGRAMME = ev.ProgrammePublished("x", ())
NAMELESS = ev.ProgrammePublished("x", (), settings=ev.Settings(chatham=True))
KINDS = ("asked", "proposed", "drafted")
LATER = ("", "approve", "hold back", "withdraw", "approve, then hold back")


def wording(kind: str, text: str) -> ev.Event:
    if kind == "asked":
        return ev.QuestionAsked(text)
    return ev.StatementProposed(text) if kind == "proposed" else ev.SentenceDrafted("takeaways", text)


def later(kind: str, seq: int, fate: str) -> list[ev.Event]:
    """What becomes of a wording; nothing can become of a sentence of the draft."""
    if kind == "asked":
        each: dict[str, ev.Event] = {
            "approve": ev.QuestionApproved(seq),
            "hold back": ev.QuestionHeldBack(seq, "other"),
            "withdraw": ev.QuestionWithdrawn(seq),
        }
    elif kind == "proposed":
        each = {"approve": ev.StatementOpened(seq), "hold back": ev.StatementHeldBack(seq, "other")}
    else:
        each = {}
    return [each[step] for step in fate.split(", then ") if step in each]


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(LATER)), max_size=8), st.booleans())
@settings(max_examples=times(150), deadline=None)
def test_a_text_leaves_only_if_its_condition_holds(said: list[tuple[str, str]], chatham: bool) -> None:
    events: list[ev.Event] = [NAMELESS if chatham else PROGRAMME, ev.SessionOpened()]
    for number, (kind, fate) in enumerate(said):
        events.append(wording(kind, f"Secret wording {number}."))
        events += later(kind, len(events), fate)
    session = recorded(events)
    left = list(public_entries(session.entries, session.state))
    assert verify_entries(left).ok
    for entry, kept in zip(left, session.entries, strict=True):
        event = ev.from_body(kept.body)
        if event.seen_by == ev.EVERYONE:
            continue
        may_leave = CONDITIONS[event.seen_by](session.state, kept.seq, event)
        assert (b"Secret wording" in entry.body) == may_leave
        assert may_leave or entry.lacks


class NoteOfTheDesk(ev.Event, frozen=True, gc=False, omit_defaults=True):
    """An event that is invented here: nothing else in the program knows it."""

    seen_by: ClassVar[ev.SeenBy] = ev.DESK
    texts: ClassVar[tuple[str, ...]] = ("text",)
    text: str = ""


@pytest.mark.parametrize("chatham", [False, True])
def test_the_text_of_a_new_event_of_the_desk_does_not_leave(chatham: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    body, cuts = ev.to_parts(NoteOfTheDesk("Between us."))
    note = Entry(2, 1, "p", "k", body, parts=parts(body, cuts, 1, "p", b"s" * 16), link=b"link")
    known = ev.from_body
    monkeypatch.setattr(ev, "from_body", lambda read: NoteOfTheDesk("Between us.") if read == body else known(read))
    state = State(settings=ev.Settings(chatham=chatham))
    (left,) = public_entries([note], state)
    assert b"Between us" not in left.body
    assert (left.lacks, left.key) == (1, "")
    assert not [part for part in left.parts if b"Between us" in (part.value or b"")]


def test_what_is_declared_in_an_unknown_way_does_not_leave() -> None:
    class Odd(NoteOfTheDesk, frozen=True, gc=False, omit_defaults=True, tag="Odd"):
        seen_by: ClassVar[ev.SeenBy] = "whoever asks"  # type: ignore[assignment]  # what is tried here

    assert not is_public(Odd("x"), 1, State())


def test_every_way_to_declare_it_has_a_condition() -> None:
    assert CONDITIONS.keys() == {ev.EVERYONE, ev.ONCE_APPROVED, ev.UNLESS_HELD_BACK, ev.DESK}
    assert {event.seen_by for event in ev.ALL} <= CONDITIONS.keys()


def test_a_public_log_is_published_as_it_is() -> None:
    session = recorded([PROGRAMME, ev.SessionOpened(), ev.QuestionAsked("Whose?"), ev.SentenceDrafted("concern", "x")])
    once: list[Entry] = list(public_entries(session.entries, session.state))
    assert list(public_entries(once, session.state)) == once
