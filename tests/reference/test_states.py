"""The members of the United Nations: every one once, in the group where it sits."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from acquis.reference import profile
from acquis.reference.states import members, state

SIZES = {
    "African Group": 54,
    "Asia-Pacific Group": 53,
    "Eastern European Group": 23,
    "Latin American and Caribbean Group": 33,
    "Western European and Others Group": 28,
}


def test_every_member_is_there_once() -> None:
    found = members().records
    assert len(found) == 193
    for codes in ([s.iso2 for s in found], [s.iso3 for s in found], [s.m49 for s in found]):
        assert len(set(codes)) == 193
    assert all(re.fullmatch(r"[A-Z]{2} [A-Z]{3} \d{3}", f"{s.iso2} {s.iso3} {s.m49}") for s in found)


def test_the_groups_have_their_sizes_and_the_names_of_the_profiles() -> None:
    assert Counter(one.group for one in members().records) == {**SIZES, "": 2}
    assert set(SIZES) == set(profile("igf-2021").regional_groups)


def test_special_cases_are_said() -> None:
    for code, group in (
        ("USA", ""),
        ("KIR", ""),
        ("TUR", "Western European and Others Group"),
        ("CYP", "Asia-Pacific Group"),
    ):
        found = state(code)
        assert found is not None
        assert (found.group, bool(found.note)) == (group, True)


@pytest.mark.parametrize("code", ["CL", "chl", " CHL ", "152"])
def test_a_member_is_found_by_any_of_its_codes(code: str) -> None:
    found = state(code)
    assert found is not None
    assert found.iso3 == "CHL"


def test_what_is_no_code_finds_nothing() -> None:
    assert state("XX") is None
    assert state("") is None


def test_membership_is_said_to_be_unverified() -> None:
    assert members().status == "unverified"
    assert members().refs
