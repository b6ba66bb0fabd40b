"""Falsified records under genuine evidence, and falsified evidence for a genuine record: fingerprints, checkpoints and
receipts."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from .cases import IN_PART, NOT_VERIFIED, VERIFIED, Case, Edit, number
from .generator import FIRST, Given, Record, Signer, canonical
from .stories import story

LAST = len(story("plain").entries)
VOTE, ASKED, ERASED = number("VoteCast"), number("QuestionAsked"), number("TextErased")
LINE = number("SpeechCaptioned")
CHECKPOINT, RECEIPT, BALLOT = "checkpoint.txt", "receipt.json", "ballot.json"


def under(edit: Edit | None = None, **evidence: Callable[[Record], Any]) -> Callable[[], Given]:
    """A log, perhaps changed and made anew, under evidence from the genuine record."""

    def made() -> Given:
        genuine, record = story("plain"), story("plain")
        if edit:
            edit(record)
        given = Given(log=record.log())
        for name, make in evidence.items():
            setattr(given, name, make(genuine))
        return given

    return made


def head(record: Record) -> str:
    return record.head


def checkpoint(size: int = LAST, edit: Callable[[str], str] = lambda text: text) -> Callable[[Record], Any]:
    return lambda record: {CHECKPOINT: edit(record.checkpoint(size)).encode()}


def receipt(seq: int, edit: Callable[[dict[str, Any]], object] = lambda _: None, size: int = 0) -> Any:
    def made(record: Record) -> dict[str, bytes]:
        members = record.receipt(seq, size)
        edit(members)
        return {RECEIPT: canonical(members).encode() + b"\n"}

    return made


def ballot(edit: Callable[[dict[str, Any]], object] = lambda _: None) -> Any:
    def made(record: Record) -> dict[str, bytes]:
        members = record.ballot_receipt(2)
        edit(members)
        return {BALLOT: canonical(members).encode() + b"\n"}

    return made


def _cut(record: Record) -> None:
    del record.entries[-3:]


def _rule(record: Record) -> None:
    record.change(1, settings={"chatham": True})


def _no_rule(record: Record) -> None:
    record.change(4, text="Compliance comes before capacity-building.")


def _report(record: Record) -> None:
    record.change(LAST, takeaways=[{"text": "Everybody reads all reports."}])


def _resalted(record: Record) -> None:
    record.entries[3][1].salt = "0" * 32


def _unsigned(text: str) -> str:
    return text[: text.index("—")]


def _signature(text: str) -> str:
    name, encoded = text.splitlines()[-1].rsplit(" ", 1)
    signed = bytearray(base64.b64decode(encoded))
    signed[-1] ^= 1
    return text.replace(f"{name} {encoded}", f"{name} {base64.b64encode(bytes(signed)).decode()}")


def _key_id(text: str) -> str:
    name, encoded = text.splitlines()[-1].rsplit(" ", 1)
    signed = b"\0\0\0\0" + base64.b64decode(encoded)[4:]
    return text.replace(f"{name} {encoded}", f"{name} {base64.b64encode(signed).decode()}")


def _another(kind: str, seed: int | None = None) -> Callable[[Record], Any]:
    """A checkpoint of the log of another session."""

    def made(record: Record) -> dict[str, bytes]:
        other = story(kind)
        signer = Signer("other.example.org", seed) if seed else record.signer
        return {CHECKPOINT: other.checkpoint(LAST, signer).encode()}

    return made


def _foreign(record: Record) -> dict[str, bytes]:
    return {CHECKPOINT: record.checkpoint(LAST, Signer(record.origin, 77)).encode()}


def _key_of(seed: int) -> Callable[[Record], Any]:
    return lambda record: Signer(record.origin, seed).verifier_key


def _root(text: str) -> str:
    root = text.splitlines()[2]
    return text.replace(root, base64.b64encode(FIRST).decode())


def _two(first: int, second: int) -> Callable[[Record], Any]:
    return lambda record: {CHECKPOINT: record.checkpoints((first, second)).encode()}


def _set(**members: Any) -> Callable[[dict[str, Any]], object]:
    return lambda receipt: receipt.update(members)


def _salt(members: dict[str, Any]) -> None:
    members["parts"][0][0] = "0" * 32


def _choice(members: dict[str, Any]) -> None:
    members["parts"][0][1] = members["parts"][0][1].replace("agree", "pass")


def _hidden(members: dict[str, Any]) -> None:
    members["parts"] = [story("plain").entries[VOTE - 1][0].commitment.hex()]


def _of_other(members: dict[str, Any]) -> None:
    members["proof"] = story("plain").receipt(VOTE + 1)["proof"]


def _made_anew(record: Record) -> dict[str, bytes]:
    """A receipt of a vote that nobody cast, of a log that was made for it."""
    forged = story("plain")
    forged.change(VOTE, choice="pass")
    return {RECEIPT: canonical(forged.receipt(VOTE, checkpoint=False)).encode()}


def _of_rotated(record: Record) -> dict[str, bytes]:
    return {RECEIPT: canonical(story("rotated").receipt(VOTE, checkpoint=False)).encode()}


def _text(edit: Callable[[str], str]) -> Any:
    return lambda record: {RECEIPT: edit(canonical(record.receipt(VOTE))).encode()}


def _turn(members: dict[str, Any]) -> None:
    statement, choice = members["choices"][0]
    members["choices"][0] = [statement, "-" if choice == "+" else "+"]


ROOT = (CHECKPOINT,)
OF_RECEIPT = (RECEIPT,)
GENUINE_EVIDENCE = [
    Case("genuine fingerprint", under(head=head), VERIFIED, (str(LAST),)),
    Case("genuine earlier fingerprint", under(head=lambda record: record.links()[9].hex().upper()), VERIFIED, ("10",)),
    Case("genuine checkpoint", under(checkpoints=checkpoint()), VERIFIED, (CHECKPOINT, str(LAST))),
    Case("genuine earlier checkpoints", under(checkpoints=_two(30, 60)), VERIFIED, (CHECKPOINT, "60")),
    Case("genuine key", under(key=lambda record: record.signer.verifier_key), VERIFIED),
    Case("genuine receipt of a vote", under(receipts=receipt(VOTE)), VERIFIED, (str(VOTE), "sealed")),
    Case("genuine earlier receipt", under(receipts=receipt(VOTE, size=VOTE)), VERIFIED, (str(VOTE),)),
    Case("genuine receipt of a statement", under(receipts=receipt(4)), VERIFIED, ("4", "unchanged")),
    Case("genuine receipt of an erased text", under(receipts=receipt(ERASED - 1)), VERIFIED),
    Case("genuine receipt of a ballot", under(receipts=ballot()), VERIFIED, (BALLOT,)),
]

EVIDENCE = [
    Case("end dropped under a noted fingerprint", under(_cut, head=head), 1),
    Case("end dropped under a checkpoint", under(_cut, checkpoints=checkpoint()), 1, (CHECKPOINT, str(LAST))),
    Case("end dropped under a receipt", under(_cut, receipts=receipt(VOTE)), 1, (RECEIPT, str(LAST))),
    Case("Chatham flag made anew under a fingerprint", under(_rule, head=head), 1),
    Case("Chatham flag made anew under a checkpoint", under(_rule, checkpoints=checkpoint()), 1, ROOT),
    Case("statement made anew under a fingerprint", under(_no_rule, head=head), 1),
    Case("statement made anew under a checkpoint", under(_no_rule, checkpoints=checkpoint()), 1, ROOT),
    Case("statement made anew under an earlier checkpoint", under(_no_rule, checkpoints=checkpoint(20)), 1, ROOT),
    Case("statement made anew under its receipt", under(_no_rule, receipts=receipt(4)), 1, (RECEIPT, "4")),
    Case("statement made anew under a later receipt", under(_no_rule, receipts=receipt(VOTE)), 1, OF_RECEIPT),
    Case("statement with a new salt under a checkpoint", under(_resalted, checkpoints=checkpoint()), 1, ROOT),
    Case("report made anew under a fingerprint", under(_report, head=head), 1),
    Case("report made anew under a checkpoint", under(_report, checkpoints=checkpoint()), 1, ROOT),
    Case("report made anew under an earlier receipt", under(_report, receipts=receipt(VOTE)), 1, OF_RECEIPT),
    Case("fingerprint of no entry", under(head=lambda _: "0" * 64), 1),
    Case("fingerprint too short", under(head=lambda record: record.head[:16]), 1, full=VERIFIED),
    Case("checkpoint of another log", under(checkpoints=_another("rotated")), 1, ROOT),
    Case("checkpoint of another log with its own key", under(checkpoints=_another("rotated", 6)), 1, ROOT),
    Case("checkpoint by another origin", under(checkpoints=_another("plain", 6)), 1, ROOT),
    Case("checkpoint by another key", under(checkpoints=_foreign), 1, ROOT),
    Case("checkpoint with a wrong signature", under(checkpoints=checkpoint(edit=_signature)), 1, ROOT),
    Case("checkpoint with another key id", under(checkpoints=checkpoint(edit=_key_id)), 1, ROOT),
    Case("checkpoint without signature", under(checkpoints=checkpoint(edit=_unsigned)), 1, ROOT),
    Case("checkpoint with another root", under(checkpoints=checkpoint(edit=_root)), 1, ROOT),
    Case(
        "checkpoint with another size",
        under(checkpoints=checkpoint(edit=lambda t: t.replace(f"\n{LAST}", "\n30"))),
        1,
        ROOT,
    ),
    Case(
        "checkpoint with a zero in front",
        under(checkpoints=checkpoint(edit=lambda t: t.replace(f"\n{LAST}", f"\n0{LAST}"))),
        1,
        ROOT,
    ),
    Case("checkpoint of nothing", under(checkpoints=checkpoint(edit=lambda t: t.replace(f"\n{LAST}", "\n0"))), 1, ROOT),
    Case(
        "checkpoint of another host",
        under(checkpoints=checkpoint(edit=lambda t: t.replace("dialogue", "dialog"))),
        1,
        ROOT,
    ),
    Case(
        "checkpoint with a further line",
        under(checkpoints=checkpoint(edit=lambda t: t.replace("\n\n", "\nmore\n\n"))),
        1,
        ROOT,
    ),
    Case("checkpoint with CRLF", under(checkpoints=checkpoint(edit=lambda t: t.replace("\n", "\r\n"))), 1, ROOT),
    Case("checkpoint without its last line feed", under(checkpoints=checkpoint(edit=lambda t: t[:-1])), 1, ROOT),
    Case("checkpoint with a hyphen", under(checkpoints=checkpoint(edit=lambda t: t.replace("—", "-"))), 1, ROOT),
    Case("checkpoints out of order", under(checkpoints=_two(60, 30)), 1, ROOT),
    Case("checkpoint empty", under(checkpoints=lambda _: {CHECKPOINT: b""}), 1, ROOT),
    Case("another key", under(key=_key_of(77)), 1),
    Case("no key", under(key=lambda _: "none"), 1),
    Case("key with another id", under(key=lambda record: record.signer.verifier_key.replace("+", "+0", 1)), 1),
    Case("receipt: acquis", under(receipts=receipt(VOTE, _set(acquis="receipts"))), 1, OF_RECEIPT),
    Case("receipt: origin", under(receipts=receipt(VOTE, _set(origin="other.example.org"))), 1, OF_RECEIPT),
    Case(
        "receipt: origin, without checkpoint",
        under(receipts=receipt(VOTE, _set(origin="other.example.org", checkpoint=""))),
        NOT_VERIFIED,
        OF_RECEIPT,
    ),
    Case("receipt: seq", under(receipts=receipt(VOTE, _set(seq=VOTE + 1))), 1, OF_RECEIPT),
    Case("receipt: seq 0", under(receipts=receipt(VOTE, _set(seq=0))), 1, OF_RECEIPT),
    Case("receipt: seq true", under(receipts=receipt(1, _set(seq=True))), 1, OF_RECEIPT),
    Case("receipt: before", under(receipts=receipt(VOTE, _set(before="0" * 64))), 1, OF_RECEIPT),
    Case("receipt: value", under(receipts=receipt(VOTE, _choice)), 1, OF_RECEIPT),
    Case("receipt: salt", under(receipts=receipt(VOTE, _salt)), 1, OF_RECEIPT),
    Case("receipt: a part that is not shown", under(receipts=receipt(VOTE, _hidden)), 1, OF_RECEIPT),
    Case("receipt: no parts", under(receipts=receipt(VOTE, _set(parts=[]))), 1, OF_RECEIPT),
    Case("receipt: link", under(receipts=receipt(VOTE, _set(link="0" * 64))), 1, OF_RECEIPT),
    Case("receipt: size", under(receipts=receipt(VOTE, _set(size=LAST - 1))), 1, OF_RECEIPT),
    Case("receipt: a greater size", under(receipts=receipt(VOTE, _set(size=LAST + 1, checkpoint=""))), 1, OF_RECEIPT),
    Case("receipt: root", under(receipts=receipt(VOTE, _set(root="0" * 64))), 1, OF_RECEIPT),
    Case("receipt: proof dropped", under(receipts=receipt(VOTE, _set(proof=[]))), 1, OF_RECEIPT),
    Case("receipt: proof longer", under(receipts=receipt(VOTE, lambda r: r["proof"].append("0" * 64))), 1, OF_RECEIPT),
    Case("receipt: proof turned", under(receipts=receipt(VOTE, lambda r: r["proof"].reverse())), 1, OF_RECEIPT),
    Case("receipt: proof as a text", under(receipts=receipt(VOTE, _set(proof="0" * 64))), 1, OF_RECEIPT),
    Case("receipt: proof of another entry", under(receipts=receipt(VOTE, _of_other)), 1, OF_RECEIPT),
    Case(
        "receipt: checkpoint",
        under(receipts=receipt(VOTE, _set(checkpoint=story("plain").checkpoint(30)))),
        1,
        OF_RECEIPT,
    ),
    Case(
        "receipt: signature of the checkpoint",
        under(receipts=receipt(VOTE, lambda r: r.update(checkpoint=_signature(r["checkpoint"])))),
        NOT_VERIFIED,
        OF_RECEIPT,
    ),
    Case("receipt: checkpoint null", under(receipts=receipt(VOTE, _set(checkpoint=None))), 1, OF_RECEIPT),
    Case("receipt: a member missing", under(receipts=receipt(VOTE, lambda r: r.pop("root"))), 1, OF_RECEIPT),
    Case("receipt: a further member", under(receipts=receipt(VOTE, _set(note=""))), 1, OF_RECEIPT),
    Case("receipt: white space", under(receipts=_text(lambda text: text.replace(":", ": "))), 1, OF_RECEIPT),
    Case(
        "receipt: doubled member", under(receipts=_text(lambda text: '{"acquis":"receipt",' + text[1:])), 1, OF_RECEIPT
    ),
    Case("receipt: cut", under(receipts=_text(lambda text: text[:-9])), 1, OF_RECEIPT),
    Case("receipt of another log", under(receipts=_of_rotated), 1, OF_RECEIPT),
    Case("receipt made anew", under(receipts=_made_anew), 1, OF_RECEIPT),
    Case("ballot: choice", under(receipts=ballot(_turn)), 1, (BALLOT,)),
    Case("ballot: a choice missing", under(receipts=ballot(lambda r: r["choices"].pop())), 1, (BALLOT,)),
    Case("ballot: a further choice", under(receipts=ballot(lambda r: r["choices"].append([LAST, "+"]))), 1, (BALLOT,)),
    Case(
        "ballot: a choice twice", under(receipts=ballot(lambda r: r["choices"].append(r["choices"][-1]))), 1, (BALLOT,)
    ),
    Case("ballot: no choices", under(receipts=ballot(_set(choices=[]))), 1, (BALLOT,)),
    Case("ballot: another id", under(receipts=ballot(_set(ballot="0" * 32))), 1, (BALLOT,)),
    Case(
        "ballot: beginning of an id", under(receipts=ballot(lambda r: r.update(ballot=r["ballot"][:8]))), 1, (BALLOT,)
    ),
    Case("ballot: origin", under(receipts=ballot(_set(origin="other.example.org"))), 1, (BALLOT,)),
    Case("ballot: upper case", under(receipts=ballot(lambda r: r.update(ballot=r["ballot"].upper()))), 1, (BALLOT,)),
]

RUNNING = [
    Case(
        "ballot before the close",
        lambda: Given(
            log=story("running").log(),
            receipts={BALLOT: json.dumps(_early(), separators=(",", ":")).encode()},
        ),
        IN_PART,
        (BALLOT,),
    ),
]


def _early() -> dict[str, Any]:
    return {"acquis": "ballot", "origin": story("running").origin, "ballot": "0" * 32, "choices": [[3, "+"]]}
