"""Every transcript that was handed over as a case has its right result. The files are not here in every place."""

from __future__ import annotations

from pathlib import Path

import pytest

from acquis.captions import CaptionsError, Form, read_captions

CASES = Path(__file__).parents[3] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here: ../shared/cases is absent")
Said = list[tuple[str, str]]
CHAIR = "Ambassador Gafoor"
READ: dict[str, tuple[Form, Said]] = {
    "captions/cybercapacity_alternating.txt": (
        "alternating",
        [
            (CHAIR, "Excellencies, the first meeting is open. I give the floor to France."),
            ("France", "Mr. Chair, two thoughts. One, ports. Two, patience."),
            (CHAIR, "Two it is. Kenya, please."),
            ("Kenya", "Mr. Chair, Kenya supports the list."),
            (CHAIR, "Thank you all."),
        ],
    ),
    "captions/digwatch_states.txt": (
        "igf",
        [
            ("Chair", "The eighth meeting is open. France, please."),
            ("France", "Thank you, Chair. Our paper has two pages."),
            ("China", "Ours has four."),
            ("Russian Federation", "We have a question on paragraph 12."),
            ("Kenya", "On behalf of the group, we support it."),
            ("Chair", "Thank you. United Kingdom, please."),
            ("United Kingdom", "We align ourselves."),
        ],
    ),
    "captions/first_names.md": (
        "markdown",
        [
            ("Ama Example", "The draft is ready."),
            ("Ben", "I object to section two."),
            ("Carla", "So do I."),
            ("Ben", "And it is late."),
            ("Ama Example", "Noted."),
        ],
    ),
    "captions/headings_not_speakers.md": (
        "markdown",
        [("AB", "I would keep the text."), ("CD", "I would not."), ("AB", "We meet in May.")],
    ),
    "captions/meet.sbv": (
        "sbv",
        [("Ama Example", "Good morning."), ("Ben Muster", "Good morning to you."), ("Ama Example", "Let's begin.")],
    ),
    "captions/otter.txt": (
        "stamped",
        [
            ("Ama Example", "Hello everyone, welcome to the workshop."),
            ("Ben Muster", "Thank you for having me."),
            ("Unknown Speaker", "Can you hear the back row?"),
        ],
    ),
    "captions/podcast.html": ("html", [("Ama", "Good morning."), ("Ben", "Good morning to you.")]),
    "captions/quote_italics.md": (
        "markdown",
        [
            ("Ama Example", "I would like us to decide."),
            ("Ben Muster", "I do not agree with that."),
            ("Carla Probe", "Noted."),
        ],
    ),
    "captions/teams.vtt": (
        "webvtt",
        [
            ("Example, Ama (ORG/DIV)", "Good morning."),
            ("Ben Muster", "Good morning to you and to everyone."),
            ("Example, Ama (ORG/DIV)", "Let's begin."),
        ],
    ),
    "captions/teams_docx_paste.txt": (
        "stamped",
        [("Ama Example", "Good morning."), ("Ben Muster", "Good morning to you and to everyone.")],
    ),
    "captions/un_pv.txt": (
        "igf",
        [
            ("The President", "I now give the floor to the representative of Kenya."),
            ("Ms. Wanjiru (Kenya)", "We thank you, Sir. Our delegation has two points."),
            ("Mr. Dupont (France)", "The working group has done its part."),
            (
                "The Acting President",
                "I thank the representative of France. We shall now hear a statement by the observer "
                "of the European Union.",
            ),
            ("Ms. O'Hara (Ireland)", "Ireland aligns itself with the statement just made."),
        ],
    ),
    "captions/w3c_minutes.html": (
        "html",
        [
            ("Ama", "welcome everybody … we have two items"),
            ("Ben", "I have a question"),
            ("Carla", "the link is above"),
            ("Ama", "closing words"),
        ],
    ),
    "captions/webex.vtt": (
        "webvtt",
        [("Ama Example", "Good morning."), ("Ben Muster", "Good morning to you."), ("Ama Example", "Let's begin.")],
    ),
    "captions/whisper.json": ("json", [("SPEAKER_00", "Good morning."), ("SPEAKER_01", "Good morning to you.")]),
    "captions/youtube_copy.txt": (
        "stamped",
        [("", "good morning everyone and welcome"), ("", "to the harbour workshop"), ("", "we are out of time")],
    ),
    "captions/zoom_saved_cc.txt": (
        "stamped",
        [
            ("Ama Example", "Hello everyone, welcome."),
            ("Ben Muster", "Thank you for having me."),
            ("Ama Example", "Shall we begin with the first question?"),
        ],
    ),
    "cues/rollcall_voice.vtt": (
        "webvtt",
        [
            ("Chair Example", "Who is in favour? Ama?"),
            ("Ama Example", "Yes."),
            ("Ben Muster", "Yes."),
            ("Carla Probe", "Yes."),
        ],
    ),
    "cues/rollcall_zoom.vtt": (
        "webvtt",
        [("Chair Example", "Who is in favour?"), ("Ama Example", "Yes."), ("Ben Muster", "Yes. Yes. No. No.")],
    ),
    "cues/rolling_youtube.vtt": (
        "webvtt",
        [("", "good morning everyone"), ("", "we begin with lamps"), ("", "yes please")],
    ),
    "cues/unnamed_between.vtt": (
        "webvtt",
        [
            ("Ama Example", "I think the text is fine."),
            ("", "No, it is not. I object."),
            ("Ben Muster", "Thank you both."),
        ],
    ),
    "cues/features.vtt": (
        "webvtt",
        [
            ("Ama Example", "Ports & lamps <3 'ok'"),
            ("Ben Muster", "Overlapping cue 漢kan"),
            ("Ama Example", "Comma times in VTT"),
            ("Carla", "End before start No blanks round the arrow"),
            ("Carla", "A hundred hours"),
            ("", "1"),
            ("", "2025"),
            ("Ama Example", "Unclosed voice"),
            ("Ben Muster", "second speaker in one cue"),
            ("", "- Dash speaker one"),
            ("", "- Dash speaker two"),
        ],
    ),
    **{
        f"cues/enc_{name}.srt": ("srt", [("AMA", "café CRLF"), ("BEN", said)])
        for name, said in (
            ("cp1252", "?"),
            ("utf16be_nobom", "港"),
            ("utf16le", "港"),
            ("utf32", "港"),
            ("utf8bom", "港"),
        )
    },
}
REFUSED = {
    "cues/enc_cp1251.srt": "unknown_encoding", "cues/enc_gb18030.srt": "unknown_encoding", "cues/nul.vtt": "not_text",
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_case_has_its_right_result(name: str) -> None:
    form, said = READ[name]
    found = read_captions((CASES / name).read_bytes())
    assert found.form == form
    assert [(turn.speaker, turn.text) for turn in found.turns] == said


@pytest.mark.parametrize("name", REFUSED)
def test_a_case_that_cannot_be_read_for_certain_is_refused(name: str) -> None:
    with pytest.raises(CaptionsError) as refused:
        read_captions((CASES / name).read_bytes())
    assert refused.value.code == REFUSED[name]


def test_no_case_is_left_out() -> None:
    files = {f"{folder}/{path.name}" for folder in ("captions", "cues") for path in (CASES / folder).iterdir()}
    assert files == set(READ) | set(REFUSED)
