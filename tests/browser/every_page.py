"""Every page that is declared, before, during and after a session, with a reader who may open it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from playwright.sync_api import Page
from tests.browser.live_server import MIN, PROGRAMME, LiveServer, crowd, play

from acquis.command import CAPTIONER, ONSITE, ORGANIZER, RAPPORTEUR, SPEAKER, Actor
from acquis.events import Sentence
from acquis.floor.contributions import ApproveContribution, InviteContributions, WriteContribution
from acquis.floor.messages import ChooseProcedure, OpenMessageVote, ProposeAmendment, ProposeMessage
from acquis.floor.objections import MakeObjection
from acquis.floor.queue import RaiseHand
from acquis.floor.references import ConfirmReferences
from acquis.floor.segments import CloseSession
from acquis.floor.speech import CaptionSpeech
from acquis.followup.calls import JoinCalls
from acquis.followup.commitments import MakeCommitment, NoteProgress
from acquis.plan.document import PlannedSegment, Programme, to_yaml
from acquis.reference.action_lists import ListedAction
from acquis.report.confirming import ConfirmSummary
from acquis.report.publishing import PublishReport
from acquis.roster import SessionRow

GATHERING = "Example Forum (invented)"
EVENT = "/gatherings/example-forum-invented"
MESSAGE = 212
"""The entry of the message of the session that goes on."""
CODES = {"before": "BEFO0001", "during": "DURI0001", "after": "AFTE0001", "beside": "BESI0001"}
SPOKEN = (
    "Thank you, and good afternoon to everybody in the room and online.",
    "The norms of responsible behaviour need a follow-up every year.",
    "Small States need people and money before they can keep what was agreed.",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is shown: the name of its declaration, who reads it, its address, and when.

    reader: "" for somebody who joined nothing, else a role, or "participant" for somebody who joined.
    sends: a form to send first, as a selector, for what no address shows."""

    name: str
    reader: str
    address: str
    when: str = "always"
    sends: str = ""

    @property
    def title(self) -> str:
        """A name for a file."""
        place = "-".join(part for part in self.address.replace("?", "/").replace("=", "/").split("/") if part)
        return f"{self.when}-{self.reader or 'public'}-{place or 'home'}{'-sent' if self.sends else ''}"


LINKS = "form:is(:has([value=missing]), :has([value=rotate_all]))"
"""The form that makes all access links, or all of them anew."""
REFERENCE = (
    ("reference", ""),
    ("reference", "?q=ransomware"),
    ("reference_processes", "/processes"),
    ("reference_process", "/processes/global-mechanism"),
    ("reference_framework", "/framework"),
    ("reference_item", "/framework/norm-j"),
    ("reference_documents", "/documents"),
    ("reference_document", "/documents/A/70/174"),
    ("reference_document", "/documents/A/RES/71/28"),
    ("reference_who", "/who"),
    ("reference_take_part", "/take-part"),
    ("reference_take_part", "/take-part?who=company&process=global-mechanism"),
    ("reference_sources", "/sources"),
)
MANY = (
    ("home", "/"),
    ("join_code", "/join?code=NONE"),
    ("followup_board", "/followup"),
    ("gathering", EVENT),
    ("series", "/series/example-dialogues-invented"),
    ("said", "/said?q=norms"),
    ("gathering_compare", f"{EVENT}/compare?s=after&s=beside"),
    ("gathering_synthesis", f"{EVENT}/synthesis"),
    ("gathering_messages", f"{EVENT}/messages"),
)
OF_A_SESSION = (
    ("floor", "", ""),
    ("floor", "participant", ""),
    ("questions", "participant", "/questions"),
    ("vote", "participant", "/vote"),
    ("map", "participant", "/map"),
    ("all_questions", "participant", "/questions/all"),
    ("whole_list", "participant", "/list"),
    ("stage", "", "/stage"),
    ("overlay", "", "/overlay"),
    ("embedded_floor", "", "/embed"),
    ("embedded_questions", "", "/embed/questions"),
    ("embedded_vote", "", "/embed/vote"),
    ("captions", "", "/captions"),
    ("captions", CAPTIONER, "/captions"),
    ("speakers", "participant", "/speakers"),
    ("handout", "", "/handout"),
    ("invitation", "", "/invitation"),
    ("device", "participant", "/device"),
    ("mine", SPEAKER, "/mine"),
    ("forget", "participant", "/forget"),
    ("erase", ONSITE, "/erase"),
    ("console", ONSITE, "/console"),
    ("people", ONSITE, "/people"),
    ("plan", ORGANIZER, "/plan"),
    ("carried", ORGANIZER, "/carried"),
    ("contributions", "participant", "/contributions"),
    ("contributions", ONSITE, "/contributions"),
    ("messages", "participant", "/messages"),
    ("messages_chair", ONSITE, "/messages/chair"),
    ("inputs", RAPPORTEUR, "/inputs"),
    ("synthesis", "", "/synthesis"),
    ("audit", "", "/audit"),
    ("record", "", "/record"),
    ("check", "", "/check"),
    ("proof", "", "/proof"),
    ("receipts", "participant", "/receipts"),
    ("note", "participant", "/note"),
)
AFTERWARDS = (
    ("entry", "", "/entries/40"),
    ("record_compare", "", "/record/compare?a=1&b=2"),
    ("desk", RAPPORTEUR, "/desk"),
    ("meetings", RAPPORTEUR, "/meetings"),
    ("elsewhere", RAPPORTEUR, "/desk/elsewhere"),
    ("followup", "", "/followup"),
    ("followup", RAPPORTEUR, "/followup"),
)


def every_page() -> tuple[Shown, ...]:
    """The pages to look at, each in the states in which it differs."""
    return (
        *(Shown(name, "", address) for name, address in MANY),
        *(Shown(name, "", f"/reference{place}") for name, place in REFERENCE),
        Shown("followup_board", ORGANIZER, "/followup"),
        Shown("organize", ORGANIZER, "/organize"),
        Shown("organize_procedure", ORGANIZER, "/organize/procedure"),
        Shown("organize_lists", ORGANIZER, "/organize/lists"),
        Shown("organizers", ORGANIZER, "/organizers"),
        Shown("status", ORGANIZER, "/status"),
        Shown("signed_in", ORGANIZER, "/signed-in"),
        Shown("plan", ORGANIZER, "/s/draft/plan", "before"),
        Shown("plan", ORGANIZER, "/s/before/plan", "before", LINKS),
        Shown("problem", "", "/s/nowhere"),
        *(_of_session(OF_A_SESSION, "before")),
        *(_of_session(OF_A_SESSION, "during")),
        Shown("message", "", f"/s/during/messages/{MESSAGE}", "during"),
        *(_of_session((*OF_A_SESSION, *AFTERWARDS), "after")),
        Shown("desk", RAPPORTEUR, "/s/beside/desk", "after"),
    )


def _of_session(pages: Iterable[tuple[str, str, str]], when: str) -> Iterable[Shown]:
    for name, reader, place in pages:
        if when != "before" or (name, reader) != ("captions", CAPTIONER):
            yield Shown(name, reader, f"/s/{when}{place}", when)


def prepare(house: LiveServer) -> None:
    """The sessions: a draft, one before its opening, one in the middle of its questions, and two that are over. Other
    sites may embed them."""
    house.house.sites = ("https://meeting.example.org",)
    start = house.now() - 55 * MIN
    programme = msgspec.structs.replace(PROGRAMME, gathering=GATHERING, series="Example Dialogues (invented)")
    registered = (
        *programme.segments[:-1],
        PlannedSegment("Statements", "other", 20, registered=True),
        programme.segments[-1],
    )
    house.add("before", msgspec.structs.replace(programme, segments=registered), CODES["before"], start)
    crowd(house, "before", 20, start)
    for name in ("during", "after", "beside"):
        house.add(name, programme, CODES[name], start)
        people = play(house, name)
        captions = [CaptionSpeech(line) for line in SPOKEN]
        house.do_all(name, [(line, Actor("p-captions", roles=frozenset({CAPTIONER}))) for line in captions])
        if name != "during":
            house.do(name, CloseSession())
    house.do("during", RaiseHand(about="On small States"), people[15])
    for name in ("during", "after"):
        house.do(name, InviteContributions("2100-01-01T00:00"))
        own = [house.do(name, WriteContribution(f"{SPOKEN[1]} {n} " * 20, "Grid Institute"), people[n]) for n in (0, 1)]
        house.do(name, ApproveContribution(own[0]))
    _messages(house, people)
    source = "https://example.org/" + "long/" * 20
    listed = ListedAction("annex B", "Name a contact point.", "States (invented)", "A/80/257", source, "2025-07-10")
    house.house.roster.actions.keep([listed], start, "p-organizer")
    _report(house)
    _draft(house, programme)


def _messages(house: LiveServer, people: list[Actor]) -> None:
    """A message with an objection, an amendment and a vote, before the room of a session that goes on."""
    house.do("during", ChooseProcedure("igf"))
    message = house.do("during", ProposeMessage("takeaways", SPOKEN[1]))
    assert message == MESSAGE
    house.do("during", MakeObjection(message, text="Who pays for it?"), people[0])
    house.do("during", ProposeAmendment(message, SPOKEN[1].replace("every year", "every second year")), people[1])
    house.do("during", OpenMessageVote(message))


def _report(house: LiveServer) -> None:
    state = house.state("after")
    statement, question = next(iter(state.statements)), next(iter(state.questions))
    turn = next(iter(state.turns))
    house.do("after", ConfirmReferences(statement, "norm-j cbm-8"))
    house.do("after", ConfirmSummary("Norms are followed up every year.", "Who pays is open."))
    first = Sentence("A contact costs little, and it helps everybody.", (statement, turn), ("norm-j",))
    second = Sentence("Small States need people and money first.", (question,))
    agreed = Sentence("Each government should name one contact point.", (statement,))
    call = Sentence("Vendors should publish a contact for reports of vulnerabilities.", (statement,), ("norm-j",))
    house.do("after", PublishReport((first,), (call,)))
    report = house.do("after", PublishReport((first, second), (call,), (agreed,), correction="A takeaway was missing."))
    made = house.do(
        "after", MakeCommitment("Publish a contact", actor="private-sector", due="2027-06-30", report=report, call=1)
    )
    own, same, *_ = (
        house.do(session, MakeCommitment(f"{what} the state of the lifts every hour.", "Example Transport (invented)"))
        for session, what in (("after", "Publish"), ("beside", "Publish online"), ("after", "Open"), ("beside", "Open"))
    )
    house.do("after", JoinCalls(own, "beside", same))
    house.do(
        "after", NoteProgress(made, "in_progress", "Three vendors did.", url="https://example.org/" + "long/" * 20)
    )


def _draft(house: LiveServer, programme: Programme) -> None:
    """A draft that is not finished, and the drafts of what was published."""
    text = to_yaml(msgspec.structs.replace(programme, title="Who keeps the lights on", ends=""))

    async def work() -> None:
        house.house.roster.add_session(SessionRow("draft", "DRAF0001", house.now(), text))
        for name in CODES:
            house.house.roster.save_draft(name, to_yaml(programme))

    house.wait(work)


def sit(page: Page, house: LiveServer, reader: str) -> None:
    """Make the browser of a page that of a reader, in all sessions."""
    if reader == "participant":
        for name in ("before", "during"):
            page.goto(house.way_in(name))
            page.get_by_label("Online").check()
            page.get_by_role("button", name="Join", exact=True).click()
            page.wait_for_url(f"**/s/{name}*")
    elif reader == ORGANIZER:
        house.sign_in(page, "", ORGANIZER)
    elif reader:
        for name in CODES:
            house.sign_in(page, name, reader, int(reader == SPEAKER))


def show(page: Page, house: LiveServer, shown: Shown, query: str = "") -> None:
    """Open a page as it is shown, with a further parameter of the address."""
    page.goto(f"{house.url}{shown.address}{('&' if '?' in shown.address else '?') + query if query else ''}")
    if shown.sends:
        with page.expect_navigation():
            page.evaluate("selector => document.querySelector(selector).requestSubmit()", shown.sends)
