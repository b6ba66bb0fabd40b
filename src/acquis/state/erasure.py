"""The effect of erasing a personal text."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.state.acts import Act
from acquis.state.after import Commitment
from acquis.state.drafting import undraft
from acquis.state.messages import unmessage
from acquis.state.model import State, effect
from acquis.state.speech import unsay


@effect(ev.TextErased)
def _(s: State, e: ev.TextErased, seq: int, at: int, by: str) -> None:
    s.erased[e.entry] = e.rest
    s.erasures[e.entry] = e.reason
    if e.entry in s.questions:
        s.questions.edit(e.entry).text = ""
    if e.entry in s.statements:
        s.statements.edit(e.entry).text = ""
    if e.entry in s.contributions:
        contribution = s.contributions.edit(e.entry)
        contribution.text = contribution.on_behalf_of = ""
    if (stated := s.inputs.statements.get(e.entry)) is not None:
        s.inputs.statements[e.entry] = msgspec.structs.replace(stated, **dict.fromkeys(stated.texts, ""))
    s.measures.withheld.pop(e.entry, None)
    if (masked := s.measures.masked.get(e.entry)) is not None:
        s.measures.masked[e.entry] = msgspec.structs.replace(masked, shown="")
    if e.entry in s.hands:
        s.hands.edit(e.entry).about = ""
    for question in s.questions.values():
        if question.answer_entry == e.entry:
            s.questions.edit(question.seq).answer = ""
    for turn in s.turns.values():
        if turn.note_entry == e.entry:
            s.turns.edit(turn.seq).note = ""
        if turn.comment_entry == e.entry:
            s.turns.edit(turn.seq).comment = ""
    for seq in s.commitments:
        _blank(s.commitments.edit(seq), e.entry)
    if (taken := s.taken_back.get(e.entry)) is not None:
        s.taken_back[e.entry] = msgspec.structs.replace(taken, act=_wordless(taken.act))
    s.measures.amendments = [
        msgspec.structs.replace(change, event=ev.redacted(change.event)) if change.seq == e.entry else change
        for change in s.measures.amendments
    ]
    if s.act is not None and s.act.seq == e.entry:
        s.act = _wordless(s.act)
    if (result := s.poll_results.get(e.entry)) is not None:
        s.poll_results[e.entry] = msgspec.structs.replace(result, question="", options="")
    unsay(s, e.entry)
    undraft(s, e.entry)
    unmessage(s, e.entry)


def _wordless(act: Act) -> Act:
    """An act without its texts."""
    return msgspec.structs.replace(act, event=ev.redacted(act.event))


def _blank(commitment: Commitment, entry: int) -> None:
    """Remove the texts of an erased entry from the history of a commitment and from its present content."""
    for step in commitment.steps:
        if step.seq == entry:
            for field in ("what", "who") if isinstance(step.body, ev.CommitmentMade | ev.CommitmentAmended) else ():
                if getattr(step.body, field) == getattr(commitment, field):
                    setattr(commitment, field, "")
            step.body = msgspec.structs.replace(step.body, **dict.fromkeys(step.body.texts, ""))
