"""A stream ends when the access link of its reader does: with its last day, and when it is revoked."""

from __future__ import annotations

import json

import pytest
from tests.browser.live_server import LiveServer
from tests.web.stream_reader import Listen, channel_there

from acquis.floor.moderation import SilencePerson, UnsilencePerson
from acquis.floor.people import Join
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.segments import OpenSession
from acquis.floor.statements import SeedStatement
from acquis.roster import Roster
from acquis.web.http import passes

pytestmark = pytest.mark.server


def test_a_revoked_moderator_sees_nothing_more(live: LiveServer, session: str, listen: Listen) -> None:
    link, given = live.pass_for(session, "onsite_moderator")
    cookie = f"{passes.cookie_name(session)}={link.rpartition('/')[2]}"
    stream = listen(f"/s/{session}/live/moderators", cookie)
    stream.frame()

    async def revoke() -> None:
        passes.revoke(live.house, session, given.person)

    live.wait(revoke)
    with pytest.raises((EOFError, ConnectionResetError)):
        stream._until(b"this never comes")
    assert "403" in listen(f"/s/{session}/live/moderators", cookie).head.splitlines()[0]


def _moderator(live: LiveServer, session: str) -> tuple[str, str]:
    """The person and the cookie of a new access link of a moderator."""
    link, given = live.pass_for(session, "onsite_moderator")
    return given.person, f"{passes.cookie_name(session)}={link.rpartition('/')[2]}"


def test_a_stream_ends_with_the_last_day_of_its_access_link(live: LiveServer, session: str, listen: Listen) -> None:
    """Setting the last day ends the stream too: the one that is opened again knows it."""
    person, cookie = _moderator(live, session)
    path = f"/s/{session}/live/moderators"
    first, everybody = listen(path, cookie), listen(f"/s/{session}/live/participants")
    first.frame(), everybody.frame()

    async def end() -> None:
        passes.end(live.house, session, person, live.now() + 3_600_000)

    live.wait(end)
    with pytest.raises((EOFError, ConnectionResetError)):
        first._until(b"this never comes")
    second = listen(path, cookie)
    second.frame()
    live.do(session, SeedStatement("Within the last day."))
    assert "Within the last day." in json.dumps(second.frame()[1])
    live.clock.forward(3_600_001)
    with pytest.raises((EOFError, ConnectionResetError)):
        second._until(b"this never comes")
    assert "403" in listen(path, cookie).head.splitlines()[0]
    live.until(lambda: not channel_there(live, session, "moderators").listeners)
    assert len(channel_there(live, session, "readers").listeners) == 1


def test_a_stream_ends_when_another_process_revokes_its_access_link(
    live: LiveServer, session: str, listen: Listen
) -> None:
    """As `acquis pass organizer` does while the server runs; nobody sends a request meanwhile."""
    person, cookie = _moderator(live, session)
    stream = listen(f"/s/{session}/live/moderators", cookie)
    stream.frame()
    elsewhere = Roster(live.folder / "roster.db")
    elsewhere.revoke(session, person)
    elsewhere.close()
    with pytest.raises((EOFError, ConnectionResetError)):
        stream._until(b"this never comes")


def test_a_long_poll_says_whose_it_is(live: LiveServer, session: str, listen: Listen) -> None:
    person, cookie = _moderator(live, session)
    path = f"/s/{session}/live/participants?poll=-1"
    assert f"acquis-reader: {person}" in listen(path, cookie).head
    assert "acquis-reader: -" in listen(path).head


def test_the_stream_of_somebody_who_is_silenced_ends_and_comes_back_without_forms(
    live: LiveServer, session: str, listen: Listen
) -> None:
    """An open page kept the button of support that a fresh one did not have."""
    link, given = live.pass_for(session, "participant")
    cookie = f"{passes.cookie_name(session)}={link.rpartition('/')[2]}"
    live.do(session, Join(lane="online"), given.actor())
    live.do(session, OpenSession())
    asked = live.do(session, AskQuestion("Who pays?"), given.actor())
    live.do(session, ApproveQuestion(asked))
    path = f"/s/{session}/live/participants"
    for command, forms in ((SilencePerson(given.person, "other"), False), (UnsilencePerson(given.person), True)):
        stream = listen(path, cookie)
        assert ("support_question" in stream.frame()[1]["html"][f"q{asked}"]) is not forms
        live.do(session, command)
        with pytest.raises((EOFError, ConnectionResetError)):
            stream._until(b"this never comes")
        assert ("support_question" in listen(path, cookie).frame()[1]["html"][f"q{asked}"]) is forms
