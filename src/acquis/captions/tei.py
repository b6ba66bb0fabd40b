"""Reads TEI as parliaments publish it (ParlaMint): `<u who="#id">` with segments, and names in a list of persons.
Documents that declare entities are refused, and nothing is fetched."""

from __future__ import annotations

import re

from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Transcript, spoken, transcript
from acquis.captions.xml_events import XML, XmlEvents
from acquis.i18n import N_

_ROOT = re.compile(r"(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:TEI|teiCorpus)\b")

_NOTES = frozenset(("note", "kinesic", "incident"))
"""Notes of the stenographer, which stay in the text in brackets. A `<vocal>` is the voice of somebody else: it is
listed."""
_PIECES = frozenset(("seg", "p", "gap", "pb", "lb", "s"))
"""Elements before which a new word begins."""


def read_tei(data: bytes, lines: list[str]) -> Transcript:
    """The utterances of a TEI document as turns. Raises CaptionsError("bad_xml", line, reason)."""
    reader = _Reader()
    reader.xml.read(data)
    turns = [spoken(reader.name(who), text, first, min(last, len(lines))) for who, text, first, last in reader.said]
    covered = {line for turn in turns for line in range(turn.first_line, turn.last_line + 1)}
    left = [Left(line, text, "markup") for line, text in reader.outside if line in covered]
    return transcript("tei", lines, turns, left, "markup", reader.language)


class _Reader:
    def __init__(self) -> None:
        self.xml = XmlEvents(self._start, self._end, self._text)
        self.names: dict[str, str] = {}
        self.said: list[tuple[str, str, int, int]] = []
        self.outside: list[tuple[int, str]] = []
        """Text outside of utterances with its line number; the line may also contain a turn."""
        self.language = ""
        self._who, self._first, self._parts = "", 0, list[str]()
        self._person, self._name, self._in_name = "", list[str](), 0
        self._in_u = self._in_note = self._in_vocal = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self.language = self.language or attributes.get(f"{XML}lang", "")
        if tag == "person":
            self._person = attributes.get(f"{XML}id", "")
        elif tag == "persName":
            self._in_name += 1
            self._name = []
        elif tag == "u":
            self._in_u += 1
            self._who, self._first, self._parts = attributes.get("who", ""), self._line(), []
        elif tag in _NOTES and self._in_u:
            self._in_note += 1
            self._parts.append(" [")
        elif tag == "vocal" and self._in_u:
            self._in_vocal += 1
        elif tag in _PIECES:
            self._parts.append(" ")

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "persName" and self._in_name:
            self._in_name -= 1
            if self._person:
                self.names.setdefault(self._person, " ".join(" ".join(self._name).split()))
        elif tag == "person":
            self._person = ""
        elif tag in _NOTES and self._in_note:
            self._in_note -= 1
            self._parts.append("] ")
        elif tag == "vocal" and self._in_vocal:
            self._in_vocal -= 1
        elif tag == "u" and self._in_u:
            self._in_u -= 1
            self.said.append((self._who, "".join(self._parts), self._first, self._line()))
            self._first, self._parts = self._line(), []  # of an utterance around this one

    def _text(self, data: str) -> None:
        if self._in_name and not self._in_u:
            self._name.append(data)
        elif self._in_u and not self._in_vocal:
            self._parts.append(data)
        elif bare := data.strip():
            self.outside.append((self._line(), bare))

    def name(self, who: str) -> str:
        """The names of the people to whom an utterance points, also in another file (`persons.xml#p1`)."""
        ids = [pointer.rpartition("#")[2] for pointer in who.split()]
        return ", ".join(self.names.get(id, id) for id in ids)

    def _line(self) -> int:
        return self.xml.line


TEI = TranscriptReader(
    form="tei",
    accepts="TEI",
    sign=N_("The text is XML, and its outermost element is TEI."),
    example='<TEI><text><body><u who="#AmaExample"><seg>Hello.</seg></u></body></text></TEI>',
    kept="names of the list of persons; notes in brackets; the language",
    doubtful="an utterance without a known person keeps its id; titles, notes and times outside of utterances, and "
    "the voices of others inside of them, are listed",
    recognises=lambda begin: _ROOT.match(begin) is not None,
    read=lambda text, lines: read_tei(text.encode("utf-8", "replace"), lines),
)
