"""The message of each refusal code: what happened and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word

REFUSALS: dict[str, str] = {
    # joining
    "not_allowed": N_("This needs another role: {roles}. Open the link you were given for it."),
    "unknown_command": N_(
        "Nothing was saved, because this action is not known here. Choose the action on its page once more."
    ),
    "bad_fields": N_(
        "Nothing was saved, because a field is missing or not valid. Check each field, then send the form again."
    ),
    "session_cancelled": N_("This session is cancelled. Publish its programme again before you open it."),
    "already_published": N_("A published session stays on the record. Only drafts and rehearsals can be deleted."),
    "bad_date": N_("“{date}” is not a date. Write it like 31 July 2027; a weekday in it has to be that of the date."),
    "key_missing": N_("Nothing was kept: the request needs a key of its own, of 8 to 64 letters and digits."),
    "key_used": N_(
        "This form was sent before with different content, which was saved. Send it again to save this content too."
    ),
    "no_such_session": N_("There is no such session. Check the code or the link."),
    "no_such_gathering": N_("There is no such gathering. Go to the list of sessions and choose from there."),
    "no_such_code": N_("No session has the code {code}. Check it against the screen: 8 letters and digits."),
    "no_such_pass": N_("This link is not valid, or no longer. Ask whoever gave it to you for a new one."),
    "no_such_person": N_("There is no such participant. Choose somebody from the list."),
    "replaced_already": N_("Somebody has taken over this role already. The page of the programme shows who."),
    "no_such_move": N_(
        "The code {code} does not work, or no longer. Each works once, for ten minutes: ask for a new one."
    ),
    "no_such_page": N_("There is no such page. Go to the list of sessions and choose from there."),
    "cross_site": N_("This came from another site and was not done. Open the page here and do it there."),
    "too_fast": N_("That was very fast. Wait {seconds} seconds and send it again; nothing is lost."),
    "too_large": N_("This is too large: at most {limit} bytes. Shorten it and send it again."),
    "disk_full": N_("The disk is full and this was not kept. Tell the organizer; send it again in a minute."),
    "broken": N_("It is not sure that this was kept. Wait a minute and send it again: it cannot count twice."),
    "internal": N_("Something went wrong here, and it is not your fault. Try again; if it stays, report number {id}."),
    # texts
    "text_empty": N_("There is no text yet. Write something and send it."),
    "no_visible_name": N_("Nothing of this name can be seen. Write it with letters, or leave it empty."),
    "text_too_long": N_("This has {length} characters, and {limit} are the most. Shorten it and send it again."),
    # programme
    "already_open": N_("The session is open, so its programme stays as it is published."),
    "bad_programme": N_("The programme is not complete, in {where}: {reason}."),
    "no_segments": N_("The programme has no segments. Add at least one with its length, and publish again."),
    "no_such_profile": N_("There is no profile {profile}. Choose one that this house has."),
    "join_first": N_(
        "This session is held under the Chatham House Rule, so only those who take part can follow it. "
        "Join it first at /s/{session}."
    ),
    "not_published": N_("The programme is not published yet. Publish it first, or come back later."),
    # the session
    "not_open": N_("The session is not open yet. Wait until the moderators open it."),
    "session_closed": N_("The session is over. What was said is in its record."),
    "no_such_segment": N_("The programme has no such segment. Choose one from its list."),
    "no_such_group": N_("{group} is not a group of this session. Choose one of these: {groups}."),
    "hand_is_up": N_(
        "Your hand is up, for the groups that you named before. Lower it first; then change them and raise it again."
    ),
    "not_joined": N_("Join the session first: say whether you are in the room or online. Then send it again."),
    # undoing
    "not_an_act": N_("There is nothing here that can be taken back."),
    "act_overtaken": N_("Something else was done after this. Take that back first, or correct this in another way."),
    "undo_too_late": N_("It is too late to take this back: the time for it is {seconds} seconds."),
    "act_used": N_("People have already acted on this, so it can no longer be taken back."),
    # the queue
    "was_here_before": N_("Somebody of this name has been here before: {names}. Say whether it is the same person."),
    "no_open_floor": N_("This part of the session takes no hands. Wait for the next part, or ask in writing."),
    "list_closed": N_("The list of speakers is closed. Ask in writing; a point of order is still possible."),
    "not_in_this_segment": N_(
        "This part is for {groups}. Your turn comes in another part; you can ask in writing now."
    ),
    "already_waiting": N_("Your hand is up already: you are number {position} on the list."),
    "has_floor": N_("You have the floor. Raise your hand again when you have finished."),
    "too_many_replies": N_("Each person has {limit} rights of reply, and they are used. Ask for a turn on the list."),
    "bad_person": N_("A hand needs a person. Type a name and enter it again."),
    "no_such_hand": N_("There is no such hand. Look at the list again."),
    "not_yours": N_("This belongs to somebody else, so it stays as it is. Ask a moderator."),
    "not_waiting": N_("This hand is no longer waiting: {fate}. Look at the list again."),
    "not_lowered": N_("This hand was not lowered: {fate}. Look at the list again."),
    "called_just_now": N_("Somebody was given the floor, or a part began, a second ago. Look at who speaks now."),
    "not_next": N_("By the rule somebody else is next now. Look at the list again, or give the floor with a reason."),
    "no_registration": N_("Speakers do not register for this part. Ask for the floor in the session."),
    "registered_already": N_("You are registered for this part already. Withdraw first to register anew."),
    "nobody_registered": N_("Nobody has registered for this part yet, so there is no order to publish."),
    "waits_for_another_segment": N_(
        "This hand keeps its place for another part: this one does not admit it. Give the floor with a reason, or wait."
    ),
    "speaker_withdrawn": N_("{name} was taken off the programme. Choose another speaker."),
    "has_the_floor": N_("This speaker has the floor. End the intervention first."),
    "no_segment_runs": N_("No segment has started. Start one first."),
    "no_such_seat": N_("The programme has no such speaker. Choose one from its list."),
    "no_such_turn": N_("There is no such turn. Look at who has the floor now."),
    "not_running": N_("This turn does not have the floor now. Look at who has it."),
    "not_a_hand": N_("A speaker of the panel has no hand on the list. End the turn instead."),
    "not_a_point_of_order": N_("This turn is no point of order, so there is nothing to rule on."),
    # captions
    "no_such_line": N_("There is no such line. Look at the captions again."),
    "bad_language": N_("“{language}” is no language tag. Write it as en, fr or zh-Hans, or leave it empty."),
    "too_many_lines": N_("This session has {limit} lines of speech, the most there can be. Nothing more is kept."),
    "published_already": N_("The report is published, so this stays as it is. Ask the rapporteur for a correction."),
    # questions
    "no_such_question": N_("There is no such question. Look at the list again."),
    "question_is_over": N_("This cannot be done with the question any more: {fate}."),
    "question_on_floor": N_(
        "Question {question} is being answered now. Mark it as answered, or put it back, and then put this one."
    ),
    "asked_before": N_("You have asked this already, and it is still on the list."),
    "anonymous_off": N_("Questions without a name are turned off. Ask with your name, or ask the moderators."),
    "too_many_questions": N_("You have {limit} open questions, the most at a time. Take one back, or wait."),
    "merge_with_itself": N_("A question cannot be merged into itself. Choose another one."),
    # statements
    "no_such_statement": N_("There is no such statement. Look at the list again."),
    "statement_exists": N_("This statement is there already. Vote on it, or word another one."),
    "statement_is_closed": N_("This statement was voted on, and voting is over. Word another one."),
    "statement_waits": N_(
        "This statement is with the moderators already. Wait until it is opened, or word another one."
    ),
    "statement_was_held_back": N_("A moderator held this statement back, so nobody can vote on it. Word another one."),
    "statement_has_votes": N_(
        "There are votes on this statement, and they stay on the record. A moderator can close it."
    ),
    "statement_is_withdrawn": N_("Its author took this statement back. Word another one."),
    "questions_closed": N_("The moderators take no new questions at present. You can support those that were asked."),
    "statements_closed": N_("The moderators take no new statements at present. You can vote on those that are open."),
    "joining_closed": N_("The moderators let nobody new join at present. You can watch, and try again later."),
    "session_paused": N_("The session is paused. Wait until the moderators resume it."),
    "silenced": N_("A moderator has silenced you, so you can only read. Speak to the moderators about it."),
    "person_silenced": N_(
        "A moderator has silenced this person. Let the person take part again first, on the page People."
    ),
    "no_such_text": N_("Entry {entry} contains no such text. Look it up on the page and choose again."),
    "statement_not_open": N_("This statement is not open for votes: {fate}."),
    "too_many_statements": N_("You have proposed {limit} statements, the most for one person. Vote on the others."),
    # report
    "not_closed": N_("The session is still running. Publish the report when it is over; the draft is kept."),
    "report_empty": N_("The report has no key takeaway yet. Write at least one and publish again."),
    "too_many_sentences": N_("The report has more than {limit} sentences. Take some out and publish again."),
    "correction_needs_reason": N_("The report is out already. Say what this version corrects, and publish again."),
    "summary_empty": N_("There is no sentence to confirm. Write what was read out, one sentence a line."),
    "no_note_yet": N_("The rapporteur has not noted this turn, so there is nothing to comment on yet."),
    "names_under_rule": N_(
        "This session is held under the Chatham House Rule, and this names somebody: “{text}”. Say it without the name."
    ),
    "no_such_part": N_("The report has no such part. Choose one of the parts on the report desk."),
    "sentence_changed": N_(
        "Somebody else changed this sentence meanwhile. What you typed is still here; choose which one stays."
    ),
    "sentence_gone": N_(
        "Somebody else took this sentence out meanwhile. What you typed is still here; keep it or not."
    ),
    "too_many_cites": N_("A sentence rests on {limit} pieces of evidence at most. Take some away and save again."),
    "no_such_evidence": N_(
        "Entry {entry} is no turn, spoken line, question or statement. Take it out, or cite another one."
    ),
    "no_such_entry": N_("The log has no entry {entry}. Look up its number in the record."),
    "no_such_reference": N_(
        "The reference has no item “{id}”. Look it up under Reference, and use the name beside its title."
    ),
    "too_many_references": N_("These are more than {limit} items of the reference. Keep those that matter most."),
    # follow-up
    "no_such_call": N_("The report has no call to action number {call}. Choose one from its list."),
    "no_such_actor": N_("“{actor}” is no kind of actor. Use one of these: {actors}."),
    "bad_due": N_(
        "“{due}” is not a date. Write it like 31 July 2027, or count from a meeting in the list of the field."
    ),
    "too_many_commitments": N_(
        "This session has {limit} commitments, the most there can be. Amend one of them instead."
    ),
    "no_such_commitment": N_("There is no such commitment. Look at the list again."),
    "bad_symbol": N_("“{symbol}” is no document symbol. Write it as A/80/257, or leave it empty and give a link."),
    "bad_link": N_("This is no link. Copy the whole address, with https:// in front."),
    "bad_day": N_("“{day}” is not a day that has been. Write it like 31 July 2027."),
    "evidence_missing": N_("Done needs evidence: a document symbol or a link. Add one, or choose “in progress”."),
    "nothing_to_erase": N_("Entry {entry} holds no text of a person, so there is nothing to erase."),
}

PROGRAMMES: dict[str, str] = {
    "empty": N_("There is nothing here. Paste the text of the session's page."),
    "not_text": N_("This is not text. Open the page in a browser, copy its text, and paste that."),
    "too_large": N_("This is too large: at most {limit} bytes. Paste only the page of one session."),
    "transcript": N_("This is the transcript of a session. Paste the page of the session itself."),
    "not_igf": N_(
        "This does not look like an IGF session page: no title, organizers or speakers were found. Paste the page of "
        "the session itself, or write the programme as YAML."
    ),
    "not_yaml": N_("Line {line} cannot be read as YAML: {reason}."),
    "bad_programme": N_("In {where}: {reason}."),
}
"""What cannot be read as a programme, or imported as one."""

TRANSCRIPTS: dict[str, str] = {
    "empty": N_("There is nothing in this file. Choose the file of the transcript and send it again."),
    "not_text": N_("This is not text. Save the transcript as text, WebVTT, SRT, Markdown, HTML or TEI."),
    "too_large": N_("This is too large: at most {limit} bytes. Cut it into sessions."),
    "bad_xml": N_("Line {line} is not well-formed XML: {reason}. Correct it and send it again."),
}
"""What cannot be read as a transcript."""

ASSESSMENTS: dict[str, str] = {
    "too_large": N_("This is too large: an assessment has at most {limit} bytes."),
    "not_text": N_("This is not UTF-8 text. Save the file as UTF-8."),
    "not_yaml": N_("Line {line} cannot be read as YAML: {reason}."),
    "not_an_assessment": N_("This is no assessment. Begin one with `acquis assessment new`."),
    "other_version": N_("This assessment has the shape of version “{version}”; only version {known} can be read here."),
    "unknown_field": N_("Line {line}: there is no field “{field}” here. Check its spelling."),
    "unknown_field_in": N_("Line {line}: there is no field “{field}” in {where}. Check its spelling."),
    "not_true_or_false": N_("Line {line}: {where} has to be true or false."),
    "unknown_edition": N_("Line {line}: the edition has to be one of: {known}."),
    "no_day": N_("Line {line}: {where} has to be a day, written as 2026-11-23."),
    "no_list": N_("Line {line}: {where} has to be a list: lines that begin with “- ”."),
    "no_entry": N_("Line {line}: {where} is not as it should be: write its fields below each other, “name: text”."),
    "no_fields": N_("Line {line}: {where} has to have fields below it, “name: text”."),
    "no_text": N_("Line {line}: {where} has to be a text. If it contains “: ” or begins with “[” or “{{”, quote it."),
}
"""What cannot be read as an assessment."""

SENTENCES: dict[str, dict[str, str]] = {
    "": REFUSALS,
    "programme": PROGRAMMES,
    "captions": TRANSCRIPTS,
    "assessment": ASSESSMENTS,
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

    def sentence(self, language: str) -> str:
        """The failure in a language, with its facts filled in, for the person who reads it."""
        return refusal_sentence(language, self.code, self.facts, self.about)


def refusal_sentence(language: str, code: str, facts: Mapping[str, Any], about: str = "") -> str:
    """The sentence of a code with its facts; a code without a sentence of its own is shown as it is."""
    said = {name: _said(language, name, fact) for name, fact in facts.items()}
    return say(language, SENTENCES[about].get(code, N_("This was refused ({code}).")), **{"code": code, **said})


def _said(language: str, name: str, fact: Any) -> Any:
    if name == "fate":
        return word(language, "fate", str(fact), "clause")
    if name == "where":
        return re.sub(r"\[(\d+)\]", lambda place: f" {int(place[1]) + 1}", str(fact)).replace(".", ", ")
    if name == "roles":
        return [word(language, "role", str(role)) for role in fact]
    return fact
