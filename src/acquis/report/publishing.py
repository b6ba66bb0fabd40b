"""The command that publishes the report: key takeaways, call to action, closing summary, and fields of the full
report."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, ClassVar

import msgspec

from acquis import events as ev
from acquis.claims.checking import check_report
from acquis.claims.facts import facts
from acquis.claims.verdicts import ClaimVerdict, outcome_of
from acquis.command import ENDED, MODERATORS, ORGANIZER, RAPPORTEUR, Actor, Command, Refused, Text, Word, references
from acquis.contributions.ledger import open_inputs
from acquis.contributions.reasons import reasons
from acquis.publication.chatham import Names, names_of
from acquis.publication.totals import needs_votes, publication
from acquis.reference import TextLimit, profile
from acquis.state import State
from acquis.state.drafting import FIELD, PARTS, parts_of
from acquis.state.snapshots import snapshot
from acquis.statistics.evidence import is_evidence
from acquis.statistics.opinion_map import Ballots, ballots, opinion_figure, recorded_map
from acquis.statistics.slate import slate_figure, unput_figure
from acquis.statistics.summary import figures

SENTENCE_LIMIT = 2000
SENTENCES_LIMIT = 40
SECTIONS_LIMIT, PARAGRAPHS_LIMIT, PARAGRAPH_LIMIT = 12, 60, 5000
CORRECTION_LIMIT = REASON_LIMIT = 1000
LIMITED = {"takeaways": "takeaway", "calls_to_action": "call_to_action"}
"""Part for whose sentences a profile may set a maximum length -> the name of the limit in the profile."""


def published_draft(state: State) -> dict[str, tuple[ev.Sentence, ...]]:
    """Part -> the sentences of the latest published version, as the basis of a correction."""
    return dict(parts_of(state.reports[-1].body)) if state.reports else {}


def fields_of(state: State) -> dict[str, str]:
    """The fields of the full report, name -> title, in the profile of the session. An empty title in a profile removes
    a field of its base."""
    try:
        listed = profile(state.programme.profile).report_fields
    except LookupError:
        return {}
    return {name: title for name, title in listed.items() if title}


def due_at(state: State) -> int:
    """When the report is due (ms since 1970); 0 before the session has ended."""
    return state.closed_at + state.settings.report_due_min * 60_000 if state.closed_at else 0


def left(state: State, at: int) -> int | None:
    """Milliseconds from `at` until the report is due, negative if it is late; None before the session has ended and
    after a report was published."""
    return due_at(state) - at if state.closed_at and not state.reports else None


class Count(msgspec.Struct, frozen=True):
    """The length of a text and the limit of the profile (0: none), which is shown and never enforced."""

    characters: int
    words: int
    limit: int = 0

    @property
    def over(self) -> int:
        """The number of characters above the limit; 0 if there are none."""
        return max(0, self.characters - self.limit) if self.limit else 0


def count(text: str, part: str = "", limits: Mapping[str, TextLimit] | None = None) -> Count:
    """The length of a sentence of a part ("takeaways") against the limits of a profile."""
    trimmed = text.strip()
    limit = (limits or {}).get(LIMITED.get(part, part))
    return Count(len(trimmed), len(trimmed.split()), limit.characters if limit else 0)


class PublishReport(Command, frozen=True, gc=False):
    """Publish the report: sentences, each with the entries (turns, spoken lines, questions, statements) it cites and
    the items of the reference it is about. A later version corrects the one before and says why in `correction`; both
    stay readable. Every input has an outcome: what no sentence cites, and of which nothing else is said, was not used
    for the reason `rest`, a code of the public list; with an empty one the report is refused if an input is open."""

    roles: ClassVar = MODERATORS | {RAPPORTEUR, ORGANIZER}
    phases: ClassVar = ENDED
    refusals: ClassVar = (
        "votes_not_published",
        "report_empty",
        "correction_needs_reason",
        "no_such_evidence",
        "text_empty",
        "too_many_sentences",
        "no_such_part",
        "names_under_rule",
        "no_such_reference",
        "too_many_references",
        "check_needs_reason",
        "inputs_open",
    )
    takeaways: tuple[ev.Sentence, ...] = ()
    calls_to_action: tuple[ev.Sentence, ...] = ()
    consensus: tuple[ev.Sentence, ...] = ()
    concern: tuple[ev.Sentence, ...] = ()
    correction: Annotated[str, Text(CORRECTION_LIMIT, empty=True)] = ""
    sections: tuple[ev.Section, ...] = ()
    rest: Annotated[str, Word("[a-z_]+", 40, "no_such_reason", empty=True)] = "on_record"

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if needs_votes(state):
            raise Refused("votes_not_published")
        if not self.takeaways:
            raise Refused("report_empty")
        sentences = sum(len(getattr(self, part)) for part in PARTS)
        if sentences > SENTENCES_LIMIT:
            raise Refused("too_many_sentences", limit=SENTENCES_LIMIT)
        checked = {part: tuple(_checked(s, state, SENTENCE_LIMIT) for s in getattr(self, part)) for part in PARTS}
        if state.settings.chatham:
            refuse_names(self, names_of(state))
        report = msgspec.structs.replace(ev.ReportPublished(sections=_sections(self.sections, state)), **checked)
        for sentence, _ in differing(report, state):
            if not sentence.reason:
                raise Refused("check_needs_reason", text=sentence.text[:80])
        if state.reports and dict(parts_of(report)) == published_draft(state):
            return None
        if state.reports and not self.correction:
            raise Refused("correction_needs_reason").at("correction")
        return msgspec.structs.replace(
            report,
            rest=self._rest(state, report),
            figures=figures(state),
            upto=state.seq,
            correction=self.correction if state.reports else "",
            opinion=opinion_figure(state),
            slate=slate_figure(state),
            unput=unput_figure(state),
        )

    def _rest(self, state: State, report: ev.ReportPublished) -> str:
        """The reason that the report states for the inputs that are open; empty if there are none. Raises Refused."""
        wanting = open_inputs(state, report)
        if self.rest and self.rest not in reasons():
            raise Refused("no_such_reason").at("rest")
        if wanting and not self.rest:
            raise Refused("inputs_open", n=wanting).at("rest")
        return self.rest if wanting else ""

    def follows(self, state: State) -> tuple[Command, ...]:
        return publication(state)

    def prepare(self, state: State, names: Callable[[], Iterable[str]]) -> Callable[[], object] | None:
        if state.settings.chatham:  # the log does not contain the names of participants
            refuse_names(self, Names(names()))
        parts = {part: getattr(self, part) for part in (*PARTS, "sections")}
        return functools.partial(_prepared, ballots(state), snapshot(state), ev.ReportPublished(**parts))


def _prepared(votes: Ballots, state: State, report: ev.ReportPublished) -> None:
    """What takes time before a report is published: the map, the texts that the check reads, the outcomes of the
    inputs, and the votes if they are not published yet."""
    publication(state)
    recorded_map(votes)
    facts(state)
    open_inputs(state, report)


def differing(
    report: ev.ReportPublished | PublishReport, state: State
) -> list[tuple[ev.Sentence, tuple[ClaimVerdict, ...]]]:
    """The sentences of a report that do not agree with the record, with the verdicts on them (docs/claims.md)."""
    parts = [(part, getattr(report, part)) for part in PARTS]
    parts += [(FIELD + section.field, section.paragraphs) for section in report.sections]
    checked = check_report(parts, state)
    pairs = [pair for part, sentences in parts if sentences for pair in zip(sentences, checked[part], strict=True)]
    return [(sentence, verdicts) for sentence, verdicts in pairs if outcome_of(verdicts) == "fails"]


def refuse_names(report: PublishReport, names: Names) -> None:
    """Checks the sentences of a report under the Chatham House Rule. Raises Refused("names_under_rule", text) if one of
    them contains a name."""
    written = [sentence for part in PARTS for sentence in getattr(report, part)]
    written += [sentence for section in report.sections for sentence in section.paragraphs]
    texts = [text for sentence in written for text in (sentence.text, sentence.reason)]
    for text in (*texts, report.correction):
        if names.held_by(text):
            raise Refused("names_under_rule", text=text[:80])


def _sections(sections: tuple[ev.Section, ...], state: State) -> tuple[ev.Section, ...]:
    """The fields of the full report that are not empty."""
    if len(sections) > SECTIONS_LIMIT or sum(len(section.paragraphs) for section in sections) > PARAGRAPHS_LIMIT:
        raise Refused("too_many_sentences", limit=PARAGRAPHS_LIMIT)
    if not all(re.fullmatch(r"[a-z][a-z_]{0,50}", section.field) for section in sections):
        raise Refused("no_such_part")
    return tuple(
        ev.Section(section.field, tuple(_checked(text, state, PARAGRAPH_LIMIT) for text in section.paragraphs))
        for section in sections
        if section.paragraphs
    )


def _checked(sentence: ev.Sentence, state: State, limit: int) -> ev.Sentence:
    """The sentence without surrounding blanks, with each citation and reference once. Raises Refused."""
    for seq in sentence.cites:
        if not is_evidence(state, seq):
            raise Refused("no_such_evidence", entry=seq)
    text, cites = Text(limit).take(sentence.text, state), tuple(dict.fromkeys(sentence.cites))
    reason = Text(REASON_LIMIT, empty=True).take(sentence.reason, state)
    return ev.Sentence(text, cites, references(" ".join(sentence.about)), reason, sentence.origin)


COMMANDS = (PublishReport,)
