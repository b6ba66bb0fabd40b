"""Who may do what: every cell of role x command and role x page, through the real door.

The tables are written out by hand and held against the code, so that a command or a page nobody thought about fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route
from tests.effort import SHARE
from tests.failing import failing

from acquis.command import BODY, CAPTIONER, MONITOR, ONLINE, ONSITE, ORGANIZER, PARTICIPANT, RAPPORTEUR, READER, SPEAKER
from acquis.commands import BY_NAME
from acquis.web.app import ENDPOINTS

from .client import AppClient, app_client

ROLES = {
    "o": ORGANIZER,
    "s": ONSITE,
    "n": ONLINE,
    "r": RAPPORTEUR,
    "c": CAPTIONER,
    "k": SPEAKER,
    "p": PARTICIPANT,
    "d": READER,
    "m": MONITOR,
    "b": BODY,
    "-": "",  # a stranger, without a pass
}

COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "add_speaker": ("osn", {"name": "A substitute"}),
    "begin_silence": ("osn", {"message": 1, "parties": "A State"}),
    "choose_procedure": ("osn", {"procedure": "igf"}),
    "make_objection": ("osnkp", {"message": 1}),
    "open_message_vote": ("sn", {"message": 1}),
    "propose_amendment": ("osnrkp", {"message": 1, "text": "Norms."}),
    "propose_message": ("osnr", {"part": "takeaways", "text": "Norms."}),
    "put_message": ("osn", {"message": 0}),
    "reword_message": ("osnr", {"message": 1, "text": "Norms."}),
    "settle_amendment": ("osnr", {"amendment": 1, "accepted": True}),
    "state_outcome": ("sn", {"message": 1, "outcome": "adopted"}),
    "support_amendment": ("kp", {"amendment": 1}),
    "withdraw_amendment": ("osnrkp", {"amendment": 1}),
    "withdraw_amendment_support": ("kp", {"amendment": 1}),
    "withdraw_objection": ("osnkp", {"objection": 1}),
    "amend_commitment": ("osnr", {"commitment": 1, "why": "It changed.", "what": "Come."}),
    "answer_call": ("b", {"commitment": 1, "answer": "declined", "name": "A", "office": "B"}),
    "ask_body": ("o", {"commitment": 1}),
    "join_calls": ("osnr", {"commitment": 1, "session": "other", "other": 2}),
    "part_calls": ("osnr", {"commitment": 1, "session": "other", "other": 2}),
    "answer_in_writing": ("osnrk", {"question": 1, "text": "Yes."}),
    "approve_contribution": ("sn", {"contribution": 1}),
    "enter_contribution": ("osnr", {"text": "Yes.", "source": f"{'0' * 16}-1"}),
    "hold_back_contribution": ("sn", {"contribution": 1, "reason": "off_topic"}),
    "invite_contributions": ("osn", {"until": "2026-12-11T18:00"}),
    "withdraw_contribution": ("kp", {"contribution": 1}),
    "state_fates": ("osnr", {"inputs": [1], "fate": "answered", "who": "The panel"}),
    "write_contribution": ("kp", {"text": "Yes."}),
    "approve_question": ("sn", {"question": 1}),
    "ask_question": ("kp", {"text": "Who?"}),
    "assign_question": ("sn", {"question": 1, "seat": 1}),
    "caption_speech": ("osnrc", {"text": "Good morning."}),
    "cast_vote": ("kp", {"statement": 1, "choice": "agree"}),
    "change_segment_time": ("osn", {"minutes": 1}),
    "change_settings": ("osn", {"moderated": True, "anonymous": True}),
    "change_turn_time": ("sn", {"turn": 1, "seconds": 60}),
    "choose_scene": ("osn", {"scene": "results"}),
    "close_list": ("sn", {}),
    "close_session": ("osn", {}),
    "cancel_session": ("o", {}),
    "close_statement": ("sn", {"statement": 1}),
    "comment_turn": ("kp", {"turn": 1, "text": "Not so."}),
    "confirm_references": ("osnr", {"entry": 1, "items": "norm-j"}),
    "confirm_summary": ("sn", {"consensus": "Norms."}),
    "correct_speaker": ("osn", {"seat": 1, "name": "A. Speaker"}),
    "correct_title": ("osn", {"title": "A dialog"}),
    "correct_segment_title": ("osn", {"segment": 0, "title": "A panel"}),
    "correct_speech": ("osnrckp", {"line": 1, "text": "Good morning."}),
    "defer_hand": ("snkp", {"hand": 1}),
    "draft_sentence": ("osnr", {"part": "takeaways", "text": "Norms."}),
    "drop_sentence": ("osnr", {"sentence": "1"}),
    "enter_speaker": ("osn", {"segment": 0, "name": "Ama Example"}),
    "publish_speakers_list": ("osn", {"segment": 0}),
    "register_speaker": ("kp", {"segment": 0}),
    "withdraw_registration": ("kposn", {"hand": 1}),
    "end_turn": ("sn", {"turn": 1}),
    "end_device": ("sn", {"person": "p-nobody"}),
    "enter_hand": ("sn", {"name": "Somebody"}),
    "erase_text": ("osn", {"entry": 1, "reason": "asked for"}),
    "give_floor": ("sn", {"hand": 1}),
    "give_floor_to_speaker": ("sn", {"seat": 1}),
    "hold_back_question": ("sn", {"question": 1, "reason": "off_topic"}),
    "close_intake": ("sn", {"intake": "questions"}),
    "open_intake": ("sn", {"intake": "questions"}),
    "pause_session": ("sn", {}),
    "resume_session": ("sn", {}),
    "silence_person": ("sn", {"person": "p-1", "reason": "other"}),
    "unsilence_person": ("sn", {"person": "p-1"}),
    "strike_votes": ("osn", {"person": "p-1", "reason": "other"}),
    "restore_votes": ("osn", {"person": "p-1"}),
    "rename_person": ("sn", {"person": "p-1", "reason": "other"}),
    "hold_back_text": ("sn", {"entry": 1, "reason": "off_topic"}),
    "hold_back_statement": ("sn", {"statement": 1, "reason": "off_topic"}),
    "import_transcript": ("osnr", {"form": "igf", "digest": "0", "lines": 1}),
    "enter_question": ("osnr", {"origin": "Zoom", "text": "Who pays?"}),
    "enter_poll_result": (
        "osnr",
        {"origin": "Zoom", "question": "Keep it?", "options": "Yes", "counts": [1], "people": 1},
    ),
    "import_meeting_report": ("osnr", {"origin": "Zoom", "kind": "chat", "digest": "0" * 64}),
    "join": ("kp", {"lane": "room"}),
    "let_text_through": ("sn", {"entry": 1}),
    "lower_hand": ("snkp", {"hand": 1}),
    "make_commitment": ("osnr", {"what": "Come."}),
    "mark_answered": ("sn", {"question": 1}),
    "match_speaker": ("osnrc", {"line": 1, "seat": 1}),
    "place_speech": ("osnrc", {"line": 1, "turn": 1}),
    "merge_questions": ("sn", {"question": 1, "into": 2}),
    "move_sentence": ("osnr", {"sentence": "1"}),
    "note_progress": ("osnr", {"commitment": 1, "status": "done", "note": "Came.", "symbol": "A/80/257"}),
    "note_turn": ("snr", {"turn": 1, "text": "Said so."}),
    "open_list": ("sn", {}),
    "open_session": ("osn", {}),
    "open_statement": ("sn", {"statement": 1}),
    "propose_statement": ("kp", {"text": "A claim."}),
    "publish_programme": ("o", {"document": {"title": "x"}}),
    "publish_report": ("osnr", {}),
    "put_question": ("sn", {"question": 1}),
    "raise_hand": ("kp", {}),
    "reopen_question": ("sn", {"question": 1}),
    "replace_team_member": ("o", {"role": "rapporteur", "person": "p-1", "name": "Ben"}),
    "revoke_access": ("o", {"person": "p-1"}),
    "restore_hand": ("snkp", {"hand": 1}),
    "rule_on_point": ("sn", {"turn": 1, "upheld": True}),
    "seed_statement": ("sn", {"text": "A claim."}),
    "show_results": ("osn", {"shown": True}),
    "skip_not_responding": ("sn", {"turn": 1}),
    "split_question": ("sn", {"question": 1}),
    "start_segment": ("sn", {"segment": 0}),
    "support_question": ("kp", {"question": 1}),
    "take_back": ("osn", {"entry": 1}),
    "withdraw_question": ("kp", {"question": 1}),
    "withdraw_statement": ("kpsn", {"statement": 1}),
    "withdraw_vote": ("kp", {"statement": 1}),
    "name_witness": ("o", {"witness": "witness.example.org+00000000+AQ=="}),
    "withdraw_speaker": ("osn", {"seat": 1}),
    "withdraw_support": ("kp", {"question": 1}),
}

EVERYBODY = "osnrckpdmb-"
PAGES = {endpoint.declaration.name: endpoint.declaration.roles for endpoint in ENDPOINTS}
RESTRICTED = {
    "carried": "osn",
    "carry_over": "o",
    "answer": "b",
    "ask_body": "o",
    "captions_push": "osnrc",
    "captions_program": "c",
    "captions_transcript": "osnr",
    "meetings": "osnr",
    "meetings_preview": "osnr",
    "meetings_enter": "osnr",
    "meetings_forget": "o",
    "contributions_write": "kp",
    "inputs_state": "osnr",
    "contributions_enter": "osnr",
    "console": "osn",
    "messages_chair": "osnr",
    "desk": "osnr",
    "desk_preview": "osnr",
    "desk_publish": "osnr",
    "desk_save": "osnr",
    "desk_take": "osnr",
    "elsewhere": "osnr",
    "elsewhere_preview": "osnr",
    "elsewhere_enter": "osnr",
    "end_lost": "sn",
    "erase": "osn",
    "erase_text": "osn",
    "forget": "okp",
    "forget_person": "okp",
    "live_desk": "osnr",
    "live_moderators": "osnr",
    "mine": "kp",
    "ballot_file": "kp",
    "metrics": "om",
    "receipts": "kp",
    "note": "kp",
    "note_keep": "kp",
    "receipt_qr": "kp",
    "receipt_file": "kp",
    "people": "osn",
    "replace_code": "osn",
    "organize": "o",
    "organizers": "o",
    "organizers_links": "o",
    "status": "o",
    "organize_paste": "o",
    "join_calls": "o",
    "organize_schedule": "o",
    "organize_procedure": "o",
    "load_procedure": "o",
    "organize_lists": "o",
    "organize_lists_preview": "o",
    "organize_lists_load": "o",
    "organize_lists_remove": "o",
    "passes": "o",
    "copies": "o",
    "attendance": "o",
    "turns_named": "o",
    "plan": "o",
    "plan_save": "o",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("matrix")) as app:
        yield app


def test_every_command_is_in_the_table() -> None:
    assert sorted(COMMANDS) == sorted(BY_NAME)


def _refused_to_others(app: AppClient, name: str) -> None:
    """B row 48."""
    roles, body = COMMANDS[name]
    session = f"cell{list(COMMANDS).index(name):02d}"
    app.hold(session, close=False)
    before = app.state(session).seq
    wrong: list[str] = []
    for letter in sorted(ROLES, key=roles.__contains__):  # those who are refused first: nothing has happened yet
        app.be(ROLES[letter], session)
        key = {"idempotency-key": f"matrix-{name}-{letter}"}
        answer = app.client.post(f"/s/{session}/do", json={"do": name, **body}, headers=key)
        if letter in roles:
            if answer.status_code == 403 or answer.status_code >= 500:
                wrong.append(f"{letter} may, and gets {answer.status_code} {answer.text}")
        elif (answer.status_code, answer.json()["refused"]) != (403, "not_allowed"):
            wrong.append(f"{letter} may not, and gets {answer.status_code} {answer.text}")
        elif app.state(session).seq != before:
            wrong.append(f"{letter} is refused, and something happened")
    assert wrong == []


def test_a_command_is_refused_to_every_role_that_does_not_hold_it(app: AppClient) -> None:
    assert failing(lambda name: _refused_to_others(app, name), COMMANDS) == []


def test_every_endpoint_that_is_not_for_everybody_is_in_the_table() -> None:
    assert {name for name, roles in PAGES.items() if "" not in roles} == set(RESTRICTED)


def address(route: Route, session: str) -> str:
    path = route.path.replace("{session:slug}", session).replace("{name:file}", "questions.csv")
    path = path.replace("{secret}", "no-such-secret-no-such-secret").replace("{digest}/{name}", "0/mark.svg")
    return path + ("?poll=-1" if "/live/" in path else "")


def _looking(name: str) -> str:
    """The roles that ask for a page: every one, if it is not for everybody; else, in a usual run, a stranger and some,
    which are others for each page."""
    if name in RESTRICTED:
        return EVERYBODY
    return "-" + EVERYBODY[:-1][list(PAGES).index(name) % SHARE :: SHARE]


def _page_is_refused_to_others(app: AppClient, name: str) -> None:
    session = "pages"
    if app.house.roster.session(session) is None:
        app.hold(session, close=False)
    application: Any = app.client.app
    route = next(route for route in application.routes if route.name == name)
    method = "POST" if "POST" in route.methods else "GET"
    data = {"do": "nothing"} if method == "POST" else None
    wrong: list[str] = []
    for letter in _looking(name):
        app.be(ROLES[letter], session)
        answer = app.client.request(method, address(route, session), data=data, follow_redirects=False)
        if letter not in RESTRICTED.get(name, EVERYBODY):
            right = answer.status_code == 403
        else:
            right = answer.status_code not in (401, 403) and answer.status_code < 500
        if not right:
            wrong.append(f"{letter} gets {answer.status_code} {answer.text[:300]}")
    assert wrong == []


def test_a_page_is_refused_to_every_role_that_may_not_see_it(app: AppClient) -> None:
    assert failing(lambda name: _page_is_refused_to_others(app, name), PAGES) == []


def test_a_pass_of_one_session_is_nothing_in_another(app: AppClient, tmp_path: Path) -> None:
    for session in ("here", "there"):
        app.hold(session, close=False)
    app.be(ONSITE, "here")
    secret = app.client.cookies["pass_here"]
    app.client.cookies.clear()
    app.client.cookies.set("pass_there", secret)
    assert app.client.get("/s/there/console").status_code == 403
    answer = app.client.post("/s/there/do", json={"do": "close_list"}, headers={"idempotency-key": "elsewhere-1"})
    assert answer.status_code == 403
