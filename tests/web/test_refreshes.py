"""Which open pages an event refreshes: after an event that does not, a page has changed in its regions only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest
from tests.effort import rarely
from tests.markup import MarkupReader
from tests.moved_clock import MovedClock

from acquis import events as ev
from acquis.command import MODERATORS, PARTICIPANT, Actor
from acquis.record import Draft
from acquis.roster import Pass, SessionRow
from acquis.web.http import passes
from acquis.web.http.ids import new_secret

from ..core.cases import CASES  # noqa: TID252  # tests are no installed package: there is no absolute name
from ..core.story import ANN, T0, Happened, covering  # noqa: TID252  # the same
from .client import AppClient, app_client

SECOND = 1000
MOMENT = T0 + 40 * SECOND
MODERATOR = Actor("p-host", roles=MODERATORS)
STRANGER = Actor("p-stranger", "v-stranger", frozenset({PARTICIPANT}))
SEEN = (
    (MODERATOR, "console"),
    (MODERATOR, "people"),
    (STRANGER, "?watch=1"),
    (STRANGER, "questions"),
    (STRANGER, "vote"),
    (STRANGER, "stage"),
    (STRANGER, "speakers"),
    (ANN, ""),
    (ANN, "questions"),
    (ANN, "vote"),
)
OFTEN = rarely(9)
"""In how many states each kind of event happens; each is looked at on ten pages."""
SCRIPTED = ("captions menu wide", "done quiet", "empty quiet", "undo plain")


class Skeleton(MarkupReader):
    """What of the main part of a page frames do not bring: everything but the content of regions and lists, and the
    figures that the script writes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.number = 0
        self.concerns = ""
        self._filled: list[bool] = []
        self._main = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        given = dict(attributes)
        given["src"] = "" if given.get("src", "").startswith("data:") else given.get("src", "")  # the QR code
        if tag == "body":
            self.number, self.concerns = int(given["data-drawn"]), given.get("data-concerns", "")
        if given.keys() & {"data-scenes", "data-scene"}:  # the script shows the scene that was chosen
            given = {name: value for name, value in given.items() if name not in ("data-scenes", "hidden")}
        self._main = self._main or tag == "main"
        if not self._main:
            return
        script = given.get("class", "") in SCRIPTED
        if not any(self._filled) and not script and given.get("name") not in ("key", "hand"):
            self.parts.append(f"<{tag} {sorted(given.items())}>")
        marks = ("data-region", "data-list", "data-filled", "data-people", "data-voted", "data-shown", "data-when")
        self._filled.append(script or any(mark in given for mark in marks))

    def end(self, tag: str) -> None:
        if self._main:
            self._filled.pop()
        if tag == "main":
            self._main = False

    def data(self, text: str) -> None:
        if self._main and not any(self._filled) and text.strip():
            self.parts.append(text.strip())


def _drafts(happened: tuple[Happened, ...]) -> Iterator[Draft]:
    at = T0
    for number, item in enumerate(happened):
        if isinstance(item, int):
            at += item - SECOND
            continue
        by, event = item if isinstance(item, tuple) else ("p-host", item)
        body, cuts = ev.to_parts(event)
        yield Draft(body, by, at, f"entry-{number}", cuts)
        at += SECOND


class StillClock(MovedClock):
    """A clock that stands still: what two pages show differs by what has happened alone."""

    def now(self) -> int:
        return MOMENT


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("refreshes")) as app:
        app.house.clock = StillClock()
        yield app


def _skeleton(app: AppClient, session: str, page: str, secret: str) -> Skeleton:
    app.client.cookies.clear()
    app.client.cookies.set(passes.cookie_name(session), secret)
    address = f"/s/{session}{page}" if page[:1] in ("?", "") else f"/s/{session}/{page}"
    answer = app.client.get(address)
    assert answer.status_code == 200
    skeleton = Skeleton()
    skeleton.feed(re.sub(r"state\d{6}|\b\d{4}-(?:<wbr>)?\d{4}\b", "x", answer.text))
    return skeleton


def _pages(app: AppClient, session: str) -> dict[tuple[Actor, str], Skeleton]:
    pages = {}
    for by, page in SEEN:
        secret = new_secret()
        app.house.roster.issue(secret, Pass(session, by.roles, by.person, by.voice, attributes=by.attributes))
        pages[by, page] = _skeleton(app, session, page, secret)
    return pages


def _steps() -> list[tuple[tuple[Draft, ...], Draft]]:
    """What had happened, and an event that does not refresh every page; some for each kind of event. After any other
    event nothing is compared: the page is fetched again."""
    steps: dict[tuple[Draft, ...], tuple[tuple[Draft, ...], Draft]] = {}
    often: Counter[type] = Counter()
    for log in covering(case.given for case in CASES if len(case.given) < 100):
        drafts = tuple(_drafts(log))
        for length, draft in enumerate(drafts):
            event = ev.from_body(draft.body)
            if event.refreshes != ev.EVERYBODY and drafts[: length + 1] not in steps and often[type(event)] < OFTEN:
                often[type(event)] += 1
                steps[drafts[: length + 1]] = drafts[:length], draft
    return list(steps.values())


@pytest.mark.slow
def test_an_event_that_refreshes_no_page_changes_regions_only(app: AppClient) -> None:
    """What several logs have in common at their beginning is looked at once."""
    compared: Counter[type] = Counter()
    known: dict[tuple[Draft, ...], dict[tuple[Actor, str], Skeleton]] = {(): {}}
    for before, latest in _steps():
        for happened in (before, (*before, latest)):
            if happened not in known:
                session = f"state{len(known):06d}"
                app.house.roster.add_session(SessionRow(session, f"{len(known):08d}", 1, ""))
                assert app.client.portal is not None
                app.client.portal.call(app.house.board.record.append, session, list(happened))
                known[happened] = _pages(app, session)
        for (by, page), now in known[*before, latest].items():
            old = known[before].get((by, page))
            own = latest.by in (by.person, by.voice)  # after an own act the page is fetched again
            if old is not None and not own and (old.number, old.concerns) == (now.number, now.concerns):
                assert old.parts == now.parts, (latest.body, page, by.person)
                compared[type(ev.from_body(latest.body))] += 1
    assert len(compared) > 25
