"""How well the facts are known: nothing is told that nobody knows, and every record says how it was checked."""

from __future__ import annotations

import datetime
import re
import typing
import urllib.parse
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.reference import records
from acquis.reference.audit import audit, known_documents
from acquis.reference.library import Library, facts, library, refs
from acquis.reference.records import Assertion, Document, FactCheck, Outcome, Ref, ReferenceRecord, Source
from acquis.reference.symbols import check_text

BOOKS = library()
TODAY = datetime.date(2026, 11, 30)
KNOWN = known_documents(BOOKS)
SILENT: tuple[object, ...] = ("", "unknown", None, 0, (), {})
"""Defaults that say nothing."""


KINDS: list[type[msgspec.Struct]] = [
    kind
    for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == records.__name__
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_default_states_a_fact(kind: type[msgspec.Struct]) -> None:
    for field in msgspec.structs.fields(kind):
        made = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default
        assert made is msgspec.NODEFAULT or made in SILENT, (kind.__name__, field.name, made)


def test_unknown_is_a_value_wherever_something_may_be_left_out() -> None:
    for kind, name in ((Document, "consensus"), (Outcome, "consensus")):
        assert "unknown" in typing.get_args(typing.get_type_hints(kind)[name])
        assert {field.name: field.default for field in msgspec.structs.fields(kind)}[name] == "unknown"


def test_every_record_says_who_checked_it_when_and_against_what() -> None:
    for record in BOOKS.records.values():
        check = record.checked
        assert check.by.strip(), record.id
        assert record.as_of <= check.date <= TODAY, record.id
        assert {"schema", "audit"} <= set(check.against), record.id
        if record.status == "sourced":
            assert {"pages", "documents"} & set(check.against), record.id
        if "documents" in check.against:
            assert any(ref.symbol for ref in record.refs), record.id


# A sourced fact can be looked up, and says which part of it cannot.


def told_as_sourced(books: Library) -> Iterator[tuple[str, Assertion, tuple[Ref, ...]]]:
    """Every record and fact with the status sourced, its name, and the references on which it rests."""
    for record in books.records.values():
        for name, told in ((record.id, record), *((f"{record.id}.{field}", fact) for field, fact in facts(record))):
            if told.status == "sourced":
                yield name, told, told.refs or record.refs


def opens_a_page(ref: Ref, books: Library) -> bool:
    source = books.sources.get(ref.source)
    address = urllib.parse.urlsplit(ref.url)
    return (source is not None and source.opens == "page") or bool(address.path.strip("/") or address.query)


def without_a_page(books: Library) -> list[str]:
    return [
        name
        for name, told, rests_on in told_as_sourced(books)
        if not any(opens_a_page(ref, books) for ref in rests_on if not (ref.symbol and ref.url.startswith(SYMBOLS)))
    ]


SYMBOLS = "https://docs.un.org/en/"
"""Where a symbol leads; that a document has an address does not say that it was opened."""


def test_a_sourced_fact_names_a_page_that_opens() -> None:
    assert without_a_page(BOOKS) == []


@pytest.mark.parametrize("url", ["https://a.example", "https://a.example/", "", f"{SYMBOLS}A/70/174"])
def test_a_home_page_and_the_address_of_a_symbol_are_no_source(url: str) -> None:
    named = (Ref(symbol="A/70/174", url=url), Ref(source="P"))
    library = shaky("https://a.example", "site", "page")
    record = msgspec.structs.replace(library.records["fact"], refs=named)
    assert without_a_page(msgspec.structs.replace(library, records={"fact": record})) == ["fact"]


def in_prose(told: object) -> str:
    names = ("title", "text", "adds", "gist", "what", "note")
    return " ".join(value for name in names if isinstance(value := getattr(told, name, ""), str))


def test_a_doubt_stands_in_its_field_where_the_audit_counts_it() -> None:
    assert [name for name, told, _ in told_as_sourced(BOOKS) if "unverified" in in_prose(told)] == []
    counted = [doubt for doubt in audit(BOOKS, TODAY) if doubt.kind == "partly"]
    assert len(counted) == sum(
        bool(told.unverified)
        for record in BOOKS.records.values()
        for told in (record, *(fact for _, fact in facts(record)))
    )


def test_a_correction_keeps_what_was_said_before() -> None:
    corrected = [
        (record, told, was)
        for record in BOOKS.records.values()
        for told in (record, *(fact for _, fact in facts(record)))
        for was in told.earlier
    ]
    assert corrected
    for record, told, was in corrected:
        assert was.text.strip()
        assert was.text not in in_prose(told)
        assert was.until <= record.checked.date, f"{record.id} was corrected after it was checked"


def test_no_text_names_a_source_by_its_code() -> None:
    """Sources stand in their field, from which pages name them in words."""
    for record in BOOKS.records.values():
        text = msgspec.json.encode(record).decode()
        assert not [code for code in re.findall(r"\(([A-Z]{1,2}\d+)\)", text) if code in BOOKS.sources], record.id


def test_a_source_whose_page_nobody_can_open_is_kept_only_where_something_needs_it() -> None:
    named = {ref.source for record in BOOKS.records.values() for ref in refs(record)}
    unopened = [source.id for source in BOOKS.sources.values() if source.opens != "page"]
    assert [id for id in unopened if id not in named] == []


# How something was adopted.


STANDING = {
    "agreed": {"yes", "without-vote"},
    "voted": {"vote"},
    "adopted": {"unknown"},
    "national": {"none"},
    "chair": {"none"},
}
"""The standing of a text -> how it can have come about."""


def how_it_was_adopted(books: Library) -> Iterator[str]:
    for document in books.documents:
        if document.consensus not in STANDING.get(document.standing, {document.consensus}):
            yield f"{document.id} is {document.standing} and {document.consensus}"
        told = document.note + document.unverified
        if document.consensus != "unknown" and re.search("[Ww]hether it was put to a vote|adopted by vote", told):
            yield f"{document.id}: its note says that {document.consensus} is not known"
    for process in books.processes:
        for outcome in process.outcomes:
            named = books.document(outcome.symbol) if outcome.symbol else None
            if named and named.consensus != outcome.consensus:
                yield f"{process.id}: {outcome.symbol} is {outcome.consensus} here and {named.consensus} there"


def test_how_a_document_was_adopted_is_said_the_same_everywhere() -> None:
    assert list(how_it_was_adopted(BOOKS)) == []


def test_a_text_whose_adoption_nobody_looked_up_is_not_agreed() -> None:
    document = BOOKS.document("A/RES/68/167")
    assert document
    assert (document.standing, document.consensus) == ("adopted", "unknown")
    told = msgspec.structs.replace(document, standing="agreed")
    assert list(how_it_was_adopted(msgspec.structs.replace(BOOKS, records={**BOOKS.records, told.id: told})))


# What was planned is not told as done.


def test_a_meeting_of_which_only_the_plan_was_read_is_unverified() -> None:
    for meeting in BOOKS.meetings():
        planned = "held" in meeting.unverified or "whether it was held" in meeting.note
        assert not planned or meeting.certainty != "held" or meeting.status != "sourced", meeting.id


def test_what_the_past_only_announced_keeps_the_word_on_the_page() -> None:
    past = [meeting for meeting in BOOKS.meetings() if meeting.ends and meeting.ends < TODAY]
    for meeting in past:
        assert meeting.certainty == "held" or meeting.note or meeting.unverified, meeting.id


def test_the_first_mention_of_a_threat_is_sourced_or_said_to_be_unverified() -> None:
    first = {
        item.id: (item.status, next(ref.symbol for ref in item.refs if ref.symbol)) for item in BOOKS.kind("threat")
    }
    assert first["threat-ai"] == ("sourced", "A/79/214")
    assert first["threat-cryptocurrency-theft"] == ("sourced", "A/78/265")
    assert {first["threat-quantum"][0], first["threat-undersea-cables"][0]} == {"unverified"}
    for item in BOOKS.kind("threat"):
        symbol = first[item.id][1]
        document = BOOKS.document(symbol)
        assert document
        assert document.date[:4] in item.gist, f"{item.id}: {item.gist}"


# Absence is no error.


@given(st.sampled_from(["A/RES/", "A/"]), st.integers(58, 80), st.integers(1, 999))
@settings(max_examples=times(300))
def test_a_document_is_not_wrong_because_the_reference_does_not_have_it(series: str, session: int, number: int) -> None:
    (found,) = check_text(f"{series}{session}/{number}", KNOWN, TODAY)
    assert found.finding is None or not found.finding.is_wrong


# The audit.


def shaky(url: str, opens: str, read: str) -> Library:
    """A record whose only page that was read is this one, beside a document that nobody opened."""
    record = ReferenceRecord(
        id="fact",
        title="A fact",
        status="sourced",
        as_of=TODAY,
        checked=FactCheck("somebody", TODAY, ("pages",)),
        refs=(Ref(symbol="A/70/174", url="https://docs.un.org/en/A/70/174"), Ref(source="P")),
    )
    source = msgspec.convert({"id": "P", "url": url, "title": "A page", "read": read, "opens": opens}, Source)
    return Library({"fact": record}, {"P": source}, {})


def test_a_document_that_is_named_does_not_make_a_weak_page_strong() -> None:
    assert [doubt.kind for doubt in audit(shaky("https://a.example/b", "page", "weak"), TODAY)] == ["weak_source"]
    assert audit(shaky("https://a.example/b", "page", "page"), TODAY) == []


@pytest.mark.parametrize(("opens", "kind"), [("site", "home_page"), ("beginning", "address_incomplete")])
def test_a_source_that_nobody_can_open_is_counted_with_its_uses(opens: str, kind: str) -> None:
    (doubt,) = audit(shaky("https://a.example", opens, "page"), TODAY)
    assert (doubt.id, doubt.kind, doubt.where) == ("P", kind, "https://a.example")
    assert "1 times" in doubt.text
