"""The data files: each record as its schema wants it, with refs, a date and a status; nothing points nowhere."""

from __future__ import annotations

import datetime
import json
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from acquis.reference import profile, profile_names, profile_of
from acquis.reference.audit import audit
from acquis.reference.deadlines import Rule, parse_deadline
from acquis.reference.library import data, facts, library, raw, refs
from acquis.reference.records import (
    FILES,
    Document,
    Fact,
    Item,
    Layer,
    Meeting,
    Opportunity,
    Outcome,
    Process,
    Ref,
    ReferenceRecord,
    Source,
)
from acquis.reference.symbols import find_symbols as symbols_in
from acquis.reference.symbols import parse_symbol as symbol_of

BOOKS = library()
RECORDS = list(BOOKS.records.values())
AS_OF = datetime.date(2026, 11, 30)


def text_of(record: ReferenceRecord) -> str:
    return json.dumps(msgspec.to_builtins(record, enc_hook=str), ensure_ascii=False)


@pytest.mark.parametrize("name", [*FILES, "sources"])
def test_every_record_is_as_its_schema_wants_it(name: str) -> None:
    schema = msgspec.json.schema(FILES.get(name, Source))
    check = jsonschema_rs.validator_for(schema, validate_formats=True)
    listed: list[Any] = msgspec.to_builtins(raw(name), enc_hook=str)
    assert listed
    for record in listed:
        check.validate(record)
    broken = {key: value for key, value in listed[0].items() if key != "title"}
    assert not check.is_valid(broken), "a schema that takes anything checks nothing"


def refs_status_and_date(record: ReferenceRecord) -> Iterator[str]:
    if not record.refs:
        yield "no refs"
    if record.as_of > AS_OF:
        yield f"as of {record.as_of}"
    if not all(ref.symbol or ref.url or ref.source for ref in refs(record)):
        yield "a ref to nothing"
    if record.status == "sourced" and not any(ref.source or ref.url for ref in record.refs):
        yield "sourced without a source"
    for field, fact in facts(record):
        own = [ref for ref in fact.refs if ref.source or ref.url]
        if fact.status == "sourced" and not own and not any(ref.source for ref in record.refs):
            yield f"{field} is sourced without a source"
        if fact.status != "unknown" and isinstance(fact, Fact) and not fact.text:
            yield f"{field} says nothing"


def what_is_named_exists(record: ReferenceRecord) -> Iterator[str]:
    for ref in refs(record):
        if ref.source and ref.source not in BOOKS.sources:
            yield f"no source {ref.source}"
        if ref.symbol and BOOKS.document(ref.symbol) is None:
            yield f"no document {ref.symbol}"
    for _, fact in facts(record):
        named = (fact.symbol, getattr(fact, "endorsed_by", "")) if isinstance(fact, Outcome | Layer) else ()
        yield from (f"no document {symbol}" for symbol in named if symbol and BOOKS.document(symbol) is None)
    for field in ("related", "successor"):
        yield from (f"no {field} {id}" for id in getattr(record, field, ()) if id not in BOOKS.records)
    for field in ("process", "meeting", "after"):
        if (id := getattr(record, field, "")) and id not in BOOKS.records:
            yield f"no {field} {id}"
    for field in ("opens", "deadline"):
        at = parse_deadline(getattr(record, field, ""))
        if isinstance(at, Rule) and not isinstance(BOOKS.records.get(at.name), Meeting):
            yield f"{field} counts from {at.name}, which is no meeting"


def symbols_are_normal(document: Document) -> Iterator[str]:
    found = symbol_of(document.symbol)
    if found is None or (found.normal, document.id) != (document.symbol, f"doc:{document.symbol}"):
        yield f"the symbol {document.symbol} is read as {found}"
    yield from (f"no document {symbol}" for symbol in document.endorsed_by if BOOKS.document(symbol) is None)
    body = BOOKS.records.get(document.body)
    if not isinstance(body, Process) and not re.fullmatch(r"[A-Z][A-Za-z ]+", document.body):
        yield f"the body {document.body!r}"
    if not re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", document.date):
        yield f"the date {document.date!r}"


def symbols_in_sentences_are_known(record: ReferenceRecord) -> Iterator[str]:
    said = [record.title, record.note, *(fact.text for _, fact in facts(record) if isinstance(fact, Fact))]
    for mention in symbols_in("\n".join(said)):
        if mention.symbol is None or BOOKS.document(mention.normal) is None:
            yield f"{mention.text} {mention.fault}"


RULES: dict[str, tuple[Callable[[Any], Iterator[str]], Iterable[ReferenceRecord], dict[str, Any]]] = {
    "refs, status and date": (refs_status_and_date, RECORDS, {"refs": ()}),
    "what is named exists": (what_is_named_exists, RECORDS, {"refs": (Ref(source="no-such-source"),)}),
    "symbols are in their normal form": (symbols_are_normal, BOOKS.documents, {"symbol": "a/70/174"}),
    "symbols in sentences are known": (symbols_in_sentences_are_known, RECORDS, {"note": "See A/75/9999."}),
}
"""What every record has to keep: the rule, the records it is for, and a change with which a record breaks it."""


@pytest.mark.parametrize("name", RULES)
def test_every_record_keeps_the_rule(name: str) -> None:
    rule, records, _ = RULES[name]
    assert [f"{record.id}: {wrong}" for record in records for wrong in rule(record)] == []


@pytest.mark.parametrize("name", RULES)
def test_a_record_that_breaks_the_rule_is_found(name: str) -> None:
    rule, records, change = RULES[name]
    assert list(rule(msgspec.structs.replace(next(iter(records)), **change)))


def test_sentences_are_words_and_never_our_identifiers() -> None:
    own = {id for id in BOOKS.records if re.search(r"-\w*\d|-[a-k]$", id)}  # "norm-c", "oewg-2"; "poa" is a word too
    for record in RECORDS:
        said = [record.title, record.note, *(fact.text for _, fact in facts(record) if isinstance(fact, Fact))]
        said += [*getattr(record, "gaps", ()), getattr(record, "short", ""), getattr(record, "gist", "")]
        used = set(re.findall(r"[a-z]+(?:-[a-z0-9]+)+", " ".join(said)))
        assert not used & own, (record.id, used & own)


def test_ids_are_lower_case_and_never_bare_numbers() -> None:
    for record in RECORDS:
        assert isinstance(record, Document) or re.fullmatch(r"[a-z][a-z0-9-]+", record.id), record.id


def test_a_guess_is_never_taken_for_an_announcement() -> None:
    for record in RECORDS:
        if isinstance(record, Opportunity | Meeting):
            last = record.ends or record.starts
            assert record.certainty != "held" or last is None or last <= AS_OF, record.id
        if isinstance(record, Opportunity) and record.certainty == "predicted":
            assert record.after in BOOKS.records, record.id
            assert record.status != "sourced", f"{record.id}: nobody published it"
        if isinstance(record, Meeting) and record.certainty == "announced":
            assert record.starts, record.id
            assert record.ends, record.id
        if isinstance(record, Meeting) and record.certainty == "unknown":
            assert record.starts is None, record.id
        if isinstance(record, Opportunity) and record.certainty == "announced":
            its_meeting = BOOKS.records.get(record.meeting)
            dated = isinstance(its_meeting, Meeting) and its_meeting.starts
            assert dated or record.starts or record.ends or record.deadline, record.id
        if isinstance(record, Opportunity | Meeting) and record.starts and record.ends:
            assert record.starts <= record.ends, record.id


def test_a_weak_page_alone_makes_nothing_sourced() -> None:
    weak = {source.id for source in BOOKS.sources.values() if source.read == "weak"}
    for record in RECORDS:
        for fact in (record, *(fact for _, fact in facts(record))):
            seen = {ref.source or ref.url for ref in fact.refs if ref.source or (ref.url and not ref.symbol)}
            assert fact.status != "sourced" or not seen or seen - weak, (record.id, seen)


def test_sources_have_an_address_and_a_title_in_words() -> None:
    for source in BOOKS.sources.values():
        assert re.fullmatch(r"https?://[^/\s]+(/\S*)?", source.url), source.id
        address = urllib.parse.urlsplit(source.url)
        assert (source.opens == "site") == (not address.path.strip("/") and not address.query), source.id
        assert not re.search(r"\.\.\.|\.(org|com|int|watch|eu|de)\b/", source.title), source.id


def test_nobody_is_reached_through_the_data() -> None:
    for record in RECORDS:
        assert not re.search(r"[\w.]+@[\w.]+\.\w+", text_of(record)), record.id


def test_the_list_of_the_task_is_there() -> None:
    wanted = {f"gge-{n}" for n in range(1, 7)} | {
        "oewg-1", "oewg-2", "poa", "global-mechanism", "ahc-cybercrime", "igf", "paris-call", "geneva-dialogue",
        "lets-talk-cyber", "osce-cbm", "asean-norms",
    }  # fmt: skip
    assert {process.id for process in BOOKS.processes} == wanted
    norms = BOOKS.kind("norm")
    assert [norm.id for norm in norms] == [f"norm-{letter}" for letter in "abcdefghijk"]
    assert {norm.id for norm in norms if norm.acts == "refrain"} == {"norm-c", "norm-f", "norm-k"}
    assert [cbm.id for cbm in BOOKS.kind("cbm")] == [f"cbm-{n}" for n in range(1, 9)]
    assert [ccb.id for ccb in BOOKS.kind("capacity")] == [f"ccb-{n}" for n in range(1, 11)]
    assert len(BOOKS.kind("law")) == 10
    assert {"igf-2018", "igf-2021", "igf-2025", "oewg-stakeholder", "gm-thematic-group", "panel"} <= set(
        profile_names()
    )


# What respected pages got wrong, and this data must not.


def document(symbol: str) -> Document:
    found = BOOKS.document(symbol)
    assert found is not None
    return found


def process(id: str) -> Process:
    found = BOOKS.records[id]
    assert isinstance(found, Process)
    return found


def item(id: str) -> Item:
    found = BOOKS.records[id]
    assert isinstance(found, Item)
    return found


def test_there_is_no_report_of_2011_and_four_reports_were_agreed() -> None:
    agreed = {
        o.symbol
        for p in BOOKS.processes
        if p.id.startswith(("gge", "oewg-1"))
        for o in p.outcomes
        if o.consensus == "yes"
    }
    assert agreed == {"A/65/201", "A/68/98", "A/70/174", "A/76/135", "A/75/816"}
    assert not [d.symbol for d in BOOKS.documents if d.date.startswith("2011") and d.standing == "agreed"]


def test_law_begins_in_2013_and_the_norms_in_2015() -> None:
    assert "no finding on international law and no list of norms" in text_of(process("gge-2"))
    assert next(ref.symbol for ref in item("law-applies").refs if ref.symbol) == "A/68/98"
    assert {norm.refs[0].symbol for norm in BOOKS.kind("norm")} == {"A/70/174"}


def test_the_programme_of_action_came_from_france_and_egypt() -> None:
    assert "France and Egypt" in process("poa").mandate[0].text
    assert "France, Egypt" in process("poa").chair.text


def test_the_16th_of_december_was_a_consultation_and_the_13th_the_first_session() -> None:
    consultation, first = BOOKS.records["oewg-2-consultation-2021-12-16"], BOOKS.records["oewg-2-s1"]
    assert isinstance(consultation, Meeting)
    assert isinstance(first, Meeting)
    assert consultation.starts == datetime.date(2021, 12, 16)
    assert (first.starts, first.ends) == (datetime.date(2021, 12, 13), datetime.date(2021, 12, 17))


def test_the_checklist_is_a_draft_of_the_chair() -> None:
    assert item("checklist-2024").standing == "chair"
    assert "never adopted" in document("A/79/214").note


def test_who_wants_into_the_global_mechanism_learns_what_is_new_and_what_is_not_known() -> None:
    mechanism = process("global-mechanism")
    rules = mechanism.stakeholders
    assert "systematic, sustained and substantive" in rules.accreditation.text
    assert "veto itself is unchanged" in rules.objection.text
    assert {rules.oral.status, rules.written.status} == {"unverified"}, "carried over, and nobody read the text again"
    assert "everybody must sign up again" in rules.informal.text
    assert [ref.source for ref in rules.informal.refs] == ["U1"]
    gaps = " ".join(mechanism.gaps)
    for missing in ("July 2026", "seat", "co-facilitators", "accredited", "2027", "trust fund", "portal"):
        assert missing in gaps, missing
    assert not mechanism.outcomes


def test_a_meeting_that_nobody_saw_is_not_told_as_held() -> None:
    plenary, groups = BOOKS.records["gm-plenary-2026-07"], BOOKS.records["gm-dtg-2026-12"]
    assert isinstance(plenary, Meeting)
    assert isinstance(groups, Meeting)
    assert (plenary.certainty, groups.certainty) == ("announced", "announced")
    assert "not found" in plenary.note
    assert (groups.starts, groups.ends) == (datetime.date(2026, 12, 7), datetime.date(2026, 12, 11))


def test_the_groups_agreed_their_reports_and_the_assembly_did_not_adopt_them() -> None:
    for symbol in ("A/65/201", "A/68/98", "A/70/174"):
        (endorsed,) = document(symbol).endorsed_by
        assert document(symbol).standing == "agreed"
        assert "adopt" not in document(endorsed).title
    assert "does not adopt" in document("A/RES/70/237").note


def test_the_annex_on_stakeholders_is_the_first_and_signed_is_not_ratified() -> None:
    places = {ref.paras for record in RECORDS for ref in refs(record) if ref.symbol == "A/80/257"}
    assert "annex I" in places
    assert "annex III" not in places
    assert "72 had signed" in process("ahc-cybercrime").note


def test_a_report_is_no_resolution_and_the_osce_decision_is_1202_of_2016() -> None:
    assert BOOKS.document("A/RES/76/135") is None
    assert BOOKS.document("PC.DEC/1201") is None
    assert document("PC.DEC/1202").date == "2016-03-10"


def test_the_audit_names_everything_that_is_not_sourced_and_what_is_old() -> None:
    doubts = audit(BOOKS, AS_OF)
    named = {(doubt.id, doubt.field) for doubt in doubts}
    for record in RECORDS:
        assert record.status == "sourced" or (record.id, "") in named
        for field, fact in facts(record):
            assert fact.status == "sourced" or (record.id, field) in named
    unopened = {source.id for source in BOOKS.sources.values() if source.opens != "page"}
    assert {doubt.id for doubt in doubts if doubt.kind in ("home_page", "address_incomplete")} == unopened
    assert not [doubt for doubt in doubts if doubt.kind in ("old", "no_such_source")]
    later = audit(BOOKS, AS_OF + datetime.timedelta(days=366))
    assert {doubt.id for doubt in later if doubt.kind == "old"} == set(BOOKS.records)


def test_an_edition_differs_from_its_neighbours_only_in_facts() -> None:
    """The vocabularies are those of the base: an old page is understood with a new profile, and the other way round."""
    editions = [profile(name) for name in profile_names() if name.startswith("igf-")]
    assert len(editions) == 8
    assert len({json.dumps(msgspec.to_builtins(one.regional_groups)) for one in editions}) == 1
    for one in editions:
        for written in ("African States", "WEOG", "APAC", "Asia and the Pacific Group", "GRULAC"):
            assert one.region(written), (one.name, written)
        assert "base" not in data(f"profiles/{one.name}.yaml").split("\n")[0]
    assert [duty.due for duty in profile("igf-2021").duties] == ["end(session) + PT2H", "2021-12-20"]
    assert profile("panel").duties == []


@pytest.mark.parametrize(
    ("gathering", "name"),
    [
        ("IGF 2021", "igf-2021"),
        ("IGF 2026", "igf-2025"),
        ("igf 2031", "igf-2025"),
        ("IGF", "panel"),
        ("IGF retreat 2026", "panel"),
        ("Example Forum 2026", "panel"),
        ("2026", "panel"),
        ("", "panel"),
    ],
)
def test_an_edition_without_a_profile_has_that_of_the_newest_edition(gathering: str, name: str) -> None:
    newest = max(known for known in profile_names() if known.startswith("igf-"))
    assert profile_of(gathering) == name.replace("igf-2025", newest)
