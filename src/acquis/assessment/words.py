"""The messages about assessments: one sentence for each remark and change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acquis.assessment.check import Remark, Severity
from acquis.assessment.diff import Change
from acquis.i18n import N_, say

REMARKS: dict[str, str] = {
    "unknown_item": N_("Item “{item}” was not found. Check its spelling."),
    "unknown_item_nearest": N_("Item “{item}” was not found. Did you mean {nearest}?"),
    "wrong_part": N_("Move {item} from “{part}” to “{right}”."),
    "no_words": N_("Add a sentence that describes the measure."),
    "not_a_date": N_("“{date}” is not a date. Enter 2024-05-09, 2024-05 or 2024."),
    "no_evidence": N_("Add evidence for this measure."),
    "not_a_link": N_("“{url}” is not a web address. Enter a full address that begins with https:// or http://."),
    "not_a_symbol": N_(
        "“{symbol}” is not a document symbol. Enter it as printed on the document, for example A/76/135."
    ),
    "evidence_of_nothing": N_("Add a title, a web address or a document to this evidence."),
    "private": N_("This answer is private: an export leaves it out unless you ask for it."),
}

SEVERITIES: dict[Severity, str] = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}

CHANGES: dict[str, str] = {
    "head_edition": N_("The edition was “{before}” and is “{after}”."),
    "head_by": N_("The author was “{before}” and is “{after}”."),
    "head_as_of": N_("The date was “{before}” and is “{after}”."),
    "head_language": N_("The language was “{before}” and is “{after}”."),
    "measure_added": N_("Measure added: {after}"),
    "measure_removed": N_("Measure removed: {before}"),
    "measure_changed": N_("Measure changed: it was “{before}” and is “{after}”."),
    "since": N_("The start of a measure was “{before}” and is “{after}”."),
    "evidence_added": N_("Evidence added: {after}"),
    "evidence_removed": N_("Evidence removed: {before}"),
    "challenges": N_("The challenges were “{before}” and are “{after}”."),
    "gaps": N_("The capacity gaps were “{before}” and are “{after}”."),
    "emptied": N_("The answer was removed."),
    "made_private": N_("The answer is private now."),
    "made_public": N_("The answer is no longer private."),
    "moved": N_("The answer moved from “{before}” to “{after}”."),
}


def remark_line(language: str, remark: Remark) -> str:
    """A remark as one line: "error: norm-j, measure 2: ..."."""
    place = [remark.item]
    if remark.measure:
        place.append(say(language, N_("measure {n}"), n=remark.measure))
    if remark.evidence:
        place.append(say(language, N_("evidence {n}"), n=remark.evidence))
    said = say(language, REMARKS[remark.code], **remark.facts)
    return f"{say(language, SEVERITIES[remark.severity])}: {', '.join(place)}: {said}"


def change_lines(language: str, changes: Sequence[Change]) -> Iterator[str]:
    """The changes as lines, grouped under the ids of the items."""
    if not changes:
        yield say(language, N_("The two files say the same."))
    last = ""
    for change in changes:
        if change.item != last:
            yield change.item
        last = change.item
        said = say(language, CHANGES[change.code], before=_flat(change.before), after=_flat(change.after))
        yield ("  " if change.item else "") + said


def _flat(text: str) -> str:
    return " ".join(text.split())
