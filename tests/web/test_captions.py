"""Captions: pushed by a captioner, read and searched by anybody, corrected, imported from a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from acquis.command import CAPTIONER, ORGANIZER, PARTICIPANT, SPEAKER
from acquis.floor.queue import EndTurn, GiveFloorToSpeaker
from acquis.floor.segments import CloseSession, OpenSession
from acquis.floor.speech import CaptionSpeech
from acquis.plan.document import FloorSettings
from acquis.web.http import passes

from .client import BOSS, HOST, PROGRAMME, AppClient, alert, app_client, form_with

SPEAKER_NAME = PROGRAMME.speakers[0].name


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("grid")
        app.do("grid", OpenSession(), BOSS)
        yield app


def push(app: AppClient, body: Any, **headers: str) -> Any:
    return app.client.post("/s/grid/captions", json=body, headers=headers)


def page(app: AppClient, query: str = "") -> str:
    answer = app.client.get(f"/s/grid/captions{query}")
    assert answer.status_code == 200
    return answer.text


def said(html: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", one) for one in re.findall(r'class="said">(.*?)</span>', html, re.DOTALL)]


def test_a_line_is_on_the_record_when_it_is_answered(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    answer = push(app, {"text": "Norms need a keeper.", "key": "line-0001"})
    assert (answer.status_code, answer.json()) == (200, {"lines": [{"seq": 3}]})
    assert app.state("grid").speech[3].text == "Norms need a keeper."


def test_a_line_sent_again_is_one_line(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    answers = [push(app, {"text": "Norms.", "speaker": "Amara Specimen", "key": "line-0001"}) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"lines": [{"seq": 3}]}] * 2
    assert app.state("grid").speech[3].seat == 1


def test_a_batch_keeps_its_order_in_one_commit(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    answer = push(app, {"lines": [{"text": f"Line {n}."} for n in range(20)]}, **{"idempotency-key": "batch-0001"})
    assert answer.json()["lines"] == [{"seq": n} for n in range(3, 23)]
    assert [line.text for line in app.state("grid").speech.values()] == [f"Line {n}." for n in range(20)]


def test_a_program_comes_with_the_secret_of_the_pass_as_a_token(app: AppClient) -> None:
    secret, _ = passes.issue(app.house, "grid", CAPTIONER)
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "plain-0001"}
    answer = app.client.post("/s/grid/captions", content="Bonjour à tous.", headers=headers)
    assert answer.json() == {"lines": [{"seq": 3}]}
    assert app.state("grid").speech[3].text == "Bonjour à tous."
    wrong = {**headers, "authorization": "Bearer " + "x" * 43}
    assert app.client.post("/s/grid/captions", content="Hello.", headers=wrong).status_code == 403


def test_a_token_of_another_session_opens_nothing_here(app: AppClient) -> None:
    app.add("other")
    secret, _ = passes.issue(app.house, "other", CAPTIONER)
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "plain-0001"}
    assert app.client.post("/s/grid/captions", content="Hello.", headers=headers).status_code == 403


def test_a_partial_line_is_shown_and_never_recorded(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    assert push(app, {"text": "Norms need", "final": False}).json() == {"lines": []}
    assert not app.state("grid").speech
    frame = app.client.get("/s/grid/live/captions?poll=-1").json()
    assert "Norms need" in frame["html"]["partial"]
    push(app, {"text": "Norms need a keeper.", "key": "line-0001"})
    html: dict[str, str] = {}
    while "l3" not in html:
        frame = app.client.get(f"/s/grid/live/captions?poll={frame['number']}").json()
        html |= frame["html"]
    assert html["partial"] == ""
    assert "Norms need a keeper." in html["l3"]


def test_what_is_refused_says_which_line_and_why(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    answer = push(app, {"lines": [{"text": "Good.", "key": "line-0001"}, {"text": " ", "key": "line-0002"}]})
    assert answer.status_code == 400
    good, bad = answer.json()["lines"]
    assert (good, bad["refused"]) == ({"seq": 3}, "text_empty")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": "No key."}, "key_missing"),
        ({"txt": "x", "key": "line-0001"}, "bad_fields"),
        ({"lines": [{"text": "x", "key": f"line-{n:04}"} for n in range(201)]}, "bad_fields"),
        ({"lines": "x"}, "bad_fields"),
        ([], "bad_fields"),
        ({"text": "x" * 70_000, "key": "line-0001"}, "too_large"),
    ],
)
def test_what_is_no_line_is_refused_with_a_sentence(app: AppClient, body: Any, code: str) -> None:
    app.be(CAPTIONER, "grid")
    answer = push(app, body)
    assert answer.json()["refused"] == code
    assert answer.json()["sentence"]
    assert not app.state("grid").speech


def test_a_participant_may_not_caption(app: AppClient) -> None:
    app.be(PARTICIPANT, "grid")
    assert push(app, {"text": "x", "key": "line-0001"}).status_code == 403


def test_everybody_reads_the_lines_with_who_speaks_and_the_language(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    lines = [
        {"text": "Les normes.", "speaker": "AMARA SPECIMEN", "language": "fr", "key": "line-0001"},
        {"text": "<b>Bold</b>", "key": "line-0002"},
    ]
    push(app, {"lines": lines})
    app.be("")
    html = page(app)
    assert said(html) == ["Les normes.", "&lt;b&gt;Bold&lt;/b&gt;"]
    assert '<li id="l3" lang="fr"' in html
    assert "<bdi>Amara Specimen</bdi>" in html


def test_a_typed_line_needs_no_script(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    form = form_with(page(app), do="caption_speech")
    answer = app.client.post("/s/grid/do", data={**form, "text": "Typed by hand."})
    assert said(answer.text) == ["Typed by hand."]
    answer = app.client.post("/s/grid/do", data={**form, "key": "another-key", "text": "Hi.", "language": "e n"})
    assert "is not a language code" in alert(answer.text)
    assert 'value="Hi."' in answer.text


def test_words_are_found_whatever_their_accents(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    texts = [
        "La sécurité d'abord.",
        "安全与发展",
        "الأمن السيبراني",
        "Nothing of the kind.",
        "Securite again, SÉCURITÉ!",
    ]
    push(app, {"lines": [{"text": text, "key": f"line-{n:04}"} for n, text in enumerate(texts)]})
    found = page(app, "?q=securite")
    assert said(found) == ["La sécurité d&#39;abord.", "Securite again, SÉCURITÉ!"]
    assert "<mark>sécurité</mark>" in found
    assert "/s/grid/captions?line=3#l3" in found
    assert said(page(app, "?q=安全")) == ["安全与发展"]
    assert said(page(app, "?q=الامن")) == ["الأمن السيبراني"]
    assert said(page(app, '?q=" OR *')) == []


def test_a_line_is_corrected_and_found_by_its_new_words_only(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    push(app, {"text": "Norms need a kipper.", "key": "line-0001"})
    assert said(page(app, "?q=kipper"))
    form = form_with(page(app, "?correct=3"), do="correct_speech")
    assert form["text"] == "Norms need a kipper."
    answer = app.client.post("/s/grid/do", data={**form, "text": "Norms need a keeper."})
    assert said(answer.text) == ["Norms need a keeper."]
    assert not said(page(app, "?q=kipper"))
    assert said(page(app, "?q=keeper"))


def test_a_speaker_corrects_their_own_words_and_no_others(app: AppClient) -> None:
    secret, _ = passes.issue(app.house, "grid", SPEAKER, seat=1)
    turn = app.do("grid", GiveFloorToSpeaker(1))
    app.be(CAPTIONER, "grid")
    push(
        app,
        {
            "lines": [
                {"text": "Mine.", "speaker": "Amara Specimen", "key": "line-0001"},
                {"text": "Not mine.", "speaker": "Bruno Muster", "key": "line-0002"},
            ]
        },
    )
    app.client.cookies.clear()
    app.client.cookies.set(passes.cookie_name("grid"), secret)
    html = page(app)
    assert f"?correct={turn + 1}#" in html
    assert f"?correct={turn + 2}#" not in html


def test_a_late_line_is_offered_to_the_turn_before_and_confirmed_by_a_person(app: AppClient) -> None:
    turn = app.do("grid", GiveFloorToSpeaker(1))
    app.clock.forward(60_000)
    app.be(CAPTIONER, "grid")
    app.do("grid", EndTurn(turn))
    app.clock.forward(30_000)
    begun, ended = (handover.at for handover in app.state("grid").handovers)
    lines: tuple[dict[str, object], ...] = (
        {"text": "In time.", "said_at": begun + 30_000},
        {"text": "Thank you.", "captioned_at": ended + 1000},
        {"text": "Sent late.", "captioned_at": ended - 1000},
        {"text": "Next, please."},
    )
    for number, line in enumerate(lines):
        assert push(app, {**line, "key": f"line-000{number}"}).status_code == 200
    state = app.state("grid")
    assert [(line.text, line.turn, line.likely) for line in state.speech.values()] == [
        ("In time.", turn, 0), ("Thank you.", 0, turn), ("Sent late.", turn, 0), ("Next, please.", 0, 0),
    ]  # fmt: skip
    html = page(app)
    names = re.findall(r'<b class="who"><bdi>(.*?)</bdi>', html)
    assert names == [SPEAKER_NAME, f"Unknown speaker, perhaps {SPEAKER_NAME}", SPEAKER_NAME, "Unknown speaker"]
    late = next(line.seq for line in state.speech.values() if line.likely)
    assert f"NOTE Cue {late}: unknown speaker, perhaps {SPEAKER_NAME}" in app.client.get("/s/grid/captions.vtt").text
    form = form_with(html, do="place_speech")
    app.client.post("/s/grid/do", data=form)
    assert app.state("grid").speech[late].turn == turn
    assert "perhaps" not in page(app)
    app.be("")
    assert "Confirm speaker" not in page(app)


def test_an_erased_line_is_gone_everywhere(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    push(app, {"text": "My number is in the book.", "speaker": "Ann Private", "key": "line-0001"})
    assert said(page(app, "?q=book"))
    app.be(ORGANIZER)
    body = {"do": "erase_text", "entry": 3, "reason": "asked for"}
    assert app.client.post("/s/grid/do", json=body, headers={"idempotency-key": "erase-0001"}).status_code == 201
    for address in ("captions", "captions?q=book", "captions.vtt", "log.jsonl", "live/captions?poll=-1"):
        text = app.client.get(f"/s/grid/{address}").text
        assert "in the book" not in text
        assert "Ann Private" not in text


def test_webvtt_at_any_moment(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    push(app, {"text": "Norms need a keeper.", "speaker": "AMARA SPECIMEN", "key": "line-0001"})
    answer = app.client.get("/s/grid/captions.vtt")
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    assert answer.text.startswith("WEBVTT\n\n3\n")
    assert "<v Amara Specimen>Norms need a keeper." in answer.text


def test_a_transcript_enters_once_and_says_who_was_not_matched(app: AppClient) -> None:
    app.do("grid", CloseSession(), BOSS)
    app.be(ORGANIZER)
    text = b"RAW\n***\n>> AMARA SPECIMEN: Norms.\n>> Chloe Stranger: Whose?\n"
    answers = [
        app.client.post("/s/grid/captions/transcript", files={"file": ("t.txt", text, "text/plain")}) for _ in "ab"
    ]
    assert "2 lines were added to the record." in answers[0].text
    for answer in answers:
        assert said(answer.text) == ["Norms.", "Whose?"]
        assert "1: RAW" in answer.text
    form = form_with(answers[1].text, do="match_speaker")
    answer = app.client.post("/s/grid/do", data={**form, "seat": "2"})
    assert "<bdi>Bruno Muster</bdi>" in answer.text
    assert "Chloe Stranger" not in answer.text


def test_a_long_transcript_counts_as_one_action_and_the_same_file_changes_nothing(app: AppClient) -> None:
    app.be(ORGANIZER)
    text = "\n".join(f">> AMARA SPECIMEN: Point {n}." if n % 2 else f">> BRUNO MUSTER: Point {n}." for n in range(90))
    file = {"file": ("t.txt", text.encode(), "text/plain")}
    answer = app.client.post("/s/grid/captions/transcript", files=file)
    assert len(said(answer.text)) == 90
    assert "90 lines were added to the record." in answer.text
    answer = app.client.post("/s/grid/captions/transcript", files=file)
    assert len(said(answer.text)) == 90
    assert "This file was added before." in answer.text


def test_a_file_that_is_no_transcript_is_refused_with_one_sentence(app: AppClient) -> None:
    app.be(ORGANIZER)
    answer = app.client.post("/s/grid/captions/transcript", files={"file": ("t.bin", b"\0\1\2" * 50, "text/plain")})
    assert answer.status_code == 422
    assert "The file is not text." in alert(answer.text)


def test_a_transcript_is_looked_at_before_it_enters_the_record(app: AppClient) -> None:
    app.do("grid", CloseSession(), BOSS)
    app.be(ORGANIZER)
    text = "# Call\n\n## Topic\n\n**Amara Specimen:** Norms.\n\nBy whom?\n\n**Chloe Stranger:** Whose?\n"
    file = {"file": ("t.md", text.encode(), "text/plain")}
    answer = app.client.post("/s/grid/captions/transcript", files=file, data={"step": "preview"})
    assert answer.status_code == 200
    assert "Unknown speaker, perhaps Amara Specimen" in answer.text
    assert "1 with an unknown speaker" in answer.text
    assert "Names are in bold" in answer.text
    assert "## Topic (a heading)" in answer.text, "a reason is in words"
    assert said(answer.text) == []
    choices = {
        "name": ["Chloe Stranger", "Amara Specimen"],
        "seat": ["2", "1"],
        "form": "markdown",
        "encoding": "utf-8",
    }
    answer = app.client.post("/s/grid/captions/transcript", files=file, data=choices)
    assert said(answer.text) == ["Norms.", "By whom?", "Whose?"]
    assert re.findall(r"who=([A-Za-z%0-9]+)", answer.text) == ["Amara%20Specimen", "Bruno%20Muster"]


def test_an_offered_speaker_is_entered_only_after_somebody_confirmed(app: AppClient) -> None:
    app.do("grid", CloseSession(), BOSS)
    app.be(ORGANIZER)
    said_by = ("**Amara Specimen:** Norms.", "By whom?", "**Chloe Stranger:** Whose?", "**Bruno:** Ours.")
    text = "\n\n".join(("# Call", "## Topic", *said_by))
    file = {"file": ("t.md", text.encode(), "text/plain")}
    address = "/s/grid/captions/transcript"
    preview = app.client.post(address, files=file, data={"step": "preview"}).text
    assert re.findall(r'name="offer" value="([^"]+)"( checked)?', preview) == [("Amara Specimen", ""), ("Bruno", "")]
    chosen = {"offer": ["Bruno"], "step": "preview"}
    preview = app.client.post(address, files=file, data=chosen).text
    assert re.findall(r'name="offer" value="([^"]+)"( checked)?', preview)[1] == ("Bruno", " checked")
    assert 'name="name" value="Bruno"' in preview, "the confirmed name can be matched"
    app.client.post(address, files=file, data={"offer": ["Bruno"], "name": ["Bruno"], "seat": ["2"]})
    lines = [(line.text, line.speaker, line.seat) for line in app.state("grid").speech.values()]
    assert [(text, speaker) for text, speaker, _ in lines] == [
        ("Norms.", "Amara Specimen"), ("By whom?", ""), ("Whose?", "Chloe Stranger"), ("Ours.", "Bruno"),
    ]  # fmt: skip
    assert [seat for *_, seat in lines] == [1, 0, 0, 2]


def test_an_encoding_that_cannot_be_told_is_chosen_and_never_guessed(app: AppClient) -> None:
    app.be(ORGANIZER)
    file = {"file": ("t.srt", "1\n00:00:01,000 --> 00:00:02,000\n主席: 早上好\n".encode("gb18030"), "text/plain")}
    answer = app.client.post("/s/grid/captions/transcript", files=file)
    assert answer.status_code == 422
    assert "gb18030" in alert(answer.text)
    assert "<option>gb18030</option>" in answer.text
    sent = {"encoding": "gb18030", "step": "preview"}
    assert "主席" in app.client.post("/s/grid/captions/transcript", files=file, data=sent).text


def test_the_stage_shows_the_last_two_lines(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    push(app, {"lines": [{"text": f"Line {n}.", "key": f"line-{n:04}"} for n in range(4)]})
    for html in (
        app.client.get("/s/grid/stage").text,
        app.client.get("/s/grid/live/stage?poll=-1").json()["html"]["stage_captions"],
    ):
        assert re.findall(r"Line \d\.", html) == ["Line 2.", "Line 3."]


def test_what_one_of_them_said_is_one_click(app: AppClient) -> None:
    app.be(CAPTIONER, "grid")
    said_by = ("Amara Specimen", "Bruno Muster", "AMARA SPECIMEN", "Somebody & Co")
    lines = [{"text": f"Line {n}.", "speaker": name, "key": f"line-{n:04}"} for n, name in enumerate(said_by)]
    push(app, {"lines": lines})
    (link,) = re.findall(r'href="(/s/grid/captions\?who=[^"]*)"><bdi>Amara Specimen', page(app))
    assert said(app.client.get(link).text) == ["Line 0.", "Line 2."]
    (link,) = re.findall(r'href="(/s/grid/captions\?who=[^"]*)"><bdi>Somebody', page(app))
    assert said(app.client.get(link).text) == ["Line 3."]


def test_after_a_session_under_the_rule_who_writes_still_sees_names(app: AppClient) -> None:
    ruled = structs.replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True))
    app.add("ruled", ruled)
    app.do("ruled", OpenSession(), BOSS)
    app.do("ruled", CaptionSpeech("Norms.", "Bruno Muster"), HOST)
    app.do("ruled", CloseSession(), BOSS)
    app.be(CAPTIONER, "ruled")
    assert "Bruno Muster" in app.client.get("/s/ruled/captions").text
    app.be("")
    html = app.client.get("/s/ruled/captions").text
    assert said(html) == ["Norms."]
    assert "Muster" not in html
