"""Assigns lines of speech to turns of the floor.

A line that was captioned live carries its turn. A transcript has names in order, and the state has the turns in order:
the best monotone alignment of the two is computed by dynamic programming over blocks of lines of one speaker each.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import numpy as np

from acquis.captions.match import Known, match_speakers
from acquis.state import SpeechLine, State, Turn
from acquis.text.folding import folded
from acquis.text.speaker_names import is_role

SAME, LIKELY = 4, 1
"""Score of a pair of block and turn: the same seat; a speaker who is not on the panel, and a turn from the queue."""


def lines_by_turn(state: State) -> dict[int, list[SpeechLine]]:
    """Turn -> its lines in order; 0 -> the lines without a turn. Every line of the state occurs once."""
    lines: dict[int, list[SpeechLine]] = {}
    placed = _placed(state)
    for line in state.speech.values():
        lines.setdefault(line.turn or placed.get(line.seq, 0), []).append(line)
    return lines


def lines_of(state: State, turn: int) -> list[SpeechLine]:
    """The lines of a turn. For many turns call `lines_by_turn` once instead."""
    return lines_by_turn(state).get(turn, [])


def _placed(state: State) -> dict[int, int]:
    """Line -> turn, for lines of transcripts. In which turn a live line was said was decided when it came."""
    lines = [line for line in state.speech.values() if not line.turn and not line.live]
    turns = [turn for turn in state.turns.values() if turn.fate != "not_responding"]
    if not lines or not turns:
        return {}
    if not any(line.speaker or line.seat for line in lines):
        return _by_time(state, lines, turns)
    blocks = [list(block) for _, block in groupby(lines, key=lambda line: (line.seat, line.speaker))]
    asking = _asking(state, {line.speaker for line in lines if line.speaker and not line.seat})
    pairs = _pairs(_worth(blocks, turns, asking), _needs_later_turn(blocks, asking))
    return {line.seq: turns[pairs[n]].seq for n, block in enumerate(blocks) if n in pairs for line in block}


def _by_time(state: State, lines: Iterable[SpeechLine], turns: list[Turn]) -> dict[int, int]:
    """Line -> turn by time, for transcripts without names; the recording is assumed to begin when the session opens."""
    turn_of = {}
    for line in lines:
        at = state.opened_at + line.starts_ms
        for turn in turns if line.starts_ms >= 0 else ():
            if turn.at <= at < turn.at + turn.used(state.at):
                turn_of[line.seq] = turn.seq
    return turn_of


def may_have_asked(state: State, name: str) -> bool:
    """Whether a name that is not on the panel may be that of somebody who spoke from the list of speakers."""
    return bool(_asking(state, {name}))


def _asking(state: State, names: set[str]) -> set[str]:
    """The names that are not on the panel and may have spoken from the list: all but moderators and rapporteurs."""
    document = state.programme.document
    people = [
        Known(str(person.get("name", "")), str(person.get("name", "")))
        for role in ("onsite_moderators", "online_moderators", "rapporteurs")
        for person in document.get(role) or ()
        if isinstance(person, dict) and person.get("name")
    ]
    leading = {match.name for match in match_speakers(sorted(names), people) if match.id}
    return {name for name in names - leading if not _leads(name)}


def _leads(name: str) -> bool:
    """Whether a name is an office other than those of the audience ("The Chair")."""
    bare = folded(name).strip(" .").removeprefix("the ")
    return is_role(bare) and bare not in AUDIENCE_NAMES


AUDIENCE_NAMES = frozenset(
    ("audience", "audience member", "participant", "remote participant", "unidentified speaker", "question")
)


def _worth(blocks: list[list[SpeechLine]], turns: list[Turn], asking: set[str]) -> np.ndarray:
    """The score of each pair, (blocks, turns); 0 if the pair is not allowed."""
    seats = np.array([block[0].seat for block in blocks])
    asks = np.array([not block[0].seat and block[0].speaker in asking for block in blocks])
    of_turns = np.array([turn.seat for turn in turns])
    same = (seats[:, None] == of_turns[None, :]) & (seats[:, None] > 0)
    likely = asks[:, None] & (of_turns == 0)[None, :]
    worth: np.ndarray = SAME * same.astype(np.int32) + LIKELY * likely.astype(np.int32)
    return worth


def _needs_later_turn(blocks: list[list[SpeechLine]], asking: set[str]) -> list[bool]:
    """For each block whether it needs a later turn than the blocks before it, because another person asks."""
    needs_later, before = [], ""
    for block in blocks:
        name = block[0].speaker if not block[0].seat and block[0].speaker in asking else ""
        needs_later.append(bool(name) and name != before)
        before = name or before
    return needs_later


def _pairs(worth: np.ndarray, needs_later: list[bool]) -> dict[int, int]:
    """Block -> turn, with turns in ascending order and the largest sum of scores; among equal sums the earliest turns.
    A block may have no turn, and several blocks may have the same one."""
    best = np.zeros(worth.shape[1], dtype=np.int32)
    befores = []
    for row, later in zip(worth, needs_later, strict=True):
        befores.append(best)
        best = np.maximum.accumulate(np.maximum(best, np.where(row > 0, _reach(best, later) + row, 0)))
    pairs: dict[int, int] = {}
    last = worth.shape[1]
    for n in range(len(worth) - 1, -1, -1):
        reach, row = _reach(befores[n], needs_later[n])[:last], worth[n, :last]
        sums = np.where(row > 0, reach + row, -1)
        if last and sums.max() > befores[n][last - 1]:
            turn = int(sums.argmax())
            pairs[n], last = turn, turn if needs_later[n] else turn + 1
    return pairs


def _reach(best: np.ndarray, later: bool) -> np.ndarray:
    """(turns,): the best sum before a block is paired with each turn. later: the block may not share a turn with
    earlier blocks."""
    return np.concatenate((best[:1] * 0, best[:-1])) if later else best
