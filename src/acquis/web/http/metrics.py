"""The figures of the running server for a monitoring system, in the text format of Prometheus.

They are totals of the whole server. No label holds a name, the id of a session or of a person, or a text.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest

from acquis import __version__

TIMER_S = 0.05
"""How long the timer runs whose delay shows how long other work held the event loop."""
LONG_STEP_S = 0.05
"""How long work may hold the event loop: a person who votes in the meantime does not notice it."""
_COMMIT_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_DELAY_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """What the server counts while it runs, and the gauges that are set when somebody asks for them. Each application
    has a registry of its own. Methods may be called from any thread."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Info("acquis", "The version of Acquis.", registry=registry).info({"version": __version__})
        self._commits = Histogram(
            "acquis_commit_seconds",
            "Transactions that stored entries, by the time they took, sync included.",
            buckets=_COMMIT_S,
            registry=registry,
        )
        self._delays = Histogram(
            "acquis_loop_delay_seconds",
            "How late a timer of 50 ms was, because other work held the event loop.",
            buckets=_DELAY_S,
            registry=registry,
        )
        self._stall = Gauge(
            "acquis_loop_longest_stall_seconds", "The longest of these delays since the start.", registry=registry
        )
        self._longest = 0.0
        self._step = Gauge(
            "acquis_loop_longest_step_seconds",
            "The longest time for which a kind of work held the event loop, since the start.",
            ["work"],
            registry=registry,
        )
        self._steps: dict[str, float] = {}
        self._long = Counter(
            "acquis_loop_long_steps",
            "How often a kind of work held the event loop for more than 50 ms.",
            ["work"],
            registry=registry,
        )
        self._refused = Counter(
            "acquis_refused_writes", "Writes that were not carried out, by reason.", ["reason"], registry=registry
        )
        self.sessions = Gauge("acquis_sessions", "Sessions that can be read, by phase.", ["phase"], registry=registry)
        self.unreadable = Gauge("acquis_sessions_unreadable", "Sessions that cannot be read.", registry=registry)
        self.people = Gauge("acquis_people", "People who joined the sessions that are open.", registry=registry)
        self.streams = Gauge("acquis_open_streams", "Pages that receive live frames.", registry=registry)
        self.waiting = Gauge("acquis_writer_queue", "Groups of entries that wait for their commit.", registry=registry)
        self.disk = Gauge("acquis_disk_free_bytes", "Free space where the record is.", registry=registry)
        self.reports = Gauge("acquis_reports", "Reports of sessions, by state.", ["state"], registry=registry)
        self.deadline = Gauge(
            "acquis_reports_next_deadline_timestamp_seconds",
            "The next deadline of a report that can be filed now; 0 if there is none.",
            registry=registry,
        )

    @contextmanager
    def commit(self) -> Iterator[None]:
        """Measures a transaction; one that fails is not counted."""
        began = time.perf_counter()
        yield
        self._commits.observe(time.perf_counter() - began)

    def refused(self, reason: str) -> None:
        """Counts a write that was not carried out. reason: the code of a refusal."""
        self._refused.labels(reason).inc()

    def late(self, seconds: float) -> None:
        """Notes by how much the timer was late."""
        self._delays.observe(seconds)
        self._longest = max(self._longest, seconds)
        self._stall.set(self._longest)

    def step(self, work: str, seconds: float) -> None:
        """Notes that a kind of work held the event loop: the name of an endpoint, or of a function."""
        if seconds > self._steps.get(work, 0.0):
            self._steps[work] = seconds
            self._step.labels(work).set(seconds)
        if seconds > LONG_STEP_S:
            self._long.labels(work).inc()

    def text(self) -> bytes:
        """All figures, in the text format of Prometheus."""
        return generate_latest(self._registry)


async def watch_loop(metrics: Metrics) -> None:
    """Measure how late a timer is, until cancelled."""
    while True:
        due = time.monotonic() + TIMER_S
        await asyncio.sleep(TIMER_S)
        metrics.late(max(0.0, time.monotonic() - due))
