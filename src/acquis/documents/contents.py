"""The blocks of a report, the same for every document format."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import UTC, datetime

import msgspec

from acquis.documents.amendments import amendments, changes_of_people
from acquis.documents.blocks import (
    Block,
    Contents,
    Heading,
    Note,
    Notes,
    Paragraph,
    Said,
    Sentences,
    picture,
    worded_table,
)
from acquis.documents.charts import map_or_sentence, minutes, time_line
from acquis.documents.commitments import commitments
from acquis.documents.cover import cover
from acquis.documents.coverage import covered
from acquis.documents.earlier import since_earlier
from acquis.documents.heard_chart import heard_picture
from acquis.documents.in_words import in_words
from acquis.documents.inputs import inputs
from acquis.documents.measures import moderation
from acquis.documents.meetings import attendance_sentences, poll_results
from acquis.documents.messages import messages
from acquis.documents.moments import two_moments
from acquis.documents.questions import questions, reason_in_brackets
from acquis.documents.representation import short_list
from acquis.documents.sentences import report_sentences
from acquis.documents.statement_annex import statement_annex
from acquis.documents.topics import topics
from acquis.documents.verification import verification
from acquis.documents.view import ReportView, StatementLine
from acquis.events import Figure
from acquis.i18n import N_, N_plural, say, say_many
from acquis.i18n.dates import span
from acquis.i18n.vocabulary import word
from acquis.state import State
from acquis.state.counting import is_counted
from acquis.statistics.concentration import TITLES as DIMENSIONS
from acquis.statistics.concentration import chosen_sentence, dimension_sentences, row_name
from acquis.statistics.evidence import Evidence
from acquis.statistics.heard import Account, Dimension, Row, account
from acquis.statistics.opinion_words import area_sentence, area_title
from acquis.statistics.summary import total
from acquis.text.plain_text import one_line
from acquis.text.scripts import right_to_left

AREAS_SHOWN = 5
FEWEST_VOTES = 5
EXCERPT = 600
"""The most characters of a written contribution in the evidence."""


def contents(view: ReportView, state: State, language: str, address: str = "") -> Contents:
    """The report of a view as a cover and blocks. `state`: the state from which the view was made, for the pictures.
    `address`: of the page of the session, for the cover; empty: not known."""
    view = in_words(view, state, language)
    numbers = {evidence.seq: number for number, evidence in enumerate(view.evidence, 1)}
    parts = (
        report_sentences(view, language),
        commitments(view.commitments, language),
        covered(view, language),
        messages(view, language),
        people(view, state, language),
        _votes(view, state, language),
        two_moments(view.moved, texts_of(view), language),
        since_earlier(view.earlier, texts_of(view), state, language),
        (Heading(say(language, N_("Who was heard"))),),
        heard(view, language),
        heard_in_full(view, state, language),
        inputs(state, language),
        questions(view, language),
        poll_results(state, language),
        statements(view, state, language),
        moderation(state, language),
        amendments(state, language),
        _notes(view, numbers, language),
        versions(view, language),
        verification(view, language),
        version(view, language),
        statement_annex(view, state, language),
    )
    untitled = say(language, N_("Report of a session"))
    blocks = tuple(block for part in parts for block in part)
    return Contents(one_line(view.title) or untitled, cover(view, state, language, address), blocks)


def people(view: ReportView, state: State, language: str) -> Iterator[Block]:
    """The people of the programme as a table, without the columns that nobody filled, and who was replaced; no block
    without people."""
    roles = {role: word(language, "role", role.removesuffix("s")) for role in view.people}
    rows = [
        (person.name, roles[role], person.organization, person.stakeholder, person.region)
        for role, named in view.people.items()
        for person in named
    ]
    changes = changes_of_people(state, language)
    if rows or changes:
        yield Heading(say(language, N_("Speakers and organizers")), anchor="people")
    if rows:
        head = (N_("Name"), N_("Role"), N_("Organization"), N_("Stakeholder group"), N_("Regional group"))
        kept = [column for column in range(len(head)) if any(row[column] for row in rows)]
        shown = tuple(tuple(one_line(row[column]) for column in kept) for row in rows)
        yield worded_table(language, N_("The people of the programme"), tuple(head[column] for column in kept), shown)
    yield from map(Paragraph, changes)


def dated(view: ReportView, state: State) -> datetime:
    """The date of a document: that of its version or, without one, that of the newest entry; never the present."""
    return datetime.fromisoformat(view.published) if view.published else datetime.fromtimestamp(state.at // 1000, UTC)


def version(view: ReportView, language: str) -> Iterator[Block]:
    """Which version the report is, when it was published, and what it corrects."""
    if not view.version:
        yield Paragraph(say(language, N_("No report has been published yet.")))
        return
    about = N_("Version {n} of {of}, published {time}, is entry {entry} of the log. Deadline of the report: {due}.")
    facts = {"n": view.version, "of": len(view.versions), "time": view.published, "due": view.due, "entry": view.entry}
    yield Paragraph(say(language, about, **facts))
    if view.correction:
        yield Paragraph(say(language, N_("Changes: {why}"), why=one_line(view.correction)))


def _votes(view: ReportView, state: State, language: str) -> Iterator[Block]:
    """The areas of agreement, and the opinion map where it shows a structure; otherwise a sentence says so."""
    ranked, (svg, sentence) = tuple(areas(view, language)), map_or_sentence(state, language)
    listed = tuple(short_list(view, language))
    if sentence or ranked or listed:
        yield Heading(say(language, N_("Results of the votes")))
    if sentence and not svg:
        yield Paragraph(sentence)
    yield from (*ranked, *listed)
    if svg:
        yield Heading(say(language, N_("Opinion map")), 2)
        yield picture(svg)
        yield Paragraph(sentence)


def areas(view: ReportView, language: str) -> Iterator[Block]:
    """For each kind of area its first statements, each with its figures in a sentence; no block for an empty kind."""
    texts = texts_of(view)
    hidden = say(language, N_("(text not public)"))
    for kind in view.areas.__struct_fields__:
        if ranked := getattr(view.areas, kind)[:AREAS_SHOWN]:
            yield Heading(area_title(language, kind, any(area.least for area in ranked)), 2)
            yield Sentences(
                tuple(
                    Said(
                        texts.get(area.statement) or hidden,
                        one_line(area_sentence(language, kind, area)),
                        entry=area.statement,
                    )
                    for area in ranked
                )
            )


def texts_of(view: ReportView) -> dict[Hashable, str]:
    """The entries of all statements with their texts in one line."""
    return {line.entry: one_line(line.text) for line in view.statements}


def heard(view: ReportView, language: str) -> Iterator[Block]:
    """How many people spoke through the queue, and how many turns followed the rule."""
    spoke = N_plural("{n} person spoke from the list of speakers", "{n} people spoke from the list of speakers")
    fresh = N_plural("{n} for the first time", "{n} for the first time")
    rule = N_("Interventions under the fairness rule: {rule}. Out of turn: {override}")
    spoken = say_many(language, *spoke, view.heard.spoke), say_many(language, *fresh, view.heard.first_time)
    if view.heard.spoke or not view.chatham:  # under the Chatham House Rule the public log does not show who spoke
        yield Paragraph(", ".join(spoken) + ".")
    yield Paragraph(say(language, rule, rule=view.heard.by_rule, override=view.heard.by_override) + ".")


def heard_in_full(view: ReportView, state: State, language: str) -> Iterator[Block]:
    """The counts by each attribute of people, the turns outside the queue, and the time line."""
    counted = account(state, state.at)
    if not is_counted(state):
        yield Paragraph(say(language, N_("How many people joined and voted is published when the session has closed.")))
    for dimension in counted.dimensions:
        yield from _dimension(dimension, counted, language)
    yield from map(Paragraph, attendance_sentences(state, language))
    if sentence := chosen_sentence(language, counted.chosen):
        yield Paragraph(sentence)
    if others := tuple(
        (word(language, "turn", kind, "plural"), str(minutes(ms))) for kind, ms in sorted(view.heard.other_ms.items())
    ):
        yield worded_table(language, N_("Outside the list of speakers"), (N_("Interventions"), N_("Minutes")), others)
    if svg := time_line(state, view.heard, language, rtl=right_to_left(language)):
        yield Heading(say(language, N_("Timeline")), 2)
        yield picture(svg)


HEARD: tuple[tuple[str, Callable[[Row], object]], ...] = (
    (N_("Joined"), lambda row: row.joined),
    (N_("Requests to speak"), lambda row: row.hands),
    (N_("Interventions"), lambda row: row.turns),
    (N_("Minutes"), lambda row: minutes(row.floor_ms)),
    (N_("Asked"), lambda row: row.asked),
    (N_("Put"), lambda row: row.put),
    (N_("Answered"), lambda row: row.answered),
    (N_("Proposed"), lambda row: row.proposed),
    (N_("Votes"), lambda row: row.votes),
)
"""The columns of the table of groups: title and value. Hands, turns and minutes are those of the queue."""
_WITHOUT_VOTES = N_("{title}: interventions and questions")


def heard_rows(dimension: Dimension, account: Account, language: str) -> list[tuple[str, ...]]:
    """The rows of a dimension and of everybody, each with its columns (`heard_columns`); empty if all counts are 0."""
    if not any(any(of(row) for _, of in HEARD) for row in dimension.rows):
        return []
    named = [(row_name(language, row), row) for row in dimension.rows]
    named.append((say(language, N_("all")), account.everybody))
    columns = heard_columns(dimension, account)
    return [(one_line(name), *(str(of(row)) for _, of in columns)) for name, row in named]


def heard_columns(dimension: Dimension, account: Account) -> tuple[tuple[str, Callable[[Row], object]], ...]:
    """The columns of `HEARD` for an attribute: without the votes where these are not shown by it, and without those who
    joined too before their number is published."""
    if not account.everybody.joined:
        return HEARD[1:-1]
    return HEARD if dimension.votes else HEARD[:-1]


def _dimension(dimension: Dimension, account: Account, language: str) -> Iterator[Block]:
    """The picture of a dimension, the table of its groups, and the sentences below it."""
    rows, sentences = heard_rows(dimension, account, language), dimension_sentences(language, dimension)
    if not rows and not sentences:
        return
    title = say(language, DIMENSIONS[dimension.name])
    yield Heading(title, 2)
    alone = msgspec.structs.replace(account, dimensions=(dimension,))
    if svg := heard_picture(alone, language, rtl=right_to_left(language)):
        yield picture(svg)
    if rows:
        head = (N_("Group"), *(name for name, _ in heard_columns(dimension, account)))
        votes = dimension.votes and account.everybody.joined
        message = N_("{title}: interventions, questions, votes") if votes else _WITHOUT_VOTES
        caption = say(language, message, title=title)
        yield worded_table(language, caption, head, tuple(rows))
    yield from map(Paragraph, sentences)


def statements(view: ReportView, state: State, language: str) -> Iterator[Block]:
    """Every statement and its votes; no block without statements."""
    if not view.statements:
        return
    yield Heading(say(language, N_("Statements and votes")), anchor="statements")
    head = (N_("Entry"), N_("Statement"), N_("Agree"), N_("Disagree"), N_("Pass / unsure"), N_("Voted"))
    shown = [line for line in view.statements if line.fate != "held_back"]
    rows = tuple(_statement(line, few_votes(state, line), language) for line in shown)
    anchors = tuple(f"s{line.entry}" for line in shown)
    yield worded_table(language, N_("All statements and the votes on them"), head, rows, anchors)


def few_votes(state: State, line: StatementLine) -> bool:
    """Whether the votes on a statement are withheld: before the end, the first few could be matched with the people in
    the room."""
    voted = sum(total(figure) for figure in line.figures if not figure.group)
    return state.phase != "closed" and voted < FEWEST_VOTES


def _statement(line: StatementLine, few: bool, language: str) -> tuple[str, ...]:
    text = one_line(line.text) or say(language, N_("(text not public)"))
    fate = word(language, "fate", line.fate) + reason_in_brackets(language, line.reason)
    about = [topics(line.about, language)] if line.about else []
    if few:
        return (
            str(line.entry),
            "\n".join(
                (
                    text,
                    *about,
                    say(language, N_("Fewer than 5 votes so far. Results will appear after the fifth vote.")),
                    fate,
                )
            ),
            *[""] * 4,
        )
    groups = [counts(figure, language) for figure in line.figures if figure.group]
    everybody = next((figure for figure in line.figures if not figure.group), Figure(line.entry, 0, 0, 0))
    numbers = (everybody.agree, everybody.disagree, everybody.passes, total(everybody))
    return str(line.entry), "\n".join((text, *about, *groups, fate)), *map(str, numbers)


def counts(figure: Figure, language: str) -> str:
    """The votes of a group, or of everybody, on a statement in words."""
    return say(
        language,
        N_("{group}: agree {agree}, disagree {disagree}, pass {passes}, total {total}"),
        group=one_line(word(language, "group", figure.group)) if figure.group else say(language, N_("all")),
        agree=figure.agree,
        disagree=figure.disagree,
        passes=figure.passes,
        total=total(figure),
    )


def _notes(view: ReportView, numbers: dict[int, int], language: str) -> Iterator[Block]:
    yield Heading(say(language, N_("Evidence")))
    if view.evidence:
        yield Notes(tuple(_note(evidence, numbers[evidence.seq], language) for evidence in view.evidence))
    else:
        yield Paragraph(say(language, N_("The report cites no evidence.")))


def _note(evidence: Evidence, number: int, language: str) -> Note:
    hidden = say(language, N_("(text not public)"))
    text, entry = one_line(evidence.text), say(language, N_("(entry {n})"), n=evidence.seq)
    if evidence.kind == "turn":
        lane = word(language, "group", evidence.lane) if evidence.lane else ""
        who = one_line(evidence.who or ", ".join(filter(None, (lane, evidence.group)))) or say(
            language, N_("a participant")
        )
        if evidence.comment:
            text += " " + say(language, N_("(The speaker comments: {text})"), text=one_line(evidence.comment))
        return Note(
            number,
            say(language, N_("Intervention by {who}, {time}"), who=who, time=span(language, 1000 * evidence.seconds)),
            text,
            entry,
        )
    if evidence.kind == "line":
        return Note(number, _said_by(evidence, language), text or hidden, entry)
    if evidence.kind == "question":
        facts = [word(language, "fate", evidence.fate), say(language, N_("{n} in support"), n=evidence.supporters)]
        return Note(number, say(language, N_("Question")), text or hidden, _facts_of(facts, entry))
    if evidence.kind == "contribution":
        who = one_line(", ".join(filter(None, (evidence.who, evidence.group)))) or say(language, N_("a participant"))
        label = say(language, N_("Written contribution by {who}"), who=who)
        return Note(number, label, text[:EXCERPT] + ("…" if len(text) > EXCERPT else "") or hidden, entry)
    figures = "; ".join(counts(figure, language) for figure in evidence.figures) or say(language, N_("No votes."))
    return Note(number, say(language, N_("Statement")), text or hidden, _facts_of([figures], entry))


def _said_by(evidence: Evidence, language: str) -> str:
    """By whom a line was said: a name, a group, the participant in whose turn it was said, or that it is not known."""
    if known := one_line(evidence.who or evidence.group):
        return say(language, N_("Said by {who}"), who=known)
    if evidence.turn:
        return say(language, N_("Said by {who}"), who=say(language, N_("a participant")))
    if evidence.likely:
        return say(language, N_("Said by an unknown speaker, perhaps {name}"), name=one_line(evidence.likely))
    return say(language, N_("Said by an unknown speaker"))


def _facts_of(facts: list[str], entry: str) -> str:
    return f"{' · '.join(facts)} {entry}"


def versions(view: ReportView, language: str) -> Iterator[Block]:
    """Every version of a report that was corrected; no block for the only version."""
    if len(view.versions) < 2:
        return
    yield Heading(say(language, N_("Versions")), anchor="versions")
    head = (N_("Version"), N_("Published"), N_("Entry"), N_("Changes"))
    rows = tuple(
        (str(line.version), line.published, str(line.entry), one_line(line.correction)) for line in view.versions
    )
    anchors = tuple(f"v{line.version}" for line in view.versions)
    yield worded_table(language, N_("All versions of this report"), head, rows, anchors)
