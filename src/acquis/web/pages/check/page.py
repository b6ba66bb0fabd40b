"""Checks what somebody noted of the log: the fingerprint on the room screen, the four words of a receipt, or a receipt
as a file. Works without a script."""

from __future__ import annotations

import asyncio

import msgspec
from starlette.datastructures import UploadFile
from starlette.responses import Response

from acquis.board.trees import SHORTEST_FINGERPRINT
from acquis.command import ORGANIZER
from acquis.i18n import N_
from acquis.plan.dates import moment
from acquis.publication.public import public_entries
from acquis.publication.receipts import fate_of, fate_sentence
from acquis.record.notes import VerifierKey
from acquis.record.receipts import LIMIT, ReceiptError, decode
from acquis.record.words import BITS, bits_of
from acquis.web.api.schemas import FILE, upload
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint, page

MOST = 5
"""The most entries that are shown for a short fingerprint."""
_HEX = frozenset("0123456789abcdef")

NOTHING = N_("Enter a fingerprint, four words or a receipt.")
SHORT = N_("Enter at least {n} digits of the fingerprint.")
UNREADABLE = N_("This is not a fingerprint, not the four words of a receipt, and not a receipt. Check it for errors.")
CHANGED = N_("This receipt was changed or damaged, so it proves nothing.")
OTHER_FINGERPRINT = N_("No entry of this record has this fingerprint. It is from another record, or a digit is wrong.")
OTHER_RECEIPT = N_("Not in this record. It is the receipt of another record, or the entry was left out of this one.")
EVIDENCE = N_(
    "Not in this record, although this server signed that it is. Keep the receipt: it shows that the record was "
    "replaced."
)


class Checked(msgspec.Struct, frozen=True):
    """An entry that was noted: its number, when it was recorded, its link, and what became of it."""

    n: int
    at: str
    link: str
    sentence: str


@page("/s/{session:slug}/check", roles=PUBLIC, styles=(DOCUMENT,))
async def check(context: RequestContext) -> Response:
    """`?noted=` is a fingerprint or four words, as in the address that a QR code of a receipt contains."""
    return await _shown(context, context.query("noted"))


@endpoint(
    "POST",
    "/s/{session:slug}/check",
    roles=PUBLIC,
    reads=True,
    page="check",
    accepts=upload({"noted": {"type": "string"}, "file": FILE}),
)
async def check_receipt(context: RequestContext) -> Response:
    """Check a receipt that was pasted or uploaded, four words or a fingerprint."""
    async with context.request.form(max_files=1, max_fields=4, max_part_size=LIMIT) as form:
        noted, file = form.get("noted"), form.get("file")
        uploaded = (await file.read(LIMIT)).decode(errors="replace") if isinstance(file, UploadFile) else ""
        return await _shown(context, uploaded.strip() or (noted if isinstance(noted, str) else ""), True)


async def _shown(context: RequestContext, noted: str, asked: bool = False) -> Response:
    noted = noted.strip()
    entries, problem = await _entries_meant(context, noted) if noted or asked else ([], "")
    if problem:
        context.typed, context.wrong = {"noted": noted}, [("noted", problem)]
    return context.render(
        "pages/check/page.html",
        state=context.state,
        noted=noted,
        entries=[_checked(context, entry) for entry in entries[:MOST]],
        more=max(0, len(entries) - MOST),
        head=context.head,
        organizer=ORGANIZER in context.actor.roles,
        signed=_signed(context),
        refused=bool((checkpoints := context.application.checkpoints) and context.id in checkpoints.refused),
        shortest=SHORTEST_FINGERPRINT,
    )


async def _entries_meant(context: RequestContext, noted: str) -> tuple[list[int], str]:
    """The entries that were meant, or a sentence that says why there is none."""
    tree = context.application.board.tree(context.id)
    await asyncio.to_thread(tree.grow)
    digits = "".join(noted.lower().split())
    if noted.startswith("{"):
        return _with_receipt(context, noted)
    if digits and _HEX.issuperset(digits):
        if len(digits) < SHORTEST_FINGERPRINT:
            return [], context.say(SHORT, n=SHORTEST_FINGERPRINT)
        return _or(tree.with_link(digits), context.say(OTHER_FINGERPRINT))
    bits = bits_of(noted)
    if bits is not None:
        return _or(tree.with_leaf(bits, BITS), context.say(OTHER_RECEIPT))
    return [], context.say(UNREADABLE if noted else NOTHING)


def _or(entries: list[int], problem: str) -> tuple[list[int], str]:
    return entries, "" if entries else problem


def _with_receipt(context: RequestContext, noted: str) -> tuple[list[int], str]:
    try:
        receipt = decode(noted.encode())
        signed = any(receipt.signed_by(VerifierKey.parse(key)) for key in context.state.keys)
    except ReceiptError:
        return [], context.say(CHANGED)
    links = context.application.board.record.links(context.id, receipt.seq - 1, receipt.seq)
    if links and links[0][0].hex() == receipt.link:
        return [receipt.seq], ""
    return [], context.say(EVIDENCE if signed else OTHER_RECEIPT)


def _checked(context: RequestContext, n: int) -> Checked:
    board, state = context.application.board, context.session.state
    (stored,) = board.record.read(context.id, n - 1, n)
    (public,) = public_entries([stored], state, board.roster.names(context.id).values())
    sentence = fate_sentence(context.language, fate_of(stored, public, state))
    return Checked(n, moment(stored.at, context.zone, context.language), stored.link.hex(), sentence)


def _signed(context: RequestContext) -> tuple[int, int, list[str]] | None:
    """How many checkpoints were signed, the size of the newest, and the names of the witnesses; None before the
    first."""
    checkpoints = context.application.checkpoints
    signed = checkpoints.signed(context.id) if checkpoints is not None else None
    if signed is None or signed.newest is None:
        return None
    return len(signed.notes), signed.newest.size, signed.witnesses()
