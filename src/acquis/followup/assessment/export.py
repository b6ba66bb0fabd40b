"""An assessment to hand on: Markdown, one HTML file that prints well, JSON, CSV. Private answers are left out unless
their owner asks for them."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterator, Mapping

import msgspec

from acquis.followup.assessment.coverage import MEANING, TITLES, WORDS, by_part, counted, coverage
from acquis.followup.assessment.diff import cited
from acquis.followup.assessment.picture import picture
from acquis.followup.assessment.shape import Answer, Assessment, answers, is_empty, json_schema, shared, to_data
from acquis.i18n import N_, say

FORMS = ("html", "md", "json", "csv")
TITLE = {
    "state": N_("What {by} does on the framework"),
    "non-state": N_("What {by} contributes to the framework"),
}
SHAPE = N_(
    "This file follows the shape of the national survey of UNIDIR and is no product of UNIDIR. Its owner answers for "
    "it; nobody has checked it."
)
_STYLE = (
    "body{font:100%/1.5 system-ui,sans-serif;max-width:52rem;margin:auto;padding:1rem;color:#16191d;background:#fff}"
    "h2{border-top:2px solid;padding-top:.5rem}h3{margin-bottom:.25rem}p{margin:.25rem 0}.quiet{color:#525a64}"
    "svg{width:100%;height:auto;max-width:52rem}@media print{section{break-inside:avoid}body{padding:0}}"
)


def export(
    assessment: Assessment, items: Mapping[str, str], form: str, private: bool = False, language: str = "en"
) -> str:
    """The assessment in a form of FORMS; items: id -> title. Raises KeyError for another form."""
    shown = assessment if private else shared(assessment)
    return {"md": _markdown, "html": _html, "json": _json, "csv": _csv}[form](shown, items, language)


def _title(assessment: Assessment, language: str) -> str:
    by = assessment.by or say(language, N_("somebody"))
    return say(language, TITLE[assessment.edition], by=by)


def _said(assessment: Assessment, items: Mapping[str, str]) -> Iterator[tuple[str, list[tuple[str, str, Answer]]]]:
    """The parts with their answered items: id, title, answer."""
    found = answers(assessment)
    for part, rows in by_part(coverage(assessment, items)).items():
        said = [(row.item, row.title, found.get(row.item, Answer())) for row in rows]
        said = [one for one in said if not is_empty(one[2])]
        if said:
            yield part, said


def _markdown(assessment: Assessment, items: Mapping[str, str], language: str) -> str:
    rows = coverage(assessment, items)
    lines = [f"# {_title(assessment, language)}", ""]
    if assessment.as_of:
        lines += [say(language, N_("As of {day}."), day=assessment.as_of.isoformat()), ""]
    lines += [counted(rows, language), "", say(language, SHAPE)]
    for part, said in _said(assessment, items):
        lines += ["", f"## {say(language, TITLES[part])}"]
        for item, title, answer in said:
            lines += ["", f"### {item}: {title}", "", *_answer(answer, language)]
    return "\n".join(lines) + "\n"


def _answer(answer: Answer, language: str) -> Iterator[str]:
    for measure in answer.measures:
        since = say(language, N_(" (since {day})"), day=measure.since) if measure.since else ""
        yield f"- {_flat(measure.text)}{since}"
        yield from (f"  - {say(language, N_('Evidence'))}: {_flat(cited(one))}" for one in measure.evidence)
    for word, text in ((N_("Challenges"), answer.challenges), (N_("Capacity gaps"), answer.gaps)):
        if text.strip():
            yield f"- {say(language, word)}: {_flat(text)}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _html(assessment: Assessment, items: Mapping[str, str], language: str) -> str:
    rows, title = coverage(assessment, items), html.escape(_title(assessment, language))
    day = say(language, N_("As of {day}."), day=assessment.as_of.isoformat()) if assessment.as_of else ""
    tongue = html.escape(assessment.language or language)
    parts = [
        f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
        f"<p>{html.escape(day)} {html.escape(counted(rows, language))}</p>",
        f'<p class="quiet">{html.escape(say(language, SHAPE))} {html.escape(say(language, MEANING))}</p>',
        picture(rows, language),
    ]
    for part, said in _said(assessment, items):
        parts.append(f"<h2>{html.escape(say(language, TITLES[part]))}</h2>")
        parts += [_section(item, name, answer, language) for item, name, answer in said]
    return "\n".join([*parts, "</main>\n</body>\n</html>"]) + "\n"


def _section(item: str, title: str, answer: Answer, language: str) -> str:
    lines = [f"<section><h3>{html.escape(item)}: {html.escape(title)}</h3>"]
    for measure in answer.measures:
        since = say(language, N_(" (since {day})"), day=measure.since) if measure.since else ""
        lines.append(f"<p>{html.escape(measure.text + since)}</p>")
        if measure.evidence:
            lines.append("<ul>")
            lines += [f"<li>{_linked(cited(one), one.url)}</li>" for one in measure.evidence]
            lines.append("</ul>")
    for word, text in ((N_("Challenges"), answer.challenges), (N_("Capacity gaps"), answer.gaps)):
        if text.strip():
            lines.append(f"<p><b>{html.escape(say(language, word))}</b> {html.escape(text)}</p>")
    return "\n".join([*lines, "</section>"])


def _linked(text: str, url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return html.escape(text)
    return html.escape(text).replace(html.escape(url), f'<a href="{html.escape(url)}">{html.escape(url)}</a>')


def _json(assessment: Assessment, items: Mapping[str, str], language: str) -> str:
    """The assessment itself: `read` reads it, and `json_schema` describes it."""
    return msgspec.json.format(json.dumps(to_data(assessment), ensure_ascii=False)) + "\n"


def _csv(assessment: Assessment, items: Mapping[str, str], language: str) -> str:
    """One row an item; a text that a spreadsheet would run begins with '."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("part", "item", "title", "state", "measures", "evidence", "challenges", "gaps"))
    found = answers(assessment)
    for row in coverage(assessment, items):
        answer = found.get(row.item, Answer())
        measures = "; ".join(_flat(measure.text) for measure in answer.measures)
        evidence = "; ".join(cited(one) for measure in answer.measures for one in measure.evidence)
        state = say(language, WORDS[row.state])
        said = (_flat(answer.challenges), _flat(answer.gaps))
        cells = (row.part, row.item, row.title, state, measures, evidence, *said)
        table.writerow([f"'{cell}" if cell[:1] in tuple("=+-@") else cell for cell in cells])
    return out.getvalue()


__all__ = ["FORMS", "export", "json_schema"]
