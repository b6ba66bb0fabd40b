"""Right sentences in the words of ordinary reports, which no rule may call wrong."""

from __future__ import annotations

import pytest
from benchmarks.claims import delta, plateau

from acquis.claims.checking import check
from acquis.claims.facts import facts
from acquis.claims.verdicts import outcome_of


@pytest.mark.parametrize(
    ("cites", "text"),
    [
        ("s2", "Some governments supported free spectrum for community networks."),
        (
            "s2",
            "A few industry participants agreed that community networks should hold spectrum without paying for it.",
        ),
        ("s2", "Industry was the group least in favour of free spectrum."),
        ("s2", "Support for free spectrum was strongest in civil society and weakest in industry."),
        (
            "s2",
            "Despite opposition from industry and governments, free spectrum found broad support.",
        ),
        ("s2", "Free spectrum was backed by four of the six groups, with industry and governments against."),
        ("s2", "Free spectrum was supported by 102 participants, but industry and governments remained opposed."),
        (
            "s2",
            "Over the objections of industry, the room agreed on free spectrum.",
        ),
        ("s2", "Most of the 42 votes against free spectrum came from industry and governments."),
        ("s2", "Not all governments opposed free spectrum."),
        ("s2", "Free spectrum was not supported by industry, but it was by youth."),
        (
            "s0",
            "Most supported two submarine cables for each inhabited island, but industry was almost evenly divided.",
        ),
        ("s1", "Cable landing licences within ninety days found no majority among all voters, as 73 of 150 agreed."),
        ("s1", "Industry strongly supported granting cable landing licences within ninety days, governments less so."),
        (
            "s1",
            "There was no agreement between industry and governments on the ninety-day limit.",
        ),
        ("s1", "All but one in industry supported the ninety-day limit."),
        ("s1", "Half of the groups had a majority for the ninety-day limit."),
        ("s3", "No majority was found for making platforms pay for the cables that they fill."),
        (
            "s3",
            "Governments and islands wanted platforms to pay for cables, industry and the technical community did not.",
        ),
        ("s4", "The sale of refugees' fingerprints was rejected by all."),
        ("s4", "Nobody wants the fingerprints of refugees to be sold."),
        ("s6", "A minority of 23 would allow camps to require a face scan for internet access."),
        ("s7", "Six governments were for the disclosure of takedown requests, 14 against."),
        ("s8", "Industry's opposition to opening ranking algorithms was not shared by the other groups."),
        ("s8", "In contrast to industry, youth supported opening ranking algorithms to accredited researchers."),
        ("s6", "Ilse van Rooyen warned against face scans in camps, and most voters agreed with her."),
        ("s0", "A goal of two cables had been rejected at an earlier forum, but this time it was supported."),
        ("s2", "The number of industry votes for free spectrum, two, was the lowest of all groups."),
        ("s7", "No group supported the disclosure of takedown requests more than civil society."),
        ("s7", "Support for disclosure ranged from 27 per cent among governments to 98 per cent in civil society."),
        (
            "s8",
            "Four groups were for opening ranking algorithms; industry opposed it and the islands were split.",
        ),
        ("s6", "Face scans in camps were rejected even though nine governments shared the concern of the others."),
        ("s1", "The ninety-day limit had more supporters than opponents, but no absolute majority."),
        (
            "s1",
            "It was opposed by governments, youth and the islands, and backed by the three other groups.",
        ),
    ],
)
def test_a_right_sentence_is_not_called_wrong(cites: str, text: str) -> None:
    session = delta.made()
    found = check(text, (session.entries[cites],), facts(session.state))
    assert outcome_of(found) != "fails", [verdict for verdict in found if verdict.outcome == "fails"]


@pytest.mark.parametrize(
    ("cites", "text"),
    [
        ("s2", "Free spectrum for community networks found no majority."),
        ("s2", "Only a minority wanted free spectrum for community networks."),
        ("s2", "Civil society was for free spectrum and youth was against it."),
        ("s7", "Four governments were for the disclosure of takedown requests, 14 against."),
        ("s2", "All but three in industry opposed free spectrum."),
    ],
)
def test_the_same_in_wrong_is_called_wrong(cites: str, text: str) -> None:
    session = delta.made()
    assert outcome_of(check(text, (session.entries[cites],), facts(session.state))) == "fails"


def test_a_question_that_was_withdrawn_is_not_compared_with_another() -> None:
    session = delta.made()
    found = check("The question whether refugees can erase their files was withdrawn.", (), facts(session.state))
    assert outcome_of(found) != "fails"


@pytest.mark.parametrize(
    ("cites", "text", "outcome"),
    [
        (("s4",), "The only vote against a free way to report harm came from the private sector.", "holds"),
        (("s4",), "The only vote against a free way to report harm came from civil society.", "fails"),
        (("s4",), "The only vote in favour of a free way to report harm came from the private sector.", "fails"),
        (
            ("s2",),
            "Open source software was opposed by more participants than supported it among governments.",
            "holds",
        ),
        (
            ("s2",),
            "Open source software was supported by more participants than opposed it among governments.",
            "fails",
        ),
        (("q3", "q6"), "None of the two questions, on the pilot and on moderation, was answered live.", "holds"),
        (("q3", "q6"), "None of the two questions, on the pilot and on moderation, was answered in writing.", "fails"),
        (("q0",), "The question who is liable when an age check fails was withdrawn.", "fails"),
    ],
)
def test_the_same_words_are_told_apart_by_the_record(cites: tuple[str, ...], text: str, outcome: str) -> None:
    session = plateau.made()
    found = check(text, tuple(session.entries[cited] for cited in cites), facts(session.state))
    assert outcome_of(found) == outcome, found


def test_a_merged_question_is_not_counted_with_those_answered() -> None:
    known = facts(delta.made().state)
    assert outcome_of(check("Three questions were answered in writing.", (), known)) == "holds"
    assert outcome_of(check("5 questions were answered.", (), known)) == "holds"
    assert outcome_of(check("6 questions were answered.", (), known)) == "fails"
