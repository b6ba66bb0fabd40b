"""How many planted errors the checker finds, and how often it is wrong about a right sentence; and its speed.
`python -m benchmarks.claims.measure` prints both."""

from __future__ import annotations

import functools
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from acquis import events as ev
from acquis.claims.checking import check
from acquis.claims.facts import facts
from acquis.claims.lexicon import lexicon
from acquis.claims.likely import likely_evidence
from acquis.claims.verdicts import SentenceOutcome, outcome_of
from acquis.state import State
from benchmarks.claims import canal, delta, harbour, meadow, orchard, other, own, plateau, quarry, strait, valley
from benchmarks.claims.session import LINES, STATEMENTS, Case, Made, made
from benchmarks.claims.told import ToldSession
from benchmarks.measure import Result

Session = Made | ToldSession
SETS: dict[str, tuple[Callable[[], Sequence[Case]], Callable[[], Session]]] = {
    "made with the rules at hand": (own.cases, made),
    "made before the rules": (other.cases, made),
    "made by somebody else": (valley.cases, valley.made),
    "made after the rules": (strait.cases, strait.made),
    "harbour": (harbour.cases, harbour.made),
    "orchard": (orchard.cases, orchard.made),
    "delta": (delta.cases, delta.made),
    "plateau": (plateau.cases, plateau.made),
    "quarry": (quarry.cases, quarry.made),
    "meadow": (meadow.cases, meadow.made),
    "canal": (canal.cases, canal.made),
}
"""Each labelled set: its sentences, and the session that they report."""
INDEPENDENT = ("made by somebody else", "harbour", "orchard", "delta", "plateau", "quarry", "meadow", "canal")
"""The sets by authors who had not seen the rules."""
KINDS = {
    "sign": "sign turned",
    "digits": "digits swapped",
    "body": "wrong body or group",
    "quotation": "one word of a quotation",
    "everybody": "“all” with one against",
    "group": "group left out",
    "date": "date",
    "symbol": "symbol or paragraph",
    "speaker": "speaker",
    "tense": "tense of a decision",
    "base": "share of another base",
    "answer": "answer that was none",
    "prose": "prose without an error",
}


@functools.cache
def outcomes(name: str) -> list[tuple[Case, SentenceOutcome]]:
    """Each sentence of a set with what the checker finds."""
    cases, session = SETS[name]
    known = facts(session().state)
    return [(case, outcome_of(check(case.text, case.cites, known))) for case in cases()]


def table() -> str:
    """The errors that were found and the false alarms, of each set and of each kind of error, as two tables in
    Markdown."""
    by_set = {name: Counter[tuple[bool, bool]]() for name in SETS}
    by_kind = {kind: Counter[tuple[bool, bool]]() for kind in KINDS}
    for name in SETS:
        for case, outcome in outcomes(name):
            by_set[name][case.right, outcome == "fails"] += 1
            if name in INDEPENDENT:
                by_kind[case.kind][case.right, outcome == "fails"] += 1
    of_kind = {KINDS[kind]: counts for kind, counts in by_kind.items()}
    return f"{_rows('set', by_set)}\n\n{_rows('error', of_kind)}"


def _rows(head: str, counts: Mapping[str, Counter[tuple[bool, bool]]]) -> str:
    listed = [f"| {head} | found | false alarms |", "| --- | ---: | ---: |"]
    for name, n in counts.items():
        wrong, right = n[False, True] + n[False, False], n[True, True] + n[True, False]
        listed.append(f"| {name} | {n[False, True]} of {wrong} | {n[True, True]} of {right} |")
    return "\n".join(listed)


def large(entries: int) -> State:
    """The session with so many lines of speech."""
    state = State()
    state.apply(1, 0, "", ev.ProgrammePublished("Large", (ev.Segment("Panel", "panel", 40),)))
    for seq in range(2, entries + 2):
        text = f"{LINES[seq % 8]}, {STATEMENTS[seq * 7 % 24]}, and {seq} is the number of this line"
        state.apply(seq, seq, "", ev.SpeechCaptioned(text, speaker=f"Speaker {seq % 9}"))
    return state


def report_of(number: int) -> list[tuple[str, tuple[int, ...]]]:
    """So many sentences of a report on the large session, with their citations."""
    texts = [case.text for case in other.cases()]
    return [(texts[place * len(texts) // number], (2 + place * 3,)) for place in range(number)]


def seconds(entries: int = 2_000, number: int = 60) -> float:
    """CPU seconds for a report of so many sentences against so many entries. The texts are read in this time; the words
    of the language, which a process reads once, are read before."""
    state, listed = large(entries), report_of(number)
    lexicon()
    began = time.process_time()
    known = facts(state)
    for text, cites in listed:
        check(text, cites, known)
    return time.process_time() - began


def results() -> list[Result]:
    """The rows of `make bench`: a report of 60 sentences against 2,000 entries, and the likely evidence for it."""
    checked, offered = seconds(), offers_seconds()
    return [
        Result(
            f"report of 60 sentences against 2,000 entries: {checked:.2f} s of CPU",
            60 / checked,
            1e6 * checked / 60,
            aim="1 s",
            reached=checked <= 1,
        ),
        Result(f"likely evidence for 60 sentences: {offered:.2f} s of CPU", 60 / offered, 1e6 * offered / 60),
    ]


def offers_seconds(entries: int = 2_000, number: int = 60) -> float:
    """CPU seconds for the likely evidence of so many sentences among so many entries, whose texts are read."""
    known, listed = facts(large(entries)), report_of(number)
    began = time.process_time()
    for text, _ in listed:
        likely_evidence(text, known)
    return time.process_time() - began


if __name__ == "__main__":
    print(table())
    print(f"\n60 sentences against 2,000 entries: {seconds():.2f} s of CPU")
