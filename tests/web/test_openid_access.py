"""Who gets which role by signing in: a pure function of the settings and of what the provider says."""

from __future__ import annotations

from pathlib import Path

import pytest

from acquis.command import ONSITE, ORGANIZER, RAPPORTEUR
from acquis.web.http.openid_access import granted
from acquis.web.http.settings import AccessRule, SettingsProblem, read_settings

RULES = [
    AccessRule("organizer", emails=["Lin@Example.org"]),
    AccessRule("onsite_moderator", "s", subjects=["dag"]),
    AccessRule("rapporteur", "s", claim="groups", values=["reporters"]),
    AccessRule("rapporteur", "t", claim="groups", values=["reporters"]),
    AccessRule("rapporteur", "gone", subjects=["eva"]),
]


def test_nobody_has_a_role_without_a_rule() -> None:
    assert granted([], {"sub": "lin"}) == {}
    assert granted(RULES, {}) == {}
    assert granted(RULES, {"sub": "somebody", "email": "other@example.org", "email_verified": True}) == {}


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_is_none(verified: object) -> None:
    claims = {"sub": "x", "email": "lin@example.org"}
    assert granted(RULES, {**claims, "email_verified": verified}) == {}
    assert granted(RULES, claims) == {}
    assert granted(RULES, {**claims, "email_verified": True}) == {"": {ORGANIZER}}


def test_letters_that_look_the_same_are_other_addresses() -> None:
    rules = [AccessRule("organizer", emails=["kim@example.org"])]
    assert granted(rules, {"sub": "x", "email": "\u212aim@example.org", "email_verified": True}) == {}
    assert granted(rules, {"sub": "x", "email": "KIM@example.org", "email_verified": True}) == {"": {ORGANIZER}}


def test_roles_of_several_rules_are_added_up() -> None:
    assert granted(RULES, {"sub": "dag", "groups": "reporters"}) == {"s": {ONSITE, RAPPORTEUR}, "t": {RAPPORTEUR}}
    assert granted(RULES, {"sub": "x", "groups": [["reporters"], 1, None, {"reporters": 1}]}) == {}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ('role = "rapporteur"\nsubjects = ["x"]', "needs “session”"),
        ('role = "organizer"', "names somebody"),
        ('role = "organizer"\nclaim = "groups"', "both"),
        ('role = "organizer"\nclaim = "email"\nvalues = ["a@b.org"]', "verified"),
        ('role = "organizer"\nemails = ["nobody"]', "not a mail address"),
        ('role = "speaker"\nsession = "s"\nsubjects = ["x"]', "cannot be read"),
        ('role = "organizer"\nsession = "a/b"\nsubjects = ["x"]', "not the id of a session"),
    ],
)
def test_wrong_settings_are_told_in_a_sentence(
    tmp_path: Path, rule: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENID", "the-secret-of-the-client")
    head = (
        '[openid]\nissuer = "https://id.example.org"\nname = "Example"\nclient_id = "acquis"\n'
        'client_secret = { environment = "OPENID" }\n[[openid.access]]\n'
    )
    file = tmp_path / "settings.toml"
    file.write_text(head + 'role = "organizer"\nsubjects = ["x"]\n', "utf-8")
    assert read_settings(file).openid is not None
    file.write_text(head + rule, "utf-8")
    with pytest.raises(SettingsProblem, match=sentence):
        read_settings(file)
    file.write_text(head.replace("https:", "http:") + 'role = "organizer"\nsubjects = ["x"]\n', "utf-8")
    with pytest.raises(SettingsProblem, match="https://"):
        read_settings(file)
