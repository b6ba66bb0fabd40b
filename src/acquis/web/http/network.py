"""The network of a client: its address or, with IPv6, the part that a site has."""

from __future__ import annotations

from ipaddress import IPv6Address


def network_of(host: str) -> str:
    """The IPv4 address, or the first 64 bits of the IPv6 address, of a client."""
    return str(IPv6Address(host.partition("%")[0]).exploded)[:19] if ":" in host else host
