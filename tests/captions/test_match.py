"""Who is meant: all of them invented."""

from __future__ import annotations

import pytest

from acquis.captions.match import Known, Match, match_speakers

PEOPLE = [
    Known("1", "Ama María Example"),
    Known("2", "Bao Sample"),
    Known("3", "Carmen O’Muestra", "moderator"),
    Known("4", "Dana Vzorek-Long"),
    Known("5", "Erik Sample"),
    Known("6", "王例子"),
]


def one(name: str) -> Match:
    (found,) = match_speakers([name], PEOPLE)
    return found


@pytest.mark.parametrize(
    ("name", "id", "why"),
    [
        ("AMA MARIA EXAMPLE", "1", "exact"),
        ("H.E. Ambassador Ama María Example", "1", "exact"),
        ("EXAMPLE, Ama María", "1", "reordered"),
        ("A. M. Example", "1", "initials"),
        ("Ama EXAMPLE", "1", "partly"),
        ("example", "1", "partly"),
        ("BAO SAMPEL", "2", "near"),
        ("CARMEN O'MUESTRA", "3", "exact"),
        ("Dana Vzorek‑Long", "4", "exact"),
        ("王例子", "6", "exact"),
        ("MODERATOR", "3", "role"),
        ("The Moderator", "3", "role"),
    ],
)
def test_a_name_is_seen_through(name: str, id: str, why: str) -> None:
    found = one(name)
    assert (found.id, found.why) == (id, why)
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize(
    ("name", "why", "rivals"),
    [
        ("SAMPLE", "ambiguous", ("2", "5")),
        ("Farah Mithal", "none", ()),
        ("AUDIENCE MEMBER", "none", ()),
        ("Wang Lizi", "none", ()),
        ("Bo", "none", ()),
    ],
)
def test_nobody_is_guessed(name: str, why: str, rivals: tuple[str, ...]) -> None:
    assert one(name) == Match(name, "", why, 0.0, rivals)  # type: ignore[arg-type]  # a code


def test_two_moderators_are_nobody() -> None:
    two = [Known("1", "A B", "moderator"), Known("2", "C D", "moderator")]
    (found,) = match_speakers(["MODERATOR"], two)
    assert (found.id, found.why, found.rivals) == ("", "ambiguous", ("1", "2"))


def test_who_is_named_like_an_office_is_found_by_the_name() -> None:
    (found,) = match_speakers(["A SPEAKER"], [Known("1", "A Speaker"), Known("2", "B Moderator", "moderator")])
    assert (found.id, found.why) == ("1", "exact")


def test_each_name_stands_once_in_the_order_of_its_first_mention() -> None:
    assert [found.name for found in match_speakers(["B", "A", "B", ""], PEOPLE)] == ["B", "A"]
