"""No page, frame, feed or action of a large session holds the event loop for more than 50 ms.

Time depends on the machine, so that calls of functions are counted, in each step of the loop from one `await` that
waits to the next. A page and a frame give the loop back after 10 ms; here they do after each piece, so that the longest
piece is counted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.client import BOSS, AppClient, app_client
from tests.web.large_session import Size, Steps, fill, happened, requests
from tests.work import CallClock

from acquis.command import PARTICIPANT, RAPPORTEUR, Actor
from acquis.documents.formats import BY_NAME
from acquis.floor.questions import AskQuestion
from acquis.floor.segments import CloseSession
from acquis.report.drafting import DraftSentence
from acquis.web.http import loop, rendering
from acquis.web.http.preparing import prepare_pages

MOST_CALLS = 80_000
"""What takes 40 ms, with 10 for the pieces before. Measured once, in November 2026, on one core of an AMD EPYC: pages,
frames and the close of this session took 0.28 to 0.82 µs a call, 0.5 in the middle."""
SIZE = Size(votes=10_000, voters=100)
"""Votes are counted in bytes: more of them change the time and not the calls. The opinion map is made in a thread."""

WRITER = Actor("r", "", roles=frozenset({RAPPORTEUR}))
ASKER = Actor("p1", "v1", roles=frozenset({PARTICIPANT}))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    folder: Path = tmp_path_factory.mktemp("large")
    with pytest.MonkeyPatch.context() as patched, app_client(folder) as app:
        patched.setattr(rendering, "SLICE_S", -1.0)
        patched.setattr(loop, "NOTED_S", 0.0)
        asyncio.run(prepare_pages())
        fill(app, "big", happened(SIZE), app.house.clock.now() - 3_600_000)
        app.state("big")
        yield app


def read(app: AppClient, steps: Steps, over: bool) -> dict[str, int]:
    """The longest step of each thing that can be read, the first time it is."""
    longest = {}
    for request in requests("big", SIZE.people + 5, over):
        if request.name not in BY_NAME and (not over or "/s/big/" in request.path):  # documents: another process
            calls, status, _ = steps.of(request, "big")
            assert status < 500, request
            longest[request.name] = int(calls)
    return longest


def preview(app: AppClient) -> None:
    """A draft of 60 sentences, of words of the record, is pasted."""
    app.be(RAPPORTEUR, "big")
    known = [statement.text for statement in app.state("big").statements.values()]
    draft = " ".join(f"Most voters agreed: {text}." for text in known[:60])
    sent = {"text": draft, "origin": "person"}
    answer = app.client.post("/s/big/desk/elsewhere/preview", data=sent)
    assert answer.text.count('class="likely"') >= 60


def write_draft(app: AppClient) -> None:
    """A draft of 60 sentences on statements of the record."""
    for seq, statement in [*app.state("big").statements.items()][:60]:
        app.do("big", DraftSentence("takeaways", f"Most voters agreed: {statement.text}.", (seq,)), WRITER)


def ask_to_publish(app: AppClient) -> None:
    """The page before publishing, which checks the draft."""
    app.be(RAPPORTEUR, "big")
    asked = app.client.post("/s/big/desk/publish", data={"act": "publish"})
    assert 'name="sure"' in asked.text


@pytest.mark.slow
def test_no_step_of_a_large_session_takes_longer_than_the_loop_may_be_held(app: AppClient) -> None:
    steps = Steps(app, CallClock())
    longest = read(app, steps, over=False)
    longest["a question"] = int(steps.during(lambda: app.do("big", AskQuestion("Who pays for it?", 0), ASKER)))
    longest["the close"] = int(steps.during(lambda: app.do("big", CloseSession(), BOSS)))
    longest["the publication of the votes"] = int(steps.during(app.publish_votes))
    write_draft(app)
    longest["the page before publishing"] = int(steps.during(lambda: ask_to_publish(app)))
    longest["a draft from elsewhere"] = int(steps.during(lambda: preview(app)))
    longest |= {f"{name}, afterwards": calls for name, calls in read(app, steps, over=True).items()}
    assert {name: calls for name, calls in longest.items() if calls > MOST_CALLS} == {}
    assert max(longest.values()) > 10_000  # they were counted
