"""The signing keys of a server, in a folder of their own beside the data.

The folder holds `1.pem`, `2.pem` … (PKCS 8); the highest number signs, the others are former keys, which announce it.
Beside the logs, `keys.txt` lists the public keys that the data knows. If none of the known keys is in the folder, that
is an error and never a new key: a server that signs with another key looks like a forger.
"""

from __future__ import annotations

import os
from base64 import b64encode
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

KNOWN = "keys.txt"
"""The file in the data folder with the public keys, in base64, the newest last."""


class KeyProblem(Exception):
    """The signing key is missing, damaged, or not that of the data. The text names the remedy."""


def folder_beside(data: Path) -> Path:
    """The folder of the keys of a data folder: `data-keys` for `data`."""
    whole = data.absolute()
    return whole.with_name(f"{whole.name}-keys")


class Keys:
    """The keys in a folder, for the data in another one. Made by `open_keys`."""

    def __init__(self, folder: Path, private: list[Ed25519PrivateKey]) -> None:
        self.folder = folder
        self._private = private

    @property
    def current(self) -> Ed25519PrivateKey:
        """The key that signs."""
        return self._private[-1]

    def with_public(self, public: bytes) -> Ed25519PrivateKey | None:
        """The present or former key with these 32 public bytes; None if it is not here."""
        return next((key for key in self._private if public_bytes(key) == public), None)

    def rotate(self, data: Path) -> None:
        """Make a new key, which signs from now on. Raises KeyProblem, OSError."""
        self._private.append(_make(self.folder, len(self._private) + 1))
        _remember(data, self.current)

    def refresh(self) -> None:
        """Read keys that another process has made meanwhile. Raises KeyProblem."""
        if (self.folder / f"{len(self._private) + 1}.pem").exists():
            self._private = read_keys(self.folder)


def public_bytes(private: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    return private.public_key().public_bytes_raw()


def open_keys(folder: Path, data: Path, lost: bool = False) -> Keys:
    """The keys in `folder`, for the data in `data`; the first key is made if the data knows none yet.

    lost: make a new key although the known one is missing. Raises KeyProblem, OSError."""
    if not lost:
        require_known_key(folder, data)
    known, private = _known(data), read_keys(folder)
    if known and not any(_written(key) == known[-1] for key in private):
        private.append(_make(folder, len(private) + 1))
    elif not private:
        private.append(_make(folder, 1))
    if _written(private[-1]) not in known:
        _remember(data, private[-1])
    return Keys(folder, private)


def require_known_key(folder: Path, data: Path) -> None:
    """Raises KeyProblem if the data in `data` know a key and it is not in `folder`, or if a key is damaged."""
    known, private = _known(data), read_keys(folder)
    if known and not any(_written(key) == known[-1] for key in private):
        raise KeyProblem(
            f"The key with which {data} was signed is not in {folder}. Restore that folder from a backup, or "
            f"name it with --keys. If it is lost for good: acquis key rotate --lost --data {data} --keys {folder}"
        )


def _written(private: Ed25519PrivateKey) -> str:
    return b64encode(public_bytes(private)).decode()


def _known(data: Path) -> list[str]:
    try:
        return (data / KNOWN).read_text("ascii").split()
    except FileNotFoundError:
        return []


def _remember(data: Path, private: Ed25519PrivateKey) -> None:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [*_known(data), _written(private)]
    write_durably(data / KNOWN, "".join(f"{line}\n" for line in lines).encode())


def read_keys(folder: Path) -> list[Ed25519PrivateKey]:
    """The keys in a folder, the present one last. Raises KeyProblem."""
    private: list[Ed25519PrivateKey] = []
    while (path := folder / f"{len(private) + 1}.pem").exists():
        try:
            key = load_pem_private_key(path.read_bytes(), None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyProblem(f"{path} is damaged. Restore it from a backup.") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyProblem(f"{path} is not a key for Ed25519. Restore it from a backup.")
        private.append(key)
    return private


def _make(folder: Path, number: int) -> Ed25519PrivateKey:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    write_durably(folder / f"{number}.pem", private_text(key))
    return key


def private_text(key: Ed25519PrivateKey) -> bytes:
    """The private key as text (PKCS 8 in PEM)."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, as a whole or not at all, so that a power cut leaves no half of it."""
    part = path.with_name(f".{path.name}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names of new files in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
