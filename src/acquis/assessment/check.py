"""What the owner of an assessment may want to look at before anybody else does. Pure; words are beside it."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from acquis.assessment.shape import PARTS, Answer, Assessment, Evidence, Measure, part_of

Severity = Literal["error", "warning", "note"]
_GRAVEST: tuple[Severity, ...] = ("error", "warning", "note")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class Remark(msgspec.Struct, frozen=True):
    """Something to look at: a code and facts, how grave it is, and where: an item and, from 1, measure and evidence."""

    code: str
    severity: Severity
    item: str
    facts: dict[str, Any] = {}
    measure: int = 0
    evidence: int = 0


def check(
    assessment: Assessment, items: Mapping[str, str], is_symbol: Callable[[str], bool] | None = None
) -> list[Remark]:
    """Every remark, the gravest first. items: id -> title of what can be answered. is_symbol: whether a text is the
    symbol of a document; without it symbols are not looked at."""
    found = [
        remark
        for part in PARTS
        for item, answer in getattr(assessment, part).items()
        for remark in (*_item(part, item, items), *_answer(item, answer, is_symbol))
    ]
    return sorted(found, key=lambda remark: _GRAVEST.index(remark.severity))


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


def _evidence(item: str, evidence: Evidence, is_symbol: Callable[[str], bool] | None) -> Iterator[Remark]:
    if evidence.date and not is_date(evidence.date):
        yield Remark("not_a_date", "error", item, {"date": evidence.date})
    if evidence.url and not is_link(evidence.url):
        yield Remark("not_a_link", "error", item, {"url": evidence.url})
    if evidence.symbol and is_symbol is not None and not is_symbol(evidence.symbol):
        yield Remark("not_a_symbol", "error", item, {"symbol": evidence.symbol})
    if not shows(evidence):
        yield Remark("evidence_of_nothing", "warning", item)


def shows(evidence: Evidence) -> bool:
    """Whether evidence names anything that can be looked at; a date alone does not."""
    return bool(evidence.title.strip() or evidence.url.strip() or evidence.symbol.strip())


def is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year ("2024-05-09", "2024-05", "2024")."""
    parts = _DATE.fullmatch(text)
    try:
        return parts is not None and bool(datetime.date(*(int(part or 1) for part in parts.groups())))
    except ValueError:
        return False


def is_link(text: str) -> bool:
    """Whether a text is the address of a page on the web, with a host."""
    try:
        return _LINK.fullmatch(text) is not None and bool(urlsplit(text).hostname)
    except ValueError:
        return False
