"""The report as a single HTML file for reading, printing and archiving."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from acquis.charts.svg import STYLE, bare
from acquis.documents.blocks import Contents, as_data
from acquis.documents.contents import contents
from acquis.documents.design import DARK, LIGHT, MARK
from acquis.documents.event import event_script
from acquis.documents.view import ReportView
from acquis.i18n import say
from acquis.state import State
from acquis.text.scripts import language_of, right_to_left

_ENDLESS = re.compile(r"(\S{28,})")
"""A word that may be broken anywhere."""


def page(view: ReportView, state: State, language: str, address: str = "") -> str:
    """The report as HTML, without scripts and external resources. `address`: of the page of the session."""
    return html_of(contents(view, state, language, address), language, event_script(view, state, language, address))


def html_of(document: Contents, language: str, event: str = "") -> str:
    """A document as HTML. `event`: the session that it is about as structured data; empty: none."""
    return (
        _environment()
        .get_template("report.html")
        .render(
            _=lambda message, **facts: say(language, message, **facts),
            document=document,
            blocks=[as_data(block) for block in document.blocks],
            language=language,
            turned=right_to_left(language),
            tagged=_tagged(language),
            side=lambda text: Markup(' dir="rtl"') if right_to_left(language_of(text, language)) else "",
            bare=lambda svg: Markup(bare(svg)),  # noqa: S704  # the SVG is our own, and its texts are escaped
            light=LIGHT,
            dark=DARK,
            mark=Markup(MARK.replace("<svg ", '<svg aria-hidden="true" ', 1)),  # noqa: S704  # a constant
            style=Markup(STYLE),  # noqa: S704  # a constant
            event=event,
        )
    )


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("acquis.documents", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def _breakable(text: str) -> Markup:
    """A text in which words without an end may break anywhere; other words of a table do not."""
    parts = _ENDLESS.split(text)
    if len(parts) == 1:
        return escape(text)
    marked = (Markup('<span class="endless">{}</span>').format(part) if n % 2 else part for n, part in enumerate(parts))
    return Markup("").join(marked)


def _tagged(language: str) -> Callable[[str], Markup]:
    """A function that gives a text as HTML, with a `lang` attribute if its language is not that of the page."""
    own = language.partition("-")[0]

    def tagged(text: str) -> Markup:
        tag = language_of(text, language)
        words = _breakable(text)
        if tag == own:
            return Markup("<bdi>{}</bdi>").format(words)
        return Markup('<bdi lang="{}">{}</bdi>').format(tag, words)

    return tagged
