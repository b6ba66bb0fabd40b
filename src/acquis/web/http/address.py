"""The public address of the server, which alone decides the scheme and the host of links and cookies: what a proxy
sends may be missing, wrong or forged."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from starlette.types import Scope


class AddressProblem(Exception):
    """An address cannot be the public one; the message is a sentence for the operator."""


def public_address(url: str) -> str:
    """The public address without a slash at its end. Raises AddressProblem for anything but a scheme and a host."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise AddressProblem(f"“{url}” is not an address: {error}.") from error
    if split.scheme not in ("http", "https") or not split.hostname or port == 0 or split.username is not None:
        raise AddressProblem(f"“{url}” is not an address such as https://dialogue.example.org.")
    if split.path.strip("/") or split.query or split.fragment:
        raise AddressProblem(
            f"“{url}” has a path. Acquis needs a host of its own, such as https://dialogue.example.org."
        )
    return f"{split.scheme}://{split.netloc.lower()}"


def known_host(scope: Scope, url: str) -> bool:
    """Whether a request names this server: the host of its public address `url`, `localhost`, or a number. Any other
    name may be one that points here to circumvent the rules of browsers (DNS rebinding)."""
    host = _host(scope)
    if host and host == url.rpartition("/")[2]:  # nearly always
        return True
    name = _name(urlsplit(f"//{host}"))
    if not host or name in ("localhost", _name(urlsplit(url))):
        return True
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def at_address(scope: Scope, url: str) -> Scope:
    """The scope of a request as if it had been sent to the public address."""
    split = urlsplit(url)
    headers = [pair for pair in scope["headers"] if pair[0] != b"host"]
    return {**scope, "scheme": split.scheme, "headers": [(b"host", split.netloc.encode()), *headers]}


def _host(scope: Scope) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")


def _name(split: SplitResult) -> str:
    return (split.hostname or "").rstrip(".")
