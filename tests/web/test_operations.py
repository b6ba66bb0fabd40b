"""What a monitoring system asks: whether the server lives, whether it is ready, and its figures, in which nobody is."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from prometheus_client.parser import text_string_to_metric_families

from acquis.command import MONITOR, ONSITE, ORGANIZER
from acquis.floor.segments import CloseSession
from acquis.record import Draft, RecordFull, RecordInUse
from acquis.web.http import passes, readiness
from acquis.web.http.metrics import Metrics, watch_loop

from .client import BOSS, AppClient, app_client

Figures = dict[str, float]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.hold("grid-norms", close=False)
        yield app


def scraped(app: AppClient) -> str:
    app.be(ORGANIZER)
    answer = app.client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return answer.text


def parsed(text: str) -> Figures:
    """`name{label="value"}` -> the figure, as the parser of Prometheus reads it."""
    figures = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation, family.name
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            figures[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return figures


def figures(app: AppClient) -> Figures:
    return parsed(scraped(app))


def do(app: AppClient, key: str, **body: Any) -> Any:
    app.be(ONSITE, "grid-norms")
    return app.client.post("/s/grid-norms/do", json=body, headers={"idempotency-key": key})


def raising(error: Exception) -> Any:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


def ready(app: AppClient) -> tuple[int, str]:
    """The answer of `/readyz` when the last one is too old to be given again."""
    app.clock.forward(readiness.KEPT_MS)
    app.be("")
    answer = app.client.get("/readyz")
    return answer.status_code, answer.text.strip()


# --- alive and ready --------------------------------------------------------------------------------------------------


def test_the_process_is_alive_whatever_its_files_do(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.house.roster, "ids", raising(apsw.IOError("disk I/O error")))
    answer = app.client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert app.client.head("/healthz").status_code == 200


def test_a_server_whose_files_are_whole_is_ready_and_its_logs_do_not_grow(app: AppClient) -> None:
    record = app.house.board.record
    before = record.head("grid-norms")
    assert ready(app) == (200, "ok")
    assert record.head("grid-norms") == before
    assert record.verify("grid-norms").ok
    assert do(app, "afterwards", do="seed_statement", text="Norms.").status_code == 201


def test_a_disk_that_refuses_is_503_until_there_is_room(
    app: AppClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(app.house.board.record, "require_writable", raising(RecordFull("the disk is full")))
        for _ in range(3):
            assert ready(app) == (503, "The disk is full: the record cannot be written.")
        assert app.client.get("/healthz").status_code == 200
    assert ready(app) == (200, "ok")
    told = [line for line in capsys.readouterr().err.splitlines() if "not ready" in line]
    assert len(told) == 1
    assert told[0].endswith("WARNING acquis: not ready: The disk is full: the record cannot be written.")


@pytest.mark.parametrize(
    ("part", "name", "error", "reason"),
    [
        ("roster", "ids", apsw.IOError("disk I/O error"), "The roster cannot be read."),
        ("index", "require_readable", apsw.CorruptError("malformed"), "The index cannot be read."),
        ("record", "require_writable", RecordInUse("locked"), "Another program locks the record."),
    ],
)
def test_each_file_that_fails_is_named(
    app: AppClient, monkeypatch: pytest.MonkeyPatch, part: str, name: str, error: Exception, reason: str
) -> None:
    monkeypatch.setattr(getattr(app.house.board, part), name, raising(error))
    assert ready(app) == (503, reason)


def test_a_record_that_was_removed_or_ended_is_not_ready(app: AppClient, tmp_path: Path) -> None:
    (tmp_path / "record.db").unlink()
    assert ready(app) == (503, "Writing of the record has ended.")


def test_a_record_that_does_not_answer_is_not_ready(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(readiness, "ANSWER_S", 0.01)
    monkeypatch.setattr(app.house.board.record, "require_writable", never)
    assert ready(app)[0] == 503


def test_a_server_that_stops_is_not_ready(app: AppClient) -> None:
    app.house.streams.stopped = True
    assert ready(app) == (503, "The server is stopping.")


def test_many_who_ask_cost_one_commit(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    async def count() -> None:
        asked.append(1)

    monkeypatch.setattr(app.house.board.record, "require_writable", count)
    moment = app.house.clock.now()
    monkeypatch.setattr(app.house.clock, "now", lambda: moment)
    assert {app.client.get("/readyz").status_code for _ in range(10)} == {200}
    assert len(asked) == 1


# --- who may read the figures -----------------------------------------------------------------------------------------


def test_the_figures_are_for_organizers_alone_also_on_the_machine_itself(app: AppClient) -> None:
    """A proxy on the same machine makes every stranger come from the loopback address."""
    for role in ("", ONSITE):
        app.be(role, "grid-norms")
        assert app.client.get("http://127.0.0.1/metrics").status_code == 403


@pytest.mark.parametrize("role", [MONITOR, ORGANIZER])
def test_a_monitoring_system_sends_the_secret_of_a_pass_until_it_is_revoked(
    app: AppClient, capsys: pytest.CaptureFixture[str], role: str
) -> None:
    secret, given = passes.issue(app.house, "", role)
    capsys.readouterr()
    of_session, _ = passes.issue(app.house, "grid-norms", ONSITE)
    app.be("")

    def status(sent: str) -> int:
        return int(app.client.get("/metrics", headers={"authorization": f"Bearer {sent}"}).status_code)

    assert [status(secret), status(of_session), status(secret[::-1])] == [200, 403, 403]
    status(secret)
    assert capsys.readouterr().err.count("pass_first_used") == 1
    passes.revoke(app.house, "", given.person)
    assert status(secret) == 403


def test_the_pass_of_a_monitoring_system_opens_nothing_else_and_does_not_replace_an_organizer(app: AppClient) -> None:
    organizer, boss = passes.issue(app.house, "", ORGANIZER)
    secret, _ = passes.issue(app.house, "", MONITOR)
    app.be("")
    assert app.client.get(f"/p/{secret}", follow_redirects=False).headers["location"] == "/"
    for path in ("/organize", "/organizers", "/status", "/s/grid-norms/plan", "/s/grid-norms/console"):
        assert app.client.get(path).status_code == 403
    for given in list(app.house.roster.passes("")):
        if ORGANIZER in given.roles and given.person != boss.person:
            app.house.roster.revoke("", given.person)
    assert app.house.roster.is_last_organizer(boss.person)
    app.client.get(f"/p/{organizer}")
    app.client.post("/signed-in", data={"act": "take"})
    assert "monitoring system" in app.client.get("/organizers").text
    app.house.roster.revoke("", boss.person)
    assert not app.house.roster.has_organizer()


# --- the figures ------------------------------------------------------------------------------------------------------


def test_the_figures_say_how_the_server_is(app: AppClient) -> None:
    app.add("second")
    shown = figures(app)
    assert shown['acquis_sessions{phase="open"}'] == 1
    assert shown['acquis_sessions{phase="published"}'] == 1
    assert shown['acquis_sessions{phase="closed"}'] == 0
    assert shown["acquis_sessions_unreadable"] == 0
    assert shown["acquis_people"] == 12
    assert shown["acquis_open_streams"] == 0
    assert shown["acquis_writer_queue"] == 0
    assert shown["acquis_disk_free_bytes"] > 0
    assert shown["acquis_loop_longest_stall_seconds"] == 0
    assert any(name.startswith("acquis_info{version=") for name in shown)
    app.house.streams.open = 3
    assert figures(app)["acquis_open_streams"] == 3


def test_each_commit_is_counted_with_its_time(app: AppClient) -> None:
    before = figures(app)
    for number in range(3):
        assert do(app, f"one-by-one-{number}", do="seed_statement", text=f"Norm {number}.").status_code == 201
    after = figures(app)
    assert after["acquis_commit_seconds_count"] == before["acquis_commit_seconds_count"] + 3
    assert after["acquis_commit_seconds_sum"] > before["acquis_commit_seconds_sum"]
    assert after['acquis_commit_seconds_bucket{le="+Inf"}'] == after["acquis_commit_seconds_count"]
    assert do(app, "not-written", do="seed_statement", text=" ").status_code == 400
    assert figures(app)["acquis_commit_seconds_count"] == after["acquis_commit_seconds_count"]


def test_a_commit_that_fails_is_not_counted_as_one() -> None:
    metrics = Metrics()
    with contextlib.suppress(apsw.FullError), metrics.commit():
        raise apsw.FullError("database or disk is full")
    assert parsed(metrics.text().decode())["acquis_commit_seconds_count"] == 0


def test_refused_writes_are_counted_by_reason(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert do(app, "without-text", do="seed_statement", text=" ").status_code == 400
    app.be("")
    assert app.client.get("/s/grid-norms/console").status_code == 403  # reading is no write
    assert app.client.post("/s/grid-norms/do", headers={"sec-fetch-site": "cross-site"}).status_code == 403

    async def full(*_: Any) -> Any:
        raise RecordFull("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(app.house.board.record, "append", full)
        for number in range(2):
            assert do(app, f"while-full-{number}", do="seed_statement", text="Norms.").status_code == 507
    shown = figures(app)
    refused = {name: value for name, value in shown.items() if name.startswith("acquis_refused_writes_total")}
    assert refused == {
        'acquis_refused_writes_total{reason="text_empty"}': 1,
        'acquis_refused_writes_total{reason="cross_site"}': 1,
        'acquis_refused_writes_total{reason="disk_full"}': 2,
    }


def test_reports_are_counted_by_state_and_the_next_deadline_is_told(app: AppClient) -> None:
    assert figures(app)["acquis_reports_next_deadline_timestamp_seconds"] == 0
    app.do("grid-norms", CloseSession(), BOSS)
    shown = figures(app)
    assert shown['acquis_reports{state="due"}'] == 1
    assert shown["acquis_reports_next_deadline_timestamp_seconds"] > app.house.clock.now() / 1000
    app.clock.forward(30 * 24 * 3600 * 1000)
    shown = figures(app)
    assert (shown['acquis_reports{state="due"}'], shown['acquis_reports{state="late"}']) == (0, 1)


def test_entries_that_wait_for_their_commit_are_the_queue(app: AppClient) -> None:
    record = app.house.board.record

    async def waits() -> tuple[int, int]:
        asked = [record.append("queue", [Draft(b'{"a":1}', "p", 1, f"waiting-{n}")]) for n in range(5)]
        tasks = [asyncio.ensure_future(one) for one in asked]
        await asyncio.sleep(0)
        before = record.waiting
        await asyncio.gather(*tasks)
        return before, record.waiting

    assert app.client.portal is not None
    assert app.client.portal.call(waits) == (5, 0)


def test_work_that_holds_the_event_loop_is_a_stall() -> None:
    metrics = Metrics()

    async def hold() -> None:
        watching = asyncio.create_task(watch_loop(metrics))
        await asyncio.sleep(0)
        time.sleep(0.3)  # it is the fault that is measured
        while not parsed(metrics.text().decode())["acquis_loop_delay_seconds_count"]:
            await asyncio.sleep(0.01)
        watching.cancel()

    asyncio.run(hold())
    shown = parsed(metrics.text().decode())
    assert shown["acquis_loop_longest_stall_seconds"] >= 0.2
    assert shown['acquis_loop_delay_seconds_bucket{le="0.1"}'] < shown["acquis_loop_delay_seconds_count"]


def test_nothing_in_the_figures_is_about_anybody(app: AppClient) -> None:
    do(app, "a-text-1", do="seed_statement", text="Somebody wrote this down.")
    do(app, "a-text-2", do="no_such_command_at_all")
    app.client.post("/s/no-such-session-here/do", json={"do": "close_list"}, headers={"idempotency-key": "elsewhere"})
    text = scraped(app)
    private = [
        "grid-norms",
        "no-such-session-here",
        "no_such_command",
        "Specimen",
        "Amara",
        "Apeere",
        "lights",
        "keeper",
    ]
    private += ["Somebody", "p-host", "p-1", "v-1", app.house.roster.sessions()[0].code]
    assert [word for word in private if word.casefold() in text.casefold()] == []
    assert set(re.findall(r'[{,](\w+)="', text)) <= {"phase", "state", "reason", "le", "version", "work"}


def test_the_documentation_lists_every_figure(app: AppClient) -> None:
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `(acquis_\w+)", page, re.MULTILINE))
    shown = {line.split()[2] for line in scraped(app).splitlines() if line.startswith("# TYPE acquis_")}
    assert listed == {name for name in shown if not name.endswith("_created")}
