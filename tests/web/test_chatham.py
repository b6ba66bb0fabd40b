"""Sessions under the Chatham House Rule: nothing that leaves the house names anybody, nor where they belong."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator

import pypdfium2
import pytest
from msgspec.structs import asdict
from starlette.routing import Match
from tests.failing import failing

from acquis.attributes import Attributes
from acquis.command import BODY, PARTICIPANT, RAPPORTEUR, Actor, Refused
from acquis.documents.checking import check_bundle
from acquis.documents.formats import BY_NAME, FORMATS
from acquis.events import Sentence
from acquis.floor import questions, queue, segments, speech, statements
from acquis.floor.people import Join
from acquis.followup.calls import AnswerCall, AskBody
from acquis.followup.commitments import MakeCommitment
from acquis.plan.document import FloorSettings, Person, PlannedSegment, Programme
from acquis.publication.chatham import MASK
from acquis.publication.verify import verify_lines
from acquis.record.lines import from_line
from acquis.report.publishing import PublishReport
from acquis.roster import Pass
from acquis.web.app import ENDPOINTS
from acquis.web.http.declaration import PUBLIC

from .client import BOSS, HOST, AppClient, app_client

PEOPLE = (
    Person("Zoë Brândstätter", "Ministerium Kragenfels", "Government", "Western European and Others Group"),
    Person("مريم الحدادي", "معهد الشبكات", "Civil Society", "Asia-Pacific Group"),
    Person("欧阳晓彤", "开源实验室", "Private Sector", "Asia-Pacific Group"),
)
STAFF = Person("Quirin O'Hallmackeney", "Hallmack Trust", "Civil Society")
GUEST = "Nkechi Adebayor-Lund"
SECRETS = (
    "Brândstätter", "Zoë", "Kragenfels", "مريم", "الحدادي", "معهد الشبكات", "欧阳晓彤", "开源实验室", "Quirin",
    "Hallmackeney", "Hallmack Trust", "Nkechi", "Adebayor", "z.brand@kragenfels.example",
)  # fmt: skip
TOLD = (
    "As Zoë Brândstätter said, norms matter.",
    "I agree with BRANDSTÄTTER, Zoe.",
    "شكرا مريم الحدادي على العرض",
    "我同意欧阳晓彤的意见",
    "The Ministerium Kragenfels will host it; write to z.brand@kragenfels.example.",
    "Thank you Nkechi, and the Hallmack Trust.",
)
PLAIN = "Norms need a keeper."


def programme(chatham: bool) -> Programme:
    return Programme(
        title="Trust without names",
        number="12",
        gathering="IGF 2026",
        series="Trusted dialogues" if chatham else "",
        starts="2026-12-07T08:30:00+00:00",
        ends="2026-12-07T09:30:00+00:00",
        profile="igf-2021",
        speakers=PEOPLE,
        onsite_moderators=(STAFF,),
        rapporteurs=(STAFF,),
        organizers=(STAFF,),
        segments=(PlannedSegment("Panel", "panel", 30), PlannedSegment("Open Q&A", "questions", 30)),
        settings=FloorSettings(chatham_house_rule=chatham),
    )


def held(app: AppClient, chatham: bool) -> str:
    """A session in which everybody names everybody; its id."""
    id = "secret" if chatham else "open"
    app.add(id, programme(chatham))
    app.do(id, segments.OpenSession(), BOSS)
    app.do(id, segments.StartSegment(1))
    crowd = [
        Actor(
            f"p-{n}",
            f"v-{n}",
            frozenset({PARTICIPANT}),
            Attributes(
                lane="online" if n % 2 else "room",
                stakeholder="Government" if n == 0 else "Civil Society",
                region="African Group",
            ),
            ballot=f"{n:032x}",
        )
        for n in range(14)
    ]
    app.house.roster.issue(f"{id}-guest-secret-0000", Pass(id, frozenset({PARTICIPANT}), "p-0", "v-0", 0, GUEST))
    app.all(id, [(Join(**asdict(one.attributes)), one) for one in crowd])
    seeded = app.do(id, statements.SeedStatement(PLAIN))
    app.all(id, [(statements.CastVote(seeded, "agree"), one) for one in crowd])
    asked = 0
    for n, text in enumerate((*TOLD, PLAIN)):
        asked = app.do(id, questions.AskQuestion(text, 1), crowd[n])
        app.do(id, questions.ApproveQuestion(asked))
        app.do(id, speech.CaptionSpeech(text, PEOPLE[n % 3].name), HOST)
        app.do(id, statements.SeedStatement(f"{text} Indeed."))
    hand = app.do(id, queue.RaiseHand("turn", TOLD[0]), crowd[0])
    turn = app.do(id, queue.GiveFloor(hand))
    app.do(id, queue.NoteTurn(turn, TOLD[2]))
    spoke = app.do(id, queue.GiveFloorToSpeaker(2, asked))
    line = app.do(id, speech.CaptionSpeech(PLAIN), HOST)
    for statement in app.state(id).statements:
        app.all(id, [(statements.CastVote(statement, "agree"), one) for one in crowd])
    app.be("")
    for kind in ("participants", "stage", "captions"):  # a frame from before the end is at hand
        assert app.client.get(f"/s/{id}/live/{kind}?poll=-1").status_code == (403 if chatham else 200)
        app.be(PARTICIPANT, id)
        assert app.client.get(f"/s/{id}/live/{kind}?poll=-1").status_code == 200
        app.be("")
    app.do(id, segments.CloseSession(), BOSS)
    app.do(id, questions.AnswerInWriting(asked, TOLD[3]), HOST)
    cites = (seeded, turn, spoke, asked, line)
    report = app.do(
        id,
        PublishReport((Sentence("A keeper is wanted.", cites),), (Sentence("Somebody pays."),)),
        Actor("p-w", "", frozenset({RAPPORTEUR})),
    )
    made = app.do(id, MakeCommitment("The Hallmack Trust pays", "Zoë Brândstätter", report=report, call=1), HOST)
    app.do(id, AskBody(made, "p-body"), BOSS)
    signed = AnswerCall(made, "declined", "Zoë", "Head of the Hallmack Trust", note=TOLD[4], signer="p-signer")
    app.do(id, signed, Actor("p-body", "", frozenset({BODY})))
    again = PublishReport(
        (Sentence(f"A keeper is wanted, says {GUEST}."),), correction="x"
    )  # the log does not know her
    app.do(id, again, Actor("p-w", "", frozenset({RAPPORTEUR})))
    assert app.client.portal is not None
    app.client.portal.call(app.house.board.publish_masks, app.state(id).closed_at + 60_000)
    return id


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("chatham")) as app:
        app.house.sites = ("https://meeting.example.org",)
        held(app, chatham=True)
        held(app, chatham=False)
        app.be("")
        yield app


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()


def found_in(content: bytes, name: str) -> list[str]:
    """The secrets that a file tells, whatever it is packed in."""
    if name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(content)
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    elif name.endswith((".png", ".jpeg")):  # drawings: the same as SVG lies beside each
        return []
    elif name.endswith((".docx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [(one, packed.read(one)) for one in packed.namelist() if not one.endswith("/")]
        return [secret for one, part in parts for secret in found_in(part, one)]
    else:
        text = content.decode("utf-8", "replace")
    text = plain(re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text))
    return [secret for secret in SECRETS if plain(secret) in text]


FILES = list(BY_NAME)
PAGES = [
    "/s/{id}", "/s/{id}/record", "/s/{id}/record?version=1", "/s/{id}/audit", "/s/{id}/captions", "/s/{id}/questions",
    "/s/{id}/captions?q=norms", "/s/{id}/vote", "/s/{id}/map", "/s/{id}/stage", "/s/{id}/followup", "/s/{id}.json",
    "/s/{id}/log.jsonl", "/s/{id}/live/participants?poll=-1", "/s/{id}/live/stage?poll=-1",
    "/s/{id}/record/compare?a=1&b=2", "/s/{id}/list", "/s/{id}/questions/all", "/s/{id}/speakers", "/s/{id}/handout",
    "/s/{id}/captions?who=", "/s/{id}?watch=1", "/followup", "/followup.json", "/followup/lists.csv",
    "/followup/lists.json", "/followup.csv", "/followup.atom", "/followup.ics", "/reports.atom", "/reports.ics",
    "/gatherings/igf-2026/compare", "/gatherings/igf-2026/schedule.ics", "/gatherings/igf-2026/schedule.xml",
    "/gatherings/igf-2026/schedule.json",
    "/gatherings/igf-2026/schedule.csv", "/s/{id}/contributions", "/s/{id}/inputs",
    "/s/{id}/synthesis", "/gatherings/igf-2026/messages",
    "/gatherings/igf-2026/synthesis", "/gatherings/igf-2026/synthesis.docx",
    "/gatherings/igf-2026/synthesis.html", "/gatherings/igf-2026/synthesis.md", "/gatherings/igf-2026/synthesis.csv",
    "/gatherings/igf-2026/synthesis.json",
    "/s/{id}/floor.json", "/s/{id}/floor.atom", "/reports.json",
    "/s/{id}/embed", "/s/{id}/embed/questions", "/s/{id}/embed/vote", "/s/{id}/embed/live/participants?poll=-1",
    "/s/{id}/embed/live/captions?poll=-1",
    "/s/{id}/overlay", "/s/{id}/live/captions?poll=-1", "/s/{id}/invitation", "/s/{id}/entries/1", "/s/{id}/entries/12",
    "/said?q=norms", "/said?q=agree", "/", "/gatherings/igf-2026", "/s/{id}/device", "/s/{id}/check", "/s/{id}/proof",
    "/series/trusted-dialogues", "/s/{id}/followup/1.atom", "/s/{id}/messages", "/s/{id}/messages/1",
]  # fmt: skip


def _file_names_nobody(app: AppClient, name: str) -> None:
    answer = app.client.get(f"/s/secret/{name}")
    if answer.status_code == 404:  # nothing to draw
        assert name in ("timeline.svg", "captions.csv", "manifest.json")
        return
    assert answer.status_code == 200
    assert found_in(answer.content, name) == []


def test_no_file_of_such_a_session_names_anybody(app: AppClient) -> None:
    assert failing(lambda name: _file_names_nobody(app, name), FILES) == []


def named_on(app: AppClient, path: str) -> list[str]:
    """The secrets on a page; of a page of all sessions, in what is not of the one without the rule."""
    html = app.client.get(path).text
    if not path.startswith("/s/"):
        parts = re.split(
            r"(?=<article|<li[ >]|<tr|<entry>|BEGIN:VEVENT|<event |\{\s+\"guid|\{\"session\")|\n(?=open,|secret,)", html
        )
        html = "".join(part for part in parts if not re.search(r"/s/open|^open,|\"open\"", part))
    return found_in(html.encode(), "x.html")


def test_no_page_of_such_a_session_names_anybody(app: AppClient) -> None:
    named = {path: named_on(app, path.format(id="secret")) for path in PAGES}
    assert {path: secrets for path, secrets in named.items() if secrets} == {}


def test_the_calendar_and_the_feed_of_one_commitment_name_nobody(app: AppClient) -> None:
    (entry,) = app.state("secret").commitments
    for form in ("ics", "atom"):
        answer = app.client.get(f"/s/secret/followup/{entry}.{form}")
        assert (answer.status_code, found_in(answer.content, "x.html")) == (200, [])
    assert "declined" in app.client.get("/s/secret/followup").text


@pytest.fixture(scope="module")
def bundled(app: AppClient) -> dict[str, dict[str, bytes]]:
    """The files in the bundle of each session, as it comes over HTTP."""
    files = {}
    for id in ("secret", "open"):
        with zipfile.ZipFile(io.BytesIO(app.client.get(f"/s/{id}/bundle.zip").content)) as packed:
            files[id] = {name.removeprefix(f"{id}/"): packed.read(name) for name in packed.namelist()}
    return files


@pytest.mark.parametrize("id", ["secret", "open"])
def test_a_file_over_http_has_the_bytes_of_the_bundle(
    app: AppClient, bundled: dict[str, dict[str, bytes]], id: str
) -> None:
    answers = {name: app.client.get(f"/s/{id}/{name}") for name in [one.name for one in FORMATS if one.bundled]}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        name: 200 if name in bundled[id] else 404 for name in answers
    }
    assert [name for name, given in answers.items() if given.is_success and given.content != bundled[id][name]] == []


@pytest.mark.parametrize("id", ["secret", "open"])
def test_the_record_over_http_verifies(bundled: dict[str, dict[str, bytes]], id: str) -> None:
    log = [from_line(line) for line in bundled[id]["log.jsonl"].splitlines()]
    assert check_bundle(bundled[id], log).ok
    assert "captions.vtt" in bundled[id]


def test_no_open_door_is_forgotten(app: AppClient) -> None:
    """What everybody may open and what can show something of a session is in the lists above."""
    paths = [path.partition("?")[0].format(id="secret") for path in (*PAGES, *(f"/s/{{id}}/{name}" for name in FILES))]
    doors = {
        endpoint.declaration.name
        for endpoint in ENDPOINTS
        if endpoint.declaration.roles >= PUBLIC and endpoint.declaration.method == "GET"
    }
    tried = {
        route.name
        for path in paths
        for route in app.client.app.routes  # type: ignore[attr-defined]  # an application of Starlette
        if route.matches({"type": "http", "method": "GET", "path": path})[0] is Match.FULL
    }
    assert {door for door in doors - tried if not door.startswith("reference")} == {
        "claim", "sign_in", "sign_in_back",  # they lead to the provider and back
        "static", "openapi", "qr", "join_code", "join_queue", "signed_in", "live_pages",
        "embedded_join_queue", "embedded_live_pages",  # the same in a frame
        "checkpoint", "checkpoints", "consistency", "key", "keys",  # fingerprints and signatures
        "healthz", "readyz",  # nothing of any session
    }  # fmt: skip


def test_the_scan_finds_names_where_there_are_some(app: AppClient) -> None:
    for name in ("report.html", "report.docx", "report.pdf", "report.json", "log.jsonl", "captions.vtt", "bundle.zip"):
        assert found_in(app.client.get(f"/s/open/{name}").content, name), name
    for path in ("/s/open/record", "/s/open/captions", "/s/open.json"):
        assert found_in(app.client.get(path).content, "x.html"), path


def test_what_was_said_without_a_name_is_there(app: AppClient) -> None:
    text = app.client.get("/s/secret/report.md").text
    assert "A keeper is wanted, says" in text
    assert PLAIN in text
    assert "Government" not in text  # the only one there
    assert "Civil Society" in text
    assert "As \\[…\\] said, norms matter." in text
    assert "Speakers:" not in text
    assert "performer" not in app.client.get("/s/secret/event.json").json()


def test_the_log_verifies_and_a_change_in_it_is_found(app: AppClient) -> None:
    lines = app.client.get("/s/secret/log.jsonl").content.splitlines()
    verdict = verify_lines(lines)
    assert verdict.ok, verdict.reason
    assert verdict.reports == 2
    for shown, other in ((b"SessionClosed", b"SessionPaused"), (MASK.encode(), "Zoë".encode())):
        forged = [line.replace(shown, other) for line in lines]
        assert forged != lines
        assert not verify_lines(forged).ok


def test_a_report_that_names_somebody_is_refused(app: AppClient) -> None:
    writer = Actor("p-w", "", frozenset({RAPPORTEUR}))
    with pytest.raises(Refused) as refused:
        app.do("secret", PublishReport((Sentence("Brandstätter wants a keeper."),), correction="x"), writer)
    assert refused.value.code == "names_under_rule"


def test_everybody_is_told(app: AppClient) -> None:
    for path in ("/s/secret/record", "/s/secret"):
        assert "Chatham House Rule" in app.client.get(path).text
    assert "Chatham House Rule" not in app.client.get("/s/open/record").text


def test_who_writes_still_sees_who_spoke(app: AppClient) -> None:
    app.be(RAPPORTEUR, "secret")
    assert found_in(app.client.get("/s/secret/desk").content, "x.html")
    app.be("")


def test_while_it_runs_only_those_who_take_part_see_who_speaks(app: AppClient) -> None:
    app.add("now", programme(chatham=True))
    app.do("now", segments.OpenSession(), BOSS)
    app.do("now", segments.StartSegment(1))
    app.do("now", queue.GiveFloorToSpeaker(1))
    app.be("")
    live = ("live/participants", "live/stage")
    for page in ("questions", "vote", "map", "stage", "overlay", "captions", "captions.vtt", "floor.json", *live):
        answer = app.client.get(f"/s/now/{page}")
        assert answer.status_code == 403, page
        assert "so only participants can follow it" in answer.text
    for page in ("", "?watch=1", ".json", "/log.jsonl", "/record", "/audit"):
        answer = app.client.get(f"/s/now{page}")
        assert answer.status_code == 200
        assert found_in(answer.content, "x.html") == [], page
    for path in PAGES:
        assert named_on(app, path.format(id="now")) == [], path
    for name in FILES:
        answer = app.client.get(f"/s/now/{name}")
        assert found_in(answer.content, name if answer.status_code == 200 else "x.html") == [], name
    assert "Watch without joining" not in app.client.get("/s/now").text
    assert "data-live" not in app.client.get("/s/now").text  # a stream that only says 403 would show no connection
    app.be(PARTICIPANT, "now")
    assert "Zoë Brândstätter" in app.client.get("/s/now?watch=1").text
    assert app.client.get("/s/now/live/participants?poll=-1").status_code == 200


def test_a_report_that_names_a_participant_is_refused_at_the_door(app: AppClient) -> None:
    app.be(RAPPORTEUR, "secret")
    body = {"do": "publish_report", "takeaways": [{"text": f"{GUEST} wants a keeper."}], "correction": "x"}
    answer = app.client.post("/s/secret/do", json=body, headers={"idempotency-key": "named-12345678"})
    assert (answer.status_code, answer.json()["refused"]) == (409, "names_under_rule")
    app.be("")


def test_who_has_joined_votes_on_an_open_page(app: AppClient) -> None:
    """The frames were those of somebody who has not joined, so that the buttons vanished with the first one."""
    app.add("votes", programme(chatham=True))
    app.do("votes", segments.OpenSession(), BOSS)
    app.be("")
    code = app.client.get("/s/votes").text
    given = app.house.roster.session("votes")
    assert "Join" in code
    assert given is not None
    form = {"code": given.code, "lane": "room", "name": "Vera Voter"}
    assert app.client.post("/s/votes/join", data=form).status_code == 200
    statement = app.do("votes", statements.SeedStatement("Norms need a follow-up."))
    buttons = 'value="cast_vote"'
    assert buttons in app.client.get("/s/votes/vote").text
    frame = app.client.get("/s/votes/live/participants?poll=-1").json()
    assert buttons in frame["html"][f"s{statement}"]
