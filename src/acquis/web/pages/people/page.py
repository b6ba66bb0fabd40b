"""The people of a session, for moderators: what each of them did, what moderators can do about it, and lost devices."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from acquis.attributes import Attributes
from acquis.command import HOSTS, MODERATORS, ORGANIZER, PEOPLE, SPEAKER
from acquis.floor.moderation import votes_open
from acquis.floor.people import EndDevice
from acquis.i18n import N_
from acquis.roster import Pass
from acquis.state import Hand, Question, State, Statement, Turn
from acquis.state.counting import strike_of
from acquis.state.reading import display_name, person_name
from acquis.text.folding import folded
from acquis.text.respelling import skeleton
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, form
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page
from acquis.web.http.ids import new_code
from acquis.web.http.moving import CODE_MS
from acquis.web.live.page import render_live
from acquis.web.live.regions import Scene
from acquis.web.pages.lists.pagination import contains, results_page
from acquis.web.words.phrases import clock_time

PEOPLE_EACH = 50
"""How many people a page of the list has."""
TOGETHER_MS = 5000
"""Two people who join within this time may be one who wants to count twice."""

One = TypeVar("One", Hand, Question, Statement, Turn)


class Attendee(msgspec.Struct, frozen=True):
    """A person of a session and what the person did on the floor; never how he or she voted. `at`: when the person
    joined, opened the link of a panellist, or was first entered by a moderator; 0 if never. `namesake`: somebody else
    has the same name, `lookalike`: one that looks the same; `close`: the names of those who joined shortly before or
    after; `device`: has one that can be signed out; `left_out`: why the votes are left out of the results, empty if
    they count; `votes_open`: whether that can still change."""

    person: str
    name: str
    attributes: Attributes
    at: int
    device: bool
    turns: list[Turn]
    hands: list[Hand]
    questions: list[Question]
    statements: list[Statement]
    namesake: bool = False
    lookalike: bool = False
    left_out: str = ""
    votes_open: bool = False
    close: tuple[str, ...] = ()

    @property
    def about(self) -> list[Hand]:
        """The hands with a few words of what they are about."""
        return [hand for hand in self.hands if hand.about]

    @property
    def comments(self) -> list[Turn]:
        """The turns with a comment of the person on the note of it."""
        return [turn for turn in self.turns if turn.comment]


FILTERS: dict[str, tuple[str, Callable[[State, Attendee], bool]]] = {
    "": (N_("All participants"), lambda state, attendee: True),
    "together": (N_("Joined close together"), lambda state, attendee: bool(attendee.close)),
    "silenced": (N_("Silenced"), lambda state, attendee: attendee.person in state.measures.silenced),
    "left_out": (N_("Votes left out"), lambda state, attendee: bool(attendee.left_out)),
}
"""Value of `?show=` -> the word for it, and who is shown."""


def attendees(state: State, passes: list[Pass], names: Mapping[str, str], language: str) -> list[Attendee]:
    """The people who can take part or were entered by a moderator, by name: in the order in which they joined one
    could tell the voice of each. `passes`: those of the session, in the order in which they were issued; `names`: the
    shown names."""
    people = [given for given in passes if not given.roles or given.roles & PEOPLE]
    near = _near([given for given in people if given.roles and SPEAKER not in given.roles])
    turns, hands = _by_person(state.turns.values()), _by_person(state.hands.values())
    questions, statements = _by_person(state.questions.values()), _by_person(state.statements.values())

    def made(person: str, name: str, attributes: Attributes, at: int, device: bool = False) -> Attendee:
        return Attendee(
            person,
            name,
            attributes,
            at,
            device=device,
            turns=[turn for turn in turns.get(person, []) if turn.was_taken],
            hands=hands.get(person, []),
            questions=questions.get(person, []),
            statements=statements.get(person, []),
        )

    def shown(person: str) -> str:
        return person_name(person, names, language)

    listed = [
        made(
            given.person,
            shown(given.person),
            given.attributes,
            given.used if SPEAKER in given.roles else given.issued,
            bool(given.roles) and given.roles <= PEOPLE,
        )
        for given in people
    ]
    known = {given.person for given in passes}
    for person, raised in hands.items():
        first, last = raised[0], raised[-1]
        if person not in known and first.entered:  # put on the list without a name
            name = display_name(state, first, names, language)
            listed.append(made(person, name, last.attributes, first.at))
    twice, alike = _bearers(state, passes, people)
    closest = {person: tuple(map(shown, others)) for person, others in near.items()}
    marked = (
        msgspec.structs.replace(
            a, namesake=a.person in twice, lookalike=a.person in alike, close=closest.get(a.person, ())
        )
        for a in _with_votes(state, {given.person: given.voice for given in people}, listed)
    )
    return sorted(marked, key=lambda attendee: (folded(attendee.name), attendee.person))


def _bearers(state: State, passes: list[Pass], people: list[Pass]) -> tuple[set[str], set[str]]:
    """The people whose name another person has, of those who joined, of the team and of the panel; and those whose name
    only looks like that of another person."""
    linked = {given.seat for given in passes if given.seat}
    names = [given.name for given in passes if given.name]
    names += [seat.name for number, seat in enumerate(state.seats, 1) if number not in linked and not seat.withdrawn]
    same, similar = Counter(map(folded, names)), Counter(map(skeleton, names))
    twice = {given.person for given in people if given.name and same[folded(given.name)] > 1}
    alike = {given.person for given in people if given.name and similar[skeleton(given.name)] > 1}
    return twice, alike - twice


def _with_votes(state: State, voices: Mapping[str, str], listed: Iterable[Attendee]) -> Iterator[Attendee]:
    """The attendees, each with what moderators can do about the votes of his or her voice."""
    for attendee in listed:
        voice = voices.get(attendee.person, "")
        struck = state.measures.struck.get(strike_of(state, voice))
        reason = struck.reason if struck else ""
        yield msgspec.structs.replace(attendee, left_out=reason, votes_open=votes_open(state, voice))


def _by_person(objects: Iterable[One]) -> dict[str, list[One]]:
    """Person -> what is theirs, in its order."""
    mine = defaultdict[str, list[One]](list)
    for belonging in objects:
        mine[belonging.person].append(belonging)
    return mine


def _near(people: list[Pass]) -> dict[str, list[str]]:
    """Person -> the people who joined just before or after, of people in the order in which they joined."""
    near = defaultdict[str, list[str]](list)
    for before, after in itertools.pairwise(people):
        if after.issued - before.issued < TOGETHER_MS:
            near[before.person].append(after.person)
            near[after.person].append(before.person)
    return near


@page("/s/{session:slug}/people", roles=HOSTS, names=HOSTS, live="moderators")
async def people(context: RequestContext) -> Response:
    """Everybody who joined or was entered; `?q=` searches by name or id, `?show=` names a filter, `?n=2` is the second
    page. Under the Chatham House Rule nobody is listed after the session."""
    return await _shown(context)


async def _shown(context: RequestContext, ended: str = "", code: str = "") -> Response:
    """The page, with the code for the person whose device was signed out. The list is made in a thread."""
    state, words = await context.frozen(), context.query("q").strip()
    show = context.query("show") if context.query("show") in FILTERS else ""
    closed = state.settings.chatham and state.is_over
    passes = list(context.application.roster.passes(context.id))
    known = None if closed else passes
    lists = await asyncio.to_thread(_lists, state, known, context.names, context.language, words)
    await context.pause()

    def more(scene: Scene) -> dict[str, Any]:
        return {"results": results_page(lists[show][1], context.number("n"), PEOPLE_EACH), "lists": lists}

    def address(**other: object) -> str:
        given = {name: value for name, value in {"q": words, "show": show, **other}.items() if value}
        return f"/s/{context.id}/people?{urlencode(given)}"

    return render_live(
        context,
        "pages/people/page.html",
        home="people",
        more=more,
        q=words,
        show=show,
        closed=closed,
        joins=context.application.joins.rate(context.id, context.now),
        may_forget=ORGANIZER in context.actor.roles,
        address=address,
        ended=context.names.get(ended, "") or person_name(ended, {}, context.language) if ended else "",
        code_replaced=context.query("done") == "code",
        move_code=f"{code[:4]}-{code[4:]}",
        move_address=f"{(context.application.base_url or context.base_url).rstrip('/')}/s/{context.id}/device",
        move_until=clock_time(context.now + CODE_MS, context.zone)[:5],
    )


def _lists(
    state: State, passes: list[Pass] | None, names: Mapping[str, str], language: str, words: str
) -> dict[str, tuple[str, list[Attendee]]]:
    """Filter -> its word, and the people it shows of those for whom somebody searches."""
    listed = [] if passes is None else attendees(state, passes, names, language)
    rows = [attendee for attendee in listed if contains(attendee.name, words) or attendee.person == words]
    return {name: (word, [row for row in rows if is_in(state, row)]) for name, (word, is_in) in FILTERS.items()}


@endpoint(
    "POST",
    "/s/{session:slug}/people",
    roles=MODERATORS,
    names=MODERATORS,
    reads=True,
    live="moderators",
    page="people",
    accepts=form({"person": {"type": "string"}, "key": KEY}, ["person", "key"]),
)
async def end_lost(context: RequestContext) -> Response:
    """Sign out the lost device of a person, and show a code for another one. Raises Refused."""
    fields = await context.form()
    person = fields.get("person", "")
    await carry_out(context, EndDevice(person), fields.get("key", ""))
    return await _shown(context, person, context.application.moves.code_for(context.id, person, context.now))


@endpoint(
    "POST",
    "/s/{session:slug}/code",
    name="replace_code",
    roles=HOSTS,
    names=HOSTS,
    reads=True,
    live="moderators",
    page="people",
    accepts=form({}),
)
async def replace_code(context: RequestContext) -> Response:
    """Replace the session code. People who have joined stay; who comes with the old code cannot join."""
    context.application.roster.new_code(context.id, new_code())
    context.application.security_log.tell("code_replaced", context.id, by=context.actor.person)
    return context.redirect(f"/s/{context.id}/people?done=code#joining")
