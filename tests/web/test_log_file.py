"""`log.jsonl` over HTTP: made once, continued, compressed, in ranges, and never with a text that was erased."""

from __future__ import annotations

import errno
import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from acquis.command import PARTICIPANT, Actor
from acquis.erasure import EraseText
from acquis.floor.people import Join
from acquis.floor.questions import ApproveQuestion, AskQuestion, HoldBackQuestion
from acquis.floor.segments import OpenSession
from acquis.floor.statements import CastVote, SeedStatement
from acquis.plan.document import FloorSettings
from acquis.publication.public import public_entries
from acquis.record import Entry
from acquis.record.lines import to_lines
from acquis.web.http import passes
from acquis.web.http.ranges import asked_range

from .client import BOSS, PROGRAMME, AppClient, app_client

LOG = "/s/grid/log.jsonl"
PLAIN = {"accept-encoding": "identity"}
ANN = Actor("p-ann", "v-ann", frozenset({PARTICIPANT}))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.hold("grid", close=False)
        app.do("grid", Join(lane="online"), ANN)
        yield app


def said(app: AppClient, what: str) -> int:
    """The number of the question that is shown, of the one that is hidden, or of the statement."""
    state = app.state("grid")
    return {"statement": min(state.statements), "question": min(state.questions), "hidden": max(state.questions)}[what]


def made(app: AppClient) -> bytes:
    """The public log as it follows from the record."""
    return to_lines(public_entries(app.house.board.record.read("grid"), app.state("grid")))


def vote(app: AppClient, turns: int = 1) -> None:
    for turn in range(turns):
        app.do("grid", CastVote(said(app, "statement"), "agree" if turn % 2 else "disagree"), ANN)


def test_every_act_is_in_the_next_copy(app: AppClient) -> None:
    acts: list[Callable[[], object]] = [
        lambda: vote(app, 3),
        lambda: app.do("grid", AskQuestion("Who counts the votes of machines?"), ANN),
        lambda: vote(app, 2),
        lambda: app.do("grid", HoldBackQuestion(said(app, "question"), "off_topic")),
        lambda: vote(app, 3),
        lambda: app.do("grid", ApproveQuestion(said(app, "question"))),
        lambda: app.do("grid", ApproveQuestion(said(app, "hidden"))),
        lambda: app.do("grid", EraseText(said(app, "question"), "asked for"), BOSS),
        lambda: vote(app, 1),
    ]
    for act in acts:
        act()
        for _ in range(2):
            assert app.client.get(LOG, headers=PLAIN).content == made(app)
            packed = app.client.get(LOG, headers={"accept-encoding": "br, gzip;q=0.5"})
            assert (packed.headers["content-encoding"], packed.content) == ("gzip", made(app))


def test_a_log_is_continued_while_nothing_in_it_can_change(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    record = app.house.board.record
    entries_of = record.read

    def noted(log: str, after: int, until: int) -> Iterator[Entry]:
        read.append(after)
        return entries_of(log, after, until)

    monkeypatch.setattr(record, "read", noted)
    app.client.get(LOG, headers=PLAIN)
    known = app.state("grid").seq
    vote(app, 2)
    app.client.get(LOG)
    app.client.get(LOG, headers=PLAIN)
    assert read == [0, known, known + 2]
    app.do("grid", HoldBackQuestion(said(app, "question"), "off_topic"))
    app.client.get(LOG, headers=PLAIN)
    assert read == [0, known, known + 2, known + 2, 0]


def test_parts_of_the_log_can_be_asked_for(app: AppClient) -> None:
    whole = app.client.get(LOG, headers=PLAIN)
    size, tag = len(whole.content), whole.headers["etag"]
    assert whole.headers["accept-ranges"] == "bytes"
    assert int(whole.headers["content-length"]) == size

    def part(asked: str, **more: str) -> tuple[int, bytes, str]:
        answer = app.client.get(LOG, headers={**PLAIN, "range": asked, **{n.replace("_", "-"): more[n] for n in more}})
        return answer.status_code, answer.content, answer.headers.get("content-range", "")

    assert part("bytes=0-9") == (206, whole.content[:10], f"bytes 0-9/{size}")
    assert part("bytes=100-", if_range=tag) == (206, whole.content[100:], f"bytes 100-{size - 1}/{size}")
    assert part("bytes=-7") == (206, whole.content[-7:], f"bytes {size - 7}-{size - 1}/{size}")
    assert part(f"bytes={size}-") == (416, b"", f"bytes */{size}")
    for ignored in ("bytes=0-1,4-5", "lines=0-1", "bytes=9-2", "bytes=-", "bytes=x-"):
        assert part(ignored) == (200, whole.content, "")
    vote(app)
    assert part("bytes=0-9", if_range=tag) == (200, made(app), ""), "the log is another one by now"
    assert part(f"bytes={size}-") == (206, made(app)[size:], f"bytes {size}-{len(made(app)) - 1}/{len(made(app))}")


def test_who_has_the_log_does_not_receive_it_again(app: AppClient) -> None:
    for accepted in ("identity", "gzip"):
        tag = app.client.get(LOG, headers={"accept-encoding": accepted}).headers["etag"]
        answer = app.client.get(LOG, headers={"accept-encoding": accepted, "if-none-match": f'"other", W/{tag}'})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    vote(app)
    assert app.client.get(LOG, headers={"if-none-match": tag}).status_code == 200


def test_a_compressed_log_can_be_asked_for_in_parts_too(app: AppClient) -> None:
    vote(app, 5)
    app.client.get(LOG)
    vote(app, 5)
    parts, size = b"", 1
    while len(parts) < size:
        headers = {"accept-encoding": "gzip", "range": f"bytes={len(parts)}-{len(parts) + 499}"}
        with app.client.stream("GET", LOG, headers=headers) as answer:
            parts += b"".join(answer.iter_raw())
        size = int(answer.headers["content-range"].partition("/")[2])
    assert gzip.decompress(parts) == made(app)


def test_the_head_of_the_answer_alone(app: AppClient) -> None:
    answer = app.client.head(LOG, headers=PLAIN)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(made(app))


def deleted_files() -> bytes:
    """What is in the files without a name that this process has open."""
    content, folder = b"", Path("/proc/self/fd")
    for name in os.listdir(folder) if folder.is_dir() else ():
        try:
            if "(deleted)" in os.readlink(folder / name):
                content += os.pread(int(name), 1 << 30, 0)
        except OSError:
            continue  # closed meanwhile
    return content


def test_an_erased_text_is_in_no_file_of_the_log(app: AppClient) -> None:
    assert b"Who pays for the keeper?" in app.client.get(LOG, headers=PLAIN).content
    assert not Path("/proc/self/fd").is_dir() or b"Who pays for the keeper?" in deleted_files()
    app.do("grid", EraseText(said(app, "question"), "asked for"), BOSS)
    assert b"Who pays for the keeper?" not in deleted_files()
    assert b"Who pays for the keeper?" not in app.client.get(LOG, headers=PLAIN).content


def test_a_full_disk_is_said_and_does_not_last(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    app.client.get(LOG, headers=PLAIN)
    vote(app)
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        assert app.client.get(LOG, headers=PLAIN).status_code == 507
    assert app.client.get(LOG, headers=PLAIN).content == made(app)


@pytest.mark.parametrize(
    ("header", "expected"),
    [("bytes=0-0", (0, 1)), ("bytes=5-99", (5, 10)), ("bytes=-99", (0, 10)), ("bytes=-0", (10, 10)), ("", None)],
)
def test_a_range_ends_with_the_file(header: str, expected: tuple[int, int] | None) -> None:
    assert asked_range(header, 10) == expected


def test_a_name_that_is_given_later_is_masked_in_what_is_kept(app: AppClient) -> None:
    ruled = msgspec.structs.replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True))
    app.add("ruled", ruled)
    app.do("ruled", OpenSession(), BOSS)
    app.do("ruled", SeedStatement("Norms need a keeper, says Zenobia Late."))
    assert b"Zenobia Late" in app.client.get("/s/ruled/log.jsonl").content
    passes.issue(app.house, "ruled", PARTICIPANT, name="Zenobia Late")
    assert b"Zenobia Late" not in app.client.get("/s/ruled/log.jsonl").content
