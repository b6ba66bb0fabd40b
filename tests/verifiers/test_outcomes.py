"""The outcome that the offline verifier tells of an input is the one of the ledger."""

from __future__ import annotations

import io
import json
from importlib import resources

import pytest

from acquis.contributions.ledger import ledger
from acquis.contributions.reasons import reasons
from acquis.documents.verifiers import verify as offline
from acquis.documents.verifiers.verify import SENTENCES
from acquis.publication.public import public_state
from acquis.record.lines import from_line

from .cases import Case
from .sabotage_outcomes import OUTCOMES


@pytest.mark.parametrize("case", OUTCOMES, ids=lambda case: case.name)
def test_the_offline_verifier_and_the_ledger_agree(case: Case) -> None:
    given = case.make()
    entry = json.loads(given.receipts["receipt.json"])["seq"]
    said = offline.InputHistory(offline.read_log(io.BytesIO(given.log)), entry).said()
    entries = [from_line(line) for line in given.log.splitlines()]
    state = public_state(entries)
    outcome = next(line.outcome for line in ledger(state) if line.input.entry == entry)
    code, facts = said or ("open", {})
    told = code.removesuffix("_by")
    if outcome.kind == "merged" and not said:
        return  # the sentence before says it
    assert told.startswith(outcome.kind)
    assert outcome.kind != "not_used" or told == f"not_used_{outcome.reason}" or facts["reason"] == outcome.words
    assert facts.get("n", len(outcome.sentences)) == len(outcome.sentences)
    assert facts.get("to", outcome.to) == outcome.to


def test_every_reason_of_the_list_has_a_sentence() -> None:
    told = {code.removeprefix("outcome_not_used_") for code in SENTENCES if code.startswith("outcome_not_used_")}
    assert told == {code for code, reason in reasons().items() if not reason.words}
    script = resources.files("acquis.documents.verifiers").joinpath("page", "outcomes.js").read_text("utf-8")
    assert all(f'"{code}"' in script for code in told)
