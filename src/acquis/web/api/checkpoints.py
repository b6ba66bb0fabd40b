"""The signed checkpoints of a session as text, its key, and proofs that its log only grew."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from acquis.board.checkpoints import Checkpoints
from acquis.command import Refused, bad_fields
from acquis.publication.signatures import key_lines
from acquis.record.merkle import MerkleTree
from acquis.record.notes import NoteError, SignedNote, joined
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.problems import json_response

NOTE_LIMIT = 16 * 1024
"""The most bytes of a note that a witness hands in."""
LONGEST = 18
"""The most digits of a number of entries."""


def _text(text: str) -> Response:
    return Response(text, 200, {"cache-control": "no-store"}, "text/plain")


def _signed(context: RequestContext) -> Checkpoints:
    """What signs the session. Raises Refused if nothing of it was signed yet."""
    checkpoints = context.application.checkpoints
    if checkpoints is None or checkpoints.signed(context.id).newest is None:
        raise Refused("no_such_page")
    return checkpoints


@endpoint("GET", "/s/{session:slug}/checkpoint", roles=PUBLIC, reads=True)
async def checkpoint(context: RequestContext) -> Response:
    """The newest signed checkpoint, as a C2SP note."""
    return _text(str(_signed(context).signed(context.id).newest_note()))


@endpoint("GET", "/s/{session:slug}/checkpoints.txt", roles=PUBLIC, reads=True)
async def checkpoints(context: RequestContext) -> Response:
    """All signed checkpoints, with an empty line between two of them."""
    return _text(joined(_signed(context).signed(context.id).witnessed()))


@endpoint("GET", "/s/{session:slug}/key.txt", roles=PUBLIC, reads=True)
async def key(context: RequestContext) -> Response:
    """The verifier key of the server."""
    if not context.state.keys:
        raise Refused("no_such_page")
    return _text(f"{context.state.keys[-1]}\n")


@endpoint("GET", "/s/{session:slug}/keys.txt", roles=PUBLIC, reads=True)
async def keys(context: RequestContext) -> Response:
    """The verifier keys that were announced, the present one last, each with the signature of the former one."""
    if not context.state.keys:
        raise Refused("no_such_page")
    return _text(key_lines(context.state))


@endpoint(
    "POST",
    "/s/{session:slug}/cosignature",
    roles=PUBLIC,
    reads=True,
    accepts={"text/plain": {"type": "string"}},
)
async def cosignature(context: RequestContext) -> Response:
    """Hand in the cosignature of a witness: a checkpoint as a note. 200 with `stored`: whether it is new and by a
    witness that the organizer named."""
    checkpoints = _signed(context)
    note = await _note(context)
    return json_response(200, {"stored": await checkpoints.witness(context.session, note)})


@endpoint(
    "POST",
    "/s/{session:slug}/other-history",
    roles=PUBLIC,
    reads=True,
    accepts={"text/plain": {"type": "string"}},
)
async def other_history(context: RequestContext) -> Response:
    """Report a checkpoint that contradicts the log. 200 with `proved`: whether this server signed it and the log is
    another one, which is then told to the operator."""
    checkpoints = _signed(context)
    note = await _note(context)
    try:
        proved = await checkpoints.report(context.session, note)
    except NoteError as error:
        raise bad_fields(error) from error
    return json_response(200, {"proved": proved})


async def _note(context: RequestContext) -> SignedNote:
    """The signed note in the body of a request. Raises Refused."""
    try:
        return SignedNote.parse((await context.body(NOTE_LIMIT)).decode())
    except (NoteError, UnicodeDecodeError) as error:
        raise bad_fields(error) from error


@endpoint("GET", "/s/{session:slug}/consistency", roles=PUBLIC, reads=True)
async def consistency(context: RequestContext) -> Response:
    """`?old=17&new=812`: the proof that the first 812 entries begin with the first 17, with both roots."""
    tree = await grown(context)
    old, new = (_size(context.query(name)) for name in ("old", "new"))
    try:
        proof = await asyncio.to_thread(tree.consistency, old, new)
        roots = [tree.root(size).hex() for size in (old, new)]
    except ValueError as error:
        raise Refused("no_such_page") from error
    hashes = [node.hex() for node in proof]
    return json_response(200, {"old": old, "old_root": roots[0], "new": new, "new_root": roots[1], "proof": hashes})


def _size(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else -1


async def grown(context: RequestContext) -> MerkleTree:
    """The tree of the present log of the session. Raises RecordBroken."""
    tree = context.application.board.tree(context.id)
    await asyncio.to_thread(tree.grow)
    return tree.tree
