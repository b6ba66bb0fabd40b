"""Every command there is, and how one is read from JSON or from a form."""

from __future__ import annotations

from typing import Any, Union

import msgspec

from acquis import erasure, floor, followup, report
from acquis.command import Command, Refused
from acquis.plan import programme

COMMANDS: tuple[type[Command], ...] = (
    *programme.COMMANDS,
    *floor.COMMANDS,
    *report.COMMANDS,
    *followup.COMMANDS,
    *erasure.COMMANDS,
)
BY_NAME: dict[str, type[Command]] = {str(command.__struct_config__.tag): command for command in COMMANDS}
"""Every command by the name that requests use ("raise_hand")."""

_ANY: Any = Union[COMMANDS]  # noqa: UP007  # made from a tuple
_DECODER: msgspec.json.Decoder[Command] = msgspec.json.Decoder(type=_ANY)


def decode(body: bytes) -> Command:
    """A command from JSON such as {"do": "raise_hand"}.

    Raises Refused("unknown_command") and Refused("bad_fields", reason) on anything else."""
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _refusal(error) from error


def from_form(fields: dict[str, str]) -> Command:
    """A command from the fields of an HTML form: the same, with numbers and switches written as text.

    Raises Refused("unknown_command") and Refused("bad_fields", reason)."""
    try:
        command: Command = msgspec.convert(fields, _ANY, strict=False)
        return command
    except msgspec.ValidationError as error:
        raise _refusal(error) from error


def _refusal(error: Exception) -> Refused:
    reason = str(error)
    if "$.do" in reason or "`do`" in reason:
        return Refused("unknown_command")
    return Refused("bad_fields", reason=reason)
