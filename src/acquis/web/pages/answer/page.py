"""The page on which the body that a call names answers it, by its link and without an account."""

from __future__ import annotations

from starlette.responses import Response

from acquis.command import BODY, Refused
from acquis.followup.due_words import due_written, meeting_names
from acquis.followup.tracking import tracked
from acquis.plan import dates
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import page
from acquis.web.words import followup as words


@page("/s/{session:slug}/answer", roles=frozenset({BODY}), styles=(DOCUMENT,))
async def answer(context: RequestContext) -> Response:
    """The call that names the body, what it answered so far, and the form for its answer."""
    state, language, person = context.state, context.language, context.actor.person
    # Under the Chatham House Rule the public state does not show whose link it is.
    asked = next((entry for entry, call in context.session.state.commitments.items() if call.addressee == person), 0)
    if asked not in state.commitments:
        raise Refused("not_asked")
    title, rehearsal = state.programme.title, state.programme.rehearsal
    call = tracked(context.id, title, rehearsal, state.commitments[asked], context.now)
    latest = state.commitments[asked].answer
    due = latest.due if latest is not None and latest.answer == "amended" else call.due
    return context.render(
        "pages/answer/page.html",
        state=state,
        call=call,
        answers=[change for change in reversed(call.changes) if change.is_answer],
        due=words.due_words(language, call),
        who=words.who(language, call),
        kinds=context.words(words.CHANGE_KINDS),
        choices=context.words(words.CHOICES),
        own_words=lambda change: words.own_words(language, change),
        due_written=due_written(due),
        meetings=meeting_names().values(),
        day=lambda at: dates.day(at, language),
        ruled=state.settings.chatham,
    )
