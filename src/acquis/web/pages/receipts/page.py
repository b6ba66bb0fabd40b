"""The receipts of a person: of each act that the log acknowledged, four words to note, a QR code and a file. Only the
person sees them."""

from __future__ import annotations

import asyncio

import msgspec
from starlette.responses import Response

from acquis import events as ev
from acquis.charts.qr import qr_svg
from acquis.command import PEOPLE, Refused
from acquis.i18n import N_
from acquis.record import Entry
from acquis.record.chain import BEFORE_FIRST
from acquis.record.merkle import leaf_hash
from acquis.record.notes import VerifierKey
from acquis.record.receipts import ReceiptError, encode, receipt_for
from acquis.record.words import words_of
from acquis.state.times import time_of
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.outcome_notes import offers_note
from acquis.web.pages.lists.pagination import results_page
from acquis.web.words.phrases import clock_time

ACTS: dict[type[ev.Event], str] = {
    ev.ParticipantJoined: N_("You joined."),
    ev.HandRaised: N_("You asked for the floor."),
    ev.HandLowered: N_("You withdrew your request to speak."),
    ev.QuestionAsked: N_("You asked a question."),
    ev.QuestionWithdrawn: N_("You withdrew a question."),
    ev.ContributionWritten: N_("You contributed in writing."),
    ev.ContributionWithdrawn: N_("You withdrew a contribution."),
    ev.QuestionSupported: N_("You supported a question."),
    ev.SupportWithdrawn: N_("You withdrew your support."),
    ev.StatementProposed: N_("You proposed a statement."),
    ev.StatementWithdrawn: N_("You withdrew a statement."),
    ev.VoteCast: N_("You voted."),
    ev.VoteWithdrawn: N_("You withdrew a vote."),
    ev.AnswerWritten: N_("You answered in writing."),
    ev.TurnCommented: N_("You commented on a note."),
    ev.SpeechCorrected: N_("You corrected captions."),
}
OTHER_ACT = N_("Another action of yours.")
EACH = 20
"""The receipts on one page."""


class OwnReceipt(msgspec.Struct, frozen=True):
    """An entry of the reader: its number, the time, what it was, its four words, and whether there is a file (not
    once a text of it was erased, and not in logs of earlier versions)."""

    n: int
    clock: str
    act: str
    words: str
    has_file: bool


@page("/s/{session:slug}/receipts", roles=PEOPLE, styles=(DOCUMENT,))
async def receipts(context: RequestContext) -> Response:
    """The newest act first; `?n=2` is the second page."""
    seqs = await own_entries(context)
    shown = results_page(seqs[::-1], context.number("n"), EACH)
    return context.render(
        "pages/receipts/page.html",
        state=context.state,
        notes=offers_note(context.session.state, context.application.sends_notes),
        shown=shown,
        address=lambda n: f"?n={n}",
        receipts=[_own(context, entry_of(context, seq)) for seq in shown.rows],
    )


async def own_entries(context: RequestContext) -> list[int]:
    """The numbers of the entries of the reader, in ascending order."""
    tree = context.application.board.tree(context.id)
    await asyncio.to_thread(tree.grow)
    return tree.by(context.actor.person, context.actor.voice)


def entry_of(context: RequestContext, seq: int) -> Entry:
    """An entry of the log as it is stored. Raises Refused if there is none."""
    for entry in context.application.board.record.read(context.id, seq - 1, seq):
        return entry
    raise Refused("no_such_page")


def _own(context: RequestContext, entry: Entry) -> OwnReceipt:
    act = ACTS.get(type(ev.from_body(entry.body)), OTHER_ACT)
    clock = clock_time(time_of(context.state.corrections, entry.seq, entry.at), context.zone)
    has_file = entry.format != 1 and not entry.lacks
    return OwnReceipt(entry.seq, clock, context.say(act), words_of(leaf_hash(entry.link)), has_file)


@endpoint("GET", "/s/{session:slug}/receipts/{entry}.svg", roles=PEOPLE, reads=True)
async def receipt_qr(context: RequestContext) -> Response:
    """A QR code with the address that checks an entry of the reader. Raises Refused for an entry of somebody else."""
    entry = own_entry(context)
    base = (context.application.base_url or context.base_url).rstrip("/")
    code = qr_svg(f"{base}/s/{context.id}/check?noted={entry.link.hex()}")
    return Response(code, 200, {"cache-control": "private, max-age=3600"}, "image/svg+xml")


@endpoint("GET", "/s/{session:slug}/receipts/{entry}.json", roles=PEOPLE, reads=True)
async def receipt_file(context: RequestContext) -> Response:
    """The receipt of an entry of the reader as a file, with the newest checkpoint if it signs the entry; without one,
    with the tree of the present log. Raises Refused for an entry of somebody else, and for one without a file."""
    entry, board = own_entry(context), context.application.board
    tree, note = board.tree(context.id), None
    await asyncio.to_thread(tree.grow)
    signed = context.application.checkpoints.signed(context.id) if context.application.checkpoints is not None else None
    if signed is not None and signed.newest is not None and entry.seq <= signed.newest.size <= tree.tree.size:
        note = signed.notes[-1]
    origin = key.name if (key := _key(context)) else context.application.origin(context.id)
    before = board.record.links(context.id, entry.seq - 2, entry.seq - 1)[0][0] if entry.seq > 1 else BEFORE_FIRST[2]
    try:
        receipt = receipt_for(entry, before, tree.tree, origin, note)
    except ReceiptError as error:
        raise Refused("no_such_page") from error
    name = f"{context.id}-receipt-{entry.seq}.json"
    headers = {"cache-control": "no-store", "content-disposition": f'attachment; filename="{name}"'}
    return Response(encode(receipt), 200, headers, "application/json")


def _key(context: RequestContext) -> VerifierKey | None:
    keys = context.state.keys
    return VerifierKey.parse(keys[-1]) if keys else None


def own_entry(context: RequestContext) -> Entry:
    """The entry that the path names, if it is the reader's own and has no secret about somebody else, which a receipt
    would show. Raises Refused."""
    entry = entry_of(context, context.number("entry"))
    if not entry.by or entry.by not in (context.actor.person, context.actor.voice):
        raise Refused("no_such_page")
    if ev.from_body(entry.body).secret:
        raise Refused("no_such_page")
    return entry
