"""`acquis reference`: the facts about the UN dialogues on ICT security, on the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from acquis.cli.parts import example
from acquis.cli.printing import echo

if TYPE_CHECKING:
    from acquis.reference.records import Assertion, ReferenceRecord


@click.group()
@example("acquis reference search ransomware")
def reference() -> None:
    """Search and check the reference: processes, documents, norms, ways to take part, each fact with its source."""


@reference.command()
@example("acquis reference show norm-k")
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(id: str, as_json: bool) -> None:
    """Print a record: its content, its sources and how certain it is."""
    import msgspec

    from acquis.reference.library import library

    record = library().find(id)
    if record is None:
        near = ", ".join(hit.id for hit in _hits(id, 5)) or "none"
        raise click.ClickException(
            f"There is no record {id}. Near it: {near}. Search with: acquis reference search WORDS"
        )
    if as_json:
        echo(msgspec.json.format(msgspec.json.encode(record)).decode())
        return
    for line in _lines(record):
        echo(line)


def _lines(record: ReferenceRecord) -> list[str]:
    """A record of the reference as lines for a terminal."""
    from acquis.reference.audit import refs_line
    from acquis.reference.library import facts

    lines = [f"{record.id}  {record.title}", f"status: {record.status}, as of {record.as_of}"]
    lines.append(f"checked: {record.checked.date} by {record.checked.by}, against {', '.join(record.checked.against)}")
    names = ("kind", "acts", "standing", "phase", "certainty", "process", "date", "body", "starts", "ends", "gist")
    lines += [f"{name}: {getattr(record, name)}" for name in names if getattr(record, name, None)]
    if where := refs_line(record.refs):
        lines.append(f"where: {where}")
    for field, fact in facts(record):
        text = getattr(fact, "text", "") or getattr(fact, "title", "") or getattr(fact, "adds", "")
        symbol = " ".join(filter(None, (getattr(fact, "symbol", ""), getattr(fact, "paras", ""))))
        mark = "" if fact.status == "sourced" else f" [{fact.status}]"
        source = refs_line(fact.refs)
        lines.append(f"{field}: {' '.join(filter(None, (text, symbol)))}{mark}{f' ({source})' if source else ''}")
        lines += _doubts(fact)
    lines += [f"not known: {gap}" for gap in getattr(record, "gaps", ())]
    lines += [f"our reading: {partner.actor}: {partner.part}" for partner in getattr(record, "partners", ())]
    if related := getattr(record, "related", ()):
        lines.append(f"related: {', '.join(related)}")
    return [*lines, *([f"note: {record.note}"] if record.note else []), *_doubts(record)]


def _doubts(content: Assertion) -> list[str]:
    """The unverified part of a record or fact, and what it said before corrections, as lines."""
    lines = [f"  unverified part: {content.unverified}"] if content.unverified else []
    return lines + [f"  until {was.until}: {was.text}" for was in content.earlier]


def _hits(words: str, most: int) -> list[Any]:
    from acquis.reference.library import library
    from acquis.reference.search import search as find

    return list(find(library(), words, most))


@reference.command()
@example('acquis reference search "emergency response team"')
@click.argument("words", nargs=-1, required=True)
@click.option("--most", type=click.IntRange(1, 200), default=10, show_default=True)
def search(words: tuple[str, ...], most: int) -> None:
    """Find records by words, the closest first."""
    from acquis.reference.library import library

    hits = _hits(" ".join(words), most)
    if not hits:
        raise click.ClickException("No results. Try fewer or different words.")
    for hit in hits:
        record = library().records[hit.id]
        mark = "" if record.status == "sourced" else f" [{record.status}]"
        echo(f"{record.id:<28} {record.title}{mark}")


@reference.command()
@example("acquis reference audit")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def audit(as_json: bool) -> None:
    """List the facts that are unverified, unknown, older than a year or without a page to open."""
    import datetime

    import msgspec

    from acquis.reference.audit import audit as run_audit
    from acquis.reference.audit import counts
    from acquis.reference.library import library

    doubts = run_audit(library(), datetime.datetime.now(datetime.UTC).date())
    if as_json:
        echo(msgspec.json.format(msgspec.json.encode(doubts)).decode())
        return
    for doubt in doubts:
        named = ".".join(filter(None, (doubt.id, doubt.field)))
        echo(f"{doubt.kind:<18} {named:<46} {doubt.text[:80]}  [{doubt.where[:60]}]")
    numbers = ", ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in counts(doubts).items())
    echo(f"{len(library().records)} records; {numbers}.")


FINDINGS = {
    "malformed": "WRONG: no symbol is formed like this",
    "other_kind": "WRONG: it is called a {said} and is a {known}",
    "wrong_year": "WRONG: it is of {known}, not {said}",
    "no_such_paragraph": "WRONG: it has {last} paragraphs",
    "same_number": "not in the reference, where a {known} has this number",
    "similar": "not in the reference, where a similar symbol is",
    "unknown": "well formed, not in the reference",
}


@reference.command()
@example("acquis reference symbols report.md")
@click.argument("file", type=click.File("rb"))
def symbols(file: Any) -> None:
    """List the document symbols in a text, and which of them are wrong or unknown. Exits with status 1 if one is wrong.
    A document that the reference does not have is unknown, not wrong."""
    import datetime

    from acquis.reference.audit import known_documents
    from acquis.reference.library import library
    from acquis.reference.symbols import check_text

    today = datetime.datetime.now(datetime.UTC).date()
    mentions = check_text(file.read().decode("utf-8", "replace"), known_documents(library()), today)
    wrong = [mention for mention in mentions if mention.finding is not None and mention.finding.is_wrong]
    for mention in mentions:
        finding = mention.finding
        says = FINDINGS[finding.code].format_map(finding.facts) if finding else "known"
        near = f" (is it {', '.join(finding.suggestions)}?)" if finding and finding.suggestions else ""
        where = " para ".join(filter(None, (mention.normal, mention.paras)))
        echo(f"{mention.line}:{mention.column}: {where:<28} {says}{near}")
    hints = sum(mention.finding is not None for mention in mentions) - len(wrong)
    echo(f"{len(mentions)} symbols, {len(wrong)} wrong, {hints} not in the reference.")
    if wrong:
        sys.exit(1)
