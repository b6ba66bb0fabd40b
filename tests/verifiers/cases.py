"""A case of the sabotage list: a falsified record, the status of its verification, and what the answer has to name."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .generator import Given, Record
from .stories import story

VERIFIED, NOT_VERIFIED, IN_PART, NO_RECORD = 0, 1, 3, 4


@dataclass(frozen=True)
class Case:
    """`make` gives what is to be verified. `status`: the exit status of the verifiers. `names`: numbers or names that
    the answer has to contain. `full`: the status of a verifier that computes the state and the documents again, where
    it is another one."""

    name: str
    make: Callable[[], Given]
    status: int
    names: tuple[str, ...] = ()
    full: int | None = None


Lines = Callable[[list[str]], list[str]]
Edit = Callable[[Record], object]


def of_lines(edit: Lines, kind: str = "plain") -> Callable[[], Given]:
    """The log after a change of its lines, whose links stay as they are."""
    return lambda: Given(
        log="".join(line + "\n" for line in edit(story(kind).lines())).encode("utf-8", "surrogatepass")
    )


def of_line(seq: int, edit: Callable[[str], str], kind: str = "plain") -> Callable[[], Given]:
    def changed(lines: list[str]) -> list[str]:
        after = edit(lines[seq - 1])
        assert after != lines[seq - 1], "the case changes nothing"
        return [*lines[: seq - 1], after, *lines[seq:]]

    return of_lines(changed, kind)


def of_entry(seq: int, edit: Callable[[dict[str, Any]], object], kind: str = "plain") -> Callable[[], Given]:
    """The log after a change of one entry, whose link stays as it is."""

    def changed(line: str) -> str:
        entry = json.loads(line)
        edit(entry)
        return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))

    return of_line(seq, changed, kind)


def anew(edit: Edit, kind: str = "plain") -> Callable[[], Given]:
    """The log after a change, with all links computed anew: consistent, but false."""

    def made() -> Given:
        record = story(kind)
        edit(record)
        return Given(log=record.log())

    return made


def number(event: str, place: int = 0, kind: str = "plain") -> int:
    """The number of an entry of a story."""
    return story(kind).numbers(event)[place]


def replaced(old: str, new: str) -> Callable[[str], str]:
    def changed(line: str) -> str:
        assert old in line
        return line.replace(old, new, 1)

    return changed


def decomposed(line: str) -> str:
    return unicodedata.normalize("NFD", line.replace("Nobody", "Nobodÿ"))


def moved(lines: list[str], seq: int) -> list[str]:
    return [*lines[: seq - 1], lines[seq], lines[seq - 1], *lines[seq + 1 :]]
