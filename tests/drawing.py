"""Pictures and pages of documents that are drawn once: most tests of documents ask for what others had drawn before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
import pytest

from acquis.documents import docx_parts, pdf


@lru_cache(maxsize=300)
def _dots(svg: str) -> bytes:
    return pdf.png(svg)


@lru_cache(maxsize=300)
def _pages(data: bytes, standards: tuple[str, ...], fonts: tuple[str, ...]) -> bytes:
    return _SET(msgspec.json.decode(data), standards, fonts)


def _png(svg: str) -> bytes:
    return _dots(svg)


def _set(data: dict[str, Any], standards: Iterable[str], fonts: tuple[str, ...]) -> bytes:
    return _pages(msgspec.json.encode(data), tuple(standards), fonts)


_SET = pdf._set


def draw_once(patch: pytest.MonkeyPatch) -> None:
    """From now on the same picture and the same pages are drawn once in this process."""
    patch.setattr(docx_parts, "png", _png)
    patch.setattr(pdf, "_set", _set)


def draw_anew() -> None:
    """Forget what was drawn: for a test that the same text gives the same bytes."""
    _dots.cache_clear()
    _pages.cache_clear()
