"""Scripts, style sheets and icons. Their addresses contain a digest, so that browsers can cache them."""

from __future__ import annotations

import functools
import gzip
import hashlib
import re
from pathlib import Path

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@functools.cache
def _files() -> dict[str, tuple[bytes, str]]:
    """Path below `acquis/web` -> (content, digest) of every script, style sheet and icon."""
    web = Path(__file__).parents[1]
    files = (path for path in web.rglob("*") if path.suffix.removeprefix(".") in _TYPES)
    contents = {path.relative_to(web).as_posix(): lean(path.suffix, path.read_text("utf-8")) for path in files}
    contents[TOGETHER] = b"".join(contents[name] for name in SHARED)
    return {name: (content, hashlib.sha256(content).hexdigest()[:12]) for name, content in contents.items()}


def lean(suffix: str, text: str) -> bytes:
    """A file as it is sent: without its comments and indentation, which are half of it on a slow connection. In scripts
    only comments that have their lines for themselves are left out."""
    if suffix == ".css":
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    elif suffix == ".js":
        text = re.sub(r"^ *(?:/\*\*(?:(?!\*/)[\s\S])*\*/|//.*)$", "", text, flags=re.MULTILINE)
    return re.sub(r"\s*\n\s*", "\n", text).strip().encode() + b"\n"


def file_of(name: str) -> tuple[bytes, str] | None:
    """Content and media type of a file; None if there is none of that name."""
    known = _files().get(name)
    return (known[0], _TYPES[name.rpartition(".")[2]]) if known else None


@functools.cache
def compressed(name: str) -> bytes:
    """A file that exists, compressed (gzip); always the same bytes for the same file."""
    return gzip.compress(_files()[name][0], 9, mtime=0)


def static(name: str) -> str:
    """The address of a file; `name`: its path below `acquis/web` ("pages/desk/page.js")."""
    return f"/static/{_all_digest()}/{name}"


@functools.cache
def _all_digest() -> str:
    """The digest of all files. Modules import each other by relative address, so they share one digest."""
    return hashlib.sha256("".join(digest for _, digest in sorted(_files().values())).encode()).hexdigest()[:12]


SHARED = ("shared/tokens.css", "shared/base.css", "shared/components.css", "shared/forms.css")
"""The style sheets of every page. The first one declares the order of the layers."""
TOGETHER = "shared.css"
"""The shared style sheets as one file, because each further one costs a phone a request."""
DOCUMENT = "shared/document.css"
"""The style sheet of pages that are read as a document; such a page names it in its declaration."""
EVIDENCE = "shared/evidence.css"
"""The style sheet of pages that show votes and other evidence; such a page names it in its declaration."""
CHARTS = "shared/charts.css"
"""The style sheet of pages that show charts; such a page names it in its declaration."""

WATCH = ("shared/dom.js", "live/morph.js", "live/current.js", "live/follow.js", "live/watch.js")
"""The scripts that keep a page of a session current that is no live screen."""

AGE = WATCH[:3]
"""The scripts that keep a page current that is about many sessions: it is fetched again in intervals (`data-ages`)."""


def folder_of(template: str) -> str:
    """The folder of a template below `acquis/web/pages`; empty for a shared template."""
    parts = template.split("/")
    return parts[1] if parts[0] == "pages" else ""


def styles_of(folder: str, live: bool, declared: tuple[str, ...]) -> tuple[str, ...]:
    """The style sheets of a page in the order of their layers: shared, declared, live, that of its folder."""
    own = f"pages/{folder}/page.css"
    return (*SHARED, *declared, *(("live/live.css",) if live else ()), *((own,) if own in _files() else ()))


def linked(styles: tuple[str, ...]) -> tuple[str, ...]:
    """The files to link for these style sheets: the shared ones are one file."""
    return (TOGETHER, *styles[len(SHARED) :])
