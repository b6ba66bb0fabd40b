"""Every command of README.md and every block of code of docs/opinion.md runs as it stands."""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.meetings.samples import SLIDO
from tests.plan import pages

from acquis.cli import main
from acquis.plan.document import PlannedSegment, Programme, to_yaml

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
OPINION = (ROOT / "docs" / "opinion.md").read_text("utf-8")
BLOCKS = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
STANDS_FOR = {"WORDS": "critical infrastructure", "DIR": "out"}
LONG = {"captions", "serve", "demo", "erase", "pass", "key", "witness", "backup", "restore", "doctor"}
"""What serves or follows a server, plays a session, or needs data is asked for its help, which checks its options."""


def commands(text: str) -> list[str]:
    """The commands of a page: lines of its blocks, and spans of code that begin with a command."""
    blocks = [line.partition(" #")[0].strip() for _, block in BLOCKS.findall(text) for line in block.splitlines()]
    spans = [span for line in BLOCKS.sub("", text).splitlines() for span in expanded(line)]
    found = [command.removeprefix(".venv/bin/") for command in (*blocks, *spans)]
    return [command for command in dict.fromkeys(found) if command.startswith(("acquis ", "make "))]


def expanded(line: str) -> list[str]:
    """The spans of code of a line; `acquis reference search WORDS` (`show`, `audit`) is three commands."""
    spans = re.findall(r"`([^`]+)`", line)
    beside = re.search(r"`(acquis \w+) \w[^`]*` \(((?:`\w+`(?:, )?)+)\)", line)
    return spans + ([f"{beside[1]} {verb} --help" for verb in re.findall(r"`(\w+)`", beside[2])] if beside else [])


VOTES = "voter-id,comment-id,vote\n" + "".join(
    f"{person},{comment},{1 if (person + comment) % 3 else -1}\n" for person in range(12) for comment in range(4)
)
COMMENTS = "comment-id,comment-body,moderated\n" + "".join(f"{c},Statement {c},1\n" for c in range(4))
PEOPLE = "voter-id,stakeholder\n" + "".join(f"{p},{'Government' if p % 2 else 'Civil Society'}\n" for p in range(12))


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with the files that the commands name."""
    programme = Programme(title="A dialogue", segments=(PlannedSegment("Questions", "questions", 30),))
    files = {
        "page.txt": pages.LABELLED,
        "transcript.txt": ">> AMA EXAMPLE: Hello.\n",
        "report.csv": SLIDO,
        "submissions.csv": "text,on behalf of\nKeep the norm.,Grid Institute\n",
        "programme.yaml": to_yaml(programme),
        "votes.csv": VOTES,
        "before.csv": VOTES,
        "after.csv": VOTES,
        "comments.csv": COMMENTS,
        "people.csv": PEOPLE,
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def run(command: str, folder: Path) -> str:
    """Run `acquis ...` in a folder; without arguments, or where it would take long, only its help."""
    _, verb, *arguments = [STANDS_FOR.get(word, word) for word in shlex.split(command)]
    if verb in LONG or not arguments:
        arguments = [*arguments, "--help"]
    with contextlib.chdir(folder):
        result = CliRunner().invoke(main, [verb, *arguments])
    assert result.exit_code == 0, f"{command}\n{result.output}"
    return result.output


def test_the_readme_has_commands() -> None:
    assert len(commands(README)) > 15
    assert {"acquis check programme.yaml", "acquis reference show --help"} <= set(commands(README))


@pytest.mark.parametrize("command", [c for c in commands(README + OPINION) if c.startswith("acquis ")])
def test_a_command_runs(command: str, inputs: Path) -> None:
    assert run(command, inputs)


@pytest.mark.parametrize("command", [c for c in commands(README) if c.startswith("make ")])
def test_a_make_command_of_the_readme_has_its_target(command: str, tmp_path: Path) -> None:
    target, *variables = shlex.split(command)[1:]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for variable in variables:
        assert variable.startswith("ARGS=")
        assert run(f"acquis {target} {variable.removeprefix('ARGS=')}", tmp_path)


@pytest.mark.parametrize("block", [code for language, code in BLOCKS.findall(OPINION) if language == "python"])
def test_a_block_of_code_about_the_opinion_map_runs(block: str, inputs: Path) -> None:
    namespace: dict[str, object] = {}
    with contextlib.chdir(inputs):
        exec(block, namespace)
    assert "reading" in namespace
