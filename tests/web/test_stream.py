"""Live streams over a real socket: whole first, then what changed; resumed, dropped when stalled."""

from __future__ import annotations

import itertools
import json
import socket
from typing import Any

import pytest
from tests.browser.live_server import LiveServer, crowd
from tests.web.stream_reader import Listen, channel_there

from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.queue import GiveFloor, RaiseHand
from acquis.floor.segments import OpenSession, StartSegment
from acquis.floor.statements import SeedStatement
from acquis.web.http import passes
from acquis.web.http.streams import BEHIND, PER_PASS
from acquis.web.live import frames

pytestmark = pytest.mark.server


def test_the_first_frame_is_whole_and_the_next_is_what_changed(live: LiveServer, session: str, listen: Listen) -> None:
    stream = listen(f"/s/{session}/live/participants")
    assert "200 OK" in stream.head
    assert "text/event-stream" in stream.head
    assert "x-accel-buffering: no" in stream.head.lower()
    seq, first = stream.frame()
    assert seq == first["seq"] == live.state(session).seq
    assert {"now", "next", "order:queue", "order:cards"} <= set(first["html"])
    entry = live.do(session, SeedStatement("A claim that was not there before."))
    seq, second = stream.frame()
    assert seq == entry
    assert f"s{entry}" in second["html"]
    assert "A claim that was not there before." in second["html"][f"s{entry}"]
    assert "now" not in second["html"]


def test_numbers_rise_and_nothing_is_shown_before_it_is_durable(live: LiveServer, session: str, listen: Listen) -> None:
    stream = listen(f"/s/{session}/live/participants")
    seen = [stream.frame()[0]]
    for number in range(3):
        live.do(session, SeedStatement(f"Claim number {number}."))
        seen.append(stream.frame()[0])
        assert seen[-1] <= live.house.board.record.head(session)[0]
    assert seen == sorted(set(seen))


def test_who_comes_back_gets_what_changed_or_the_whole_of_now(live: LiveServer, session: str, listen: Listen) -> None:
    """B rows 12 and 13. A page names the last frame that it has, a browser by itself in a header."""
    path = f"/s/{session}/live/participants"
    number = listen(path).frame()[1]["number"]
    entry = live.do(session, SeedStatement("Missed meanwhile."))
    for last in ("1", "0", "999999999", "-5", "not a number", "²"):
        assert "now" in listen(path, last=last).frame()[1]["html"]
    stream = listen(path)
    while stream.frame()[0] < entry:
        pass
    for stream in (listen(path, last=number), listen(f"{path}?after={number}"), listen(f"{path}?after=7", last=number)):
        seq, frame = stream.frame()
        assert seq == entry
        assert "Missed meanwhile." in frame["html"][f"s{entry}"]
        assert "now" not in frame["html"]


def test_all_get_the_same_bytes_and_nothing_about_one_reader(live: LiveServer, session: str, listen: Listen) -> None:
    people = crowd(live, session, 3)
    cookies = []
    for one in people[:2]:
        link, given = live.pass_for(session, "participant")
        cookies.append(f"{passes.cookie_name(session)}={link.rpartition('/')[2]}")
        assert given.person != one.person
    streams = [listen(f"/s/{session}/live/participants", cookie) for cookie in (*cookies, "")]
    frames = [stream.frame() for stream in streams]
    assert frames[0][1]["html"] == frames[1][1]["html"] == frames[2][1]["html"]
    live.do(session, SeedStatement("For everybody."))
    frames = [stream.frame() for stream in streams]
    assert frames[0] == frames[1] == frames[2]


def test_what_waits_for_a_moderator_is_in_their_frame_only(live: LiveServer, session: str, listen: Listen) -> None:
    live.do(session, OpenSession())
    asker = crowd(live, session, 1)[0]
    asked = live.do(session, AskQuestion("Not for everybody yet?"), asker)
    link, _ = live.pass_for(session, "online_moderator")
    cookie = f"{passes.cookie_name(session)}={link.rpartition('/')[2]}"
    moderators = listen(f"/s/{session}/live/moderators", cookie).frame()[1]
    assert "Not for everybody yet?" in moderators["html"][f"q{asked}"]
    everybody = listen(f"/s/{session}/live/participants")
    assert "Not for everybody yet?" not in json.dumps(everybody.frame()[1])
    live.do(session, ApproveQuestion(asked))
    assert "Not for everybody yet?" in json.dumps(everybody.frame()[1])
    assert "403" in listen(f"/s/{session}/live/moderators").head.splitlines()[0]


def test_one_pass_holds_so_many_streams_and_the_oldest_gives_way(
    live: LiveServer, session: str, listen: Listen
) -> None:
    link, _ = live.pass_for(session, "participant")
    cookie = f"{passes.cookie_name(session)}={link.rpartition('/')[2]}"
    streams = [listen(f"/s/{session}/live/participants", cookie) for _ in range(PER_PASS + 2)]
    channel = channel_there(live, session, "readers")
    live.until(lambda: len(channel.listeners) == PER_PASS)
    assert streams[-1].frame()[0] == live.state(session).seq


def test_streams_of_one_pass_are_counted_over_all_kinds_of_pages(
    live: LiveServer, session: str, listen: Listen
) -> None:
    link, _ = live.pass_for(session, "participant")
    cookie = f"{passes.cookie_name(session)}={link.rpartition('/')[2]}"
    first = listen(f"/s/{session}/live/stage", cookie)
    first.frame()
    for _ in range(PER_PASS):
        listen(f"/s/{session}/live/participants", cookie).frame()
    stage, everybody = channel_there(live, session, "stage"), channel_there(live, session, "readers")
    live.until(lambda: not stage.listeners)
    assert len(everybody.listeners) == PER_PASS
    with pytest.raises((EOFError, ConnectionResetError)):
        first._until(b"this never comes")


def test_a_head_request_ends(live: LiveServer, session: str) -> None:
    host, port = live.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as connection:
        path = f"/s/{session}/live/participants"
        connection.sendall(f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while more := connection.recv(65536):
            answer += more
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"text/event-stream" in head
    assert body == b""


def test_nobody_listens_and_nothing_is_rendered(live: LiveServer, session: str, listen: Listen) -> None:
    stream = listen(f"/s/{session}/live/participants")
    stream.frame()
    channel = channel_there(live, session, "readers")
    assert channel._ticker is not None
    stream.socket.close()
    number = itertools.count(1)

    def nothing_ticks() -> bool:  # while things go on happening in the session
        live.do(session, SeedStatement(f"Nobody looks, {next(number)}."))
        return channel._ticker is None

    live.until(nothing_ticks)
    seq, frame = listen(f"/s/{session}/live/participants").frame()
    assert seq == live.state(session).seq
    assert f"Nobody looks, {next(number) - 1}." in json.dumps(frame)


def test_a_defect_in_a_frame_ends_the_streams_instead_of_standing_still(
    live: LiveServer, session: str, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = listen(f"/s/{session}/live/participants")
    stream.frame()

    def fail(*_: Any) -> None:
        raise RuntimeError("a region cannot be rendered")

    with monkeypatch.context() as patched:
        patched.setattr(frames, "region_pairs", fail)
        live.do(session, SeedStatement("It breaks here."))
        with pytest.raises((EOFError, ConnectionResetError)):
            stream._until(b"this never comes")
    assert "It breaks here." in json.dumps(listen(f"/s/{session}/live/participants").frame()[1])


def test_a_reader_that_stalls_is_dropped_and_the_others_go_on(live: LiveServer, session: str, listen: Listen) -> None:
    stalled = listen(f"/s/{session}/live/participants", receive=4096)
    good = listen(f"/s/{session}/live/participants")
    good.frame()
    channel = channel_there(live, session, "readers")
    live.until(lambda: len(channel.listeners) == 2)
    event = b"data: " + b"x" * (BEHIND // 4) + b"\n\n"

    async def one() -> None:
        await channel._send(event)

    for _ in range(60):
        live.wait(one)
        read = 0
        while read < len(event):
            read += len(good.socket.recv(1 << 20))
    live.until(lambda: len(channel.listeners) == 1)
    stalled.socket.close()
    live.do(session, SeedStatement("The others go on."))
    live.until(lambda: b"The others go on." in good.socket.recv(1 << 20))


def test_a_long_poll_waits_for_news_and_gets_it(live: LiveServer, session: str, listen: Listen) -> None:
    path = f"/s/{session}/live/participants?poll="
    now = listen(path + "-1")
    body = json.loads(now.buffer or now.socket.recv(1 << 20))
    assert body["seq"] == live.state(session).seq
    host, port = live.url.removeprefix("http://").split(":")
    waiting = socket.create_connection((host, int(port)), 10)
    waiting.sendall(f"GET {path}{body['number']} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    channel = channel_there(live, session, "readers")
    live.until(lambda: channel._next is not None)
    entry = live.do(session, SeedStatement("News for who polls."))
    answer = b""
    while more := waiting.recv(1 << 20):
        answer += more
    waiting.close()
    news = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert news["seq"] == entry
    assert "News for who polls." in news["html"][f"s{entry}"]
    assert "now" in body["html"]
    assert "now" not in news["html"]  # only what changed


def test_a_moderator_who_polls_is_told_nothing_after_revocation(live: LiveServer, session: str, listen: Listen) -> None:
    link, given = live.pass_for(session, "onsite_moderator")
    host, port = live.url.removeprefix("http://").split(":")
    cookie = f"{passes.cookie_name(session)}={link.rpartition('/')[2]}"
    now = listen(f"/s/{session}/live/moderators", cookie).frame()[1]["number"]
    with socket.create_connection((host, int(port)), 10) as waiting:
        waiting.sendall(
            f"GET /s/{session}/live/moderators?poll={now} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
            f"Cookie: {cookie}\r\n\r\n".encode()
        )
        channel = channel_there(live, session, "moderators")
        live.until(lambda: channel._next is not None)

        async def revoke() -> None:
            passes.revoke(live.house, session, given.person)

        live.wait(revoke)
        live.do(session, SeedStatement("Not for them any more."))
        answer = b""
        while more := waiting.recv(65536):
            answer += more
    assert answer.startswith(b"HTTP/1.1 403")
    assert b"Not for them any more." not in answer


def test_a_frame_says_when_it_is_sent(
    live: LiveServer, session: str, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B F1: who opens a screen in a quiet spell, reconnects or polls gets the time of now and not of the last entry."""
    live.do(session, OpenSession())
    listen(f"/s/{session}/live/participants").frame()
    now = live.house.clock.now
    monkeypatch.setattr(live.house.clock, "now", lambda: now() + 80_000)
    for path in ("", "?poll=-1"):
        before = live.now()
        stream = listen(f"/s/{session}/live/participants{path}")
        at = stream.frame()[1]["at"] if not path else json.loads(stream.buffer or stream.socket.recv(1 << 20))["at"]
        assert before <= at <= live.now()


def test_a_quiet_stream_is_told_the_time(
    live: LiveServer, session: str, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B F1: a device that slept, or whose clock was set, is corrected although nothing happens."""
    monkeypatch.setattr("acquis.web.http.streams.HEARTBEAT_S", 0)
    stream = listen(f"/s/{session}/live/stage")
    first, second, third = (stream.frame()[1] for _ in range(3))
    assert first["at"] <= second["at"] <= third["at"]
    assert third["html"] == {}


def test_what_depends_on_the_present_moment_is_sent_again_while_somebody_speaks(
    live: LiveServer, session: str, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B F1: the expected wait on a phone and the sentence to be read out follow a turn that goes on."""
    live.do(session, OpenSession())
    live.do(session, StartSegment(2))
    speaker, waiter = crowd(live, session, 2)
    hand = live.do(session, RaiseHand(), speaker)
    live.do(session, GiveFloor(hand))
    live.do(session, RaiseHand(), waiter)
    stream = listen(f"/s/{session}/live/participants")
    minutes = stream.frame()[1]["html"]["order:queue"].split(":")[2]
    assert minutes == "3"  # the time limit of the turn that has just begun
    now = live.house.clock.now
    monkeypatch.setattr(live.house.clock, "now", lambda: now() + 100_000)
    sent: dict[str, str] = {}
    while "order:queue" not in sent:
        sent = stream.frame()[1]["html"]
    assert sent["order:queue"].split(":")[2] == "2"


def test_the_fast_way_is_taken(live: LiveServer, session: str, listen: Listen) -> None:
    """The server's protocol may change with its version: then streams would silently cost six times the memory."""
    stream = listen(f"/s/{session}/live/participants")
    stream.frame()
    channel = channel_there(live, session, "readers")
    live.until(lambda: len(channel.listeners) == 1)
    listener = next(iter(channel.listeners))
    assert listener._transport is not None
    assert listener._queue is None
