"""Minutes, logs, data and documents: what their traps become. Every speaker here is invented."""

from __future__ import annotations

import pytest
from tests.captions.word_file import packed, word_file

from acquis.captions import CaptionsError, Form, read_captions

Turns = list[tuple[str, str]]


def turns(source: str | bytes, form: Form | None = None) -> Turns:
    return [(turn.speaker, turn.text) for turn in read_captions(source, form).turns]


def offers(source: str) -> Turns:
    return [(turn.offered, turn.text) for turn in read_captions(source).turns if turn.doubt]


def left(source: str | bytes) -> set[tuple[str, str]]:
    return {(one.why, one.text) for one in read_captions(source).unparsed}


MINUTES = """# Weekly call

Present: Ama Example (AE), Bao Sample (BS)

| Name | Initials |
| --- | --- |
| Carmen Muestra | CM |

## Lamps

Presenter: Ama Example (AE)

- [slides](https://example.org)

AE: I would keep the text.

CM: I would not.

And this is by whom?

### Conclusion

We agreed.

## Next Steps

- BS: yes
  - and more
- Bao: no
"""


def test_headings_attendees_and_conclusions_of_minutes_are_no_speakers() -> None:
    assert turns(MINUTES) == [
        ("Ama Example (AE)", "I would keep the text."),
        ("Carmen Muestra (CM)", "I would not."),
        ("", "And this is by whom?"),
        ("Bao Sample (BS)", "yes"),
        ("", "and more"),
        ("", "Bao: no"),
    ]
    assert offers(MINUTES) == [
        ("Carmen Muestra (CM)", "And this is by whom?"), ("Bao Sample (BS)", "and more"), ("Bao", "Bao: no"),
    ]  # fmt: skip
    assert {("header", "Present: Ama Example (AE), Bao Sample (BS)"), ("unattributed", "We agreed.")} <= left(MINUTES)


def test_initials_of_two_people_are_nobodys_name() -> None:
    text = "# Call\n\nPresent: Ama Example (AE), Anna Eksempel (AE)\n\n## Topic\n\nAE: One.\n\nBS: Two.\n"
    assert turns(text) == [("AE", "One."), ("BS", "Two.")]


def test_a_quote_goes_on_with_whoever_spoke_outside_of_it() -> None:
    text = "**Ama Example:** I think so.\n> *Bao Sample:* +1\n… and there is more.\n\n**Carmen Muestra:** Thanks.\n"
    assert turns(text) == [
        ("Ama Example", "I think so."), ("Bao Sample", "+1"), ("Ama Example", "… and there is more."),
        ("Carmen Muestra", "Thanks."),
    ]  # fmt: skip


IRC = """14:02:00 <RRSAgent> logging to https://example.org
14:02:01 <ama> scribe: bao
14:02:02 <bao> Carmen: I think so
14:02:03 <bao> ... and more
14:02:04 <dora> Carmen: really?
14:02:05 <bao> RESOLVED: lamps are green
14:02:06 <bao> what next
14:02:07 * eve has joined
"""


def test_a_scribe_writes_what_others_say() -> None:
    assert turns(IRC) == [("Carmen", "I think so and more"), ("dora", "Carmen: really?"), ("", "what next")]
    assert ("procedure", "14:02:05 <bao> RESOLVED: lamps are green") in left(IRC)


def test_without_a_scribe_a_name_before_a_colon_may_be_an_address() -> None:
    assert turns("<ama> Bao: hi there\n<bao> hello\n") == [("", "ama: Bao: hi there"), ("bao", "hello")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"segments": [{"speaker": "Ama", "startTime": 0.5, "endTime": 0.7, "body": "Good"}, {"speaker": "Ama", '
         '"startTime": 0.7, "endTime": 1.7, "body": "morning"}, {"speaker": "Bao", "startTime": 2, "body": "Yes"}]}',
         [("Ama", "Good morning", 500), ("Bao", "Yes", 2000)]),
        ('{"result": {"language": "en"}, "transcription": [{"timestamps": {"from": "00:00:01,000", "to": '
         '"00:00:03,000"}, "offsets": {"from": 1000, "to": 3000}, "text": " Good."}]}', [("", "Good.", 1000)]),
        ('{"segments": [{"start": 1.5, "end": 2, "text": "Ama Example: Yes.", "words": [{"word": "Ama"}, {"word": '
         '"Example:"}, {"word": "Yes."}]}]}', [("Ama Example", "Yes.", 1500)]),
        ('[{"start": 0, "end": 900, "speaker": 1, "text": "Yes."}]', [("Speaker 1", "Yes.", 0)]),
        ("start\tend\ttext\n0\t2500\t Good.\n2500\t4000\tBao Sample: \"yes\n",
         [("", "Good.", 0), ("Bao Sample", '"yes', 2500)]),
        ('start,end,speaker,text\n0.0,2.5,Ama,"Hello, all"\n2.5,3,Bao,Yes\n',
         [("Ama", "Hello, all", 0), ("Bao", "Yes", 2500)]),
    ],
    ids=["podcast", "whisper.cpp", "WhisperX", "numbers", "TSV", "CSV"],
)  # fmt: skip
def test_data_of_programs(text: str, wanted: list[tuple[str, str, int]]) -> None:
    found = read_captions(text)
    assert [(turn.speaker, turn.text, turn.starts_ms) for turn in found.turns] == wanted
    assert not any(one.why == "markup" for one in found.unparsed)


def test_other_texts_of_data_are_listed() -> None:
    text = '{"title": "Lamps", "segments": [{"text": "Yes.", "note": "by phone"}], "text": "Yes."}'
    assert left(text) == {("markup", "Lamps"), ("markup", "by phone")}
    with pytest.raises(CaptionsError) as refused:
        read_captions('{"segments": [')
    assert refused.value.code == "bad_json"
    with pytest.raises(CaptionsError):
        read_captions('{"a":' * 100_000)


TTML = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
 xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:tickRate="10" xml:lang="en"><head>
<ttm:agent xml:id="a1"><ttm:name>Ama Example</ttm:name></ttm:agent>
<ttm:agent xml:id="a2"><ttm:name>Bao Sample</ttm:name></ttm:agent></head>
<body><div begin="10s">
<p begin="00:00:01.500" end="2s" ttm:agent="a1">Good <span>morning</span><br/>all</p>
<p begin="20t" dur="1s" ttm:agent="a2">Yes.</p>
<p begin="3s"><span ttm:agent="a1">One.</span> <span ttm:agent="a2">Two.</span> Whose?</p>
</div></body></tt>"""


def test_times_and_speakers_of_ttml() -> None:
    found = read_captions(TTML)
    assert [(turn.speaker, turn.text, turn.starts_ms) for turn in found.turns] == [
        ("Ama Example", "Good morning all", 11_500),
        ("Bao Sample", "Yes.", 12_000),
        ("Ama Example", "One.", 13_000),
        ("Bao Sample", "Two.", 13_000),
        ("", "Whose?", 13_000),
    ]
    assert found.language == "en"


@pytest.mark.parametrize("form", ["ttml", "tei"])
def test_xml_has_no_entities_and_no_depths(form: Form) -> None:
    root = {"ttml": "tt", "tei": "TEI"}[form]
    for inside in (f'<!DOCTYPE {root} [<!ENTITY a "ha">]><{root}/>', f"<{root}>{'<a>' * 300}{'</a>' * 300}</{root}>"):
        with pytest.raises(CaptionsError) as refused:
            read_captions(inside, form)
        assert refused.value.code == "bad_xml"


def test_a_word_document_is_read_as_its_text() -> None:
    text = (
        "Lamps\n3 March\nAma Example   0:03\nGood morning.\nBao Sample   0:09\nYes.\nBao Sample stopped transcription"
    )
    source = word_file(text, footer1="<w:p><w:r><w:t>Page 1</w:t></w:r></w:p>")
    found = read_captions(source)
    assert (found.form, found.encoding) == ("stamped", "docx")
    assert turns(source) == [("Ama Example", "Good morning."), ("Bao Sample", "Yes.")]
    assert {("preamble", "Lamps"), ("notice", "Bao Sample stopped transcription"), ("header", "Page 1")} <= left(source)


def test_insertions_tables_and_breaks_of_a_word_document_are_text_and_deletions_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>Ama Example</w:t></w:r><w:r><w:tab/><w:t>0:03</w:t><w:br/><w:t>Good</w:t></w:r>"
        "<w:del><w:r><w:delText>evening</w:delText></w:r></w:del><w:ins><w:r><w:t> morning</w:t></w:r>"
        "</w:ins></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Bao Sample\t0:05</w:t></w:r></w:p></w:tc><w:tc><w:sdt>"
        "<w:sdtContent><w:p><w:r><w:t>Yes.</w:t></w:r></w:p></w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>"
    )
    assert turns(packed(body)) == [("Ama Example", "Good morning"), ("Bao Sample", "Yes.")]


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 90, word_file("a")[:-30]])
def test_a_broken_archive_is_refused(data: bytes) -> None:
    with pytest.raises(CaptionsError) as refused:
        read_captions(data)
    assert refused.value.code == "not_text"


def test_names_below_a_time_speak_one_after_the_other() -> None:
    text = (
        "00:00:00\nAma Example: Good morning.\nBao Sample: Yes.\n00:05:00\nAma Example: No.\n"
        "Meeting ended after 00:12:34 👋\n"
    )
    assert turns(text) == [("Ama Example", "Good morning."), ("Bao Sample", "Yes."), ("Ama Example", "No.")]
    assert ("notice", "Meeting ended after 00:12:34 👋") in left(text)


def test_older_transcripts_of_teams_have_the_name_below_the_times() -> None:
    text = "0:0:0.0 --> 0:0:3.480\nAma Example\nGood morning.\n0:0:3.480 --> 0:0:5.0\nBao Sample\nYes.\n"
    assert turns(text) == [("Ama Example", "Good morning."), ("Bao Sample", "Yes.")]


def test_a_mark_or_a_dash_begins_somebody_else() -> None:
    times = [f"00:00:0{n},000 --> 00:00:0{n},900" for n in range(4)]
    said = ["AMA EXAMPLE: Hello.", "and more", ">> No, I object.", "- Yes.\n- No."]
    text = "\n".join(f"{n}\n{time}\n{line}\n" for n, (time, line) in enumerate(zip(times, said), 1))
    assert turns(text) == [("AMA EXAMPLE", "Hello. and more"), ("", "No, I object."), ("", "- Yes."), ("", "- No.")]


def test_a_roll_call_with_names_on_lines_of_their_own() -> None:
    text = "France\n\nYes\n\nChina\n\nYes\n\nKenya\n\nNo\n\nFrance\n\nThank you all.\n\n"
    text += "Closing Remarks\n\nChina\n\nGood bye.\n"
    assert turns(text) == [
        ("France", "Yes"), ("China", "Yes"), ("Kenya", "No"), ("France", "Thank you all."), ("China", "Good bye."),
    ]  # fmt: skip
    assert ("heading", "Closing Remarks") in left(text)


def test_attendees_and_decisions_in_plain_minutes_are_nobodys_words() -> None:
    text = "Present: Ama, Bao\nAma Example: Hello.\nResolution: lamps are green\nBy whom?\nBao Sample: Yes.\n"
    assert turns(text) == [("Ama Example", "Hello."), ("Bao Sample", "Yes.")]
    assert {
        ("header", "Present: Ama, Bao"),
        ("label", "Resolution: lamps are green"),
        ("unattributed", "By whom?"),
    } == left(text)


def test_names_alone_in_a_page_speak_if_they_come_back() -> None:
    page = "<p><b>{}</b></p><p>One.</p><p><b>{}</b></p><p>Two.</p>"
    twice = page.format("Ama Example", "Bao Sample") * 2
    assert turns(twice) == [("Ama Example", "One."), ("Bao Sample", "Two.")] * 2
    rows = (
        "<table>"
        + 2 * "<tr><td>Ama Example</td><td>One.</td></tr><tr><td>Bao Sample</td><td>Two.</td></tr>"
        + "</table>"
    )
    assert turns(rows) == turns(twice)
    topics = "<p><b>Ama Example:</b> Hello.</p>" + page.format("Harbour Lamps", "Next Steps")
    assert turns(topics) == [("Ama Example", "Hello.")]
