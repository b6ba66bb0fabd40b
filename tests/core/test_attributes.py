"""What people say of themselves is declared once, and a further attribute is no more than its guide says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from acquis import events as ev
from acquis.attributes import ATTRIBUTES, AskedAttributes, Attribute, Attributes, PublicAttributes, attributes_of
from acquis.i18n.attributes import ATTRIBUTE_WORDS, GROUP_WORDS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "add-an-attribute.md"
RENAMED = {
    "gender": "age",
    "Gender": "Age",
    "GENDER": "AGE",
    "woman": "under30",
    "women": "people under thirty",
    "man": "over30",
    "men": "people over thirty",
    "another": "ageless",
}


def test_the_list_of_attributes_is_that_of_the_fields() -> None:
    assert tuple(attribute.name for attribute in ATTRIBUTES) == Attributes.__struct_fields__
    settings = {attribute.setting for attribute in ATTRIBUTES if attribute.setting}
    assert settings == set(AskedAttributes.__struct_fields__)


def test_every_attribute_and_every_value_has_its_words() -> None:
    assert list(ATTRIBUTE_WORDS) == [attribute.name for attribute in ATTRIBUTES]
    for attribute in ATTRIBUTES:
        words = ATTRIBUTE_WORDS[attribute.name]
        assert tuple(words.choices) == attribute.values
        assert set(attribute.values) <= GROUP_WORDS.keys()
        assert bool(words.ask) == bool(attribute.setting)


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda attribute: attribute.name)
def test_an_attribute_has_values_or_a_list_of_the_programme(attribute: Attribute) -> None:
    assert bool(attribute.values) != bool(attribute.listed)
    if attribute.listed:
        assert attribute.listed in ev.ProgrammePublished.__struct_fields__


def test_every_event_that_carries_an_attribute_inherits_it() -> None:
    for event in ev.ALL:
        assert issubclass(event, PublicAttributes) or not set(event.__struct_fields__) & set(
            Attributes.__struct_fields__
        )


def test_the_attributes_of_an_event_are_flat_in_what_is_kept() -> None:
    said = Attributes(lane="online", stakeholder="Government", region="Africa", gender="woman")
    for event in (
        ev.ParticipantJoined(lane="online", stakeholder="Government", region="Africa", gender="woman"),
        ev.HandRaised(lane="online", stakeholder="Government", region="Africa", gender="woman"),
        ev.QuestionAsked("Why?", lane="online", stakeholder="Government", region="Africa", gender="woman"),
    ):
        body = ev.to_body(event)
        assert b'"lane":"online","stakeholder":"Government","region":"Africa","gender":"woman"' in body
        assert attributes_of(ev.from_body(body)) == said  # type: ignore[arg-type]  # each is a PublicAttributes


def added_blocks() -> list[tuple[str, list[str]]]:
    """The added lines of the guide that stand together, with their file."""
    file, blocks, open_block = "", list[tuple[str, list[str]]](), False
    for line in "\n".join(re.findall(r"```diff\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)).splitlines():
        if line.startswith("--- "):
            file = line[4:]
        elif line.startswith("+") and open_block:
            blocks[-1][1].append(line[1:])
        elif line.startswith("+"):
            blocks.append((file, [line[1:]]))
        open_block = line.startswith("+")
    return blocks


def renamed(line: str) -> str:
    return re.sub("|".join(sorted(RENAMED, key=len, reverse=True)), lambda found: RENAMED[found[0]], line)


def test_a_further_attribute_is_no_more_than_the_guide_says(tmp_path: Path) -> None:
    copy = tmp_path / "src"
    shutil.copytree(ROOT / "src", copy)  # with what Python has compiled, which takes half of the time
    for name, block in added_blocks():
        file = tmp_path / name
        for run in _runs(file.read_text("utf-8"), block):
            text = file.read_text("utf-8")
            assert text.count(run) == 1, f"{name}: {run}"
            file.write_text(text.replace(run, run + renamed(run)), "utf-8")
    check = [sys.executable, "-m", "tests.core.further_attribute", str(copy), str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(copy), str(ROOT)))}
    done = subprocess.run(check, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _runs(text: str, block: list[str]) -> list[str]:
    """The added lines as they stand together in the source: a block of the guide may join lines from two places."""
    runs: list[str] = []
    for line in block:
        if runs and runs[-1] + line + "\n" in text:
            runs[-1] += line + "\n"
        else:
            runs.append(line + "\n")
    return runs
