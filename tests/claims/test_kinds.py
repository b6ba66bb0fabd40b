"""What the sets of authors who did not know the rules taught: one or two sentences of each kind."""

from __future__ import annotations

import pytest
from benchmarks.claims import delta, harbour, orchard

from acquis.claims.checking import check
from acquis.claims.facts import facts
from acquis.claims.lexicon import fraction_of, lexicon

SESSIONS = {"harbour": harbour.made, "orchard": orchard.made, "delta": delta.made}


@pytest.mark.parametrize(
    ("session", "cites", "text", "expected"),
    [
        ("harbour", "s8", "Convergence emerged around decision-making by majority vote.", "quantifier fails"),
        ("harbour", "s3", "Academia was evenly divided on a new legally binding treaty.", "groups holds"),
        ("harbour", "s3", "By a slim margin, the room was for a new legally binding treaty.", "direction holds"),
        (
            "harbour",
            "s1",
            "The unanimous view was that the directory should not list technical contacts.",
            "quantifier fails",
        ),
        ("harbour", "s5", "On secret vulnerabilities Government stood alone.", "groups holds"),
        ("harbour", "s2", "All but two of the voters were for the protection of researchers.", "quantifier fails"),
        ("harbour", "s2", "In five of the six groups nobody opposed the protection of researchers.", "groups holds"),
        ("harbour", "s7", "Outside Government, each group was for it.", "groups holds"),
        (
            "harbour",
            "s4",
            "Among the 22 people from the private sector who joined, 68 per cent disagreed.",
            "share fails",
        ),
        (
            "harbour",
            "s3",
            "Seven in ten of those who took a side were for a new legally binding treaty.",
            "share fails",
        ),
        ("harbour", "t7", "Orlanda will host the regional centre from 2028.", "body fails"),
        ("harbour", "t7", "Kestria already hosts the regional centre.", "decision fails"),
        ("harbour", "t8", "The model clause follows ISO/IEC 29174.", "symbol fails"),
        (
            "harbour",
            "t9",
            "That disclosure without a patch helps the attacker was put forward by Ms. Gündüz.",
            "speaker fails",
        ),
        ("harbour", "c1", "Castellan Systems made no commitment.", "commitment fails"),
        ("harbour", "c1 c4", "Two commitments fall due on 15 October and on 12 November 2027.", "date fails"),
        (
            "harbour",
            "s7",
            "Stakeholders without ECOSOC status have been admitted to the future mechanism.",
            "decision fails",
        ),
        (
            "harbour",
            "d",
            "The Network of Incident Responders is asked to propose a common template for contacts.",
            "body fails",
        ),
        ("harbour", "q2", "The question of a State that denies an attack received an answer.", "answer fails"),
        ("harbour", "q0 q2", "Answers were given to both questions.", "answer fails"),
        ("orchard", "s3", "Chatbots for homework won by seven votes.", "count fails"),
        (
            "orchard",
            "s6",
            "Seven tenths of the supporters of a language model of the state came from Research.",
            "share fails",
        ),
        (
            "orchard",
            "s5",
            "Apart from the Teaching Profession, Youth and Civil Society, no group was for the levy.",
            "groups holds",
        ),
        (
            "orchard",
            "t3",
            "Section 15 of the Schools Act of 2019 allows two seats on the supervisory board.",
            "paragraph fails",
        ),
        (
            "orchard",
            "t4",
            "Article 12 of the National Schools Act of 2024 grants a right to an explanation.",
            "symbol fails",
        ),
        ("orchard", "c2", "Brightleaf Learning agreed to let outsiders audit its grading tool.", "commitment fails"),
        (
            "orchard",
            "c1",
            "The register of algorithms was put online by the Agency for Public Services.",
            "commitment fails",
        ),
        ("delta", "s6", "Not one of the island voters supported the face scan.", "quantifier holds"),
    ],
)
def test_a_kind_of_sentence_is_read(session: str, cites: str, text: str, expected: str) -> None:
    told = SESSIONS[session]()
    found = check(text, tuple(told.entries[name] for name in cites.split()), facts(told.state))
    assert expected in {f"{verdict.rule} {verdict.outcome}" for verdict in found}


def test_a_fraction_in_two_words_has_a_value() -> None:
    assert fraction_of(lexicon(), "seven tenths") == 0.7
    assert fraction_of(lexicon(), "seven") is None
