"""The verifier for Python: every case of the sabotage list, random changes, and what it needs to run."""

from __future__ import annotations

import ast
import os
import random
import re
import subprocess
import sys
from hashlib import sha512
from importlib.resources import files
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from tests.effort import times
from tests.failing import failing

from acquis import events as ev
from acquis.documents.verifiers import verify

from .cases import VERIFIED, Case
from .generator import Given, Link
from .sabotage import CASES
from .stories import story

FILE = Path(verify.__file__)


def write(given: Given, folder: Path) -> verify.AskedRecord:
    """Write what is given into a folder, and ask about it."""
    record = folder / "log.jsonl"
    if given.files:
        record = folder / "record"
        record.mkdir()
        for name, content in given.files.items():
            path = record / name
            path.parent.mkdir(exist_ok=True)
            if isinstance(content, Link):
                path.symlink_to(content.decode())
            else:
                path.write_bytes(content)
    else:
        record.write_bytes(given.log)
    for name, content in (given.checkpoints | given.receipts).items():
        (folder / name).write_bytes(content)
    asked = verify.AskedRecord(str(record))
    asked.head, asked.key = given.head, given.key
    asked.checkpoints = [str(folder / name) for name in given.checkpoints]
    asked.receipts = [str(folder / name) for name in given.receipts]
    return asked


def sentences(said: list[tuple[str, dict[str, Any]]]) -> str:
    return "\n".join(verify.SENTENCES[code].format(**facts) for code, facts in said)


def names(text: str, name: str) -> bool:
    """Whether a text contains a number or a name as a whole."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _is_answered(case: Case, place: Path) -> None:
    folder = Path(mkdtemp(dir=place))
    status, said = verify.answer(write(case.make(), folder))
    text = sentences(said)
    assert status == case.status, text
    assert said[0][0] == {0: "verified", 1: "not_verified", 3: "in_part", 4: "not_record"}[status]
    assert "internal" not in dict(said), text
    assert [name for name in case.names if not names(text, name)] == [], text


def test_every_case_of_the_sabotage_list(tmp_path: Path) -> None:
    assert failing(lambda case: _is_answered(case, tmp_path), CASES, lambda case: case.name) == []


def test_the_names_of_the_cases_are_unique_and_they_are_many() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert sum(case.status == 1 for case in CASES) >= 40


@pytest.mark.parametrize(("entries", "tries"), [(24, 10_000), (100, 400)])
def test_no_random_change_of_a_byte_is_accepted(tmp_path: Path, entries: int, tries: int) -> None:
    """Most of them in the beginning of a log, which is read faster; `entries`: how many there are at most."""
    chance = random.Random(7)
    whole = [story(kind).log() for kind in ("plain", "withheld", "chatham", "nameless")]
    logs = [b"".join(log.splitlines(keepends=True)[:entries]) for log in whole]
    asked = write(Given(log=logs[0]), tmp_path)
    accepted = []
    for _ in range(times(tries)):
        log = bytearray(chance.choice(logs))
        place = chance.randrange(len(log))
        log[place] ^= chance.randrange(1, 256)
        Path(asked.path).write_bytes(log)
        status, said = verify.answer(asked)
        if status not in (1, 4) or "internal" in dict(said):
            accepted.append((place, log[place], said))
    assert accepted == []


def test_random_bytes_never_reach_a_traceback(tmp_path: Path) -> None:
    """Evidence is changed at random too: never accepted as what it was, and always a sentence."""
    chance = random.Random(8)
    record = story("plain")
    genuine = [case.make() for case in CASES if case.name.startswith("genuine") and case.status == VERIFIED]
    contents = [(given, name) for given in genuine for name in (*given.checkpoints, *given.receipts)]
    for turn in range(times(200)):
        given, name = chance.choice(contents)
        kept = given.checkpoints if name in given.checkpoints else given.receipts
        changed = bytearray(kept[name])
        changed[chance.randrange(len(changed))] ^= chance.randrange(1, 256)
        folder = tmp_path / str(turn)
        folder.mkdir()
        forged = Given(log=record.log())
        (forged.checkpoints if kept is given.checkpoints else forged.receipts)[name] = bytes(changed)
        asked = write(forged, folder)
        status, said = verify.answer(asked)
        assert (status, "internal" in dict(said)) == (1, False), (changed, said)


def test_no_event_is_missing_in_the_tables() -> None:
    """What the verifiers have of the events by hand is what the events declare."""
    declared = {event.__name__: ev.members(event) for event in ev.ALL}
    columns = {name: tuple(map(frozenset, kinds)) for name, kinds in declared.items() if kinds}
    page = files("acquis.documents.verifiers").joinpath("page", "reading.js").read_text("utf-8")
    written = re.findall(r'^  (\w+): \["([^"]*)", "([^"]*)", "([^"]*)", "([^"]*)"\],$', page, re.MULTILINE)
    of_page = {name: tuple(frozenset(names.split()) for names in kinds) for name, *kinds in written}
    of_python = {name: tuple(frozenset(names.split()) for names in kinds) for name, kinds in verify.COLUMNS.items()}
    assert columns == of_python
    assert columns == of_page
    persons = {event.__name__: event.persons for event in ev.ALL if event.persons}
    assert {name: tuple(members.split()) for name, members in verify.PERSONS.items()} == persons
    written = re.findall(r'^  (\w+): \[("\w+"(?:, "\w+")*)\],$', page.split("const PERSONS")[1], re.MULTILINE)
    assert {name: tuple(re.findall(r"\w+", members)) for name, members in written} == persons
    assert {event.__name__ for event in ev.ALL if event.seals} == verify.SEALED
    assert declared.keys() >= verify.READ
    moderated = {ev.ONCE_APPROVED, ev.UNLESS_HELD_BACK, ev.DESK}
    assert {e.__name__ for e in ev.ALL if e.texts and e.seen_by in moderated} == verify.WITHHELD


def test_the_numbers_of_every_event_can_be_written_in_the_record() -> None:
    """The samples contain every kind of event with all of its members; numbers have no sign there."""
    rows = (Path(__file__).parents[1] / "samples" / "events.jsonl").read_text("utf-8").splitlines()
    events = [verify.canonical(row.partition('"body":')[2][:-1].encode()) for row in rows]  # raises for a signed number
    assert {event["event"] for event in events} == {event.__name__ for event in ev.ALL}


def test_signatures_agree_with_another_implementation() -> None:
    chance = random.Random(9)
    for _ in range(20):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        message, public = chance.randbytes(chance.randrange(100)), key.public_key().public_bytes_raw()
        signature = bytearray(key.sign(message))
        assert verify.ed25519_valid(public, bytes(signature), message)
        signature[chance.randrange(64)] ^= 1 << chance.randrange(8)
        with pytest.raises(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(public).verify(bytes(signature), message)
        assert not verify.ed25519_valid(public, bytes(signature), message)


def test_a_signature_has_one_form() -> None:
    key = Ed25519PrivateKey.from_private_bytes(sha512(b"form").digest()[:32])
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"text")
    scalar = int.from_bytes(signature[32:], "little") + verify.ORDER
    for forged in (signature + b"\0", signature[:63], b"", signature[:32] + scalar.to_bytes(32, "little")):
        assert not verify.ed25519_valid(public, forged, b"text")


def test_it_runs_alone_on_an_older_python(tmp_path: Path) -> None:
    """The file alone is enough: no package, no site packages; its syntax is that of Python 3.9."""
    ast.parse(FILE.read_text("utf-8"), feature_version=(3, 9))
    copy, log = tmp_path / "verify.py", tmp_path / "log.jsonl"
    copy.write_bytes(FILE.read_bytes())
    log.write_bytes(story("plain").log())
    command = [sys.executable, "-I", "-S", str(copy), str(log), "--head", story("plain").head]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Verified. ")
    log.write_bytes(story("plain").log()[:-1])
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (ran.returncode, ran.stderr) == (1, "")
    missing = subprocess.run([*command[:-3], str(tmp_path / "none")], capture_output=True, text=True, check=False)
    assert (missing.returncode, missing.stderr) == (4, "")
