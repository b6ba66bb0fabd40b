"""The programme as a document: it comes back as it was, and what is wrong in it is named."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.plan.document import (
    MAX_BYTES,
    Person,
    PlannedSegment,
    PolicyQuestion,
    Programme,
    ProgrammeError,
    from_data,
    from_yaml,
    json_schema,
    to_data,
    to_yaml,
)

# Everything that can come out of a UTF-8 request: all of Unicode but lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [
        "no",
        "119",
        "0x1F",
        "2021-12-10",
        "null",
        "~",
        "1e3",
        "- a",
        "a: b",
        "# a",
        "a\nb",
        "a\r\nb",
        " a ",
        "a\n\n b",
        "=",
        "\ufeff",
    ]
)
PERSONS = st.lists(st.builds(Person, name=TEXT, stakeholder_group=TEXT, gender=TEXT), max_size=2).map(tuple)
PARTS = st.builds(
    PlannedSegment,
    title=TEXT,
    kind=st.sampled_from(["opening", "questions"]),
    minutes=st.integers(0, 600),
    fair=st.none() | st.booleans(),
)
PROGRAMMES = st.builds(
    Programme,
    title=TEXT,
    number=TEXT,
    starts=TEXT,
    minutes=st.integers(-5, 600),
    rehearsal=st.booleans(),
    speakers=PERSONS,
    description=TEXT | st.text("ab \n", min_size=90, max_size=300),
    policy_questions=st.lists(st.builds(PolicyQuestion, text=TEXT, theme=TEXT), max_size=2).map(tuple),
    segments=st.lists(PARTS, max_size=3).map(tuple),
)


@settings(max_examples=times(60))
@given(PROGRAMMES)
@example(Programme(title="", description="x" * 120 + "\n" + "y" * 120))
def test_yaml_comes_back_as_it_was(programme: Programme) -> None:
    assert from_yaml(to_yaml(programme)) == programme


@settings(max_examples=times(50))
@given(PROGRAMMES)
def test_data_comes_back_as_it_was(programme: Programme) -> None:
    assert from_data(to_data(programme)) == programme


@settings(max_examples=times(60))
@given(st.text(st.characters(), max_size=200) | st.text("[]{}-:,&*!?|>%@`'\"# \n\tab0", max_size=80))
def test_no_text_makes_more_than_a_programme_error(text: str) -> None:
    error = None
    try:
        from_yaml(text)
    except ProgrammeError as caught:
        error = caught
    assert error is None or (error.code in ("not_yaml", "bad_programme") and error.facts["reason"])


def test_a_person_reads_and_writes_it() -> None:
    text = to_yaml(Programme(title="Rivers", number="907", description="First line.\nSecond line."))
    assert text.splitlines()[0] == "title: Rivers"
    assert "description: |-\n  First line.\n  Second line.\n" in text


def test_plain_words_need_no_quotation_marks() -> None:
    programme = from_yaml(
        "title: no\nnumber: 119\nstarts: 2021-12-10T10:15:00+00:00\nroom:\nminutes: 90\nrehearsal: true"
    )
    assert (programme.title, programme.number, programme.starts) == ("no", "119", "2021-12-10T10:15:00+00:00")
    assert (programme.room, programme.minutes, programme.rehearsal) == ("", 90, True)


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "bad_programme", {"where": "the document"}),
        ("- a", "bad_programme", {"where": "the document"}),
        ("number: 1", "bad_programme", {"where": "the document", "reason": "the field “title” is missing"}),
        ("title: a\nminutes: many", "bad_programme", {"where": "minutes"}),
        ("title: a\nspeakers:\n- name: b\n- {name: c, role: d}", "bad_programme", {"where": "speakers[1]"}),
        ("title: a\nsdgs: [{number: 18}]", "bad_programme", {"where": "sdgs[0].number"}),
        ("title: a\nsegments: [{title: b, kind: break, minutes: 5}]", "bad_programme", {"where": "segments[0].kind"}),
        ("title: a\nrooom: b", "bad_programme", {"reason": "there is no field “rooom”; check its spelling"}),
        ("title: a\ntitle: b", "not_yaml", {"line": 2, "reason": "“title” stands twice"}),
        ("title: [a", "not_yaml", {"line": 1}),
        ("title: a\n\troom: b", "not_yaml", {"line": 2}),
        ("? [a]\n: b", "not_yaml", {"line": 1, "reason": "a name is no text"}),
        ("a: &a [b]\nc: *a", "not_yaml", {"line": 2, "reason": "anchors and aliases are not read"}),
        ("title: \ud800", "not_yaml", {"line": 1}),
        ("title: " + "a" * MAX_BYTES, "too_large", {"limit": MAX_BYTES}),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str, facts: dict[str, Any]) -> None:
    with pytest.raises(ProgrammeError) as caught:
        from_yaml(text)
    assert caught.value.code == code
    assert {name: caught.value.facts[name] for name in facts} == facts


@pytest.mark.parametrize("text", ["[" * 400_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_nesting_is_refused_before_it_is_dear(text: str) -> None:
    with pytest.raises(ProgrammeError) as caught:
        from_yaml(text)
    assert caught.value.code == "not_yaml"


def test_tags_make_nothing_but_text() -> None:
    assert from_yaml("title: !!int 3").title == "3"
    assert from_yaml("title: !!python/object:os.system x").title == "x"


def test_the_schema_names_every_field_with_its_meaning() -> None:
    schema = json_schema()
    programme = schema["$defs"]["Programme"]
    assert set(programme["properties"]) == set(Programme.__struct_fields__)
    assert programme["required"] == ["title"]
    assert programme["properties"]["starts"]["description"].startswith("ISO 8601")
    assert schema["$defs"]["Goal"]["properties"]["number"]["maximum"] == 17


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("title: A\n", "panel"),
        ("title: A\ngathering: IGF 2023\n", "igf-2023"),
        ("title: A\ngathering: A gathering of our own\n", "panel"),
        ("title: A\ngathering: IGF 2099\n", "igf-2025"),
        ("title: A\ngathering: IGF 2023\nprofile: igf-2025\n", "igf-2025"),
    ],
)
def test_a_programme_without_a_profile_has_that_of_its_gathering(text: str, profile: str) -> None:
    """W M9: it silently had the rules, the groups and the report deadline of IGF 2021."""
    programme = from_yaml(text)
    assert programme.profile == profile
    assert from_data(to_data(programme)) == programme
    assert from_yaml(to_yaml(msgspec.structs.replace(programme, gathering="IGF 2018"))).profile == profile
