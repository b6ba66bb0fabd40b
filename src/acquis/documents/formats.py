"""The catalogue of output files: the only place where the files of a session are declared.

The addresses under `/s/{session}/`, the bundle and its manifest, the list on the record page, `acquis report --format`,
`acquis export`, and the table in docs/documents.md are made from it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acquis.documents import tables
from acquis.documents.bundle import MANIFEST, archive, manifest
from acquis.documents.captions import captions_csv, captions_vtt
from acquis.documents.charts import has_time_line, map_picture, time_line
from acquis.documents.contents import contents, dated
from acquis.documents.declaration import Format, Group
from acquis.documents.docx import docx
from acquis.documents.event import event_json, session_calendar, session_times
from acquis.documents.heard_chart import has_heard_picture, heard_picture
from acquis.documents.inputs import inputs_table
from acquis.documents.markdown import markdown
from acquis.documents.page import page
from acquis.documents.pdf import is_printable, pdf
from acquis.documents.source import DocumentSource, source
from acquis.documents.verifiers import verify_html, verify_py
from acquis.documents.view import view_json, view_schema
from acquis.i18n import LANGUAGES, N_
from acquis.record import Entry
from acquis.record.lines import to_lines
from acquis.state import State
from acquis.statistics.heard import account
from acquis.statistics.opinion_map import ballots
from acquis.text.scripts import right_to_left

GROUPS: dict[Group, str] = {
    "report": N_("Report"),
    "session": N_("Session"),
    "tables": N_("Tables"),
    "pictures": N_("Pictures"),
    "speech": N_("Captions"),
    "record": N_("Complete record"),
}
"""Group -> title, in the order of the list on the record page."""


class _EventName(msgspec.Struct):
    """The name of the event of an entry."""

    event: str = ""


def _calendar(of: DocumentSource) -> bytes:
    first = next(iter(of.entries), None)
    id = first.link.hex()[:32] if first is not None else ""
    kinds = [msgspec.json.decode(entry.body, type=_EventName).event for entry in of.entries.unsealed()]
    return session_calendar(
        of.view,
        id,
        dated(of.view, of.state),
        of.language,
        of.address,
        revision=max(0, sum(kind in ("ProgrammePublished", "SessionCancelled") for kind in kinds) - 1),
        cancelled=bool(of.state.cancelled_at),
    )


def _programme(of: DocumentSource) -> bytes:
    programme = of.state.programme
    return msgspec.json.format(msgspec.json.encode(programme.document), indent=2) if programme else b""


def _heard(of: DocumentSource) -> bytes:
    said = account(of.state, of.state.at)
    return heard_picture(said, of.language, rtl=right_to_left(of.language)).encode()


def _time_line(of: DocumentSource) -> bytes:
    return time_line(of.state, of.view.heard, of.language, rtl=right_to_left(of.language)).encode()


def _timed(state: State) -> bool:
    return session_times(state.programme.starts, state.programme.ends, state.programme.zone) is not None


MARKDOWN, JSON, HTML = "text/markdown; charset=utf-8", "application/json", "text/html; charset=utf-8"
CSV, SVG = "text/csv; charset=utf-8", "image/svg+xml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: tuple[Format, ...] = (
    Format(
        name="report.docx",
        media_type=DOCX,
        group="report",
        title=N_("Report as a Word document"),
        purpose="the report for further editing: headings, tables with repeated header rows, pictures with "
        "alternative text, and a language tag on each text",
        write=lambda of: docx(of.view, of.state, of.language, of.address),
        form="docx",
        versioned=True,
        saved=True,
        depends_on_fonts=True,
    ),
    Format(
        name="report.pdf",
        media_type="application/pdf",
        group="report",
        title=N_("Report for printing"),
        purpose="the report for printing and archiving: bookmarks, tags, PDF/UA-1 and PDF/A-2a if the fonts have all "
        "characters",
        write=lambda of: pdf(of.view, of.state, of.language, address=of.address),
        fits=is_printable,
        form="pdf",
        versioned=True,
        saved=True,
        depends_on_fonts=True,
    ),
    Format(
        name="report.html",
        media_type=HTML,
        group="report",
        title=N_("Report as one web page, for reading offline"),
        purpose="a single file without scripts and external resources, for reading and printing",
        write=lambda of: page(of.view, of.state, of.language, of.address).encode(),
        form="html",
        versioned=True,
        saved=True,
    ),
    Format(
        name="report.md",
        media_type=MARKDOWN,
        group="report",
        title=N_("Report in the layout of the reporting form"),
        purpose="the report in the structure of the IGF's report form",
        write=lambda of: markdown(contents(of.view, of.state, of.language, of.address)).encode(),
        form="md",
        versioned=True,
    ),
    Format(
        name="report.json",
        media_type=JSON,
        group="report",
        title=N_("Report as data"),
        purpose="the report as data",
        write=lambda of: view_json(of.view, of.state),
        form="json",
        versioned=True,
    ),
    Format(
        name="report.schema.json",
        media_type=JSON,
        group="report",
        title=N_("Description of the report fields"),
        purpose="the description of the fields of `report.json` (JSON Schema 2020-12)",
        write=lambda of: view_schema(),
    ),
    Format(
        name="session.ics",
        media_type="text/calendar; charset=utf-8",
        group="session",
        title=N_("Calendar entry for the session"),
        purpose="the session for a calendar",
        write=_calendar,
        exists=_timed,
        saved=True,
    ),
    Format(
        name="event.json",
        media_type=JSON,
        group="session",
        title=N_("Session as structured data, for search engines"),
        purpose="the session as a schema.org Event (JSON-LD); it is also embedded in the record page and in "
        "`report.html`",
        write=lambda of: event_json(of.view, of.state, of.language, of.address),
    ),
    Format(
        name="programme.json",
        media_type=JSON,
        group="session",
        title=N_("Programme as data"),
        purpose="the programme as it was published",
        write=_programme,
        exists=lambda state: not state.is_draft,
    ),
    Format(
        name="questions.csv",
        media_type=CSV,
        group="tables",
        title=N_("All questions and their outcomes"),
        purpose="all questions with their outcome",
        write=lambda of: tables.questions(of.view, of.state),
    ),
    Format(
        name="inputs.csv",
        media_type=CSV,
        group="tables",
        title=N_("All inputs and their outcomes"),
        purpose="every intervention, question, statement and written contribution with its outcome",
        write=lambda of: inputs_table(of.state),
    ),
    Format(
        name="votes.csv",
        media_type=CSV,
        group="tables",
        title=N_("All votes"),
        purpose="the votes, in the column layout of Polis",
        write=lambda of: tables.votes(of.state),
    ),
    Format(
        name="comments.csv",
        media_type=CSV,
        group="tables",
        title=N_("All statements and the votes on them"),
        purpose="the statements, in the column layout of Polis",
        write=lambda of: tables.comments(of.view, of.state),
    ),
    Format(
        name="participants-votes.csv",
        media_type=CSV,
        group="tables",
        title=N_("Votes of each person, without names"),
        purpose="one row for each ballot, in the column layout of Polis",
        write=lambda of: tables.participants_votes(of.state),
    ),
    Format(
        name="turns.csv",
        media_type=CSV,
        group="tables",
        title=N_("All interventions"),
        purpose="the turns of the floor; names only of speakers of the programme",
        write=lambda of: tables.turns(of.state),
    ),
    Format(
        name="opinion-map.svg",
        media_type=SVG,
        group="pictures",
        title=N_("Opinion map"),
        purpose="the opinion map of the report",
        write=lambda of: map_picture(of.state, of.language).encode(),
        exists=lambda state: bool(ballots(state).cast),
        saved=True,
    ),
    Format(
        name="balance.svg",
        media_type=SVG,
        group="pictures",
        title=N_("Who was heard"),
        purpose="who was heard: floor time compared with presence",
        write=_heard,
        exists=lambda state: has_heard_picture(account(state, state.at)),
        saved=True,
    ),
    Format(
        name="timeline.svg",
        media_type=SVG,
        group="pictures",
        title=N_("Timeline"),
        purpose="the turns of the floor over time",
        write=_time_line,
        exists=has_time_line,
        saved=True,
    ),
    Format(
        name="captions.vtt",
        media_type="text/vtt; charset=utf-8",
        group="speech",
        title=N_("Captions for media players"),
        purpose="the captions, for media players (WebVTT)",
        write=lambda of: captions_vtt(of.state),
        exists=lambda state: bool(state.speech),
        live=True,
    ),
    Format(
        name="captions.csv",
        media_type=CSV,
        group="speech",
        title=N_("All captions"),
        purpose="the captions, as a table",
        write=lambda of: captions_csv(of.state),
        exists=lambda state: bool(state.speech),
        live=True,
    ),
    Format(
        name="log.jsonl",
        media_type="application/jsonl",
        group="record",
        title=N_("Session log, from which all other files are made"),
        purpose="the public log, from which the files above are made",
        write=lambda of: to_lines(of.entries),
    ),
    Format(
        name="verify.html",
        media_type=HTML,
        group="record",
        title=N_("Verifier for a browser"),
        purpose="a verifier of the record as one page, which works without a network, in every language of the screens",
        write=lambda of: verify_html().encode(),
        saved=True,
    ),
    Format(
        name="verify.py",
        media_type="text/x-python; charset=utf-8",
        group="record",
        title=N_("Verifier for Python"),
        purpose="a verifier of the record as one file, which needs Python 3.9 and nothing else",
        write=lambda of: verify_py().encode(),
        saved=True,
    ),
    Format(
        name="bundle.zip",
        media_type="application/zip",
        group="record",
        title=N_("All files and their fingerprints, in one archive"),
        purpose="all of these files in one folder, with `manifest.json`: name, size and SHA-256 of every file, the "
        "head of the log, the version of the program, the language, and the address of the session",
        write=lambda of: archive(record_of(of), of.session or "record"),
        bundled=False,
        saved=True,
    ),
)

BY_NAME: dict[str, Format] = {declared.name: declared for declared in FORMATS}


def listed(state: State) -> dict[Group, list[Format]]:
    """Group -> the files that exist for a state."""
    existing = [declared for declared in FORMATS if declared.exists(state)]
    return {group: [declared for declared in existing if declared.group == group] for group in GROUPS}


def left_out(state: State) -> tuple[str, ...]:
    """The files that the bundle does not contain, because the session is too large for them."""
    return tuple(declared.name for declared in FORMATS if declared.exists(state) and not declared.fits(state))


def record_of(of: DocumentSource) -> dict[str, bytes]:
    """File name -> content of the bundle, the manifest and its signature last. Files without content are left out."""
    made = {name: declared.content(of) for name, declared in BY_NAME.items() if declared.bundled}
    kept = {name: content for name, content in made.items() if content}
    signed = of.signing.files(of.state) if of.signing is not None else {}
    kept |= signed
    listed = manifest(kept, of, left_out=left_out(of.state))
    return {**kept, MANIFEST: listed, **(of.signing.note(listed) if of.signing is not None and signed else {})}


def files(entries: Iterable[Entry], language: str = LANGUAGES[0], state: State | None = None) -> dict[str, bytes]:
    """File name -> content of the bundle of a log, the manifest last. The same log gives the same bytes on the same
    machine. `state`: the state after `entries`, if it is already computed."""
    return record_of(source(entries, language, state=state))


def table() -> str:
    """The table of output files in docs/documents.md, as Markdown."""
    rows = [f"| `{declared.name}` | {declared.purpose} |" for declared in FORMATS]
    return "\n".join(["| file | content |", "| --- | --- |", *rows])
