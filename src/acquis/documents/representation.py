"""The blocks on who is represented: the short list of statements, and the questions that were put."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.documents.blocks import Block, Heading, Paragraph, Said, Sentences, worded_table
from acquis.documents.view import ReportView
from acquis.events import GroupSlate
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.statistics.opinion_words import percent
from acquis.statistics.slate import unput_sentence
from acquis.statistics.slate_words import TITLE, parts_left, slate_sentences
from acquis.text.plain_text import one_line


def short_list(view: ReportView, language: str) -> Iterator[Block]:
    """The statements of the short list and its audit; no block where there is none."""
    if view.slate is None:
        return
    texts = {line.entry: one_line(line.text) for line in view.statements}
    hidden = say(language, N_("(text not public)"))
    yield Heading(say(language, TITLE), 2, anchor="short-list")
    yield Sentences(tuple(Said(texts.get(entry) or hidden, entry=entry) for entry in view.slate.statements))

    def text(entry: int) -> str:
        return texts.get(entry) or hidden

    yield from map(Paragraph, slate_sentences(language, view.slate, text))
    if view.slate.groups:
        yield worded_table(language, _IN_GROUPS, _HEAD, tuple(_row(group, language) for group in view.slate.groups))
        yield from map(Paragraph, parts_left(language, view.slate, text))


_IN_GROUPS = N_("How many of each group agree with at least one of these statements")
_HEAD = (N_("Group"), N_("Voted"), N_("Represented"))


def _row(group: GroupSlate, language: str) -> tuple[str, ...]:
    name = one_line(word(language, "group", group.group))
    return name, str(group.people), f"{group.heard} ({percent(group.heard / max(group.people, 1))}%)"


def unput(view: ReportView, language: str) -> Iterator[Block]:
    """The largest group whose question was never put; no block where nobody supported a question."""
    if view.unput is not None:
        texts = {line.entry: one_line(line.text) for line in view.questions}
        hidden = say(language, N_("(text not public)"))
        yield Paragraph(unput_sentence(language, view.unput, lambda entry: texts.get(entry) or hidden))
