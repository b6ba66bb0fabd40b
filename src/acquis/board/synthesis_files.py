"""The synthesis of a gathering as a document, as a table and as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from acquis.board.synthesis import GatheringSynthesis, SessionShare
from acquis.documents.blocks import Block, Check, Contents, Cover, Heading, Paragraph, worded_table
from acquis.documents.docx import docx_of
from acquis.documents.inputs import counts_table, outcome_counts, topic_row
from acquis.documents.markdown import markdown
from acquis.documents.messages import DRAFT_HEAD, draft_row
from acquis.documents.page import html_of
from acquis.documents.rows import written
from acquis.documents.topics import item_title
from acquis.i18n import N_, N_plural, say, say_many
from acquis.text.plain_text import one_line

_ABOUT = N_(
    "An input is an intervention, a question, a statement or a written contribution of a session that has ended. Its "
    "topics are the items of the reference that were confirmed for it or for the sentences of the report that take it "
    "up. An input with several topics is counted under each."
)
_REHEARSALS = N_("All sessions of this event are rehearsals.")


def synthesis_blocks(made: GatheringSynthesis, language: str) -> Iterator[Block]:
    """The synthesis of a gathering: inputs by kind, group and topic, what each session adds, and its messages."""
    if made.rehearsal:
        yield Paragraph(say(language, _REHEARSALS))
    if not made.sessions:
        yield Paragraph(say(language, N_("No session has ended with inputs, and no message was proposed.")))
        return
    yield Heading(say(language, N_("Inputs and their outcomes")), anchor="inputs")
    yield Paragraph(say(language, _ABOUT))
    yield from counts_table(made.kinds, language)
    yield from counts_table(made.groups, language)
    titles = {share.session: one_line(share.title) for share in made.sessions}
    if made.topics:
        head = (N_("Topic"), N_("Total"), N_("Kinds"), N_("Stakeholder groups"), N_("Outcomes"), N_("Sessions"))
        rows = tuple(
            (*topic_row(topic.count, language), "\n".join(titles[session] for session in topic.sessions))
            for topic in made.topics
        )
        yield worded_table(language, N_("What was proposed on each topic"), head, rows)
    shares = tuple(
        (titles[share.session], str(share.inputs), outcome_counts(share.outcomes, language)) for share in made.sessions
    )
    yield worded_table(
        language, N_("What each session contributed"), (N_("Session"), N_("Inputs"), N_("Outcomes")), shares
    )
    yield from _drafts(made.sessions, language)


def _drafts(shares: tuple[SessionShare, ...], language: str) -> Iterator[Block]:
    rows = tuple(
        (one_line(share.title), *draft_row(paragraph, language)) for share in shares for paragraph in share.draft
    )
    if any(paragraph.is_discussed for share in shares for paragraph in share.draft):
        yield Heading(say(language, N_("Messages")), anchor="messages")
        yield worded_table(language, N_("What was proposed on each message"), (N_("Session"), *DRAFT_HEAD), rows)


def contents(made: GatheringSynthesis, language: str, address: str) -> Contents:
    """The synthesis as a document. `address`: of the page that shows it."""
    sessions = N_plural("{n} session", "{n} sessions")
    cover = Cover(
        kind=say(language, N_("Synthesis of an event")),
        tag=say(language, N_("Rehearsal")) if made.rehearsal else "",
        under=(say_many(language, *sessions, len(made.sessions)),),
        seats=None,
        facts=(),
        notes=(),
        check=Check(say(language, N_("Its figures follow from the records of the sessions:")), address, "", "", ()),
    )
    return Contents(one_line(made.name), cover, tuple(synthesis_blocks(made, language)))


def synthesis_csv(made: GatheringSynthesis) -> bytes:
    """The topics of each session, one a row: how many inputs of which kinds, their outcomes, and the groups."""
    head = ("item", "title", "inputs", "kinds", "groups", "outcomes", "sessions")
    rows = (
        (
            topic.count.item,
            item_title(topic.count.item) if topic.count.item else "",
            topic.count.inputs,
            " ".join(f"{kind}:{n}" for kind, n in topic.count.kinds.items()),
            "; ".join(topic.count.groups),
            " ".join(f"{kind}:{n}" for kind, n in topic.count.outcomes.items()),
            " ".join(topic.sessions),
        )
        for topic in made.topics
    )
    return written(head, rows)


def synthesis_json(made: GatheringSynthesis) -> bytes:
    """The synthesis as indented JSON, UTF-8."""
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


class SynthesisForm(msgspec.Struct, frozen=True):
    """A form of the synthesis: the ending of its file, its media type, its title as a message, and its writer, which
    takes the language, the address of the page and the present time."""

    ending: str
    media_type: str
    title: str
    write: Callable[[GatheringSynthesis, str, str, datetime], bytes]


SYNTHESIS_FORMS: tuple[SynthesisForm, ...] = (
    SynthesisForm(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        N_("Synthesis as a Word document"),
        lambda made, language, address, now: docx_of(contents(made, language, address), now, language),
    ),
    SynthesisForm(
        "html",
        "text/html; charset=utf-8",
        N_("Synthesis as one web page, for reading offline"),
        lambda made, language, address, now: html_of(contents(made, language, address), language).encode(),
    ),
    SynthesisForm(
        "md",
        "text/markdown; charset=utf-8",
        N_("Synthesis as text (Markdown)"),
        lambda made, language, address, now: markdown(contents(made, language, address)).encode(),
    ),
    SynthesisForm(
        "csv",
        "text/csv; charset=utf-8",
        N_("The topics as a table (CSV)"),
        lambda made, language, address, now: synthesis_csv(made),
    ),
    SynthesisForm(
        "json",
        "application/json",
        N_("Synthesis as data (JSON)"),
        lambda made, language, address, now: synthesis_json(made),
    ),
)
"""The files of the synthesis of a gathering."""
