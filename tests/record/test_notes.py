"""Signed notes, checkpoints and cosignatures: the published example, changed notes, and other programs."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.record.notes import (
    COSIGNATURE,
    Checkpoint,
    NoteError,
    SignedNote,
    VerifierKey,
    cosign,
    joined,
    key_of,
    notes_in,
    sign,
)

KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
"""The example of the package golang.org/x/mod/sumdb/note."""
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ORIGIN = "dialogue.example.org/s/f0f1f2f3"


def test_the_published_note_verifies() -> None:
    key, note = VerifierKey.parse(KEY), SignedNote.parse(NOTE)
    assert (str(key), str(note)) == (KEY, NOTE)
    assert note.signed_by(key)


def test_a_note_is_verified_with_the_key_that_signed_it() -> None:
    note = sign("a text\nof two lines\n", PRIVATE, "a.example")
    assert SignedNote.parse(str(note)) == note
    assert note.signed_by(VerifierKey.parse(str(key_of(PRIVATE, "a.example"))))
    assert note.signed_by(key_of(PRIVATE, "b.example")) is None
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert note.signed_by(key_of(other, "a.example")) is None


@given(st.integers(0, 2**32))
@settings(max_examples=times(300))
def test_a_changed_note_is_not_taken_as_signed(seed: int) -> None:
    chance, key = random.Random(seed), key_of(PRIVATE, ORIGIN)
    written = bytearray(str(sign(Checkpoint(ORIGIN, 812, bytes(range(32))).text, PRIVATE, ORIGIN)).encode())
    written[chance.randrange(len(written))] ^= 1 << chance.randrange(8)
    try:
        signed = SignedNote.parse(written.decode()).signed_by(key)
    except ValueError:
        return
    assert signed is None


def test_a_checkpoint_has_three_lines() -> None:
    checkpoint = Checkpoint(ORIGIN, 812, bytes(32))
    assert checkpoint.text == f"{ORIGIN}\n812\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    assert Checkpoint.parse(checkpoint.text) == checkpoint
    for text in (checkpoint.text + "an extension\n", checkpoint.text + "\n", checkpoint.text[:-1]):
        with pytest.raises(NoteError):
            Checkpoint.parse(text)


@pytest.mark.parametrize("text", ["", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "a\n1\nAAAA\n", "\n1\nAAAA\n"])
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "text", ["", "a\n", "a\n\n", "\n\n— b AAAAAAAA\n", "\x00\n\n— b AAAAAAAA\n", "a\n— b AAAAAAAA\n"]
)
@pytest.mark.parametrize("line", ["- b AAAAAAAA", "— b AAAA", "— b c AAAAAAAA", "— b+c AAAAAAAA", "— b AAAAAAAB==", ""])
def test_what_is_no_note_is_refused(text: str, line: str) -> None:
    for written in (text, f"a\n\n{line}\n"):
        with pytest.raises(NoteError):
            SignedNote.parse(written)


@pytest.mark.parametrize("key", ["", "a", "a+b+c", KEY.replace("c74f20a3", "c74f20a4"), KEY.replace("Peter", "Pe ter")])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(NoteError):
        VerifierKey.parse(key)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_key_has_a_name_without_blanks(name: str) -> None:
    with pytest.raises(NoteError):
        key_of(PRIVATE, name)


def test_notes_in_a_file_have_an_empty_line_between_them() -> None:
    notes = [sign(Checkpoint(ORIGIN, size, bytes(32)).text, PRIVATE, ORIGIN) for size in (1, 2, 30)]
    for count in (1, 2, 3):
        written = joined(notes[:count])
        assert notes_in(written) == notes[:count]
        assert written.endswith("=\n")
    for damaged in ("", "a\n", joined(notes)[:-1], joined(notes) + "\n", joined(notes) + f"\n{notes[0].text}"):
        with pytest.raises(NoteError):
            notes_in(damaged)


def test_a_witness_signs_the_text_with_the_time() -> None:
    note = sign(Checkpoint(ORIGIN, 812, bytes(32)).text, PRIVATE, ORIGIN)
    witness = Ed25519PrivateKey.from_private_bytes(bytes(31) + b"w")
    witnessed = note.also([cosign(note.text, witness, "witness.example", 1_700_000_000)])
    key = VerifierKey.parse(str(key_of(witness, "witness.example", COSIGNATURE)))
    signature = SignedNote.parse(str(witnessed)).signed_by(key)
    assert signature is not None
    assert signature.time == 1_700_000_000
    later = signature.value[:7] + bytes([signature.value[7] + 1]) + signature.value[8:]
    forged = note.also([type(signature)(signature.name, signature.id, later)])
    with pytest.raises(NoteError, match="is wrong"):
        forged.signed_by(key)
    assert witnessed.signed_by(key_of(PRIVATE, ORIGIN))


def test_the_text_of_a_note_can_be_written_as_lines() -> None:
    for text in ("no end", "a\x07\n"):
        with pytest.raises(NoteError):
            sign(text, PRIVATE, ORIGIN)
