"""No cache holds a text after it was erased."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import msgspec
import pytest

from acquis.command import PARTICIPANT, Actor
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.segments import OpenSession
from acquis.floor.speech import CaptionSpeech
from acquis.text import caches
from acquis.text.caches import TextCache
from acquis.text.likeness import alike
from acquis.text.names import Names
from acquis.web.pages.desk.draft import suggested

from .client import BOSS, HOST, AppClient, app_client

WORD = "quetzalcoatl"
TEXT = f"Who pays for the {WORD} ransomware in my village?"


ANN, BEN = (Actor(f"p-{name}", f"v-{name}", roles=frozenset({PARTICIPANT})) for name in ("ann", "ben"))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("grid")
        app.do("grid", OpenSession(), BOSS)
        yield app


def roots() -> Iterator[tuple[str, object]]:
    """Everything that outlives a request: the caches of texts, the caches of functions, the tables of modules."""
    for cache in list(caches._caches):
        yield repr(cache), cache
    for name, module in list(sys.modules.items()):
        if name.startswith("acquis") and isinstance(module, ModuleType):
            for field, value in list(vars(module).items()):
                if hasattr(value, "cache_clear") or isinstance(value, dict | list | set):
                    yield f"{name}.{field}", value


def holds(root: object, word: str, clean: dict[int, object]) -> bool:
    """Whether a string with the word can be reached from an object without going through code. What cannot reach the
    word is added to `clean`, by its id, and is not looked at again."""
    seen: dict[int, object] = {}
    todo = [root]
    while todo:
        value = todo.pop()
        if isinstance(value, ModuleType | FunctionType | type) or id(value) in seen or id(value) in clean:
            continue
        seen[id(value)] = value
        if isinstance(value, str):
            if word in value.lower():
                return True
        elif isinstance(value, bytes):
            if word.encode() in value.lower():
                return True
        elif isinstance(value, msgspec.Struct):
            todo += [getattr(value, name) for name in value.__struct_fields__]
        else:
            todo += gc.get_referents(value)
    clean.update(seen)
    return False


def holding(app: AppClient) -> list[str]:
    everything = (*roots(), ("the application", app.house))
    clean: dict[int, object] = {}
    return [name for name, root in everything if not name.endswith("__builtins__") and holds(root, WORD, clean)]


def test_an_erased_text_is_in_no_cache(app: AppClient) -> None:
    asked = app.do("grid", AskQuestion(TEXT), ANN)
    other = app.do("grid", AskQuestion(f"{TEXT} Who?"), BEN)
    app.do("grid", ApproveQuestion(asked))
    said = app.do("grid", CaptionSpeech(f"I know {WORD} well."), HOST)
    for page in ("floor", "console", "desk", f"captions?q={WORD}", "record", "report.md"):
        app.client.get(f"/s/grid/{page}")
    assert alike([(1, TEXT), (2, TEXT)])
    assert suggested("en", TEXT, ())
    assert Names([WORD]).masked(TEXT) != TEXT
    assert len(holding(app)) >= 5

    app.be("organizer")
    for number, entry in enumerate((asked, other, said)):
        body = {"do": "erase_text", "entry": entry, "reason": "asked for"}
        headers = {"idempotency-key": f"erase-000{number}"}
        assert app.client.post("/s/grid/do", json=body, headers=headers).status_code == 201

    last = time.monotonic() + 20
    while (found := holding(app)) and time.monotonic() < last:  # what began before may still be computed in a thread
        time.sleep(0.1)
    assert found == []
    assert any(isinstance(cache, TextCache) for cache in caches._caches)
