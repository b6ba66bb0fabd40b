"""CPU time and size of each file of the record of the largest session, compared with reading the log."""

from __future__ import annotations

import time

from tests.report.sessions import largest

from acquis.documents.checking import check_bundle
from acquis.documents.formats import BY_NAME, record_of
from acquis.documents.source import source

AIM_S = 10.0


def report() -> str:
    """A table with CPU seconds and size of each file, then of all files, then of checking all files."""
    entries = largest(people=1000).entries
    began = time.process_time()
    of = source(entries)
    rows = [("reading the log, twice", time.process_time() - began, "")]
    for name, declared in BY_NAME.items():
        if not declared.bundled:
            continue
        began = time.process_time()
        content = declared.content(of)
        rows.append((name, time.process_time() - began, f"{len(content):,}"))
    began = time.process_time()
    made = record_of(source(entries))
    rows.append(("**the whole record**", time.process_time() - began, f"{sum(map(len, made.values())):,}"))
    began = time.process_time()
    assert check_bundle(made, of.entries).ok, "a record that was just made is good"
    rows.append(("every form computed again and compared", time.process_time() - began, ""))
    lines = [f"| {what} | {cpu:.2f} | {size} |" for what, cpu, size in rows]
    votes = sum(1 for cast in of.state.votes.values() for vote in cast if vote)
    asked, stated = len(of.view.questions), len(of.view.statements)
    spent = rows[-2][1]
    head = f"{asked} questions, {stated} statements, {votes:,} votes: {spent:.1f} s of CPU, "
    verdict = f"aim {AIM_S:.0f} s: {'yes' if spent < AIM_S else 'NO'}"
    return "\n".join(
        ["## Documents", "", head + verdict, "", "| form | CPU s | bytes |", "| --- | ---: | ---: |", *lines, ""]
    )
