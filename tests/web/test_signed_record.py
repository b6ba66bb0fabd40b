"""The archive of a record with checkpoints and a signed manifest, and what `acquis verify` says about it."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.testclient import TestClient
from tests.web.client import BOSS
from tests.web.test_signing import LOG, asked, opened, use

from acquis.board.checkpoints import Checkpoints
from acquis.board.folder import RECORD
from acquis.cli import main
from acquis.documents.making import made
from acquis.documents.signing import SIGNED_FILES
from acquis.floor.segments import CloseSession
from acquis.record.keys import folder_beside, open_keys, private_text
from acquis.record.notes import notes_in, sign
from acquis.session import Session
from acquis.web.app import create_app
from acquis.web.http.application import Application, open_application
from acquis.web.http.documents import DocumentMaker


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the archive of a server unpacks to; the data of the server is beside it."""
    base = tmp_path_factory.mktemp("signed")
    data = base / "data"

    async def test(application: Application, checkpoints: Checkpoints, session: Session) -> None:
        await opened(session)
        await checkpoints.sign(session)
        open_keys(folder_beside(data), data).rotate(data)
        await asked(session, 5)
        await checkpoints.sign(session)
        await session.do(CloseSession(), BOSS, 9, "close")
        await checkpoints.sign(session)

    assert use(data, test) == []
    application = open_application(data, folder_beside(data))
    # In this process: another one is given twenty seconds, which a busy machine may need to start it.
    application.documents = DocumentMaker(partial(made, data / RECORD))
    with TestClient(create_app(application), base_url="http://testserver") as client:
        answer = client.get(f"/s/{LOG}/bundle.zip")
        assert answer.status_code == 200
        assert client.portal is not None
        client.portal.call(application.board.record.close)
    application.roster.close()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(base)
    return base / LOG


@pytest.fixture
def copy(signed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(signed, tmp_path / "record"))


def verify(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["verify", str(folder), *options])


def test_the_archive_is_signed_and_verified(signed: Path) -> None:
    result = verify(signed)
    assert result.exit_code == 0, result.output
    assert "Keys of the server: 2. Signed checkpoints: 3, up to entry 10." in result.output
    assert "The manifest is signed." in result.output


def test_an_export_on_the_command_line_is_the_same(signed: Path, tmp_path: Path) -> None:
    data, out = signed.parent / "data", tmp_path / "out"
    address = ["--address", f"http://testserver/s/{LOG}"]
    done = CliRunner().invoke(main, ["export", LOG, "--data", str(data), "--out", str(out), *address])
    assert done.exit_code == 0, done.output
    for name in ("checkpoints.txt", "manifest.note"):
        assert (out / name).read_bytes() == (signed / name).read_bytes()


def test_a_checkpoint_that_somebody_kept_is_one_of_the_log(signed: Path, copy: Path) -> None:
    first, *_ = notes_in((signed / "checkpoints.txt").read_text())
    kept = copy.with_name("kept.txt")
    kept.write_text(str(first))
    result = verify(signed, "--checkpoint", str(kept))
    assert result.exit_code == 0
    assert "the first 3 entries are those that the server signed" in result.output
    kept.write_text(str(first).replace("\n3\n", "\n4\n"))
    assert verify(signed, "--checkpoint", str(kept)).exit_code == 1


@pytest.mark.parametrize("name", ["checkpoints.txt", "key.txt", "manifest.note"])
def test_a_changed_signature_is_not_verified(copy: Path, name: str) -> None:
    path = copy / name
    content = path.read_bytes()
    for place in (0, len(content) // 2, len(content) - 3):
        path.write_bytes(content[:place] + bytes([content[place] ^ 2]) + content[place + 1 :])
        assert verify(copy).exit_code == 1


def test_a_manifest_that_somebody_else_signed_is_not_verified(copy: Path) -> None:
    note = (copy / "manifest.note").read_text()
    text, _, line = note.partition("\n\n")
    forged = sign(text + "\n", Ed25519PrivateKey.from_private_bytes(bytes(32)), line.split(" ")[1])
    (copy / "manifest.note").write_text(str(forged))
    result = verify(copy)
    assert result.exit_code == 1
    assert "manifest.note is not signed by a key of this log" in result.output


@pytest.mark.parametrize("name", sorted(SIGNED_FILES))
def test_a_record_with_some_of_the_signed_files_is_not_verified(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert verify(copy).exit_code == 1


def test_a_record_of_a_log_with_a_lost_key_is_not_signed(signed: Path, tmp_path: Path) -> None:
    data, keys, out = signed.parent / "data", tmp_path / "keys", tmp_path / "out"
    shutil.copytree(folder_beside(data), keys)
    (keys / "2.pem").unlink()
    done = CliRunner().invoke(main, ["export", LOG, "--data", str(data), "--keys", str(keys), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert not SIGNED_FILES & {path.name for path in out.iterdir()}
    result = verify(out)
    assert result.exit_code == 0, result.output
    assert "The record is not signed" in result.output


def test_a_key_that_was_made_later_does_not_take_the_signature_away(signed: Path, tmp_path: Path) -> None:
    data, keys, out = signed.parent / "data", tmp_path / "keys", tmp_path / "out"
    shutil.copytree(folder_beside(data), keys)
    (keys / "3.pem").write_bytes(private_text(Ed25519PrivateKey.from_private_bytes(bytes(32))))
    done = CliRunner().invoke(main, ["export", LOG, "--data", str(data), "--keys", str(keys), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "The manifest is signed." in verify(out).output


def test_the_verifiers_of_an_archive_verify_it(signed: Path, copy: Path) -> None:
    """`verify.py` of the archive itself, in a Python of its own; it names the documents as not checked."""
    command = [sys.executable, "-I", "-S", str(copy / "verify.py"), str(signed)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (3, "")
    assert ran.stdout.startswith("Verified in part.")
    assert "verify.html, verify.py" in ran.stdout
    (copy / "verify.html").write_bytes((copy / "verify.html").read_bytes().replace(b"Verified.", b"Verified!"))
    ran = subprocess.run([*command[:-1], str(copy)], capture_output=True, text=True, check=False)
    assert (ran.returncode, "verify.html" in ran.stdout) == (1, True)
    assert verify(copy).exit_code == 1
