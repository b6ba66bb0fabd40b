"""The assessment: nothing mandatory, nothing lost, nothing private handed on."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from xml.etree import ElementTree

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.assessment.check import check_assessment
from acquis.assessment.coverage import counted, coverage
from acquis.assessment.diff import diff
from acquis.assessment.export import FORMS, export
from acquis.assessment.picture import picture
from acquis.assessment.shape import (
    Answer,
    Assessment,
    AssessmentError,
    Measure,
    MeasureEvidence,
    json_schema,
    read_assessment,
    to_data,
)
from acquis.assessment.skeleton import new
from acquis.assessment.words import change_lines, remark_line
from acquis.text import yaml_text

ITEMS = {
    "law-applies": "International law applies",
    "norm-j": "Report vulnerabilities",
    "norm-k": "Leave teams alone",
    "cbm-8": "Partnership",
    "ccb-1": "Sustained",
}
TODAY = datetime.date(2026, 11, 23)
PROOF = MeasureEvidence("Policy", "https://example.org/policy", "A/76/135", "2024-05")
LOG = MeasureEvidence("Log")
FULL = Assessment(
    edition="non-state",
    by="Example Foundation (invented)",
    as_of=TODAY,
    norms={
        "norm-j": Answer((Measure("We publish a contact.", "2024", (PROOF,)),), "Money.", "People."),
        "norm-k": Answer((Measure("We run a team."),), private=True),
    },
    cbms={"cbm-8": Answer((Measure("We meet."),))},
)


@pytest.mark.parametrize("edition", ["state", "non-state"])
def test_an_empty_skeleton_is_read_and_says_nothing(edition: str) -> None:
    text = new(edition, "Somebody: with a colon", ITEMS, TODAY)  # type: ignore[arg-type]  # both editions
    found = read_assessment(text)
    assert (found.edition, found.by, found.as_of) == (edition, "Somebody: with a colon", TODAY)
    assert {row.state for row in coverage(found, ITEMS)} == {"nothing"}
    assert check_assessment(found, ITEMS) == [], "nothing is mandatory"
    question = "Contribution of our organization to norm-j" if edition == "non-state" else "Action on norm-j"
    assert question in text


def test_what_a_person_types_is_read() -> None:
    text = """
edition: non-state
norms:
  norm-j:
    measures:
      - We publish a contact.
      - text: We answer within a week.
        since: 2024
        evidence:
          - url: https://example.org/
    private: no
"""
    answer = read_assessment(text).norms["norm-j"]
    assert [measure.text for measure in answer.measures] == ["We publish a contact.", "We answer within a week."]
    assert answer.measures[1].since == "2024"
    assert not answer.private


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("edition: planet", "Line 1: the edition must be one of: state, non-state."),
        ("norms:\n  norm-j:\n    messures: []", "field “messures” is not known in norms, norm-j"),
        ("norms:\n  norm-j:\n    measures: one", "must be a list"),
        ("norms: many", "must have fields below it"),
        ("as_of: yesterday", "must be a date"),
        ("- a\n- b", "This file is not a self-assessment"),
        ("version: 9", "Only version 1 can be read"),
        ("a: [", "is not valid YAML"),
        ("norms:\n  norm-j:\n    private: perhaps", "must be true or false"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(AssessmentError) as error:
        read_assessment(text)
    assert sentence in error.value.sentence("en")
    assert "{" not in error.value.sentence("en")


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
evidence = st.builds(MeasureEvidence, words, words, words, words)
measures = st.lists(st.builds(Measure, words, words, st.lists(evidence, max_size=2).map(tuple)), max_size=3).map(tuple)
answers = st.dictionaries(st.sampled_from(sorted(ITEMS)), st.builds(Answer, measures, words, words, st.booleans()))


@given(st.builds(Assessment, edition=st.sampled_from(["state", "non-state"]), by=words, norms=answers, law=answers))
def test_nothing_is_lost_between_file_and_memory(found: Assessment) -> None:
    assert read_assessment(yaml_text.written(to_data(found))) == found


def test_remarks_name_what_is_wrong_and_where() -> None:
    bad = Assessment(
        norms={
            "norm-z": Answer((Measure("Something."),)),
            "norm-j": Answer((Measure("A.", "soon", (MeasureEvidence(url="htp://x", symbol="A/0", date="2024-13"),)),)),
        }
    )
    said = [remark_line("en", remark) for remark in check_assessment(bad, ITEMS, lambda symbol: symbol != "A/0")]
    errors = [line for line in said if line.startswith("error")]
    assert len(errors) == 5
    assert any("Item “norm-z” was not found. Did you mean norm-" in line for line in errors)
    assert any("“A/0” is not a document symbol" in line for line in errors)
    assert any(line.startswith("note: norm-z, measure 1") for line in said), "no evidence is an observation"


def test_the_picture_tells_nothing_from_a_measure_and_from_evidence() -> None:
    states = {row.item: row.state for row in coverage(FULL, ITEMS)}
    assert states == {
        "law-applies": "nothing", "norm-j": "evidence", "norm-k": "measure", "cbm-8": "measure", "ccb-1": "nothing",
    }  # fmt: skip
    assert counted(coverage(FULL, ITEMS)) == ("Items: 5. Measure with evidence: 1. Measure only: 2. Nothing: 2.")
    svg = ElementTree.fromstring(picture(coverage(FULL, ITEMS), alone=True))
    drawn = [state for mark in svg.iter() if (state := mark.get("data-state"))]
    assert sorted(drawn[3:]) == ["evidence", "measure", "measure", "nothing", "nothing"], "after the legend"
    assert "measure with evidence" in "".join(svg.itertext()), "never by shape alone"


def test_a_difference_is_told_item_by_item() -> None:
    later = Assessment(
        edition="non-state", by=FULL.by, as_of=datetime.date(2027, 11, 23),
        norms={"norm-j": Answer((Measure("We publish a contact.", "2024", (PROOF, LOG)),), "", "People.")},
        cbms={"cbm-8": Answer((Measure("We meet twice a year."), Measure("We publish minutes.")))},
    )  # fmt: skip
    lines = "\n".join(change_lines("en", diff(FULL, later)))
    for said in (
        "The date was “2026-11-23” and is “2027-11-23”.", "Evidence added: Log",
        "The challenges were “Money.” and are “”.",
        "Measure added: We publish minutes.", "The answer was removed.",
    ):  # fmt: skip
        assert said in lines
    assert diff(FULL, FULL) == []


@pytest.mark.parametrize("form", FORMS)
def test_private_answers_stay_with_their_owner(form: str) -> None:
    assert "We run a team." not in export(FULL, ITEMS, form)
    assert "We run a team." in export(FULL, ITEMS, form, private=True)
    assert "We publish a contact." in export(FULL, ITEMS, form)


def test_the_exports_are_sound() -> None:
    data = json.loads(export(FULL, ITEMS, "json"))
    jsonschema_rs.validator_for(json_schema()).validate(data)
    assert read_assessment(export(FULL, ITEMS, "json", private=True)) == FULL
    rows = list(csv.DictReader(io.StringIO(export(FULL, ITEMS, "csv"))))
    assert [(row["item"], row["state"]) for row in rows][:2] == [
        ("law-applies", "nothing"), ("norm-j", "measure with evidence"),
    ]  # fmt: skip
    html = export(Assessment(by="<script>alert(1)</script>", norms=FULL.norms), ITEMS, "html")
    assert "<script" not in html
    assert '<a href="https://example.org/policy">' in html
    assert not re.search(r'(?:src|href)="(?!https://example\.org)', html), "one file, nothing fetched"
    assert "UNIDIR did not produce" in html
    assert to_data(FULL)["version"] == 1


def test_a_cell_is_no_formula() -> None:
    row = export(Assessment(norms={"norm-j": Answer((Measure("=1+1"),))}), ITEMS, "csv")
    assert "'=1+1" in row


ODD = "# <b>bold</b> [link](javascript:x) *x*"


def test_the_words_of_a_person_are_no_markup() -> None:
    found = Assessment(by=f"A\n\n{ODD}", norms={"norm-j": Answer((Measure(ODD),), f"1. {ODD}")})
    written = export(found, ITEMS, "md")
    assert [line for line in written.splitlines() if line.startswith("#")][1:] == [
        "## Norms", "### norm-j: Report vulnerabilities",
    ]  # fmt: skip
    assert not re.search(r"(?<!\\)[<\[*]", written), "each is escaped"


@given(st.builds(Assessment, by=words, norms=answers))
def test_the_json_of_any_assessment_is_read_back(found: Assessment) -> None:
    assert read_assessment(export(found, ITEMS, "json", private=True)) == found


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "\0"])
def test_no_cell_begins_like_a_formula(begin: str) -> None:
    found = Assessment(norms={"norm-j": Answer((Measure("A.", "", (MeasureEvidence(f"{begin}1+1"),)),), f"{begin}1")})
    rows = list(csv.reader(io.StringIO(export(found, ITEMS, "csv"), newline="")))
    assert [cell for row in rows for cell in row if cell.startswith(begin)] == []


def test_the_page_is_in_its_language_and_the_answers_in_theirs() -> None:
    page = export(Assessment(language="ar", norms=FULL.norms), ITEMS, "html")
    assert '<html lang="en">' in page
    assert '<span lang="ar" dir="auto">We publish a contact.</span>' in page


def test_the_pictures_of_the_page_have_their_style_and_fit_a_sheet() -> None:
    many = {f"norm-{letter}": "Report vulnerabilities responsibly, share remedies" for letter in "abcdefghijk"}
    page = export(FULL, ITEMS | many, "html")
    heights = [int(height) for height in re.findall(r'viewBox="0 0 640 (\d+)"', page)]
    assert len(heights) == 4
    assert max(heights) < 640 * 297 / 210 * 1.4, "hardly made smaller on A4"
    for kind in set(re.findall(r'class="(om-[a-z]+)', page)):
        assert f".{kind}{{" in page
