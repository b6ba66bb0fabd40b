"""`acquis opinion`: a summary, a page, a picture, data; one line for a wrong file."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner
from tests.opinion.makers import camps
from tests.opinion.populations import with_bots

from acquis.cli import main
from acquis.documents.opinion import result
from acquis.documents.opinion_crowds import crowd_sentences
from acquis.documents.opinion_result import Result
from acquis.documents.opinion_tables import table_parquet
from acquis.opinion import Conversation, opinion_map
from acquis.opinion.structure import ALIKE
from acquis.statistics.opinion_words import structure_sentence


@pytest.fixture
def export(tmp_path: Path) -> Path:
    person, statement, choice = camps(120, 30, strength=3.0)
    rows = [f"{at},{s},{p},{c}" for at, (p, s, c) in enumerate(zip(person, statement, choice))]
    (tmp_path / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n" + "\n".join(rows) + "\n")
    texts = [f'{s},1,"Statement <{s}>"' for s in range(30)]
    (tmp_path / "comments.csv").write_text("comment-id,moderated,comment-body\n" + "\n".join(texts) + "\n")
    people = [f"{p},{'North' if p % 2 else 'South'},{'A;B' if p % 3 else ''}" for p in range(120)]
    (tmp_path / "people.csv").write_text("voter-id,region,group\n" + "\n".join(people) + "\n")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    found = CliRunner().invoke(main, ["opinion", *arguments])
    return found.exit_code, found.output


def test_the_whole_reading(export: Path) -> None:
    files = ("--comments", str(export / "comments.csv"), "--people", str(export / "people.csv"))
    code, said = run(str(export / "votes.csv"), *files, "--polis", "--out", str(export / "out"))
    assert code == 0, said
    assert "People: 120. Statements: 30." in said
    assert "Opinion groups found: 2" in said
    assert said.index("Opinion groups found: 2") < said.index("Region: ") < said.index("\nOpinion groups\n")
    assert re.search(r"(?i)match these groups\? yes", said), said
    found = msgspec.json.decode((export / "out" / "result.json").read_bytes(), type=Result)
    assert sum(found.sizes) == found.grouped <= found.people == 120
    assert found.polis is not None
    assert len(found.polis.statements) == 30
    assert sum(found.polis.groups) == 120
    assert "Statements that represent group 1" in said
    assert found.slate is not None
    assert len(found.slate.statements) >= 5
    assert {group.kind for group in found.slate.groups} == {"region", "group"}
    assert found.slate.said[0] in said
    page = (export / "out" / "report.html").read_text()
    assert "Short list that represents the voters" in page
    assert "Statement &lt;" in page
    assert "Statement <" not in page
    assert "For comparison: the results of Polis" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    people = parquet.read_table(export / "out" / "people.parquet").to_pydict()
    assert people["person"] == list(range(120))
    assert [people["group"].count(group) for group in (0, 1)] == found.sizes
    rows = list(csv.DictReader(io.StringIO((export / "out" / "statements.csv").read_text("utf-8"), newline="")))
    assert [int(row["agree"]) for row in rows] == [row.everybody.agree for row in found.statements]
    assert rows[0]["text"] == "Statement <0>"
    assert (export / "out" / "map.svg").read_text().startswith("<svg")
    assert "properties" in json.dumps(json.loads((export / "out" / "result.schema.json").read_text()))


def test_the_same_votes_give_the_same_result(export: Path) -> None:
    lines = (export / "votes.csv").read_text().splitlines()
    order = np.random.default_rng(0).permutation(len(lines) - 1) + 1
    (export / "again.csv").write_text("\n".join([lines[0], *(lines[i] for i in order)]) + "\n")
    one, other = (run(str(export / name))[1] for name in ("votes.csv", "again.csv"))
    assert one == other


def test_the_groups_of_an_export_are_those_of_the_comparison_with_polis(tmp_path: Path) -> None:
    rows = [f"{p},{'' if p == 8 else p % 2},3,{1 if p % 2 else -1},1,{-1 if p % 2 else 1}" for p in range(9)]
    (tmp_path / "votes.csv").write_text("participant,group-id,n-votes,0,1,2\n" + "\n".join(rows) + "\n")
    code, said = run(str(tmp_path / "votes.csv"), "--polis", "--out", str(tmp_path))
    assert code == 0, said
    assert "The groups are those in the export of Polis." in said
    assert "  0\n      Agree: 4 of 4." in said
    found = msgspec.json.decode((tmp_path / "result.json").read_bytes(), type=Result)
    assert found.polis is not None
    assert found.polis.groups == [4, 4]


def test_strict_moderation_leaves_out_what_nobody_has_approved(export: Path) -> None:
    texts = [f'{s},{int(s > 3)},"A statement\nof two lines"' for s in range(30)]
    (export / "comments.csv").write_text("comment-id,moderated,comment-body\n" + "\n".join(texts) + "\n")
    files = (str(export / "votes.csv"), "--comments", str(export / "comments.csv"))
    assert "Statements: 30." in (said := run(*files)[1])
    assert "A statement of two lines" in said
    assert "Statements: 26." in run(*files, "--strict-moderation")[1]


@pytest.mark.slow
def test_worker_processes_give_the_same(export: Path) -> None:
    assert run(str(export / "votes.csv"), "--engine", "process") == run(str(export / "votes.csv"))


def test_accounts_that_voted_alike_are_reported_with_what_would_be_without_them(export: Path) -> None:
    rows = [f"{99999 + s},{s},{900 + p},-1" for p in range(12) for s in range(30)]
    votes = (export / "votes.csv").read_text() + "\n".join(rows) + "\n"
    (export / "votes.csv").write_text(votes)
    code, said = run(str(export / "votes.csv"), "--out", str(export / "out"))
    assert code == 0
    assert "Accounts: 12. Without them" in said
    found = msgspec.json.decode((export / "out" / "result.json").read_bytes(), type=Result)
    accounts = [str(900 + p) for p in range(12)]
    assert found.alike[0].people == accounts
    assert found.crowds is not None
    assert [crowd.people for crowd in found.crowds.crowds] == [accounts]
    page = (export / "out" / "report.html").read_text()
    for text in (said, page):
        assert "12 accounts vote nearly alike. Check that they are different people." in text
        assert f"Without them: {found.crowds.said}" in text
    assert "905" not in page, "accounts are named in the data only"
    assert found.crowds.changes[0].after == found.crowds.changes[0].before + len(found.crowds.changes[0].gained)


def test_a_crowd_that_is_a_group_is_warned_of_once() -> None:
    votes = with_bots(np.random.default_rng(4), 90, 30, 30, votes=25).votes
    reading = opinion_map(votes)
    assert reading.structure is not None
    assert reading.structure.alike >= ALIKE
    read = result(reading, Conversation(votes), None)
    assert read.crowds is not None
    assert len(read.crowds.crowds) == 1
    warned = "Check that they are different people."
    assert " ".join([read.said, *crowd_sentences(read, "en")]).count(warned) == 1
    assert warned in structure_sentence("en", reading.structure)


def test_without_compiled_loops_it_says_what_that_costs(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("acquis.opinion.compiled.kernels", lambda: None)
    monkeypatch.setattr("acquis.opinion.compiled.MANY", 100)
    code, said = run(str(export / "votes.csv"))
    assert code == 0
    assert "plain numpy" in said


def test_a_wrong_file_is_one_line(export: Path) -> None:
    code, said = run(str(export / "comments.csv"))
    assert code == 1
    assert said.startswith("Error: comments.csv: ")
    assert len(said.splitlines()) == 1


def test_how_few_people_decide_the_lists_is_said(export: Path) -> None:
    code, said = run(str(export / "votes.csv"), "--out", str(export / "out"))
    assert code == 0
    read = msgspec.json.decode((export / "out" / "result.json").read_bytes(), type=Result)
    assert [line.kind for line in read.influence] == ["consensus", "concern"]
    page = (export / "out" / "report.html").read_text()
    for line in read.influence:
        assert all(1 <= number <= line.people for number in (*line.off.values(), *line.on.values()))
        assert line.sentence in said
        assert line.sentence in page


def test_tables_in_parquet_keep_numbers_and_texts() -> None:
    table: dict[str, Any] = {
        "person": [7, "ä", 8],
        "entry": [3, 2, 1],
        "text": ["", "日本", "a"],
        "share": np.array([0.5, np.nan, 1.0]),
        "group": np.array([-1, 0, 2]),
    }
    content = table_parquet(table)
    assert content is not None
    read = parquet.read_table(io.BytesIO(content)).to_pydict()
    assert np.isnan(read["share"].pop(1))
    whole = {name: list(values) for name, values in table.items()}
    assert read == {**whole, "person": ["7", "ä", "8"], "share": [0.5, 1.0]}


def test_the_command_loads_neither_the_log_nor_pandas() -> None:
    program = (
        "import sys, acquis.cli.opinion, acquis.documents.opinion\n"
        "from acquis.documents.opinion_tables import table_parquet\n"
        "table_parquet({'a': [1], 'b': ['x']})\n"
        "print(*sorted({'acquis.events', 'acquis.state', 'acquis.claims', 'babel', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
