"""The opinion map compared with red-dwarf 0.4.0 (from the package index, in its own environment), in the same run.

Real conversations are read from ../shared/data/polis if it exists. Synthetic ones have three camps and heavy tails.
Both are timed from columns in memory to groups and lists. `quick` leaves red-dwarf out at 100,000 people."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from acquis.opinion.files import read_conversation

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data" / "polis"
PEER = "red-dwarf==0.4.0"
SYNTHETIC = ((10_000, 500, 500_000), (30_000, 500, 1_500_000), (100_000, 500, 5_000_000))
LARGEST = (1_000_000, 500, 50_000_000)


def synthetic(n: int, m: int, votes: int, seed: int = 1) -> dict[str, np.ndarray[Any, Any]]:
    """Votes of three camps, each with a share of agreement for each statement; the number of votes of a person is
    log-normal, and 12 % of the votes are pass."""
    random = np.random.default_rng(seed)
    camp = random.integers(0, 3, n)
    leaning = random.normal(0.3, 1, m)[None] + random.normal(0, 1.2, (3, m))
    weight = random.lognormal(0, 0.8, n)
    count = np.clip(np.round(weight / weight.mean() * votes / n), 1, m).astype(int)
    person = np.repeat(np.arange(n, dtype=np.int32), count)
    statement = np.concatenate([random.choice(m, size, replace=False) for size in count]).astype(np.int16)
    agree = (0.88 / (1 + np.exp(-leaning)))[camp[person], statement]
    dice = random.random(len(person))
    choice = np.where(dice < agree, 1, np.where(dice < 0.88, -1, 0)).astype(np.int8)
    order = random.permutation(len(person))
    out = np.zeros(0, np.int16)
    return {"person": person[order], "statement": statement[order], "choice": choice[order], "out": out}


def real(folder: Path) -> dict[str, np.ndarray[Any, Any]]:
    conversation = read_conversation(folder / "votes.csv", folder / "comments.csv")
    votes, out = conversation.votes, conversation.moderated | conversation.meta
    ids = np.array(votes.statements)
    dropped = np.array([statement_id for statement_id in votes.statements if statement_id in out], np.int64)
    return {
        "person": np.array(votes.people)[votes.person],
        "statement": ids[votes.statement],
        "choice": votes.choice,
        "out": dropped,
    }


def save(path: Path, data: dict[str, Any]) -> None:
    np.savez(path, **data)


def peer_python() -> Path:
    """The Python of an environment with the peer, which is created once."""
    folder = ROOT / ".venv" / "peer"
    python = folder / "bin" / "python"
    if not (folder / "made").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", PEER], check=True)
        (folder / "made").touch()
    return python


def environment() -> dict[str, str]:
    """The environment of a program that is installed: its modules are compiled once and kept, as pip does for the
    peer."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}


def run(command: list[str | Path]) -> dict[str, float]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment())
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def process(command: Sequence[str | Path]) -> float:
    """CPU seconds of a whole process."""
    before = os.times()
    subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=environment())
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def whole_command() -> str:
    """CPU seconds from the file to the written result, beside red-dwarf, the least of three runs that alternate."""
    rows = ["## The whole command", "", "| conversation | votes | CPU s | red-dwarf, CPU s | times less |"]
    rows.append("| --- |" + " ---: |" * 4)
    sums = [0.0, 0.0]
    python, program = peer_python(), ["-c", "from acquis.cli import main; main()", "opinion"]
    with tempfile.TemporaryDirectory() as folder:
        for conversation in sorted(REAL.iterdir()) if REAL.exists() else []:
            if not conversation.is_dir():
                continue
            files = [conversation / "votes.csv", conversation / "comments.csv"]
            mine, theirs = [], []
            for _ in range(3):
                mine.append(process([sys.executable, *program, files[0], "--comments", files[1], "--out", folder]))
                peer = [python, ROOT / "benchmarks" / "peer_reddwarf.py", *files, Path(folder) / "peer.txt"]
                theirs.append(process(peer))
            votes = sum(1 for _ in files[0].open("rb")) - 1
            rows.append(line(conversation.name, f"{votes:,}", min(mine), min(theirs), min(theirs) / min(mine)))
            sums = [sums[0] + min(mine), sums[1] + min(theirs)]
    if sums[0]:
        rows.append(line("**all real ones**", "", *sums, sums[1] / sums[0]))
    begun = [sys.executable, "-c", "import acquis.cli.opinion, acquis.opinion.files"]
    rows += ["", f"A cold start, until the first vote is read: {min(process(begun) for _ in range(5)):.2f} s of CPU."]
    return "\n".join(rows) + "\n"


def ours(path: Path, *how: str) -> dict[str, float]:
    return run([sys.executable, "-m", "benchmarks.opinion_case", path, *how])


def line(*cells: object) -> str:
    return "| " + " | ".join(f"{cell:,.3g}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"


def tables(quick: bool) -> str:
    head = "| conversation | votes | s | CPU s | MB | plain numpy s | red-dwarf s | its CPU s | its MB | times faster |"
    rows = ["## The opinion map beside red-dwarf 0.4.0", "", head, "| --- |" + " ---: |" * 9]
    total = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.npz"
        python = peer_python()
        for conversation in sorted(REAL.iterdir()) if REAL.exists() else []:
            if conversation.is_dir():
                data = real(conversation)
                save(path, data)
                mine = ours(path)
                theirs = run([python, ROOT / "benchmarks" / "peer_reddwarf.py", path])
                total = [total[0] + mine["wall"], total[1] + theirs["wall"]]
                rows.append(_row(conversation.name, len(data["person"]), mine, None, theirs))
        if total[0]:
            cells = ("", total[0], "", "", "", total[1], "", "", f"**{total[1] / total[0]:.0f}**")
            rows.append(line("**all real ones**", *cells))
        for n, m, votes in SYNTHETIC:
            data = synthetic(n, m, votes)
            save(path, data)
            mine, plain = ours(path, "more"), ours(path, "plain")
            leave = quick and n >= 100_000
            theirs_ = None if leave else run([python, ROOT / "benchmarks" / "peer_reddwarf.py", path])
            rows.append(_row(f"synthetic {n:,} x {m}", len(data["person"]), mine, plain, theirs_))
        rows += ["", *_more(mine), *_largest(path)]
    return "\n".join(rows) + "\n"


def _row(name: str, votes: int, mine: dict[str, float], plain: dict[str, float] | None, theirs: Any) -> str:
    without = plain["wall"] if plain else ""
    peer: tuple[object, ...] = ("left out", "", "", "")
    if theirs is not None:
        peer = (theirs["wall"], theirs["cpu"], f"{theirs['mb']:.0f}", f"{theirs['wall'] / mine['wall']:.0f}")
    return line(name, f"{votes:,}", mine["wall"], mine["cpu"], f"{mine['mb']:.0f}", without, *peer)


def _more(mine: dict[str, float]) -> list[str]:
    rows = ["| what, at 100,000 people and 5 M votes | measured | aim | met |", "| --- | ---: | ---: | --- |"]
    aims = (
        ("5 M votes, all of it", "wall", 1.0, "s"),
        ("refresh of the map", "refresh", 0.15, "s"),
        ("a live vote", "live", 5e-6, "s"),
    )
    for what, name, aim, unit in aims:
        rows.append(line(what, f"{mine[name]:.3g} {unit}", f"{aim:g} {unit}", "yes" if mine[name] <= aim else "NO"))
    rows.append(line("copying the votes once (the physical limit)", f"{mine['copy']:.3g} s", "", ""))
    rows.append(line("the first reading of a process (loads compiled loops)", f"{mine['first']:.3g} s", "", ""))
    return rows


def _largest(path: Path) -> list[str]:
    save(path, synthetic(*LARGEST))
    mine = ours(path)
    ok = "yes" if mine["wall"] <= 6 and mine["mb"] <= 1500 else "NO"
    return [line("50 M votes of 1,000,000 people", f"{mine['wall']:.3g} s, {mine['mb']:.0f} MB", "6 s, 1500 MB", ok)]
