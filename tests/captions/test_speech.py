"""Speech on the record: transcripts that enter it, which turn a line was said in, captions as a file."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from tests.core.story import ANN, BEN, HOST, OPEN, Happened, hand, when
from tests.core.story import given as state_of

from acquis import events as ev
from acquis.captions import read_captions
from acquis.captions.align import lines_by_turn
from acquis.captions.webvtt import webvtt
from acquis.floor.speech import LINE_LIMIT, CaptionSpeech, ImportTranscript
from acquis.floor.transcripts import entering, pieces_of
from acquis.state import State

PROGRAMME = ev.ProgrammePublished(
    "A dialogue",
    (ev.Segment("Panel", "panel", 15), ev.Segment("Questions", "questions", 30)),
    seats=(ev.Seat("Amara Specimen"), ev.Seat("Bruno Muster")),
    document={"onsite_moderators": [{"name": "Dag Eksempel"}]},
)
FLOOR: tuple[Happened, ...] = (
    PROGRAMME,
    ev.SessionOpened(),
    ev.SegmentStarted(1, ("room", "online", "other")),
    ev.SpeakerGivenFloor(1),  # 4
    60_000,
    ev.SpeakerGivenFloor(2),  # 5
    60_000,
    hand(ANN),
    ev.FloorGiven(6),  # 7
    30_000,
    hand(BEN),
    ev.FloorGiven(8),  # 9
    30_000,
    ev.SpeakerGivenFloor(1),  # 10
    ev.SessionClosed(),
)
TEXT = b"""IGF 2021 - DAY 4
***
>> MODERATOR: Welcome. Amara, please.
>> AMARA SPECIMEN: Norms need a keeper.
And the keeper needs a mandate.
>> BRUNO MUSTER: Who pays?
>> DAG EKSEMPEL: A question from the room.
>> AUDIENCE MEMBER: What about small states?
>> Chloe Stranger: And online?
>> SPECIMEN, Amara: We hear you.
"""


def entered(text: bytes, happened: tuple[Happened, ...] = FLOOR, who: dict[str, int] | None = None) -> State:
    state = state_of(*happened)
    for _, command in entering(read_captions(text), text, state, who).commands:
        event = when(state, command, HOST)
        assert event is not None
        state.apply(state.seq + 1, state.at, HOST.person, event)
    return state


def test_a_transcript_becomes_lines_with_whom_their_names_mean() -> None:
    state = entered(TEXT)
    assert [(line.speaker, line.seat) for line in state.speech.values()] == [
        ("MODERATOR", 0),
        ("AMARA SPECIMEN", 1),
        ("BRUNO MUSTER", 2),
        ("DAG EKSEMPEL", 0),
        ("AUDIENCE MEMBER", 0),
        ("Chloe Stranger", 0),
        ("SPECIMEN, Amara", 1),
    ]


def test_whoever_is_not_matched_is_listed() -> None:
    found = entering(read_captions(TEXT), TEXT, state_of(*FLOOR))
    assert [match.name for match in found.unmatched] == [
        "MODERATOR",
        "DAG EKSEMPEL",
        "AUDIENCE MEMBER",
        "Chloe Stranger",
    ]


def test_somebody_who_knows_better_says_whom_a_name_means() -> None:
    state = entered(TEXT, who={"MODERATOR": 2, "SPECIMEN, Amara": 0})
    assert [line.seat for line in state.speech.values()] == [2, 1, 2, 0, 0, 0, 0]


def test_what_was_not_understood_is_kept_with_its_line_and_the_reason() -> None:
    (kept,) = entered(TEXT).transcripts.values()
    assert kept.unparsed.splitlines()[0] == "1: IGF 2021 - DAY 4 (preamble)"
    assert kept.lines == 7


def test_each_line_finds_the_turn_it_was_said_in() -> None:
    found = lines_by_turn(entered(TEXT))
    said = {turn: [line.text for line in lines] for turn, lines in found.items()}
    assert said == {
        0: ["Welcome. Amara, please.", "A question from the room."],
        4: ["Norms need a keeper. And the keeper needs a mandate."],
        5: ["Who pays?"],
        7: ["What about small states?"],
        9: ["And online?"],
        10: ["We hear you."],
    }


def test_a_turn_that_nobody_transcribed_stays_without_lines() -> None:
    found = lines_by_turn(entered(b">> AMARA SPECIMEN: One.\n>> BRUNO MUSTER: Two.\n>> AMARA SPECIMEN: Three.\n"))
    assert sorted(found) == [4, 5, 10]


def test_without_names_the_clock_tells_the_turn() -> None:
    text = b"WEBVTT\n\n00:10.000 --> 00:12.000\nNorms.\n\n01:30.000 --> 01:32.000\nWho pays?\n"
    found = lines_by_turn(entered(text))
    assert {turn: [line.text for line in lines] for turn, lines in found.items()} == {4: ["Norms."], 5: ["Who pays?"]}


def test_a_line_that_was_captioned_live_says_itself_in_which_turn() -> None:
    live = (*FLOOR, ev.SpeechCaptioned("Live.", "X", turn=5), ev.SpeechCaptioned("Hm.", "X"))
    assert [line.text for line in lines_by_turn(state_of(*live))[5]] == ["Live."]


@given(st.lists(st.tuples(st.sampled_from(["AMARA SPECIMEN", "BRUNO MUSTER", "X Y", "MODERATOR"]), st.integers(0, 9))))
def test_every_line_is_in_one_place_and_turns_never_go_back(said: list[tuple[str, int]]) -> None:
    text = "".join(f">> {name}: Line {n}.\n" for name, n in said).encode() or b">> X Y: Z."
    state = entered(text)
    found = lines_by_turn(state)
    assert sorted(line.seq for lines in found.values() for line in lines) == sorted(state.speech)
    turn_of = {line.seq: turn for turn, lines in found.items() if turn for line in lines}
    order = [turn_of[seq] for seq in state.speech if seq in turn_of]
    assert order == sorted(order)
    for turn, lines in found.items():
        if turn and state.turns[turn].seat:
            assert {line.seat for line in lines} == {state.turns[turn].seat}


@given(st.text(max_size=5000))
def test_no_word_is_lost_when_a_turn_is_cut_into_lines(text: str) -> None:
    pieces = list(pieces_of(text))
    assert all(0 < len(piece) <= LINE_LIMIT for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_the_same_file_gives_the_same_keys() -> None:
    state = state_of(*FLOOR)
    first, again = (entering(read_captions(TEXT), TEXT, state).commands for _ in range(2))
    assert first == again
    assert len({key for key, _ in first}) == len(first) == 8
    assert isinstance(first[-1][1], ImportTranscript)
    assert all(isinstance(command, CaptionSpeech) for _, command in first[:-1])


# --- as a file ---


def vtt(*happened: Happened) -> str:
    state = state_of(*happened)
    return webvtt(state, state.speech.values(), lambda line: line.speaker)


def test_captions_are_webvtt_that_the_importer_reads_back() -> None:
    state = entered(TEXT)
    text = webvtt(state, state.speech.values(), lambda line: line.speaker)
    back = read_captions(text)
    assert [(turn.speaker, turn.text) for turn in back.turns] == [
        (line.speaker, line.text) for line in state.speech.values()
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Amara Specimen", "Bruno Muster", "Chair", ""]),
            st.sampled_from(["Yes.", "No.", "Yes. No.", "I agree & <3.", "12:30", "7"]),
            st.integers(-1, 3),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_every_word_of_our_captions_comes_back_with_its_speaker(said: list[tuple[str, str, int]]) -> None:
    """A roll call is the same word again and again, and each time it is somebody's vote."""
    lines = [ev.SpeechCaptioned(text, name, starts_ms=at * 1000, ends_ms=at * 1000 + 900) for name, text, at in said]
    found = [(turn.speaker, word) for turn in read_captions(vtt(*OPEN, *lines)).turns for word in turn.text.split()]
    assert found == [(name, word) for name, text, _ in said for word in text.split()]


def test_a_live_line_ends_when_it_came() -> None:
    (cue,) = re.findall(r"(\S+) --> (\S+)", vtt(*OPEN[:2], 65_000, ev.SpeechCaptioned("Norms need a keeper.", turn=1)))
    assert cue == ("00:01:03.600", "00:01:05.000")


def test_a_live_line_of_nobody_known_has_its_time_and_the_likely_speaker_in_a_note_only() -> None:
    spoken: tuple[Happened, ...] = (*OPEN[:2], 65_000, ev.SpeechCaptioned("Thank you.", live=True, likely=4))
    state = state_of(*spoken)
    text = webvtt(state, state.speech.values(), lambda line: line.speaker, lambda line: "Amara --> Specimen")
    assert "00:01:04.000 --> 00:01:05.000\nThank you." in text
    back = read_captions(text)
    assert [(turn.speaker, turn.text) for turn in back.turns] == [("", "Thank you.")]
    assert [left.text for left in back.unparsed if left.why == "note"] == [
        "NOTE Cue 3: unknown speaker, perhaps Amara --&gt; Specimen"
    ]


def test_a_live_line_is_never_placed_by_the_order_of_names() -> None:
    state = state_of(*FLOOR, ev.SpeechCaptioned("And?", "BRUNO MUSTER", seat=2, live=True))
    assert [line.text for line in lines_by_turn(state)[0]] == ["And?"]


def test_lines_of_a_turn_to_which_nobody_responded_are_nobodys() -> None:
    called: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4), ev.SpeechCaptioned("Ann?", live=True, turn=5))
    assert [line.text for line in lines_by_turn(state_of(*called))[5]] == ["Ann?"]
    assert [line.text for line in lines_by_turn(state_of(*called, ev.NotResponding(5)))[0]] == ["Ann?"]


def test_no_line_can_break_a_cue() -> None:
    text = vtt(*OPEN, ev.SpeechCaptioned("a\n\n1\n00:00.000 --> 00:09.000\n<b>&x", "N > M\n"))
    assert text.count("-->") == 1
    assert "<b>" not in text


@given(st.lists(st.tuples(st.integers(-1, 10**7), st.integers(-1, 10**7), st.integers(0, 1)), max_size=12))
def test_no_cue_ends_before_it_begins(times: list[tuple[int, int, int]]) -> None:
    lines = [ev.SpeechCaptioned("Said.", turn=turn, starts_ms=a, ends_ms=b) for a, b, turn in times]
    for begin, end in re.findall(r"(\S+) --> (\S+)", vtt(*OPEN, *lines)):
        assert begin < end


def test_erased_speech_is_gone_from_state_and_file() -> None:
    happened = (*OPEN, ev.SpeechCaptioned("Secret.", "Somebody"), ev.TextErased(4, "x"))
    state = state_of(*happened)
    assert (state.speech[4].text, state.speech[4].speaker) == ("", "")
    assert "Secret" not in vtt(*happened)


def test_an_erased_correction_leaves_no_wording() -> None:
    state = state_of(*OPEN, ev.SpeechCaptioned("Kipper."), ev.SpeechCorrected(4, "Keeper."), ev.TextErased(5, "x"))
    assert state.speech[4].text == ""


def test_private_messages_are_listed_and_not_entered() -> None:
    text = (
        b"10:20:11 From Ama Example to Everyone:\n\tWelcome.\n"
        b"10:20:30 From Bao Sample to Ama Example (Direct Message):\n\tI shall vote against it.\n"
        b"10:20:40 From Bao Sample to Everyone:\n\tThanks.\n"
    )
    found = read_captions(text)
    assert [left.text.strip() for left in found.unparsed if left.why == "private"][1] == "I shall vote against it."
    commands = [command for _, command in entering(found, text, state_of(*FLOOR)).commands]
    assert "Thanks." in repr(commands)
    assert "4:  (private)" in repr(commands)
    assert "vote against" not in repr(commands)
