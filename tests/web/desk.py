"""The desk as its form shows it, for the tests of what the form does."""

from __future__ import annotations

import re

from httpx2 import Response

from acquis.events import Sentence

from .client import AppClient, alert, forms

DESK = "/s/grid/desk"


def form(html: str) -> dict[str, str]:
    """The draft's form as it stands."""
    return next(form for form in forms(html) if "key" in form and "do" not in form)


def address(html: str, act: str) -> str:
    """Where a button of the draft sends the form."""
    own = re.search(rf'formaction="([^"]+)" name="act" value="{re.escape(act)}"', html)
    return own[1] if own else DESK


def press(app: AppClient, html: str, act: str, **fields: str) -> str:
    """The page after a button of the draft was pressed."""
    answer = app.client.post(address(html, act), data={**form(html), "act": act, **fields})
    assert answer.status_code == 200, alert(answer.text)
    return answer.text


def publish(app: AppClient, html: str, **fields: str) -> Response:
    """The answer to the question of the desk whether to publish, which says what will be published: yes."""
    asking = press(app, html, "publish")
    return app.client.post(f"{DESK}/publish", data={**form(asking), **fields})


def ids(app: AppClient, part: str = "takeaways") -> list[str]:
    return [one.id for one in app.state("grid").draft.get(part, [])]


def written(app: AppClient, part: str = "takeaways") -> tuple[Sentence, ...]:
    """The sentences of the draft as they are kept."""
    return tuple(one.sentence() for one in app.state("grid").draft.get(part, []))


def text(id: str) -> str:
    return f"s.{id}.text"


def desk(app: AppClient) -> str:
    return app.client.get(DESK).text
