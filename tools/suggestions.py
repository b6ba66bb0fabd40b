"""Measures the suggestions on the labelled texts and prints the table of docs/suggestions.md."""

from __future__ import annotations

from pathlib import Path

import msgspec
import yaml

from acquis.reference.library import raw
from acquis.reference.records import Item
from acquis.reference.suggest import SUGGESTED_KINDS, suggest

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "reference" / "labelled.yaml"
FRAMEWORK = ("norms", "law", "cbms", "capacity", "threats", "dialogue")


class Labelled(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"kind": "class"}):
    """A text, what a person would tie to it, and for texts that nothing is tied to, which kind of text it is."""

    n: int
    text: str
    ids: tuple[str, ...]
    kind: str = ""


class Measured(msgspec.Struct, frozen=True):
    """How many were suggested and meant, suggested only, and meant only."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the suggestions that a person would make too; 1 where none is made."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what a person would tie that is suggested; 1 where there is nothing to tie."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def framework() -> tuple[Item, ...]:
    """The items that can be suggested."""
    return tuple(item for name in FRAMEWORK for item in msgspec.convert(raw(name), list[Item]))


def labelled(half: str) -> tuple[Labelled, ...]:
    """The texts of one half: "tune" has the odd numbers, "held-out" the even ones."""
    rows = msgspec.convert(yaml.safe_load(LABELLED.read_text("utf-8")), list[Labelled])
    return tuple(row for row in rows if row.n % 2 == (half == "tune"))


def measure(items: tuple[Item, ...], rows: tuple[Labelled, ...], kind: str = "") -> Measured:
    """Counts over texts, of all items or of those of one kind."""
    counted = {item.id for item in items if kind in ("", item.kind)}
    right = wrong = missed = 0
    for row in rows:
        made, meant = {one.id for one in suggest(items, row.text)} & counted, set(row.ids) & counted
        right, wrong, missed = right + len(made & meant), wrong + len(made - meant), missed + len(meant - made)
    return Measured(right, wrong, missed)


def table() -> str:
    """The table of the page, in Markdown."""
    items, lines = framework(), ["| | suggested | of these right | precision | meant | recall |", "| --- " * 6 + "|"]
    for half in ("held-out", "tune"):
        for kind in ("", *SUGGESTED_KINDS):
            found = measure(items, labelled(half), kind)
            lines.append(
                f"| {half}{', ' + kind if kind else ', all'} | {found.right + found.wrong} | {found.right} "
                f"| {found.precision:.2f} | {found.right + found.missed} | {found.recall:.2f} |"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
