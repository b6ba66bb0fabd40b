"""The data structure of a self-assessment: measures, challenges and gaps for each item of the framework, in a versioned
file.

It follows the four parts of the UNIDIR National Survey of Implementation of A/RES/70/237 (law, norms, CBMs, capacity),
which A/75/816 recommends, and adds an edition for non-State stakeholders. It is not a product of UNIDIR. No answer is
mandatory, and nothing leaves the file unless its owner exports it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

import msgspec
from msgspec import Meta

from acquis.i18n.refusals import Failure
from acquis.text import yaml_text
from acquis.text.folding import caseless

VERSION = 1
MAX_BYTES = 2_000_000
PARTS = {"law": "law-", "norms": "norm-", "cbms": "cbm-", "capacity": "ccb-"}
"""The four parts in order -> the prefix of the ids of their items."""

Edition = Literal["state", "non-state"]
_YES, _NO = ("yes", "on"), ("no", "off")


class AssessmentError(Failure):
    """A text is not an assessment: a code (too_large, not_yaml, not_an_assessment, other_version, unknown_field,
    not_true_or_false, unknown_edition, no_day, no_list, no_entry, no_fields, no_text) and facts (line, where ...)."""

    about: ClassVar[str] = "assessment"


def _about(text: str) -> Meta:
    return Meta(description=text)


class MeasureEvidence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A source that shows that a measure is taken: a document or an address. No field is mandatory."""

    title: str = ""
    url: Annotated[str, _about("https://...")] = ""
    symbol: Annotated[str, _about('the symbol of a document, "A/76/135"')] = ""
    date: Annotated[str, _about('as exactly as it is known: "2024-05-09", "2024-05" or "2024"')] = ""


class Measure(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a State does on an item, with the day since when, and the sources that show it."""

    text: str = ""
    since: Annotated[str, _about('as exactly as it is known: "2024-05-09", "2024-05" or "2024"')] = ""
    evidence: tuple[MeasureEvidence, ...] = ()


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is answered on one item of the framework: measures taken, challenges and gaps in capacity."""

    measures: tuple[Measure, ...] = ()
    challenges: Annotated[str, _about("what stands in the way")] = ""
    gaps: Annotated[str, _about("the capacity that is missing")] = ""
    private: Annotated[bool, _about("left out of an export unless its owner asks for it")] = False


Answers = dict[str, Answer]


class Assessment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An assessment: item id -> answer in each of the four parts."""

    version: Annotated[int, _about("of this shape")] = VERSION
    edition: Annotated[Edition, _about("who answers: a state, or somebody else")] = "state"
    by: Annotated[str, _about("who answers")] = ""
    as_of: Annotated[datetime.date | None, _about("the day that the answers are true of")] = None
    language: Annotated[str, _about('the language of the answers, BCP 47: "fr"')] = ""
    law: Answers = {}
    norms: Answers = {}
    cbms: Answers = {}
    capacity: Answers = {}


def part_of(item: str) -> str:
    """The part of an item by its id ("norm-j": "norms"); empty if the prefix is unknown."""
    return next((part for part, prefix in PARTS.items() if item.startswith(prefix)), "")


def answers(assessment: Assessment) -> dict[str, Answer]:
    """Item id -> answer, part by part. If an id occurs in two parts, the answer in its own part counts."""
    by_item: dict[str, Answer] = {}
    for part in PARTS:
        for item, answer in getattr(assessment, part).items():
            if item not in by_item or part_of(item) == part:
                by_item[item] = answer
    return by_item


def is_empty(answer: Answer) -> bool:
    """Whether an answer has no measure, no challenge and no gap."""
    return not (answer.measures or answer.challenges.strip() or answer.gaps.strip())


def shared(assessment: Assessment) -> Assessment:
    """The assessment without its private answers."""
    kept = {
        part: {item: answer for item, answer in getattr(assessment, part).items() if not answer.private}
        for part in PARTS
    }
    return msgspec.structs.replace(assessment, **kept)


def private_items(assessment: Assessment) -> tuple[str, ...]:
    """The ids of the private answers, in the order of the file."""
    return tuple(item for part in PARTS for item, answer in getattr(assessment, part).items() if answer.private)


def to_data(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain data without default values, but always with version and edition."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(assessment))
    return {"version": assessment.version, "edition": assessment.edition, **data}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an assessment."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Assessment)}


def read_assessment(text: str) -> Assessment:
    """An assessment from YAML or from exported JSON. Empty values count as missing; a measure may be a plain text.
    Raises AssessmentError."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise AssessmentError("too_large", limit=MAX_BYTES)
    try:
        data, node = yaml_text.read_with_places(text.removeprefix("\ufeff"))
    except yaml_text.NotYaml as error:
        raise AssessmentError("not_yaml", line=error.line, reason=error.reason) from error
    if not isinstance(data, Mapping):
        raise AssessmentError("not_an_assessment")
    said = {name: value for name, value in data.items() if value != ""}
    version = said.get("version", str(VERSION))
    if version != str(VERSION):
        raise AssessmentError("other_version", version=str(version)[:20], known=VERSION)
    head = {name: value for name, value in said.items() if name not in PARTS}
    parts = {part: _answers(part, said[part], node) for part in PARTS if part in said}
    assessment: Assessment = msgspec.structs.replace(_converted(head, Assessment, (), node), **parts)
    return assessment


def _answers(part: str, given: object, node: Any) -> Answers:
    if not isinstance(given, Mapping):
        raise AssessmentError("no_fields", where=part, line=yaml_text.line_of(node, (part,)))
    return {item: _converted(_filled(answer), Answer, (part, item), node) for item, answer in given.items()}


def _filled(given: object) -> object:
    """The data of an answer as a person may write it, with empty values removed and plain texts as measures."""
    if given == "":
        return {}
    if not isinstance(given, Mapping):
        return given
    answer = {name: value for name, value in given.items() if value != "" or name == "private"}
    if isinstance(answer.get("private"), str):
        answer["private"] = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}.get(
            caseless(answer["private"]), answer["private"]
        )
    if isinstance(answer.get("measures"), list):
        answer["measures"] = [_measure(measure) for measure in answer["measures"] if measure != ""]
    return answer


def _measure(given: object) -> object:
    if isinstance(given, str):
        return {"text": given}
    if not isinstance(given, Mapping) or "evidence" not in given:
        return given
    evidence = given["evidence"] or []
    if isinstance(evidence, list):
        evidence = [source for source in evidence if source != ""]
    return {**given, "evidence": evidence}


_STEP = re.compile(r"\[(\d+)\]|\.([^.\[\]]+)")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_LISTS = ("measures", "evidence")


def _converted(data: object, kind: Any, above: tuple[str | int, ...], node: Any) -> Any:
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _refused(str(error), above, node) from error


def _refused(message: str, above: tuple[str | int, ...], node: Any) -> AssessmentError:
    """The error for a message of msgspec, with the place in the file."""
    reason, inner, at = message.rpartition(" - at `$")
    path = above + tuple(
        int(number) if number else name for number, name in _STEP.findall(at.removesuffix("`") if inner else "")
    )
    unknown = _UNKNOWN.fullmatch(reason if inner else message)
    if unknown:
        line = yaml_text.line_of(node, (*path, unknown[1]))
        return AssessmentError(
            "unknown_field_in" if _where(path) else "unknown_field", field=unknown[1], where=_where(path), line=line
        )
    return AssessmentError(_code(path), where=_where(path), line=yaml_text.line_of(node, path), known=get_args(Edition))


def _code(path: tuple[str | int, ...]) -> str:
    """The code of the error for a value of the wrong type at this path."""
    last = path[-1]
    own = {("edition",): "unknown_edition", ("as_of",): "no_day"}
    if path in own:
        return own[path]
    if isinstance(last, int):
        return "no_entry"
    if len(path) > 2 and last == "private":
        return "not_true_or_false"
    if len(path) > 2 and last in _LISTS:
        return "no_list"
    return "no_fields" if path[0] in PARTS and len(path) <= 2 else "no_text"


def _where(path: tuple[str | int, ...]) -> str:
    """A path in readable form: "norm-j, measures 2"."""
    steps: list[str] = []
    for step in path:
        if isinstance(step, int) and steps:
            steps[-1] += f" {step + 1}"
        else:
            steps.append(str(step))
    return ", ".join(steps)
