"""The Chatham House Rule: "neither the identity nor the affiliation of the speaker(s), nor that of any other
participant, may be revealed" (Chatham House, 2002 wording). What leaves the house of such a session says what was said
and not who said it: names and organizations are blank, speakers are not told apart, rare groups are not named, and a
text that holds a name stays in the house.

What is public is made from the public log alone, so it is enough that the log is without them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from acquis import events as ev
from acquis.captions.names import folded
from acquis.report.summary import SMALLEST
from acquis.state import State

_PEOPLE = ("organizers", "speakers", "onsite_moderators", "online_moderators", "rapporteurs")
_KEPT = (
    "title",
    "number",
    "gathering",
    "type",
    "starts",
    "ends",
    "zone",
    "room",
    "profile",
    "policy_questions",
    "goals",
)
"""What remains of a programme's document: nothing that somebody wrote about people."""
_TITLES = {"the", "and", "von", "van", "der", "den", "del", "dos", "bin", "ibn", "mrs", "prof", "hon", "amb"}
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+|(?<!\w)@\w{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNCASED = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Names:
    """The names and organizations that a text may not hold. A part of a name counts where it stands as a name does,
    with a capital or in a script without any; case and accents do not matter; privacy wins over a word too many."""

    def __init__(self, people: Iterable[str], organizations: Iterable[str] = ()) -> None:
        people, organizations = [*filter(str.strip, people)], [*filter(str.strip, organizations)]
        self.parts = {part for name in people for part in _parts(name)}
        self.whole = {_flat(name) for name in (*people, *organizations)} - {""}
        self.short = {_initials(name) for name in organizations} - {""}

    def __bool__(self) -> bool:
        return bool(self.whole)

    def held_by(self, text: str) -> bool:
        """Whether a text holds one of them, or an address of somebody."""
        if not text:
            return False
        if _ADDRESS.search(text):
            return True
        flat = f" {_flat(text)} "
        if any(f" {name} " in flat or (_UNCASED.search(name) and name in flat) for name in self.whole):
            return True
        return any(self._is_name(word) for found in _WORD.findall(text) for word in {found, *re.split("['’-]", found)})

    def _is_name(self, word: str) -> bool:
        if _UNCASED.match(word):
            return any(part in folded(word) for part in self.parts if _UNCASED.match(part))
        return word[:1].isupper() and (folded(word) in self.parts or word in self.short)


def _parts(name: str) -> Iterator[str]:
    for word in _WORD.findall(name):
        for part in {word, *re.split("['’-]", word)}:
            plain = folded(part)
            if (len(plain) > 2 and plain not in _TITLES) or (_UNCASED.match(part) and len(plain) > 1):
                yield plain


def _flat(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))


def _initials(name: str) -> str:
    """The obvious short form: "International Grid Institute" -> "IGI"."""
    letters = "".join(word[0] for word in _WORD.findall(name) if word[0].isupper())
    return letters if len(letters) > 2 else ""


def names_of(state: State, people: Iterable[str] = ()) -> Names:
    """The names and organizations of a session: of its programme, and of `people` who gave theirs."""
    programme = state.programme or ev.ProgrammePublished("", ())
    listed = [one for role in _PEOPLE for one in programme.document.get(role) or () if isinstance(one, dict)]
    named = [*(seat.name for seat in programme.seats), *(str(one.get("name", "")) for one in listed), *people]
    bodies = [*(seat.organization for seat in programme.seats), *(str(one.get("organization", "")) for one in listed)]
    return Names(named, bodies)


def withheld_names(state: State, people: Iterable[str] = ()) -> Callable[[ev.Event], ev.Event]:
    """What an event looks like outside of the house of a session under the rule."""
    names = names_of(state, people)
    sizes = Counter(voice.stakeholder for voice in state.voices)
    rare = frozenset(group for group, size in sizes.items() if size < SMALLEST)

    def without(event: ev.Event) -> ev.Event:
        bare = unnamed(event, rare, names)
        if bare.texts and any(names.held_by(getattr(bare, text)) for text in bare.texts):
            return ev.redacted(bare)
        return bare

    return without


def unnamed(event: ev.Event, rare: frozenset[str] | None = None, names: Names | None = None) -> ev.Event:
    """An event without what tells people apart. Without `rare` and `names` as far as that is known from the event
    alone: so an entry that has left the house says by itself that nothing of the kind is in it."""
    return _BLANKS.get(type(event), _as_it_is)(event, rare or frozenset(), names or Names(()))


def _as_it_is(event: Any, rare: frozenset[str], names: Names) -> ev.Event:
    return event  # type: ignore[no-any-return]  # one of the events


def _programme(event: ev.ProgrammePublished, rare: frozenset[str], names: Names) -> ev.Event:
    document = {field: event.document[field] for field in _KEPT if field in event.document}
    held = {field for field, value in document.items() if names.held_by(_words(value))}
    kept = {field: value for field, value in document.items() if field not in held}
    return replace(
        event,
        title="" if names.held_by(event.title) else event.title,
        seats=(ev.Seat(""),) if event.seats else (),
        document={**kept, "title": "" if "title" in held else event.title, "segments": []},
        segments=tuple(replace(one, title="" if names.held_by(one.title) else one.title) for one in event.segments),
    )


def _words(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _groups(event: Any, rare: frozenset[str], names: Names) -> ev.Event:
    if isinstance(event, ev.HandRaised):
        return replace(event, stakeholder="", region="", gender="")
    return replace(event, stakeholder="", region="")  # type: ignore[no-any-return]  # one of the events


def _asked(event: ev.QuestionAsked, rare: frozenset[str], names: Names) -> ev.Event:
    return replace(event, stakeholder="", region="", gender="", to=min(event.to, 1))


def _joined(event: ev.ParticipantJoined, rare: frozenset[str], names: Names) -> ev.Event:
    return replace(event, stakeholder="" if event.stakeholder in rare else event.stakeholder, region="", gender="")


def _seat(event: Any, rare: frozenset[str], names: Names) -> ev.Event:
    return replace(event, seat=min(event.seat, 1))  # type: ignore[no-any-return]  # one of the events


def _said(event: ev.SpeechCaptioned, rare: frozenset[str], names: Names) -> ev.Event:
    return replace(event, speaker="", seat=0)


def _matched(event: ev.SpeakerMatched, rare: frozenset[str], names: Names) -> ev.Event:
    return replace(event, seat=0)


def _imported(event: ev.TranscriptImported, rare: frozenset[str], names: Names) -> ev.Event:
    return replace(event, unparsed="")


def _confirmed(event: ev.SummaryConfirmed, rare: frozenset[str], names: Names) -> ev.Event:
    parts = (event.consensus, event.concern)
    return ev.SummaryConfirmed(*(tuple("" if names.held_by(one) else one for one in part) for part in parts))


_BLANKS: dict[type[ev.Event], Callable[[Any, frozenset[str], Names], ev.Event]] = {
    ev.ProgrammePublished: _programme,
    ev.HandRaised: _groups,
    ev.HandEntered: _groups,
    ev.QuestionAsked: _asked,
    ev.QuestionAssigned: _seat,
    ev.SpeakerGivenFloor: _seat,
    ev.ParticipantJoined: _joined,
    ev.SpeechCaptioned: _said,
    ev.SpeakerMatched: _matched,
    ev.TranscriptImported: _imported,
    ev.SummaryConfirmed: _confirmed,
}
