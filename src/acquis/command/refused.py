"""The exception by which a command is refused."""

from __future__ import annotations

from acquis.i18n.refusals import Failure


class Refused(Failure):
    """A command was refused, with the code and the facts of `Failure`."""
