"""Files of every form, made from who says what: nobody gets the words of somebody else, and no letter is lost."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.captions.word_file import word_file
from tests.effort import EFFORT

from acquis.captions import READERS, Form, read_captions

FILES = 500 if EFFORT == "thorough" else 12
Said = list[tuple[str, str]]
NAMES = ("Ama Example", "Bao Sample", "Carmen Muestra", "Jan van der Muster")
TEXTS = (
    "Yes.", "No.", "Yes. No.", "I agree with item two, and with all of it.", "Ours is short", "I said yes, twice.",
    "Why not? Because the harbour is closed.", "Good morning, everybody; we begin.", "مرحبا بكم", "港口已关闭。",
)  # fmt: skip
NOBODYS = "Zzz Agenda zzz"
"""A title, which is nobody's words."""


def clock(seconds: int, sign: str = ".") -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{sign}000"


def cues(said: Said, sign: str, write: Callable[[str, str], str]) -> str:
    return "\n".join(
        f"{n}\n{clock(2 * n, sign)} --> {clock(2 * n + 1, sign)}\n{write(name, text)}\n"
        for n, (name, text) in enumerate(said, 1)
    )


def markdown(said: Said) -> str:
    lines = [f"# {NOBODYS}", "**Attendees:** Zzz Ama, Zzz Ben", *(f"**{name}:** {text}" for name, text in said)]
    return "\n\n".join([*lines, f"## {NOBODYS}", "Zzz after the meeting."])


def quoted_markdown(said: Said) -> str:
    marks = ("**{}**: {}", "> *{}:* {}", "- {}: {}", "__{}:__ {}")
    lines = [marks[n % len(marks)].format(name, text) for n, (name, text) in enumerate(said)]
    return "\n".join([f"# {NOBODYS}", "", *lines, "", f"## {NOBODYS}", "", f"**{said[0][0]}:** {said[0][1]}"])


def page(said: Said) -> str:
    lines = [f"<p><b>{name}:</b> {html.escape(text)}</p>" for name, text in said]
    head = f"<!doctype html><html lang='en'><head><title>Zzz</title></head><body><nav>Zzz</nav><h1>{NOBODYS}</h1>"
    people = "<dl><dt>Present</dt><dd>Zzz Ama, Zzz Ben</dd></dl>"
    return "\n".join([head, people, *lines, f"<h2>{NOBODYS}</h2><footer>Zzz</footer></body></html>"])


def minutes_page(said: Said) -> str:
    lines = [f"<p class='phone'><cite>{name}:</cite> {html.escape(text)}</p>" for name, text in said]
    return "".join(["<html><body><h1>Zzz</h1>", *lines, "<h3>Zzz</h3><p class='summary'>Zzz.</p></body></html>"])


def ttml(said: Said) -> str:
    people = sorted({name for name, _ in said})
    agents = "".join(
        f"<ttm:agent xml:id='a{n}'><ttm:name>{name}</ttm:name></ttm:agent>" for n, name in enumerate(people)
    )
    lines = [
        f"<p begin='{2 * n}s' dur='1s' ttm:agent='a{people.index(name)}'>{html.escape(text)}</p>"
        for n, (name, text) in enumerate(said)
    ]
    spaces = "xmlns='http://www.w3.org/ns/ttml' xmlns:ttm='http://www.w3.org/ns/ttml#metadata'"
    return f"<tt {spaces}><head><ttm:title>Zzz</ttm:title>{agents}</head><body><div>{''.join(lines)}</div></body></tt>"


def tei(said: Said) -> str:
    people = sorted({name for name, _ in said})
    persons = "".join(f"<person xml:id='p{n}'><persName>{name}</persName></person>" for n, name in enumerate(people))
    lines = [f"<u who='#p{people.index(name)}'><seg>{html.escape(text)}</seg></u>" for name, text in said]
    return f"<TEI><teiHeader>{persons}</teiHeader><text><head>Zzz</head>{'<note>Zzz</note>'.join(lines)}</text></TEI>"


def segments(said: Said) -> str:
    listed = [
        {"start": 2.0 * n, "end": 2.0 * n + 1, "text": text, "speaker": name} for n, (name, text) in enumerate(said)
    ]
    return json.dumps(
        {"title": "Zzz", "text": " ".join(text for _, text in said), "segments": listed}, ensure_ascii=False
    )


def columns(said: Said) -> str:
    lines = [f"{2000 * n}\t{2000 * n + 1000}\t{name}\t{text}" for n, (name, text) in enumerate(said)]
    return "\n".join(["start\tend\tspeaker\ttext", *lines])


def irc(said: Said) -> str:
    lines = [f"14:{n // 60 % 60:02}:{n % 60:02} <scribe> {name}: {text}" for n, (name, text) in enumerate(said)]
    return "\n".join(
        ["14:00 <RRSAgent> logging to Zzz", *lines, f"15:00 <scribe> Topic: {NOBODYS}", "15:01 * zzz has quit"]
    )


def stamped(said: Said) -> str:
    lines = [f"{name}  {n // 60}:{n % 60:02}\n{text}\n" for n, (name, text) in enumerate(said)]
    return "\n".join([NOBODYS, "Zzz started transcription", *lines, "Zzz stopped transcription"])


def alternating(said: Said) -> str:
    """Everybody speaks twice at least, because a name on a line of its own is known by its return."""
    return "\n\n".join(f"{name}\n\n{text}" for name, text in [*said, *said, *said])


def records(said: Said) -> str:
    lines = [f"{name}. – {text}" for name, text in said]
    return "\n\n".join([NOBODYS, *lines, "The meeting rose at 1 p.m. (Zzz)"])


def igf(said: Said) -> str:
    lines = [f">> {name.upper()}: {text}" for name, text in said]
    return "\n".join([f"{NOBODYS}", "***", *lines])


def one_cue(said: Said) -> str:
    """Captions in which several people speak in each line of a cue."""
    pairs = [said[n : n + 2] for n in range(0, len(said), 2)]
    return cues(
        [("", " ".join(f">> {name.upper()}: {text}" for name, text in pair)) for pair in pairs], ",", "{0}{1}".format
    )


def bold_inside(said: Said) -> str:
    return (
        "<html><body><p>"
        + " ".join(f"<b>{name}:</b> {html.escape(text)}" for name, text in said)
        + "</p></body></html>"
    )


def beside_times(said: Said) -> str:
    return "\n".join(f"{n // 60:02}:{n % 60:02} {name}\n{text}\n" for n, (name, text) in enumerate(said))


def teams_copy(said: Said) -> str:
    seconds = "{0}\n{1} minutes 3 seconds\n{1}:03\n{0} {1} minutes 3 seconds\n{2}"
    return "\n".join(seconds.format(name, n, text) for n, (name, text) in enumerate(said))


WRITERS: dict[str, tuple[Form, Callable[[Said], str | bytes]]] = {
    "webvtt": ("webvtt", lambda said: "WEBVTT\n\n" + cues(said, ".", lambda a, b: f"<v {a}>{b}</v>")),
    "zoom": ("webvtt", lambda said: "WEBVTT\n\n" + cues(said, ".", lambda a, b: f"{a}: {b}")),
    "srt": ("srt", lambda said: cues(said, ",", lambda a, b: f"{a}: {b}")),
    "old Teams": ("srt", lambda said: "\n".join(f"0:0:{n}.0 --> 0:0:{n}.9\n{a}\n{b}" for n, (a, b) in enumerate(said))),
    "sbv": ("sbv", lambda said: cues(said, ".", lambda a, b: f"{a}: {b}").replace(" --> ", ",")),
    "ttml": ("ttml", ttml), "markdown": ("markdown", markdown), "quotes": ("markdown", quoted_markdown),
    "html": ("html", page), "W3C": ("html", minutes_page), "irc": ("irc", irc), "tei": ("tei", tei),
    "json": ("json", segments),
    "columns": ("columns", columns), "stamped": ("stamped", stamped), "alternating": ("alternating", alternating),
    "one cue": ("srt", one_cue), "bold inside": ("html", bold_inside), "beside times": ("stamped", beside_times),
    "copy of Teams": ("stamped", teams_copy), "records": ("records", records),
    "igf": ("igf", igf), "word": ("stamped", lambda said: word_file(stamped(said))),
}  # fmt: skip


def test_every_form_is_generated() -> None:
    assert {form for form, _ in WRITERS.values()} == {reader.form for reader in READERS}


def words(said: Said) -> list[tuple[str, str]]:
    return [(name.casefold(), word) for name, text in said for word in text.split()]


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=FILES)
@given(said=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TEXTS)), min_size=2, max_size=9))
def test_everybody_keeps_his_words(kind: str, said: Said) -> None:
    form, write = WRITERS[kind]
    source = write(said)
    found = read_captions(source)
    assert found.form == form
    spoken = [(turn.speaker, turn.text) for turn in found.turns]
    if kind == "alternating":
        said = [*said, *said, *said]
    if kind == "quotes":
        said = [*said, said[0]]
    assert words(spoken) == words(said)
    assert not any("zzz" in text.casefold() for _, text in spoken)
    if isinstance(source, str) and "Zzz" in source:
        assert "zzz" in " ".join(one.text for one in found.unparsed).casefold()


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind != "word"])
@settings(max_examples=FILES)
@given(
    said=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TEXTS)), min_size=2, max_size=6),
    cut=st.integers(0, 10**6),
    extra=st.sampled_from(
        ["France: Yes.", "no name here", "\n\n", "## Topic", "[APPLAUSE]", "Carla:", ">> ", "10:15", "<p>"]
    ),
)
def test_a_line_too_many_loses_nothing(kind: str, said: Said, cut: int, extra: str) -> None:
    """A line put anywhere between the others: the words said before and after it are all still there."""
    form, write = WRITERS[kind]
    source = write(said)
    assert isinstance(source, str)
    if form in ("json", "tei", "ttml"):
        return
    lines = source.split("\n")
    at = cut % (len(lines) + 1)
    text = "\n".join([*lines[:at], extra, *lines[at:]])
    found = read_captions(text, form)
    kept = "".join([*(turn.speaker + turn.text for turn in found.turns), *(one.text for one in found.unparsed)])
    wanted = Counter("".join(text.casefold() for _, text in said))
    assert Counter({letter: n for letter, n in wanted.items() if letter.isalpha()}) <= Counter(kept.casefold())
