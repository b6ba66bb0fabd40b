"""What the first reader of a page would wait for, and everybody with them, is loaded when the server starts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial

from acquis.documents.templates import template
from acquis.reference.library import library
from acquis.reference.profiles import profile, profile_names
from acquis.reference.records import Item
from acquis.reference.search import search
from acquis.reference.suggest import suggest
from acquis.state import State
from acquis.state.snapshots import snapshot
from acquis.state.times import move_times
from acquis.web.http.assets import static
from acquis.web.http.rendering import environment


async def prepare_pages() -> None:
    """Loads templates, style sheets, the reference and its indexes, one after the other in a thread: a server that is
    stopped meanwhile waits for one of them and not for all. Takes half a
    second, and some seconds if no template is compiled."""
    for load in _loads():
        await asyncio.to_thread(load)


def _loads() -> Iterator[Callable[[], object]]:
    yield from _templates()
    yield partial(static, "")
    yield library
    yield lambda: suggest(library().of(Item), "")
    yield lambda: search(library(), "")
    yield lambda: move_times(snapshot(State()), 0, 0)  # looks at the types of all that is in a state
    yield from (partial(profile, name) for name in profile_names())


def _templates() -> Iterator[Callable[[], object]]:
    english = environment("en")
    yield from (partial(english.get_template, name) for name in english.list_templates(extensions=["html"]))
    yield from (partial(template, name) for name in ("opinion.html", "statement_table.html"))


if __name__ == "__main__":  # for an installation whose files the server cannot write to: see `compiled.py`
    for load in _templates():
        load()
