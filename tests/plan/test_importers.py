"""Every importer of programmes is in the list, is recognised by its text, and has its verb."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.plan import pages, schedules

from acquis.cli import main
from acquis.plan.document import PlannedSegment, Programme, ProgrammeError, from_yaml, to_data, to_yaml
from acquis.plan.importers import IMPORTERS, ImportFailed, ProgrammeImporter, Schedule, read_programme, read_sessions
from acquis.reference import profile

PROFILE = profile("igf-2021")
PROGRAMME = Programme(title="A town hall", number="7", segments=(PlannedSegment("Floor", "questions", 60),))

SAMPLES = {
    "ics": schedules.CALENDAR,
    "frab": schedules.FRAB,
    "pretalx": schedules.PRETALX,
    "pretalx-rest": schedules.REST,
    "indico": schedules.INDICO,
    "sessionize": schedules.SESSIONIZE,
    "event": schedules.LINKED,
    "sched": schedules.TABLE,
    "yaml": to_yaml(PROGRAMME),
    "json": json.dumps(to_data(PROGRAMME), indent=2),
    "work": schedules.WORK,
    "agenda": schedules.AGENDA,
    "igf": pages.LABELLED,
}


def test_every_importer_has_a_sample() -> None:
    assert [importer.name for importer in IMPORTERS] == list(SAMPLES)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_an_importer_reads_its_sample_and_no_other_is_asked(importer: ProgrammeImporter) -> None:
    text = SAMPLES[importer.name]
    asked = next(other for other in IMPORTERS if other.recognises(text))
    assert asked is importer
    read = importer.read(text, PROFILE)
    assert read_sessions(text.encode(), PROFILE) == (read if isinstance(read, Schedule) else Schedule((read,)))
    assert all(programme.title for programme in read_sessions(text, PROFILE).sessions)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.name)
def test_an_importer_has_its_verb_on_the_command_line(importer: ProgrammeImporter, tmp_path: Path) -> None:
    file = tmp_path / f"session{importer.endings[0]}"
    file.write_text(SAMPLES[importer.name], "utf-8")
    result = CliRunner().invoke(main, ["import", importer.name, str(file)])
    assert result.exit_code == 0, result.output
    printed = tuple(map(from_yaml, result.stdout.split("---\n")))
    assert printed == read_sessions(SAMPLES[importer.name], PROFILE).sessions
    assert CliRunner().invoke(main, ["import", "programme", str(file)]).stdout == result.stdout
    assert importer.accepts in CliRunner().invoke(main, ["import", "--help"]).output.replace("\n", " ")


def test_a_published_programme_comes_back_as_it_was() -> None:
    assert read_programme(SAMPLES["json"], PROFILE) == PROGRAMME
    assert read_programme("# a note\n---\n" + SAMPLES["yaml"], PROFILE) == PROGRAMME


@pytest.mark.parametrize("text", ['{"title": ', '{"title": 7}', '{"titel": "x"}'])
def test_json_that_is_no_programme_says_where_and_why(text: str) -> None:
    with pytest.raises(ProgrammeError) as refused:
        read_programme(text, PROFILE)
    assert refused.value.code == "bad_programme"
    assert refused.value.facts["reason"]


def test_what_nobody_recognises_is_no_page_of_the_igf() -> None:
    with pytest.raises(ImportFailed) as failed:
        read_programme("Cooking with lentils: soak them overnight.", PROFILE)
    assert failed.value.code == "not_igf"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title: T\nspeakers:\n" + "- name: A B\n" * 60_000, "too many values"),
        ("title: T\nspeakers:\n" + "- name: A B\n" * 201, "In speakers: there can be at most 200 of them."),
        ('{"title": "T", "speakers": [' + '{"name": "A"},' * 200 + '{"name": "A"}]}', "at most 200"),
        ('{"title": ' * 5000, "nested too deeply"),
        (
            "IGF 2021 WS #1 T\n\nMonday, 1st March, 2021 (10:15 UTC)\nPanel - A - 90 Min\n"
            + "".join(f"Speaker 1: A {chr(97 + n // 26)}{chr(97 + n % 26)}, Government\n" for n in range(300)),
            "at most 200",
        ),
    ],
)
def test_a_programme_beyond_what_a_session_can_be_is_refused_with_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises((ProgrammeError, ImportFailed)) as refused:
        read_programme(text, PROFILE)
    assert sentence in refused.value.sentence("en")
