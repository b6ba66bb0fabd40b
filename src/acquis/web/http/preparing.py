"""What the first reader of a page would wait for, and everybody with them, is loaded when the server starts."""

from __future__ import annotations

from acquis.reference.library import library
from acquis.reference.profiles import profile, profile_names
from acquis.reference.records import Item
from acquis.reference.search import search
from acquis.reference.suggest import suggest
from acquis.web.http.assets import static
from acquis.web.http.rendering import compile_templates


def prepare_pages() -> None:
    """Loads templates, style sheets, the reference and its indexes. Takes some seconds."""
    compile_templates()
    static("")
    suggest(library().of(Item), "")
    search(library(), "")
    for name in profile_names():
        profile(name)
