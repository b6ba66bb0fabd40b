"""Reads TTML of the W3C (also DFXP and IMSC): `<p>` with times, and speakers as agents of the document or before the
text. Styles and the place on the screen are left out."""

from __future__ import annotations

import re
from fractions import Fraction

from acquis.captions.cues import Cue, turns_of
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Transcript, transcript
from acquis.captions.xml_events import XML, XmlEvents
from acquis.i18n import N_

_ROOT = re.compile(r"(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:\w+:)?tt\b")
_CLOCK = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9})|:(\d{1,3})(?:\.\d+)?)?")
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)")
_FRAME_RATE = 30
_TIMED = frozenset(("body", "div", "p", "span"))


class _TtmlReader:
    """The cues, names and other texts of a document. Times of elements count from those of the elements around them."""

    def __init__(self) -> None:
        self.xml = XmlEvents(self._start, self._end, self._text)
        self.cues: list[Cue] = []
        self.left: list[Left] = []
        self.names: dict[str, str] = {}
        self.agents: list[str] = []
        self.language = ""
        self._rate, self._ticks = Fraction(_FRAME_RATE), Fraction(0)
        self._times: dict[str, int] = {}
        """Times of the document that were read: the end of a cue is often the start of the next."""
        self._depth = 0
        """In how many elements of metadata the reader is."""
        self._around: list[tuple[str, int, int, str]] = []
        """The elements around: name, start and end in milliseconds (-1: not given), agent."""
        self._agent, self._in_p = "", 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()} if attributes else {}
        self._depth += tag == "metadata"
        if tag == "tt":
            self.language = attributes.get(f"{XML}lang", "")
            self._rate = _number(said.get("frameRate", ""), self._rate)
            self._ticks = _number(said.get("tickRate", ""), self._rate)
        if tag == "agent":
            self._agent = attributes.get(f"{XML}id", "")
        base, last, speaker = self._around[-1][1:] if self._around else (0, -1, "")
        begin, end = base, last
        if tag in _TIMED:
            begin = base + self._time(said.get("begin", ""), 0)
            until = self._time(said.get("end", ""), -1)
            lasting = self._time(said.get("dur", ""), -1)
            end = base + until if until >= 0 else begin + lasting if lasting >= 0 else last
        if tag in _TIMED and said.get("agent"):
            speaker = said["agent"].split()[0]
        self._around.append((tag, begin, end, speaker))
        if tag == "p":
            self._in_p += 1
            self.cues.append(Cue(self.xml.line, self.xml.line, begin, end, speaker, [(self.xml.line, "", "")]))
        elif tag == "br" and self._in_p:
            self.cues[-1].lines.append((self.xml.line, "", ""))
        elif tag == "span" and self._in_p and said.get("agent"):
            lines = [(self.xml.line, "", "")]
            self.cues.append(Cue(self.xml.line, self.xml.line, begin, end, speaker, lines))

    def _end(self, name: str) -> None:
        tag, begin, end, _ = self._around.pop()
        self._depth -= tag == "metadata"
        if tag == "p" and self._in_p:
            self._in_p -= 1
            self.cues[-1].last = self.xml.line
        elif tag == "span" and self._in_p and self._around and self._around[-1][3] != (self.cues[-1].name):
            line, around = self.xml.line, self._around[-1]
            self.cues[-1].last = line
            self.cues.append(Cue(line, line, begin, end, around[3], [(line, "", "")]))
        elif tag == "agent":
            self._agent = ""

    def _text(self, data: str) -> None:
        if self._in_p and not self._depth:
            number, before, _ = self.cues[-1].lines[-1]
            self.cues[-1].lines[-1] = (number, before + data, "")
            return
        bare = " ".join(data.split())
        if bare and self._agent and self._around[-1][0] == "name":
            self.names[self._agent] = f"{self.names.get(self._agent, '')} {bare}".strip()
        elif bare:
            self.left.append(Left(self.xml.line, bare, "markup"))

    def _time(self, text: str, otherwise: int) -> int:
        """A time of the document in milliseconds."""
        if not text:
            return otherwise
        if text not in self._times:
            self._times[text] = self._ms(text, -1)
        read = self._times[text]
        return read if read >= 0 else otherwise

    def _ms(self, text: str, otherwise: int) -> int:
        if clock := _CLOCK.fullmatch(text.strip()):
            hours, minutes, seconds, part, frames = clock.groups()
            whole = ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000
            parts = round(1000 * float(f"0.{part}")) if part else 0
            return whole + parts + (round(1000 * int(frames) / self._rate) if frames else 0)
        if offset := _OFFSET.fullmatch(text.strip()):
            if offset[1].isdecimal() and offset[2] in ("s", "ms"):
                return int(offset[1]) * (1000 if offset[2] == "s" else 1)
            unit = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}.get(offset[2])
            rate = self._rate if offset[2] == "f" else self._ticks
            return round(Fraction(offset[1]) * (unit if unit is not None else 1000 / rate))
        return otherwise


def _number(text: str, otherwise: Fraction) -> Fraction:
    return Fraction(int(text)) if text.isdecimal() and 0 < int(text[:12]) < 10**9 and len(text) < 10 else otherwise


def read_ttml(data: bytes, lines: list[str]) -> Transcript:
    """The turns of a document. Raises CaptionsError("bad_xml", line, reason)."""
    reader = _TtmlReader()
    reader.xml.read(data)
    used = {cue.name for cue in reader.cues}
    left = reader.left + [Left(1, name, "markup") for agent, name in reader.names.items() if agent not in used]
    cues = []
    for cue in reader.cues:
        cue.name = reader.names.get(cue.name, cue.name)
        cue.lines = [(number, "", " ".join(text.split())) for number, text, _ in cue.lines if text.strip()]
        cue.ends = cue.ends if cue.ends >= 0 else cue.starts
        cue.first, cue.last = min(cue.first, len(lines)), min(cue.last, len(lines))
        if cue.lines:
            cues.append(cue)
    turns = turns_of(cues, left, voices=any(cue.name for cue in cues))
    return transcript("ttml", lines, turns, left, "markup", reader.language, structure=range(1, len(lines) + 1))


TTML = TranscriptReader(
    form="ttml",
    accepts="TTML",
    sign=N_("The text is XML, and its outermost element is tt."),
    example='<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="1s">AMA EXAMPLE: Hello.</p></div></body></tt>',
    kept="names of agents or before the text; the language; starts and ends, also in frames and ticks",
    doubtful="a paragraph without a name between named ones is somebody unknown; titles and descriptions are listed",
    recognises=lambda begin: _ROOT.match(begin) is not None,
    read=lambda text, lines: read_ttml(text.encode("utf-8", "replace"), lines),
)
