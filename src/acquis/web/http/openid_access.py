"""Which roles a person has who signed in by OpenID Connect: a pure function of the settings and of the claims of the
provider. Whoever is in no rule has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from acquis.web.http.settings import AccessRule


def granted(rules: Iterable[AccessRule], claims: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Session ("": all sessions) -> roles, in the order of the rules; empty for somebody who is in none of them."""
    roles: dict[str, frozenset[str]] = {}
    for rule in rules:
        if _is_meant(rule, claims):
            roles[rule.session] = roles.get(rule.session, frozenset()) | {rule.role}
    return roles


def _is_meant(rule: AccessRule, claims: Mapping[str, Any]) -> bool:
    """Whether a rule names the person. An e-mail address counts only if the provider says that it is verified."""
    email, stated = claims.get("email"), claims.get(rule.claim) if rule.claim else None
    verified = isinstance(email, str) and claims.get("email_verified") is True
    values = stated if isinstance(stated, list) else [stated]
    return (
        claims.get("sub") in rule.subjects
        or (verified and _plain(str(email)) in map(_plain, rule.emails))
        or any(isinstance(value, str) and value in rule.values for value in values)
    )


def _plain(address: str) -> str:
    """An e-mail address in small letters. Others than those of ASCII stay: the Kelvin sign would become a “k”."""
    return address.lower() if address.isascii() else address
