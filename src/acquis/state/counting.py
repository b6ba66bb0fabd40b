"""Counts of people, votes and support, each computed only here.

They have two sources. Once the server has published the totals, everything is counted from these and from the published
ballots, as everybody can. Before that, and in logs of earlier versions, it is counted from the voices. The public log
contains no voices, so whatever is shown of them after the close has to be asked for here."""

from __future__ import annotations

import functools
import operator
from collections import Counter

import msgspec

from acquis import events as ev
from acquis.attributes import Attribute
from acquis.state.model import AGREE, DISAGREE, NONE, PASS, State
from acquis.state.voters import Tally, Totals

ID_DIGITS = 32
"""The length of the id of a ballot, which stands before its votes."""
MARKS = {AGREE: "+", DISAGREE: "-", PASS: "0", NONE: "."}
"""A vote -> its character in a published ballot."""
_READ = bytes.maketrans("".join(MARKS.values()).encode(), bytes(MARKS))
_ballot = operator.attrgetter("ballot")
_WRITE = bytes.maketrans(bytes(MARKS), "".join(MARKS.values()).encode())


def tally(state: State, statement: int) -> Tally:
    """The tally of a statement, by the number of its entry. Raises KeyError if there is none."""
    votes = state.votes[statement]
    return counted(votes) if state.totals is None else state.totals.tallies.get(statement, Tally())


def counted(votes: bytes | bytearray) -> Tally:
    """The tally of the votes on a statement, one byte for each voter."""
    return Tally(votes.count(AGREE), votes.count(DISAGREE), votes.count(PASS))


@functools.lru_cache(maxsize=1024)
def _counted_shown(votes: bytes) -> Tally:
    """The tally of votes as everybody sees them: they change once for several votes, and every page asks for it."""
    return counted(votes)


def totals_of_event(body: ev.TotalsPublished, final: bool = True) -> Totals:
    """The totals of an event. `final`: it was published."""
    tallies = {f.statement: Tally(f.agree, f.disagree, f.passes) for f in body.figures if not f.group}
    return Totals(body, tallies, {count.question: count.people for count in body.supporters}, final)


def is_counted(state: State) -> bool:
    """Whether it is known how many people joined and voted. A public log contains no voices, and says it only when the
    totals are published."""
    return bool(state.voices) or state.totals is not None or not state.opened_at


def joined(state: State) -> int:
    """The number of people who joined."""
    if (final := final_totals(state)) is None:
        return len(state.voices)
    return next((count.people for count in final.people if not count.attribute), 0)


def joined_by(state: State, attribute: Attribute) -> Counter[str]:
    """Value of an attribute -> number of people who joined. The people who did not say, and those of whom the totals do
    not show what they said, are under ""."""
    if (final := final_totals(state)) is None:
        return Counter(map(operator.attrgetter(attribute.name), [voice.attributes for voice in state.voices]))
    sizes = Counter({count.value: count.people for count in final.people if count.attribute == attribute.name})
    return sizes + Counter({"": joined(state) - sizes.total()})


def final_totals(state: State) -> ev.TotalsPublished | None:
    """The totals that were published after the close; None before that."""
    return state.totals.body if state.totals is not None and state.totals.final else None


def support(state: State, question: int) -> int:
    """How many people supported a question or an amendment, by the number of its entry. Raises KeyError if there is
    none."""
    supported = state.questions.get(question) or state.amendments[question]
    if state.totals is None or not state.totals.final:
        return len(supported.supporters)
    return state.totals.support.get(question, 0)


def cast(state: State) -> dict[int, bytes]:
    """Statement that has votes -> one byte for each voter, NONE, AGREE, DISAGREE or PASS: in the order of the published
    ballots, or else of the voices. Empty if only totals are published."""
    if state.totals is None:
        return {seq: bytes(votes) for seq, votes in state.votes.items() if any(votes)}
    if state.ballots is None:
        return {}
    wide = len(state.ballots.statements)
    table = "".join([ballot[ID_DIGITS:] for ballot in state.ballots.ballots]).encode().translate(_READ)
    return {seq: table[place::wide] for place, seq in enumerate(state.ballots.statements)}


def has_ballots(state: State) -> bool:
    """Whether anybody joined with a ballot. In logs of earlier versions nobody did."""
    return any(map(_ballot, state.voices))


def awaits_votes(state: State) -> bool:
    """Whether the votes of an ended session are not public yet, because its end can still be taken back. The public
    state under the Chatham House Rule has no ballots that would tell."""
    counted = state.totals is not None or bool(state.reports)
    return state.is_over and not counted and (state.settings.chatham or has_ballots(state))


def public_cast(state: State) -> dict[int, bytes]:
    """As `cast`, for tables that everybody can read: nothing before the ballots are published. Logs of earlier versions
    show each vote from the beginning."""
    return {} if state.totals is None and has_ballots(state) else cast(state)


def as_public(state: State) -> State:
    """The state as everybody may see it: before the close of a session with only the tallies of the whole room, as they
    last changed. The number of supporters is public at any time. The votes themselves are in it, for those who look at
    their own."""
    if state.totals is not None or not has_ballots(state):
        return state
    return msgspec.structs.replace(state, totals=totals_of_event(_before_close(state), final=False))


def supporter_counts(state: State) -> tuple[ev.SupportCount, ...]:
    """How many people supported each question and each amendment, without those that nobody supported."""
    supported = {seq: question.supporters for seq, question in state.questions.items()}
    supported |= {seq: amendment.supporters for seq, amendment in state.amendments.items()}
    return tuple(ev.SupportCount(seq, len(voices)) for seq, voices in supported.items() if voices)


def _before_close(state: State) -> ev.TotalsPublished:
    tallies = {seq: _counted_shown(votes) for seq, votes in state.shown.items()}
    return ev.TotalsPublished(
        figures=tuple(
            ev.Figure(seq, tally.agree, tally.disagree, tally.passes) for seq, tally in tallies.items() if tally.total
        ),
        people=(ev.PeopleCount(people=len(state.voices), votes=sum(tally.total for tally in tallies.values())),),
    )


def shown_cast(state: State) -> dict[int, bytes]:
    """As `cast`, for the opinion map that everybody sees before the close: the votes of each statement as they were
    when its tally last changed."""
    people = len(state.voices)
    return {seq: votes.ljust(people, bytes([NONE])) for seq, votes in state.shown.items() if any(votes)}


def votes_published(state: State) -> bool:
    """Whether the votes are published, or never will be, because there is a report of an earlier version."""
    return state.ballots is not None or state.totals is not None or bool(state.reports)


def strike_of(state: State, voice: str) -> int:
    """The entry that left the votes of a voice out; 0 if they are counted."""
    struck = state.measures.struck.items()
    return next((entry for entry, votes in struck if voice and votes.voice == voice), 0)


def left_out(state: State) -> frozenset[str]:
    """The voices whose votes are left out of what is published. Before the close it is nobody: if a tally changed while
    people watch it, they would see how the person voted."""
    return frozenset(votes.voice for votes in state.measures.struck.values()) if state.is_over else frozenset()


def written_ballot(id: str, votes: bytes) -> str:
    """A ballot as it is published: its id and a character for each vote."""
    return id + votes.translate(_WRITE).decode()
