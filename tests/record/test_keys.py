"""The folder of the signing keys: made once, never made again for data that knows a key."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from acquis.record.keys import KNOWN, KeyProblem, folder_beside, open_keys, public_bytes


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_the_key_is_made_once_and_nobody_else_may_read_it(data: Path) -> None:
    folder = folder_beside(data)
    keys = open_keys(folder, data)
    assert folder == data.with_name("data-keys")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()] == [("1.pem", 0o600)]
    assert public_bytes(open_keys(folder, data).current) == public_bytes(keys.current)


def test_a_missing_key_is_an_error_that_names_the_remedy(data: Path) -> None:
    folder = folder_beside(data)
    keys = open_keys(folder, data)
    shutil.move(folder, folder.with_name("elsewhere"))
    with pytest.raises(KeyProblem, match=r"Restore that folder .* --keys. .* --lost"):
        open_keys(folder, data)
    assert not folder.exists(), "no new key was made"
    assert public_bytes(open_keys(folder.with_name("elsewhere"), data).current) == public_bytes(keys.current)


def test_the_key_of_other_data_is_an_error(data: Path, tmp_path: Path) -> None:
    open_keys(folder_beside(data), data)
    other = folder_beside(tmp_path / "other")
    open_keys(other, tmp_path / "other")
    with pytest.raises(KeyProblem, match="is not in"):
        open_keys(other, data)


@pytest.mark.parametrize("content", [b"", b"not a key", None])
def test_a_damaged_key_is_an_error(data: Path, content: bytes | None) -> None:
    folder = folder_beside(data)
    open_keys(folder, data)
    path = folder / "1.pem"
    path.write_bytes(path.read_bytes()[:70] if content is None else content)
    with pytest.raises(KeyProblem, match="damaged"):
        open_keys(folder, data)


def test_a_rotation_keeps_the_former_key(data: Path) -> None:
    folder = folder_beside(data)
    running, keys = open_keys(folder, data), open_keys(folder, data)
    former = public_bytes(keys.current)
    keys.rotate(data)
    assert public_bytes(keys.current) != former
    assert keys.with_public(former)
    assert keys.with_public(bytes(32)) is None
    running.refresh()
    assert public_bytes(running.current) == public_bytes(keys.current) == public_bytes(open_keys(folder, data).current)
    assert len((data / KNOWN).read_text().splitlines()) == 2


def test_a_lost_key_can_be_replaced_if_that_is_said(data: Path) -> None:
    folder = folder_beside(data)
    former = public_bytes(open_keys(folder, data).current)
    shutil.rmtree(folder)
    keys = open_keys(folder, data, lost=True)
    assert public_bytes(keys.current) != former
    assert keys.with_public(former) is None
    assert public_bytes(open_keys(folder, data).current) == public_bytes(keys.current)


def test_a_backup_with_only_the_former_key_is_an_error(data: Path) -> None:
    folder = folder_beside(data)
    open_keys(folder, data).rotate(data)
    (folder / "2.pem").unlink()
    with pytest.raises(KeyProblem):
        open_keys(folder, data)
