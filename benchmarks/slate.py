"""How many people a short list leaves without a voice: the slate beside Polis's consensus list and the most agreed
statements, on the real conversations in ../shared/data: `python -m benchmarks.slate`. Prints the table of
docs/opinion.md, and the time for 1,000 people and 500 statements."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from tests.opinion.makers import conversation

from acquis.opinion import Votes
from acquis.opinion.files import read_conversation
from acquis.opinion.polis import polis_reading
from acquis.opinion.slate import Slate, audited, slate

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "polis"


def most_agreed(votes: Votes, length: int) -> list[int]:
    """The statements with the highest share of agreement, drawn towards one half by two votes."""
    size = len(votes.statements)
    agree = np.bincount(votes.statement[votes.choice == 1], minlength=size)
    share = (agree + 1) / (np.bincount(votes.statement, minlength=size) + 2)
    order: list[int] = np.argsort(-share, kind="stable").tolist()
    return order[:length]


def consensus_list(votes: Votes) -> list[int]:
    """Polis's consensus list, those that most agree with."""
    read = polis_reading(votes)
    place = {statement: number for number, statement in enumerate(votes.statements)}
    return [place[read.statements[entry.statement]] for entry in read.agreed]


def cells(audit: Slate) -> str:
    """The columns of the table for one list."""
    shares = (audit.unheard.cast.people, audit.unheard.expected.people, audit.unheard.worst.people)
    return " / ".join(f"{100 * share / audit.people:.0f}" for share in shares)


def row(name: str, votes: Votes) -> str:
    """A conversation as a row of the table."""
    made = slate(votes)
    lists: Sequence[Sequence[int]] = (consensus_list(votes), most_agreed(votes, len(made.statements)))
    others = " | ".join(f"{cells(audited(votes, chosen))} ({len(chosen)})" for chosen in lists)
    return f"| {name} | {made.people} | {len(votes.statements)} | {cells(made)} ({len(made.statements)}) | {others} |"


def main() -> None:
    print("| conversation | people | statements | slate | Polis's consensus list | most agreed |")
    print("| --- | --- | --- | --- | --- | --- |")
    for folder in sorted(DATA.iterdir()):
        if (folder / "votes.csv").exists():
            source = read_conversation(folder / "votes.csv", folder / "comments.csv")
            votes = source.votes.without_statements(source.moderated | source.meta)
            print(row(folder.name, votes), flush=True)
    large = conversation(1000, 500, k=3, share=0.5)
    began = time.process_time()
    slate(large)
    print(f"1,000 people, 500 statements: {1000 * (time.process_time() - began):.0f} ms of CPU")


if __name__ == "__main__":
    main()
