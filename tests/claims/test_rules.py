"""What each rule finds in a sentence."""

from __future__ import annotations

from functools import cache

import pytest
from benchmarks.claims.session import made
from msgspec.structs import replace

from acquis.claims.checking import check
from acquis.claims.facts import Facts, facts
from acquis.claims.lexicon import lexicon, value_of
from acquis.claims.verdicts import RULES, VALUES, ClaimVerdict

AGREED, OPPOSED, ONE_GROUP_LESS, ALL, ONE_AGAINST, DIVIDED = range(6)
"""How the first six statements of the session were voted on."""


@cache
def known() -> Facts:
    return facts(made().state)


def found(text: str, *cites: int) -> list[tuple[str, str]]:
    return [(verdict.rule, verdict.outcome) for verdict in verdicts(text, *cites)]


def verdicts(text: str, *cites: int) -> tuple[ClaimVerdict, ...]:
    return check(text, cites, known())


def statement(number: int) -> int:
    return made().statements[number]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("70 % agreed.", AGREED, ("share", "holds")),
        ("07 % agreed.", AGREED, ("share", "fails")),
        ("More than two thirds agreed.", AGREED, ("share", "holds")),
        ("Three quarters disagreed.", AGREED, ("share", "fails")),
        ("About 70 per cent were in favour.", AGREED, ("share", "holds")),
        ("At least 71 % of all people who joined agreed.", AGREED, ("share", "fails")),
        ("62 % of the government voters agreed.", AGREED, ("share", "holds")),
        ("109 of 156 voters agreed.", AGREED, ("count", "holds")),
        ("One person disagreed.", ONE_AGAINST, ("count", "holds")),
        ("The room agreed.", AGREED, ("direction", "holds")),
        ("The room agreed.", OPPOSED, ("direction", "fails")),
        ("The room did not agree.", OPPOSED, ("direction", "holds")),
        ("Opinions were divided.", DIVIDED, ("direction", "holds")),
        ("Opinions were divided.", ALL, ("direction", "fails")),
        ("Everybody agreed.", ALL, ("quantifier", "holds")),
        ("Everybody agreed.", ONE_AGAINST, ("quantifier", "fails")),
        ("Nobody disagreed.", ONE_AGAINST, ("quantifier", "fails")),
        ("Most voters disagreed.", OPPOSED, ("quantifier", "holds")),
        ("Every group agreed.", ALL, ("groups", "holds")),
        ("Every group agreed.", ONE_GROUP_LESS, ("groups", "fails")),
        ("Civil society and the private sector agreed.", ONE_GROUP_LESS, ("groups", "holds")),
        ("Government and civil society agreed.", ONE_GROUP_LESS, ("groups", "fails")),
    ],
)
def test_claims_about_votes(text: str, number: int, expected: tuple[str, str]) -> None:
    assert expected in found(text, statement(number))


def test_a_verdict_says_what_the_record_has_and_where() -> None:
    (verdict,) = verdicts("26 % agreed.", statement(AGREED))
    assert (verdict.words, verdict.value, verdict.entries) == ("26 %", "votes", (statement(AGREED),))
    assert verdict.facts == {"group": "", "agree": 109, "disagree": 36, "passes": 11}


def test_a_number_without_a_vote_cannot_be_decided() -> None:
    assert found("62 % of the schools have a line.") == [("share", "open")]


@pytest.mark.parametrize("text", ["Nobody agrees yet on who pays.", "There is no consensus on how long it takes."])
def test_agreement_on_a_question_is_decided_by_no_vote(text: str) -> None:
    assert {outcome for _, outcome in found(text, statement(AGREED))} <= {"open"}


def test_the_words_of_a_statement_make_no_claim() -> None:
    assert found("Every school should have a connection of its own by 2030.", statement(AGREED)) == []


def test_a_statement_is_recognized_by_its_words_without_a_citation() -> None:
    assert found("The room rejected that devices that are given to pupils must be repairable.") == [
        ("direction", "holds")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Okafor said that rural masts need licences that last ten years.", ("speaker", "holds")),
        ("Silva said that rural masts need licences that last ten years.", ("speaker", "fails")),
        ("Ada Okafor (Ministry of Tides) spoke.", ("body", "holds")),
        ("Ada Okafor of Coast University spoke.", ("body", "fails")),
        ("“Trust is built in the classroom”, one speaker said.", ("quotation", "holds")),
        ("“Trust is built in the courtroom”, one speaker said.", ("quotation", "fails")),
        ("Only Government and Civil Society asked questions.", ("askers", "fails")),
        ("The Harbour Foundation has trained two hundred teachers in repair.", ("commitment", "holds")),
        ("The Ministry of Tides has published a map of unconnected schools.", ("commitment", "fails")),
        ("It was decided that every school should have a connection of its own by 2030.", ("decision", "fails")),
        ("The session took place on 14 November 2023.", ("date", "holds")),
        ("The session took place on 31 November 2023.", ("date", "fails")),
        ("Paragraph 13 of A/RES/70/237 was named.", ("paragraph", "holds")),
        ("Paragraph 31 of A/RES/70/237 was named.", ("paragraph", "fails")),
        ("The question “Who pays for the repair of broken antennas?” was answered.", ("answer", "holds")),
        ("The question “How many villages are still without electricity?” was answered.", ("answer", "fails")),
        ("Every question was answered.", ("answer", "fails")),
        ("All the questions that were asked received an answer.", ("answer", "fails")),
        ("The panel answered all questions.", ("answer", "fails")),
        ("No question remained open.", ("answer", "fails")),
        ("None of the questions was left without an answer.", ("answer", "fails")),
        ("There were no unanswered questions left.", ("answer", "fails")),
        ("No question was answered.", ("answer", "fails")),
        ("Not every question was answered.", ("answer", "holds")),
        ("Some questions remained unanswered.", ("answer", "holds")),
        ("A total of 16 questions were asked.", ("count", "holds")),
        ("A total of 61 questions were asked.", ("count", "fails")),
        ("The session answered 40 questions.", ("count", "fails")),
        ("The session answered 8 of the 16 questions.", ("count", "holds")),
        ("The session answered eight of its questions.", ("count", "holds")),
        ("The panel answered 4 questions in writing.", ("count", "holds")),
        ("The panel answered 8 questions in writing.", ("count", "fails")),
        ("Participants asked 16 questions.", ("count", "holds")),
        ("There were 61 questions.", ("count", "fails")),
        ("The session voted on 42 statements.", ("count", "fails")),
        ("The session had 200 participants.", ("count", "holds")),
    ],
)
def test_claims_about_people_words_and_outcomes(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


def test_a_symbol_that_is_not_in_the_evidence_does_not_hold() -> None:
    cites = made().statements[19]
    assert found("A/RES/70/237 was named.", cites) == [("symbol", "holds")]
    assert found("A/RES/70/273 was named.", cites) == [("symbol", "fails")]


@pytest.mark.parametrize(
    "text",
    [
        "In 2015 a first report set the scene.",
        "All connections need care.",
        "No group of five or more voters was left out.",
        "One in 6 schools has no line.",
    ],
)
def test_prose_is_left_alone(text: str) -> None:
    assert "fails" not in {outcome for _, outcome in found(text, statement(AGREED))}


@pytest.mark.parametrize(
    ("written", "value"), [("twenty-four", 24), ("1,200", 1200), ("two hundred and five", 205), ("10.5", 10.5)]
)
def test_numbers_in_words_and_digits(written: str, value: float) -> None:
    assert value_of(lexicon(), written) == value


def test_every_rule_and_value_of_a_verdict_is_in_words() -> None:
    texts = ["70 % agreed.", "The room agreed.", "Silva said that rural masts need licences that last ten years."]
    for verdict in (verdict for text in texts for verdict in verdicts(text, statement(AGREED))):
        assert verdict.rule in RULES
        assert verdict.value in VALUES


@pytest.mark.parametrize(
    ("fate", "extra", "text", "outcome"),
    [
        ("answered_live", 0, "Every question was answered.", "holds"),
        ("answered_live", 0, "No question remained open.", "holds"),
        ("answered_live", 0, "Not all questions were answered.", "fails"),
        ("answered_live", 0, "None of the questions was answered.", "fails"),
        ("answered_live", 0, "All questions were answered in writing.", "fails"),
        ("answered_in_writing", 0, "All questions were answered in writing.", "holds"),
        ("answered_live", 1, "Every question was answered.", "open"),
        ("not_reached", 0, "None of the questions was answered.", "holds"),
    ],
)
def test_claims_about_all_questions(fate: str, extra: int, text: str, outcome: str) -> None:
    """`extra`: questions that are not public, of which a sentence about all of them may tell, too."""
    asked = {seq: replace(p, fate=fate) if p.kind == "question" else p for seq, p in known().pieces.items()}
    number = sum(piece.kind == "question" for piece in asked.values())
    told = check(text, (), replace(known(), pieces=asked, asked=number + extra))
    assert [(verdict.rule, verdict.outcome) for verdict in told] == [("answer", outcome)]


@pytest.mark.parametrize(
    "text",
    [
        "Almost every question was answered.",
        "All but two questions were answered.",
        "All questions about the price of spectrum were answered.",
        "The panel answered all questions about the price of spectrum.",
        "Every question from Government was answered.",
    ],
)
def test_a_claim_about_some_questions_is_none_about_all(text: str) -> None:
    assert "answers" not in [verdict.value for verdict in verdicts(text)]
