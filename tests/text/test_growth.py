"""No reader of what people send takes more than linear time, whatever they send.

The work is counted in time of the processor that this thread alone used, and compared with that for a text of a
sixteenth of the length: a factor that does not depend on how fast the machine is. A linear reader needs 16 times as
much, a quadratic one 256 times.
"""

from __future__ import annotations

import itertools
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from tests.effort import SHARE
from tests.work import uncollected

from acquis.captions import READERS, detect, read_captions
from acquis.captions.reader import TranscriptReader
from acquis.claims.outside import read_outside_draft
from acquis.command import Refused
from acquis.commands import decode
from acquis.contributions.files import read_contributions
from acquis.floor.transcripts import pieces_of
from acquis.followup.action_lists import read_action_list
from acquis.followup.due_words import due_read
from acquis.i18n.dates import moment_read
from acquis.i18n.refusals import Failure
from acquis.meetings import read_meeting_report
from acquis.plan.document import from_yaml
from acquis.plan.importers import IMPORTERS, ProgrammeImporter, read_programme
from acquis.record import receipts
from acquis.record.notes import NoteError, SignedNote
from acquis.record.words import bits_of
from acquis.reference import profile
from acquis.reference.library import library
from acquis.reference.paragraphs import find_paras
from acquis.reference.search import search
from acquis.reference.symbols import find_symbols
from acquis.text.caches import clear_texts
from acquis.text.full_text import marked
from acquis.text.mention import mentions_name, without_name
from acquis.text.names import Names
from acquis.text.plain_text import clean_lines, markdown_inline, unescaped
from acquis.text.scripts import language_of
from acquis.text.visible import cleaned, readable

SMALL, DOUBLINGS = 4000, 4
MOST = 4 * 2**DOUBLINGS
"""The factor from which work is no longer linear."""
SURELY_LINEAR = 6
"""For a text of four times the length, a factor up to this one shows that the factor for the longest is at most `MOST`:
if a part that grows with the square of the length is large enough for more, this factor is at least 6.4."""
ENDLESS_S = 60
"""Seconds of the processor after which a reader is stopped, for one that would never end."""
PANEL = profile("igf-2021")
NAMES = Names(["Amara Specimen", "Bao van der Muster", "王小明"], ["Ministry of Examples", "Quorvexian Institute"])
PERSON = "Amara van der Muster"
ZOOM = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
Read = Callable[[str], object]


def _lines(reader: TranscriptReader) -> Read:
    return lambda text: reader.read(text, text.split("\n"))


def _programme(importer: ProgrammeImporter) -> Read:
    return lambda text: importer.read(text, PANEL)


READ: dict[str, Read] = {
    "form of a transcript": detect,
    "transcript": lambda text: read_captions(text.encode()),
    **{f"transcript: {reader.form}": _lines(reader) for reader in READERS},
    "programme": lambda text: read_programme(text, PANEL),
    **{f"programme: {importer.name}": _programme(importer) for importer in IMPORTERS},
    "programme in YAML": from_yaml,
    "report of a meeting": lambda text: read_meeting_report(text.encode()),
    "report of Zoom": lambda text: read_meeting_report(f"{ZOOM}\n{text}".encode()),
    "table of contributions": lambda text: read_contributions([("a.csv", f"text,name\n{text}".encode())]),
    "contribution": lambda text: read_contributions([("a.txt", text.encode())]),
    "list of actions": lambda text: read_action_list(f"paragraph,act,body,date\n{text}".encode()),
    "draft from elsewhere": read_outside_draft,
    "mention of a name": mentions_name(PERSON),
    "erased name": lambda text: without_name(text, PERSON, "(erased)"),
    "line of a terminal": readable,
    "command": lambda text: decode(text.encode()),
    "sentences": lambda text: list(pieces_of(text)),
    "symbols": find_symbols,
    "paragraphs": find_paras,
    "search": lambda text: search(library(), text[:2000]),
    "found words": lambda text: marked(text, "amara specimen"),
    "names": NAMES.masked,
    "moment": lambda text: moment_read(text, "fr"),
    "due date": due_read,
    "receipt": lambda text: receipts.decode(text.encode()),
    "note": SignedNote.parse,
    "four words": bits_of,
    "characters of HTML": unescaped,
    "Markdown": markdown_inline,
    "lines": clean_lines,
    "visible text": cleaned,
    "language": lambda text: language_of(text, "en"),
}
HEADS = (
    "", "**", "# ", "<", "<a", "<!--", '<p a="', ">> A: x\n", "00:00:01,000 --> 00:00:02,000\n", "WEBVTT\n\n", "<TEI>",
    "<html><p>", "{", "title: x\n", "IGF 2021 WS #1 a\n\nMonday, 1st March, 2021 (10:15 UTC)\nPanel - A - 90 Min\n",
)  # fmt: skip
UNITS = (
    "\n", " ", "\t", "a", "1", "**", "- ", "# ", " #", ">", ">> ", ":", ". ", "(", "[", "<", "<a", "<a\"'", "<!",
    "<!---->", '"', "&", "&#1", "<v ", "<u>\n", "Mr. ", "A. B: ", "00:00 ", "10:15 - ", "\r\n", "x, ", ", Government ",
    "Speaker 1 ", "a:\n", '{"a":', "[[", "@", "\u200b", "\u0301", "王",
)  # fmt: skip
TAILS = ("", "x", "\n:")
FOUND = (
    (">> A: hi\n", "\n", ""), ("", "\n", "1"), ("", "<!---->", "x"), ("# ", " ", "x"), ("<", "a", ""),
    ("<v ", "<a", ""), ("", "(", "x"), ("Speaker 1: A, b\n", "Mr. ", ""), ("<TEI>", "<u>\n", "</u>" * 400),
    ("<html><p>", "&#1" + "1" * 5000, ";"), ("", " ", "\n"), ("", "a", "@"), ("", '{"a":', ""), ('{"do":', '{"a":', ""),
    ("", "\n", "ai-disclosure x"), ("# a", " ", "x"), ("", "a:\n", ""), ("", "= ", "x"), ("a", "\u200e", "\u202a"),
    ("", "A", " й"),
)  # fmt: skip
"""What a reader once took quadratic or exponential time for, or failed at: it is tried in every run."""


EACH = 2 if SHARE == 1 else 4 * SHARE + 1
"""Of all combinations, one in so many is tried."""


@pytest.mark.parametrize("name", READ)
def test_no_reader_takes_more_than_linear_time(name: str) -> None:
    cases = dict.fromkeys((*FOUND, *tuple(itertools.product(HEADS, UNITS, TAILS))[::EACH]))
    read = READ[name]
    usual = _usual(read)
    worse = [
        f"{head!r} + {unit!r} * n + {tail!r}: {factor:.0f} times"
        for head, unit, tail in cases
        if (factor := _factor(read, head, unit, tail, usual)) > MOST
    ]
    assert not worse


def _usual(read: Read) -> float:
    """The time for plain words, as long as the shortest text."""
    words = "some words of a text " * (SMALL // 21)
    return min(_time(read, words) for _ in range(2))


def _factor(read: Read, head: str, unit: str, tail: str, usual: float) -> float:
    """How much more work the longest text is than the shortest. Both are measured only if the shortest takes much
    longer than plain words; and what seems to be too much is measured three times, because other work disturbs the
    caches of the processor."""

    def text(times: int) -> str:
        return head + unit * (SMALL * times // len(unit) + 1) + tail

    short = _time(read, text(1))
    if short < 4 * usual:
        return 1
    short = min(short, *(_time(read, text(1)) for _ in range(2)))
    if _time(read, text(4)) <= SURELY_LINEAR * short:
        return 1
    long = _time(read, text(2**DOUBLINGS))
    for _ in range(2):
        if long / short <= MOST:
            break
        long = min(long, _time(read, text(2**DOUBLINGS)))
    return long / short


def _time(read: Read, text: str) -> float:
    """The time without that of the collector of cycles, which looks at what other tests have left."""
    clear_texts()
    with _stopped(), uncollected():
        begun = time.thread_time()
        with suppress(Failure, Refused, NoteError, receipts.ReceiptError):
            read(text)
        return max(time.thread_time() - begun, 1e-6)


@contextmanager
def _stopped() -> Iterator[None]:
    def stop(*_: object) -> None:
        pytest.fail("it does not end")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
