"""The verdicts in words, for pages and documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from acquis.claims.verdicts import (
    HALF,
    HALF_RULE,
    HALF_VALUE,
    OUTCOMES,
    RULES,
    VALUES,
    ClaimVerdict,
    Outcome,
    SentenceOutcome,
    outcome_of,
)
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.text.plain_text import one_line

_STATUSES = {
    "open": N_("open"),
    "accepted": N_("accepted by the body"),
    "declined": N_("declined by the body"),
    "in_progress": N_("in progress"),
    "done": N_("done"),
    "dropped": N_("discontinued"),
}
_ORDER: tuple[Outcome, ...] = ("fails", "holds", "open")


class SaidVerdict(msgspec.Struct, frozen=True):
    """A verdict in words: the outcome, the words of the sentence, what the record says, the rule, and the entries that
    decide it. Without `words` it is about the whole sentence."""

    outcome: SentenceOutcome
    title: str
    words: str
    value: str
    rule: str
    entries: tuple[int, ...] = ()


def said_verdicts(language: str, verdicts: Sequence[ClaimVerdict]) -> list[SaidVerdict]:
    """The verdicts in words. The note that a sentence was checked in part comes first, then claims that fail, hold, and
    cannot be decided."""
    listed = list(_half(language, verdicts)) if outcome_of(tuple(verdicts)) == "half" else []
    return listed + [
        SaidVerdict(
            outcome,
            title=say(language, OUTCOMES[outcome]),
            words=one_line(verdict.words),
            value=one_line(say(language, VALUES[verdict.value], **_facts(language, verdict))),
            rule=say(language, RULES[verdict.rule]),
            entries=verdict.entries,
        )
        for outcome in _ORDER
        for verdict in verdicts
        if verdict.outcome == outcome
    ]


def _half(language: str, verdicts: Sequence[ClaimVerdict]) -> Iterator[SaidVerdict]:
    decided = sum(verdict.outcome == "holds" for verdict in verdicts)
    value = say(language, HALF_VALUE, n=decided, of=len(verdicts))
    yield SaidVerdict("half", say(language, HALF), "", value, say(language, HALF_RULE))


def check_line(said: Sequence[SaidVerdict]) -> str:
    """The verdicts on a sentence in one line, with what the record says for claims that fail."""
    lines = [f"{verdict.title}." for verdict in said if verdict.outcome == "half"]
    for outcome in _ORDER:
        if listed := [verdict for verdict in said if verdict.outcome == outcome]:
            named = ", ".join(dict.fromkeys(f"“{verdict.words}”" for verdict in listed))
            values = " ".join(dict.fromkeys(verdict.value for verdict in listed)) if outcome == "fails" else ""
            lines.append(f"{listed[0].title}: {named}. {values}".strip())
    return " ".join(lines)


def _facts(language: str, verdict: ClaimVerdict) -> dict[str, Any]:
    facts: dict[str, Any] = dict(verdict.facts)
    if "fate" in facts:
        facts["fate"] = word(language, "fate", str(facts["fate"]))
    if "status" in facts:
        facts["status"] = say(language, _STATUSES.get(str(facts["status"]), str(facts["status"])))
    for name in ("group", "groups"):
        if name in facts:
            listed = str(facts[name]).split(", ")
            facts[name] = ", ".join(word(language, "group", group) for group in listed)
    return facts
