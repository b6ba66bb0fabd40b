"""The outcome of an input in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from acquis.contributions.ledger import InputOutcome, LedgerLine, ReportPlace, ledger
from acquis.contributions.reasons import reasons
from acquis.contributions.synthesis import final, reported
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import VOCABULARY, word
from acquis.state import State
from acquis.state.drafting import FIELD
from acquis.text.plain_text import one_line

KIND_WORDS: dict[str, str] = {
    "intervention": N_("Interventions"),
    "question": N_("Questions"),
    "statement": N_("Statements"),
    "contribution": N_("Written contributions"),
}
ONE_OF_KIND: dict[str, str] = {
    "intervention": N_("Intervention"),
    "question": N_("Question"),
    "statement": N_("Statement"),
    "contribution": N_("Written contribution"),
}
_PARTS = {
    "takeaways": N_("key takeaway {n}"),
    "calls_to_action": N_("call to action {n}"),
    "consensus": N_("area of consensus {n}"),
    "concern": N_("area of concern {n}"),
}
EXCERPT = 240
"""The most characters of an excerpt."""
MOST_STEPS = 20
"""How many inputs that were merged one into the other a sentence follows."""


def outcome_sentence(language: str, outcome: InputOutcome) -> str:
    """The outcome of an input, without that of the input into which it was merged."""
    bare = {
        "answered": N_("An answer was given in the session."),
        "answered_in_writing": N_("A written answer was given."),
        "deferred": N_("It was deferred."),
    }
    message = VOCABULARY["outcome"][outcome.kind].clause
    if not outcome.who and outcome.kind in ("answered", "answered_in_writing"):
        message = bare[outcome.kind]
    if not outcome.to and outcome.kind == "deferred":
        message = bare[outcome.kind]
    places = ", ".join(place_words(language, place) for place in outcome.sentences)
    sentence = say(
        language,
        message,
        places=places,
        into=outcome.into,
        who=outcome.who,
        to=outcome.to,
        reason=reason_words(language, outcome),
    )
    return f"{sentence} {outcome.words}".strip()


def place_words(language: str, place: ReportPlace) -> str:
    """A sentence of the report in words: "key takeaway 2"."""
    if place.part in _PARTS:
        return say(language, _PARTS[place.part], n=place.number)
    section = place.part.removeprefix(FIELD).replace("_", " ")
    return say(language, N_("{section}, paragraph {n}"), section=section, n=place.number)


def excerpt(text: str) -> str:
    """The beginning of an input, or of a sentence, in one line."""
    text = one_line(text[: EXCERPT + 1])
    return text[:EXCERPT] + "…" if len(text) > EXCERPT else text


def reason_words(language: str, outcome: InputOutcome) -> str:
    """The reason of an outcome in words; a code that is not in the list is shown as it is."""
    if outcome.kind == "held_back":
        return word(language, "reason", outcome.reason)
    known = reasons().get(outcome.reason)
    return say(language, known.label) if known else outcome.reason


def whole_sentence(language: str, line: LedgerLine, lines: Mapping[int, LedgerLine]) -> str:
    """The outcome of an input, followed by that of the input into which it was merged."""
    return " ".join(outcome_sentence(language, outcome) for outcome in _way(line, lines))


def _way(line: LedgerLine, lines: Mapping[int, LedgerLine]) -> Iterator[InputOutcome]:
    seen = {line.input.entry}
    yield line.outcome
    while line.outcome.into in lines and line.outcome.into not in seen and len(seen) < MOST_STEPS:
        line = lines[line.outcome.into]
        seen.add(line.input.entry)
        yield line.outcome


def input_sentences(language: str, state: State) -> Callable[[int], str]:
    """The outcome of the input to which an entry belongs, with the sentences of the newest report that take it up;
    empty for other entries and before the end of the session. For a large session it must be called in a thread, with a
    snapshot."""
    known = {line.input.entry: line for line in ledger(state)} if state.is_over else {}
    said, newest = reported(state), state.reports[-1].seq if state.reports else 0
    cited = {entry: line for line in reversed(known.values()) for entry in line.input.entries}

    def sentence(entry: int) -> str:
        line = known.get(entry) or cited.get(entry)
        if line is None:
            return ""
        outcome = final(line, known).outcome
        places = outcome.sentences if outcome.entry == newest else ()
        quoted = (f"“{excerpt(said[place].text)}”" for place in places if place in said and said[place].text)
        return " ".join((whole_sentence(language, line, known), *quoted))

    return sentence
