"""Lines for whoever runs the server, on standard error: with the time (UTC), the level and the cause."""

from __future__ import annotations

import logging
import time

_LOG = logging.getLogger("acquis")


def set_up() -> None:
    """Write each line with its time and level."""
    handler = logging.StreamHandler()
    form = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)s acquis: %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    _LOG.addHandler(handler)
    _LOG.propagate = False


def warn(sentence: str) -> None:
    """Something that needs the operator; the server goes on."""
    _LOG.warning("%s", sentence)
