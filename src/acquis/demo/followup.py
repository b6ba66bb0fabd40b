"""The follow-up of the model case: the call to action on its public page and later progress, with sources."""

from __future__ import annotations

import datetime
from importlib import resources
from typing import Any

import yaml

from acquis.demo.play import Play
from acquis.events import Sentence
from acquis.floor.references import ConfirmReferences
from acquis.followup.commitments import MakeCommitment, NoteProgress
from acquis.reference.library import library
from acquis.reference.records import Item
from acquis.reference.suggest import suggest
from acquis.report.publishing import PublishReport, published_draft
from acquis.state import State


def case() -> dict[str, Any]:
    """The follow-up of the model case as plain data."""
    text = resources.files("acquis.reference").joinpath("data/demo/ws119-followup.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


async def follow_up(simulated: Play, at: int) -> None:
    """Play the follow-up from `at` (ms), the time of the report: confirm references, add the call to action of the
    public page to the report, make commitments and note their progress."""
    data, host = case(), simulated.host
    await confirm(simulated, at)
    draft = published_draft(simulated.session.state)
    call = Sentence(data["call"].strip(), (), tuple(data["about"]))
    report = PublishReport(
        draft["takeaways"],
        (call,),
        draft["consensus"],
        draft["concern"],
        "The call to action is that of the workshop's page.",
    )
    await simulated.do(report, host, at + 60_000)
    entry = simulated.session.state.reports[-1].seq
    made = [await _make(simulated, commitment, entry, at + 120_000) for commitment in data["commitments"]]
    changes = [
        (change, seq)
        for commitment, seq in zip(data["commitments"], made, strict=True)
        for change in commitment["changes"]
    ]
    for change, seq in sorted(changes, key=lambda pair: str(pair[0]["day"])):
        await simulated.do(_progress(change, seq), host, _noon(change["day"]))


async def confirm(simulated: Play, at: int) -> None:
    """Confirm all suggested references of questions and statements at the time `at` (ms)."""
    state: State = simulated.session.state
    items = library().of(Item)
    texts = {q.seq: q.text for q in state.questions.values()} | {st.seq: st.text for st in state.statements.values()}
    for seq, text in texts.items():
        if ids := [suggestion.id for suggestion in suggest(items, text)]:
            await simulated.do(ConfirmReferences(seq, " ".join(ids)), simulated.host, at)


async def _make(simulated: Play, commitment: dict[str, Any], report: int, at: int) -> int:
    fields = {name: commitment.get(name, "") for name in ("what", "who", "actor", "due", "due_words", "process")}
    command = MakeCommitment(**fields, items=" ".join(commitment["items"]), report=report, call=1)
    entry = await simulated.do(command, simulated.host, at)
    assert entry is not None, commitment["what"]
    return entry.seq


def _progress(change: dict[str, Any], commitment: int) -> NoteProgress:
    url = library().sources[change["source"]].url
    return NoteProgress(
        commitment, change["status"], change["note"].strip(), change.get("symbol", ""), url, str(change["day"])
    )


def _noon(day: str) -> int:
    return int(datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp() * 1000)
