"""The data from which live screens are rendered."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from acquis.board.maps import CurrentMap
from acquis.state import State
from acquis.web.live.audiences import Audience


class View(msgspec.Struct, frozen=True):
    """The data of a frame: a state that contains only committed entries, the names that people gave, the time (ms since
    1970), the fingerprint of the last entry, and how to join. `presence`: the number of screens that are
    open and seen."""

    state: State
    names: Mapping[str, str]
    at: int
    head: str = ""
    log: str = ""
    code: str = ""
    base_url: str = ""
    presence: int = 0
    lang: str = "en"
    current: CurrentMap | None = None
    """The opinion map, where the screen has one."""
    audience: Audience = "readers"
    partial: str = ""
    """The unfinished caption line, which is never recorded."""
