"""Verdicts, coverage and origin under attack: a forger of a record, the Chatham House Rule, and an erasure."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec
import pytest
from tests.report import story
from tests.report.story import AGREED, Recorded, erased, outside, published, recorded, session, with_votes
from tests.report.test_bundle import forged

from acquis import events as ev
from acquis.claims.checking import check
from acquis.claims.facts import facts
from acquis.claims.likely import likely_evidence
from acquis.documents.checking import check_bundle
from acquis.documents.formats import files

NOTED = 35
"""The entry of a turn whose note is asked to be erased; the note is its next entry."""
NOTE = "Asked for *funds* for small states."
WRONG = ev.Sentence(
    "Everybody agreed that norms need a body that follows up.", (AGREED,), reason="So it was heard.", origin="machine"
)
QUOTED = ev.Sentence(
    "One speaker said: “Asked for *tanks* for small states.”", (NOTED,), reason="So it was heard.", origin="both"
)


@cache
def made() -> tuple[Recorded, dict[str, bytes]]:
    public = outside(published(session(), WRONG, QUOTED))
    return public, files(public.entries)


def _json(content: bytes, change: Callable[[dict], object]) -> bytes:  # type: ignore[type-arg]  # any JSON
    data = msgspec.json.decode(content)
    change(data)
    return msgspec.json.format(msgspec.json.encode(data), indent=2)


FORGERIES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a verdict turned": ("report.json", lambda content: content.replace(b'"fails"', b'"holds"', 1)),
    "all verdicts left out": ("report.json", lambda content: _json(content, lambda data: data.pop("verdicts"))),
    "a figure of the coverage": (
        "report.json",
        lambda content: _json(content, lambda data: data["coverage"]["everything"]["statements"].update(covered=2)),
    ),
    "who wrote it": ("report.json", lambda content: content.replace(b'"machine"', b'"person"')),
    "the reason": ("report.json", lambda content: content.replace(b"So it was heard.", b"The record is wrong.")),
    "the words of a verdict": (
        "report.md",
        lambda content: content.replace(b"Does not agree with the record", b"Agrees with the record"),
    ),
    "who wrote it, in words": (
        "report.html",
        lambda content: content.replace(b"From a draft that a machine wrote.", b""),
    ),
    "what the report leaves out": (
        "report.html",
        lambda content: content.replace(b"The report does not have the 1 question.", b""),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_a_forger_changes_is_named(name: str) -> None:
    public, record = made()
    file, change = FORGERIES[name]
    changed = change(record[file])
    assert changed != record[file], "there is nothing to forge"
    result = check_bundle(forged({**record, file: changed}), public.entries)
    assert (file in result.differing, result.ok) == (True, False)


def test_the_genuine_record_is_computed_again() -> None:
    public, record = made()
    result = check_bundle(record, public.entries)
    assert result.ok
    assert {"report.json", "report.md", "report.html"} <= set(result.recomputed)


def test_an_origin_changed_in_the_log_breaks_its_chain() -> None:
    whole = published(session(), WRONG, QUOTED)
    body = whole.state.reports[0].body
    takeaways = tuple(msgspec.structs.replace(sentence, origin="") for sentence in body.takeaways)
    lied = story.of(
        story.replaced(whole, whole.state.reports[0].seq, msgspec.structs.replace(body, takeaways=takeaways))
    )
    assert lied.head != whole.head


def test_after_an_erasure_no_verdict_has_the_words() -> None:
    whole = published(session(), QUOTED)
    assert "funds" in files(outside(whole).entries)["report.md"].decode(), "the verdict quotes the note"
    gone = erased(whole, NOTED + 1)
    record = files(outside(gone).entries)
    for name in ("report.json", "report.md", "report.html", "log.jsonl"):
        assert b"funds" not in record[name], name
    known = facts(outside(gone).state)
    assert likely_evidence("Small states asked for funds.", known) == []
    assert check_bundle(record, outside(gone).entries).ok


def ruled() -> Recorded:
    settings = ev.Settings(chatham=True)
    happened = list(story.happened())
    happened[0] = msgspec.structs.replace(story.PROGRAMME, settings=settings)
    happened[15] = ev.SessionOpened(chatham=True)
    return with_votes(recorded(happened))


def test_under_the_rule_neither_verdict_nor_offer_names_anybody() -> None:
    whole = published(ruled(), WRONG)
    public = outside(whole, ["Ada Example", "Bo Sample"])
    record = files(public.entries)
    for name, content in record.items():
        if name.endswith((".json", ".md", ".html", ".csv", ".jsonl")):
            assert b"Ada Example" not in content, name
            assert b"Bo Sample" not in content, name
    known = facts(whole.state)
    text = "Bo Sample asked for funds for small states."
    assert check(text, (NOTED,), known) == check(text, (NOTED,), facts(public.state))
    assert {likely.entry for likely in likely_evidence(text, known)} == {NOTED}
    assert b"origin" in record["report.json"], "who wrote the draft is no person's name"
    assert check_bundle(record, public.entries).ok
