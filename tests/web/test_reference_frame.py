"""Every word of the frame of the reference goes through gettext; facts stand in the language they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from .client import AppClient, app_client

COMPANY = "/reference/take-part?who=company&process=global-mechanism"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("house")) as app:
        yield app


def page(app: AppClient, address: str) -> str:
    answer = app.client.get(address)
    assert answer.status_code == 200
    return answer.text


class _Frame(HTMLParser):
    """The words of a page that no catalogue said; facts stand in elements that say that they are in English."""

    EMPTY = frozenset({"meta", "link", "input", "br", "img", "rect", "path", "line"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.text = ""
        self.loose: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in self.EMPTY:
            self.open.append((tag, given.get("lang") == "en" or tag == "title"))
        label = given.get("aria-label")
        if label and "[" not in label:
            self.loose.append(label)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.EMPTY

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(free for _, free in self.open):
            self.text += data


MONTHS = "January February March April May June July August September October November December UTC America New_York"


@pytest.mark.parametrize(
    "address",
    [
        "/reference?q=norm",
        "/reference/processes",
        "/reference/processes/oewg-2",
        "/reference/processes/global-mechanism",
        "/reference/framework",
        "/reference/framework/checklist-2024",
        "/reference/framework/norm-j",
        "/reference/documents",
        "/reference/documents/A/70/174",
        "/reference/who",
        "/reference/take-part",
        COMPANY,
        "/reference/sources",
    ],
)
def test_every_word_of_the_frame_goes_through_gettext(app: AppClient, address: str) -> None:
    reader = _Frame()
    reader.feed(page(app, address + ("&" if "?" in address else "?") + "lang=en-XA"))
    text = reader.text
    while (shorter := re.sub(r"\[[^\[\]]*\]", " ", text)) != text:
        text = shorter
    left = [word for word in re.findall(r"[^\W\d]{2,}", text) if word not in MONTHS.split() and word != "Acquis"]
    assert left == []
    assert reader.loose == []
