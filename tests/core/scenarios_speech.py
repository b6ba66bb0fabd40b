"""What every command does, case by case: what is said."""

from __future__ import annotations

from acquis import events as ev
from acquis.command import Actor
from acquis.floor.speech import (
    LINE_LIMIT,
    LINES_LIMIT,
    NAME_LIMIT,
    UNPARSED_LIMIT,
    CaptionSpeech,
    CorrectSpeech,
    ImportTranscript,
    MatchSpeaker,
)

from .scenarios import CLOSED, DRAFT, PUBLISHED, Cases, no
from .story import ANN, BEN, OPEN, PANELLIST, Happened, actor, hand

case = Cases()

CAPTIONER = Actor("p-captions", roles=frozenset({"captioner"}))
OTHER_PANELLIST = actor("other", seat=2)
LINE = ev.SpeechCaptioned("Norms need a keeper.")
DIGEST = "0" * 64

# --- captioning -------------------------------------------------------------------------------------------------

case(PUBLISHED, CaptionSpeech("Hello."), no("not_open"), CAPTIONER)
case(DRAFT, CaptionSpeech("Hello."), no("not_open"), CAPTIONER)
case(OPEN, CaptionSpeech("  Norms need a keeper. "), LINE, CAPTIONER)
case(CLOSED, CaptionSpeech("Norms need a keeper."), LINE, CAPTIONER)
case(OPEN, CaptionSpeech(" "), no("text_empty"), CAPTIONER)
case(OPEN, CaptionSpeech("x" * 1001), no("text_too_long", limit=LINE_LIMIT, length=1001), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", "x" * 121), no("text_too_long", limit=NAME_LIMIT, length=121), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", language="zh-Hans"), ev.SpeechCaptioned("Hi.", language="zh-Hans"), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", language="en us"), no("bad_language", language="en us"), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", of_seat=3), no("no_such_seat", seat=3), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", of_seat=-1), no("no_such_seat", seat=-1), CAPTIONER)
FULL: tuple[Happened, ...] = (*OPEN, *[LINE] * LINES_LIMIT)
case(FULL, CaptionSpeech("Hi."), no("too_many_lines", limit=LINES_LIMIT), CAPTIONER)

SPEAKING: tuple[Happened, ...] = (*OPEN, ev.SpeakerGivenFloor(1))
"""Entry 4: the first speaker of the panel has the floor."""
case(SPEAKING, CaptionSpeech("Hi."), ev.SpeechCaptioned("Hi.", turn=4), CAPTIONER)
ENDED: tuple[Happened, ...] = (*SPEAKING, ev.TurnEnded(4))
case((*ENDED, 7_000, LINE), CaptionSpeech("Late."), ev.SpeechCaptioned("Late.", turn=4), CAPTIONER)
case((*ENDED, 10_000, LINE), CaptionSpeech("Too late."), ev.SpeechCaptioned("Too late."), CAPTIONER)
GONE: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4), ev.NotResponding(5))
case(GONE, CaptionSpeech("Ann?"), ev.SpeechCaptioned("Ann?"), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", "ANOTHER SPEAKER"), ev.SpeechCaptioned("Hi.", "ANOTHER SPEAKER", 2), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", "Somebody Else"), ev.SpeechCaptioned("Hi.", "Somebody Else"), CAPTIONER)
NAMED = ev.SpeechCaptioned("Good morning.", "Somebody Else", 1)
case((*OPEN, NAMED), CaptionSpeech("Hi.", "Somebody Else"), ev.SpeechCaptioned("Hi.", "Somebody Else", 1), CAPTIONER)
WRITTEN = CaptionSpeech("Hi.", "ANOTHER SPEAKER", 0, "en", 1500, 2500)
case(
    SPEAKING,
    WRITTEN,
    ev.SpeechCaptioned("Hi.", "ANOTHER SPEAKER", seat=0, turn=0, language="en", starts_ms=1500, ends_ms=2500),
    CAPTIONER,
)

# --- correcting -------------------------------------------------------------------------------------------------

SAID: tuple[Happened, ...] = (*SPEAKING, ev.SpeechCaptioned("Norms need a kipper.", turn=4))
"""Entry 5 is a line of the first speaker."""
KEEPER = CorrectSpeech(5, "Norms need a keeper.")
case(SAID, KEEPER, ev.SpeechCorrected(5, "Norms need a keeper."), CAPTIONER)
case(SAID, KEEPER, ev.SpeechCorrected(5, "Norms need a keeper."), PANELLIST)
case(SAID, KEEPER, no("not_yours"), OTHER_PANELLIST)
case(SAID, KEEPER, no("not_yours"), ANN)
case(SAID, CorrectSpeech(5, " Norms need a kipper. "), None, CAPTIONER)
case(SAID, CorrectSpeech(4, "x"), no("no_such_line", line=4), CAPTIONER)
case(SAID, CorrectSpeech(5, ""), no("text_empty"), CAPTIONER)
case(SAID, CorrectSpeech(5, "x" * 1001), no("text_too_long", limit=LINE_LIMIT, length=1001), CAPTIONER)
OUT: tuple[Happened, ...] = (*SAID, ev.SessionClosed(), ev.ReportPublished((ev.Sentence("Norms."),), upto=6))
case(OUT, KEEPER, no("published_already"), PANELLIST)
case(OUT, KEEPER, ev.SpeechCorrected(5, "Norms need a keeper."))
FROM_THE_ROOM: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4), ev.SpeechCaptioned("Why knot?", turn=5))
case(FROM_THE_ROOM, CorrectSpeech(6, "Why not?"), ev.SpeechCorrected(6, "Why not?"), ANN)
case(FROM_THE_ROOM, CorrectSpeech(6, "Why not?"), no("not_yours"), BEN)

# --- whom a name means ------------------------------------------------------------------------------------------

TWICE: tuple[Happened, ...] = (
    *OPEN,
    ev.SpeechCaptioned("One.", "THE CHAIR"),
    ev.SpeechCaptioned("Two.", "Somebody"),
    ev.SpeechCaptioned("Three.", "THE CHAIR"),
    ev.SpeechCaptioned("Four."),
)
case(TWICE, MatchSpeaker(4, 2), ev.SpeakerMatched((4, 6), 2))
case(TWICE, MatchSpeaker(7, 1), ev.SpeakerMatched((7,), 1))
case(TWICE, MatchSpeaker(4, 0), None)
case((*TWICE, ev.SpeakerMatched((4, 6), 2)), MatchSpeaker(6, 0), ev.SpeakerMatched((4, 6), 0))
case(TWICE, MatchSpeaker(3, 1), no("no_such_line", line=3))
case(TWICE, MatchSpeaker(4, 3), no("no_such_seat", seat=3))

# --- transcripts ------------------------------------------------------------------------------------------------

IMPORTED = ev.TranscriptImported("igf", DIGEST, 2, "1: *** (preamble)")
case(CLOSED, ImportTranscript("igf", DIGEST, 2, "1: *** (preamble)"), IMPORTED)
case((*CLOSED, IMPORTED), ImportTranscript("igf", DIGEST, 2, "1: *** (preamble)"), None)
case(PUBLISHED, ImportTranscript("igf", DIGEST, 2), no("not_open"))
LONG = UNPARSED_LIMIT + 1
case(CLOSED, ImportTranscript("igf", DIGEST, 2, "x" * LONG), no("text_too_long", limit=UNPARSED_LIMIT, length=LONG))
