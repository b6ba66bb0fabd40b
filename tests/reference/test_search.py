from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.reference.library import Library, library
from acquis.reference.records import Document, FactCheck, Item, Ref, ReferenceRecord
from acquis.reference.search import index, search, spoken
from acquis.text.stemming import stem

DAY = datetime.date(2026, 11, 23)


def item(id: str, title: str, gist: str = "", terms: tuple[str, ...] = (), note: str = "") -> Item:
    return Item(
        id=id,
        title=title,
        status="sourced",
        as_of=DAY,
        checked=FactCheck("nobody", DAY, ("schema",)),
        refs=(Ref(symbol="A/70/174", paras="13(x)"),),
        terms=terms,
        note=note,
        kind="norm",
        gist=gist,
        standing="agreed",
    )


def document(symbol: str) -> Document:
    return Document(
        id=f"doc:{symbol}",
        title="A report",
        status="sourced",
        as_of=DAY,
        checked=FactCheck("nobody", DAY, ("schema",)),
        refs=(),
        symbol=symbol,
        date="2015",
        body="General Assembly",
        standing="agreed",
    )


def books(*records: ReferenceRecord) -> Library:
    names = {alias.casefold(): record.id for record in records for alias in record.aliases}
    return Library({record.id: record for record in records}, {}, names)


def ids(library: Library, words: str) -> list[str]:
    return [hit.id for hit in search(library, words)]


def test_a_word_counts_more_in_the_title_than_in_the_terms_the_gist_and_the_note() -> None:
    plain = [item(f"z{number}", "Other") for number in range(6)]
    found = books(
        item("d", "Other", note="otters"),
        item("c", "Other", "otters"),
        item("b", "Other", terms=("otters",)),
        item("a", "Otters"),
        *plain,
    )
    assert ids(found, "otter") == ["a", "b", "c", "d"]
    assert [hit.why for hit in search(found, "otter")] == [("title",), ("terms",), ("text",), ("note",)]


def test_case_accents_and_endings_do_not_matter() -> None:
    found = books(item("a", "Reporting vulnerabilities"), item("b", "Équipe de réponse"), item("c", "Other"))
    assert ids(found, "REPORT a vulnerability") == ["a"]
    assert ids(found, "equipes") == ["b"]


def test_words_that_stand_together_count_more() -> None:
    found = books(
        item("a", "Response to an emergency team"), item("b", "Team for emergency response"), item("c", "Other")
    )
    assert ids(found, "emergency response") == ["b", "a"]


def test_a_symbol_finds_its_document_first_and_what_refers_to_it_after() -> None:
    found = books(item("norm-x", "A norm"), document("A/70/174"), document("A/RES/70/174"), document("A/70/17"))
    assert ids(found, "A/70/174")[0] == "doc:A/70/174"
    assert "norm-x" in ids(found, "a/70/174")
    assert set(ids(found, "70/174")[:2]) == {"doc:A/70/174", "doc:A/RES/70/174"}
    assert "doc:A/70/17" not in ids(found, "70/174")


def test_nothing_is_found_for_nothing() -> None:
    found = books(item("a", "Otters"))
    assert [search(found, words) for words in ("", "the of and", "…", "zebra")] == [[], [], [], []]
    assert search(books(), "otter") == []
    assert search(found, "otter", most=0) == []


def test_the_order_of_the_records_does_not_matter() -> None:
    records = [item(f"r{number}", f"Otters and {word}") for number, word in enumerate(("beavers", "otters", "seals"))]
    assert search(books(*records), "otters") == search(books(*reversed(records)), "otters")
    assert index(records) == index(records[::-1])


@pytest.mark.parametrize(
    "words",
    [
        ("attribute", "attributes", "attributed", "attributing", "attribution"),
        ("vulnerability", "vulnerabilities"),
        ("accredit", "accredited", "accreditation"),
        ("plan", "plans", "planned", "planning"),
        ("assist", "assists", "assistance"),
        ("cross", "crosses"),
    ],
)
def test_forms_of_a_word_meet(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@settings(max_examples=times(60))
@given(st.text(max_size=80))
def test_no_words_break_it(words: str) -> None:
    found = books(item("a", "Otters"), document("A/70/174"))
    assert search(found, words) == search(found, words)
    assert all(word and written for word, written in spoken(words))


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("emergency response team", "norm-k"),
        ("CERT", "norm-k"),
        ("équipe de réponse aux incidents", "norm-k"),
        ("norm k", "norm-k"),
        ("Norm 11", "norm-k"),
        ("13(k)", "norm-k"),
        ("public-private partnership", "cbm-8"),
        ("ransomware", "threat-ransomware"),
        ("supply chain", "norm-i"),
        ("A/70/174", "doc:A/70/174"),
        ("70/174", "doc:A/70/174"),
        ("A/80/257", "doc:A/80/257"),
    ],
)
def test_the_reference_that_is_shipped_is_found_by_the_words_of_people(words: str, first: str) -> None:
    assert ids(library(), words)[0] == first


def test_who_asks_how_to_take_part_is_led_to_a_way_in() -> None:
    books = library()
    ways = {
        "global-mechanism",
        "rid-modalities-2025",
        *(step.id for s in books.processes for step in books.steps(s.id)),
    }
    assert set(ids(books, "how can a company take part")[:5]) & ways


def test_every_record_is_found_by_its_id_and_its_title() -> None:
    books = library()
    assert [id for id in books.records if ids(books, id)[:1] != [id]] == []
    lost = [r.id for r in books.records.values() if r.id not in [h.id for h in search(books, r.title, most=40)]]
    assert lost == []
