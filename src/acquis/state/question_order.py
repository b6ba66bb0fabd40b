"""The questions in the order in which live screens list them, kept as the log goes on: with tens of thousands of
questions, sorting them anew for each page and each frame would hold everybody up."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, Protocol, TypeAlias, overload

from acquis.state.asked import Question
from acquis.state.voters import Totals

ListName: TypeAlias = Literal["asked", "toapprove", "ledger", "held_back", "withdrawn"]
"""`asked`: public and without an answer, first those on the floor, then the most supported. `toapprove`: for moderators
to read. `held_back` and `withdrawn`: what they say. `ledger`: what has become of all others. All but the first are in
the order of their entries."""
_LISTS: Final[tuple[ListName, ...]] = ("asked", "toapprove", "ledger", "held_back", "withdrawn")
_LIST_OF: Final[Mapping[str, ListName]] = {
    "waiting": "toapprove",
    "approved": "asked",
    "on_floor": "asked",
    "held_back": "held_back",
    "withdrawn": "withdrawn",
}
BY_SUPPORT: Final = frozenset(fate for fate, listed in _LIST_OF.items() if listed == "asked")
"""The fates of the questions whose place in a list follows from their support."""
_WAITS, _MOST, _ENTRY = 1 << 80, 1 << 39, (1 << 40) - 1
"""The parts of a key: that a question is not on the floor; more than it can have supporters; its entry."""


class QuestionRows(Sequence[Question]):
    """Questions in their order, each looked up when it is asked for."""

    def __init__(self, questions: Mapping[int, Question], keys: Sequence[int] = ()) -> None:
        self._questions, self._keys = questions, keys

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Question]:
        questions = self._questions
        return (questions[key & _ENTRY] for key in self._keys)

    @overload
    def __getitem__(self, place: int) -> Question: ...
    @overload
    def __getitem__(self, place: slice) -> QuestionRows: ...
    def __getitem__(self, place: int | slice) -> Question | QuestionRows:
        if isinstance(place, slice):
            return QuestionRows(self._questions, self._keys[place])
        return self._questions[self._keys[place] & _ENTRY]


class StateOfQuestions(Protocol):
    """What the order follows from."""

    @property
    def questions(self) -> Mapping[int, Question]:
        """The questions by entry."""

    @property
    def totals(self) -> Totals | None:
        """The published totals."""


class QuestionOrder:
    """The lists of the questions of a state. Effects only note which questions changed; a list is put in order when it
    is read. Orders of equal states are equal, because they follow from them."""

    def __init__(self, identity: object = None) -> None:
        self.identity = identity or object()
        """Stands in caches for the state and its copies, of which the number of the last entry is then enough."""
        self._keys: dict[ListName, list[int]] = {}
        self._key: dict[int, int] = {}
        self._list: dict[int, ListName] = {}
        self._changed: set[int] | None = None
        """The questions that changed since the lists were last in order; None: all of them."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QuestionOrder)

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __copy__(self) -> QuestionOrder:
        copied = QuestionOrder(self.identity)
        copied._keys = {name: keys[:] for name, keys in self._keys.items()}
        copied._key, copied._list = self._key.copy(), self._list.copy()
        copied._changed = None if self._changed is None else self._changed.copy()
        return copied

    def note(self, *questions: int) -> None:
        """Notes that questions are new, or that their fate or support changed."""
        if self._changed is not None:
            self._changed.update(questions)

    def note_all(self) -> None:
        """Notes that any question may have changed."""
        self._changed = None

    def rows(self, state: StateOfQuestions, name: ListName) -> QuestionRows:
        """A list of the questions of a state, as it is now."""
        changed, self._changed = self._changed, set()
        if changed is None or 8 * len(changed) > len(state.questions):
            self._sort(state)
        else:
            final = state.totals.support if state.totals is not None and state.totals.final else None
            for seq in changed:
                self._move(state.questions[seq], final)
        return QuestionRows(state.questions, self._keys.get(name, [])[:])

    def _sort(self, state: StateOfQuestions) -> None:
        """Sorts all questions, without a call of a function for each, because there may be very many."""
        final = state.totals.support if state.totals is not None and state.totals.final else None
        by_fate: defaultdict[str, list[Question]] = defaultdict(list)
        for question in state.questions.values():
            by_fate[question.fate].append(question)
        self._keys, self._key, self._list = {name: [] for name in _LISTS}, {}, {}
        for fate, questions in by_fate.items():
            name, waits = _LIST_OF.get(fate, "ledger"), 0 if fate == "on_floor" else _WAITS
            if name != "asked":
                self._keys[name] += [q.seq for q in questions]
                continue
            self._keys[name] += [
                waits + (_MOST - (0 if not q.supporters and final is None else _supporters(q, final)) << 40) + q.seq
                for q in questions
            ]
        for name, keys in self._keys.items():
            keys.sort()
            seqs = [key & _ENTRY for key in keys] if name == "asked" else keys
            self._key.update(zip(seqs, keys, strict=True))
            self._list.update(dict.fromkeys(seqs, name))

    def _move(self, question: Question, final: Mapping[int, int] | None) -> None:
        seq, (name, key) = question.seq, _place(question, final)
        if self._key.get(seq) == key and self._list[seq] == name:
            return
        if seq in self._key:
            keys = self._keys[self._list[seq]]
            del keys[bisect_left(keys, self._key[seq])]
        insort(self._keys.setdefault(name, []), key)
        self._key[seq], self._list[seq] = key, name


def _place(question: Question, final: Mapping[int, int] | None) -> tuple[ListName, int]:
    """The list of a question and its key there. `final`: question -> its published support."""
    name = _LIST_OF.get(question.fate, "ledger")
    if name != "asked":
        return name, question.seq
    waits = 0 if question.fate == "on_floor" else _WAITS
    return name, waits + (_MOST - _supporters(question, final) << 40) + question.seq


def _supporters(question: Question, final: Mapping[int, int] | None) -> int:
    return len(question.supporters) if final is None else final.get(question.seq, 0)
