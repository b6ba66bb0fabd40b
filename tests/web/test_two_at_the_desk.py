"""Two at the desk, in any order of what they do: nothing that somebody typed is lost, and nobody overwrites in silence
what they have not seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.command import ONLINE, RAPPORTEUR

from .client import AppClient, app_client, forms

DESK = "/s/grid/desk"
WRITERS = (RAPPORTEUR, ONLINE)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    folder: Path = tmp_path_factory.mktemp("two")
    with app_client(folder) as app:
        app.hold("grid")
        yield app


class Writer:
    """Somebody at the desk: their cookie, the page before them, and every text they have seen of a sentence."""

    def __init__(self, app: AppClient, role: str) -> None:
        self.table = app
        app.be(role, "grid")
        self.cookies = dict(app.client.cookies)
        self.html = ""
        self.seen: set[str] = set()
        self.look()

    def _sits(self) -> None:
        self.table.client.cookies.clear()
        self.table.client.cookies.update(self.cookies)

    def _shows(self, html: str) -> None:
        self.html = html
        fields = self.form()
        self.seen |= {fields[name] for name in fields if re.fullmatch(r"s\.[\d-]+\.text", name)}
        self.seen |= {unescape(text) for text in re.findall(r"<blockquote[^>]*>([^<]*)</blockquote>", html)}

    def form(self) -> dict[str, str]:
        return next(form for form in forms(self.html) if "key" in form and "do" not in form)

    def look(self) -> None:
        self._sits()
        self._shows(self.table.client.get(DESK).text)

    def does(self, act: str, **typed: str) -> str:
        """Press a button with what was typed; the page that comes back."""
        self._sits()
        self._shows(self.table.client.post(DESK, data={**self.form(), "act": act, **typed}).text)
        return self.html


def drafted(app: AppClient, after: int) -> list[tuple[int, ev.Event]]:
    """What the log has of the draft behind an entry."""
    rows = app.house.board.record.scan("grid")
    found = [(row[0], ev.from_body(row[3])) for row in rows if row[0] > after]
    return [(seq, event) for seq, event in found if isinstance(event, ev.SentenceDrafted | ev.SentenceDropped)]


DOES = st.tuples(
    st.integers(0, 1),
    st.sampled_from(["write", "write", "write", "look", "mine", "theirs", "both", "remove", "up"]),
    st.integers(0, 1),
)


@settings(max_examples=times(15))
@given(st.lists(DOES, min_size=4, max_size=14))
def test_two_writers_in_any_order_lose_nothing(app: AppClient, order: list[tuple[int, str, int]]) -> None:
    begun = app.state("grid").seq
    Writer(app, RAPPORTEUR).does("add:takeaways")
    Writer(app, RAPPORTEUR).does("add:takeaways")
    sentences = [one.id for one in app.state("grid").draft["takeaways"]][-2:]
    both = [Writer(app, role) for role in WRITERS]
    typed: list[tuple[Writer, str]] = []
    for number, (who, what, which) in enumerate(order):
        writer, id = both[who], sentences[which]
        there = f"s.{id}.text" in writer.form()
        if what == "look":
            writer.look()
        elif what == "write" and there:
            words = f"{begun}: words {number} of writer {who}."
            page = writer.does("save", **{f"s.{id}.text": words})
            kept = any(isinstance(e, ev.SentenceDrafted) and e.text == words for _, e in drafted(app, begun))
            shown = writer.form().get(f"s.{id}.text") == words
            assert kept or shown, "what was typed is in the log or still before whoever typed it"
            assert shown or "meanwhile" not in page
            typed.append((writer, words))
        elif there:
            writer.does(f"{what}:{id}")
    _nothing_was_overwritten_unseen(app, begun, both, typed)
    cleared = Writer(app, RAPPORTEUR)
    for one in app.state("grid").draft["takeaways"]:
        cleared.does(f"remove:{one.id}")


def _nothing_was_overwritten_unseen(
    app: AppClient, begun: int, both: list[Writer], typed: list[tuple[Writer, str]]
) -> None:
    """Whoever worded a sentence anew or took it out had seen the wording that was there."""
    of = {words: writer for writer, words in typed}
    stands: dict[str, str] = {}
    for seq, event in drafted(app, begun):
        if isinstance(event, ev.SentenceDrafted):
            before = stands.get(event.sentence, "") if event.sentence else ""
            if before and event.text in of:
                assert before in of[event.text].seen
            stands[event.sentence or str(seq)] = event.text
        elif isinstance(event, ev.SentenceDropped) and stands.get(event.sentence):
            assert any(stands[event.sentence] in writer.seen for writer in both)
            del stands[event.sentence]
