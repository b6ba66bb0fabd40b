"""The whole record of a session as files, and the manifest that names every one with its digest.

Everything is made from the public log alone, also where more is known: so whoever has only `log.jsonl` can make every
file again and compare (`checking`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

import msgspec

from acquis import __version__
from acquis.documents import captions, tables
from acquis.documents import text_forms as documents
from acquis.documents.charts import map_picture, time_line
from acquis.documents.contents import dated
from acquis.documents.docx import docx
from acquis.documents.event import event_json, session_calendar
from acquis.documents.heard_chart import heard_picture
from acquis.documents.markdown import written
from acquis.documents.page import page
from acquis.documents.pdf import pdf
from acquis.documents.scripts import from_the_right
from acquis.documents.view import ReportView, report_view
from acquis.i18n import LANGUAGES
from acquis.publication.public import public_entries
from acquis.record import Entry
from acquis.record.chain import to_lines
from acquis.state import State, fold
from acquis.statistics.heard import account

MANIFEST = "manifest.json"


class Source(msgspec.Struct, frozen=True):
    """What every form is made from: the public log, its state, the view of a version, a language."""

    entries: tuple[Entry, ...]
    state: State
    view: ReportView
    language: str


def source(
    entries: Iterable[Entry],
    language: str = LANGUAGES[0],
    version: int = 0,
    state: State | None = None,
    people: Iterable[str] = (),
) -> Source:
    """The source of a log, as it is kept or as it is public; version 0 is the newest. `state` saves a fold where it is
    at hand: that of the newest of `entries`; `people` gave their names, which a session under the Chatham House
    Rule does not tell. Raises LookupError where there is no such version."""
    kept = list(entries)
    public = tuple(public_entries(kept, state if state is not None else _folded(kept), people))
    found = _folded(public)
    head = public[-1].link.hex() if public else ""
    return Source(public, found, report_view(found, head, version), language)


def _folded(entries: Iterable[Entry]) -> State:
    return fold((entry.seq, entry.at, entry.by, entry.body) for entry in entries)


def _heard(of: Source) -> str:
    found = account(of.state, of.state.at)
    return heard_picture(found, of.language, rtl=from_the_right(of.language), alone=True)


def _programme(of: Source) -> bytes:
    programme = of.state.programme
    return msgspec.json.format(msgspec.json.encode(programme.document), indent=2) if programme else b""


def _schema(of: Source) -> bytes:
    return msgspec.json.format(msgspec.json.encode(documents.json_schema(), order="sorted"), indent=2) + b"\n"


def _calendar(of: Source) -> bytes:
    id = of.entries[0].link.hex()[:32] if of.entries else ""
    return session_calendar(of.view, id, dated(of.view, of.state), of.language)


TEXTS: dict[str, Callable[[Source], bytes]] = {
    "log.jsonl": lambda of: to_lines(of.entries),
    "report.html": lambda of: page(of.view, of.state, of.language).encode(),
    "report.md": lambda of: written(of.view, account(of.state, of.state.at), of.language).encode(),
    "report.json": lambda of: documents.view_json(of.view),
    "report.schema.json": _schema,
    "event.json": lambda of: event_json(of.view, of.language),
    "session.ics": _calendar,
    "programme.json": _programme,
    "questions.csv": lambda of: tables.questions(of.view, of.state),
    "votes.csv": lambda of: tables.votes((entry.seq, entry.at, entry.by, entry.body) for entry in of.entries),
    "comments.csv": lambda of: tables.comments(of.view, of.state),
    "participants-votes.csv": lambda of: tables.participants_votes(of.state),
    "turns.csv": lambda of: tables.turns(of.state),
    "captions.vtt": lambda of: captions.captions_vtt(of.state),
    "captions.csv": lambda of: captions.captions_csv(of.state),
    "opinion-map.svg": lambda of: map_picture(of.state, of.language).encode(),
    "balance.svg": lambda of: _heard(of).encode(),
    "timeline.svg": lambda of: time_line(
        of.state, of.view.heard, of.language, rtl=from_the_right(of.language)
    ).encode(),
}
"""The forms whose bytes depend on the log, the language and this program alone. What comes out empty is left out."""

TYPESET: dict[str, Callable[[Source], bytes]] = {
    "report.docx": lambda of: docx(of.view, of.state, of.language),
    "report.pdf": lambda of: pdf(of.view, of.state, of.language),
}
"""The forms whose bytes depend on the fonts at hand, too."""

WRITERS = TEXTS | TYPESET


class File(msgspec.Struct, frozen=True, order=True):
    """A file of the record: its name, its size in bytes, and the SHA-256 of its content in hexadecimal."""

    name: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, tag_field="manifest", tag="acquis-record"):
    """What a record consists of. `head` is the link of the newest of `entries`, `acquis` the version of the program
    that made it, `language` that of its texts."""

    acquis: str
    entries: int
    files: tuple[File, ...]
    head: str
    language: str


def files(entries: Iterable[Entry], language: str = LANGUAGES[0], state: State | None = None) -> dict[str, bytes]:
    """The whole record of a log: file name -> content, the manifest last. Same log, same bytes on the same machine.
    `state` is that of the newest of `entries`, where it is at hand."""
    return bundle(source(entries, language, 0, state))


def bundle(of: Source) -> dict[str, bytes]:
    """The whole record of a source: file name -> content, the manifest last."""
    made = {name: write(of) for name, write in WRITERS.items()}
    kept = {name: content for name, content in made.items() if content}
    return {**kept, MANIFEST: manifest(kept, of)}


def manifest(made: Mapping[str, bytes], of: Source) -> bytes:
    """The manifest of these files: canonical JSON, one line, everything in order."""
    listed = sorted(File(name, len(content), sha256(content).hexdigest()) for name, content in made.items())
    found = Manifest(__version__, len(of.entries), tuple(listed), of.view.head, of.language)
    return msgspec.json.encode(found, order="sorted") + b"\n"
