"""A procedure for agreeing on messages, as a YAML file says it: reading with a sentence for each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from typing import Any, Literal, get_args

import msgspec
import yaml

from acquis.i18n import translation
from acquis.text import yaml_text
from acquis.text.caches import text_cache

Act = Literal["propose", "object", "amend", "settle", "test", "state", "reword", "circulate"]
"""What a step can allow: to propose a message, to object or state a reservation, to propose an amendment, to accept
one or not, to put a message to the vote, to state its outcome, to change its wording, to circulate it under a silence
procedure."""
Who = Literal["participants", "parties", "speakers", "moderators", "rapporteur", "organizer"]
"""Who may act. `parties`: speakers for the parties that are named when a message is circulated."""
Status = Literal["sourced", "unverified"]
ACTS, WHO = get_args(Act), get_args(Who)
SHIPPED = ("igf", "eurodig", "aprigf", "silence")
"""The names of the procedures that come with the program, which are those of their files."""
LENGTH_LIMIT, TEXT_LIMIT, STEPS_LIMIT, HOURS_LIMIT = 20_000, 600, 12, 24 * 60
"""The most characters of a file and of one of its texts, the most steps, and the longest silence in hours."""
_MINUTES = {"min": 1, "h": 60, "days": 24 * 60}
_MOMENT = re.compile(r"(publication|opening|closing)(?: \+ ([0-9]{1,4}) (min|h|days))?")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIELDS = ("title", "text", "source", "date", "status", "silence_hours", "steps")
_STEP_FIELDS = ("title", "text", "from", "until", "acts")


class Moment(msgspec.Struct, frozen=True):
    """A time: a number of minutes after an event of the session or, where several sessions share it, a fixed time
    (`at`, ms since 1970; 0: it is relative)."""

    after: str
    minutes: int = 0
    at: int = 0


class ProcedureStep(msgspec.Struct, frozen=True):
    """A step: its title and text for people, when it begins and ends (None: it does not end), and who may do what."""

    title: str
    text: str
    begins: Moment
    ends: Moment | None
    acts: dict[str, tuple[str, ...]]


class Procedure(msgspec.Struct, frozen=True):
    """A procedure. `silence_hours`: for how many hours a message is circulated under a silence procedure; 0: there is
    none. `source`, `date`, `status`: from where and when it is known, and whether it was read there."""

    title: str
    text: str
    source: str
    date: str
    status: str
    steps: tuple[ProcedureStep, ...]
    silence_hours: int = 0

    @property
    def is_sourced(self) -> bool:
        """Whether it was read in its source."""
        return self.status == "sourced"


class Mistake(msgspec.Struct, frozen=True):
    """A mistake in a file: its line, from 1, and one English sentence."""

    line: int
    sentence: str


class ProcedureError(Exception):
    """A file is not a procedure; with all of its mistakes."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(" ".join(f"Line {mistake.line}: {mistake.sentence}" for mistake in mistakes))
        self.mistakes = mistakes


@text_cache(32)
def read(text: str) -> Procedure:
    """The procedure of a file. Raises ProcedureError with every mistake in it."""
    if len(text) > LENGTH_LIMIT:
        raise ProcedureError((Mistake(1, f"The file has more than {LENGTH_LIMIT} characters."),))
    try:
        data, root = yaml_text.read_with_places(text)
    except yaml_text.NotYaml as error:
        raise ProcedureError((Mistake(error.line, f"This is not valid YAML ({error.reason})."),)) from error
    if not isinstance(data, dict):
        raise ProcedureError((Mistake(1, "The file has no fields such as “title” and “steps”."),))
    mistakes = tuple(_mistakes(data, root))
    if mistakes:
        raise ProcedureError(mistakes)
    return Procedure(
        title=data["title"].strip(),
        text=data["text"].strip(),
        source=data["source"].strip(),
        date=data["date"],
        status=data["status"],
        steps=tuple(map(_step, data["steps"])),
        silence_hours=int(data.get("silence_hours", "0")),
    )


def shipped_text(name: str) -> str:
    """The file of a procedure that comes with the program."""
    return resources.files("acquis.messages").joinpath("procedures", f"{name}.yaml").read_text("utf-8")


def procedure_text(procedure: str, text: str, language: str) -> str:
    """A text of the procedure with this name in a language: those of the shipped ones are messages, and those of a file
    of one's own stay as they were written. Nothing in a text is a placeholder."""
    return translation(language).gettext(text) if procedure in SHIPPED and text else text


def _step(data: dict[str, Any]) -> ProcedureStep:
    until = data.get("until")
    acts = {act: tuple(who) for act, who in data["acts"].items()}
    ends = _moment(until) if until else None
    return ProcedureStep(data["title"].strip(), data["text"].strip(), _moment(data["from"]), ends, acts)


def _moment(text: str) -> Moment:
    if fixed := _fixed(text):
        return Moment("", at=fixed)
    after, number, unit = _MOMENT.fullmatch(text).groups()  # type: ignore[union-attr]  # it was checked
    return Moment(after, int(number) * _MINUTES[unit] if number else 0)


def _fixed(text: str) -> int:
    """A date and time of day with its offset, such as 2026-12-11T18:00+01:00, in ms since 1970; 0 for anything else."""
    if not _TIME.fullmatch(text):
        return 0
    try:
        return int(datetime.fromisoformat(text).timestamp() * 1000)
    except ValueError:
        return 0


def _mistakes(data: dict[Any, Any], root: yaml.Node | None) -> Iterator[Mistake]:
    """Every mistake of the fields of a file, in their order."""

    def at(sentence: str, *path: str | int) -> Mistake:
        return Mistake(yaml_text.line_of(root, path), sentence)

    for name in data:
        if name not in _FIELDS:
            yield at(f"“{str(name)[:40]}” is not a field of a procedure. The fields are: {', '.join(_FIELDS)}.", name)
    for name in ("title", "text", "source"):
        yield from (at(sentence, name) for sentence in _wrong_text(data, name))
    if not _DATE.fullmatch(str(data.get("date", ""))):
        yield at("“date” has to be the day on which the source was read, such as 2026-11-28.", "date")
    if data.get("status") not in get_args(Status):
        yield at("“status” has to be “sourced” or “unverified”.", "status")
    hours = data.get("silence_hours", "0")
    if not (isinstance(hours, str) and hours.isdecimal() and len(hours) < 5 and int(hours) <= HOURS_LIMIT):
        yield at(f"“silence_hours” has to be a whole number from 0 to {HOURS_LIMIT}.", "silence_hours")
    steps = data.get("steps")
    if not isinstance(steps, list) or not 1 <= len(steps) <= STEPS_LIMIT:
        yield at(f"“steps” has to be a list of 1 to {STEPS_LIMIT} steps.", "steps")
        return
    for number, step in enumerate(steps):
        if isinstance(step, dict):
            yield from (at(sentence, "steps", number, *path) for sentence, *path in _wrong_step(step))
        else:
            yield at("A step has the fields “title”, “text”, “from”, “until” and “acts”.", "steps", number)


def _wrong_text(data: dict[Any, Any], name: str) -> Iterator[str]:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip():
        yield f"“{name}” is missing or empty."
    elif len(value) > TEXT_LIMIT:
        yield f"“{name}” has more than {TEXT_LIMIT} characters."


def _wrong_step(step: dict[Any, Any]) -> Iterator[tuple[str, ...]]:
    """Every mistake of a step: a sentence, and where it is."""
    for name in step:
        if name not in _STEP_FIELDS:
            yield f"“{str(name)[:40]}” is not a field of a step.", name
    for name in ("title", "text"):
        yield from ((sentence, name) for sentence in _wrong_text(step, name))
    for name in ("from", "until"):
        value = step.get(name, "" if name == "from" else None)
        if value is not None and not (isinstance(value, str) and (_MOMENT.fullmatch(value) or _fixed(value))):
            sentence = "has to be “publication”, “opening” or “closing”, such as “closing + 2 h”, or a time with its"
            yield f"“{name}” {sentence} offset, such as “2026-12-11T18:00+01:00”.", name
    acts = step.get("acts")
    if not isinstance(acts, dict):
        yield "“acts” has to say who may do what, such as “object: [participants]”.", "acts"
        return
    for act, who in acts.items():
        if act not in ACTS:
            yield f"“{str(act)[:40]}” is not an act. The acts are: {', '.join(ACTS)}.", "acts", act
        if not isinstance(who, list) or not who or any(role not in WHO for role in who):
            yield f"“{str(act)[:40]}” has to be a list of: {', '.join(WHO)}.", "acts", act
