"""Reads who speaks in the lines of a cue: names in voice tags, after marks, before the text, and in brackets. A line
that begins with a word and a colon, and is not clearly a name, has an unknown speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from acquis.captions.line_names import line_begin
from acquis.text.folding import folded
from acquis.text.plain_text import unescaped
from acquis.text.speaker_names import MARK, could_be_name, head

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>", re.IGNORECASE)
_SPLIT = re.compile(r"(?=<v[ \t.])|(?<=</v>)", re.IGNORECASE)
_TAGS = "v|c|i|b|u|s|lang|ruby|rt|rp|rb|font|em|strong|span|br|p|div"
_TAG = re.compile(rf"</?(?:{_TAGS})(?:[\s.][^<>]*+|/)?>|<\d[\d:.]*+>", re.IGNORECASE)
"""Tags of WebVTT, of SRT and of subtitles made from pages. What is in other angle brackets is said."""
_ASS = re.compile(r"\{(?:\\[a-zA-Z]{1,4}[\d&HA-F(),.\-]{0,40})+\}")
"""A code of a subtitle program in the text, such as `{\\an8}` for the place on the screen."""
_DASH = re.compile(r"[-\u2013\u2014][ \t\u00a0]*(?=[^\W\d_]|[\"'«“(\[¿¡])")
"""Two lines of a cue that begin with a dash are of two speakers."""
_MARKS = re.compile(r"(?<!^)(?<!>)(?=>>)")
_LABEL = re.compile(r"(?P<name>[^:：\n]{1,64}?)[ \t]*(?::(?!//)|：)[ \t]+(?=\S)")
_PHONE = re.compile(r"(?!\d{4} ?[-–] ?\d{2,4}$)\+?[\d*•][\d*•() .-]{4,24}")
"""The number of somebody who takes part by telephone, with which programs name them."""
_BRACKETED = re.compile(r"[\[(](?P<name>[^\[\]()\n]{2,40})[\])][ \t]*:?[ \t]+(?=\S)")
_NOISE = re.compile(
    r"(?i)\b(?:applau|laugh|music|song|sing|cheer|noise|silen|inaud|unint|crosstalk|cough|sigh|gasp|foreign|speak(?:s|ing)|"
    r"whisper|shout|off|audio|video|phone|bell|gavel|pause|indist|chuckl|clap|interpret|translat|blank)"
)
_INSIDE = re.compile(r"(?<=[.!?…)\]\"”’—–-])\s+(?=[^\s:.!?>»][^:.!?>»\n]{0,60}[:：]\s)")
_ENDED = (".", "!", "?", "…", '"', "”", "—", "–", "-", ")", "]")
_MUSIC = ("♪", "♫")
_MOST_WORDS, _MOST_WORDS_AGAIN = 4, 7


class VoicePart(NamedTuple):
    """A part of a cue: the speaker, empty if none is given; the text; whether it shows that somebody else begins; and
    who may have said it, if that is in doubt."""

    name: str
    text: str
    anew: bool = False
    offered: str = ""


class VoiceLabels(NamedTuple):
    """How a file names speakers before the text: in mixed case too, as meeting programs do; the words before a colon
    with which at least two cues begin, folded; and whether nearly every cue begins with such words."""

    mixed: bool
    repeated: frozenset[str]
    every: bool = False


def labels_of(begins: Iterable[str], look: int) -> VoiceLabels:
    """How a file names its speakers, by the first lines of its cues (`begins`). Names in mixed case count if at least a
    quarter of the first `look` lines begin with one, as meeting programs write them."""
    counts: Counter[str] = Counter()
    named = seen = total = 0
    for text in begins:
        total += 1
        if seen < look:
            seen += 1
            named += head(text, marked=False, mixed=True) is not None
        if (text.find(":", 0, 70) > 0 or text.find("：", 0, 70) > 0) and (label := _LABEL.match(text)):
            counts[label["name"]] += 1
    repeated = frozenset(folded(name) for name, times in counts.items() if times > 1)
    every = seen > 3 and 10 * sum(counts.values()) >= 9 * total
    return VoiceLabels(4 * named >= max(seen, 1), repeated, every)


def plain(line: str) -> str:
    """A line of a cue without tags and codes, with single blanks."""
    bare = _TAG.sub("", line) if "<" in line else line
    bare = _ASS.sub("", bare) if "{\\" in bare else bare
    return " ".join((unescaped(bare) if "&" in bare else bare).split())


def voice_parts(lines: list[tuple[str, str]], labels: VoiceLabels) -> Iterator[VoicePart]:
    """The parts of a cue. lines: pairs of the line and the same line without tags."""
    if len(lines) == 1 and (only := _plainly(*lines[0], labels)):
        yield only
        return
    now, parts = VoicePart("", ""), list[str]()
    dashes = sum(_DASH.match(bare) is not None for _, bare in lines) > 1 if len(lines) > 1 else False
    for line, bare in lines:
        for begin in _begins(line, bare, labels, dashes, fresh=not parts or parts[-1].endswith(_ENDED)):
            if begin.name or begin.anew:
                if parts:
                    yield now._replace(text=" ".join(parts))
                now, parts = begin, []
            if begin.text:
                parts.append(begin.text)
    if parts or now.name:
        yield now._replace(text=" ".join(parts))


def _plainly(line: str, bare: str, labels: VoiceLabels) -> VoicePart | None:
    """The part of a cue of one line that has a name in front or no name at all, as most have; None for all others."""
    if "<v" in line or "<V" in line or ">>" in bare or bare[:1] in "[(♪♫»":
        return None
    if ":" not in bare and "：" not in bare:
        return VoicePart("", bare)
    named = head(bare, marked=False, mixed=labels.mixed)
    return VoicePart(*named) if named and ":" not in named[1] and "：" not in named[1] else None


def _begins(line: str, bare: str, labels: VoiceLabels, dashes: bool, fresh: bool) -> Iterator[VoicePart]:
    """The pieces of a line: those with a name, or with `anew`, begin a part, the others go on with the one before.
    fresh: the line does not stand within a sentence, so that a name may begin it."""
    for voice, said in _tagged(line, bare):
        if isinstance(voice, str):
            yield VoicePart(voice, said, anew=True)
            continue
        for text in _MARKS.split(said) if ">>" in said[1:] else (said,):
            dash = _DASH.match(text) if dashes else None
            rest = text[dash.end() :] if dash else text
            first = _labelled(rest, labels, fresh or dash is not None)
            if first is None:
                yield VoicePart("", text, anew=dash is not None or text.startswith(_MUSIC))
                continue
            if not first.offered and ": " in first.text and (pieces := _INSIDE.split(first.text))[1:]:
                yield first._replace(text=pieces[0])
                yield from _inside(pieces[1:], labels)
            else:
                yield first


def _tagged(line: str, bare: str) -> Iterator[tuple[str | None, str]]:
    """The line split at voice tags: the name of the tag (None without one), and the text without tags. What follows
    the end of a voice is nobody's (an empty name)."""
    if "<v" not in (after := line.lower()):
        yield None, bare
        return
    if "<v" not in after.lstrip()[1:] and after.find("</v>") in (-1, len(after) - 4):
        voice = _VOICE.match(line.lstrip())
        yield (unescaped(voice[1]).strip() if voice else None), bare
        return
    ended = False
    for piece in _SPLIT.split(line):
        voice = _VOICE.match(piece.lstrip())
        if text := plain(piece):
            yield (unescaped(voice[1]).strip() if voice else "" if ended else None), text
        ended = "</v>" in piece.lower()


def _labelled(text: str, labels: VoiceLabels, fresh: bool) -> VoicePart | None:
    """The part that begins with a mark or a name; None if the text goes on."""
    mark = MARK.match(text) if text.startswith((">", "»")) else None
    if mark:
        named = head(text[mark.end() :], marked=True, mixed=labels.mixed)
        return VoicePart(*(named or ("", text[mark.end() :])), anew=True)
    if text.startswith(("[", "(")) and (bracket := _BRACKETED.match(text)):
        return _in_brackets(text, bracket, labels)
    if ":" not in text and "：" not in text:
        return None
    if named := head(text, marked=False, mixed=labels.mixed):
        return VoicePart(*named)
    return _doubtful(text, labels) if fresh else None


def _doubtful(text: str, labels: VoiceLabels) -> VoicePart | None:
    """A text with words before a colon that may be a name. It is one if it occurs again in the file; otherwise it is
    offered."""
    label = _LABEL.match(text)
    if label is None or len(words := (name := label["name"]).split()) > _MOST_WORDS_AGAIN:
        return None
    repeated, phone = folded(name) in labels.repeated, _PHONE.fullmatch(name) is not None
    if labels.mixed and (
        (repeated and (could_be_name(name) or any(map(str.isdigit, name)))) or (phone and labels.every)
    ):
        return VoicePart(name, text[label.end() :])
    begin = line_begin(text, labels.repeated)
    if begin is not None and begin.name and labels.mixed:
        return VoicePart(begin.name, begin.text)
    if begin is not None and (labels.mixed or len(words) == 1):
        return VoicePart("", text, anew=True, offered=begin.name or begin.offered)
    program = labels.mixed and len(words) <= _MOST_WORDS and (len(words) == 1 or not name.islower())
    may = (program and could_be_name(name)) or (labels.mixed and phone)
    return VoicePart("", text, anew=True, offered=name) if may else None


def _in_brackets(text: str, bracket: re.Match[str], labels: VoiceLabels) -> VoicePart | None:
    """A text that begins with words in brackets that may be a name, and not the description of a sound."""
    name, rest = bracket["name"], text[bracket.end() :]
    if name[0].islower() or _NOISE.search(name) or not could_be_name(name):
        return None
    if bracket[0].rstrip().endswith(":") or head(f"{name}: x", marked=False, mixed=labels.mixed):
        return VoicePart(name, rest)
    return VoicePart("", text, anew=True, offered=name)


def _inside(pieces: list[str], labels: VoiceLabels) -> Iterator[VoicePart]:
    """The pieces of a line after the ends of sentences: a name in capitals, and one that begins other cues, speaks."""
    for piece in pieces:
        named = head(piece, marked=False, mixed=False)
        label = None if named else _LABEL.match(piece)
        if named is None and label is not None and folded(label["name"]) in labels.repeated:
            named = (label["name"], piece[label.end() :])
        yield VoicePart(*named) if named else VoicePart("", piece)
