# ruff: noqa: RUF001  # the content is in Greek letters on purpose
"""Every page in the pseudo-locale: what is visible is a message, or content of the session.

All content of the sessions here is in Greek letters, and messages of the pseudo-locale stand in brackets. So a Latin
word outside of brackets is a text that no translator can reach.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from acquis.attributes import Attributes
from acquis.command import CAPTIONER, ONSITE, ORGANIZER, PARTICIPANT, SPEAKER, Actor
from acquis.events import Sentence
from acquis.floor import amending, moderation, people, questions, queue, registration, segments, speech, statements
from acquis.floor.turns import CommentTurn
from acquis.floor.undoing import TakeBack
from acquis.followup import commitments
from acquis.i18n import PSEUDO
from acquis.plan.document import (
    FloorSettings,
    Goal,
    Inferred,
    PageReport,
    Person,
    PlannedSegment,
    PolicyQuestion,
    Programme,
    Unparsed,
    to_yaml,
)
from acquis.plan.programme import CancelSession
from acquis.reference.library import library
from acquis.reference.profiles import profile, profile_names
from acquis.report.confirming import ConfirmSummary
from acquis.report.drafting import DraftSentence
from acquis.report.publishing import PublishReport
from acquis.roster import SessionRow
from acquis.web.app import ENDPOINTS

from .client import BOSS, HOST, AppClient, app_client

GROUPS = tuple(profile("igf-2021").stakeholder_groups)
REGIONS = tuple(profile("igf-2021").regional_groups)
PEOPLE = tuple(Person(f"Πρόσωπο {letter}", "Ινστιτούτο", GROUPS[0], REGIONS[0]) for letter in "ΑΒΓ")
PLAN = Programme(
    title="Τα φώτα του λιμανιού",
    number="77",
    gathering="IGF 2021",
    starts="2026-12-07T08:30:00+00:00",
    ends="2026-12-07T09:30:00+00:00",
    room="Αίθουσα Γ",
    organizers=PEOPLE[:1],
    speakers=PEOPLE,
    onsite_moderators=PEOPLE[1:2],
    online_moderators=PEOPLE[2:],
    rapporteurs=PEOPLE[:1],
    theme="Εμπιστοσύνη",
    policy_questions=(PolicyQuestion("Ποιος πληρώνει;", "Φώτα"),),
    issue="Το ζήτημα.",
    sdgs=(Goal(16, ("16.6",)),),
    sdg_text="Στόχοι.",
    description="Περιγραφή.",
    expected_outcomes="Αποτελέσματα.",
    interaction="Σχέδιο.",
    online_participation="Και από μακριά.",
    official_tool="Εργαλείο.",
    segments=(
        PlannedSegment("Ομιλίες", "other", 10, turn_limit_s=120, registered=True),
        PlannedSegment("Συζήτηση", "questions", 30),
        PlannedSegment("Τέλος", "closing", 20, open_floor=False),
    ),
    page_report=PageReport(("Ένα συμπέρασμα.",), ("Μια έκκληση.",), "Κείμενο."),
    inferred=(Inferred("room", "από τη σελίδα"),),
    unparsed=(Unparsed(3, "γραμμή"),),
)
CROWD = [
    Actor(
        f"p-{n}",
        f"v-{n}",
        frozenset({PARTICIPANT}),
        Attributes(lane="online" if n % 2 else "room", stakeholder=GROUPS[n % 2]),
    )
    for n in range(14)
]
SEAT = Actor("p-seat", "v-seat", frozenset({SPEAKER}), Attributes(lane="room"), seat=1)
CAPTIONS = Actor("p-captions", roles=frozenset({CAPTIONER}))


def published(app: AppClient, session: str, plan: Programme = PLAN) -> None:
    app.add(session, plan)
    app.house.roster.save_draft(session, to_yaml(plan))


def registered(app: AppClient, session: str) -> None:
    for n, name in enumerate(("Άλφα", "Βήτα", "Γάμα")):
        app.do(
            session, registration.EnterSpeaker(segment=0, name=name, person=f"p-e{n}", stakeholder=GROUPS[n % 2]), BOSS
        )
    app.do(session, registration.PublishSpeakersList(0), BOSS)
    app.do(session, registration.EnterSpeaker(segment=0, name="Δέλτα", person="p-late", stakeholder=GROUPS[0]), BOSS)


def held(app: AppClient, session: str, plan: Programme = PLAN) -> None:
    """An open session in which most things have happened once."""
    published(app, session, plan)
    app.do(session, segments.OpenSession(), BOSS)
    app.do(session, segments.StartSegment(1))
    app.all(
        session, [(people.Join(lane=one.attributes.lane, stakeholder=one.attributes.stakeholder), one) for one in CROWD]
    )
    for n, text in enumerate(("Μία πρόταση.", "Άλλη πρόταση.", "Τρίτη πρόταση.")):
        said = app.do(session, statements.SeedStatement(text))
        app.all(
            session,
            [(statements.CastVote(said, ("agree", "disagree", "pass")[(k * n) % 3]), o) for k, o in enumerate(CROWD)],
        )
    app.do(session, statements.CloseStatement(said))
    app.do(
        session, statements.HoldBackStatement(app.do(session, statements.ProposeStatement("Όχι."), CROWD[3]), "other")
    )
    app.do(session, statements.ProposeStatement("Περιμένει."), CROWD[4])
    texts = ("Ποιος;", "Πού;", "Πότε;", "Γιατί;", "Πώς;", "Ποιος τώρα;")
    asked = [app.do(session, questions.AskQuestion(text, n % 2, n == 3), CROWD[n]) for n, text in enumerate(texts)]
    for question in asked[:4]:
        app.do(session, questions.ApproveQuestion(question))
    app.do(session, questions.SupportQuestion(asked[0]), CROWD[5])
    app.do(session, questions.MergeQuestions(asked[2], asked[0]))
    app.do(session, questions.PutQuestion(asked[0]))
    app.do(session, questions.MarkAnswered(asked[0]))
    app.do(session, questions.AnswerInWriting(asked[1], "Εκεί."))
    app.do(session, questions.HoldBackQuestion(asked[4], "off_topic"))
    turn = app.do(session, queue.GiveFloorToSpeaker(1))
    lines = [app.do(session, speech.CaptionSpeech(text), CAPTIONS) for text in ("Καλημέρα.", "Ευχαριστώ.")]
    app.do(session, speech.CorrectSpeech(lines[0], "Καλή μέρα."), CAPTIONS)
    app.do(session, queue.NoteTurn(turn, "Θέλει φώτα."))
    app.do(session, CommentTurn(turn, "Όχι ακριβώς."), SEAT)
    app.do(session, queue.EndTurn(turn))
    hand = app.do(session, queue.RaiseHand(about="Τα φώτα"), CROWD[6])
    app.do(session, queue.GiveFloor(hand))
    hands = [app.do(session, queue.RaiseHand(), one) for one in CROWD[7:12]]
    app.do(session, queue.LowerHand(hands[0]))
    app.do(session, queue.DeferHand(hands[1]))
    app.do(session, queue.EnterHand(name="Έψιλον", person="p-mic", lane="room"))
    app.do(session, queue.RaiseHand("point_of_order"), CROWD[12])
    app.do(session, amending.CorrectTitle("Τα φώτα", "Λάθος."))
    app.do(session, moderation.SilencePerson("p-13", "flooding"))
    app.do(session, moderation.RenamePerson("p-12", "impersonation", "Ζήτα"))
    app.do(session, TakeBack(app.do(session, segments.CloseList())))


def live(app: AppClient, session: str) -> None:
    held(app, session)


def rehearsal(app: AppClient, session: str) -> None:
    held(app, session, replace(PLAN, rehearsal=True, practice=True))


def chatham(app: AppClient, session: str) -> None:
    held(app, session, replace(PLAN, settings=FloorSettings(chatham_house_rule=True)))


def paused(app: AppClient, session: str) -> None:
    held(app, session)
    app.do(session, segments.CloseList())
    for intake in ("questions", "statements", "joining"):
        app.do(session, moderation.CloseIntake(intake))
    app.do(session, moderation.PauseSession())


def ended(app: AppClient, session: str) -> None:
    held(app, session)
    app.do(session, ConfirmSummary("Συμφωνία.", "Ανησυχία."))
    app.do(session, segments.CloseSession(), BOSS)
    app.do(session, DraftSentence("takeaways", "Ένα συμπέρασμα."), HOST)


def reported(app: AppClient, session: str) -> None:
    ended(app, session)
    cites = (next(iter(app.state(session).statements)), next(iter(app.state(session).questions)))
    for correction, text in (("", "Συμφωνία."), ("Μια λέξη.", "Άλλη συμφωνία.")):
        body = ((Sentence("Συμπέρασμα.", cites, ("norm-j",)),), (Sentence("Έκκληση."),), (Sentence(text),))
        app.do(session, PublishReport(*body, correction=correction), HOST)
    made = app.do(session, commitments.MakeCommitment("Φύλακας.", who="Λιμάνι", due="2026-12-31", items="norm-j"), HOST)
    app.do(session, commitments.NoteProgress(made, "in_progress", "Άρχισε."), HOST)
    app.do(session, commitments.MakeCommitment("Φώτα.", actor="state", due_words="σύντομα"), HOST)


def announced(app: AppClient, session: str) -> None:
    published(app, session)
    registered(app, session)


def cancelled(app: AppClient, session: str) -> None:
    published(app, session)
    app.do(session, CancelSession(), BOSS)


def draft(app: AppClient, session: str) -> None:
    app.house.roster.add_session(SessionRow(session, "DRAFT001", 1, to_yaml(PLAN)))


STATES = (draft, announced, live, paused, rehearsal, chatham, ended, reported, cancelled)
ROLES = ("", ORGANIZER, ONSITE, PARTICIPANT, SPEAKER)
QUERIES = ("?watch=1", "?q=φως", "?show=waiting")
OTHER_PAGES = (
    "/",
    "/signed-in",
    "/followup",
    "/said?q=φως",
    "/gatherings/igf-2021",
    "/gatherings/igf-2021/synthesis",
    "/gatherings/igf-2021/messages",
    "/series/none-such",
    "/gatherings/igf-2021/compare?session=live&session=ended",
    "/reference?q=norm",
    "/reference/processes",
    "/reference/processes?id=oewg-2&id=global-mechanism",
    "/reference/processes/oewg-2",
    "/reference/framework",
    "/reference/framework/norm-j",
    "/reference/documents",
    "/reference/documents/A/70/174",
    "/reference/documents/A/99/999",
    "/reference/who",
    "/reference/take-part",
    "/reference/take-part?who=company&process=global-mechanism",
    "/reference/take-part?who=state&process=oewg-2",
    "/reference/sources",
    "/nothing-here",
    "/s/nothing-here",
)

NAMES = {
    *("Acquis", "UTC", "QR", "GMT"),  # the name of the program; a clock; a kind of picture
    *("CSV", "JSON", "YAML", "SRT", "WebVTT", "PDF", "Markdown", "DOCX", "HTML", "XML", "TEI", "JSONL", "ZIP", "XLSX"),
    *("SVG", "Word", "Atom", "RSS", "iCalendar", "VTT"),  # formats
    *calendar.month_name,
    *calendar.month_abbr,
    *calendar.day_name,
    *(word for group in (*GROUPS, *REGIONS) for word in re.findall(r"\w+", group)),  # names that the event gives
}
"""Names that are the same in every language, and words that come with the data of the language (dates)."""
FACTS = re.compile(
    "|".join(
        re.escape(text)
        for text in sorted(
            {
                *("Panellist", "(rehearsal)", "IGF 2021", "GGE", "norm-j", "testserver"),
                *(profile(name).title for name in profile_names()),
                *(title for name in profile_names() for title in profile(name).report_fields.values()),
                *library().records,
                *(getattr(item, name, "") for item in library().records.values() for name in ("title", "short")),
            }
            - {""},
            key=len,
            reverse=True,
        )
    )
)
"""Names that the program writes into a rehearsal, of events and of items of the reference, which are in English."""
ADDRESSES = re.compile(
    rf"https?://\S*|\b[\w.-]+\.(?:jsonl?|csv|md|html|docx|pdf|svg|zip|vtt|ics|py)\b|\b[A-Z0-9]{{4}}\b|\ben\b"
    rf"|\b(?:{'|'.join(state.__name__ for state in STATES)})\b|/record\b|^record$"
)
"""Addresses (that of the record is broken in two on the room screen), names of files, codes of sessions and of a
language."""
SHOWN = ("aria-label", "alt", "title", "placeholder", "data-left", "data-soon", "data-over", "data-late", "data-own")


class _Visible(HTMLParser):
    """The texts of a page that are neither code nor facts in another language."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "rect", "path", "line", "circle", "hr", "use", "source"})
    CODE = frozenset({"script", "style", "code", "kbd", "pre", "textarea"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        quoted = given.get("lang", PSEUDO) != PSEUDO or tag in self.CODE or "data-typed" in given
        if tag not in self.VOID:
            self.open.append((tag, quoted))
        if not quoted and not self.inside:
            self.texts += [given[name] for name in SHOWN if name in given]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    @property
    def inside(self) -> bool:
        return any(quoted for _, quoted in self.open)

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.texts.append(data)


def untranslated(html: str) -> list[str]:
    """The Latin words of a page outside of messages, with what stands around them."""
    reader = _Visible()
    reader.feed(html)
    left = []
    # A message may contain elements, so that its brackets are in two texts.
    whole = "\x00".join(" ".join(text.split()) for text in reader.texts)
    while (shorter := re.sub(r"\[[^\[\]]*\]", " ", whole)) != whole:
        whole = shorter
    for text in whole.split("\x00"):
        plain = ADDRESSES.sub(" ", FACTS.sub(" ", text))
        if any(word not in NAMES for word in re.findall(r"[A-Za-z]{2,}", plain)):
            left.append(text.strip())
    return left


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("pseudo")) as app:
        for state in STATES:
            state(app, state.__name__)
        yield app


def test_every_page_is_walked() -> None:
    paths = {e.declaration.path for e in ENDPOINTS if e.declaration.is_page and e.declaration.method == "GET"}
    others = {path for path in paths if "{session:slug}" not in path}
    walked = {re.sub(r"\?.*", "", address) for address in OTHER_PAGES}

    def meets(path: str) -> bool:
        pattern = re.sub(r"\{\w+(?::path)?\}", ".+", re.sub(r"\{\w+:slug\}", "[^/]+", path))
        return any(re.fullmatch(pattern, address) for address in walked)

    # `/join` and the link of a pass lead to another page; five are pages of the organizer.
    assert {path for path in others if not meets(path)} <= {
        "/join",
        "/p/{secret}",
        "/organize",
        "/organize/lists",
        "/organize/procedure",
        "/organizers",
        "/status",
    }


@pytest.mark.parametrize("session", [state.__name__ for state in STATES])
def test_every_page_of_a_session_can_be_translated(app: AppClient, session: str) -> None:
    found: dict[str, list[str]] = {}
    for role in ROLES:
        app.be(role, session)
        for endpoint in ENDPOINTS:
            declaration = endpoint.declaration
            if not (declaration.is_page and declaration.method == "GET" and declaration.of_session):
                continue
            if role not in declaration.roles:
                continue
            address = declaration.path.replace("{session:slug}", session) + f"?watch=1&a=1&b=2&lang={PSEUDO}"
            answer = app.client.get(address)
            assert answer.status_code < 500, address
            if answer.headers["content-type"].startswith("text/html"):
                for text in untranslated(answer.text):
                    found.setdefault(text, []).append(f"{declaration.name} ({role or 'stranger'})")
    assert sorted(f"{pages[0]}: {text}" for text, pages in found.items()) == []


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_every_other_page_can_be_translated(app: AppClient, address: str) -> None:
    app.be("")
    answer = app.client.get(address + ("&" if "?" in address else "?") + f"lang={PSEUDO}")
    assert answer.status_code in (200, 404)
    assert untranslated(answer.text) == []


def test_the_list_of_drafts_can_be_translated(app: AppClient) -> None:
    app.be(ORGANIZER)
    assert untranslated(app.client.get(f"/organize?lang={PSEUDO}").text) == []
