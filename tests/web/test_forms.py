"""Forms and rules agree: in every state of the scenarios, whoever looks at a page finds no form that would be refused,
and a form for everything that the page promises and the rules accept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest
from tests.effort import SHARE
from tests.markup import MarkupReader

from acquis import events as ev
from acquis.command import MODERATORS, ORGANIZER, PARTICIPANT, RAPPORTEUR, SPEAKER, Actor, Command, Refused
from acquis.command.base import fields_of
from acquis.commands import BY_NAME, from_form
from acquis.floor.questions import MergeQuestions
from acquis.record import Draft
from acquis.roster import Pass, SessionRow
from acquis.state import State
from acquis.state.reading import public_question, public_statement
from acquis.web.http import passes
from acquis.web.http.forms import ANY_PARTICIPANT, Forms, candidates
from acquis.web.http.ids import new_secret

from ..core.cases import CASES  # noqa: TID252  # tests are no installed package: there is no absolute name
from ..core.story import ANN, HOST, OPEN, PANELLIST, SECOND, T0, Happened, given  # noqa: TID252  # the same
from .client import AppClient, app_client

KEY = "a-key-of-a-form"
TRIES = 300


class Field(NamedTuple):
    """What of a form can be filled in or pressed: one of `values`."""

    name: str
    values: list[str]


class FormReader(MarkupReader):
    """The forms for commands that a person sees, each as the fields that a browser would send."""

    def __init__(self) -> None:
        self.forms: list[list[Field]] = []
        self._hidden = [False]
        self._form: list[Field] | None = None
        self._select: Field | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._hidden.append(self._hidden[-1] or "hidden" in attributes)
        if tag == "form":
            self._form = [] if attributes.get("action", "").endswith("/do") and not self._hidden[-1] else None
            if self._form is not None:
                self.forms.append(self._form)
        if self._form is None:
            return
        name, value = attributes.get("name", ""), attributes.get("value", "")
        if tag == "option" and self._select:
            self._select.values.append(value)
        elif not name:
            return
        elif tag == "select":
            self._select = Field(name, [])
            self._form.append(self._select)
        elif tag == "button":
            self._form.append(Field(name, [value]))
        elif tag == "input" and attributes.get("type") in ("checkbox", "radio"):
            self._form.append(Field(name, ["", value]))
        elif tag == "input" and attributes.get("type") == "hidden":
            self._form.append(Field(name, [value]))
        elif tag in ("input", "textarea"):
            self._form.append(Field(name, []))

    def end(self, tag: str) -> None:
        self._hidden.pop()
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = None


def sendings(form: list[Field], state: State) -> Iterator[Command]:
    """What a form can send: each button, each choice, and a plausible text or number where something is typed."""
    fixed = {field.name: field for field in form}
    buttons = [field for field in form if field.name == "do"]
    for do in buttons:
        command = BY_NAME[do.values[0]]
        values: list[list[tuple[str, str]]] = []
        for field in fields_of(command):
            if field.name not in fixed:
                continue
            typed = [str(value) for value in candidates(field, state)] if not fixed[field.name].values else []
            offered = [value for one in form if one.name == field.name for value in one.values]
            values.append([(field.name, value) for value in (*offered, *typed)])
        for chosen in itertools.islice(itertools.product(*values), TRIES):
            sent = {name: value for name, value in chosen if value or name not in ("anonymous", "symbol", "url", "on")}
            try:
                yield from_form({"do": do.values[0], **sent}).keyed(KEY)
            except Refused:
                continue


def accepted(command: Command, state: State, by: Actor) -> bool:
    """Whether a command is not refused, two seconds after the last entry."""
    if not by.roles & command.roles:
        return False
    try:
        command.decide(state, by, state.at + 2 * SECOND)
    except Refused:
        return False
    return True


MODERATOR = Actor("p-host", roles=MODERATORS)
ORGANIZING = Actor("p-boss", roles=frozenset({ORGANIZER}))
WRITING = Actor("p-writer", roles=frozenset({RAPPORTEUR}))
STRANGER = Actor("p-stranger", "v-stranger", frozenset({PARTICIPANT}))

SEEN: list[tuple[Actor, str]] = [
    (MODERATOR, "console"),  # which has most forms: it is looked at more often, others in turn
    (MODERATOR, "desk"),
    (MODERATOR, "followup"),
    (MODERATOR, "captions"),
    (ORGANIZING, "console"),
    (ORGANIZING, "plan"),
    (ORGANIZING, "followup"),
    (WRITING, "desk"),
    (WRITING, "followup"),
    (ANN, "floor"),
    (ANN, "questions"),
    (ANN, "vote"),
    (ANN, "mine"),
    (PANELLIST, "mine"),
    (STRANGER, "questions"),
    (STRANGER, "vote"),
]
PROMISED: dict[str, dict[str, tuple[str, ...]]] = {
    "console": {
        "open_session": (),
        "close_session": (),
        "close_list": (),
        "open_list": (),
        "seed_statement": (),
        "enter_hand": (),
        "confirm_summary": (),
        "start_segment": ("segment",),
        "give_floor_to_speaker": ("seat",),
        "end_turn": ("turn",),
        "skip_not_responding": ("turn",),
        "lower_hand": ("hand",),
        "restore_hand": ("hand",),
        "defer_hand": ("hand",),
        "approve_question": ("question",),
        "put_question": ("question",),
        "mark_answered": ("question",),
        "reopen_question": ("question",),
        "split_question": ("question",),
        "hold_back_question": ("question",),
        "merge_questions": ("question",),
        "assign_question": ("question",),
        "open_statement": ("statement",),
        "close_statement": ("statement",),
        "hold_back_statement": ("statement",),
    },
    "questions": {"ask_question": (), "withdraw_question": ("question",), "support_question": ("question",)},
    "vote": {"propose_statement": (), "cast_vote": ("statement",)},
    "mine": {"comment_turn": ("turn",)},
    "desk": {"confirm_references": ("entry",), "confirm_summary": ()},
    "plan": {"open_session": (), "close_session": ()},
    "followup": {"note_progress": ("commitment",), "amend_commitment": ("commitment",)},
}
"""Page -> the commands it has a form for, and the fields that tell the forms of one command apart."""


def _logs() -> list[tuple[str, tuple[Happened, ...], State]]:
    """The logs of the scenarios but the longest, each once, with the state that it adds up to."""
    unique = {repr(case.given): case.given for case in CASES if len(case.given) < 100}
    logs = [(events, given(*events)) for events in unique.values()]
    published = [(events, state) for events, state in logs if not state.is_draft]
    return [(f"state{number:03d}", events, state) for number, (events, state) in enumerate(published)]


LOGS = _logs()
STATES = [(session, state) for session, _, state in LOGS]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("forms"), "2023-11-14T22:14:00+00:00") as app:
        assert app.client.portal is not None
        for session, events, _ in LOGS:
            app.house.roster.add_session(SessionRow(session, session.upper()[:8].ljust(8, "X"), 1, ""))
            app.client.portal.call(app.house.board.record.append, session, list(_drafts(events)))
        yield app


def _drafts(events: tuple[Happened, ...]) -> Iterator[Draft]:
    """The entries of a log, at the times that `given` gives them."""
    at = T0
    for number, thing in enumerate(events):
        if isinstance(thing, int):
            at += thing - SECOND
            continue
        by, event = thing if isinstance(thing, tuple) else (HOST.person, thing)
        body, cuts = ev.to_parts(event)
        yield Draft(body, by, at, f"entry-{number}", cuts)
        at += SECOND


def look(app: AppClient, by: Actor, session: str, page: str) -> list[list[Field]]:
    secret, whole = new_secret(), "" if ORGANIZER in by.roles else session
    app.house.roster.issue(secret, Pass(whole, by.roles, by.person, by.voice, seat=by.seat, attributes=by.attributes))
    app.client.cookies.clear()
    app.client.cookies.set(passes.cookie_name(session) if whole else passes.ORGANIZER_COOKIE, secret)
    address = f"/s/{session}" if page == "floor" else f"/s/{session}/{page}"
    answer = app.client.get(address)
    assert answer.status_code == 200, answer.text[:400]
    reader = FormReader()
    reader.feed(answer.text)
    return reader.forms


@pytest.mark.parametrize(("by", "page"), SEEN, ids=lambda of: of if isinstance(of, str) else of.person)
def test_no_form_would_be_refused_and_nothing_promised_is_missing(app: AppClient, by: Actor, page: str) -> None:
    seen, refused, missing = 0, [], []
    place = SEEN.index((by, page))
    for session, state in STATES[place % SHARE :: SHARE] if place else STATES[:: (SHARE + 2) // 3]:
        forms = look(app, by, session, page)
        seen += len(forms)
        refused += [
            (session, form) for form in forms if not any(accepted(sent, state, by) for sent in sendings(form, state))
        ]
        rules = Forms(state, by, state.at, session)
        for do, apart in PROMISED.get(page, {}).items():
            for fixed in _apart(do, apart, state):
                expected = _shown(do, fixed, state, by) and rules.allows(do, *_open(do), **fixed)
                if expected and not any(_is_of(form, do, fixed) for form in forms):
                    missing.append((session, do, fixed))
    assert refused == []
    assert missing == []
    assert seen or by is STRANGER


def _apart(do: str, names: tuple[str, ...], state: State) -> Iterator[dict[str, Any]]:
    fields = [field for field in fields_of(BY_NAME[do]) if field.name in names]
    values = [
        [*state.questions, *state.statements] if field.name == "entry" else candidates(field, state) for field in fields
    ]
    for chosen in itertools.product(*values):
        yield dict(zip([field.name for field in fields], chosen))


def _open(do: str) -> tuple[str, ...]:
    return {"confirm_summary": ("consensus",), "confirm_references": ("items",)}.get(do, ())


def _is_of(form: list[Field], do: str, fixed: dict[str, Any]) -> bool:
    values = {field.name: field.values for field in form}
    dos = [value for field in form if field.name == "do" for value in field.values]
    if do == "support_question" and "withdraw_support" in dos:
        do = "withdraw_support"  # whoever supports a question already finds the form to take it back
    return do in dos and all(str(value) in values.get(name, ()) for name, value in fixed.items())


def public(state: State, entry: int) -> bool:
    """Whether everybody may read a question or a statement."""
    if (question := state.questions.get(entry)) is not None:
        return public_question(question)
    return public_statement(state.statements[entry])


def _shown(do: str, fixed: dict[str, Any], state: State, by: Actor) -> bool:
    """What the pages leave out on purpose: a question that was taken back, what is not public, the order of points of
    order and replies, and all statements but one at a time."""
    if by.roles & {SPEAKER, PARTICIPANT} and by.voice not in state.voice_numbers:
        return False
    question, hand = state.questions.get(fixed.get("question", 0)), state.hands.get(fixed.get("hand", 0))
    if question is not None and question.fate == "withdrawn":
        return False
    if "entry" in fixed and not public(state, fixed["entry"]):
        return False
    if do == "defer_hand" and hand is not None and hand.kind != "turn":
        return False
    return do != "cast_vote"


def test_a_form_that_would_be_refused_is_found() -> None:
    """The check can fail: a button for a question that is over."""
    state = STATES[0][1]
    reader = FormReader()
    reader.feed(
        '<form action="/s/x/do"><input type="hidden" name="do" value="put_question">'
        '<input type="hidden" name="question" value="99"><button>Put</button></form>'
        '<div hidden><form action="/s/x/do"><input type="hidden" name="do" value="open_list"></form></div>'
    )
    assert len(reader.forms) == 1, "what is hidden is not seen"
    assert not any(accepted(command, state, MODERATOR) for command in sendings(reader.forms[0], state))
    assert not Forms(state, ANY_PARTICIPANT, state.at, "x").allows("put_question", question=99)


def test_five_thousand_questions_do_not_make_the_console_slow() -> None:
    """Whether a finished question can be merged is decided once and not for each other question, and a question finds
    the one public question among thousands that wait."""
    asked = [ev.QuestionAsked(f"Question {number}?") for number in range(5000)]
    public = len(OPEN) + 1
    state = given(*OPEN, *asked, ev.QuestionApproved(public), ev.QuestionHeldBack(public + 1, "abusive"))
    rules, tried = Forms(state, MODERATOR, state.at, "many"), []
    decide = MergeQuestions.rule

    def counted(command: MergeQuestions, *given: Any) -> ev.Event | None:
        tried.append(command.into)
        return decide(command, *given)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(MergeQuestions, "rule", counted)
        assert rules.allows("merge_questions", question=public + 4999)
        assert not rules.allows("merge_questions", question=public + 1)
        assert not rules.allows("merge_questions", question=public)
    assert len(tried) <= 3
