"""The kinds of spellings with which the masking of names was attacked (S F12): how many are masked, and which not."""

from __future__ import annotations

import pytest

from acquis.text.names import Names
from acquis.text.respelling import skeleton

NAMES = Names(("Amarantha Velocius", "Dr. Tomasz O'Hallmackeney"), ("Ministry of Quorvex", "Quorvex Grid Institute"))


def shifted(capital: int, small: int) -> str:
    """The name in letters of another block, of which these are the first."""
    return "".join(chr((capital if sign.isupper() else small) + ord(sign.upper()) - ord("A")) for sign in "Velocius")


WIDE, BOLD, CIRCLED = shifted(0xFF21, 0xFF41), shifted(0x1D400, 0x1D41A), shifted(0x24B6, 0x24D0)
MASKED = (
    "Amarantha Velocius", "Velocius", "velocius", "VELOCIUS", "Velocius, Amarantha", "Velocius Amarantha",
    "A. Velocius", "A Velocius", "Ms Velocius", "Velocius's", "Velocius’", "Véłocius", "Vélocïus",
    "Vélocius", "Ve\u00adlocius", "Ve\u200blocius", "Ve\u2060locius", "Velo\u200dcius",
    WIDE, BOLD, CIRCLED, "Amarantha-Velocius", "Amarantha_Velocius", "AmaranthaVelocius",
    "#AmaranthaVelocius", "@avelocius", "a.velocius@example.org", "Velocius/Hallmackeney", "(Velocius)", "«Velocius»",
    "O'Hallmackeney", "OHallmackeney", "O’HALLMACKENEY", "Hallmackeney", "Tomasz", "Amarantha", "AMARANTHA V.",
    "Ministry of Quorvex", "ministry of quorvex", "Quorvex", "the Quorvex Institute", "QGI", "Quorvex's", "QUORVEX",
    "Velo-\ncius", "Velo-\r\n  cius", "V e l o c i u s", "V.e.l.o.c.i.u.s", "AVelocius", "MrVelocius",
    "https://twitter.com/avelocius", "V\u0435locius", "Vel\u03bfcius", "Quorvexians", "Velociusem",
)  # fmt: skip
"""55 spellings. Ten of the last three lines were not masked before."""
NOT_MASKED = ("Velo cius", "Velocii", "Amara", "MoQ", "+48 22 555 01 23", "Welocius", "Vel0cius")
"""Broken with a blank, nicknames, own abbreviations, numbers of telephones, misspelt: docs/chatham.md says so."""


def test_the_55_spellings_are_masked() -> None:
    assert len(set(MASKED)) == 55
    assert [text for text in MASKED if not NAMES.held_by(f"We heard {text} on this.")] == []


def test_what_is_not_masked_is_known() -> None:
    assert [text for text in NOT_MASKED if NAMES.held_by(f"We heard {text} on this.")] == []


def test_ordinary_words_stay() -> None:
    for text in (
        "A well-\nknown norm", "I a m here", "U N and E U", "the velocity of change", "a b c d e f", "Нет, это норма.",
        "x-\ny", "e.g. i.e. etc.", "The quorum was reached.",
    ):  # fmt: skip
        assert not NAMES.held_by(text), text


@pytest.mark.parametrize(
    "lookalike",
    [
        "AMARA SPECIMEN",
        "\u0410mara Spe\u0441imen",
        "Amara-Specimen",
        "Arnara Specimen",
        "Amára Specimen",
        "Amara Specirnen",
    ],
)
def test_names_that_can_be_taken_for_each_other_have_one_skeleton(lookalike: str) -> None:
    """S M3."""
    assert skeleton(lookalike) == skeleton("Amara Specimen")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Li Wu", "Lu Wi"), ("Анна", "Инна"), ("Γιώργος", "Γιώργης"), ("王小明", "王小朋"), ("Ana", "Anna")],
)
def test_other_names_have_another_skeleton(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)
