"""Measures the suggestions of references on labelled texts and prints the table of docs/suggestions.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import yaml

from acquis.reference.library import raw
from acquis.reference.records import Item
from acquis.reference.suggest import SUGGESTED_KINDS, suggest

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "reference" / "labelled.yaml"
FRAMEWORK = ("norms", "law", "cbms", "capacity", "threats", "dialogue")


class Labelled(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"kind": "class"}):
    """A text with the ids of the items that a person would assign, and the class of a text without items."""

    n: int
    text: str
    ids: tuple[str, ...]
    kind: str = ""


class Measured(msgspec.Struct, frozen=True):
    """Numbers of items: suggested and expected, only suggested, only expected."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the suggestions that are expected; 1 if there are none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the expected items that are suggested; 1 if none is expected."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def framework() -> tuple[Item, ...]:
    """The items that can be suggested."""
    return tuple(item for name in FRAMEWORK for item in msgspec.convert(raw(name), list[Item]))


@cache
def _rows() -> tuple[Labelled, ...]:
    return msgspec.convert(yaml.load(LABELLED.read_text("utf-8"), yaml.CSafeLoader), tuple[Labelled, ...])


def labelled(half: str) -> tuple[Labelled, ...]:
    """The texts of one half: "tune" (odd numbers) or "held-out" (even numbers)."""
    return tuple(row for row in _rows() if row.n % 2 == (half == "tune"))


def measure(items: tuple[Item, ...], rows: tuple[Labelled, ...], kind: str = "") -> Measured:
    """Counts over texts, for all items or for those of one kind."""
    counted = {item.id for item in items if kind in ("", item.kind)}
    right = wrong = missed = 0
    for row in rows:
        made, meant = {suggestion.id for suggestion in suggest(items, row.text)} & counted, set(row.ids) & counted
        right, wrong, missed = right + len(made & meant), wrong + len(made - meant), missed + len(meant - made)
    return Measured(right, wrong, missed)


def table() -> str:
    """The table of docs/suggestions.md."""
    items, lines = framework(), ["| | suggested | of these right | precision | meant | recall |", "| --- " * 6 + "|"]
    for half in ("held-out", "tune"):
        for kind in ("", *SUGGESTED_KINDS):
            counts = measure(items, labelled(half), kind)
            lines.append(
                f"| {half}{', ' + kind if kind else ', all'} | {counts.right + counts.wrong} | {counts.right} "
                f"| {counts.precision:.2f} | {counts.right + counts.missed} | {counts.recall:.2f} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
