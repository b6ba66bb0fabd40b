"""The report as JSON, and as Markdown in the shape of the IGF's report form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from acquis import events as ev
from acquis.i18n import say
from acquis.report.balance import Balance, balance
from acquis.report.evidence import Evidence, cite, public_question
from acquis.report.summary import total
from acquis.state import Report, State

LANGUAGE = "en"


class QuestionLine(msgspec.Struct, frozen=True):
    """A question in the ledger of the report."""

    entry: int
    fate: str
    support: int
    lane: str = ""
    stakeholder: str = ""
    reason: str = ""
    merged_into: int = 0
    text: str = ""
    answer: str = ""


class ReportView(msgspec.Struct, frozen=True):
    """Everything a published version says: the sentences, what they rest on, who was heard, what was asked. `version`
    is 0 while nothing is published. Times are ISO 8601, UTC."""

    title: str
    version: int
    versions: int
    published: str
    entry: int
    correction: str
    takeaways: tuple[ev.Sentence, ...]
    calls_to_action: tuple[ev.Sentence, ...]
    consensus: tuple[ev.Sentence, ...]
    concern: tuple[ev.Sentence, ...]
    figures: tuple[ev.Figure, ...]
    upto: int
    evidence: list[Evidence]
    heard: Balance
    questions: list[QuestionLine]
    head: str


def report_view(state: State, head: str, version: int = 0) -> ReportView:
    """The data of a version (0: the newest). Raises LookupError where there is no such version."""
    if version and not 1 <= version <= len(state.reports):
        raise LookupError(f"version {version} of {len(state.reports)}")
    report = state.reports[(version or len(state.reports)) - 1] if state.reports else None
    body = report.body if report else ev.ReportPublished()
    cited = dict.fromkeys(
        seq
        for part in (body.takeaways, body.calls_to_action, body.consensus, body.concern)
        for sentence in part
        for seq in sentence.cites
    )
    return ReportView(
        state.programme.title if state.programme else "",
        report.version if report else 0,
        len(state.reports),
        _time(report.at) if report else "",
        report.seq if report else 0,
        body.correction,
        body.takeaways,
        body.calls_to_action,
        body.consensus,
        body.concern,
        body.figures,
        body.upto,
        cite(state, cited, body.figures),
        balance(state, state.at),
        [_line(state, seq) for seq in state.questions],
        head,
    )


def _line(state: State, seq: int) -> QuestionLine:
    question = state.questions[seq]
    return QuestionLine(
        seq,
        question.fate,
        len(question.supporters),
        question.lane,
        question.stakeholder,
        question.reason,
        question.into,
        question.text if public_question(state, seq) else "",
        question.answer,
    )


def _time(at: int) -> str:
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def report_json(state: State, head: str, version: int = 0) -> bytes:
    """The view as JSON, described by `json_schema()`."""
    return msgspec.json.format(msgspec.json.encode(report_view(state, head, version)), indent=2)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `report_json`."""
    return msgspec.json.schema(ReportView)


def markdown(state: State, head: str, version: int = 0, language: str = LANGUAGE) -> str:
    """The report in the shape of the IGF's form: who and when, key takeaways, call to action, then what they rest on."""
    view = report_view(state, head, version)
    numbers = {evidence.seq: number for number, evidence in enumerate(view.evidence, 1)}

    def _(message: str, **facts: Any) -> str:
        return say(language, message, **facts)

    def part(title: str, sentences: tuple[ev.Sentence, ...]) -> list[str]:
        if not sentences:
            return []
        marks = ("".join(f"[{numbers[seq]}]" for seq in s.cites if seq in numbers) for s in sentences)
        bare = _("(no evidence given)")
        return [f"## {title}", "", *(f"- {_flat(s.text)} {m or bare}" for s, m in zip(sentences, marks)), ""]

    lines = [f"# {_flat(view.title)}", "", *_who(state, _), ""]
    if not view.version:
        lines += [_("No report has been published yet."), ""]
    if view.correction:
        lines += [_("Version {n}. What changed: {why}", n=view.version, why=_flat(view.correction)), ""]
    lines += part(_("Key Takeaways"), view.takeaways)
    lines += part(_("Call to Action"), view.calls_to_action)
    lines += part(_("Areas of consensus"), view.consensus)
    lines += part(_("Areas of concern"), view.concern)
    lines += ["## " + _("Who was heard"), "", *_heard(view.heard, _), ""]
    lines += ["## " + _("Questions"), "", *[_asked(line, _) for line in view.questions], ""]
    if view.evidence:
        lines += ["## " + _("Evidence"), "", *[f"{numbers[e.seq]}. {_evidence(e, _)}" for e in view.evidence], ""]
    lines += ["## " + _("Verify this record"), "", _("Head of the log: {head}", head=f"`{head}`"), ""]
    lines += [_("Get log.jsonl and run: acquis verify log.jsonl"), ""]
    return "\n".join(lines)


def _flat(text: str) -> str:
    """A text in one line that Markdown does not take for markup."""
    one = " ".join(text.split())
    return "".join("\\" + c if c in "\\`*_[]<>#|" else c for c in one)


def _who(state: State, _: Callable[..., str]) -> list[str]:
    programme = state.programme
    if programme is None:
        return []
    document = programme.document
    lines = [_("Rehearsal: everybody who acts in it is simulated.")] if programme.rehearsal else []
    lines.append(
        _("Time: {starts} to {ends}, {room}", starts=programme.starts, ends=programme.ends, room=programme.room)
    )
    for field, label in (
        ("organizers", _("Organizers")),
        ("onsite_moderators", _("On-site moderator")),
        ("online_moderators", _("Online moderator")),
        ("rapporteurs", _("Rapporteur")),
        ("speakers", _("Speakers")),
    ):
        people = [
            _flat(", ".join(filter(None, (p.get("name"), p.get("organization"), p.get("stakeholder_group")))))
            for p in document.get(field, ())
        ]
        if people:
            lines.append(f"{label}: {'; '.join(people)}")
    return [f"- {line}" for line in lines]


def _heard(heard: Balance, _: Callable[..., str]) -> list[str]:
    names = {"room": _("the room"), "online": _("online"), "": _("not said")}
    lines = [
        _(
            "{lane}: {minutes} min in {turns} turns",
            lane=names[lane],
            minutes=round(ms / 60_000, 1),
            turns=heard.lane_turns[lane],
        )
        for lane, ms in heard.lane_ms.items()
    ]
    lines.append(
        _("{rule} turns by the fair rule, {override} by override", rule=heard.by_rule, override=heard.by_override)
    )
    return [f"- {line}" for line in lines]


def _asked(line: QuestionLine, _: Callable[..., str]) -> str:
    text = _flat(line.text) or _("(text not public)")
    fate = line.fate.replace("_", " ") + (f" ({line.reason.replace('_', ' ')})" if line.reason else "")
    answer = f" — {_flat(line.answer)}" if line.answer else ""
    return f"- {text} · {fate} · {line.support}{answer}"


def _evidence(evidence: Evidence, _: Callable[..., str]) -> str:
    if evidence.kind == "turn":
        who = _flat(evidence.who) or ", ".join(filter(None, (evidence.lane, evidence.group))) or _("a participant")
        text = _("Turn of {who}, {seconds} s", who=who, seconds=evidence.seconds)
        note = f": {_flat(evidence.text)}" if evidence.text else ""
        return f"{text}{note} ({_('entry {n}', n=evidence.seq)})"
    if evidence.kind == "question":
        text = _flat(evidence.text) or _("(text not public)")
        return _("Question: {text}, {n} in support (entry {seq})", text=text, n=evidence.supporters, seq=evidence.seq)
    counts = "; ".join(
        _(
            "{group}: {agree} agree, {disagree} disagree, {passes} pass of {total}",
            group=figure.group or _("all"),
            agree=figure.agree,
            disagree=figure.disagree,
            passes=figure.passes,
            total=total(figure),
        )
        for figure in evidence.figures
    )
    return _("Statement: {text} — {counts} (entry {seq})", text=_flat(evidence.text), counts=counts, seq=evidence.seq)


def versions(state: State) -> list[Report]:
    """Every published version, the newest first."""
    return list(reversed(state.reports))
