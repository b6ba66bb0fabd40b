"""A table of forms and traps: what a transcript says, and the turns it becomes. Every speaker here is invented."""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.captions import CaptionsError, Form, detect, read_captions, to_json


def turns(text: str, form: Form | None = None) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in read_captions(text, form).turns]


def left(text: str, form: Form | None = None) -> list[tuple[int, str]]:
    return [(one.line, one.why) for one in read_captions(text, form).unparsed]


A, B = "AMA EXAMPLE", "BAO SAMPLE"

CASES: list[dict[str, Any]] = yaml.load(
    Path(__file__).with_name("cases.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_captions(case: dict[str, Any]) -> None:
    assert turns(case["text"], "igf") == [tuple(said) for said in case["said"]]


def test_what_is_nobodys_is_kept_with_a_reason() -> None:
    notice = "This text is output of captioning and may be wrong."
    text = f"IGF – Day 4 – An invented workshop\n\n{notice}\n***\n>> {A}: Hi.\n[APPLAUSE]\n10:15\n***"
    assert left(text) == [(1, "preamble"), (3, "notice"), (4, "notice"), (7, "time"), (8, "notice")]
    turn = read_captions(text).turns[0]
    assert turn.sounds == ("[APPLAUSE]",)
    assert (turn.first_line, turn.last_line) == (5, 6)


VTT = """WEBVTT - invented

NOTE nobody real speaks here

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:03.500 align:start
<v Ama Example>Good &amp; <b>early</b> morning.</v>

00:00:03.500 --> 00:00:05.000
<v Ama Example>And welcome.

00:01.00 -> broken
text

01:00:00.250 --> 01:00:02.000
<v.loud Bao Sample>Thanks.
"""


def test_webvtt() -> None:
    found = read_captions(VTT)
    assert found.form == "webvtt"
    assert [(t.speaker, t.text, t.starts_ms, t.ends_ms) for t in found.turns] == [
        ("Ama Example", "Good & early morning. And welcome.", 1000, 5000),
        ("Bao Sample", "Thanks.", 3_600_250, 3_602_000),
    ]
    assert {one.why for one in found.unparsed} == {"header", "note", "not_understood"}
    assert any(one.text == "00:01.00 -> broken" for one in found.unparsed)


def test_rolling_captions_are_said_once() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\none two\n\n00:02.000 --> 00:03.000\none two\nthree four\n"
    assert [t.text for t in read_captions(text).turns if t.text] == ["one two", "three four"]


@pytest.mark.parametrize("comma", [",", "."])
def test_srt(comma: str) -> None:
    one, two, three = (f"00:00:0{second}{comma}000" for second in (1, 2, 3))
    text = f"1\n{one} --> {two}\n{A}: One.\n\n2\n{two} --> {three}\nTwo.\n"
    found = read_captions(text)
    assert found.form == "srt"
    assert [(t.speaker, t.text, t.starts_ms, t.ends_ms) for t in found.turns] == [(A, "One. Two.", 1000, 3000)]
    assert found.unparsed == ()


def test_markdown() -> None:
    text = (
        "# An invented session\n\n**Ama Example**: One.\nStill.\n\n**Bao Sample:** Two.\n\n"
        "### Carmen Muestra\nThree.\n\n## Agenda\n"
    )
    assert detect(text) == "markdown"
    assert turns(text) == [("Ama Example", "One. Still."), ("Bao Sample", "Two.")]
    # "Three." stands under a heading, which may be a name or a topic, so it is nobody's.
    assert left(text) == [(1, "heading"), (8, "heading"), (9, "unattributed"), (11, "heading")]


def test_html() -> None:
    text = (
        "<html lang='fr'><head><title>x</title></head><body>\n<p>Avant.</p>\n"
        "<p><strong>AMA EXAMPLE:</strong> One\nand more.</p>\n"
        "<script>\nalert('BAO SAMPLE: no')\n</script>\n<dl><dt>Bao Sample</dt><dd>Two.</dd></dl></body></html>"
    )
    found = read_captions(text)
    assert (found.form, found.language) == ("html", "fr")
    assert [(t.speaker, t.text) for t in found.turns] == [("AMA EXAMPLE", "One and more."), ("Bao Sample", "Two.")]
    assert (2, "preamble") in [(one.line, one.why) for one in found.unparsed]
    assert "alert" not in "".join(turn.text for turn in found.turns)


TEI = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
<teiHeader><particDesc><listPerson><person xml:id="p1"><persName><forename>Ama</forename>
<surname>Example</surname></persName></person></listPerson></particDesc></teiHeader>
<text><body><u who="#p1"><seg>One.</seg><note>Applause</note><seg>Two.</seg></u>
<u who="#p2"><seg>Three.</seg></u></body></text></TEI>"""


def test_tei() -> None:
    found = read_captions(TEI)
    assert (found.form, found.language) == ("tei", "en")
    assert [(t.speaker, t.text, t.sounds) for t in found.turns] == [
        ("Ama Example", "One. [Applause] Two.", ("[Applause]",)), ("p2", "Three.", ()),
    ]  # fmt: skip


def test_what_nobody_says_in_the_line_of_a_turn_is_kept() -> None:
    found = read_captions('<TEI><text><note>Bell.</note><u who="#p1">One.</u><head>Vote</head></text></TEI>')
    assert [(t.speaker, t.text) for t in found.turns] == [("p1", "One.")]
    assert [(one.line, one.text) for one in found.unparsed] == [(1, "Bell."), (1, "Vote")]


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % p "x">'],
)
def test_an_entity_is_never_read(declared: str) -> None:
    with pytest.raises(CaptionsError) as error:
        read_captions(f"<!DOCTYPE TEI [{declared}]><TEI><u>&a;</u></TEI>", "tei")
    assert error.value.code == "bad_xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b" \n\t", "empty"), (b"\x00\x01\x02\xff" * 50, "not_text"), (b"<TEI><u>", "bad_xml")],
)
def test_what_is_no_transcript(data: bytes, code: str) -> None:
    with pytest.raises(CaptionsError) as error:
        read_captions(data)
    assert error.value.code == code


LINES = st.sampled_from(
    [
        *(
            ">> AMA: x",
            "NAME: y",
            "plain",
            "",
            "   ",
            "[SOUND]",
            "00:01.000 --> 00:02.000",
            "WEBVTT",
            "1",
            "**A B**: z",
            "Ama Example  0:03",
            "[Bao Sample] 16:57:02",
            "00:00:12\tFrom Ama to Everyone:\thello",
            "Carla: no",
            "> *Ben Sample:* no",
            "Attendees: Ama, Ben",
            "14:02 <ama> ben: hi",
            "<scribe> ... and more",
            "It was so decided.",
        ),
        *("### C D", "<p>", "<b>E:</b> f", "***", ">>", ">> :", "：", "a: b: c", "<v X>hi"),
        *("NOTE x", "\x0b", "\u2028", "<script>", "</p>"),
    ]
)


STRUCTURE = re.compile(r"\s*(\d+|[\d:.,]+\s*(-->|,)\s*[\d:.,]+(\s.*)?)")
"""A line of a file of cues without words: times, and the counter above them."""
TAGS = re.compile(r"</?[a-z][^<>]*+>|<\d[\d:.]*+>", re.IGNORECASE)


@pytest.mark.parametrize("form", ["webvtt", "srt", "sbv"])
@settings(max_examples=times(200))
@given(lines=st.lists(st.one_of(LINES, st.text("ab<>:- \n,", max_size=12)), min_size=1, max_size=30))
def test_every_letter_of_a_file_of_cues_is_kept(form: Form, lines: list[str]) -> None:
    """What is in no turn is in the list, letter for letter; only tags, times and counters are not words."""
    text = "\n".join(lines)
    if not text.strip("\ufeff \t\r\n\f\v"):
        return
    found = read_captions(text, form)
    # The name of a turn that joins several cues stands for the name in each of them.
    kept = "".join([*(len(lines) * t.speaker + t.text for t in found.turns), *(one.text for one in found.unparsed)])
    words = [TAGS.sub("", line) for line in text.split("\n") if not STRUCTURE.fullmatch(line)]
    assert Counter(letter for letter in "".join(words) if letter.isalpha()) <= Counter(kept)


@pytest.mark.parametrize(
    "form", ["igf", "webvtt", "srt", "sbv", "markdown", "html", "irc", "stamped", "alternating", "records"]
)
@settings(max_examples=times(120))
@given(lines=st.lists(st.one_of(LINES, st.text(max_size=30)), min_size=1, max_size=30))
def test_no_line_is_ever_lost(form: Form, lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text.strip("\ufeff \t\r\n\f\v"):
        return
    found = read_captions(text, form)
    read = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    covered = {one.line for one in found.unparsed}
    for turn in found.turns:
        assert 1 <= turn.first_line <= turn.last_line <= len(read)
        covered |= set(range(turn.first_line, turn.last_line + 1))
    words = {number for number, line in enumerate(read, 1) if line.strip() and not STRUCTURE.fullmatch(line)}
    assert words <= covered
    assert json.loads(to_json(found))["form"] == form


@pytest.mark.parametrize("form", ["igf", "markdown", "irc", "stamped", "alternating", "records"])
@settings(max_examples=times(200))
@given(st.lists(st.one_of(LINES, st.text(max_size=30)), min_size=1, max_size=12), st.sampled_from(["\n", " ", ". "]))
@example(["<scribe> ... and more", "<scribe> ... and more"], "\n")
def test_no_letter_is_ever_lost(form: Form, lines: list[str], between: str) -> None:
    """In whole copies and in flat ones: what is in no turn is kept word for word."""
    text = between.join(lines)
    if not text.strip("\ufeff \t\r\n\f\v"):
        return
    found = read_captions(text, form)
    kept = "".join([*(f"{t.speaker} {t.text}" for t in found.turns), *(one.text for one in found.unparsed)])
    # The digits of times and of the numbers of a list are no words.
    digits = form not in ("stamped", "irc", "markdown")
    letters = Counter(letter for letter in text if (letter.isalnum() if digits else letter.isalpha()))
    assert letters <= Counter(kept)


def test_the_names_of_a_meeting_program_stand_before_the_text() -> None:
    cues = [f"{n}\n00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{said}\n" for n, said in enumerate((
        "Ama Example: Hello.", "Bao Sample: Two points: first", "and second.", "Ama Example: Thanks."), 1)]  # fmt: skip
    assert turns("WEBVTT\n\n" + "\n".join(cues)) == [
        ("Ama Example", "Hello."), ("Bao Sample", "Two points: first"), ("", "and second."), ("Ama Example", "Thanks."),
    ]  # fmt: skip
    plain = "WEBVTT\n\n" + "\n".join(f"00:0{n}.000 --> 00:0{n}.900\nwords of speech {n}\n" for n in range(9))
    assert {name for name, _ in turns(plain + "\n00:10.000 --> 00:11.000\nTwo Points: first\n")} == {""}


def test_what_stands_before_the_first_turn_in_the_same_line_is_kept() -> None:
    flat = f"IGF – an invented workshop. It is posted as an aid. >> {A}: Hello. >> {B}: Thanks."
    assert turns(flat) == [(A, "Hello."), (B, "Thanks.")]
    (before,) = read_captions(flat).unparsed
    assert (before.line, before.text) == (1, "IGF – an invented workshop. It is posted as an aid.")
    page = "<html><body><p>Avant.</p><p><b>AMA EXAMPLE:</b> One.</p></body></html>"
    assert [(one.line, one.text) for one in read_captions(page).unparsed] == [(1, "Avant.")]


def test_a_note_between_two_lines_of_a_turn_is_kept() -> None:
    found = read_captions(f">> {A}: One.\n10:15\nTwo.")
    assert [(t.text, t.first_line, t.last_line) for t in found.turns] == [("One. Two.", 1, 3)]
    assert [(one.line, one.why) for one in found.unparsed] == [(2, "time")]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(CaptionsError):
        assert read_captions(data).form


ROLL_CALL = """Session transcript

Chair: The meeting is open. France, please.
France: Yes.
China: Yes.
Ben: I object.
Carla: So do I.
Ben: It is late.
The President (spoke in Spanish): Thank you.
It was so decided (resolution 99/5).
And one more thing.
Note: this is part of what I say.
"""


def test_names_of_one_word_begin_turns_and_a_doubtful_one_is_nobodys() -> None:
    """States, offices and names that come back are speakers. A single "Carla:" may be one, so the line is of somebody
    unknown, and never part of what the speaker before said."""
    assert turns(ROLL_CALL) == [
        ("Chair", "The meeting is open. France, please."), ("France", "Yes."), ("China", "Yes."), ("Ben", "I object."),
        ("", "Carla: So do I."), ("Ben", "It is late."),
        ("The President", "Thank you. And one more thing. Note: this is part of what I say."),
    ]  # fmt: skip
    assert [turn.language for turn in read_captions(ROLL_CALL).turns][-1] == "es"
    assert (10, "procedure") in left(ROLL_CALL)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ama Example  0:03\nHello.\nStill me.\n\nBao Sample  1:02:15\nThanks.\n\nTranscribed by https://otter.ai\n",
         [("Ama Example", "Hello. Still me.", 3_000), ("Bao Sample", "Thanks.", 3_735_000)]),
        ("[Ama Example] 16:57:02\nHello.\n[Bao Sample] 16:57:09\nThanks.\n",
         [("Ama Example", "Hello.", 0), ("Bao Sample", "Thanks.", 7_000)]),
        ("0:00\ngood morning\n0:04\nwelcome\n", [("", "good morning", 0), ("", "welcome", 4_000)]),
        ("00:00:12 good morning\n00:00:15 Ama Example: welcome\n",
         [("", "good morning", 12_000), ("Ama Example", "welcome", 15_000)]),
        ("00:00:12\tAma Example:\thello\n00:01:00\tFrom Bao to Everyone:\tthanks\n",
         [("Ama Example", "hello", 12_000), ("Bao", "thanks", 60_000)]),
        ("Ama Example (00:03):\nHello.\nBao Sample (00:09):\nThanks.\n",
         [("Ama Example", "Hello.", 3_000), ("Bao Sample", "Thanks.", 9_000)]),
    ],
    ids=["Otter", "Zoom", "YouTube", "time and text", "chat", "in brackets"],
)  # fmt: skip
def test_lines_with_times_begin_turns(text: str, wanted: list[tuple[str, str, int]]) -> None:
    found = read_captions(text)
    assert found.form == "stamped"
    assert [(turn.speaker, turn.text, turn.starts_ms) for turn in found.turns] == wanted


def test_names_on_lines_of_their_own() -> None:
    text = "Ambassador Ama\n\nThe meeting is open. France, please.\n\nFrance\n\nTwo thoughts.\n\nAnd a third.\n\n"
    text += "Ambassador Ama\n\nThank you.\n"
    assert detect(text) == "alternating"
    assert turns(text) == [
        ("Ambassador Ama", "The meeting is open. France, please."), ("France", "Two thoughts. And a third."),
        ("Ambassador Ama", "Thank you."),
    ]  # fmt: skip
