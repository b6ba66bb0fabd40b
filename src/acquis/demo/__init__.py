"""A session to play with, up to any moment: the model case with a simulated panel and audience.

The past is played with its own times, so that a session opened now can already be 52 minutes old; then the audience
goes on in real time. The last stage is long after: what was called for, what came of it, and a gathering around it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Literal

from acquis import command as who
from acquis.command import Actor
from acquis.demo.followup import follow_up
from acquis.demo.gathering import gather
from acquis.demo.play import STEP_MS, Play
from acquis.documents.formats import files
from acquis.plan.document import from_yaml, to_data
from acquis.plan.programme import PublishProgramme
from acquis.record.keys import folder_beside
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Roster, SessionRow
from acquis.session import Session
from acquis.web.app import create_app
from acquis.web.http import passes
from acquis.web.http.application import Application, open_application
from acquis.web.http.ids import new_code
from acquis.web.http.serving import free_port, run

Stage = Literal["plan", "floor", "report", "published", "followup"]

LOG = "igf2021-ws119"
MINUTES: dict[Stage, float] = {"plan": 0, "floor": 52, "report": 90, "published": 90, "followup": 90}


def programme_text() -> str:
    """The programme of the model case in YAML: a workshop of the Internet Governance Forum of 2021."""
    return resources.files("acquis.reference").joinpath("data/demo/igf2021-ws119.yaml").read_text("utf-8")


async def play(session: Session, roster: Roster, stage: Stage, people: int, seed: int, now: int) -> Play:
    """Play the session up to a stage, so that it stands there at `now` (ms)."""
    organizer = Actor("p-organizer", roles=frozenset({who.ORGANIZER}))
    opened = now - int(MINUTES[stage] * 60_000) - (600_000 if stage in ("report", "published") else 0)
    if stage == "followup":
        opened = now = _start(programme_text())
    if stage != "plan":
        document = to_data(from_yaml(programme_text()))
        await session.do(PublishProgramme(document), organizer, opened - 3_600_000, "demo-publish")
    simulated = Play(session, roster, people, seed)
    if stage == "plan":
        return simulated
    await simulated.until(opened, MINUTES[stage])
    ended = opened + 90 * 60_000
    if stage in ("report", "published", "followup"):
        await simulated.close(ended)
    if stage == "published":
        await simulated.publish(now)
    if stage == "followup":
        await simulated.publish(ended + 90 * 60_000)
        await follow_up(simulated, ended + 91 * 60_000)
    return simulated


def _start(text: str) -> int:
    """When the session of a programme begins (ms)."""
    return int(datetime.fromisoformat(from_yaml(text).starts).timestamp() * 1000)


async def write_demo(out: Path, stage: Stage, people: int, seed: int) -> list[str]:
    """Play and write the whole record into a folder; the names of the files."""
    record, roster = SqliteRecord(":memory:"), Roster(":memory:")
    session = await Session.open(record, LOG)
    await play(session, roster, stage, people, seed, int(time.time() * 1000))
    entries = list(record.read(LOG))
    written = files(entries, state=session.state)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in written.items():
        (out / name).write_bytes(content)
    await record.close()
    return list(written)


def serve_demo(
    data: Path, stage: Stage, people: int, seed: int, speed: float, host: str, port: int, tell: Callable[[str], None]
) -> None:
    """Serve the demo. What is in the folder already is kept, and goes on."""
    application = open_application(data, folder_beside(data))
    if application.roster.session(LOG) is None:
        application.roster.add_session(SessionRow(LOG, new_code(), application.clock.now(), programme_text()))
    secrets = _secrets(application, data / "links")  # before the start, which makes a link if no organizer has one

    async def prepare(base: str) -> None:
        session = await application.board.session(LOG)
        assert session is not None  # it was added above
        fresh = session.state.seq == 0
        now = application.clock.now()
        simulated = await play(session, application.roster, stage, people, seed, now) if fresh else None
        if stage == "followup":
            await gather(application, new_code, seed, now)
        for line in _links(application, secrets, base):
            tell(line)
        if session.state.is_open:
            simulated = simulated or Play(session, application.roster, people, seed)
            await go_on(simulated, application, speed)

    run(create_app(application), application, free_port(host, port), "", tell, prepare)


def _secrets(application: Application, kept: Path) -> list[tuple[str, str]]:
    """Role and secret of a pass for each role. Only the demo keeps them (in a file of its own): its passes protect
    nothing."""
    if not kept.exists():
        roles = (who.ORGANIZER, who.ONSITE, who.ONLINE, who.RAPPORTEUR, who.CAPTIONER, who.SPEAKER)
        issued = {
            r: passes.issue(application, "" if r == who.ORGANIZER else LOG, r, int(r == who.SPEAKER))[0] for r in roles
        }
        kept.touch(0o600)
        kept.write_text("".join(f"{role} {secret}\n" for role, secret in issued.items()), "utf-8")
    return [(role, secret) for role, secret in (line.split() for line in kept.read_text("utf-8").splitlines())]


def _links(application: Application, secrets: list[tuple[str, str]], base: str) -> list[str]:
    """The lines that the demo prints: an address for everybody, and a link for each role."""
    row = application.roster.session(LOG)
    code = row.code if row else ""
    with_code = f"?code={code[:4]}-{code[4:]}"
    lines = [f"  {'participants':<18}{base}/s/{LOG}{with_code}"]
    lines += [f"  {'stage (projector)':<18}{base}/s/{LOG}/stage{with_code}", f"  {'record':<18}{base}/s/{LOG}/record"]
    if len(application.roster.ids()) > 1:
        lines += [f"  {'follow-up':<18}{base}/s/{LOG}/followup", f"  {'all sessions':<18}{base}/"]
    lines += [f"  {role.replace('_', ' '):<18}{base}/p/{secret}" for role, secret in secrets]
    return ["The demo is running; everybody in it is simulated. Open one of these:", *lines]


async def go_on(simulated: Play, application: Application, speed: float) -> None:
    """The audience goes on in real time, `speed` times as lively as people are. The moderators of the simulation wait
    for you: they step in when nobody has had the floor for a while."""
    idle_since = 0
    while simulated.session.state.is_open:
        await asyncio.sleep(STEP_MS / 1000 / speed)
        now = application.clock.now()
        state = simulated.session.state
        idle_since = 0 if state.turn else idle_since or now
        over = state.turn and state.turns[state.turn].used(now) > simulated.planned / speed + 10_000
        quiet = idle_since and now - idle_since > 20_000
        await simulated.step(now, now - state.opened_at, moderated=bool(over or quiet))
