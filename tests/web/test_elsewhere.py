"""A draft that was made elsewhere, as forms without a script: preview, taking in, correcting, publishing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.claims.test_outside import word

from acquis.command import RAPPORTEUR
from acquis.report.drafting import DRAFTS_LIMIT, DraftSentence

from .client import BOSS, AppClient, alert, app_client, forms
from .desk import DESK, desk, form, ids, publish, text, written

PAGE = f"{DESK}/elsewhere"
DRAFT = """# Key takeaways
26 % agreed that norms need a keeper. The weather was fine.

# Call to action
Somebody asked who pays for the keeper.
"""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.hold("grid")
        app.be(RAPPORTEUR, "grid")
        yield app


def preview(app: AppClient, pasted: str = "", file: bytes = b"", origin: str = "machine") -> Any:
    return app.client.post(
        f"{PAGE}/preview", data={"text": pasted, "origin": origin}, files={"file": ("draft", file)} if file else None
    )


def take_in(app: AppClient, html: str, *, without: tuple[str, ...] = (), **more: str) -> Any:
    """Sends the form of the preview with the boxes that are ticked."""
    fields = next(form for form in forms(html) if "text.1" in form)
    ticked = re.findall(r'name="(pick\.\d+)" checked', html)
    parts = dict(re.findall(r'<select id="part\.\d+" name="(part\.\d+)">.*?value="(\w+)" selected', html))
    sent = {**{k: v for k, v in fields.items() if not k.startswith(("pick.", "cite."))}, **parts}
    sent |= {name: "on" for name in ticked if name not in without} | more
    return app.client.post(PAGE, data=sent)


def test_a_draft_is_shown_with_evidence_verdicts_and_what_it_leaves_out(app: AppClient) -> None:
    statement = next(iter(app.state("grid").statements))
    html = preview(app, DRAFT).text
    assert "Does not agree with the record" in html
    assert "10 agree, 2 disagree" in html
    assert f'name="cite.1.{statement}"' in html
    assert f'name="cite.1.{statement}" checked' not in html, "it is offered, and a person adopts it"
    assert "No entry of the record is similar to this sentence." in html
    assert "What the draft leaves out" in html
    assert app.state("grid").draft == {}, "a preview keeps nothing"


def test_the_selected_sentences_are_corrected_and_published_with_their_origin(app: AppClient) -> None:
    statement = next(iter(app.state("grid").statements))
    answer = take_in(app, preview(app, DRAFT).text, without=("pick.2",), **{f"cite.1.{statement}": "on"})
    assert answer.url.path == DESK
    (first,) = written(app)
    assert (first.text, first.cites, first.origin) == (
        "26 % agreed that norms need a keeper.",
        (statement,),
        "machine",
    )
    assert [sentence.text for sentence in written(app, "calls_to_action")] == [
        "Somebody asked who pays for the keeper."
    ]
    html = desk(app)
    assert html.count("From a draft that a machine wrote.") == 2
    fields = {**form(html), "act": "save", text(ids(app)[0]): "83 % agreed that norms need a keeper."}
    assert app.client.post(DESK, data=fields).status_code == 200
    assert written(app)[0].origin == "both"
    assert publish(app, desk(app)).url.path == "/s/grid/record"
    record = app.client.get("/s/grid/record").text
    assert record.count("From a draft that a person and a machine wrote.") == 1
    assert record.count("From a draft that a machine wrote.") == 1
    assert "From a draft that a machine wrote." in app.client.get("/s/grid/report.md").text
    app.client.post(DESK, data={**form(desk(app)), "act": "add:concern"})
    assert written(app)[0].origin == "both", "a correction begins with what was published"


def test_a_word_document_says_itself_who_wrote_it(app: AppClient) -> None:
    html = preview(app, file=word(disclosed="ai-assisted"), origin="person").text
    assert "ai-disclosure: ai-assisted" in html
    take_in(app, html)
    assert {sentence.origin for sentence in written(app)} == {"both"}


def test_a_form_that_is_sent_twice_is_taken_in_once(app: AppClient) -> None:
    html = preview(app, DRAFT).text
    take_in(app, html)
    take_in(app, html)
    assert len(written(app)) == 2


@pytest.mark.parametrize(
    ("sent", "sentence", "field"),
    [
        ({}, "The draft has no sentence.", "text"),
        ({"pasted": "It was late.", "origin": ""}, "Choose who wrote it.", "origin"),
        ({"pasted": "It was late.\n" * 200}, "The draft has too many sentences (200, limit: 120).", "text"),
        ({"file": b"\x89PNG\r\n\x1a\n\0\0"}, "neither text nor a Word document", "file"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(
    app: AppClient, sent: dict[str, Any], sentence: str, field: str
) -> None:
    answer = preview(app, **sent)
    assert answer.status_code == 422
    assert sentence in alert(answer.text)
    marked = rf'name="{field}"[^>]*aria-invalid="true"' if field != "origin" else '<fieldset aria-invalid="true"'
    assert re.search(marked, answer.text)
    assert sent.get("pasted", "") in answer.text


def test_a_draft_that_is_full_takes_nothing_in(app: AppClient) -> None:
    app.all("grid", [(DraftSentence("concern", "x"), BOSS)] * (DRAFTS_LIMIT - 1))
    answer = take_in(app, preview(app, DRAFT).text)
    assert answer.status_code == 409
    assert written(app) == ()


def test_a_form_without_a_ticked_sentence_is_refused(app: AppClient) -> None:
    answer = take_in(app, preview(app, DRAFT).text, without=("pick.1", "pick.2", "pick.3"))
    assert answer.status_code >= 400
    assert written(app) == ()
