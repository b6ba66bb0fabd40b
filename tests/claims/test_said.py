"""What is told of a speaker, of a commitment and of those who joined: right and wrong sentences."""

from __future__ import annotations

import pytest
from benchmarks.claims import meadow

from acquis.claims.checking import check
from acquis.claims.facts import facts


def outcomes(cites: str, text: str) -> set[str]:
    """The rules and outcomes of a text that cites these entries."""
    session = meadow.made()
    entries = tuple(session.entries[name] for name in cites.split())
    return {f"{verdict.rule} {verdict.outcome}" for verdict in check(text, entries, facts(session.state))}


@pytest.mark.parametrize(
    ("cites", "right", "wrong", "rule"),
    [
        # What was said, told with the opposite.
        (
            "t8",
            "The grid serves 2.6 million households.",
            "The grid does not serve 2.6 million households.",
            "direction",
        ),
        ("t6", "Ostrel opposes votes of stakeholders.", "Ostrel does not oppose votes of stakeholders.", "direction"),
        (
            "l6",
            "States should hold the pen, as they sign.",
            "States should not hold the pen, as they sign.",
            "direction",
        ),
        # What was announced or called for, told as done or as promised.
        (
            "t6",
            "Ostrel will send an expert to the first plenary on 8 March 2027.",
            "Ostrel sent an expert to the first plenary on 8 March 2027.",
            "decision",
        ),
        (
            "t2",
            "The group asks delegations to publish their positions on paragraph 13 of A/RES/76/19.",
            "Delegations have published their positions on paragraph 13 of A/RES/76/19.",
            "decision",
        ),
        (
            "t2",
            "The call on delegations to publish their positions on paragraph 13 of A/RES/76/19 is welcome.",
            "The commitment of delegations to publish their positions on paragraph 13 of A/RES/76/19 is welcome.",
            "decision",
        ),
        # Work that has begun, or that has not.
        (
            "c1",
            "Lockridge Software has begun to open a reporting page in six languages.",
            "Lockridge Software has not begun to open a reporting page in six languages.",
            "commitment",
        ),
        (
            "c0",
            "The Ministry of Foreign Affairs of Velmark has not begun to publish a guide for points of contact.",
            "The Ministry of Foreign Affairs of Velmark is at work on a guide for points of contact.",
            "commitment",
        ),
        # Unanimity in other words.
        (
            "s2/s7",
            "Whoever voted on the attack on a hospital in peacetime voted yes.",
            "Whoever voted on testing the directory twice a year voted yes.",
            "quantifier",
        ),
        (
            "s7",
            "Testing the directory twice a year was supported by all voters but two.",
            "Testing the directory twice a year was supported by all voters but one who passed.",
            "quantifier",
        ),
        (
            "s2/s7",
            "As regards attacks on a hospital in peacetime, one looks in vain for a no.",
            "As regards testing the directory twice a year, one looks in vain for a no.",
            "quantifier",
        ),
        # A figure in the place of another.
        (
            "t5",
            "Of 57 states, twenty-two have never explained how they apply the norms.",
            "Of 57 states, thirty-two have never explained how they apply the norms.",
            "count",
        ),
        ("t2", "It put the attacks on hospitals at 64.", "It put the attacks on hospitals at 46.", "count"),
        (
            "t4",
            "More than four hundred incidents were handled by the team in 2025.",
            "More than five hundred incidents were handled by the team in 2025.",
            "count",
        ),
        (
            "t9",
            "Seven of the twelve islands have a response team.",
            "Seven of the twelve islands have no response team.",
            "count",
        ),
        # Symbols that are exchanged between two speakers; paragraphs in words.
        (
            "t1 t2",
            "Ms Castellane cited A/79/214, and Mr Renquist A/RES/76/19.",
            "Ms Castellane cited A/RES/76/19, and Mr Renquist A/79/214.",
            "speaker",
        ),
        (
            "t4 t7",
            "A/76/135 was named by Mr Belcourt and A/80/257 by Ms Harrowgate.",
            "A/80/257 was named by Mr Belcourt and A/76/135 by Ms Harrowgate.",
            "speaker",
        ),
        (
            "t7",
            "Paragraph twenty-one of A/80/257 welcomes the fellowship.",
            "Paragraph twelve of A/80/257 welcomes the fellowship.",
            "paragraph",
        ),
        (
            "t5",
            "The fourth operative paragraph of A/RES/78/237 invites such explanations.",
            "The fifth operative paragraph of A/RES/78/237 invites such explanations.",
            "paragraph",
        ),
        # A month in part, and who speaks for a body.
        (
            "c1",
            "The reporting page of Lockridge Software is promised for mid-February 2027.",
            "The reporting page of Lockridge Software is promised for mid-March 2027.",
            "date",
        ),
        (
            "t3",
            "Lockridge receives 1,300 reports of flaws a year, said the speaker of Lockridge Software.",
            "Lockridge receives 1,300 reports of flaws a year, said the speaker of Peacetime Watch.",
            "body",
        ),
        # A tie as one number, results that may stand in either order, and a share of those who joined.
        (
            "s8",
            "A treaty before 2030 had 59 votes on each side.",
            "A treaty before 2030 had 95 votes on each side.",
            "count",
        ),
        (
            "s8",
            "In academia the treaty before 2030 won by ten votes to five.",
            "In academia the treaty before 2030 lost by ten votes to five.",
            "count",
        ),
        (
            "s3",
            "To the stakeholder seat, governments gave nine of their 35 votes.",
            "To the stakeholder seat, governments gave 22 of their 35 votes.",
            "count",
        ),
        (
            "s2",
            "All who voted agreed that no state should attack a hospital through its network in peacetime.",
            "All who joined agreed that no state should attack a hospital through its network in peacetime.",
            "quantifier",
        ),
        (
            "s5",
            "Of the 150 people in the session, 56 per cent voted for the thirty-day rule.",
            "Of the 150 people in the session, 70 per cent voted for the thirty-day rule.",
            "share",
        ),
        # Who joined.
        ("", "Academia joined the session with 16 people.", "Academia joined the session with 22 people.", "count"),
        (
            "",
            "The largest group among those who joined was civil society.",
            "The largest group among those who joined was the governments.",
            "count",
        ),
        ("", "Academia was the smallest group.", "The private sector was the smallest group.", "count"),
    ],
)
def test_the_right_sentence_is_left_alone_and_the_wrong_one_is_found(
    cites: str, right: str, wrong: str, rule: str
) -> None:
    """`cites`: the entries of both sentences, or of the right one and, behind a slash, of the wrong one."""
    of_right, _, of_wrong = cites.partition("/")
    assert not {said for said in outcomes(of_right, right) if said.endswith("fails")}, right
    assert f"{rule} fails" in outcomes(of_wrong or of_right, wrong), wrong
