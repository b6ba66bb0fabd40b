"""The log of a session, and the files computed from it."""

from __future__ import annotations

import re

from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import Response

from acquis.board.earlier import earlier_session
from acquis.command import Refused
from acquis.documents.formats import BY_NAME
from acquis.i18n import DOCUMENT_LANGUAGES
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.ranges import ranged, takes_gzip


class _File(Convertor[str]):
    """The name of an output file as a path parameter."""

    regex = "|".join(re.escape(name) for name in BY_NAME)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("file", _File())


@endpoint("GET", "/s/{session:slug}/log.jsonl", roles=PUBLIC, reads=True)
async def log(context: RequestContext) -> Response:
    """The complete public log, one entry per line. Everybody receives the same, so that it can be compressed for
    everybody, and ranges of it can be asked for."""
    compressed = takes_gzip(context.request)
    names = context.application.roster.names(context.id).values()
    copy = await context.application.public_logs.copy(context.session, names, compressed)
    headers = {"content-type": "application/jsonl", "cache-control": "no-cache", "vary": "accept-encoding"}
    return ranged(context.request, copy, {**headers, "content-encoding": "gzip"} if compressed else headers)


@endpoint("GET", "/s/{session:slug}/{name:file}", roles=PUBLIC, reads=True)
async def export(context: RequestContext) -> Response:
    """`/s/{id}/report.pdf` and the other files of the record; `?version=n` and `?lang=ar` choose. Raises Refused."""
    declared, asked = BY_NAME[context.part("name")], context.query("lang")
    language = asked if asked in DOCUMENT_LANGUAGES else context.language
    if declared.live and context.has_to_join:
        raise Refused("join_first", session=context.id)
    if not declared.fits(context.state):
        raise Refused("too_long_for_pdf")
    board, log = context.application.board, context.id
    address = f"{(context.application.base_url or context.base_url).rstrip('/')}/s/{log}"
    people = tuple(sorted(board.roster.names(log).values()))
    checkpoints = context.application.checkpoints
    signing = checkpoints.signing(context.session) if checkpoints is not None and not declared.bundled else None
    earlier = await earlier_session(board, log, context.state, context.now)
    try:
        version = int(context.query("version", "0"))
        content = await context.application.documents.document(
            board.record,
            log,
            declared.name,
            version,
            language,
            people,
            address=address,
            signing=signing,
            earlier=earlier,
        )
    except (LookupError, ValueError) as error:
        raise Refused("no_such_page") from error
    headers = {"cache-control": "no-store", "vary": "accept-language, cookie"}
    if declared.saved:
        stem, ending = declared.file_name
        numbered = f"-v{version}" if version else ""
        headers["content-disposition"] = f'attachment; filename="{log}-{stem}{numbered}.{ending}"'
    return Response(content, 200, headers, declared.media_type)
