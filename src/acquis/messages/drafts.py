"""The synthesis of a draft: the proposals on each of its paragraphs, which are the messages of a session, with the
number of people, their groups and the outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Literal, TypeAlias, get_args

import msgspec

from acquis.messages.standing import Fate, standing
from acquis.state import Message, State
from acquis.state.counting import support
from acquis.statistics.heard import shown_groups

AmendmentOutcome: TypeAlias = Literal["proposed", "incorporated", "not_incorporated", "withdrawn"]
AMENDMENT_OUTCOMES: tuple[AmendmentOutcome, ...] = get_args(AmendmentOutcome)


class DraftParagraph(msgspec.Struct, frozen=True):
    """The proposals on a message (its entry, number and text) and its state: the number of amendments by outcome, and
    the `supporters` of all of them together; the numbers of objections and reservations, and of those that were
    withdrawn; the number with public words (`comments`); and the stated groups of the authors of amendments, where they
    may be shown. An objection has no group, because its entry does not show its author."""

    entry: int
    number: int
    fate: Fate
    amendments: dict[AmendmentOutcome, int] = {}
    supporters: int = 0
    objections: int = 0
    reservations: int = 0
    withdrawn: int = 0
    comments: int = 0
    groups: tuple[str, ...] = ()
    part: str = ""
    text: str = ""
    silent_until: int = 0
    """The end of the silence that runs (ms since 1970); 0: none runs."""

    @property
    def is_discussed(self) -> bool:
        """Whether anything was proposed on it."""
        return bool(self.amendments or self.objections or self.reservations or self.withdrawn)

    def at(self, now: int) -> DraftParagraph:
        """The same at a later time, to which nothing was added: a silence that has ended adopts the message."""
        if not self.silent_until or now <= self.silent_until:
            return self
        return msgspec.structs.replace(self, fate="by_silence", silent_until=0)


def draft_synthesis(state: State, at: int = 0) -> tuple[DraftParagraph, ...]:
    """The synthesis of the messages of a session, by number. `at`: the time at which they are looked at, by itself that
    of the newest entry. Under the Chatham House Rule it has no groups."""
    proposed = {amendment.attributes.stakeholder for amendment in state.amendments.values()}
    shown = () if state.settings.chatham else shown_groups(state, proposed)
    return tuple(_paragraph(state, message, shown, at or state.at) for message in state.messages.values())


def _paragraph(state: State, message: Message, shown: Collection[str], at: int) -> DraftParagraph:
    now = standing(state, message, at)
    fates = Counter(amendment.fate for amendment in now.amendments)
    made = [objection for objection in state.objections.values() if objection.message == message.seq]
    groups = {amendment.attributes.stakeholder for amendment in now.amendments}
    return DraftParagraph(
        message.seq,
        message.number,
        now.fate,
        amendments={fate: fates[fate] for fate in AMENDMENT_OUTCOMES if fates[fate]},
        supporters=sum(support(state, amendment.seq) for amendment in now.amendments),
        objections=len(now.objections),
        reservations=len(now.reservations),
        withdrawn=sum(objection.withdrawn for objection in made),
        comments=sum(bool(objection.text) and objection.seq not in state.measures.withheld for objection in made),
        groups=tuple(group for group in shown if group in groups),
        part=message.part,
        text=message.text,
        silent_until=message.silence.ends_at if message.silence is not None and now.fate == "silence" else 0,
    )
