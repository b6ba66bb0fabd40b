"""What was signed, on the command line: for an export, and in a verification."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from acquis.documents.signing import Signing
    from acquis.publication.receipts import VerifiedLog
    from acquis.publication.signatures import SignedKeys
    from acquis.record import Entry
    from acquis.record.receipts import BallotReceipt, Receipt


def signing_of(session: str, data: Path, keys: Path | None) -> Signing | None:
    """What the folder of the keys adds to an export of a session; None for a log.jsonl, and without such a folder.
    Raises KeyProblem."""
    from acquis.documents.signing import Signing
    from acquis.record.keys import folder_beside, public_bytes, read_keys
    from acquis.record.notes import SignedNote, VerifierKey, sign
    from acquis.record.signed import SignedLog

    folder = keys or folder_beside(data)
    path = folder / "checkpoints" / f"{session}.txt"
    if Path(session).is_file() or not path.is_file():
        return None
    kept, signed = read_keys(folder), SignedLog(path, read_only=True)
    if not signed.notes or not kept:
        return None
    name = signed.notes[-1].signatures[0].name

    def signs(text: str) -> SignedNote | None:
        for key in reversed(kept):
            if signed.notes[-1].signed_by(VerifierKey(name, public_bytes(key))) is not None:
                return sign(text, key, name)
        return None

    return Signing(tuple(signed.witnessed()), signs)


def signature_lines(folder: Path, entries: list[Entry]) -> Iterator[str]:
    """Lines about what is signed in the folder of a record. Raises ClickException if a signature contradicts the
    log."""
    from acquis.documents.bundle import MANIFEST
    from acquis.documents.signing import SIGNED_FILES, check_signatures
    from acquis.publication.signatures import SignatureError

    files = {name: (folder / name).read_bytes() for name in SIGNED_FILES if (folder / name).is_file()}
    try:
        signed = check_signatures(files, (folder / MANIFEST).read_bytes(), entries)
    except SignatureError as error:
        raise click.ClickException(f"Not verified: {error}.") from error
    if not signed.signed:
        yield "The record is not signed: no key of the server vouches for its files."
        return
    yield f"Keys of the server: {signed.keys}. Signed checkpoints: {signed.checkpoints}, up to entry {signed.size}."
    yield f"Witnesses: {', '.join(signed.witnesses) or 'none'}."
    yield "The manifest is signed."
    for entry in signed.lost:
        yield f"The key that entry {entry} announces was not signed by the former one, which the operator calls lost."


class KeptEvidence:
    """What somebody kept of a session, for its verified log: checkpoints, receipts and a key. `unchecked` says what
    could not be checked. `announced`: the keys in the log; `noted`: a verifier key or the path of a file with one.
    Raises ClickException for a key that the log does not announce."""

    def __init__(self, entries: list[Entry], announced: SignedKeys, noted: str) -> None:
        from acquis.publication.signatures import SignedKeys
        from acquis.record.notes import NoteError, VerifierKey

        self._entries, self._keys = entries, announced
        self._log: VerifiedLog | None = None
        self.unchecked: list[str] = []
        if noted:
            try:
                key = VerifierKey.parse(Path(noted).read_text("utf-8") if Path(noted).is_file() else noted)
            except (NoteError, UnicodeDecodeError, OSError) as error:
                raise click.ClickException("Not verified: what follows --key is not a verifier key.") from error
            if announced.server and key not in announced.server:
                raise click.ClickException("Not verified: the key is not the one that the log announces.")
            self._keys = announced if announced.server else SignedKeys((key,), announced.witnesses)

    def _verified_log(self) -> VerifiedLog:
        """The tree and the state of the log, computed once."""
        from acquis.publication.public import public_state
        from acquis.publication.receipts import VerifiedLog
        from acquis.publication.signatures import LogOfLinks

        if self._log is None:
            links = LogOfLinks([entry.link for entry in self._entries])
            self._log = VerifiedLog(links, self._entries, public_state(self._entries), self._keys)
        return self._log

    def checkpoints(self, paths: tuple[Path, ...]) -> Iterator[str]:
        """A line for each file with checkpoints. Raises ClickException if one is not of this log."""
        from acquis.publication.signatures import SignatureError
        from acquis.record.notes import NoteError, notes_in

        for path in paths:
            size, witnesses = 0, set[str]()
            try:
                for note in notes_in(path.read_bytes().decode()):
                    before, size = size, self._verified_log().links.check(note, self._keys).size
                    witnesses.update(self._keys.witnessed(note))
                    if size < before:
                        raise SignatureError("the checkpoints are not in ascending order")
            except (SignatureError, NoteError, UnicodeDecodeError) as error:
                raise click.ClickException(f"Not verified: {path}: {error}.") from error
            self._needs_key(path)
            names = f" Witnesses: {', '.join(sorted(witnesses))}." if witnesses else ""
            yield f"{path}: the first {size} entries are those that the server signed.{names}"

    def _needs_key(self, path: Path) -> None:
        if not self._keys.server:
            self.unchecked.append(f"The signatures in {path}, because the log announces no key. Add --key KEY.")

    def receipts(self, paths: tuple[Path, ...]) -> Iterator[str]:
        """A line for each receipt, which says what became of its entry or ballot. Raises ClickException for one that is
        not of this record."""
        from acquis.publication.receipts import ReceiptProblem
        from acquis.publication.signatures import SignatureError
        from acquis.record.receipts import ReceiptError, decode

        for path in paths:
            try:
                yield from self._fate_lines(path, decode(path.read_bytes()))
            except (ReceiptError, ReceiptProblem, SignatureError) as error:
                raise click.ClickException(f"Not verified: {path}: {error}.") from error

    def _fate_lines(self, path: Path, receipt: Receipt | BallotReceipt) -> Iterator[str]:
        from acquis.contributions.wording import input_sentences
        from acquis.publication.receipts import ReceiptProblem, fate_sentence
        from acquis.record.receipts import BallotReceipt

        log = self._verified_log()
        if not isinstance(receipt, BallotReceipt):
            yield f"{path}: {fate_sentence('en', log.fate(receipt))}"
            if outcome := input_sentences("en", log.state)(receipt.seq):
                yield outcome
            if receipt.checkpoint:
                self._needs_key(path)
            return
        listed = log.has_ballot(receipt)
        if listed is None:
            self.unchecked.append(f"The ballot of {path}, because the log does not contain the ballots.")
        elif not listed:
            raise ReceiptProblem("the ballot is not in this record with these votes")
        else:
            yield f"{path}: the ballot is in the record, once, with these votes."
