"""Who was heard, in sentences, in the line for the chair and in a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import msgspec
import pytest

from acquis import events as ev
from acquis.documents.heard_chart import heard_picture
from acquis.i18n import PSEUDO
from acquis.statistics import concentration
from acquis.statistics.concentration import (
    dimension_sentences,
    entropy_sentence,
    gini,
    gini_sentence,
    live_sentence,
    row_name,
    row_sentence,
)
from acquis.statistics.heard import MERGED, Live, account, live

from .builder import SECOND, SessionBuilder, rows, story

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(name="builder")
def a_built_session() -> SessionBuilder:
    return story()


def test_the_figures_are_said_in_a_sentence(builder: SessionBuilder) -> None:
    by_group = account(builder.state, builder.at).dimensions[1]
    # Two groups can be shown, with 150 and 30 s: 120 s = 2 minutes apart; gini 120 / (2 * 180) = 0.33 of at most 0.50.
    assert gini_sentence("en", by_group) == (
        "The two groups differ by 2.0 min of speaking time. "
        "Gini coefficient: 0.33 (0: the same time for each group, 0.50: all time for one group)."
    )
    # 5/6 and 1/6: 0.1519 + 0.2986 = 0.4506 nats; e^0.4506 = 1.57 groups; 0.4506 / ln 2 = 0.65.
    assert entropy_sentence("en", by_group) == (
        "Groups: 2. Speaking time was spread as if this many had shared it equally: 1.6. "
        "Normalized entropy: 0.65 (1 means equal time, 0 means all time for one group)."
    )
    assert dimension_sentences("en", by_group) == [gini_sentence("en", by_group), entropy_sentence("en", by_group)]


def test_a_group_that_was_there_and_silent_counts(builder: SessionBuilder) -> None:
    builder.join(5, "online", "Technical Community")
    builder.join(1, "room", "")  # five who did not say, so that nobody is merged with them
    times = concentration.spoken_times(account(builder.state, builder.at).dimensions[1])
    assert sorted(times) == [20_000, 30_000, 150_000]  # 2 + 5 = 7 people: it can be shown now
    said = gini_sentence("en", account(builder.state, builder.at).dimensions[1])
    assert said.startswith("Groups: 3. On average, two of them differ by 1.4 min")  # 130, 120 and 10 s: 86.7 on average
    silent = SessionBuilder()
    silent.join(5, "room", "Government")
    silent.join(5, "online", "Civil Society")
    silent.speak("p-a", 60, "room", "Government")
    assert gini(concentration.spoken_times(account(silent.state, silent.at).dimensions[1])) == 0.5


def test_share_against_presence_is_said(builder: SessionBuilder) -> None:
    found = account(builder.state, builder.at)
    # 150 of 200 s, 6 of 20 people.
    assert row_sentence("en", rows(found, "stakeholder")["Government"], found.everybody) == (
        "Government: 75% of speaking time, 30% of participants"
    )
    assert row_name("en", rows(found, "stakeholder")[MERGED]) == "not stated, or fewer than 5 people"


def test_the_line_for_the_chair(builder: SessionBuilder) -> None:
    # Online three of five hands and 50 of 200 s: 35 points. So far is the room, and governments with 2 hands and 150 s.
    assert live(builder.state, builder.at) == Live("lane", "online", 3, 5, 50_000, 200_000)
    assert (
        live_sentence("en", live(builder.state, builder.at)) == "Online: 60% of requests to speak, 25% of speaking time"
    )


def test_the_line_for_the_chair_is_of_the_group_that_fares_most_unlike_its_hands(builder: SessionBuilder) -> None:
    builder.speak("p-a", 200, "online", "Government")
    # Of 400 s and 6 hands. Online: 250 s, 4 hands: 62.5 against 66.7 %. Governments: 350 s, 3 hands: 87.5 against 50 %.
    # Civil society: 30 s, 2 hands: 7.5 against 33.3 %.
    assert live(builder.state, builder.at) == Live("stakeholder", "Government", 3, 6, 350_000, 400_000)
    assert (
        live_sentence("en", live(builder.state, builder.at))
        == "Government: 50% of requests to speak, 88% of speaking time"
    )


def test_the_line_for_the_chair_counts_a_turn_that_runs(builder: SessionBuilder) -> None:
    builder.add(ev.FloorGiven(builder.add(ev.HandRaised("turn", lane="online", stakeholder="Civil Society"), "p-d")))
    # After 600 s civil society has 630 of 800 s, 79 % after three of six hands: 29 points. Online 650 s, 81 % after
    # four of six: 15. Governments 150 s, 19 % after two of six: 15.
    assert live(builder.state, builder.at + 600 * SECOND) == Live(
        "stakeholder", "Civil Society", 3, 6, 630_000, 800_000
    )


def test_the_line_for_the_chair_tells_no_group_of_a_session_under_the_rule(builder: SessionBuilder) -> None:
    builder.state.settings = msgspec.structs.replace(builder.state.settings, chatham=True)
    builder.speak("p-a", 200, "online", "Government")
    found = live(builder.state, builder.at)
    assert found is not None
    assert (found.dimension, found.group) == ("lane", "online")


def test_the_line_for_the_chair_before_anybody_spoke_and_with_few_people() -> None:
    builder = SessionBuilder()
    builder.join(5, "online", "")
    builder.join(4, "room", "")
    builder.add(ev.HandRaised("turn", lane="online"), "p-a")
    assert live(builder.state, builder.at) is None  # four in the room could be told apart
    builder.join(1, "room", "")
    assert (
        live_sentence("en", live(builder.state, builder.at))
        == "Online: 100% of requests to speak. No one has had the floor yet."
    )


@pytest.mark.parametrize("rtl", [False, True])
def test_the_picture_shows_both_shares_of_every_row(builder: SessionBuilder, rtl: bool) -> None:
    found = account(builder.state, builder.at)
    picture = ET.fromstring(heard_picture(found, "en", rtl=rtl))
    wide = [float(bar.get("width", "")) for bar in picture.iter(f"{SVG}rect")]
    # 624 pixels are the whole; room 75 and 50 %, online 25 and 50 % are in the order of their names.
    assert wide[:4] == pytest.approx([156, 312, 468, 312], abs=0.1)
    assert len(wide) == 2 * sum(len(one.rows) for one in found.dimensions)
    for bar in picture.iter(f"{SVG}rect"):
        assert float(bar.get("x", "")) >= 8
        assert float(bar.get("x", "")) + float(bar.get("width", "")) <= 632.1
    written = " ".join(text.text or "" for text in picture.iter(f"{SVG}text"))
    assert "Government: 75% of speaking time, 30% of participants" in written
    assert float(picture.get("height", "")) > max(float(text.get("y", "")) for text in picture.iter(f"{SVG}text"))


def test_the_picture_has_a_title_and_is_read_aloud_and_told_apart_without_colour(builder: SessionBuilder) -> None:
    picture = ET.fromstring(heard_picture(account(builder.state, builder.at), "en"))
    assert picture.findtext(f"{SVG}title") == "Who was heard: speaking time and attendance"
    aloud = picture.findtext(f"{SVG}desc") or ""
    assert "room: 75% of speaking time, 50% of participants" in aloud
    assert "Civil Society: 15% of speaking time, 40% of participants" in aloud
    striped = [path for path in picture.iter(f"{SVG}path") if path.get("class") == "om-hatch"]
    assert len(striped) == 5  # every lower bar, and no upper one


def test_a_group_named_with_signs_of_xml_does_not_break_the_picture() -> None:
    builder = SessionBuilder()
    builder.join(5, "room", "R&D <labs>")
    builder.speak("p-a", 10, "room", "R&D <labs>")
    assert "R&amp;D &lt;labs&gt;" in heard_picture(account(builder.state, builder.at), "en")


def test_every_word_can_be_translated(builder: SessionBuilder) -> None:
    found = account(builder.state, builder.at)
    said = [
        gini_sentence(PSEUDO, found.dimensions[1]),
        entropy_sentence(PSEUDO, found.dimensions[1]),
        *dimension_sentences(PSEUDO, found.dimensions[3]),
        live_sentence(PSEUDO, live(builder.state, builder.at)),
        row_sentence(PSEUDO, rows(found, "stakeholder")["Government"], found.everybody),
        row_name(PSEUDO, rows(found, "stakeholder")[MERGED]),
    ]
    assert [line for line in said if not line.startswith("[")] == []
