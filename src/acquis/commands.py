"""The list of all commands, and their decoding from JSON and from forms."""

from __future__ import annotations

from typing import Any, Union

import msgspec

from acquis import erasure, floor, followup, keys, report
from acquis.command import Command, Refused, bad_fields
from acquis.command.base import fields_of
from acquis.command.fields import Of
from acquis.plan import programme

COMMANDS: tuple[type[Command], ...] = (
    *programme.COMMANDS,
    *floor.COMMANDS,
    *report.COMMANDS,
    *followup.COMMANDS,
    *erasure.COMMANDS,
    *keys.COMMANDS,
)
BY_NAME: dict[str, type[Command]] = {str(command.__struct_config__.tag): command for command in COMMANDS}
"""Name in requests ("raise_hand") -> command."""

_ANY: Any = Union[COMMANDS]  # noqa: UP007  # made from a tuple
_DECODER: msgspec.json.Decoder[Command] = msgspec.json.Decoder(type=_ANY)


_ENTRIES = {
    command: frozenset(field.name for field in fields_of(command) if isinstance(field.declaration, Of))
    for command in COMMANDS
}
"""The fields of each command that hold the number of an entry."""


def decode(body: bytes) -> Command:
    """The command of a JSON text such as {"do": "raise_hand"}.

    Raises Refused("unknown_command") and Refused("bad_fields", field, reason) on anything else."""
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:  # the last: nested too deeply
        raise _refusal(error) from error


def from_form(fields: dict[str, str]) -> Command:
    """The command of the fields of an HTML form, in which numbers and switches are texts; the number of an entry may
    be typed as pages show it ("#30").

    Raises Refused("unknown_command") and Refused("bad_fields", field, reason)."""
    command = BY_NAME.get(fields.get("do", ""))
    if command is None:
        raise Refused("unknown_command")
    typed = {name: text.strip().removeprefix("#") for name, text in fields.items() if name in _ENTRIES[command]}
    try:  # of one class: of all together it takes 100 times as long
        return msgspec.convert({**fields, **typed}, command, strict=False)
    except msgspec.ValidationError as error:
        raise _refusal(error) from error


def _refusal(error: Exception) -> Refused:
    if "$.do" in str(error) or "`do`" in str(error):
        return Refused("unknown_command")
    return bad_fields(error)
