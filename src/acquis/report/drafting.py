"""Commands for drafting the report by sentence, so that two people can write at the same time without overwriting each
other unnoticed."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import (
    ONCE_PUBLISHED,
    REFERENCE_LIMIT,
    REFERENCES_LIMIT,
    WRITERS,
    Actor,
    Command,
    Refused,
    Text,
    Word,
)
from acquis.state import Drafted, State
from acquis.state.drafting import drafted
from acquis.statistics.evidence import is_evidence

DRAFT_LIMIT = 5000
DRAFTS_LIMIT = 200
CITES_LIMIT = 60


class DraftSentence(Command, frozen=True, gc=False):
    """Begin a sentence of the draft, or word one anew. `base` is the entry of the wording it was made from: if somebody
    else has worded it since, this is refused with theirs, and nothing of either is lost. `origin`: who wrote a new
    sentence that comes with a draft from elsewhere. What a machine wrote and a person words anew is of both."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_PUBLISHED
    not_repeated: ClassVar = frozenset({"origin"})  # a sentence that is worded anew keeps its own, or is of both
    refusals: ClassVar = (
        "no_such_evidence",
        "too_many_cites",
        "too_many_references",
        "too_many_sentences",
        "sentence_changed",
        "sentence_gone",
    )
    part: Annotated[str, Word("[a-z][a-z_]*", 60, "no_such_part")]
    text: Annotated[str, Text(DRAFT_LIMIT, empty=True)]
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    sentence: str = ""
    base: int = 0
    origin: ev.Origin = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        self._fits(state)
        text, cites, about = self.text, tuple(dict.fromkeys(self.cites)), tuple(dict.fromkeys(self.about))
        if not self.sentence:
            if sum(map(len, state.draft.values())) >= DRAFTS_LIMIT:
                raise Refused("too_many_sentences", limit=DRAFTS_LIMIT)
            return ev.SentenceDrafted(self.part, text, cites, about, origin=self.origin)
        sentence = drafted(state, self.sentence)
        if sentence is None or sentence.part != self.part:
            raise Refused("sentence_gone")
        if (sentence.text, sentence.cites, sentence.about) == (text, cites, about):
            return None
        _unchanged(sentence, self.base)
        origin: ev.Origin = "both" if sentence.origin == "machine" and sentence.text != text else sentence.origin
        return ev.SentenceDrafted(self.part, text, cites, about, self.sentence, origin)

    def _fits(self, state: State) -> None:
        if len(self.cites) > CITES_LIMIT:
            raise Refused("too_many_cites", limit=CITES_LIMIT).at("cites")
        for seq in self.cites:
            if not is_evidence(state, seq):
                raise Refused("no_such_evidence", entry=seq).at("cites")
        # Ids are checked when the report is published, because the text may still be incomplete.
        if len(self.about) > REFERENCES_LIMIT or any(len(reference) > REFERENCE_LIMIT for reference in self.about):
            raise Refused("too_many_references", limit=REFERENCES_LIMIT).at("about")


def _unchanged(drafted: Drafted, base: int) -> None:
    if drafted.entry != base:
        raise Refused("sentence_changed", theirs=drafted.text, entry=drafted.entry)


class MoveSentence(Command, frozen=True, gc=False):
    """Put a sentence of the draft behind another one of its part, or (`after` empty) at the beginning."""

    roles: ClassVar = WRITERS
    refusals: ClassVar = ("sentence_gone",)
    sentence: str
    after: str = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        sentence, before = drafted(state, self.sentence), drafted(state, self.after)
        if sentence is None or (self.after and (before is None or before.part != sentence.part)):
            raise Refused("sentence_gone")
        row = [other.id for other in state.draft[sentence.part]]
        place = row.index(sentence.id)
        stands = row[place - 1] if place else ""
        return None if self.after in (stands, sentence.id) else ev.SentenceMoved(self.sentence, self.after)


class DropSentence(Command, frozen=True, gc=False):
    """Take a sentence out of the draft; `base` is the entry of the wording that was seen."""

    roles: ClassVar = WRITERS
    refusals: ClassVar = ("sentence_changed",)
    sentence: str
    base: int = 0

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        sentence = drafted(state, self.sentence)
        if sentence is None:
            return None
        _unchanged(sentence, self.base)
        return ev.SentenceDropped(self.sentence)


COMMANDS = (DraftSentence, MoveSentence, DropSentence)
