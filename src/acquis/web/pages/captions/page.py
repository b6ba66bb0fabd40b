"""The captions of a session: reading, searching and correcting them."""

from __future__ import annotations

import functools
from collections.abc import Callable

from starlette.responses import Response

from acquis.captions import READERS, REASONS
from acquis.command import CAPTIONER, PEOPLE, WRITERS
from acquis.floor.speech import CaptionSpeech, ImportTranscript, PlaceSpeech, own_lines
from acquis.i18n import N_, N_plural, say_many
from acquis.roster import Pass
from acquis.state import SpeechLine, State
from acquis.text.full_text import marked
from acquis.web.http import lengths
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.live.page import render_live, view
from acquis.web.live.speech import LINES_SHOWN, label_of, likely_for, speaker_for, spoken
from acquis.web.live.view import View
from acquis.web.pages.captions.preview import TranscriptPreview

INSIDE = WRITERS | {CAPTIONER}
"""Roles that see names also when a session under the Chatham House Rule has ended."""
LINES_A_PAGE = 400


@page(
    "/s/{session:slug}/captions", roles=PUBLIC,
    access=JOINED,
    names=INSIDE,
    live="captions",
    scripts=(
        "shared/dom.js", "shared/storage.js", "shared/idempotency.js", "live/follow.js", "pages/captions/page.js",
        "pages/captions/gap.js", "pages/captions/typing.js", "pages/captions/transcript.js",
    ),
)  # fmt: skip
async def captions(context: RequestContext) -> Response:
    """The newest lines; `?line=12` the part with that line, `?from=` a part by its first line, `?q=` the lines with
    these words."""
    return await lines_page(context)


async def lines_page(context: RequestContext, preview: TranscriptPreview | None = None) -> Response:
    """The page for the reader of a context; with a transcript that is looked at before it enters the record."""
    shown, state, me = view(context), context.state, context.actor
    lines = list(state.speech.values())
    query, who = (context.query(name).strip()[: lengths.SEARCH] for name in ("q", "who"))
    begin = _begin(context, lines)
    if query:
        listed = await context.application.board.spoken_in(context.session, state, query)
    else:
        listed = [line for line in lines if speaker_for(shown, line) == who] if who else lines[begin:][:LINES_A_PAGE]
    return render_live(
        context, "pages/captions/page.html",
        lines=listed, before=dict(zip((line.seq for line in lines), [None, *lines], strict=False)),
        spoken=spoken(shown), label_of=functools.partial(label_of, shown), marked=marked,
        likely_of=functools.partial(likely_for, shown) if me.roles & PlaceSpeech.roles else None,
        query=query, who=who, speakers=_speakers(shown, lines),
        last=begin + LINES_A_PAGE >= len(lines), whole=len(lines), holds=LINES_SHOWN,
        earlier=lines[max(begin - LINES_A_PAGE, 0)].seq if begin else 0,
        later=lines[begin + LINES_A_PAGE].seq if begin + LINES_A_PAGE < len(lines) else 0,
        may_type=bool(me.roles & CaptionSpeech.roles) and state.is_open,
        may_import=bool(me.roles & ImportTranscript.roles) and bool(state.opened_at),
        may_correct=_may_correct(state, me),
        correcting=context.number("correct") or context.number("line") * bool(context.typed),
        unmatched=_unmatched(state) if me.roles & INSIDE else [],
        readers=READERS, preview=preview, reasons=context.words(REASONS),
        notice=_notice(context),
    )  # fmt: skip


def _speakers(view: View, lines: list[SpeechLine]) -> list[tuple[str, int]]:
    """Speaker -> number of lines, in the order of their first lines."""
    count: dict[str, int] = {}
    for line in lines:
        if who := speaker_for(view, line):
            count[who] = count.get(who, 0) + 1
    return list(count.items())


def _may_correct(state: State, me: Pass) -> Callable[[SpeechLine], bool]:
    """The lines that the reader may correct: writers all, others their own until the report is published."""
    if me.roles & INSIDE:
        return lambda line: True
    if not me.roles & PEOPLE or state.reports:
        return lambda line: False
    own = own_lines(state, me.actor())
    return lambda line: line.seq in own


def _begin(context: RequestContext, lines: list[SpeechLine]) -> int:
    """The place of the first line to show: the newest part, unless a line is asked for."""
    wanted = context.number("from") or context.number("line") or context.number("correct")
    if not wanted:
        return max(len(lines) - LINES_A_PAGE, 0)
    at = next((n for n, line in enumerate(lines) if line.seq >= wanted), max(len(lines) - 1, 0))
    return at if context.query("from") else at // LINES_A_PAGE * LINES_A_PAGE


def _unmatched(state: State) -> list[tuple[SpeechLine, int]]:
    """The speakers that are not matched to the panel: the first line and the number of lines of each."""
    first: dict[str, SpeechLine] = {}
    count: dict[str, int] = {}
    for line in state.speech.values():
        if line.speaker and not line.seat:
            first.setdefault(line.speaker, line)
            count[line.speaker] = count.get(line.speaker, 0) + 1
    return [(line, count[name]) for name, line in first.items()]


_KNOWN = N_("This file was added before. Nothing was changed.")
_IMPORTED = N_plural("{n} line was added to the record.", "{n} lines were added to the record.")


def _notice(context: RequestContext) -> str:
    number = context.number("imported")
    if context.query("imported") == "0":
        return context.say(_KNOWN)
    return say_many(context.language, *_IMPORTED, number) if number and context.state.transcripts else ""
