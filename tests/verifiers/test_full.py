"""`acquis verify`, which computes the state and the documents again: every case of the sabotage list, and random
changes."""

from __future__ import annotations

import io
import random
import re
from pathlib import Path
from tempfile import mkdtemp

import pytest
from click.testing import CliRunner, Result
from tests.effort import times
from tests.failing import failing

from acquis.cli import main
from acquis.documents.verifiers import verify as offline
from acquis.publication.verify import verify_lines

from .cases import Case
from .generator import Given, bundle
from .sabotage import CASES
from .stories import story
from .test_python import write

WHERE = re.compile(r"entry \d+|fingerprint|the key|--key|\w\.(json|jsonl|txt|md|pdf|note)\b|\.notes|files: more")


def acquis_verify(given: Given, folder: Path) -> Result:
    """The command with what is given, as a person types it."""
    asked = write(given, folder)
    options = [*(["--head", asked.head] if asked.head else []), *(["--key", asked.key] if asked.key else [])]
    for option, paths in (("--checkpoint", asked.checkpoints), ("--receipt", asked.receipts)):
        options += [word for path in paths for word in (option, path)]
    return CliRunner().invoke(main, ["verify", asked.path, *options])


def _is_answered_in_full(case: Case, place: Path) -> None:
    folder = Path(mkdtemp(dir=place))
    given = case.make()
    result = acquis_verify(given, folder)
    expected = case.status if case.full is None else case.full
    assert isinstance(result.exception, SystemExit) or result.exception is None, result.exception
    assert result.exit_code == expected, result.output
    verdict = {0: "Verified. ", 1: "Not verified: ", 3: "Verified in part. ", 4: "is not the log"}[expected]
    assert verdict in result.output or (expected == 4 and "no log.jsonl" in result.output)
    assert expected != 1 or WHERE.search(result.output), "neither an entry nor a file is named"


def test_every_case_of_the_sabotage_list(tmp_path: Path) -> None:
    assert failing(lambda case: _is_answered_in_full(case, tmp_path), CASES, lambda case: case.name) == []


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with one byte changed at random."""
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ chance.randrange(1, 256)]) + content[place + 1 :]


def test_no_random_change_of_a_byte_of_a_log_is_accepted() -> None:
    """What the command does with the lines of a file, without the file, whose last line end is asked for before."""
    chance = random.Random(7)
    logs = [story(kind).log() for kind in ("plain", "withheld", "chatham", "nameless")]
    forged = [damaged(chance.choice(logs), chance) for _ in range(times(9_000))]
    assert [log for log in forged if log.endswith(b"\n") and verify_lines(io.BytesIO(log)).ok] == []


@pytest.mark.parametrize("verifier", ["acquis", "python"])
def test_no_random_change_of_a_byte_of_a_bundle_is_accepted(tmp_path: Path, verifier: str) -> None:
    """`acquis` refuses it for its bytes, before it makes the documents again."""
    chance = random.Random(8)
    files = bundle(story("plain"))
    asked = write(Given(files=files), tmp_path)
    accepted = []
    for _ in range(times(1_000 if verifier == "python" else 100)):
        path = Path(asked.path) / chance.choice(list(files))
        path.write_bytes(damaged(files[path.name], chance))
        if verifier == "python":
            status, said = offline.answer(asked)[0], ""
        else:
            result = CliRunner().invoke(main, ["verify", asked.path])
            status, said = result.exit_code, result.output
        if status not in (1, 4) or "what the log gives" in said:
            accepted.append((path.name, said))
        path.write_bytes(files[path.name])
    assert accepted == []
