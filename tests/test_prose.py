"""Rules for the docstrings and comments of the source code."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.source import nodes

ROOT = Path(__file__).resolve().parents[1]
SOURCE = sorted((ROOT / "src" / "acquis").rglob("*.py"))

PRIVATE_WORDS = re.compile(
    r"\bthe house\b|\b(?:one|the) door\b|\bthe edge\b|\b(?:house|pass|language)_of\(|\blet through\b|\blaid over\b"
    r"|\bgive[ns]? away\b|\bthe fast way\b|\btold (?:apart|from)\b",
    re.IGNORECASE,
)
"""Images that the code base once used for the application, its entry points, and what is public."""


@cache
def prose(path: Path) -> list[tuple[int, str]]:
    """The line and the text of every docstring and comment of a module."""
    return list(_prose(path))


def _prose(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes(path):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_docstrings_and_comments_use_standard_terms() -> None:
    images = [
        f"{path.relative_to(ROOT).as_posix()}:{line} {image[0]}"
        for path in SOURCE
        for line, text in prose(path)
        for image in PRIVATE_WORDS.finditer(text)
    ]
    assert images == []


RESTATEMENTS = {
    "the page.",
    "the page with its forms.",
    "now.",
    "the projector.",
    "the door.",
    "the body.",
    "all of it.",
}
"""Docstrings that say no more than the name they belong to."""


def test_docstrings_are_no_restatements() -> None:
    empty = [
        f"{path.relative_to(ROOT).as_posix()}:{line} {text}"
        for path in SOURCE
        for line, text in prose(path)
        if text.strip().lower() in RESTATEMENTS
    ]
    assert empty == []
