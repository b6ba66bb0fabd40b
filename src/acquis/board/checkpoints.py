"""Signs checkpoints of the sessions: every ten seconds while a log grows, when a session closes, and when a report is
published. The work is done in a thread, beside the path of a vote.

Before anything is signed, the tree is compared with the last one that was signed: a record that was set back, or
replaced, is not signed any more, and `refused` says why.
"""

from __future__ import annotations

import asyncio
import functools
from base64 import b64encode
from collections.abc import Callable

from acquis.board import Board
from acquis.command import THE_SERVER
from acquis.documents.signing import Signing
from acquis.keys import AnnounceKey
from acquis.record.keys import Keys, public_bytes
from acquis.record.notes import Checkpoint, NoteError, SignedNote, VerifierKey, key_of, sign
from acquis.record.signed import SignedLog
from acquis.session import Session
from acquis.state import State

PERIOD_S = 10.0
_key = functools.lru_cache(64)(VerifierKey.parse)


class Checkpoints:
    """The checkpoints of all sessions of a board.

    origin: the name under which the log of a session is signed first; later the name of its announced key. tell:
    reports to whoever runs the server that a log is not signed any more."""

    def __init__(self, board: Board, keys: Keys, origin: Callable[[str], str], tell: Callable[[str], None]) -> None:
        self._board, self._keys, self._origin, self._tell = board, keys, origin, tell
        self.refused: dict[str, str] = {}
        """Session -> why it is not signed any more."""
        self._logs: dict[str, SignedLog] = {}
        self._moments: dict[str, tuple[str, int]] = {}
        """Session -> the phase and the number of reports at the last act."""
        self._signing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Sign the sessions that have grown, every PERIOD_S seconds, until cancelled."""
        while True:
            await asyncio.sleep(PERIOD_S)
            await self.sign_all()

    async def sign_all(self) -> None:
        """Sign the sessions that are in memory and have grown. An error of one does not stop the others."""
        for session in self._board.opened():
            try:
                await self.sign(session)
            except Exception as error:  # the next period tries again; votes do not depend on it
                self._tell(f"The log of {session.log} could not be signed: {error}")

    def notice(self, session: Session) -> None:
        """Sign at once, in the background, if the session was opened or closed or a report was published since the last
        call; at the first call, if the session has not announced the key."""
        moment = (session.state.phase, len(session.state.reports))
        before, self._moments[session.log] = self._moments.get(session.log), moment
        if before != moment and (before is not None or self._needs_key(session)):
            task = asyncio.get_running_loop().create_task(self._sign_quietly(session))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _sign_quietly(self, session: Session) -> None:
        try:
            await self.sign(session)
        except Exception as error:  # as in `sign_all`
            self._tell(f"The log of {session.log} could not be signed: {error}")

    async def sign(self, session: Session) -> SignedNote | None:
        """The checkpoint of the present log: the last one if the log has not grown. None before the opening, and if the
        log is not signed any more. Raises RecordBroken, RecordFull, OSError."""
        if session.state.phase not in ("open", "closed"):
            return None
        async with self._signing:
            log = session.log
            if await asyncio.to_thread(self._contradicts, log):
                return None
            self._keys.refresh()
            await self._announce(session)
            name = _key(session.state.keys[-1]).name
            return await asyncio.to_thread(self._sign, log, name)

    def _contradicts(self, log: str) -> bool:
        """Whether the log is not the one that was signed before, which is told once."""
        if log not in self.refused:
            tree = self._board.tree(log)
            tree.grow()
            if why := self.signed(log).contradiction(tree.tree):
                self._refuse(log, why)
        return log in self.refused

    def _sign(self, log: str, name: str) -> SignedNote:
        signed, tree = self.signed(log), self._board.tree(log)
        size = tree.grow()
        if signed.newest is None or signed.newest.size < size:
            signed.add(sign(Checkpoint(name, size, tree.tree.root(size)).text, self._keys.current, name))
        return signed.notes[-1]

    def _needs_key(self, session: Session) -> bool:
        if session.state.phase != "open":
            return False
        keys = session.state.keys
        return not keys or _key(keys[-1]).public != public_bytes(self._keys.current)

    async def _announce(self, session: Session) -> None:
        """Record the key in the log, with the signature of the former one."""
        keys = session.state.keys
        former = _key(keys[-1]) if keys else None
        if former is not None and former.public == public_bytes(self._keys.current):
            return
        name = former.name if former else self._origin(session.log)
        key, signature = str(key_of(self._keys.current, name)), ""
        if former is not None and (private := self._keys.with_public(former.public)) is not None:
            signature = b64encode(private.sign(key.encode())).decode()
        at = session.state.at
        await session.do(AnnounceKey(key, signature), THE_SERVER, at, f"key-{session.state.seq}-{len(keys)}")

    def signed(self, log: str) -> SignedLog:
        """The signed checkpoints of a log. Raises NoteError if their file is damaged, OSError."""
        if log not in self._logs:
            self._logs[log] = SignedLog(self._keys.folder / "checkpoints" / f"{log}.txt")
        return self._logs[log]

    async def witness(self, session: Session, note: SignedNote) -> bool:
        """Store the cosignatures on a checkpoint that witnesses of the session gave. False if none of them is that of a
        named witness on a checkpoint that this server signed. Raises OSError."""
        stored = False
        for key in map(_key, session.state.witnesses):
            try:
                signature = note.signed_by(key)
            except NoteError:
                continue
            if signature is not None:
                async with self._signing:
                    witnessed = await asyncio.to_thread(self.signed(session.log).witness, note.text, signature)
                stored = stored or witnessed
        return stored

    async def report(self, session: Session, note: SignedNote) -> bool:
        """Whether a checkpoint that somebody kept proves that the log is another one than this server signed before.
        Then the log is not signed any more. Raises NoteError for a note that is no checkpoint, or with a wrong
        signature."""
        log, kept = session.log, Checkpoint.parse(note.text)
        if not any(note.signed_by(_key(key)) for key in session.state.keys):
            return False
        tree = self._board.tree(log)
        size = await asyncio.to_thread(tree.grow)
        if kept.size <= size and tree.tree.root(kept.size) == kept.root:
            return False
        self._refuse(log, f"somebody holds a signed checkpoint of {kept.size} entries that it contradicts")
        return True

    def _refuse(self, log: str, why: str) -> None:
        if log not in self.refused:
            self.refused[log] = why
            self._tell(f"The log of {log} is not signed any more: {why}. Restore the newest record.db.")

    def sign_text(self, state: State, text: str) -> SignedNote | None:
        """A note with a text, signed with the key that the session announced last; None if there is none or it is
        lost."""
        key = _key(state.keys[-1]) if state.keys else None
        private = self._keys.with_public(key.public) if key is not None else None
        return sign(text, private, key.name) if key is not None and private is not None else None

    def signing(self, session: Session) -> Signing:
        """What the server adds to the archive of the record of a session."""
        notes = tuple(note for note in self.signed(session.log).witnessed())
        return Signing(notes, lambda text: self.sign_text(session.state, text))
