"""Exports an assessment as Markdown, as a single HTML file for screen and print, as JSON or as CSV. Private answers are
left out unless the owner includes them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator, Mapping

import msgspec

from acquis.assessment.check import is_link
from acquis.assessment.coverage import MEANING, TITLES, WORDS, by_part, counted, coverage
from acquis.assessment.diff import cited
from acquis.assessment.picture import picture
from acquis.assessment.shape import Answer, Assessment, answers, is_empty, json_schema, shared, to_data
from acquis.charts.svg import STYLE
from acquis.i18n import N_, say
from acquis.text.plain_text import guarded, markdown_line

FORMS = ("html", "md", "json", "csv")
TITLE = {
    "state": N_("Implementation of the framework by {by}"),
    "non-state": N_("Contribution of {by} to the framework"),
}
SHAPE = N_(
    "This file has the structure of the national survey of UNIDIR. UNIDIR did not produce or review "
    "it. Its owner is responsible for it, and no one else has checked it."
)
_STYLE = (
    "body{font:100%/1.5 system-ui,sans-serif;max-width:52rem;margin:auto;padding:1rem;color:#16191d;background:#fff}"
    "h2{border-top:2px solid;padding-top:.5rem}h3{margin-bottom:.25rem}p{margin:.25rem 0}.quiet{color:#525a64}"
    "svg{width:100%;height:auto;max-width:40rem}"
    "@media print{section{break-inside:avoid}h2,h3{break-after:avoid}body{padding:0}svg{max-height:90vh}}"
)
_PAGE = STYLE + _STYLE
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON allows unescaped but that YAML forbids or treats as the end of a line."""


def export(
    assessment: Assessment, items: Mapping[str, str], form: str, private: bool = False, language: str = "en"
) -> str:
    """The text of the assessment in a form of FORMS. items: id -> title. private: include private answers. Raises
    KeyError if the form is unknown."""
    shown = assessment if private else shared(assessment)
    return {"md": _markdown, "html": _html, "json": _json, "csv": _csv}[form](shown, items, language)


def _title(assessment: Assessment, language: str) -> str:
    by = _flat(assessment.by) or say(language, N_("not named"))
    return say(language, TITLE[assessment.edition], by=by)


def _said(assessment: Assessment, items: Mapping[str, str]) -> Iterator[tuple[str, list[tuple[str, str, Answer]]]]:
    """Part -> the answered items in it: id, title, answer."""
    answer_of = answers(assessment)
    for part, rows in by_part(coverage(assessment, items)).items():
        said = [(row.item, row.title, answer_of.get(row.item, Answer())) for row in rows]
        said = [row for row in said if not is_empty(row[2])]
        if said:
            yield part, said


def _markdown(assessment: Assessment, items: Mapping[str, str], language: str) -> str:
    rows = coverage(assessment, items)
    lines = [f"# {markdown_line(_title(assessment, language))}", ""]
    if assessment.as_of:
        lines += [say(language, N_("As of {day}."), day=assessment.as_of.isoformat()), ""]
    lines += [counted(rows, language), "", say(language, SHAPE)]
    for part, said in _said(assessment, items):
        lines += ["", f"## {say(language, TITLES[part])}"]
        for item, title, answer in said:
            lines += ["", f"### {markdown_line(item)}: {markdown_line(title)}", "", *_answer(answer, language)]
    return "\n".join(lines) + "\n"


def _answer(answer: Answer, language: str) -> Iterator[str]:
    for measure in answer.measures:
        since = f" {say(language, N_('(since {day})'), day=measure.since)}" if measure.since else ""
        yield f"- {markdown_line(measure.text + since)}"
        yield from (
            f"  - {say(language, N_('Evidence'))}: {markdown_line(cited(source))}" for source in measure.evidence
        )
    for word, text in ((N_("Challenges"), answer.challenges), (N_("Capacity gaps"), answer.gaps)):
        if text.strip():
            yield f"- {say(language, word)}: {markdown_line(text)}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _html(assessment: Assessment, items: Mapping[str, str], language: str) -> str:
    rows, title = coverage(assessment, items), html.escape(_title(assessment, language))
    day = say(language, N_("As of {day}."), day=assessment.as_of.isoformat()) if assessment.as_of else ""
    parts = [
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>{_PAGE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
        f"<p>{html.escape(day)} {html.escape(counted(rows, language))}</p>",
        f'<p class="quiet">{html.escape(say(language, SHAPE))} {html.escape(say(language, MEANING))}</p>',
    ]
    answered = dict(_said(assessment, items))
    tongue = assessment.language or language
    for part, items_of_part in by_part(rows).items():
        # One picture for each part, because a picture of all items is longer than a sheet of paper.
        parts += [f"<h2>{html.escape(say(language, TITLES[part]))}</h2>", picture(items_of_part, language)]
        parts += [_section(item, name, answer, language, tongue) for item, name, answer in answered.get(part, [])]
    return "\n".join([*parts, "</main>\n</body>\n</html>"]) + "\n"


def _section(item: str, title: str, answer: Answer, language: str, tongue: str) -> str:
    """The HTML of one item. tongue: the language of the answers, which may differ from that of the page."""
    theirs = f'lang="{html.escape(tongue)}" dir="auto"'
    lines = [f"<section><h3>{html.escape(item)}: {html.escape(title)}</h3>"]
    for measure in answer.measures:
        since = f" {say(language, N_('(since {day})'), day=measure.since)}" if measure.since else ""
        lines.append(f"<p><span {theirs}>{html.escape(measure.text)}</span>{html.escape(since)}</p>")
        if measure.evidence:
            lines.append("<ul>")
            lines += [f"<li>{_linked(cited(source), source.url)}</li>" for source in measure.evidence]
            lines.append("</ul>")
    for word, text in ((N_("Challenges"), answer.challenges), (N_("Capacity gaps"), answer.gaps)):
        if text.strip():
            lines.append(f"<p><b>{html.escape(say(language, word))}</b> <span {theirs}>{html.escape(text)}</span></p>")
    return "\n".join([*lines, "</section>"])


def _linked(text: str, url: str) -> str:
    if not is_link(url):
        return html.escape(text)
    before = html.escape(text.removesuffix(url))  # the address is at the end of the citation
    return f'{before}<a href="{html.escape(url)}">{html.escape(url)}</a>'


def _json(assessment: Assessment, items: Mapping[str, str], language: str) -> str:
    """The assessment as JSON, as described by `json_schema`; `read_assessment` reads it."""
    text = json.dumps(to_data(assessment), ensure_ascii=False)
    return msgspec.json.format(_NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)) + "\n"


def _csv(assessment: Assessment, items: Mapping[str, str], language: str) -> str:
    """CSV with one row for each item; texts that a spreadsheet would treat as formulas are prefixed with '."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("part", "item", "title", "state", "measures", "evidence", "challenges", "gaps"))
    answer_of = answers(assessment)
    for row in coverage(assessment, items):
        answer = answer_of.get(row.item, Answer())
        measures = "; ".join(_flat(measure.text) for measure in answer.measures)
        evidence = "; ".join(cited(source) for measure in answer.measures for source in measure.evidence)
        state = say(language, WORDS[row.state])
        said = (_flat(answer.challenges), _flat(answer.gaps))
        cells = (row.part, row.item, row.title, state, measures, evidence, *said)
        table.writerow([guarded(cell) for cell in cells])
    return out.getvalue()


__all__ = ["FORMS", "export", "json_schema"]
