#!/usr/bin/env python3
"""Verifies the public record of a session: `python verify.py log.jsonl`, or the unpacked folder of a whole record.

Written from the specification of the record format, format 2. Needs Python 3.9 or later and nothing else. Signatures
are verified in Python alone, which takes some milliseconds each. The exit status is 0: verified, 3: verified in part,
1: not verified, 4: not a record.
"""

from __future__ import annotations

import argparse
import base64
import io
import itertools
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from hashlib import sha256, sha512
from typing import Any, BinaryIO


def N_(message: str) -> str:  # noqa: N802  # the name by which messages are extracted for translation
    """Mark a message. Returns it unchanged."""
    return message


SENTENCES = {
    "verified": N_("Verified. The links between the entries, the keys, the hidden parts and the figures were checked."),
    "in_part": N_("Verified in part. The next lines say what was not checked."),
    "not_verified": N_("Not verified. The next line says why."),
    "not_record": N_("This is not a session record."),
    # Why a record is not verified, or not a record.
    "unreadable": N_("The file {file} cannot be read."),
    "no_log": N_("It contains no entries. Choose the log, or the unpacked folder of a record."),
    "format_1": N_("This log was made by an earlier version (format 1). Verify it with Acquis."),
    "incomplete": N_("Line {entry} does not end with a line feed, so the end of the log is missing."),
    "long": N_("Line {entry} is too long. Limit in bytes: {limit}."),
    "canonical": N_("Entry {entry} is not written in the canonical form."),
    "shape": N_("Entry {entry} does not have the members and parts of an entry."),
    "number": N_("Entry {entry} has the number {seq}. An entry was added, removed or moved."),
    "link": N_("The link of entry {entry} is wrong. This entry was changed, or an entry before it was removed."),
    "value": N_("Part {part} of entry {entry} is not a JSON object in the canonical form."),
    "act": N_("The first part of entry {entry} is not an act."),
    "author": N_("The second part of entry {entry} is not its author, although its act does not name one."),
    "no_rule_author": N_("Entry {entry} hides its author, but the session is not held under the Chatham House Rule."),
    "hidden_act": N_("Entry {entry} shows parts without its act."),
    "parts": N_("The members of entry {entry} are in the wrong parts."),
    "hidden": N_("Entry {entry} lacks a part, and nothing in the log explains it."),
    "sealed_late": N_("Entry {entry} is sealed, and the totals do not count it."),
    "malformed": N_("Entry {entry} does not have the members that its kind of event has."),
    "refers": N_("Entry {entry} refers to entry {other}, but an entry of this kind cannot."),
    "no_rule": N_("Entry {entry} masks a text, but the session is not held under the Chatham House Rule."),
    "masks_shown": N_("Entry {entry} masks members that entry {other} shows."),
    "programme_late": N_("Entry {entry} publishes a programme after the session opened."),
    "twice": N_("Entry {entry} publishes ballots or totals a second time."),
    "not_closed": N_("Entry {entry} publishes ballots or totals before the session closed."),
    "ballots": N_("The ballots of entry {entry} are not correct at ballot {ballot}."),
    "too_many_ballots": N_(
        "There are more ballots than people whose votes count. Ballots: {ballots}. People: {people}."
    ),
    "struck_late": N_("Entry {entry} changes whose votes are left out, although the votes were published before it."),
    "sealed_count": N_(
        "The totals of entry {entry} do not count the sealed entries. Stated: {stated}. In the log: {counted}."
    ),
    "figures": N_("The figures of statement {statement} in entry {entry} do not match the ballots or each other."),
    "report_late": N_("The report of entry {entry} is not of all entries before it."),
    "report": N_("The report of entry {entry} does not have the figures of statement {statement} in the totals."),
    "head": N_("No entry has the fingerprint {head}. This is another log, or its end was removed."),
    "key": N_("Entry {entry} announces a key that is not valid or not signed with the key before it."),
    "key_text": N_("The key is not a verifier key."),
    "head_text": N_("A fingerprint has 64 digits."),
    "other_key": N_("The key is not the one that the log announces."),
    "note": N_("The file {file} is not written as the format requires."),
    "signature": N_("A signature in {file} is not valid, or it is not from the key of this record."),
    "shorter": N_("The end of the log is missing. Entries in the log: {entries}. Entries according to {file}: {size}."),
    "root": N_("The log is not the one of {file}. It has another root up to entry {size}."),
    "receipt": N_("The receipt {file} is not correct. Its contents do not agree with each other or with this record."),
    "other_receipt": N_("The receipt {file} is not in this record. Entry {entry} is another one."),
    "other_ballot": N_("The ballot of {file} is not in this record with these choices."),
    "manifest": N_("The file {file} does not list the files of a record as the format requires."),
    "missing": N_("The file {file} is missing."),
    "extra": N_("The file {file} is not listed in the manifest."),
    "dot": N_("The name of the file {file} begins with a dot. Remove it."),
    "not_file": N_("{file} is a link or a folder. A record contains files only."),
    "digest": N_("The file {file} was changed. Its fingerprint is not the one in the manifest."),
    "internal": N_("The verifier cannot read this record ({reason})."),
    # What was not checked.
    "sealed_open": N_("The votes were not checked. Sealed entries: {n}. The log does not contain the totals."),
    "no_ballots": N_("The totals were not checked, because the log contains no ballots."),
    "withheld": N_("Texts that moderators may have withheld were not checked. Entries: {entries}."),
    "opinion": N_("The opinion map and the audits of the report were not checked. Entry: {entry}."),
    "unsigned_key": N_(
        "The key of entry {entry} was not signed with the key before it. Ask the organizer for the reason."
    ),
    "documents": N_(
        "These files are listed in the manifest. Their contents were not checked against the log: {files}."
    ),
    "no_key": N_("Signatures in {file} were not checked, because there is no key."),
    "no_ed25519": N_("Signatures in {file} were not checked, because this browser cannot verify them."),
    "no_ballots_yet": N_("The receipt {file} was not checked, because the log contains no ballots."),
    # What was found.
    "scope": N_("Only “acquis verify” also checks whether each act was possible, and the contents of the documents."),
    "log": N_("Entries: {entries}. Fingerprint of the last entry: {head}."),
    "sealed": N_("Sealed entries (joining, votes, support): {n}. The totals count each of them."),
    "attested": N_(
        "Figures of groups, people and supporters are stated by the server. The public log cannot prove them."
    ),
    "unsigned": N_("The record is not signed: no key of the server vouches for its files."),
    "erased": N_("Entries from which texts were erased on request: {entries}."),
    "masked": N_("Entries that lack parts under the Chatham House Rule: {entries}."),
    "private": N_("Entries of which one part is never shown: {entries}."),
    "authors": N_(
        "Entries that do not show their author under the Chatham House Rule: {n}. The order of speakers inside a group "
        "is stated by the server. The public log cannot prove it."
    ),
    "struck": N_("People whose votes are left out of the ballots: {n}."),
    "head_seen": N_("The fingerprint is that of entry {entry}."),
    "checkpoint_good": N_("The log contains everything that {file} is about. Entries: {size}."),
    "receipt_good": N_("The receipt {file} is in the record as entry {entry}, unchanged."),
    "receipt_lacks": N_(
        "The receipt {file} is in the record as entry {entry}. The log no longer shows all of its parts."
    ),
    "receipt_erased": N_("The receipt {file} is in the record as entry {entry}. Its text was erased: {reason}"),
    "receipt_merged": N_("The receipt {file} is in the record as entry {entry}, merged into question {into}."),
    "receipt_sealed": N_("The receipt {file} is in the record as entry {entry}, which is sealed."),
    "outcome_held_back": N_("{file}: a moderator withheld it."),
    "outcome_withdrawn": N_("{file}: it was withdrawn."),
    "outcome_taken_up": N_("{file}: the report takes it up. Sentences: {n}. The first one: “{text}”"),
    "outcome_merged": N_("{file}: it was merged into entry {into}."),
    "outcome_answered": N_("{file}: it was answered in the session."),
    "outcome_answered_by": N_("{file}: it was answered in the session by {who}."),
    "outcome_answered_in_writing": N_("{file}: it was answered in writing."),
    "outcome_answered_in_writing_by": N_("{file}: it was answered in writing by {who}."),
    "outcome_deferred": N_("{file}: it was deferred. To: {to}"),
    "outcome_not_used": N_("{file}: the report does not use it. Reason: {reason}"),
    "outcome_not_used_on_record": N_("{file}: it is on the record; the report is limited to the main points."),
    "outcome_not_used_result_published": N_("{file}: it was voted on; the result is on the record."),
    "outcome_not_used_not_reached": N_("{file}: it was not reached in the time of the session."),
    "outcome_not_used_not_reviewed": N_("{file}: no moderator reviewed it before the report."),
    "outcome_not_used_off_topic": N_("{file}: the report does not use it, because it is outside the topic."),
    "outcome_not_used_said_before": N_("{file}: the report does not use it, because an agreed text says it already."),
    "outcome_not_used_no_proposal": N_("{file}: the report does not use it, because it has no proposal or question."),
    "outcome_not_used_no_agreement": N_("{file}: the session reached no agreement on it."),
    "ballot_good": N_("The ballot of {file} is in the record, once, with these choices."),
}
VERIFIED, NOT_VERIFIED, IN_PART, NO_RECORD = 0, 1, 3, 4
LINE_LIMIT, DEPTH_LIMIT, NUMBER_LIMIT = 1 << 24, 32, (1 << 53) - 1
FILE_LIMIT = 1 << 20
"""The most bytes of a receipt, a key or a checkpoint; a line of the log and a list of them may be longer."""
SEALED = {"ParticipantJoined", "VoteCast", "VoteWithdrawn", "QuestionSupported", "SupportWithdrawn"}
WITHHELD = {"HandRaised", "HandEntered", "QuestionAsked", "AnswerWritten", "StatementProposed", "StatementSeeded"}
WITHHELD |= {"TurnNoted", "TurnCommented", "SentenceDrafted", "ContributionWritten"} | {"ObjectionMade"}
WITHHELD.add("AmendmentProposed")
READ = {"ProgrammePublished", "SessionOpened", "SessionClosed", "ActTakenBack", "TextErased", "TextMasked"}
READ |= {"StatementProposed", "StatementSeeded", "BallotsPublished", "TotalsPublished", "ReportPublished"}
READ |= {"KeyAnnounced", "VotesStruck", "VotesRestored", "QuestionMerged", "QuestionSplit", "FatesStated"}
ABOUT = {"QuestionAsked": "question", "StatementProposed": "statement", "StatementSeeded": "statement"}
ABOUT["ContributionWritten"] = "contribution"
"""An input of a person -> the member by which later events name it."""
REVIEWED = {"QuestionApproved": "", "StatementOpened": "", "ContributionApproved": ""}
REVIEWED |= {f"{kind}HeldBack": "held_back" for kind in ("Question", "Statement", "Contribution")}
REVIEWED |= {f"{kind}Withdrawn": "withdrawn" for kind in ("Question", "Statement", "Contribution")}
ANSWERED = {"QuestionPut": "", "QuestionReopened": "", "QuestionSplit": "", "QuestionAnswered": "answered"}
ANSWERED["AnswerWritten"] = "answered_in_writing"
READ |= ABOUT.keys() | REVIEWED.keys() | ANSWERED.keys()
HEX32, HEX64 = re.compile("[0-9a-f]{32}"), re.compile("[0-9a-f]{64}")
SIZE = re.compile("[1-9][0-9]{0,15}")
Facts = dict[str, Any]
COLUMNS = {
    "AccessRevoked": ("", "", "", "reason"),
    "AmendmentProposed": ("lane stakeholder region", "gender", "", "text"),
    "AnswerWritten": ("", "", "", "text"),
    "CallAnswered": ("", "", "", "what note office"),
    "CommitmentAmended": ("", "", "", "what who why"),
    "CommitmentMade": ("", "", "", "what who"),
    "CommitmentProgressed": ("", "", "", "note"),
    "ContributionWritten": ("lane stakeholder region", "gender", "", "text on_behalf_of"),
    "FatesStated": ("", "", "", "who to words"),
    "HandEntered": ("lane stakeholder region", "", "", "about"),
    "HandRaised": ("lane stakeholder region", "gender", "", "about"),
    "MessageReworded": ("", "", "", "text why"),
    "ObjectionMade": ("", "voice", "", "text name party"),
    "PollResultEntered": ("", "", "", "question options"),
    "ProgrammePublished": ("", "", "title segments room seats document", ""),
    "QuestionAsked": ("lane stakeholder region", "gender", "to", "text"),
    "QuestionAssigned": ("", "", "seat", ""),
    "ReportPublished": ("", "", "takeaways calls_to_action consensus concern correction sections", ""),
    "SegmentTimeChanged": ("", "", "reason", ""),
    "SegmentTitleCorrected": ("", "", "title", "reason"),
    "SentenceDrafted": ("", "", "", "text"),
    "SilenceBegun": ("", "", "", "parties"),
    "SpeakerAdded": ("", "", "name organization lane stakeholder region gender reason", ""),
    "SpeakerCorrected": ("", "", "seat name organization reason", ""),
    "SpeakerGivenFloor": ("", "", "seat", ""),
    "SpeakerMatched": ("", "", "seat", ""),
    "SpeakerRegistered": ("lane stakeholder region", "gender", "", ""),
    "SpeakerWithdrawn": ("", "", "seat reason", ""),
    "SpeechCaptioned": ("", "", "speaker seat", "text"),
    "SpeechCorrected": ("", "", "", "text"),
    "StatementProposed": ("", "", "", "text"),
    "StatementSeeded": ("", "", "", "text"),
    "SummaryConfirmed": ("", "", "consensus concern", ""),
    "TeamMemberReplaced": ("", "", "", "reason former name"),
    "TextMasked": ("", "", "", "shown"),
    "TitleCorrected": ("", "", "title", "reason"),
    "TranscriptImported": ("", "", "", "unparsed"),
    "TurnCommented": ("", "", "", "text"),
    "TurnNoted": ("", "", "", "text"),
    "TurnTimeChanged": ("", "", "reason", ""),
    "VotesStruck": ("", "voice", "", ""),
}
COLUMNS |= dict.fromkeys(("MessageProposed", "ProcedureChosen"), ("", "", "", "text"))
COLUMNS |= dict.fromkeys(("AmendmentSettled", "OutcomeStated"), ("", "", "", "why"))
"""Event -> the members of the parts 2 to 5. Events that are not in the table have one part."""
PERSONS = dict.fromkeys(("ParticipantSilenced", "ParticipantUnsilenced", "ParticipantRenamed", "DeviceEnded"), "person")
PERSONS |= dict.fromkeys(("HandEntered", "SpeakerRegistered", "AccessRevoked"), "person")
PERSONS |= {"TeamMemberReplaced": "person successor", "BodyAsked": "addressee", "CallAnswered": "signer"}
"""Event -> the members that are in part 3, too, if the author is a part."""


class NotVerified(Exception):
    """Why a record is not verified: the code of a sentence and its facts."""

    def __init__(self, why: str, status: int = NOT_VERIFIED, **named: Any) -> None:
        self.why, self.status, self.named = why, status, named


class Observations:
    """What a verification says: codes of sentences with their facts. `unchecked`: what was not checked."""

    def __init__(self) -> None:
        self.unchecked: list[tuple[str, Facts]] = []
        self.seen: list[tuple[str, Facts]] = []


def _integer(digits: str) -> int:
    if len(digits) > 16 or digits[0] == "-" or int(digits) > NUMBER_LIMIT:
        raise ValueError(digits)
    return int(digits)


def _no_number(digits: str) -> None:
    raise ValueError(digits)


def _check_depth(value: Any, depth: int) -> None:
    if depth < 0 or (isinstance(value, dict) and any(re.fullmatch("[0-9]+", name) for name in value)):
        raise ValueError
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            _check_depth(inner, depth - 1)


def canonical(content: bytes) -> Any:
    """The value of a JSON text. Raises ValueError if the text is not canonical JSON."""
    text = content.decode("utf-8")
    try:
        value = json.loads(text, parse_int=_integer, parse_float=_no_number, parse_constant=_no_number)
        if json.dumps(value, ensure_ascii=False, separators=(",", ":")) != text:
            raise ValueError
        _check_depth(value, DEPTH_LIMIT)
    except RecursionError:
        raise ValueError from None
    return value


def fields(value: Any, /, **kinds: type) -> list[Any]:
    """The members of an object, of the kinds given; a missing one is empty. Raises ValueError if one is not."""
    if not isinstance(value, dict):
        raise ValueError
    members = [value.get(name, kind()) for name, kind in kinds.items()]
    if any(type(member) is not kind for member, kind in zip(members, kinds.values())):
        raise ValueError
    return members


class Tree:
    """The Merkle tree of RFC 6962 over leaves that are added, as the roots of its complete subtrees."""

    def __init__(self) -> None:
        self.size, self.subtrees = 0, list[bytes]()

    def add(self, leaf: bytes) -> None:
        self.size += 1
        self.subtrees.append(sha256(b"\0" + leaf).digest())
        size = self.size
        while size % 2 == 0:
            right = self.subtrees.pop()
            self.subtrees[-1] = sha256(b"\1" + self.subtrees[-1] + right).digest()
            size //= 2

    def root(self) -> bytes:
        """The root of all leaves so far, 32 bytes."""
        root = self.subtrees[-1]
        for left in self.subtrees[-2::-1]:
            root = sha256(b"\1" + left + root).digest()
        return root


def roots_of(links: list[bytes], sizes: set[int]) -> dict[int, bytes]:
    """For each of the sizes the root of the first entries of a log, as far as it has so many."""
    tree, roots = Tree(), dict[int, bytes]()
    for link in links if sizes else ():
        tree.add(link)
        if tree.size in sizes:
            roots[tree.size] = tree.root()
    return roots


def root_of_proof(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2). Raises ValueError if its length is wrong."""
    root, last = sha256(b"\0" + leaf).digest(), size - 1
    for node in proof:
        if last == 0:
            raise ValueError
        if index % 2 or index == last:
            root = sha256(b"\1" + node + root).digest()
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            root = sha256(b"\1" + root + node).digest()
        index, last = index // 2, last // 2
    if last:
        raise ValueError
    return root


P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]
"""A point of the curve in extended coordinates (x, y, z, x·y), as in RFC 8032, section 5.1.4."""


def _plus(a: Point, b: Point) -> Point:
    p, q, r, s = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0]), 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = q - p, s - r, s + r, q + p
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = _plus(result, point)
        point, factor = _plus(point, point), factor >> 1
    return result


def _point(encoded: bytes) -> Point:
    """The point of 32 bytes. Raises ValueError if there is none."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError
    x = P - x if x % 2 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_valid(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature of 64 bytes over a message is valid (RFC 8032). `public`: the key, 32 bytes."""
    try:
        key, scalar = _point(public), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    x, y, z, _ = _plus(_times(scalar, BASE), _times(ORDER - challenge, key))
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    return len(signature) == 64 and scalar < ORDER and signature[:32] == (y | (x & 1) << 255).to_bytes(32, "little")


class Key:
    """A verifier key as C2SP writes it. Raises NotVerified if the text is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.name, number, encoded = [*text.split("+", 2), "", ""][:3]
        self.bytes = _base64(encoded)[1:]
        self.id = sha256(self.name.encode() + b"\n\1" + self.bytes).digest()[:4]
        named = self.name and not re.search(r"\s", self.name) and number == self.id.hex()
        if not named or len(self.bytes) != 32 or _base64(encoded)[:1] != b"\1":
            raise NotVerified("key_text")


def _base64(text: str) -> bytes:
    """The bytes of a text in base64; empty if it is not written in the usual form."""
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        return b""
    return content if base64.b64encode(content).decode() == text else b""


class C2spNote:
    """A signed note of C2SP. `lines`: those of its text. Raises NotVerified if it is not written in this form."""

    def __init__(self, content: str, file: str) -> None:
        self.file = file
        text, gap, signatures = content.partition("\n\n")
        self.text, self.lines = text + "\n", text.split("\n")
        signed = re.compile("— ([^ \n+]+) ([A-Za-z0-9+/=]+)\n")
        if not gap or not signatures or signed.sub("", signatures):
            raise NotVerified("note", file=file)
        self.signatures = [(name, _base64(encoded)) for name, encoded in signed.findall(signatures)]

    def check(self, keys: list[Key], result: Observations) -> None:
        """Check the signatures of these keys, of which the note has at least that of one. Raises NotVerified."""
        if not keys:
            if ("no_key", {"file": self.file}) not in result.unchecked:
                result.unchecked.append(("no_key", {"file": self.file}))
            return
        known = {(key.name, key.id): key for key in keys}
        own = [(known[name, signed[:4]], signed[4:]) for name, signed in self.signatures if (name, signed[:4]) in known]
        if not own or not all(ed25519_valid(key.bytes, signed, self.text.encode()) for key, signed in own):
            raise NotVerified("signature", file=self.file)


class C2spCheckpoint(C2spNote):
    """A checkpoint: the size of a log and its root, signed. Raises NotVerified if it is not written in this form."""

    def __init__(self, content: str, file: str) -> None:
        super().__init__(content, file)
        if len(self.lines) != 3 or not self.lines[0] or not SIZE.fullmatch(self.lines[1]):
            raise NotVerified("note", file=file)
        self.origin, self.size, self.root = self.lines[0], int(self.lines[1]), _base64(self.lines[2])
        if len(self.root) != 32 or any(name == self.origin for name, _ in self.signatures) is False:
            raise NotVerified("note", file=file)


class Log:
    """What a verifier keeps of a log. Numbers of entries count from 1."""

    def __init__(self) -> None:
        self.links: list[bytes] = []
        self.sealed: list[int] = []
        self.lacking: dict[int, tuple[str, list[set[int]], set[str]]] = {}
        self.nameless: list[int] = []
        """The entries whose author is a part that is not shown."""
        self.events: dict[int, tuple[str, Facts]] = {}
        self.keys: list[Key] = []
        self.struck = 0
        """How many people there are whose votes are left out."""

    def of(self, kind: str) -> Iterator[tuple[int, Facts]]:
        """The entries of a kind of event, with the members that they show."""
        return ((seq, members) for seq, (event, members) in self.events.items() if event == kind)


def read_log(file: BinaryIO) -> Log:
    """Read a log, and check its form and its chain. Raises NotVerified."""
    log, before = Log(), sha256(b"acquis record 2").digest()
    for number, line in enumerate(iter(lambda: file.readline(LINE_LIMIT + 1), b""), 1):
        if number == 1 and not line.startswith(b'{"seq":'):
            raise NotVerified("no_log", NO_RECORD)
        if line.startswith(b'{"seq":1,"at":'):
            raise NotVerified("format_1", NO_RECORD)
        before = _read_entry(log, line, number, before)
        log.links.append(before)
    if not log.links:
        raise NotVerified("no_log", NO_RECORD)
    return log


def _read_entry(log: Log, line: bytes, number: int, before: bytes) -> bytes:
    """Check an entry, and keep of it what is needed later. Returns its link."""
    if len(line) > LINE_LIMIT:
        raise NotVerified("long", entry=number, limit=LINE_LIMIT)
    if not line.endswith(b"\n"):
        raise NotVerified("incomplete", entry=number)
    try:
        entry = canonical(line[:-1])
    except ValueError:
        raise NotVerified("canonical", entry=number) from None
    if not isinstance(entry, dict) or list(entry) != ["seq", "parts", "link"]:
        raise NotVerified("shape", entry=number)
    if type(entry["seq"]) is not int or not _hex(entry["link"], HEX64):
        raise NotVerified("shape", entry=number)
    if entry["seq"] != number:
        raise NotVerified("number", entry=number, seq=entry["seq"])
    link, values = link_of(entry["parts"], number, before)
    if link.hex() != entry["link"]:
        raise NotVerified("link", entry=number)
    if values == [None]:
        log.sealed.append(number)
        log.lacking[number] = "", [], set()
    else:
        _read_parts(log, values, number)
    return link


def _hex(text: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(text, str) and pattern.fullmatch(text) is not None


def link_of(parts: Any, number: int, before: bytes) -> tuple[bytes, list[bytes | None]]:
    """The link of an entry with these parts, and the values of the parts, None for one that is not shown. Raises
    NotVerified."""
    if not isinstance(parts, list) or not parts:
        raise NotVerified("shape", entry=number)
    covered, values = [before, number.to_bytes(8, "big")], list[Any]()
    for part in parts:
        if _hex(part, HEX64):
            covered.append(bytes.fromhex(part))
            values.append(None)
            continue
        if not isinstance(part, list) or len(part) != 2 or not _hex(part[0], HEX32) or not isinstance(part[1], str):
            raise NotVerified("shape", entry=number)
        try:
            value = part[1].encode("utf-8")
        except UnicodeEncodeError:
            raise NotVerified("shape", entry=number) from None
        covered.append(sha256(bytes.fromhex(part[0]) + value).digest())
        values.append(value)
    return sha256(b"".join(covered)).digest(), values


def members_of(values: list[bytes | None], number: int) -> list[Facts | None]:
    """The members of each part, None for one that is not shown. Raises NotVerified if a value is not in order."""
    parts: list[Facts | None] = []
    for place, value in enumerate(values, 1):
        try:
            members = None if value is None else canonical(value)
        except ValueError:
            raise NotVerified("value", entry=number, part=place) from None
        if members is not None and (not isinstance(members, dict) or not members):
            raise NotVerified("value", entry=number, part=place)
        parts.append(members)
    if parts[0] is None:
        raise NotVerified("hidden_act", entry=number)
    begins = ["at", "event"] if is_apart(parts) else ["at", "by", "event"]
    kinds = [type(member) for member in parts[0].values()][: len(begins)]
    if list(parts[0])[: len(begins)] != begins or kinds != [int, str, str][: len(begins)]:
        raise NotVerified("act", entry=number)
    if is_apart(parts):
        author = parts[1] if len(parts) > 1 else {}
        if author is not None and (list(author) != ["by"] or type(author["by"]) is not str):
            raise NotVerified("author", entry=number)
    return parts


def is_apart(parts: list[Facts | None]) -> bool:
    """Whether the author is a part of its own, the second one, because the act has no member for it."""
    return "by" not in (parts[0] or {})


def _read_parts(log: Log, values: list[bytes | None], number: int) -> None:
    """Check the parts of an entry that shows its act, and keep what is needed later."""
    parts = members_of(values, number)
    act, apart = parts[0] or {}, is_apart(parts)
    if apart and parts.pop(1) is None:
        log.nameless.append(number)
    event, shown = act["event"], [part for part in parts if part is not None]
    names = [name for part in shown for name in part]
    columns = columns_of(event, apart)
    orders = [
        {place for part, place in zip(parts[1:], places) if part is None}
        for places in itertools.combinations([place for place in columns if columns[place]], len(parts) - 1)
        if all(part is None or set(part) <= columns[place] for part, place in zip(parts[1:], places))
        and (3 in places or not columns[3])
    ]
    doubled = len(set(names)) < len(names) or (apart and "by" in names)
    if not orders or doubled or set(act) & set().union(*columns.values()):
        raise NotVerified("parts", entry=number)
    if event in SEALED:
        log.sealed.append(number)
    if len(shown) < len(parts):
        log.lacking[number] = event, orders, {*names, "by"}
    if event in READ:
        log.events[number] = event, {name: part[name] for part in shown for name in part}


def columns_of(event: str, apart: bool) -> dict[int, set[str]]:
    """The members that the parts 2 to 5 of an entry can have. `apart`: the author is a part, which is not counted."""
    columns = {place: set(names.split()) for place, names in enumerate(COLUMNS.get(event, ("", "", "", "")), 2)}
    columns[3] |= set(PERSONS.get(event, "").split() if apart else ())
    return columns


def check_events(log: Log, result: Observations) -> None:
    """Check what is hidden and what can be computed from the events. Raises NotVerified."""
    programmes = [members for _, members in log.of("ProgrammePublished")]
    settings = programmes[-1].get("settings") if programmes else None
    chatham = isinstance(settings, dict) and settings.get("chatham") is True
    if log.nameless and not chatham:
        raise NotVerified("no_rule_author", entry=log.nameless[0])
    if log.nameless:
        result.seen.append(("authors", {"n": len(log.nameless)}))
    erased, masking = _check_references(log, chatham)
    _check_hidden(log, result, chatham, (erased, masking))
    _check_totals(log, result)
    _read_keys(log, result)


def _check_references(log: Log, chatham: bool) -> tuple[set[int], dict[int, list[int]]]:
    """The entries from which texts were erased, and for each masked entry the entries that mask it."""
    erased, masking = set[int](), dict[int, list[int]]()
    for seq, (event, members) in log.events.items():
        if event not in ("TextErased", "TextMasked"):
            continue
        other = members.get("entry")
        if type(other) is not int or not 0 < other < seq:
            raise NotVerified("malformed", entry=seq)
        if event == "TextErased":
            erased.add(other)
            continue
        if not chatham:
            raise NotVerified("no_rule", entry=seq)
        kind, _, names = log.lacking.get(other, (None, [], set[str]()))
        if kind == "" or log.events.get(other, ("", {}))[0] == "TextMasked":
            raise NotVerified("refers", entry=seq, other=other)
        masking.setdefault(other, []).append(seq)
        if "shown" in members:
            try:
                shown = canonical(members["shown"].encode("utf-8"))
            except (ValueError, AttributeError):
                raise NotVerified("malformed", entry=seq) from None
            if not isinstance(shown, dict) or not shown:
                raise NotVerified("malformed", entry=seq)
            if kind and names & set(shown):
                raise NotVerified("masks_shown", entry=seq, other=other)
            if kind and set(shown) - set().union(*columns_of(kind, False).values()):
                raise NotVerified("malformed", entry=seq)
    return erased, masking


def _check_hidden(log: Log, result: Observations, chatham: bool, known: tuple[set[int], dict[int, list[int]]]) -> None:
    """Check that the log explains what it does not show, and note what it cannot explain."""
    lists: dict[str, list[int]] = {"erased": [], "masked": [], "private": [], "withheld": []}
    ruled = "masked" if chatham else ""
    for seq, (event, orders, _) in log.lacking.items():
        if event == "":
            continue
        other = log.events[seq][1]["entry"] if event == "TextMasked" else seq
        reasons = {2: ruled, 3: "private", 4: ruled, 5: ruled}
        if event == "TextMasked":
            reasons[5] = "masked" if known[1][other][-1] != seq else ""
        elif not chatham and event in WITHHELD:
            reasons[5] = "withheld"
        if other in known[0]:
            reasons[5] = "erased"
            reasons[4] = "erased" if event == "SpeechCaptioned" else reasons[4]
        explained = [said for said in ({reasons[place] for place in hidden} for hidden in orders) if "" not in said]
        if not explained:
            raise NotVerified("hidden", entry=seq)
        best = next((said for said in explained if "withheld" not in said), explained[0])
        lists[next(reason for reason in ("withheld", "erased", "masked", "private") if reason in best)].append(seq)
    for reason, entries in lists.items():
        if entries:
            (result.unchecked if reason == "withheld" else result.seen).append((reason, {"entries": numbers(entries)}))


def numbers(entries: list[int]) -> str:
    """Ascending numbers as a text, in which a row of numbers is its first and its last."""
    rows: list[list[int]] = []
    for entry in entries:
        if rows and rows[-1][1] == entry - 1:
            rows[-1][1] = entry
        else:
            rows.append([entry, entry])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in rows)


def _check_totals(log: Log, result: Observations) -> None:
    if struck := _struck(log):
        log.struck = struck
        result.seen.append(("struck", {"n": struck}))
    opened, closed, published = set[int](), set[int](), dict[str, tuple[int, Facts]]()
    for seq, (event, members) in log.events.items():
        if event in ("SessionOpened", "SessionClosed"):
            (opened if event == "SessionOpened" else closed).add(seq)
        elif event == "ActTakenBack":
            entry = members.get("entry")
            if type(entry) is not int or not 0 < entry < seq:
                raise NotVerified("malformed", entry=seq)
            opened.discard(entry)
            closed.discard(entry)
        elif event == "ProgrammePublished" and opened:
            raise NotVerified("programme_late", entry=seq)
        elif event in ("BallotsPublished", "TotalsPublished"):
            if event in published:
                raise NotVerified("twice", entry=seq)
            if not closed:
                raise NotVerified("not_closed", entry=seq)
            published[event] = seq, members
    cast = published.get("BallotsPublished")
    votes, ballots = _read_ballots(log, *cast) if cast else (None, 0)
    figures = set[tuple[Any, ...]]()
    if "TotalsPublished" in published:
        figures = _read_totals(log, result, published["TotalsPublished"], (votes, ballots))
    elif log.sealed:
        result.unchecked.append(("sealed_open", {"n": len(log.sealed)}))
    for seq, members in log.of("ReportPublished"):
        known = {figure for figure in figures if published["TotalsPublished"][0] < seq}
        stated = figures_of(members, seq)
        left = [about.get("statement") for entry, about in log.of("StatementHeldBack") if entry < seq]
        wrong = [each for each in known.symmetric_difference(stated) if each not in known or each[0] not in left]
        if wrong or len(stated) > len({*stated}):
            raise NotVerified("report", entry=seq, statement=min(wrong or stated)[0])
        if members.get("upto") != seq - 1:
            raise NotVerified("report_late", entry=seq)
        if any(members.get(name) is not None for name in ("opinion", "slate", "unput")):
            result.unchecked.append(("opinion", {"entry": seq}))


def _struck(log: Log) -> int:
    """The number of people whose votes are left out. Raises NotVerified."""
    struck, restored, published = set[int](), dict[int, int](), False
    for seq, (event, members) in log.events.items():
        entry = members["entry"] if type(members.get("entry")) is int else 0
        reversal = event == "ActTakenBack" and (entry in struck or entry in restored)
        if published and (reversal or event in ("VotesStruck", "VotesRestored")):
            raise NotVerified("struck_late", entry=seq)
        published = published or event in ("BallotsPublished", "TotalsPublished")
        if event == "VotesStruck":
            struck.add(seq)
        elif event == "VotesRestored":
            if entry not in struck:
                raise NotVerified("malformed", entry=seq)
            restored[seq] = entry
            struck.remove(entry)
        elif reversal and entry in restored:
            struck.add(restored.pop(entry))
        elif reversal:
            struck.remove(entry)
    return len(struck)


def _read_ballots(log: Log, seq: int, members: Facts) -> tuple[dict[int, list[int]], int]:
    """For each statement the numbers of agree, disagree and pass, and the number of ballots. Raises NotVerified."""
    try:
        statements, ballots = fields(members, statements=list, ballots=list)
    except ValueError:
        raise NotVerified("malformed", entry=seq) from None
    if any(type(statement) is not int for statement in statements) or sorted(set(statements)) != statements:
        raise NotVerified("malformed", entry=seq)
    for statement in statements:
        if statement > seq or log.events.get(statement, ("",))[0] not in ("StatementProposed", "StatementSeeded"):
            raise NotVerified("refers", entry=seq, other=statement)
    form, before = re.compile(f"([0-9a-f]{{32}})([-+0.]{{{len(statements)}}})"), ""
    votes = {statement: [0, 0, 0] for statement in statements}
    for place, ballot in enumerate(ballots, 1):
        read = form.fullmatch(ballot) if isinstance(ballot, str) else None
        if read is None or read[1] <= before or not read[2].strip("."):
            raise NotVerified("ballots", entry=seq, ballot=place)
        before = read[1]
        for statement, choice in zip(statements, read[2]):
            if choice != ".":
                votes[statement]["+-0".index(choice)] += 1
    return votes, len(ballots)


FIGURE = {"statement": int, "group": str, "agree": int, "disagree": int, "passes": int}
MOVED = {"statement": int, "entry": int, "voters": int, "agree": int, "came": int, "left": int}


def figures_of(members: Facts, seq: int, name: str = "figures", kinds: Any = FIGURE) -> list[tuple[Any, ...]]:
    """The figures of totals or of a report: the members that `kinds` names. Raises NotVerified."""
    try:
        (figures,) = fields(members, **{name: list})
        read = [tuple(fields(figure, **kinds)) for figure in figures]
    except ValueError:
        raise NotVerified("malformed", entry=seq) from None
    if any(set(figure) - set(kinds) for figure in figures):
        raise NotVerified("malformed", entry=seq)
    return read


def _read_totals(
    log: Log, result: Observations, totals: tuple[int, Facts], ballots: tuple[dict[int, list[int]] | None, int]
) -> set[tuple[Any, ...]]:
    """Check the totals, and return their figures."""
    (seq, members), (votes, count) = totals, ballots
    try:
        upto, sealed, people, supporters = fields(members, upto=int, sealed=int, people=list, supporters=list)
        groups = [fields(group, attribute=str, value=str, people=int) for group in people]
    except ValueError:
        raise NotVerified("malformed", entry=seq) from None
    counted = sum(1 for entry in log.sealed if entry <= upto)
    if sealed != counted or upto != seq - 1:
        raise NotVerified("sealed_count", entry=seq, stated=sealed, counted=counted)
    if counted < len(log.sealed):
        raise NotVerified("sealed_late", entry=log.sealed[counted])
    figures = figures_of(members, seq)
    whole = {figure[0]: list(figure[2:]) for figure in figures if not figure[1]}
    named: set[tuple[Any, ...]] = set()
    for statement, *rest in figures:
        unknown = statement not in whole or (votes is not None and statement not in votes)
        if unknown or (statement, rest[0]) in named:
            raise NotVerified("figures", entry=seq, statement=statement)
        named.add((statement, rest[0]))
    for statement, tally in (votes or {}).items():
        if whole.get(statement, [0, 0, 0]) != tally:
            raise NotVerified("figures", entry=seq, statement=statement)
    _check_moved(members, seq, dict(whole))
    everybody = [joined for attribute, value, joined in groups if not attribute and not value]
    if len(everybody) > 1:
        raise NotVerified("malformed", entry=seq)
    if votes is not None and count > (counting := sum(everybody) - log.struck):
        raise NotVerified("too_many_ballots", ballots=count, people=counting)
    if log.sealed:
        result.seen.append(("sealed", {"n": len(log.sealed)}))
    if votes is None and figures:
        result.unchecked.append(("no_ballots", {}))
    if len(whole) < len(figures) or people or supporters:
        result.seen.append(("attested", {}))
    return set(figures)


def _check_moved(members: Facts, seq: int, whole: dict[int, list[int]]) -> None:
    """Check the figures of the same people at two moments against those of everybody. Raises NotVerified."""
    for statement, entry, voters, before, came, left in figures_of(members, seq, "moved", MOVED):
        agree, *others = whole.pop(statement, [-1])  # no figure of everybody, or a second one of two moments
        now, possible = before - left + came, 0 <= left <= before and 0 <= came <= voters - before
        if not (possible and 0 < entry < seq and now <= agree and voters - now <= sum(others)):
            raise NotVerified("figures", entry=seq, statement=statement)


def _read_keys(log: Log, result: Observations) -> None:
    """Read the keys that the log announces. Each is signed with the key before it, if there is one that is not lost."""
    for seq, members in log.of("KeyAnnounced"):
        try:
            text, signed = fields(members, key=str, signature=str)
            key = Key(text)
        except (ValueError, NotVerified):
            raise NotVerified("key", entry=seq) from None
        if log.keys and key.name == log.keys[0].name and not signed:
            result.unchecked.append(("unsigned_key", {"entry": seq}))
        elif log.keys:
            good = ed25519_valid(log.keys[-1].bytes, _base64(signed), text.encode()) and key.name == log.keys[0].name
            if not good:
                raise NotVerified("key", entry=seq)
        elif signed:
            raise NotVerified("key", entry=seq)
        log.keys.append(key)


class EntryReceipt:
    """A receipt of an entry. Raises NotVerified if its parts, link, proof and checkpoint do not belong together."""

    MEMBERS = ("acquis", "origin", "seq", "before", "parts", "link", "size", "root", "proof", "checkpoint")

    def __init__(self, members: Facts, file: str) -> None:
        self.file, self.checkpoint = file, None
        try:
            if tuple(members) != self.MEMBERS:
                raise ValueError
            self.origin, self.seq, self.size = members["origin"], members["seq"], members["size"]
            hexadecimal = [members["before"], members["link"], members["root"], *members["proof"]]
            if not all(_hex(text, HEX64) for text in hexadecimal) or not isinstance(self.origin, str):
                raise ValueError
            self.before, self.link, self.root, *proof = [bytes.fromhex(text) for text in hexadecimal]
            if type(self.seq) is not int or type(self.size) is not int or not 0 < self.seq <= self.size:
                raise ValueError
            link, values = link_of(members["parts"], self.seq, self.before)
            self.parts = members_of(values, self.seq)
            if None in values or link != self.link:
                raise ValueError
            if root_of_proof(link, self.seq - 1, self.size, proof) != self.root:
                raise ValueError
            if members["checkpoint"] != "":
                self.checkpoint = C2spCheckpoint(members["checkpoint"], file)
                named = self.checkpoint.origin, self.checkpoint.size, self.checkpoint.root
                if named != (self.origin, self.size, self.root):
                    raise ValueError
        except (ValueError, TypeError, AttributeError, NotVerified):
            raise NotVerified("receipt", file=file) from None

    def check(self, log: Log, roots: dict[int, bytes], keys: list[Key], result: Observations) -> None:
        """Find the receipt in a log. Raises NotVerified."""
        if keys and self.origin not in {key.name for key in keys}:
            raise NotVerified("receipt", file=self.file)
        if self.checkpoint:
            self.checkpoint.check(keys, result)
        if self.size > len(log.links):
            raise NotVerified("shorter", file=self.file, size=self.size, entries=len(log.links))
        before = log.links[self.seq - 2] if self.seq > 1 else sha256(b"acquis record 2").digest()
        if (before, log.links[self.seq - 1]) != (self.before, self.link):
            raise NotVerified("other_receipt", file=self.file, entry=self.seq)
        if roots[self.size] != self.root:
            raise NotVerified("root", file=self.file, size=self.size)
        said, facts = self._fate(log)
        result.seen.append((said, {"file": self.file, "entry": self.seq, **facts}))
        outcome = InputHistory(log, self.seq).said()
        if outcome:
            result.seen.append((f"outcome_{outcome[0]}", {"file": self.file, **outcome[1]}))

    def _fate(self, log: Log) -> tuple[str, Facts]:
        """What became of the entry: the code of a sentence and further facts."""
        for _, members in log.of("TextErased"):
            if members["entry"] == self.seq:
                reason = members.get("reason")
                return "receipt_erased", {"reason": reason if isinstance(reason, str) and reason else "–"}
        into = merged_into(log, self.seq)
        if into:
            return "receipt_merged", {"into": into}
        event, _, names = log.lacking.get(self.seq, (None, [], set[str]()))
        if event == "":
            return "receipt_sealed", {}
        said = [name for part in self.parts if part for name, value in part.items() if value not in (0, "", [], False)]
        return "receipt_good" if event is None or names.issuperset(said) else "receipt_lacks", {}


def merged_into(log: Log, question: int) -> int:
    """The question into which a question was merged, unless that was taken back or it was split off again; or 0."""
    undone = {members.get("entry") for _, members in log.of("ActTakenBack")}
    into = 0
    for seq, (event, members) in log.events.items():
        if event in ("QuestionMerged", "QuestionSplit") and members.get("question") == question and seq not in undone:
            other = members.get("into")
            into = other if event == "QuestionMerged" and type(other) is int else 0
    return into


class InputHistory:
    """What became of a question, a statement or a written contribution after the session."""

    def __init__(self, log: Log, entry: int) -> None:
        self.log, self.entry = log, entry
        self.kind, self.own = log.events.get(entry, ("", {}))
        undone = {members.get("entry") for _, members in log.of("ActTakenBack")}
        name = ABOUT.get(self.kind, "")
        events = log.events.items() if name else ()
        self.about = [kind for seq, (kind, members) in events if seq not in undone and self._is(members.get(name))]

    def _is(self, number: Any) -> bool:
        return type(number) is int and number == self.entry

    def said(self) -> tuple[str, Facts] | None:
        """The code of a sentence and its facts; None if nothing is said, or if the entry is nothing of the kind."""
        if self.kind not in ABOUT:
            return None
        reviewed = [REVIEWED[kind] for kind in self.about if kind in REVIEWED]
        if reviewed and reviewed[-1]:
            return reviewed[-1], {}
        reports = [self._whole(seq) for seq, _ in self.log.of("ReportPublished")]
        report: Facts = reports[-1] if reports else {}
        citing = [sentence for sentence in sentences_of(report) if self._is_in(sentence, "cites")]
        if citing:
            return "taken_up", {"n": len(citing), "text": _text_in(citing[0], "text") or "–"}
        stated = [self._whole(seq) for seq, members in self.log.of("FatesStated") if self._is_in(members, "inputs")]
        if stated:
            return self._stated(stated[-1])
        answered = self._answered()
        if answered:
            return answered, {}
        rest, upto = _text_in(report, "rest"), report.get("upto")
        if not rest or type(upto) is not int or upto < self.entry:
            return None
        return unused(rest if reviewed or self._needs_no_review() else "not_reviewed", "")

    def _is_in(self, members: Facts, name: str) -> bool:
        listed = members.get(name)
        return isinstance(listed, list) and any(map(self._is, listed))

    def _whole(self, seq: int) -> Facts:
        """The members of an entry with those of its last masked form."""
        masks = [members for _, members in self.log.of("TextMasked") if members["entry"] == seq]
        shown = [members["shown"] for members in masks if "shown" in members]
        return {**self.log.events[seq][1], **(json.loads(shown[-1]) if shown else {})}

    def _stated(self, members: Facts) -> tuple[str, Facts] | None:
        fate, who = members.get("fate"), _text_in(members, "who")
        if fate == "merged":
            places = [place for place, entry in enumerate(members["inputs"]) if self._is(entry)]
            into = members.get("into")
            return fate, {"into": into[places[0]] if isinstance(into, list) and len(into) > places[0] else "–"}
        if fate in ("answered", "answered_in_writing"):
            return (f"{fate}_by", {"who": who}) if who else (fate, {})
        if fate == "deferred":
            return fate, {"to": _text_in(members, "to") or "–"}
        return unused(_text_in(members, "reason"), _text_in(members, "words")) if fate == "not_used" else None

    def _answered(self) -> str:
        if merged_into(self.log, self.entry):
            return ""
        answered = "answered" if self.own.get("answered") is True else ""
        for kind in self.about:
            if kind in ANSWERED and not (kind == "AnswerWritten" and answered == "answered"):
                answered = ANSWERED[kind]
        return answered

    def _needs_no_review(self) -> bool:
        settings = [members.get("settings") for _, members in self.log.of("ProgrammePublished")][-1]
        free = isinstance(settings, dict) and settings.get("moderated") is False and self.kind != "StatementProposed"
        return free or self.kind == "StatementSeeded" or bool(self.own.get("origin") or self.own.get("source"))


def sentences_of(report: Facts) -> list[Facts]:
    """The sentences of a report in their order."""
    sections = report.get("sections")
    parts = [report.get(name) for name in ("takeaways", "calls_to_action", "consensus", "concern")]
    if isinstance(sections, list):
        parts += [section.get("paragraphs") for section in sections if isinstance(section, dict)]
    listed = [part for part in parts if isinstance(part, list)]
    return [sentence for part in listed for sentence in part if isinstance(sentence, dict)]


def unused(reason: str, words: str) -> tuple[str, Facts]:
    """The code of the sentence for an input that the report does not use; a reason without one is told by itself."""
    code = f"not_used_{reason}"
    return (code, {}) if f"outcome_{code}" in SENTENCES else ("not_used", {"reason": words or reason or "–"})


def _text_in(members: Facts, name: str) -> str:
    text = members.get(name)
    return text if isinstance(text, str) else ""


def check_ballot(members: Facts, log: Log, keys: list[Key], result: Observations, file: str) -> None:
    """Find the ballot of a receipt in a log, with these choices and no other vote. Raises NotVerified."""
    try:
        origin, ballot, choices = fields(members, origin=str, ballot=str, choices=list)
        chosen = [(statement, choice) for statement, choice in choices]
        good = all(type(statement) is int and choice in ("+", "-", "0") for statement, choice in chosen)
        if list(members) != ["acquis", "origin", "ballot", "choices"] or not good or not _hex(ballot, HEX32):
            raise ValueError
        ascending = all(chosen[place - 1][0] < chosen[place][0] for place in range(1, len(chosen)))
        if not chosen or not ascending or (keys and origin not in {key.name for key in keys}):
            raise ValueError
    except (ValueError, TypeError):
        raise NotVerified("receipt", file=file) from None
    published = [found_in for _, found_in in log.of("BallotsPublished")]
    if not published:
        result.unchecked.append(("no_ballots_yet", {"file": file}))
        return
    statements, ballots = fields(published[0], statements=list, ballots=list)
    read = [(statement, choice) for statement, choice in zip(statements, _choices(ballots, ballot)) if choice != "."]
    if read != chosen:
        raise NotVerified("other_ballot", file=file)
    result.seen.append(("ballot_good", {"file": file}))


def _choices(ballots: list[str], ballot: str) -> str:
    return next((line[32:] for line in ballots if line.startswith(ballot)), "")


def text_of(path: str, limit: int = FILE_LIMIT) -> str:
    """The text of a small file. Raises NotVerified if it cannot be read, is too long or is no text."""
    name = os.path.basename(path)
    try:
        with open(path, "rb") as file:
            content = file.read(limit + 1)
    except OSError:
        raise NotVerified("unreadable", file=name) from None
    try:
        if len(content) > limit:
            raise ValueError
        return content.decode("utf-8")
    except ValueError:
        raise NotVerified("note", file=name) from None


def key_of(text: str) -> Key:
    """The verifier key of a line of text, which may end with a line feed. Raises NotVerified."""
    return Key(text[:-1] if text.endswith("\n") else text)


def read_receipt(path: str) -> EntryReceipt | Facts:
    """A receipt of an entry, or the members of one of a ballot. Raises NotVerified."""
    file = os.path.basename(path)
    text = text_of(path, LINE_LIMIT)
    try:
        members = canonical((text[:-1] if text.endswith("\n") else text).encode("utf-8"))
    except ValueError:
        raise NotVerified("receipt", file=file) from None
    kind = members.get("acquis") if isinstance(members, dict) else None
    if kind not in ("receipt", "ballot"):
        raise NotVerified("receipt", file=file)
    return EntryReceipt(members, file) if kind == "receipt" else dict(members)


def checkpoints_of(text: str, file: str) -> list[C2spCheckpoint]:
    """The checkpoints of a file, in ascending order of their sizes. Raises NotVerified."""
    notes = re.findall(r"[^\n]*\n[^\n]*\n[^\n]*\n\n(?:— [^\n]*\n)+", text)
    if not notes or "\n".join(notes) != text:
        raise NotVerified("note", file=file)
    checkpoints = [C2spCheckpoint(note, file) for note in notes]
    sizes = [checkpoint.size for checkpoint in checkpoints]
    if sizes != sorted(sizes):
        raise NotVerified("note", file=file)
    return checkpoints


class Bundle:
    """A folder with a manifest. Raises NotVerified if it does not hold just the files that the manifest lists."""

    OWN = ("manifest.json", "manifest.note")
    SIGNED = ("checkpoints.txt", "key.txt", "manifest.note")
    READ = ("log.jsonl", "checkpoints.txt", "key.txt")

    def __init__(self, folder: str) -> None:
        self.folder = folder
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        for entry in entries:
            if entry.name.startswith("."):
                raise NotVerified("dot", file=entry.name)
            if entry.is_symlink() or not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                raise NotVerified("not_file", file=entry.name)
        names = {entry.name for entry in entries}
        if "log.jsonl" not in names:
            raise NotVerified("no_log", NO_RECORD)
        self.signed = not names.isdisjoint(self.SIGNED)
        for name in ("manifest.json", *(self.SIGNED if self.signed else ())):
            if name not in names:
                raise NotVerified("missing", file=name)
        self.manifest, listed = self._manifest()
        for name in sorted({*listed} - names):
            raise NotVerified("missing", file=name)
        for name in sorted(names - {*listed, *self.OWN}):
            raise NotVerified("extra", file=name)
        for name, (size, digest) in listed.items():
            if (size, digest) != self._digest(name):
                raise NotVerified("digest", file=name)
        self.documents = sorted(set(listed) - set(self.READ))

    def _manifest(self) -> tuple[Facts, dict[str, tuple[int, str]]]:
        text = text_of(os.path.join(self.folder, "manifest.json"), LINE_LIMIT)
        self.digest = sha256(text.encode("utf-8")).hexdigest()
        listed: dict[str, tuple[int, str]] = {}
        try:
            if not text.endswith("\n"):
                raise ValueError
            members = canonical(text[:-1].encode("utf-8"))
            kind, files, entries, head = fields(members, manifest=str, files=list, entries=int, head=str)
            for file in files:
                name, size, digest = fields(file, name=str, bytes=int, sha256=str)
                if not name or name in listed or not _hex(digest, HEX64) or name in self.OWN:
                    raise ValueError
                listed[name] = size, digest
            if kind != "acquis-record" or "log.jsonl" not in listed:
                raise ValueError
        except ValueError:
            raise NotVerified("manifest", file="manifest.json") from None
        return {"entries": entries, "head": head}, listed

    def _digest(self, name: str) -> tuple[int, str]:
        digest, size = sha256(), 0
        with open(os.path.join(self.folder, name), "rb") as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                digest.update(part)
                size += len(part)
        return size, digest.hexdigest()

    def check(self, log: Log, keys: list[Key], result: Observations) -> None:
        """Check what the bundle says about its log, and the signature of the manifest. Raises NotVerified."""
        if self.manifest != {"entries": len(log.links), "head": log.links[-1].hex()}:
            raise NotVerified("manifest", file="manifest.json")
        if self.signed:
            note = C2spNote(text_of(os.path.join(self.folder, "manifest.note")), "manifest.note")
            if note.lines != ["acquis manifest", self.digest]:
                raise NotVerified("note", file="manifest.note")
            note.check(keys[-1:], result)
        else:
            result.seen.append(("unsigned", {}))
        if self.documents:
            result.unchecked.append(("documents", {"files": ", ".join(self.documents)}))


class AskedRecord:
    """What is to be verified: a log or a folder, and what somebody noted or received."""

    def __init__(self, path: str) -> None:
        self.path, self.key, self.head = path, "", ""
        self.checkpoints: list[str] = []
        self.receipts: list[str] = []


def keys_for(log: Log, given: list[Key]) -> list[Key]:
    """The keys whose signatures count: those that the log announces, or the one that is given. Raises NotVerified."""
    for key in given:
        if not log.keys and key.text != given[0].text:
            raise NotVerified("other_key")
        if log.keys and key.text not in {announced.text for announced in log.keys}:
            raise NotVerified("other_key")
    return log.keys or given[:1]


def verify(asked: AskedRecord, result: Observations) -> tuple[int, str]:
    """Verify a record. Returns the number of its entries and its fingerprint. Raises NotVerified."""
    bundle = Bundle(asked.path) if os.path.isdir(asked.path) else None
    with open(os.path.join(asked.path, "log.jsonl") if bundle else asked.path, "rb") as file:
        log = read_log(file)
    check_events(log, result)
    given = [key_of(asked.key)] if asked.key else []
    checkpoints: list[C2spCheckpoint] = []
    if bundle and bundle.signed:
        own = key_of(text_of(os.path.join(asked.path, "key.txt")))
        if log.keys and own.text != log.keys[-1].text:
            raise NotVerified("other_key")
        given.append(own)
        text = text_of(os.path.join(asked.path, "checkpoints.txt"), LINE_LIMIT)
        checkpoints += checkpoints_of(text, "checkpoints.txt")
    keys = keys_for(log, given)
    for path in asked.checkpoints:
        checkpoints += checkpoints_of(text_of(path, LINE_LIMIT), os.path.basename(path))
    receipts = [(read_receipt(path), os.path.basename(path)) for path in asked.receipts]
    sizes = {checkpoint.size for checkpoint in checkpoints}
    sizes |= {receipt.size for receipt, _ in receipts if isinstance(receipt, EntryReceipt)}
    roots = roots_of(log.links, sizes)
    _check_head(asked.head, log, result)
    for checkpoint in checkpoints:
        if checkpoint.size > len(log.links):
            raise NotVerified("shorter", file=checkpoint.file, size=checkpoint.size, entries=len(log.links))
        if roots[checkpoint.size] != checkpoint.root:
            raise NotVerified("root", file=checkpoint.file, size=checkpoint.size)
        checkpoint.check(keys, result)
    for last in {checkpoint.file: checkpoint for checkpoint in checkpoints}.values():
        result.seen.append(("checkpoint_good", {"file": last.file, "size": last.size}))
    for receipt, name in receipts:
        if isinstance(receipt, EntryReceipt):
            receipt.check(log, roots, keys, result)
        else:
            check_ballot(receipt, log, keys, result, name)
    if bundle:
        bundle.check(log, keys, result)
    return len(log.links), log.links[-1].hex()


def _check_head(noted: str, log: Log, result: Observations) -> None:
    """Check that a noted fingerprint, if there is one, is that of an entry. Raises NotVerified."""
    head = re.sub(r"\s", "", noted).lower()
    if not head:
        return
    if not HEX64.fullmatch(head):
        raise NotVerified("head_text")
    if bytes.fromhex(head) not in log.links:
        raise NotVerified("head", head=head)
    result.seen.append(("head_seen", {"entry": log.links.index(bytes.fromhex(head)) + 1}))


def answer(asked: AskedRecord) -> tuple[int, list[tuple[str, Facts]]]:
    """The exit status, and the sentences with their facts. Never raises, whatever the files contain."""
    result = Observations()
    try:
        entries, head = verify(asked, result)
    except NotVerified as error:
        verdict = "not_record" if error.status == NO_RECORD else "not_verified"
        return error.status, [(verdict, {}), (error.why, error.named)]
    except OSError:
        return NO_RECORD, [("not_record", {}), ("unreadable", {"file": os.path.basename(asked.path)})]
    except Exception as error:
        return NOT_VERIFIED, [("not_verified", {}), ("internal", {"reason": type(error).__name__})]
    verdict = "in_part" if result.unchecked else "verified"
    status = IN_PART if result.unchecked else VERIFIED
    facts = {"entries": entries, "head": head}
    return status, [(verdict, {}), *result.unchecked, ("log", facts), *result.seen, ("scope", {})]


def main(arguments: list[str] | None = None) -> int:
    """The command line. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description="Verifies the public record of a session.",
        epilog="No verifier can check that the participants exist, or figures by group, which the server states. The "
        "page /s/SESSION/proof of the server says what a record proves and what it does not.",
    )
    parser.add_argument("path", help="log.jsonl, or the unpacked folder of a whole record")
    parser.add_argument("--head", default="", help="a fingerprint that was noted in the session (64 digits)")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE", help="a file of checkpoints")
    parser.add_argument(
        "--receipt", action="append", default=[], metavar="FILE", help="a receipt of an act or a ballot"
    )
    parser.add_argument("--key", default="", help="the verifier key that was noted, or a file that contains it")
    options = parser.parse_args(arguments)
    asked = AskedRecord(options.path)
    asked.head, asked.checkpoints, asked.receipts = options.head, options.checkpoint, options.receipt
    try:
        asked.key = text_of(options.key) if os.path.isfile(options.key) else options.key
        status, said = answer(asked)
    except NotVerified as error:
        status, said = NOT_VERIFIED, [("not_verified", {}), (error.why, error.named)]
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    for code, facts in said:
        line = SENTENCES[code].format(**facts)
        print("".join(sign if sign.isprintable() else "\ufffd" for sign in line))
    return status


if __name__ == "__main__":
    sys.exit(main())
