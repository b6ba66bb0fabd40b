"""Checks what somebody noted of the log: the fingerprint on the room screen, the four words of a receipt, or a receipt
as a file. Works without a script."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec
from starlette.datastructures import UploadFile
from starlette.responses import Response

from acquis.board.trees import SHORTEST_FINGERPRINT
from acquis.command import ORGANIZER
from acquis.contributions.wording import input_sentences
from acquis.i18n import N_
from acquis.plan.dates import moment
from acquis.publication.public import public_entries
from acquis.publication.receipts import fate_of, fate_sentence
from acquis.record.notes import VerifierKey
from acquis.record.receipts import LIMIT, BallotReceipt, ReceiptError, decode
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
BALLOT = N_("This ballot is in the published list, once, with these votes and no others.")
OTHER_BALLOT = N_(
    "This ballot is not in the published list with these votes. It is from another session, or it was changed."
)
NO_BALLOTS = N_("The ballots of this session are not published, so this one cannot be checked.")
EVIDENCE = N_(
    "Not in this record, although this server signed that it is. Keep the receipt: it shows that the record was "
    "replaced."
)


class Checked(msgspec.Struct, frozen=True):
    """An entry that was noted: its number, when it was recorded, its link, and what became of it: on the record,
    and as an input (empty for other entries)."""

    n: int
    at: str
    link: str
    sentence: str
    outcome: str


class CheckAnswer(msgspec.Struct, frozen=True):
    """What was found: numbers of entries, or a sentence about a ballot, or one that says why nothing was."""

    entries: tuple[int, ...] = ()
    problem: str = ""
    ballot: str = ""


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
    answer = await _answer(context, noted) if noted or asked else CheckAnswer()
    if answer.problem:
        context.typed, context.wrong = {"noted": noted}, [("noted", answer.problem)]
    outcome = await _outcomes(context) if answer.entries else None
    return context.render(
        "pages/check/page.html",
        state=context.state,
        noted=noted,
        entries=[_checked(context, entry, outcome(entry) if outcome else "") for entry in answer.entries[:MOST]],
        more=max(0, len(answer.entries) - MOST),
        ballot=answer.ballot,
        head=context.head,
        organizer=ORGANIZER in context.actor.roles,
        signed=_signed(context),
        refused=bool((checkpoints := context.application.checkpoints) and context.id in checkpoints.refused),
        shortest=SHORTEST_FINGERPRINT,
    )


async def _outcomes(context: RequestContext) -> Callable[[int], str]:
    """What says what became of the input to which an entry belongs."""
    state = await context.frozen()
    said = await asyncio.to_thread(input_sentences, context.language, state)
    await context.pause()
    return said


async def _answer(context: RequestContext, noted: str) -> CheckAnswer:
    tree = context.application.board.tree(context.id)
    await asyncio.to_thread(tree.grow)
    digits = "".join(noted.lower().split())
    if noted.startswith("{"):
        return _of_file(context, noted)
    if digits and _HEX.issuperset(digits):
        if len(digits) < SHORTEST_FINGERPRINT:
            return CheckAnswer(problem=context.say(SHORT, n=SHORTEST_FINGERPRINT))
        return _or(tree.with_link(digits), context.say(OTHER_FINGERPRINT))
    bits = bits_of(noted)
    if bits is not None:
        return _or(tree.with_leaf(bits, BITS), context.say(OTHER_RECEIPT))
    return CheckAnswer(problem=context.say(UNREADABLE if noted else NOTHING))


def _or(entries: list[int], problem: str) -> CheckAnswer:
    return CheckAnswer(tuple(entries), "" if entries else problem)


def _of_file(context: RequestContext, noted: str) -> CheckAnswer:
    keys = [VerifierKey.parse(key) for key in context.state.keys]
    try:
        receipt = decode(noted.encode())
        if isinstance(receipt, BallotReceipt):
            return _with_ballot(context, receipt)
        signed = any(receipt.signed_by(key) for key in keys)
    except ReceiptError:
        return CheckAnswer(problem=context.say(CHANGED))
    links = context.application.board.record.links(context.id, receipt.seq - 1, receipt.seq)
    if links and links[0][0].hex() == receipt.link:
        return CheckAnswer((receipt.seq,))
    return CheckAnswer(problem=context.say(EVIDENCE if signed else OTHER_RECEIPT))


def _with_ballot(context: RequestContext, receipt: BallotReceipt) -> CheckAnswer:
    published = context.state.ballots
    if published is None:
        return CheckAnswer(problem=context.say(NO_BALLOTS))
    if receipt.is_listed(published.statements, published.ballots):
        return CheckAnswer(ballot=context.say(BALLOT))
    return CheckAnswer(problem=context.say(OTHER_BALLOT))


def _checked(context: RequestContext, n: int, outcome: str) -> Checked:
    board, state = context.application.board, context.session.state
    (stored,) = board.record.read(context.id, n - 1, n)
    (public,) = public_entries([stored], state, board.roster.names(context.id).values())
    sentence = fate_sentence(context.language, fate_of(stored.body, public, state))
    return Checked(n, moment(stored.at, context.zone, context.language), stored.link.hex(), sentence, outcome)


def _signed(context: RequestContext) -> tuple[int, int, list[str]] | None:
    """How many checkpoints were signed, the size of the newest, and the names of the witnesses; None before the
    first."""
    checkpoints = context.application.checkpoints
    signed = checkpoints.signed(context.id) if checkpoints is not None else None
    if signed is None or signed.newest is None:
        return None
    return len(signed.notes), signed.newest.size, signed.witnesses()
