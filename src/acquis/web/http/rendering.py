"""Renders templates with autoescaping, translation, and the globals and filters of all pages."""

from __future__ import annotations

import functools
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from acquis.attributes import ATTRIBUTES
from acquis.command.actors import main_role
from acquis.documents.compiled import CompiledTemplates
from acquis.documents.opinion import map_needs
from acquis.documents.opinion_axes import axis_ends
from acquis.i18n import N_, say, say_many, translation
from acquis.i18n.attributes import ATTRIBUTE_WORDS
from acquis.i18n.dates import duration, span
from acquis.i18n.rehearsals import rehearsal_mark, rehearsal_notice
from acquis.i18n.vocabulary import VOCABULARY, word
from acquis.state import counting, reading
from acquis.state.people import asked_attributes
from acquis.statistics.concentration import percent
from acquis.statistics.measures import HELD_BACK, measures_words
from acquis.statistics.opinion_words import area_title
from acquis.text.scripts import right_to_left
from acquis.web.http import lengths
from acquis.web.http.assets import static
from acquis.web.words import phrases
from acquis.web.words.acts import act_sentence, taken_from
from acquis.web.words.fitting import fits
from acquis.web.words.reference import name_of

SLICE_S = 0.01
"""For how long a page or a frame is rendered before the event loop does other work."""
Piece = TypeVar("Piece")


_FORM: dict[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
    "optimized": False,  # what a filter makes of a constant belongs to a language, and not to the compiled template
}
"""How templates are read."""
_COMPILED = CompiledTemplates(repr(_FORM))


def _translated(language: str) -> Callable[..., Markup]:
    """The function `_` of templates. That of the extension finds out at each call what it is to call, which was a sixth
    of the work of a page."""
    catalogue, kept = translation(language), dict[str, Markup]()

    def translated(message: str, /, **facts: Any) -> Markup:
        if (text := kept.get(message)) is None:
            text = kept[message] = Markup(catalogue.gettext(message))  # noqa: S704  # messages are ours
        return text % facts if "%" in text else text

    return translated


@functools.cache
def environment(language: str) -> Environment:
    """The Jinja environment of a language, with its translations and the functions that templates call."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1]),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_COMPILED,
        cache_size=-1,
        auto_reload=False,  # otherwise each template of each page asks the file system whether it has changed
        **_FORM,
    )
    made.install_gettext_translations(translation(language), newstyle=True)  # type: ignore[attr-defined]  # of the i18n extension
    made.globals.update(
        _=_translated(language),
        say=functools.partial(say, language),
        many=functools.partial(say_many, language),
        static=static,
        fits=fits,
        lang=language,
        phrases=phrases,
        area_title=functools.partial(area_title, language),
        axis_ends=functools.partial(axis_ends, language=language),
        map_needs=functools.partial(map_needs, language),
        act_sentence=functools.partial(act_sentence, language),
        taken_from=functools.partial(taken_from, language),
        lengths=lengths,
        reading=reading,
        counting=counting,
        awaits_votes=counting.awaits_votes,
        joined=counting.joined,
        support=counting.support,
        measures=functools.partial(measures_words, language),
        HELD_BACK=HELD_BACK,
        attributes=ATTRIBUTES,
        asked_attributes=asked_attributes,
        attribute_words=ATTRIBUTE_WORDS,
        dir="rtl" if right_to_left(language) else "ltr",
    )
    _add_filters(made, language)
    return made


def _add_filters(made: Environment, language: str) -> None:
    for name in ("minutes", "people", "times", "why", "lines"):
        made.filters[name] = functools.partial(getattr(phrases, name), language)
    for kind in VOCABULARY:
        made.filters[kind] = functools.partial(word, language, kind)
    made.filters["main_role"] = lambda given: word(language, "role", main_role(given.roles))
    for name, function in (("span", span), ("duration", duration), ("named", name_of)):
        made.filters[name] = functools.partial(function, language)
    made.filters["said"] = functools.partial(say, language)
    made.filters["rehearsal_notice"] = functools.partial(rehearsal_notice, language)
    made.filters["rehearsal_mark"] = functools.partial(rehearsal_mark, language)
    made.filters["clock"] = clock
    made.filters["bdi"] = Markup("<bdi>{}</bdi>").format
    made.filters["words"] = lambda code: str(code).replace("_", " ")
    made.filters["percent"] = lambda part, whole: say(language, N_("{share}%"), share=percent(part, whole))


def clock(ms: int) -> str:
    """Milliseconds as minutes and seconds ("4:05"), negative ones with a minus sign."""
    seconds = abs(ms) // 1000
    return f"{'-' if ms < 0 else ''}{seconds // 60}:{seconds % 60:02d}"


def fragment(language: str, template: str, /, **context: Any) -> str:
    """Renders a template, named by its path below `acquis/web`, to HTML."""
    return environment(language).get_template(template).render(**context)


class RenderedPage(HTMLResponse):
    """A page whose template is still to be rendered, by `finish` or in slices by `finish_beside`. Until then only its
    headers are known."""

    def __init__(
        self, language: str, template: str, values: Mapping[str, Any], status: int, headers: Mapping[str, str]
    ) -> None:
        super().__init__("", status, headers)
        self._pieces: Iterator[str] | None = environment(language).get_template(template).generate(**values)

    def finish(self) -> None:
        """Renders the page, if it is not rendered yet."""
        if self._pieces is not None:
            self._keep([*self._pieces])

    async def finish_beside(self, pause: Callable[[], Awaitable[None]]) -> None:
        """Renders the page, if it is not rendered yet, and lets other work go on by `pause` whenever `SLICE_S` has
        passed. Raises what `pause` does."""
        if self._pieces is not None:
            self._keep(await in_slices(self._pieces, pause))

    def _keep(self, pieces: list[str]) -> None:
        self.body, self._pieces = self.render("".join(pieces)), None
        self.headers["content-length"] = str(len(self.body))


async def in_slices(pieces: Iterable[Piece], pause: Callable[[], Awaitable[None]]) -> list[Piece]:
    """The pieces, each made when it is asked for. Other work goes on by `pause` whenever `SLICE_S` has passed. Raises
    what `pause` does."""
    made, until = [], time.perf_counter() + SLICE_S
    for piece in pieces:
        made.append(piece)
        if time.perf_counter() > until:
            await pause()
            until = time.perf_counter() + SLICE_S
    return made


def finished(response: Response) -> Response:
    """A response that is rendered, at once if it is not yet."""
    if isinstance(response, RenderedPage):
        response.finish()
    return response


__all__ = ["RenderedPage", "environment", "finished", "fragment", "in_slices"]
