"""The synthesis of a gathering: the sums of its sessions."""

from __future__ import annotations

import csv
import io

from acquis.board.cards import Card
from acquis.board.gatherings import Gathering
from acquis.board.synthesis import gathering_synthesis
from acquis.board.synthesis_files import SYNTHESIS_FORMS, synthesis_csv
from acquis.contributions.synthesis import OutcomeCount, Synthesis, TopicCount
from acquis.messages.drafts import DraftParagraph
from acquis.plan.dates import instant


def card(id: str, *topics: TopicCount, rehearsal: bool = False) -> Card:
    kinds = (OutcomeCount("question", "", 3, {"taken_up": 2, "not_used": 1}),)
    groups = (OutcomeCount(None, "Government", 3, {"taken_up": 2, "not_used": 1}),)
    draft = (DraftParagraph(7, 1, "adopted", amendments={"incorporated": 1}),)
    made = Synthesis(kinds, groups, topics=topics)
    return Card(id, 9, "", title=f"Session {id}", phase="closed", rehearsal=rehearsal, synthesis=made, draft=draft)


NORM = TopicCount("norm-j", 2, {"question": 2}, {"taken_up": 2}, ("Government",))
NONE = TopicCount("", 1, {"question": 1}, {"not_used": 1})
OTHER = TopicCount("norm-j", 1, {"question": 1}, {"not_used": 1}, ("Civil Society",))
REHEARSED = card("c", NORM, rehearsal=True)


def test_the_sessions_of_a_gathering_are_added_up_without_its_rehearsals() -> None:
    made = gathering_synthesis(Gathering("g", "G", (card("a", NORM, NONE), card("b", OTHER), REHEARSED)), 0)
    assert [(count.kind, count.of, count.outcomes) for count in made.kinds] == [
        ("question", 6, {"taken_up": 4, "not_used": 2})
    ]
    assert [(count.stakeholder, count.of) for count in made.groups] == [("Government", 6)]
    first, last = made.topics
    assert (first.count.item, first.count.inputs, first.sessions) == ("norm-j", 3, ("a", "b"))
    assert first.count.groups == ("Civil Society", "Government")
    assert first.count.outcomes == {"taken_up": 2, "not_used": 1}
    assert (last.count.item, last.sessions) == ("", ("a",))
    assert [(share.session, share.inputs) for share in made.sessions] == [("a", 3), ("b", 3)]


def test_where_all_are_rehearsals_they_are_counted_and_it_is_said() -> None:
    made = gathering_synthesis(Gathering("g", "G", (REHEARSED,)), 0)
    assert made.rehearsal
    assert [share.session for share in made.sessions] == ["c"]


def test_every_form_of_it_can_be_made() -> None:
    made = gathering_synthesis(Gathering("g", "G", (card("a", NORM, NONE),)), 0)
    files = {form.ending: form.write(made, "en", "https://x.example/g", instant(0)) for form in SYNTHESIS_FORMS}
    assert b"Report vulnerabilities" in files["md"]
    assert b"<script" not in files["html"]
    assert files["docx"].startswith(b"PK")
    rows = list(csv.DictReader(io.StringIO(synthesis_csv(made).decode("utf-8-sig"))))
    assert [(row["item"], row["outcomes"]) for row in rows] == [("norm-j", "taken_up:2"), ("", "not_used:1")]
