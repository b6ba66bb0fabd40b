"""The exception by which a command is refused."""

from __future__ import annotations

import re

from acquis.i18n.refusals import Failure
from acquis.text.decoding import undecodable


class Refused(Failure):
    """A command was refused, with the code and the facts of `Failure`."""


def bad_fields(error: Exception) -> Refused:
    """The refusal of data that cannot be decoded: the name of the field in it, if it is known, and the reason."""
    where, reason = undecodable(error)
    missing = re.search("missing required field `(.*?)`", str(error))
    field = re.split(r"[.\[]", where)[0]
    return Refused("bad_fields", field=field, reason=reason).at(missing[1] if missing else field)
