"""The message of each refusal code: what happened and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from acquis.i18n import N_, say, translation
from acquis.i18n.input_refusals import INPUTS
from acquis.i18n.refusals_of_calls import CALLS
from acquis.i18n.refusals_of_messages import MESSAGES
from acquis.i18n.unreadable import ASSESSMENTS, MEETING_REPORTS, OUTSIDE_DRAFTS, PROGRAMMES, TRANSCRIPTS
from acquis.i18n.vocabulary import word

REFUSALS: dict[str, str] = {
    **INPUTS,
    **MESSAGES,
    # joining
    "not_allowed": N_("Only these roles can do this: {roles}. Open the access link you were given for that role."),
    "unknown_command": N_(
        "Nothing was saved, because this action is not known here. Choose the action on its page once more."
    ),
    "bad_fields": N_(
        "Nothing was saved, because a field is missing or not valid. Check each field, then send the form again."
    ),
    "session_cancelled": N_("This session is cancelled. Publish its programme again, then open the session."),
    "already_published": N_("A published session stays on the record. Only drafts and rehearsals can be deleted."),
    "bad_date": N_("“{date}” is not a date. Enter it like 31 July 2027. A weekday must match the date."),
    "key_missing": N_("Nothing was saved. Send the request with its own key of 8 to 64 letters and digits."),
    "key_used": N_(
        "This form was sent before with different content, which was saved. Send it again to save this content too."
    ),
    "no_such_session": N_("Session not found. Check the session code or the link."),
    "no_such_gathering": N_("Event not found. Choose one from the list of sessions."),
    "code_needed": N_("Enter the session code. It is on the room screen and in your invitation."),
    "wrong_code": N_("This session has another code than {code}. Check the room screen or your invitation."),
    "queue_full": N_("Very many people are joining at this moment. Try again in a few minutes."),
    "no_such_code": N_("No session has the code {code}. Check the code: it has 8 letters and digits."),
    "no_such_pass": N_("This access link is wrong or has been revoked. Ask the organizer for a new one."),
    "no_such_pass_here": N_("This access link no longer exists. Someone may have revoked it."),
    "no_access": N_("You are signed in at {name}, but have no access here. Ask the organizer for it."),
    "access_revoked": N_("Your access here has been revoked. Ask the organizer for a new access link."),
    "sign_in_refused": N_("{name} did not sign you in. Try again, or use your access link."),
    "sign_in_expired": N_("This sign-in has expired or was begun in another browser. Begin again on the start page."),
    "sign_in_failed": N_("Signing in with {name} failed. Tell the operator of this server, or use your access link."),
    "sign_in_unreachable": N_("{name} cannot be reached. Try again in a minute, or use your access link."),
    "last_organizer": N_(
        "This is the last organizer’s link without a last day. Create a new link instead: it replaces this one."
    ),
    "no_such_person": N_("Participant not found. Choose one from the list of people."),
    "replaced_already": N_("Someone has already taken over this role. See the programme page for the name."),
    "no_such_move": N_("The code {code} is not valid. A code works once, for 10 minutes. Ask for a new one."),
    "no_such_page": N_("Page not found. Choose a session from the list."),
    "cross_site": N_(
        "Nothing was changed, because the request came from another website. Open this page here and try again."
    ),
    "being_made": N_("This document is being made. This page is loaded again every {seconds} s until it is there."),
    "documents_busy": N_("Very many documents are being made at this moment. Try again in a few minutes."),
    "too_long_for_pdf": N_(
        "The report of this session is too long for a PDF. Take the web page, the Word document or the tables (CSV) "
        "instead."
    ),
    "document_failed": N_("This document could not be made. The log of the server says why."),
    "too_fast": N_("You have sent too many requests. Your text is kept. Try again in {seconds} s."),
    "too_large": N_("The form is too large. Shorten it and send it again. The limit is {limit}."),
    "disk_full": N_(
        "Your entry was not saved, because the server has no disk space left. Tell the organizer, then send it again."
    ),
    "broken": N_(
        "We cannot confirm that your entry was saved. Wait one minute and send it again. It will count only once."
    ),
    "files_locked": N_(
        "Nothing was saved, because another program uses the files of this site. Wait one minute and send it again."
    ),
    "cannot_read": N_("The record of this site cannot be read at the moment. Wait one minute and try again."),
    "session_newer": N_(
        "This session was made by a newer version of Acquis. Ask the operator of this site to update it."
    ),
    "session_damaged": N_(
        "This session cannot be read, because its record is damaged. Ask the operator of this site to restore it."
    ),
    "internal": N_(
        "There is a problem with this site. Try again. If the problem continues, tell the organizer the "
        "error number {id}."
    ),
    # texts
    "text_empty": N_("Enter a text, then send it."),
    "no_cookies": N_("Your browser did not keep the cookie of this site. Allow cookies for it, then join again."),
    "no_cookies_in_frame": N_("Your browser keeps no cookie here. Open the session in a new tab and join there."),
    "not_embeddable": N_("This session cannot be shown inside another website. Open it in a new tab."),
    "no_visible_name": N_("This name has no visible characters. Enter it with letters, or leave it empty."),
    "text_too_long": N_("The text is too long. Characters: {length}. Limit: {limit}. Shorten it and send it again."),
    # programme
    "already_open": N_("The session was opened, so the programme can no longer be changed in this form."),
    "bad_programme": N_("Complete the programme. At {where}: {reason}."),
    "no_segments": N_(
        "The programme has no segments. Add at least one, with its length in minutes, then publish again."
    ),
    "no_such_profile": N_("Profile {profile} was not found. Choose another profile."),
    "join_first": N_(
        "This session is held under the Chatham House Rule, so only participants can follow it. "
        "Join the session, then open this page again."
    ),
    "not_published": N_(
        "The programme is not published yet. Come back later or, if you are the organizer, publish it."
    ),
    # the session
    "not_open": N_("The session has not opened yet. Try again once the moderators have opened it."),
    "session_closed": N_("The session has ended. You can read the session record."),
    "no_such_segment": N_("Segment not found. Choose one from the programme."),
    "no_such_group": N_("{group} is not a group in this session. Choose one of these: {groups}."),
    "hand_is_up": N_(
        "You are on the list of speakers with your present groups. Withdraw your request first, then "
        "change your groups."
    ),
    "not_joined": N_("Join the session first: choose “In the room” or “Online”. Then try again."),
    # undoing
    "not_an_act": N_("There is nothing to undo."),
    "act_overtaken": N_("Another action followed this one. Undo that action first."),
    "undo_too_late": N_("You can no longer undo this. The time limit is {seconds} s."),
    "act_used": N_("You can no longer undo this, because people have already acted on it."),
    # the queue
    "was_here_before": N_("Someone of this name has taken part before: {names}. Choose whether it is the same person."),
    "no_open_floor": N_(
        "The floor is not open in this segment. Wait for the next segment, or ask a question in writing."
    ),
    "list_closed": N_(
        "The list of speakers is closed. You can still ask a question in writing or raise a point of order."
    ),
    "not_in_this_segment": N_(
        "In this segment the floor is open to {groups} only. You can ask a question in writing now, or "
        "ask for the floor in another segment."
    ),
    "already_waiting": N_("You are already on the list of speakers, at number {position}."),
    "has_floor": N_("You have the floor. You can ask for it again when you have finished."),
    "too_many_replies": N_("You have used your rights of reply (limit: {limit}). Ask for the floor instead."),
    "bad_person": N_("Enter the name of the speaker, then add the request again."),
    "no_such_hand": N_("This request is not on the list. Check the list of speakers."),
    "not_yours": N_("You cannot change this, because someone else made it. Ask a moderator."),
    "not_waiting": N_("This request is no longer waiting: {fate}. Check the list of speakers."),
    "not_lowered": N_("This request was not withdrawn: {fate}. Check the list of speakers."),
    "called_just_now": N_(
        "The floor was given or a segment started a second ago. Check who has the floor, then try again."
    ),
    "not_next": N_(
        "Under the fairness rule, someone else is next. Check the list, or give the floor out of turn with a reason."
    ),
    "no_registration": N_("This segment has no registration of speakers. You can ask for the floor in the session."),
    "registered_already": N_("You are already registered for this segment. Withdraw first, then register again."),
    "nobody_registered": N_(
        "There are no registrations for this segment yet. You can publish the order once someone has registered."
    ),
    "waits_for_another_segment": N_(
        "This request is for another segment. It keeps its place. You can give the floor out of turn, with a reason."
    ),
    "speaker_withdrawn": N_("{name} was removed from the programme. Choose another panellist."),
    "has_the_floor": N_("This speaker has the floor. End the intervention first."),
    "scene_not_shown": N_("The room screen cannot show this now. Choose another view."),
    "no_segment_runs": N_("No segment has started. Start one first."),
    "no_such_seat": N_("Panellist not found. Choose one from the programme."),
    "no_such_turn": N_("Intervention not found. Check who has the floor."),
    "nothing_said_in_turn": N_(
        "The person did not respond when called, so nothing was said then. Choose another intervention."
    ),
    "not_running": N_("This speaker no longer has the floor. Check who has it."),
    "not_a_hand": N_("Panellists are not on the list of speakers. End the intervention instead."),
    "not_a_point_of_order": N_("You can rule only on a point of order. This intervention is not one."),
    # captions
    "no_such_line": N_("Caption not found. Check the captions page."),
    "bad_language": N_(
        "“{language}” is not a language code. Enter a code such as en, fr or zh-Hans, or leave the field empty."
    ),
    "too_many_lines": N_("The session has reached its limit of caption lines ({limit}). New lines are not saved."),
    "published_already": N_(
        "You can no longer change this, because the report is published. Ask the rapporteur for a correction."
    ),
    # questions
    "no_such_question": N_("Question not found. Check the list of questions."),
    "question_is_over": N_("You can no longer do this with the question: {fate}."),
    "question_on_floor": N_("Question {question} is being answered now. Mark it as answered or put it back first."),
    "asked_before": N_("You have already asked this question. See it under “Your questions”."),
    "anonymous_off": N_(
        "Anonymous questions are not allowed in this session. Ask under your name, or contact a moderator."
    ),
    "too_many_questions": N_(
        "You have reached the limit of open questions ({limit}). Withdraw one, or wait until one is answered."
    ),
    "merge_with_itself": N_("You cannot merge a question with itself. Choose another question."),
    # statements
    "no_such_statement": N_("Statement not found. Check the list of statements."),
    "statement_exists": N_("This statement has already been proposed. Vote on it, or propose a different one."),
    "statement_is_closed": N_("Voting on this statement has ended. You can propose another one."),
    "statement_waits": N_("A moderator has not reviewed this statement yet. You can wait, or propose another one."),
    "statement_was_held_back": N_("A moderator has withheld this statement. You can propose another one."),
    "statement_has_votes": N_(
        "You cannot change this statement, because people have voted on it. A moderator can close voting."
    ),
    "statement_is_withdrawn": N_("The author has withdrawn this statement. You can propose another one."),
    "questions_closed": N_(
        "The moderators have stopped new questions. You can still support questions that were asked."
    ),
    "statements_closed": N_("The moderators have stopped new statements. You can still vote on open statements."),
    "joining_closed": N_("The moderators have stopped new people from joining. You can watch, and try again later."),
    "session_paused": N_("The session is paused. Wait until the moderators resume it."),
    "silenced": N_(
        "A moderator has silenced you. You can still read everything. For questions, contact the moderators."
    ),
    "person_silenced": N_(
        "A moderator has silenced this person. To continue, let the person take part again on the page “People”."
    ),
    "votes_left_out": N_("Your votes are left out of the published results, so you cannot vote. You can still speak."),
    "votes_are_struck": N_("The votes of this person are left out for another reason. Count them again first."),
    "votes_out": N_("The votes are published and can no longer be changed."),
    "not_a_voter": N_("This person has not joined on a device and has no votes."),
    "no_such_text": N_("The text in entry {entry} was not found. Check the session record and choose again."),
    "statement_not_open": N_("You cannot vote on this statement: {fate}."),
    "too_many_statements": N_(
        "You have reached the limit of proposed statements ({limit}). You can still vote on all statements."
    ),
    # report
    "not_closed": N_("The session has not ended. Publish the report when it has. Your draft is saved."),
    "votes_not_published": N_("The votes have not been published yet. Try again in a few seconds."),
    "report_empty": N_("Write at least one key takeaway, then publish the report."),
    "too_many_sentences": N_("The report has too many sentences (limit: {limit}). Remove some and publish again."),
    "correction_needs_reason": N_(
        "The report has already been published. Enter what this version corrects, then publish again."
    ),
    "check_needs_reason": N_(
        "This sentence does not agree with the record: “{text}”. Correct it, or enter the reason for publishing it."
    ),
    "summary_empty": N_("Enter what was read out, one sentence per line, then confirm."),
    "no_note_yet": N_(
        "There is no note on this intervention yet. You can comment once the rapporteur has written one."
    ),
    "names_under_rule": N_(
        "This session is held under the Chatham House Rule, and this text names someone: “{text}”. "
        "Remove the name and try again."
    ),
    "no_such_part": N_("The report has no such part. Choose one of the parts on the report desk."),
    "sentence_changed": N_(
        "Someone else has changed this sentence. Your text is still here. Choose which version to keep."
    ),
    "sentence_gone": N_(
        "Someone else has removed this sentence. Your text is still here. You can keep it or discard it."
    ),
    "too_many_cites": N_("A sentence cannot cite this much evidence (limit: {limit}). Remove some and save again."),
    "no_such_evidence": N_(
        "Entry {entry} cannot be cited. Cite an intervention, a caption line, a question or a statement."
    ),
    "no_such_entry": N_("Entry {entry} not found. Check the number in the session record."),
    "no_such_reference": N_(
        "“{id}” is not in the reference. Search the reference and use the ID shown next to the title."
    ),
    "too_many_references": N_("Too many reference items (limit: {limit}). Remove some."),
    # follow-up
    "no_such_call": N_("Call to action {call} was not found in the report. Choose one from the list."),
    "no_such_actor": N_("“{actor}” is not a type of actor. Choose one of these: {actors}."),
    "bad_due": N_("“{due}” is not a date. Enter it like 31 July 2027, or choose a meeting from the list of the field."),
    "too_many_commitments": N_(
        "This session has reached its limit of commitments ({limit}). Change one of them instead."
    ),
    "no_such_commitment": N_("Commitment not found. Check the list of commitments."),
    "bad_symbol": N_(
        "“{symbol}” is not a document symbol. Enter a symbol such as A/80/257, or leave the field empty and add a link."
    ),
    "bad_link": N_("Enter a full web address that begins with https://."),
    "bad_day": N_("“{day}” is not a past date. Enter it like 31 July 2027."),
    "evidence_missing": N_(
        "To mark a commitment as accepted, declined or done, add a document symbol or a link, or choose “in progress”."
    ),
    **CALLS,
    "counts_not_options": N_("The result needs a number for each option, and none may be below 0."),
    "not_a_digest": N_("The fingerprint of the file has to be its SHA-256, in 64 hexadecimal digits."),
    "nothing_to_erase": N_("Entry {entry} contains no text that can be erased."),
    "not_a_witness_key": N_("This is not the key of a witness. Copy the whole line that the witness was shown."),
    "too_many_witnesses": N_("A session has at most {most} witnesses."),
}

SENTENCES: dict[str, dict[str, str]] = {
    "": REFUSALS,
    "programme": PROGRAMMES,
    "captions": TRANSCRIPTS,
    "meeting_report": MEETING_REPORTS,
    "assessment": ASSESSMENTS,
    "outside_draft": OUTSIDE_DRAFTS,
}
"""The sentences by what was to be done (`Failure.about`), which gives one code several sentences, and by code."""


class Failure(Exception):
    """Something was refused, or a text cannot be read: a code and facts about it.

    A class names with `about` the part of `SENTENCES` that has its codes."""

    about: ClassVar[str] = ""

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.field = ""

    def at(self, field: str) -> Self:
        """The same failure, which is about a field of what was asked; an inner place that is known already stays."""
        self.field = self.field or field
        return self

    def sentence(self, language: str) -> str:
        """The failure in a language, with its facts filled in, for the person who reads it."""
        return refusal_sentence(language, self.code, self.facts, self.about)


def refusal_sentence(language: str, code: str, facts: Mapping[str, Any], about: str = "") -> str:
    """The sentence of a code with its facts; a code without a sentence of its own is shown as it is."""
    said = {name: _said(language, code, name, fact) for name, fact in facts.items()}
    return say(
        language,
        SENTENCES[about].get(code, N_("The action was refused. Tell the organizer the code {code}.")),
        **{"code": code, **said},
    )


def _said(language: str, code: str, name: str, fact: Any) -> Any:
    if name == "limit" and code == "too_large":
        unit, n = (N_("{n} MB"), fact // 1_000_000) if fact >= 1_000_000 else (N_("{n} kB"), fact // 1000)
        return say(language, unit, n=n)
    if name == "fate":
        return word(language, "fate", str(fact), "clause")
    if name == "where":
        return re.sub(r"\[(\d+)\]", lambda place: f" {int(place[1]) + 1}", str(fact)).replace(".", ", ")
    if name == "roles":
        return [word(language, "role", str(role)) for role in fact]
    if name == "step" and isinstance(fact, list):  # the titles of a procedure that comes with the program
        return [translation(language).gettext(title) for title in fact]
    return fact
