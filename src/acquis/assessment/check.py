"""Checks an assessment for errors and omissions. The texts of the remarks are in `words`."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from acquis.assessment.shape import PARTS, Answer, Assessment, Measure, MeasureEvidence, part_of

Severity = Literal["error", "warning", "note"]
_GRAVEST: tuple[Severity, ...] = ("error", "warning", "note")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class Remark(msgspec.Struct, frozen=True):
    """A finding: its code with facts, its severity, the item, and the number of the measure and of the evidence,
    counted from 1 (0: none)."""

    code: str
    severity: Severity
    item: str
    facts: dict[str, Any] = {}
    measure: int = 0
    evidence: int = 0


def check_assessment(
    assessment: Assessment, items: Mapping[str, str], is_symbol: Callable[[str], bool] | None = None
) -> list[Remark]:
    """All remarks, the most severe first. items: id -> title of the items that can be answered. is_symbol: whether a
    text is the symbol of a document; without it symbols are not checked."""
    remarks = [
        remark
        for part in PARTS
        for item, answer in getattr(assessment, part).items()
        for remark in (*_item(part, item, items), *_answer(item, answer, is_symbol))
    ]
    return sorted(remarks, key=lambda remark: _GRAVEST.index(remark.severity))


def _item(part: str, item: str, items: Mapping[str, str]) -> Iterator[Remark]:
    if item not in items:
        nearest = difflib.get_close_matches(item, items, n=1, cutoff=0.5)
        facts = {"item": item, "nearest": nearest[0]} if nearest else {"item": item}
        yield Remark("unknown_item_nearest" if nearest else "unknown_item", "error", item, facts)
    elif part_of(item) != part:
        yield Remark("wrong_part", "error", item, {"item": item, "part": part, "right": part_of(item)})


def _answer(item: str, answer: Answer, is_symbol: Callable[[str], bool] | None) -> Iterator[Remark]:
    for number, measure in enumerate(answer.measures, 1):
        for remark in _measure(item, measure, is_symbol):
            yield msgspec.structs.replace(remark, measure=number)
    if answer.private:
        yield Remark("private", "note", item)


def _measure(item: str, measure: Measure, is_symbol: Callable[[str], bool] | None) -> Iterator[Remark]:
    if not measure.text.strip():
        yield Remark("no_words", "warning", item)
    if measure.since and not is_date(measure.since):
        yield Remark("not_a_date", "error", item, {"date": measure.since})
    if not measure.evidence:
        yield Remark("no_evidence", "note", item)
    for number, evidence in enumerate(measure.evidence, 1):
        for remark in _evidence(item, evidence, is_symbol):
            yield msgspec.structs.replace(remark, evidence=number)


def _evidence(item: str, evidence: MeasureEvidence, is_symbol: Callable[[str], bool] | None) -> Iterator[Remark]:
    if evidence.date and not is_date(evidence.date):
        yield Remark("not_a_date", "error", item, {"date": evidence.date})
    if evidence.url and not is_link(evidence.url):
        yield Remark("not_a_link", "error", item, {"url": evidence.url})
    if evidence.symbol and is_symbol is not None and not is_symbol(evidence.symbol):
        yield Remark("not_a_symbol", "error", item, {"symbol": evidence.symbol})
    if not names_a_source(evidence):
        yield Remark("evidence_of_nothing", "warning", item)


def names_a_source(evidence: MeasureEvidence) -> bool:
    """Whether evidence has a title, an address or a symbol; a date alone is not enough."""
    return bool(evidence.title.strip() or evidence.url.strip() or evidence.symbol.strip())


def is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year ("2024-05-09", "2024-05", "2024")."""
    parts = _DATE.fullmatch(text)
    try:
        return parts is not None and bool(datetime.date(*(int(part or 1) for part in parts.groups())))
    except ValueError:
        return False


def is_link(text: str) -> bool:
    """Whether a text is an http or https address with a host."""
    try:
        return _LINK.fullmatch(text) is not None and bool(urlsplit(text).hostname)
    except ValueError:
        return False
