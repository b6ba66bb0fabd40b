"""What somebody says of itself: measures, challenges and gaps, item by item of the framework, as a versioned file.

It follows the four-part shape of the UNIDIR National Survey of Implementation of A/RES/70/237 (law, norms, CBMs,
capacity), which A/75/816 recommends, and adds an edition for others than states. It is no product of UNIDIR. Nothing in
it is mandatory, and nothing leaves the file unless its owner exports it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from acquis.text import yaml_text

VERSION = 1
MAX_BYTES = 2_000_000
PARTS = {"law": "law-", "norms": "norm-", "cbms": "cbm-", "capacity": "ccb-"}
"""The four parts in their order, and how the ids of their items begin."""

Edition = Literal["state", "non-state"]
_YES, _NO = ("yes", "on"), ("no", "off")


class AssessmentError(Exception):
    """A text that is no assessment: a code (too_large, not_yaml, not_an_assessment, other_version, unknown_field,
    not_true_or_false, unknown_edition, no_day, no_list, no_entry, no_fields, no_text) and facts (line, where ...)."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def _about(text: str) -> Meta:
    return Meta(description=text)


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where a measure can be seen."""

    title: str = ""
    url: Annotated[str, _about("https://...")] = ""
    symbol: Annotated[str, _about('the symbol of a document, "A/76/135"')] = ""
    date: Annotated[str, _about('as exactly as it is known: "2024-05-09", "2024-05" or "2024"')] = ""


class Measure(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something that is done."""

    text: str = ""
    since: Annotated[str, _about('as exactly as it is known: "2024-05-09", "2024-05" or "2024"')] = ""
    evidence: tuple[Evidence, ...] = ()


class Answer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is answered on one item."""

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
    """The part of an item by its id ("norm-j": "norms"); empty where no part has such ids."""
    return next((part for part, prefix in PARTS.items() if item.startswith(prefix)), "")


def answers(assessment: Assessment) -> dict[str, Answer]:
    """All answers, part by part. Of an id that stands in two parts the answer in its own part counts."""
    found: dict[str, Answer] = {}
    for part in PARTS:
        for item, answer in getattr(assessment, part).items():
            if item not in found or part_of(item) == part:
                found[item] = answer
    return found


def is_empty(answer: Answer) -> bool:
    """Whether nothing is said: no measure, no challenge, no gap."""
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
    """The assessment as plain data, defaults left out, version and edition always named."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(assessment))
    return {"version": assessment.version, "edition": assessment.edition, **data}


def write(assessment: Assessment) -> str:
    """The assessment as YAML: what `read` reads back to the same."""
    return yaml_text.written(to_data(assessment))


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an assessment."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Assessment)}


def read(text: str) -> Assessment:
    """An assessment from YAML, or from the JSON of an export. What was left empty counts as not said; a measure may be
    written as a plain text. Raises AssessmentError."""
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
    found: Assessment = msgspec.structs.replace(_converted(head, Assessment, (), node), **parts)
    return found


def _answers(part: str, given: object, node: Any) -> Answers:
    if not isinstance(given, Mapping):
        raise AssessmentError("no_fields", where=part, line=yaml_text.line_of(node, (part,)))
    return {item: _converted(_filled(answer), Answer, (part, item), node) for item, answer in given.items()}


def _filled(given: object) -> object:
    """An answer as a person may write it, as data: nothing for what was left empty, a text for a measure."""
    if given == "":
        return {}
    if not isinstance(given, Mapping):
        return given
    answer = {name: value for name, value in given.items() if value != "" or name == "private"}
    if isinstance(answer.get("private"), str):
        answer["private"] = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}.get(
            answer["private"].casefold(), answer["private"]
        )
    if isinstance(answer.get("measures"), list):
        answer["measures"] = [_measure(one) for one in answer["measures"] if one != ""]
    return answer


def _measure(given: object) -> object:
    if isinstance(given, str):
        return {"text": given}
    if not isinstance(given, Mapping) or "evidence" not in given:
        return given
    evidence = given["evidence"] or []
    if isinstance(evidence, list):
        evidence = [one for one in evidence if one != ""]
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
    """What msgspec says of an answer, as a code, with the place in the file."""
    reason, inner, at = message.rpartition(" - at `$")
    path = above + tuple(
        int(number) if number else name for number, name in _STEP.findall(at.removesuffix("`") if inner else "")
    )
    unknown = _UNKNOWN.fullmatch(reason if inner else message)
    if unknown:
        line = yaml_text.line_of(node, (*path, unknown[1]))
        return AssessmentError("unknown_field", field=unknown[1], where=_where(path), line=line)
    return AssessmentError(_code(path), where=_where(path), line=yaml_text.line_of(node, path), known=get_args(Edition))


def _code(path: tuple[str | int, ...]) -> str:
    """What is wrong with a value of another type than its place wants."""
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
    """A place as a person finds it: "norm-j, measures 2"."""
    steps: list[str] = []
    for step in path:
        if isinstance(step, int) and steps:
            steps[-1] += f" {step + 1}"
        else:
            steps.append(str(step))
    return ", ".join(steps)
