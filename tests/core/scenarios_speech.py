"""What every command does, case by case: what is said."""

from __future__ import annotations

from functools import partial

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
    PlaceSpeech,
)

from .scenarios import CLOSED, DRAFT, PUBLISHED, Cases, no
from .story import ANN, BEN, OPEN, PANELLIST, T0, Happened, actor, hand

case = Cases()

CAPTIONER = Actor("p-captions", roles=frozenset({"captioner"}))
OTHER_PANELLIST = actor("other", seat=2)
LINE = ev.SpeechCaptioned("Norms need a keeper.")
live = partial(ev.SpeechCaptioned, live=True)
LIVE = live("Norms need a keeper.")
DIGEST = "0" * 64

# --- captioning -------------------------------------------------------------------------------------------------

case(PUBLISHED, CaptionSpeech("Hello."), no("not_open"), CAPTIONER)
case(DRAFT, CaptionSpeech("Hello."), no("not_open"), CAPTIONER)
case(OPEN, CaptionSpeech("  Norms need a keeper. "), LIVE, CAPTIONER)
case(OPEN, CaptionSpeech("Norms need a keeper.", transcript=True), LINE, CAPTIONER)
case(CLOSED, CaptionSpeech("Norms need a keeper."), LINE, CAPTIONER)
case(OPEN, CaptionSpeech(" "), no("text_empty"), CAPTIONER)
case(OPEN, CaptionSpeech("x" * 1001), no("text_too_long", limit=LINE_LIMIT, length=1001), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", "x" * 121), no("text_too_long", limit=NAME_LIMIT, length=121), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", language="zh-Hans"), live("Hi.", language="zh-Hans"), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", language="en us"), no("bad_language", language="en us"), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", of_seat=3), no("no_such_seat", seat=3), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", of_seat=-1), no("no_such_seat", seat=-1), CAPTIONER)
FULL: tuple[Happened, ...] = (*OPEN, *[LINE] * LINES_LIMIT)
case(FULL, CaptionSpeech("Hi."), no("too_many_lines", limit=LINES_LIMIT), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", "ANOTHER SPEAKER"), live("Hi.", "ANOTHER SPEAKER", 2), CAPTIONER)
case(OPEN, CaptionSpeech("Hi.", "Somebody Else"), live("Hi.", "Somebody Else"), CAPTIONER)
NAMED = ev.SpeechCaptioned("Good morning.", "Somebody Else", 1)
case((*OPEN, NAMED), CaptionSpeech("Hi.", "Somebody Else"), live("Hi.", "Somebody Else", 1), CAPTIONER)

# --- in which turn a live line was said ---

BEGUN: tuple[Happened, ...] = (*OPEN, 60_000, ev.SpeakerGivenFloor(1))
"""Entry 4: the first speaker of the panel has the floor."""
SPEAKING: tuple[Happened, ...] = (*BEGUN, 60_000, LINE)
"""Has had it for a minute."""
ENDED: tuple[Happened, ...] = (*SPEAKING, ev.TurnEnded(4))
case(SPEAKING, CaptionSpeech("Hi."), live("Hi.", turn=4), CAPTIONER)
case(BEGUN, CaptionSpeech("Thank you. Amara?"), live("Thank you. Amara?"), CAPTIONER)
case((*BEGUN, 4_000, LINE), CaptionSpeech("Hi."), live("Hi.", likely=4), CAPTIONER)
case(ENDED, CaptionSpeech("Late."), live("Late.", likely=4), CAPTIONER)
case((*ENDED, 5_000, LINE), CaptionSpeech("Thank you."), live("Thank you."), CAPTIONER)
case((*ENDED, 20_000, LINE), CaptionSpeech("Much later."), live("Much later."), CAPTIONER)

# A name decides, if its speaker had the floor at that time.
FIRST, SECOND = "A SPEAKER", "ANOTHER SPEAKER"
case(ENDED, CaptionSpeech("Late.", FIRST), live("Late.", FIRST, 1, turn=4), CAPTIONER)
case(SPEAKING, CaptionSpeech("No.", SECOND), live("No.", SECOND, 2), CAPTIONER)
case(SPEAKING, CaptionSpeech("Thanks.", "MODERATOR"), live("Thanks.", "MODERATOR"), CAPTIONER)
case(SPEAKING, CaptionSpeech("Hm.", "Somebody Else"), live("Hm.", "Somebody Else"), CAPTIONER)
AGAIN: tuple[Happened, ...] = (*ENDED, ev.SpeakerGivenFloor(1))
"""Entry 7: a second turn of the same speaker."""
case(AGAIN, CaptionSpeech("Also.", FIRST), live("Also.", FIRST, 1, likely=4), CAPTIONER)
ASKING: tuple[Happened, ...] = (*ENDED, hand(ANN), ev.FloorGiven(7))
"""Entry 8: a turn from the queue, right after that of the panel."""
case(ASKING, CaptionSpeech("Hi."), live("Hi.", likely=4), CAPTIONER)
case(ASKING, CaptionSpeech("Hi.", FIRST), live("Hi.", FIRST, 1, turn=4), CAPTIONER)
case(ASKING, CaptionSpeech("Hi.", "Ann"), live("Hi.", "Ann", likely=8), CAPTIONER)
case((*ASKING, 60_000, LINE), CaptionSpeech("Hi.", "Ann"), live("Hi.", "Ann", turn=8), CAPTIONER)
case((*ASKING, 60_000, LINE), CaptionSpeech("Hi.", "THE CHAIR"), live("Hi.", "THE CHAIR"), CAPTIONER)

# A point of order interrupts a turn, which then goes on.
POINT: tuple[Happened, ...] = (
    *OPEN, hand(ANN), ev.FloorGiven(4), 60_000, hand(BEN, "point_of_order"), ev.FloorGiven(6), 60_000, ev.TurnEnded(7),
)  # fmt: skip
case((*POINT, 6_000, LINE), CaptionSpeech("So."), live("So.", likely=5), CAPTIONER)
case((*POINT, 1_000, LINE), CaptionSpeech("So."), live("So.", likely=7), CAPTIONER)
case((*POINT, 20_000, LINE), CaptionSpeech("So."), live("So.", turn=5), CAPTIONER)

# The time that a captioning program states.
case(ENDED, CaptionSpeech("Late.", said_at=T0 + 70_000), live("Late.", turn=4), CAPTIONER)
case(ENDED, CaptionSpeech("Early.", said_at=T0 + 30_000), live("Early."), CAPTIONER)
case(ENDED, CaptionSpeech("No.", SECOND, said_at=T0 + 70_000), live("No.", SECOND, 2), CAPTIONER)
case(ENDED, CaptionSpeech("Ahead.", said_at=T0 + 900_000), live("Ahead.", likely=4), CAPTIONER)
case((*ENDED, 700_000, LINE), CaptionSpeech("Old.", said_at=T0 + 70_000), live("Old."), CAPTIONER)

case(ENDED, CaptionSpeech("Delayed.", captioned_at=T0 + 80_000), live("Delayed.", turn=4), CAPTIONER)
case(ENDED, CaptionSpeech("Delayed.", captioned_at=T0 + 70_000), live("Delayed.", likely=4), CAPTIONER)
case((*ENDED, 700_000, LINE), CaptionSpeech("Old.", captioned_at=T0 + 80_000), live("Old."), CAPTIONER)

# Whoever did not respond said nothing.
CALLED: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4), 20_000, LINE)
GONE: tuple[Happened, ...] = (*CALLED, ev.NotResponding(5))
case(CALLED, CaptionSpeech("Ann?"), live("Ann?", turn=5), CAPTIONER)
case(GONE, CaptionSpeech("Ann?"), live("Ann?"), CAPTIONER)

WRITTEN = CaptionSpeech("Hi.", SECOND, 0, "en", 1500, 2500)
KEPT = ev.SpeechCaptioned("Hi.", SECOND, seat=0, turn=0, language="en", starts_ms=1500, ends_ms=2500)
case(SPEAKING, WRITTEN, KEPT, CAPTIONER)

# --- stating the turn of a line ---

DOUBTFUL: tuple[Happened, ...] = (*ENDED, live("Late.", likely=4))
"""Entry 7 is likely of the turn of entry 4."""
case(DOUBTFUL, PlaceSpeech(7, 4), ev.SpeechPlaced(7, 4), CAPTIONER)
case((*DOUBTFUL, ev.SpeechPlaced(7, 4)), PlaceSpeech(7, 4), None)
case(DOUBTFUL, PlaceSpeech(6, 4), no("no_such_line", line=6))
case(DOUBTFUL, PlaceSpeech(7, 6), no("no_such_turn", turn=6))
case(GONE, PlaceSpeech(6, 5), no("nothing_said_in_turn"))

# --- correcting -------------------------------------------------------------------------------------------------

SAID: tuple[Happened, ...] = (*OPEN, ev.SpeakerGivenFloor(1), ev.SpeechCaptioned("Norms need a kipper.", turn=4))
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
