"""The rows of the console on its page: those of the frames, rendered once, with the keys that the script adds in
frames."""

from __future__ import annotations

import functools
from collections.abc import Callable

from markupsafe import Markup

from acquis.state import Question
from acquis.state.counting import support
from acquis.web.live.regions import CONSOLE, Scene, parts, question_rows

_KEY, _COUNT = 'name="key" value="', "<b data-count>"


def console_rows(scene: Scene, key: Callable[[], str]) -> Callable[[Question], Markup]:
    """A function from a question to its row on the page of the console. `key` makes the key of a form, so that it can
    be sent without a script."""
    row = question_rows(scene, functools.cache(lambda: parts(scene, macros=CONSOLE)), "console_question")

    def complete(question: Question) -> Markup:
        before, *after = row(question).split(_KEY)
        before = before.replace(_COUNT, f"{_COUNT}{support(scene.view.state, question.seq)}", 1)
        return Markup(before + "".join(f"{_KEY}{key()}{rest}" for rest in after))  # noqa: S704  # rows are rendered HTML

    return complete
