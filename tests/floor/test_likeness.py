from __future__ import annotations

import functools
import random
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times
from tests.work import calls

from acquis.text.folding import folded
from acquis.text.likeness import ENOUGH, Pair, alike

HERE = Path(__file__)
DOCS = HERE.parents[2] / "docs" / "likeness.md"
KINDS = {"close": True, "words": True, "typo": True, "script": None, "hard": False}
"""What the kinds of labelled pairs say of `same`; a script has both."""


class Labelled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    n: int
    same: bool
    kind: str
    a: str
    b: str


LABELLED = msgspec.convert(
    yaml.load(HERE.with_name("likeness.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader), dict[str, list[Labelled]]
)
PAIRS = LABELLED["pairs"]


class Measured(NamedTuple):
    """Pairs shown in one room that holds every question of a half; of these right; labelled as the same; by kind."""

    shown: int
    right: int
    same: int
    found: Counter[str]

    @property
    def precision(self) -> float:
        return self.right / self.shown

    @property
    def recall(self) -> float:
        return self.right / self.same


def half(held_out: bool) -> list[Labelled]:
    return [pair for pair in PAIRS if (pair.n % 2 == 0) == held_out]


def simulation(pairs: list[Labelled]) -> list[tuple[int, str]]:
    return [question for pair in pairs for question in ((2 * pair.n, pair.a), (2 * pair.n + 1, pair.b))]


def measure(pairs: list[Labelled]) -> Measured:
    same = {(2 * pair.n, 2 * pair.n + 1): pair.kind for pair in pairs if pair.same}
    shown = [(pair.first, pair.second) for pair in alike(simulation(pairs), most=10_000)]
    right = [one for one in shown if one in same]
    return Measured(len(shown), len(right), len(same), Counter(same[one] for one in right))


def table() -> str:
    lines = [
        "| half | pairs | same | shown | right | precision | recall |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, held_out in (("tuning", False), ("held out", True)):
        of = measure(half(held_out))
        numbers = f"{len(half(held_out))} | {of.same} | {of.shown} | {of.right}"
        lines.append(f"| {name} | {numbers} | {of.precision:.2f} | {of.recall:.2f} |")
    return "\n".join(lines)


def by_kind() -> str:
    held_out = half(held_out=True)
    found, same = measure(held_out).found, Counter(pair.kind for pair in held_out if pair.same)
    return "\n".join(f"| {kind} | {found[kind]} of {same[kind]} |" for kind in ("close", "typo", "words", "script"))


def test_the_labelled_set_is_whole() -> None:
    assert [pair.n for pair in PAIRS] == list(range(1, len(PAIRS) + 1))
    assert len(PAIRS) >= 120
    assert len({text for pair in PAIRS for text in (pair.a, pair.b)}) == 2 * len(PAIRS)
    assert {pair.kind for pair in PAIRS} == set(KINDS)
    assert [pair.n for pair in PAIRS if KINDS[pair.kind] not in (None, pair.same)] == []
    for held_out in (True, False):
        of = Counter((pair.kind, pair.same) for pair in half(held_out))
        assert min(of.values()) >= 3


def test_nine_of_ten_suggestions_for_questions_that_were_held_out_are_right() -> None:
    measured = measure(half(held_out=True))
    assert measured.precision >= 0.9
    assert measured.recall >= 0.7


def test_pairs_that_are_all_there_is_are_judged_the_same_way() -> None:
    """Rarity cannot be learned from two questions: the first two of a session must do."""
    shown = [pair for pair in half(held_out=True) if alike([(1, pair.a), (2, pair.b)])]
    right = [pair for pair in shown if pair.same]
    assert len(right) / len(shown) >= 0.9
    assert len(right) >= 0.65 * sum(pair.same for pair in half(held_out=True))


def test_the_page_holds_what_is_measured() -> None:
    page = DOCS.read_text("utf-8")
    assert table() in page
    assert by_kind() in page


def test_a_suggestion_says_which_words_decided() -> None:
    shown = alike([(9, "Who pays for the Fibre ring?"), (4, "Who is going to pay for the fibre-ring?")])
    assert [(pair.first, pair.second) for pair in shown] == [(4, 9)]
    assert set(shown[0].because) == {"pay", "fibre", "ring"}


def test_the_words_that_decided_stand_in_the_first_question() -> None:
    questions = dict(simulation(PAIRS))
    for pair in alike(simulation(PAIRS), most=10_000):
        assert pair.because
        assert pair.first < pair.second
        assert ENOUGH <= pair.score <= 1.0
        assert [word for word in pair.because if word not in folded(questions[pair.first])] == []


def test_a_mistyped_word_is_named_as_the_first_question_writes_it() -> None:
    (shown,) = alike([(1, "Who runs the registry of spyware?"), (2, "who runs the registri of spywere")])
    assert set(shown.because) == {"runs", "registry", "spyware"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Does norm 5 apply?", "Does norm 8 apply?"),
        ("Should robots vote?", "Should robots not vote?"),
        ("When does the observatory open?", "Who may open the observatory?"),
        ("What is it?", "What is it about?"),
        ("?", "?"),
        ("", ""),
    ],
)
def test_these_are_not_suggested(one: str, other: str) -> None:
    assert alike([(1, one), (2, other)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Who pays for the fibre ring?",
        "网络攻击的受害者可以得到赔偿吗？",
        "هل تُترجم الوثائق إلى العربية؟",
        "क्या दस्तावेज़ हिंदी में मिलेंगे?",
        "ランサムウェアの身代金を支払うべきですか",
        "What is it?" + " Why the blockade?",
    ],
)
def test_the_same_text_is_suggested_in_every_script(text: str) -> None:
    assert [(pair.first, pair.second, pair.score) for pair in alike([(3, text), (7, text)])] == [(3, 7, 1.0)]


def test_chinese_questions_that_share_most_signs_are_suggested_and_others_are_not() -> None:
    questions = [
        (1, "网络攻击的受害者可以得到赔偿吗？"),
        (2, "网络攻击受害者能不能得到赔偿？"),
        (3, "下一次会议在哪里举行？"),
    ]
    assert [(pair.first, pair.second) for pair in alike(questions)] == [(1, 2)]


def test_the_best_come_first_and_no_more_than_asked_for() -> None:
    every = alike(simulation(PAIRS), most=10_000)
    assert every == sorted(every, key=lambda pair: (-pair.score, pair.first, pair.second))
    assert alike(simulation(PAIRS), most=5) == every[:5]
    assert alike(simulation(PAIRS), most=0) == alike([]) == alike([(1, "Who pays for the fibre ring?")]) == []


def test_the_order_of_the_questions_does_not_matter() -> None:
    questions = simulation(PAIRS)
    before = alike(questions)
    random.Random(7).shuffle(questions)
    assert alike(questions) == before


@settings(max_examples=times(60))
@given(st.lists(st.text(max_size=80), max_size=8))
def test_no_text_breaks_it(texts: list[str]) -> None:
    questions = list(enumerate(texts, 1))
    found = alike(questions)
    assert found == alike(questions)
    assert all(isinstance(pair, Pair) and 0 < pair.score <= 1 for pair in found)


def crowd(dice: random.Random, size: int) -> list[tuple[int, str]]:
    """Questions of about fourteen words, many of them about the same few things: the hard case for speed."""
    words = [word for pair in PAIRS for word in (pair.a + " " + pair.b).split()]
    return [(n, " ".join(dice.choice(words) for _ in range(14))) for n in range(1, size + 1)]


def test_twice_as_many_questions_are_twice_the_work_and_twice_the_memory() -> None:
    work, memory = [], []
    for size in (400, 800):
        questions = crowd(random.Random(3), size)
        alike(questions)  # each question has been read, so that only the comparison is counted
        work.append(calls(functools.partial(alike, questions)))
        tracemalloc.start()
        alike(questions)
        memory.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert work[1] < 2.5 * work[0]
    assert memory[1] < 2.5 * memory[0]


def test_the_work_to_compare_five_hundred_questions_that_were_never_seen_is_bounded() -> None:
    for seed in range(2):
        questions = crowd(random.Random(seed), 440)
        questions += [(seq + 1000, text) for seq, text in questions[:60]]
        work = calls(functools.partial(alike, questions))
        found = alike(questions)
        assert work < 1_000_000  # about as much as a page may take
        assert len(found) == 20
        assert {(pair.first, pair.second) for pair in found} <= {(n, n + 1000) for n in range(1, 61)}
