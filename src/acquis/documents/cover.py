"""The cover of a report: what it is, the arch of seats of the session, six facts, and how a reader verifies it."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale

from acquis.charts.qr import qr_drawing
from acquis.charts.seats import Attendance, people_of_a_seat, seats_drawing
from acquis.documents.blocks import Check, Cover, Seats
from acquis.documents.design import LIGHT
from acquis.documents.view import ReportView
from acquis.i18n import N_, N_plural, say, say_many
from acquis.i18n.dates import locale_of
from acquis.i18n.rehearsals import rehearsal_notice
from acquis.plan.dates import slot
from acquis.state import State
from acquis.state.counting import is_counted
from acquis.statistics.attendance import attendance
from acquis.statistics.summary import total
from acquis.text.plain_text import one_line
from acquis.text.scripts import right_to_left

FACTS, NAMED, DIGITS = 6, 3, 16
"""The number of facts, the most names in one of them, and the digits in a group of the fingerprint."""

RULE = N_(
    "This session is held under the Chatham House Rule. You may use what you hear, but you may not "
    "reveal who said it or their affiliation."
)

_LOG = N_plural("Fingerprint of the session log with {n} entry:", "Fingerprint of the session log with {n} entries:")


def cover(view: ReportView, state: State, language: str, address: str = "") -> Cover:
    """The cover of the report of a view whose times are in words (`in_words`). `address`: of the page of the session;
    empty: not known, without a QR code."""
    kind = N_("Report of session {number}") if view.number else N_("Session report")
    return Cover(
        kind=say(language, kind, number=one_line(view.number)),
        tag=say(language, N_("Rehearsal")) if view.rehearsal else "",
        under=tuple(map(one_line, filter(None, (view.gathering, when(view, language), view.room)))),
        seats=seats(attendance(state), language),
        facts=tuple(_facts(view, state, language))[:FACTS],
        notes=tuple(_notes(view, language)),
        check=_check(view, language, address),
    )


def _notes(view: ReportView, language: str) -> Iterator[str]:
    """What a reader has to know first."""
    if view.rehearsal:
        yield rehearsal_notice(language, view)
    if view.chatham:
        yield say(language, RULE)
    if view.correction:
        yield say(language, N_("Changes: {why}"), why=one_line(view.correction))


def when(view: ReportView, language: str) -> str:
    """Date and time of the programme in words on the clock of the venue; if they are not in ISO 8601, both texts."""
    there, _ = slot(view.starts, view.ends, one_line(view.zone), language)
    return there or " / ".join(filter(None, map(one_line, (view.starts, view.ends))))


def seats(people: Attendance, language: str) -> Seats | None:
    """The arch of those who took part; None if nobody joined."""
    number, counted = counted_words(people, language)
    if not number:
        return None
    key = []
    if people.apart:
        key.append(say(language, N_("Filled seats: in the room. Open seats: online.")))
    if (scale := people_of_a_seat(people.people)) > 1:
        key.append(
            say_many(language, *N_plural("Each seat stands for {n} person.", "Each seat stands for {n} people."), scale)
        )
    words = " ".join((f"{number} {counted}", *key))
    drawing = seats_drawing(people, words, spoke=LIGHT["plum"], other=LIGHT["edge"], rtl=right_to_left(language))
    return Seats(drawing, words, number, counted, " ".join(key))


def counted_words(people: Attendance, language: str) -> tuple[str, str]:
    """The figure of the arch and what it counts: ("18", "participants who spoke from the list, out of 60, in the front
    row.") or, where nobody spoke, ("60", "participants"). Two empty texts if nobody joined. Panellists who speak from
    their seats are not counted as speakers from the list."""
    if not people.people:
        return "", ""
    if not people.spoke:
        return str(people.people), say_many(language, *N_plural("participant", "participants"), people.people)
    message = N_plural(
        "participant who spoke from the list, out of {all}, in the front row.",
        "participants who spoke from the list, out of {all}, in the front row.",
    )
    return str(people.spoke), say_many(language, *message, people.spoke, all=people.people)


def _facts(view: ReportView, state: State, language: str) -> Iterator[tuple[str, str]]:
    """The facts that are known, the most important first."""
    yield say(language, N_("Version")), _version(view, language)
    if names := _names(view, language, "onsite_moderators", "online_moderators"):
        yield say(language, N_("Moderators")), names
    if names := _names(view, language, "rapporteurs"):
        yield say(language, N_("Rapporteur")), names
    if is_counted(state):
        yield say(language, N_("Participants")), _participants(view, language)
    if content := _content(view, language):
        yield say(language, N_("Content")), content
    yield say(language, N_("Language")), language_name(language)
    asked, answered = sum(view.heard.asked.values()), sum(view.heard.answered.values())
    yield (
        say(language, N_("Questions")),
        say(language, N_("{asked} asked, {answered} answered"), asked=asked, answered=answered),
    )
    votes = sum(total(figure) for figure in view.figures if not figure.group)
    if votes or is_counted(state):
        message = N_plural("{votes} on {n} statement", "{votes} on {n} statements")
        yield say(language, N_("Votes")), say_many(language, *message, len(view.statements), votes=votes)
    yield say(language, N_("Panellists")), str(len(state.seats))


def _version(view: ReportView, language: str) -> str:
    if not view.version:
        return say(language, N_("Not published yet"))
    return say(language, N_("{n}, published {time}"), n=view.version, time=view.published)


def _names(view: ReportView, language: str, *roles: str) -> str:
    """The names of the people of some roles, at most `NAMED` of them; empty where nobody may be named."""
    names = list(dict.fromkeys(one_line(person.name) for role in roles for person in view.people.get(role, ())))
    if len(names) <= NAMED:
        return ", ".join(names)
    shown = ", ".join(names[: NAMED - 1])
    return say(language, N_("{names} and {n} more"), names=shown, n=len(names) - NAMED + 1)


def _content(view: ReportView, language: str) -> str:
    """How many sentences of the two first parts the report has; empty without any."""
    counted = (
        (view.takeaways, N_plural("{n} key takeaway", "{n} key takeaways")),
        (view.calls_to_action, N_plural("{n} call to action", "{n} calls to action")),
    )
    return ", ".join(say_many(language, *message, len(part)) for part, message in counted if part)


def _participants(view: ReportView, language: str) -> str:
    room, online = view.heard.joined.get("room", 0), view.heard.joined.get("online", 0)
    if Attendance(room, online).apart:
        return say(language, N_("{room} in the room, {online} online"), room=room, online=online)
    return str(sum(view.heard.joined.values()))


def language_name(language: str) -> str:
    """The name of a language in itself, as it begins a line: "English", "Français"."""
    name = Locale.parse(locale_of(language)).get_language_name(locale_of(language)) or language
    return name[:1].upper() + name[1:]


def _check(view: ReportView, language: str, address: str) -> Check:
    sentences = [say(language, N_("Each sentence of this report cites its evidence."))] if view.version else []
    if address:
        sentences.append(say(language, N_("Read and verify the session record at this address:")))
    log = say_many(language, *_LOG, view.entries)
    groups = tuple(view.head[start : start + DIGITS] for start in range(0, len(view.head), DIGITS))
    record = f"{address}/record" if address else ""
    return Check(" ".join(sentences), record, qr_drawing(record) if record else "", log, groups)
