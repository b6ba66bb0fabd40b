"""Where the verdicts are shown: in every document, from the public log alone; and what they do not show."""

from __future__ import annotations

import msgspec
from tests.report.story import AGREED, CONTESTED, Recorded, erased, outside, published, session

from acquis import events as ev
from acquis.claims.checking import check, check_parts
from acquis.claims.facts import facts
from acquis.claims.verdicts import outcome_of
from acquis.claims.wording import check_line, said_verdicts
from acquis.documents.formats import files
from acquis.documents.view import report_view
from acquis.state.drafting import parts_of

WHY = "The chair heard no objection in the room."
WRONG = ev.Sentence("Everybody agreed that norms need a body that follows up.", (AGREED,), reason=WHY)
RIGHT = ev.Sentence("83 % agreed that norms need a body that follows up.", (AGREED,))


def reported() -> Recorded:
    return published(session(), WRONG, RIGHT)


def test_every_document_says_what_the_record_says() -> None:
    record = files(reported().entries, state=reported().state)
    for name in ("report.md", "report.html"):
        text = record[name].decode()
        assert "Does not agree with the record: “Everybody”" in text, name
        assert "10 agree, 2 disagree, 0 pass" in text, name
        assert "Agrees with the record: “83 %”" in text, name
        assert f"Reason for publishing it: {WHY}" in text, name
    verdicts = msgspec.json.decode(record["report.json"])["verdicts"]["takeaways"]
    assert [verdict["outcome"] for sentence in verdicts for verdict in sentence] == ["fails", "holds"]


def test_the_public_log_gives_the_same_verdicts() -> None:
    whole, public = reported(), outside(reported())
    assert report_view(public.state, public.head).verdicts == report_view(whole.state, whole.head).verdicts


def test_what_was_erased_is_compared_no_more() -> None:
    body = reported().state.reports[0].body
    gone = erased(reported(), AGREED).state
    known = facts(gone)
    assert all("body that follows up" not in text for piece in known.pieces.values() for text in piece.texts)
    (wrong, _) = check_parts(parts_of(body), facts(gone, body.figures))["takeaways"]
    assert outcome_of(wrong) != "fails"


def test_under_the_rule_the_record_says_of_nobody_who_said_it() -> None:
    state = session().state
    programme = msgspec.structs.replace(state.programme, settings=msgspec.structs.replace(state.settings, chatham=True))
    ruled = msgspec.structs.replace(state, programme=programme, settings=programme.settings)
    known = facts(ruled)
    assert not known.people
    assert not known.names
    assert {(piece.who, piece.group, piece.lane) for piece in known.pieces.values()} == {("", "", "")}
    assert check("Ada Example of the Nowhere Institute asked.", (CONTESTED,), known) == ()


def test_what_does_not_agree_comes_first_with_what_the_record_has() -> None:
    verdicts = check(f"{RIGHT.text} {WRONG.text}", (AGREED,), facts(session().state))
    said = said_verdicts("en", verdicts)
    assert [verdict.outcome for verdict in said] == ["fails", "holds"]
    assert said[0].entries == (AGREED,)
    assert check_line(said).startswith("Does not agree with the record: “Everybody”. Votes on the statement: 10 agree")


def test_a_sentence_of_which_one_claim_is_open_is_checked_in_part() -> None:
    text = "83 % agreed that norms need a body that follows up, as A/RES/70/237 does."
    verdicts = check(text, (AGREED,), facts(session().state))
    assert outcome_of(verdicts) == "half"
    said = said_verdicts("en", verdicts)
    assert [verdict.outcome for verdict in said] == ["half", "holds", "open"]
    assert said[0].value == "What the record decides: 1 of 2."
    assert check_line(said).startswith("Checked in part. Agrees with the record: “83 %”.")
    whole = published(session(), ev.Sentence(text, (AGREED,)), RIGHT)
    record = files(whole.entries, state=whole.state)
    for name in ("report.md", "report.html"):
        assert record[name].decode().count("Checked in part.") == 1, name
