"""The rules for scripts that the linter and the type checker of `make check` do not know."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = sorted((ROOT / "src").rglob("*.js"))

OLD_DIALECT = re.compile(r"\bvar\b|\bArray\.from\(|\bObject\.assign\(|catch \(error\) \{\s*(?:/\*|\})|(\b\w+) && \1\.")
"""What a newer form replaces: `let`, spread, `catch` without a name, optional chaining."""

DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)
HELPERS = {f"src/acquis/web/shared/{name}.js" for name in ("dom", "idempotency", "storage")}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("script", SCRIPTS, ids=named)
def test_a_script_is_type_checked_and_speaks_one_dialect(script: Path) -> None:
    text = script.read_text("utf-8")
    assert text.startswith("// @ts-check\n")
    assert OLD_DIALECT.findall(text) == []


def test_only_one_module_names_the_storage_of_the_browser() -> None:
    """A browser may refuse storage; `storage.js` is where that is caught."""
    naming = [path.name for path in SCRIPTS if re.search(r"\b(?:local|session)Storage\b", path.read_text("utf-8"))]
    assert naming == ["storage.js"]


def test_a_shared_helper_is_written_once() -> None:
    declared = {named(path): set(DECLARED.findall(path.read_text("utf-8"))) for path in SCRIPTS}
    shared = set().union(*(names for script, names in declared.items() if script in HELPERS))
    assert {"newKey", "all", "byId", "local"} <= shared, "the scan finds nothing any more"
    counts = Counter(name for names in declared.values() for name in names)
    assert [name for name in shared if counts[name] > 1] == []
