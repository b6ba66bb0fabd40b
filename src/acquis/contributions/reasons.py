"""The public list of reasons for which a report does not use an input, from `reasons.yaml`."""

from __future__ import annotations

import functools
from importlib import resources

import msgspec
import yaml


class UnusedReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reason: its code in the log, its label (a message), and whether words have to be added."""

    code: str
    label: str
    words: bool = False


@functools.cache
def reasons() -> dict[str, UnusedReason]:
    """Code -> the reason, in the order of the file."""
    text = (resources.files("acquis.contributions") / "reasons.yaml").read_text("utf-8")
    listed = msgspec.convert(yaml.safe_load(text), list[UnusedReason])
    return {reason.code: reason for reason in listed}
