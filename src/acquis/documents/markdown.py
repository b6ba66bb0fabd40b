"""The report as Markdown in the shape of the IGF's report form: title, time, people, key takeaways, call to action;
then the closing summary, who was heard, every question, and what the sentences rest on."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

from acquis.documents.charts import minutes
from acquis.documents.confirmed_words import beside, confirmed_only, left_out_said
from acquis.documents.contents import HEARD, PARTS, RULE, heard_rows, when
from acquis.documents.view import Named, QuestionLine, ReportView
from acquis.events import Figure, Sentence
from acquis.i18n import N_, say, say_many
from acquis.i18n.vocabulary import word
from acquis.statistics.concentration import TITLES as DIMENSIONS
from acquis.statistics.concentration import chosen_said, dimension_said
from acquis.statistics.evidence import Evidence
from acquis.statistics.heard import Account
from acquis.statistics.opinion_words import TITLES, area_sentence
from acquis.statistics.summary import total

Say = Callable[..., str]

_BEGINS = re.compile(r"^(\d*)([.)#+=-])")
"""What would begin a heading or a list at the start of a text."""


def written(view: ReportView, found: Account, language: str) -> str:
    """A version of the report with the account of who was heard, in a language. Texts of people are escaped: none of
    them is taken for markup."""
    say_ = functools.partial(say, language)
    word_ = functools.partial(word, language)
    notes = {evidence.seq: number for number, evidence in enumerate(view.evidence, 1)}
    parts = [
        [f"# {flat(view.title)}"],
        _form(view, say_, word_),
        *_sections(view, notes, language),
        _areas(view, language),
        ["## " + say_(N_("Who was heard")), "", *_heard(view, found, language)],
        ["## " + say_(N_("Questions")), "", *(_asked(line, language) for line in view.questions)],
        ["## " + say_(N_("Evidence")), "", *_notes(view, notes, say_, word_)],
        _verify(view, say_),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def flat(text: str) -> str:
    """A text in one line that Markdown does not take for markup."""
    one = "".join("\\" + c if c in "\\`*_[]<>|~" else c for c in " ".join(text.split()))
    return _BEGINS.sub(r"\1\\\2", one)


def _form(view: ReportView, say_: Say, word_: Say) -> list[str]:
    """The head of the form."""
    date, time = when(view)
    lines = [say_(N_("Rehearsal: everybody who acts in it is simulated."))] if view.rehearsal else []
    lines += [say_(RULE)] if view.chatham else []
    for label, value in (
        (N_("Number"), flat(view.number)),
        (N_("Gathering"), flat(view.gathering)),
        (N_("Date"), date),
        (N_("Time"), flat(time)),
        (N_("Room"), flat(view.room)),
    ):
        if value:
            lines.append(f"{say_(label)}: {value}")
    for role, people in view.people.items():
        if people:
            lines.append(f"{word_(role)}: {'; '.join(_person(person) for person in people)}")
    return [f"- {line}" for line in lines]


def _person(person: Named) -> str:
    return flat(", ".join(filter(None, (person.name, person.organization, person.stakeholder, person.region))))


def _sections(view: ReportView, notes: dict[int, int], language: str) -> list[list[str]]:
    """The sentences, each with the numbers of its evidence."""
    say_ = functools.partial(say, language)
    if not view.version:
        return [[say_(N_("No report has been published yet."))], *_confirmed(view, language)]
    about = say_(
        N_("Version {n}, published {time} (due {due}), entry {entry} of the log."),
        n=view.version,
        time=view.published,
        due=view.due,
        entry=view.entry,
    )
    change = [say_(N_("What changed: {why}"), why=flat(view.correction))] if view.correction else []
    parts = [_part(view, part, notes, language) for part in PARTS]
    longer = [
        ["## " + flat(one.title), "", *(_sentence(s, "", notes, say_) for s in one.paragraphs)] for one in view.sections
    ]
    return [[" ".join((about, *change))], *filter(None, parts), *longer]


def _confirmed(view: ReportView, language: str) -> list[list[str]]:
    """The closing summary, while the chair has confirmed it and no report is out."""
    told = {part: confirmed_only(language, view.confirmed, part) for part in PARTS}
    return [
        ["## " + say(language, PARTS[part]), "", *(f"- {flat(text)} ({note})" for text, note in lines)]
        for part, lines in told.items()
        if lines
    ]


def _part(view: ReportView, part: str, notes: dict[int, int], language: str) -> list[str]:
    """A part of the report, and beside the closing summary what the chair confirmed."""
    said: tuple[Sentence, ...] = getattr(view, part)
    told = [beside(language, view.confirmed, part, sentence.text) for sentence in said]
    missing = left_out_said(language, view.confirmed, part)
    if not said and not missing:
        return []
    sentences = [_sentence(*one, notes, functools.partial(say, language)) for one in zip(said, told)]
    return ["## " + say(language, PARTS[part]), "", *sentences, *(["", flat(missing)] if missing else [])]


def _sentence(sentence: Sentence, told: str, notes: dict[int, int], say_: Say) -> str:
    marks = "".join(f"[{notes[seq]}]" for seq in sentence.cites if seq in notes)
    about = f" ({', '.join(sentence.about)})" if sentence.about else ""
    beside = f" ({flat(told)})" if told else ""
    return f"- {flat(sentence.text)}{about} {marks or say_(N_('(no evidence given)'))}{beside}"


def _areas(view: ReportView, language: str) -> list[str]:
    """What the votes show, beside what the rapporteur wrote."""
    texts = {line.entry: line.text for line in view.statements}
    lines = []
    for kind, title in TITLES.items():
        ranked = getattr(view.areas, kind)[:5]
        lines += [
            f"- {flat(texts[area.statement])} ({say(language, title)}. {area_sentence(language, kind, area)})"
            for area in ranked
        ]
    return ["## " + say(language, N_("What the votes show")), "", *lines] if lines else []


def _heard(view: ReportView, found: Account, language: str) -> list[str]:
    """For each way to look at the room a table, with what is said below it."""
    heard, say_ = view.heard, functools.partial(say, language)
    first = N_("{n} person spoke through the queue"), "{n} people spoke through the queue"
    rule = N_("Turns by the fair rule: {rule}, by override: {override}")
    lines = [say_many(language, *first, heard.spoke), say_(rule, rule=heard.by_rule, override=heard.by_override)]
    for group, ms in sorted(heard.other_ms.items()):
        lines.append(say_(N_("{who}: {minutes} min"), who=word(language, group), minutes=minutes(ms)))
    chosen = [chosen_said(language, found.chosen)] if found.chosen.of else []
    parts = [[f"- {line}" for line in (*lines, *chosen)]]
    for dimension in found.dimensions:
        parts.append(["### " + say_(DIMENSIONS[dimension.name])])
        if rows := heard_rows(dimension, found, language):
            head = _row((say_(N_("Group")), *(say_(name) for name, _, _ in HEARD)))
            line = _row(("---", *("---:" for _ in HEARD)))
            parts.append([head, line, *(_row((flat(name), *counts)) for name, *counts in rows)])
        parts.append(dimension_said(language, dimension))
    return "\n\n".join("\n".join(part) for part in parts if part).split("\n")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _asked(line: QuestionLine, language: str) -> str:
    say_ = functools.partial(say, language)
    text = flat(line.text) or say_(N_("(text not public)"))
    reason = f" ({word(language, line.reason)})" if line.reason else ""
    into = say_(N_(" into question {n}"), n=line.merged_into) if line.merged_into else ""
    support = say_(N_("{n} in support"), n=line.support)
    answer = f" — {flat(line.answer)}" if line.answer else ""
    text += f" ({', '.join(line.about)})" if line.about else ""
    return f"- {line.entry}: {text} · {word(language, line.fate)}{reason}{into} · {support}{answer}"


def _notes(view: ReportView, notes: dict[int, int], say_: Say, word_: Say) -> list[str]:
    if not view.evidence:
        return [say_(N_("No sentence of the report names any."))] if view.version else []
    return [f"{notes[found.seq]}. {_evidence(found, say_, word_)}" for found in view.evidence]


def _evidence(found: Evidence, say_: Say, word_: Say) -> str:
    text = flat(found.text) or say_(N_("(text not public)"))
    if found.kind == "turn":
        lane = word_(found.lane) if found.lane else ""
        who = flat(found.who or ", ".join(filter(None, (lane, found.group)))) or say_(N_("a participant"))
        note = f": {text}" if found.text else ""
        if found.comment:
            note += " " + say_(N_("(The speaker comments: {text})"), text=flat(found.comment))
        return say_(N_("Turn of {who}, {seconds} s"), who=who, seconds=found.seconds) + note + _entry(found, say_)
    if found.kind == "line":
        who = flat(found.who or found.group) or say_(N_("a participant"))
        return say_(N_("Said by {who}"), who=who) + f": {text}" + _entry(found, say_)
    if found.kind == "question":
        fate = word_(found.fate)
        asked = say_(N_("Question: {text} · {fate} · {n} in support"), text=text, fate=fate, n=found.supporters)
        groups = {**found.supporters_by_lane, **found.supporters_by_group}
        by = ", ".join(f"{word_(group)} {count}" for group, count in groups.items())
        return asked + (f" ({by})" if by else "") + _entry(found, say_)
    counts = "; ".join(_counts(figure, say_, word_) for figure in found.figures)
    return say_(N_("Statement: {text} · {counts}"), text=text, counts=counts or say_(N_("no votes"))) + _entry(
        found, say_
    )


def _entry(found: Evidence, say_: Say) -> str:
    return " " + say_(N_("(entry {n})"), n=found.seq)


def _counts(figure: Figure, say_: Say, word_: Say) -> str:
    return say_(
        N_("{group}: {agree} agree, {disagree} disagree, {passes} pass of {total}"),
        group=word_(figure.group) if figure.group else say_(N_("all")),
        agree=figure.agree,
        disagree=figure.disagree,
        passes=figure.passes,
        total=total(figure),
    )


def _verify(view: ReportView, say_: Say) -> list[str]:
    return [
        "## " + say_(N_("Verify this record")),
        "",
        say_(N_("The log has {n} entries; its head is {head}."), n=view.entries, head=f"`{view.head}`"),
        say_(N_("Get log.jsonl and run: {command}"), command="`acquis verify log.jsonl`"),
    ]
