"""A transcript is looked at, and enters the record of a session."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from acquis.captions import READERS, CaptionsError, Form, Transcript, read_captions, with_offers
from acquis.floor.speech import ImportTranscript
from acquis.floor.transcripts import Entering, entering
from acquis.state import State
from acquis.web.api.actions import carry_out, count_action
from acquis.web.api.schemas import FILE, upload
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint
from acquis.web.http.rendering import finished
from acquis.web.pages.captions.page import INSIDE, captions, lines_page
from acquis.web.pages.captions.preview import NAMES_SHOWN, TranscriptPreview, preview_of

TRANSCRIPT_LIMIT = 16 * 1024 * 1024
_LINE = ThreadPoolExecutor(1, "transcripts")
"""One thread, in which transcripts stand in line: reading one of 16 MB takes up to 300 MB of memory."""
TEXT = {"type": "string"}


class _Upload(msgspec.Struct, frozen=True):
    """What somebody sent: the file, its form and encoding as chosen, whom the names mean, which offered speakers are
    confirmed, whether the transcript is only to be shown, and whether it is only the beginning of the file."""

    data: bytes
    form: Form | None
    encoding: str
    given: dict[str, int]
    confirmed: frozenset[str]
    shows: bool
    begun: bool


@endpoint(
    "POST",
    "/s/{session:slug}/captions/transcript",
    name="captions_transcript",
    roles=ImportTranscript.roles,
    names=INSIDE,
    live="captions",
    reads=True,
    page="captions",
    accepts=upload({"file": FILE, **dict.fromkeys(("form", "encoding", "name", "seat", "offer", "step"), TEXT)}),
)
async def transcript(context: RequestContext) -> Response:
    """A transcript file enters the record; the page tells who was matched and what was not understood. The same file
    sent again is there already. With `step=preview` it is only shown: its form, its names and what is doubtful; with
    `step=beginning` the file is the beginning of a large one, and its first turns are shown."""
    async with context.request.form(max_files=1, max_fields=4 * NAMES_SHOWN, max_part_size=TRANSCRIPT_LIMIT) as form:
        file = form.get("file")
        data = await file.read(TRANSCRIPT_LIMIT + 1) if isinstance(file, UploadFile) else b""
        sent = _sent(form, data)
    state = await context.frozen()
    try:
        read, whole, offers = await asyncio.get_running_loop().run_in_executor(_LINE, _read, sent, state)
    except CaptionsError as error:
        guesses = tuple(str(error.facts.get("guesses", "")).split(", ")) if error.code == "unknown_encoding" else ()
        preview = TranscriptPreview(sent.form, sent.encoding, guesses=guesses) if guesses or sent.encoding else None
        shown = await context.on(captions.declaration, [("file", error.sentence(context.language))], 422)
        return finished(await lines_page(shown, preview))
    if sent.shows:
        shown = await context.on(captions.declaration)
        preview = preview_of(sent.form, sent.encoding, read, whole)
        preview = msgspec.structs.replace(preview, offers=offers, confirmed=sent.confirmed, begun=sent.begun)
        return finished(await lines_page(shown, preview))
    known = any(
        entered.digest == hashlib.sha256(sent.data).hexdigest() for entered in context.state.transcripts.values()
    )
    count_action(context)
    outcomes = await asyncio.gather(
        *(carry_out(context, command, key, counted=False) for key, command in whole.commands), return_exceptions=True
    )
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    await context.application.board.reindex(context.session)
    return context.redirect(f"/s/{context.id}/captions?imported={0 if known else len(whole.commands) - 1}#unmatched")


def _sent(form: FormData, data: bytes) -> _Upload:
    """The upload with the choices beside it; a choice that does not exist counts as none."""
    said = {key: str(value) for key, value in form.items() if isinstance(value, str)}
    names, seats = ([str(value) for value in form.getlist(key)] for key in ("name", "seat"))
    kind = next((reader.form for reader in READERS if reader.form == said.get("form")), None)
    given = {name: int(seat) for name, seat in zip(names, seats) if seat.isdecimal() and len(seat) < 5}
    confirmed = frozenset(str(value) for value in form.getlist("offer"))
    step, encoding = said.get("step", ""), said.get("encoding", "")[:40]
    begun = step == "beginning"
    data = data[: data.rfind(b"\n") + 1] or data if begun else data
    return _Upload(data, kind, encoding, given, confirmed, shows=begun or step == "preview", begun=begun)


def _read(sent: _Upload, state: State) -> tuple[Transcript, Entering, dict[str, int]]:
    """The transcript, the commands that enter it, and how many turns each offered speaker has in the file. Raises
    CaptionsError."""
    if len(sent.data) > TRANSCRIPT_LIMIT:
        raise CaptionsError("too_large", limit=TRANSCRIPT_LIMIT)
    read = read_captions(sent.data, sent.form, sent.encoding)
    read.require_words()
    offers = Counter(turn.offered for turn in read.turns if turn.offered)
    read = with_offers(read, sent.confirmed)
    seats = len(state.seats)
    given = {name: seat for name, seat in sent.given.items() if seat <= seats}
    return read, entering(read, sent.data, state, given), dict(offers.most_common(NAMES_SHOWN))
