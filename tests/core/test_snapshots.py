"""A snapshot shares nothing with its state that later entries change, but the rows of tables until they are changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest
from tests.work import calls

from acquis import events as ev
from acquis.state import Question, State, snapshots
from acquis.state.question_order import QuestionOrder
from acquis.state.rows import SharedRows
from acquis.state.snapshots import snapshot

PLAIN = {str: "x", int: 1, bool: True, bytes: b"x"}


class StateWithMore(State):
    """A state to which a field was added."""

    more: dict[int, list[set[int]]] = msgspec.field(default_factory=dict)


class StateWithObject(State):
    """A state with a field of which nobody knows how it is copied."""

    more: object = None


def filled(declared: Any) -> Any:
    """A value of a type, with something in each collection. Frozen structs are stood in for."""
    origin, arguments = get_origin(declared) or declared, get_args(declared)
    if origin is Literal:
        return arguments[0]
    if origin in (dict, SharedRows):
        return origin({filled(arguments[0]): filled(arguments[1])})
    if origin in (list, set, Set):
        return (list if origin is list else set)([filled(arguments[0])])
    if origin is tuple:
        return tuple(filled(member) for member in arguments if member is not Ellipsis)
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        return object() if origin.__struct_config__.frozen else whole(origin)
    if origin is QuestionOrder:
        return QuestionOrder()
    if origin is bytearray:
        return bytearray(b"x")
    return PLAIN[origin] if origin in PLAIN else filled(arguments[0])


def whole(of: type[msgspec.Struct]) -> Any:
    """A struct of which no field is empty."""
    return of(**{field.name: filled(field.type) for field in msgspec.structs.fields(of)})


def shared(copied: Any, original: Any, path: str = "state") -> Iterator[str]:
    """Where a copy has an object that changes in common with the original."""
    parts: dict[Any, tuple[Any, Any]] = {}
    if isinstance(original, SharedRows):
        parts = {key: (copied.edit(key), original.edit(key)) for key in original}
    elif isinstance(original, dict):
        parts = {key: (copied[key], original[key]) for key in original}
    elif isinstance(original, list):
        parts = dict(enumerate(zip(copied, original, strict=True)))
    elif isinstance(original, QuestionOrder):
        parts = {key: (vars(copied)[key], value) for key, value in vars(original).items() if key != "identity"}
    elif isinstance(original, msgspec.Struct) and not original.__struct_config__.frozen:
        parts = {name: (getattr(copied, name), getattr(original, name)) for name in original.__struct_fields__}
    elif not isinstance(original, set | bytearray):
        return
    if copied is original:
        yield path
    for name, (its, of) in parts.items():
        yield from shared(its, of, f"{path}.{name}")


@pytest.mark.parametrize("of", [State, StateWithMore])
def test_nothing_that_changes_is_shared(of: type[State]) -> None:
    state = whole(of)
    copied = snapshot(state)
    assert copied == state
    assert list(shared(copied, state)) == []


def test_what_is_shared_would_be_noticed() -> None:
    state = whole(State)
    copied = snapshot(state)
    copied.inputs.sources = state.inputs.sources
    copied.contributions = state.contributions
    assert list(shared(copied, state)) == ["state.contributions", "state.contributions.1", "state.inputs.sources"]


def test_empty_collections_are_copied_too() -> None:
    state = State()
    assert list(shared(snapshot(state), state)) == []


class StateWithTable(State):
    """A state with rows that change, in a plain dictionary."""

    more: dict[int, Question] = msgspec.field(default_factory=dict)


def test_effects_change_a_row_only_as_edit_gives_it() -> None:
    """Seen in the source for what is written at once; `test_any_order` compares snapshots with what they were."""
    tables = "|".join(field.name for field in msgspec.structs.fields(State) if get_origin(field.type) is SharedRows)
    changes = re.compile(rf"\b(?:s|state)\.(?:{tables})\[[^]]*\]\.[\w.]+(?:, [^=\n]+)? (?:=|[|&+-]=) ")
    sources = [path.read_text() for path in Path(snapshots.__file__).parent.glob("*.py")]
    assert changes.search("    s.turns[e.turn].upheld = e.upheld")
    assert [match[0] for source in sources for match in changes.finditer(source)] == []


def test_rows_that_change_are_not_kept_in_a_dictionary() -> None:
    with pytest.raises(TypeError, match="SharedRows"):
        snapshot(StateWithTable())


def asked(n: int) -> State:
    """A state with so many questions."""
    state = State()
    for seq in range(1, n + 1):
        state.apply(seq, seq, "p1", ev.QuestionAsked("Why?", 0))
        state.questions[seq].fate = "approved"
    return state


def test_a_snapshot_does_nothing_for_each_row() -> None:
    few, many = asked(10), asked(1000)
    snapshot(few)
    assert calls(lambda: snapshot(many)) == calls(lambda: snapshot(few))


def test_a_row_is_copied_when_it_changes_after_a_snapshot_and_only_then() -> None:
    state = asked(100)
    first, own = snapshot(state), state.questions[7]
    for seq, event in enumerate((ev.QuestionApproved(7), ev.QuestionPut(7), ev.QuestionAnswered(7)), 101):
        state.apply(seq, seq, "host", event)
        if seq == 101:
            own = state.questions[7]
    assert state.questions[7] is own, "it is copied once"
    assert [seq for seq in range(1, 101) if state.questions[seq] is not first.questions[seq]] == [7]
    assert (first.questions[7].fate, state.questions[7].fate) == ("approved", "answered_live")


def test_many_rows_are_copied_as_each_is() -> None:
    one, all_at_once, supported = asked(3), asked(3), {1, 2}
    for state in (one, all_at_once):
        state.questions.edit(2).supporters = supported.copy()
        snapshot(state)
    each = [one.questions.edit(seq) for seq in (1, 2)]
    assert all_at_once.questions.edit_all((1, 2)) == each
    before = snapshot(all_at_once)
    changed = all_at_once.questions.edit_all((1, 2, 3))
    assert [changed[place] is before.questions[place + 1] for place in range(3)] == [False] * 3
    assert changed[1].supporters == supported
    assert changed[1].supporters is not before.questions[2].supporters
    assert all(new is old for new, old in zip(all_at_once.questions.edit_all((1, 2, 3)), changed, strict=True))


def test_an_older_snapshot_stays_as_it_is_when_there_is_a_newer_one() -> None:
    state = asked(3)
    older = snapshot(state)
    state.apply(4, 4, "host", ev.QuestionPut(1))
    newer = snapshot(state)
    state.apply(5, 5, "host", ev.QuestionAnswered(1))
    state.apply(6, 6, "host", ev.QuestionPut(2))
    assert [[q.fate for q in of.questions.values()] for of in (older, newer, state)] == [
        ["approved", "approved", "approved"],
        ["on_floor", "approved", "approved"],
        ["answered_live", "on_floor", "approved"],
    ]


def test_a_type_without_a_rule_is_an_error() -> None:
    with pytest.raises(TypeError, match="no rule to copy"):
        snapshot(StateWithObject())
