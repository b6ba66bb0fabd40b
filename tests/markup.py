"""A reader of HTML for tests that read thousands of pages: the parser of the standard library needs a third of their
time."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree


class MarkupReader:
    """Calls `start`, `data` and `end` for the tags and the texts of a page in their order. Each start has its end, also
    of an element that is written without; an attribute without a value is empty."""

    def feed(self, html: str) -> None:
        parser = etree.HTMLParser(target=self)
        parser.feed(html)
        parser.close()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def data(self, text: str) -> None:
        """A text, or a part of one."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def close(self) -> None:
        """The page ends."""
