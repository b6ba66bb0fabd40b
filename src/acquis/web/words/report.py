"""Labels of the parts of a report, and words for its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from acquis.i18n import N_, N_plural, say, say_many
from acquis.statistics.evidence import Evidence

TITLES = {
    "takeaways": N_("Key takeaways"),
    "calls_to_action": N_("Call to action"),
    "consensus": N_("Areas of consensus"),
    "concern": N_("Areas of concern"),
}

ORIGINS = {
    "person": N_("A person"),
    "machine": N_("A machine"),
    "both": N_("A person and a machine"),
}
"""Who wrote a draft that was made elsewhere."""

KINDS = {
    "statement": N_plural("a vote", "{n} votes"),
    "turn": N_plural("an intervention", "{n} interventions"),
    "line": N_plural("a caption line", "{n} caption lines"),
    "question": N_plural("a question", "{n} questions"),
}
"""Kind of evidence -> its words for one entry and for several."""


def kinds_of(language: str, cited: Iterable[Evidence]) -> list[str]:
    """What the evidence of a sentence is, by kind: "a vote", "2 interventions"."""
    numbers = Counter[str](evidence.kind for evidence in cited)
    return [say_many(language, *KINDS[kind], numbers[kind]) for kind in KINDS if numbers[kind]]


NAMES = {
    "statement": N_("vote in entry {n}"),
    "turn": N_("intervention in entry {n}"),
    "line": N_("caption line in entry {n}"),
    "question": N_("question in entry {n}"),
    "contribution": N_("contribution in entry {n}"),
}
"""Kind of evidence -> the name of one entry at the report desk."""


def named(language: str, evidence: Evidence) -> str:
    """The name of an entry at the report desk: "vote in entry 1227"."""
    return say(language, NAMES[evidence.kind], n=evidence.seq)
