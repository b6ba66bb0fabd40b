"""A profile: vocabularies, limits and duties, each with how well it is known."""

from __future__ import annotations

from typing import get_args

import pytest

from acquis.events import SegmentKind
from acquis.plan.findings import FIELDS
from acquis.reference import Profile, profile, profile_names

PROFILES = [profile(name) for name in profile_names()]


def fact(found: Profile, path: str) -> object:
    value: object = found
    for part in path.split("."):
        value = value[part] if isinstance(value, dict) else getattr(value, part)
    return value


@pytest.mark.parametrize("found", PROFILES, ids=lambda found: found.name)
def test_every_fact_says_how_well_it_is_known(found: Profile) -> None:
    facts = [
        "stakeholder_groups",
        "regional_groups",
        "fields",
        "formats",
        "seatings",
        "types",
        "minutes",
        "minimum_speakers",
        "report_fields",
    ]
    facts += [f"limits.{name}" for name in found.limits] + [f"report.{name}" for name in found.report.__struct_fields__]
    assert set(found.evidence) == set(facts)
    for path, evidence in found.evidence.items():
        assert fact(found, path) is not None
        assert (evidence.status == "sourced") == bool(evidence.refs), path
        assert all(ref.symbol and ref.url.startswith("https://") for ref in evidence.refs)
    assert all((duty.status == "sourced") == bool(duty.refs) for duty in found.duties)
    assert all((rule.status == "sourced") == bool(rule.refs) for rule in found.screening)


@pytest.mark.parametrize("found", PROFILES, ids=lambda found: found.name)
def test_the_parts_of_a_profile_fit_together(found: Profile) -> None:
    assert set(found.segments) == set(get_args(SegmentKind))
    assert set(found.panel_voices) | set(found.without_region) <= set(found.stakeholder_groups)
    assert sorted(found.goals) == list(range(1, 18))
    for name, spellings in found.stakeholder_groups.items():
        assert {found.stakeholder(written) for written in (name, name.upper(), *spellings)} == {name}
        assert not found.region(name)
    for name, spellings in found.regional_groups.items():
        assert {found.region(written) for written in (name, name.lower(), f"{name}.", *spellings)} == {name}
        assert not found.stakeholder(name)


def test_an_edition_asks_for_the_fields_of_its_form() -> None:
    assert {field for name in profile_names() for field in profile(name).fields} == set(FIELDS)
    assert "expected_outcomes" in profile("igf-2021").fields
    assert "sdgs" not in profile("igf-2018").fields
    assert profile("panel").fields == []


def test_no_spelling_is_a_meaning() -> None:
    igf = profile("igf-2021")
    assert [igf.stakeholder(written) for written in ("Academia", "Business", "Youth", "NGO", "")] == [""] * 5
    assert igf.other_group(" academia ") == "academia"
    assert igf.other_group("Ministry") == ""


def test_a_profile_that_is_not_there_says_which_are() -> None:
    with pytest.raises(LookupError, match="igf-2021"):
        profile("igf-1821")
