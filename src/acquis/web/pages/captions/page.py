"""Captions: a captioner pushes lines, phones and the stage show them, anybody reads and searches them afterwards.

A final line goes through the one door like everything else; a partial one is shown and forgotten.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from acquis.captions import READERS, CaptionsError, read_captions
from acquis.command import CAPTIONER, PEOPLE, WRITERS, Refused
from acquis.floor.speech import LINE_LIMIT, CaptionSpeech, ImportTranscript, own_lines
from acquis.floor.transcripts import entering
from acquis.i18n import N_, say_many
from acquis.i18n.refusals import refusal_sentence
from acquis.record import RecordBroken, RecordFull
from acquis.roster import Pass
from acquis.session import Session
from acquis.state import SpeechLine, State
from acquis.text.folding import marked
from acquis.web.api.actions import PAGES, TooLarge, body_of, carry_out, refusal
from acquis.web.http import passes
from acquis.web.http.application import Application, house_of
from acquis.web.http.problems import json_response, problem
from acquis.web.http.rendering import language_of
from acquis.web.live import regions as live
from acquis.web.pages.floor.page import live_page, open_session

INSIDE = WRITERS | {CAPTIONER}
"""Who sees names also when a session under the Chatham House Rule has ended."""
LINES_A_PAGE, LINES_A_PUSH = 400, 200
TRANSCRIPT_LIMIT = 10 * 1024 * 1024


class Pushed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line as a captioner sends it. `key` makes sending it again harmless; final lines need one, or the request's
    Idempotency-Key. A partial line (`final` false) replaces the partial one before."""

    text: str
    final: bool = True
    speaker: str = ""
    language: str = ""
    key: str = ""


class Push(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Several lines in their order."""

    lines: list[Pushed]


# --- pushing ----------------------------------------------------------------------------------------------------


async def push(request: Request) -> Response:
    """`POST /s/{id}/captions`: a line or a batch, as JSON, or one final line as plain text; with the cookie of a pass,
    or its secret as a bearer token. 200 when every line is durable: the number of each; else what was refused."""
    house = house_of(request)
    session = await house.board.session(request.path_params["session"])
    if session is None:
        return problem(request, 404, "no_such_session")
    me = _bearer(request, session.log) or passes.pass_of(request, session.log)
    if not me.roles & CaptionSpeech.roles:
        return problem(request, 403, "not_allowed", roles=sorted(CaptionSpeech.roles))
    try:
        lines = _lines(await body_of(request), request.headers)
    except (TooLarge, Refused) as error:
        status, code, facts = refusal(error)
        return problem(request, status, code, **facts)
    return await _keep(request, house, session, me, lines)


def _bearer(request: Request, session: str) -> Pass | None:
    """Who holds the token in the header, in this session."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 20 <= len(secret) <= 64:
        return None
    found = house_of(request).roster.holder(secret.strip())
    return found if found is not None and found.session in (session, "") else None


def _lines(body: bytes, headers: Any) -> list[Pushed]:
    key = headers.get("idempotency-key", "")
    if not headers.get("content-type", "").startswith("application/json"):
        try:
            return [Pushed(body.decode().strip(), key=key)]
        except UnicodeDecodeError as error:
            raise Refused("bad_fields", reason="it is not UTF-8 text") from error
    try:
        whole = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        lines = (
            msgspec.json.decode(body, type=Push).lines if "lines" in whole else [msgspec.json.decode(body, type=Pushed)]
        )
    except msgspec.DecodeError as error:
        raise Refused("bad_fields", reason=str(error)) from error
    if len(lines) > LINES_A_PUSH:
        raise Refused("bad_fields", reason=f"more than {LINES_A_PUSH} lines at once")
    return [
        msgspec.structs.replace(line, key=line.key or (f"{key}-{n}" if key else "")) for n, line in enumerate(lines)
    ]


async def _keep(request: Request, house: Application, session: Session, me: Pass, lines: list[Pushed]) -> Response:
    """Every final line through the door, all at once, so that one commit serves them; then the newest partial one."""
    final = [line for line in lines if line.final]
    asked = [CaptionSpeech(line.text, line.speaker, 0, line.language) for line in final]
    outcomes = await asyncio.gather(
        *(carry_out(house, session, me, one, line.key) for one, line in zip(asked, final, strict=True)),
        return_exceptions=True,
    )
    if lines:
        last = lines[-1]
        house.streams.partials[session.log] = "" if last.final else " ".join(last.text.split())[-LINE_LIMIT:]
    told = [_told(request, outcome) for outcome in outcomes]
    worst = max((status for status, _ in told), default=200)
    answer = {"lines": [one for _, one in told]}
    if worst == 200:
        return json_response(200, answer)
    first = next(one for status, one in told if status == worst)
    return json_response(worst, {**first, **answer})


def _told(request: Request, outcome: object) -> tuple[int, dict[str, object]]:
    if isinstance(outcome, Refused | RecordFull | RecordBroken):
        status, code, facts = refusal(outcome)
        return status, {
            "refused": code,
            "facts": facts,
            "sentence": refusal_sentence(language_of(request), code, facts),
        }
    if isinstance(outcome, BaseException):
        raise outcome
    return 200, {"seq": getattr(outcome, "seq", None)}


# --- reading ----------------------------------------------------------------------------------------------------


Typed = dict[str, str] | None


async def captions(request: Request, problem: str = "", typed: Typed = None, status: int = 200) -> Response:
    """What is said, the newest lines; `?line=12` the part with that line, `?from=` a part by its first line, `?q=` the
    lines with these words."""
    return await _page(request, problem, typed, status)


async def _page(request: Request, sentence: str, typed: Typed, status: int) -> Response:
    found = await open_session(request, "captions")
    if isinstance(found, Response):
        return found
    house, session, me = found
    await session.settled()
    inside = bool(me.roles & INSIDE)
    view = msgspec.structs.replace(house.streams.view(session, 0, None, inside), lang=language_of(request))
    state, lines = view.state, list(view.state.speech.values())
    query, who = (request.query_params.get(name, "").strip()[:200] for name in ("q", "who"))
    begin = _begin(lines, request.query_params)
    if query:
        shown = house.board.spoken_in(session.log, state, query)
    else:
        shown = [line for line in lines if live.speaker_for(view, line) == who] if who else lines[begin:][:LINES_A_PAGE]
    return await live_page(
        request, "captions", sentence, typed, status,
        lines=shown, before=dict(zip((line.seq for line in lines), [None, *lines], strict=False)),
        spoken=live.spoken(view), speaker_of=lambda line: live.speaker_for(view, line), marked=marked,
        query=query, who=who, speakers=_speakers(view, lines),
        last=begin + LINES_A_PAGE >= len(lines), whole=len(lines),
        earlier=lines[max(begin - LINES_A_PAGE, 0)].seq if begin else 0,
        later=lines[begin + LINES_A_PAGE].seq if begin + LINES_A_PAGE < len(lines) else 0,
        may_type=bool(me.roles & CaptionSpeech.roles) and state.phase == "open",
        readers=READERS,
        may_import=bool(me.roles & ImportTranscript.roles) and bool(state.opened_at),
        may_correct=_may_correct(state, me),
        correcting=_number(request.query_params.get("correct", "")) or _number((typed or {}).get("line", "")),
        unmatched=_unmatched(state) if inside else [],
        notice=_notice(request, state),
    )  # fmt: skip


def _speakers(view: live.View, lines: list[SpeechLine]) -> list[tuple[str, int]]:
    """Who said something, in the order of their first line, and how many lines."""
    count: dict[str, int] = {}
    for line in lines:
        if who := live.speaker_for(view, line):
            count[who] = count.get(who, 0) + 1
    return list(count.items())


def _may_correct(state: State, me: Pass) -> Callable[[SpeechLine], bool]:
    """Which lines somebody may correct: who writes down all; others their own, until the report is out."""
    if me.roles & INSIDE:
        return lambda line: True
    if not me.roles & PEOPLE or state.reports:
        return lambda line: False
    own = own_lines(state, me.actor())
    return lambda line: line.seq in own


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _begin(lines: list[SpeechLine], asked: Any) -> int:
    """The place of the first line to show: the newest part, unless a line is asked for."""
    wanted = _number(asked.get("from", "")) or _number(asked.get("line", "")) or _number(asked.get("correct", ""))
    if not wanted:
        return max(len(lines) - LINES_A_PAGE, 0)
    at = next((n for n, line in enumerate(lines) if line.seq >= wanted), max(len(lines) - 1, 0))
    return at if asked.get("from") else at // LINES_A_PAGE * LINES_A_PAGE


def _unmatched(state: State) -> list[tuple[SpeechLine, int]]:
    """Names that mean nobody of the panel: the first line of each, and how many lines there are."""
    first: dict[str, SpeechLine] = {}
    count: dict[str, int] = {}
    for line in state.speech.values():
        if line.speaker and not line.seat:
            first.setdefault(line.speaker, line)
            count[line.speaker] = count.get(line.speaker, 0) + 1
    return [(line, count[name]) for name, line in first.items()]


# --- transcripts ------------------------------------------------------------------------------------------------


async def transcript(request: Request) -> Response:
    """A transcript file enters the record; the page tells who was matched and what was not understood. The same file
    sent again is there already."""
    found = await open_session(request, "captions_transcript")
    if isinstance(found, Response):
        return found
    house, session, me = found
    language = language_of(request)
    async with request.form(max_files=1, max_fields=4, max_part_size=TRANSCRIPT_LIMIT) as form:
        file = form.get("file")
        data = await file.read(TRANSCRIPT_LIMIT + 1) if isinstance(file, UploadFile) else b""
    try:
        if len(data) > TRANSCRIPT_LIMIT:
            raise CaptionsError("too_large", limit=TRANSCRIPT_LIMIT)
        read = await asyncio.to_thread(read_captions, data)
        state = await session.settled()
        whole = await asyncio.to_thread(entering, read, data, state)
    except CaptionsError as error:
        return await _page(request, error.sentence(language), None, 422)
    outcomes = await asyncio.gather(
        *(carry_out(house, session, me, command, key) for key, command in whole.commands), return_exceptions=True
    )
    for outcome in outcomes:
        if isinstance(outcome, Refused | RecordFull | RecordBroken):
            status, code, facts = refusal(outcome)
            return await _page(request, refusal_sentence(language, code, facts), None, status)
        if isinstance(outcome, BaseException):
            raise outcome
    await house.board.reindex(session)
    return RedirectResponse(f"/s/{session.log}/captions?imported={len(whole.commands) - 1}#unmatched", 303)


_IMPORTED = N_("{n} line is on the record."), N_("{n} lines are on the record.")


def _notice(request: Request, state: State) -> str:
    number = _number(request.query_params.get("imported", ""))
    return say_many(language_of(request), *_IMPORTED, number) if number and state.transcripts else ""


PAGES["captions"] = captions

ROUTES = [
    Route("/s/{session:slug}/captions", captions, methods=["GET"], name="captions"),
    Route("/s/{session:slug}/captions", push, methods=["POST"], name="captions_push"),
    Route("/s/{session:slug}/captions/transcript", transcript, methods=["POST"], name="captions_transcript"),
]
