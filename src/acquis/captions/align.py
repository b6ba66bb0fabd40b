"""Which turn of the floor a line of speech was said in.

A line that was captioned live says so itself. A transcript knows names and order, the floor knows who had it and in
which order: the best monotone pairing of the two is found by dynamic programming over blocks of one speaker each.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import numpy as np

from acquis.captions.match import Known, match_speakers
from acquis.captions.names import folded, is_role
from acquis.state import SpeechLine, State, Turn

SAME, LIKELY = 4, 1
"""What a pairing is worth: the seat is the same; somebody not of the panel, and a turn of the queue."""


def lines_by_turn(state: State) -> dict[int, list[SpeechLine]]:
    """Turn -> its lines in their order; 0 -> the lines of no turn. Every line of the state is in it once."""
    found: dict[int, list[SpeechLine]] = {}
    placed = _placed(state)
    for line in state.speech.values():
        found.setdefault(line.turn or placed.get(line.seq, 0), []).append(line)
    return found


def lines_of(state: State, turn: int) -> list[SpeechLine]:
    """The lines of a turn. For many turns ask `lines_by_turn` once."""
    return lines_by_turn(state).get(turn, [])


def _placed(state: State) -> dict[int, int]:
    """Line -> turn, of the lines that came without one."""
    lines = [line for line in state.speech.values() if not line.turn]
    turns = [turn for turn in state.turns.values() if turn.fate != "not_responding"]
    if not lines or not turns:
        return {}
    if not any(line.speaker or line.seat for line in lines):
        return _by_time(state, lines, turns)
    blocks = [list(block) for _, block in groupby(lines, key=lambda line: (line.seat, line.speaker))]
    asking = _asking(state, {line.speaker for line in lines if line.speaker and not line.seat})
    pairs = _pairs(_worth(blocks, turns, asking), _anew(blocks, asking))
    return {line.seq: turns[pairs[n]].seq for n, block in enumerate(blocks) if n in pairs for line in block}


def _by_time(state: State, lines: Iterable[SpeechLine], turns: list[Turn]) -> dict[int, int]:
    """Without names only the clock is left: the recording is taken to begin with the session."""
    found = {}
    for line in lines:
        at = state.opened_at + line.starts_ms
        for turn in turns if line.starts_ms >= 0 else ():
            if turn.at <= at < turn.at + turn.used(state.at):
                found[line.seq] = turn.seq
    return found


def _asking(state: State, names: set[str]) -> set[str]:
    """Of names that are not of the panel, those that may have had a turn of the queue: no moderator, no chair."""
    document = state.programme.document if state.programme else {}
    people = [
        Known(str(person.get("name", "")), str(person.get("name", "")))
        for role in ("onsite_moderators", "online_moderators", "rapporteurs")
        for person in document.get(role) or ()
        if isinstance(person, dict) and person.get("name")
    ]
    leading = {match.name for match in match_speakers(sorted(names), people) if match.id}
    return {name for name in names - leading if not is_role(name) or folded(name).strip(" .") in FROM_THE_ROOM}


FROM_THE_ROOM = {"audience", "audience member", "participant", "remote participant", "unidentified speaker", "question"}


def _worth(blocks: list[list[SpeechLine]], turns: list[Turn], asking: set[str]) -> np.ndarray:
    """(blocks, turns): what each pairing is worth, 0 where it cannot be."""
    seats = np.array([block[0].seat for block in blocks])
    asks = np.array([not block[0].seat and block[0].speaker in asking for block in blocks])
    of_turns = np.array([turn.seat for turn in turns])
    same = (seats[:, None] == of_turns[None, :]) & (seats[:, None] > 0)
    likely = asks[:, None] & (of_turns == 0)[None, :]
    worth: np.ndarray = SAME * same.astype(np.int32) + LIKELY * likely.astype(np.int32)
    return worth


def _anew(blocks: list[list[SpeechLine]], asking: set[str]) -> list[bool]:
    """Whether a block needs a later turn than the ones before it: somebody else asks."""
    anew, before = [], ""
    for block in blocks:
        name = block[0].speaker if not block[0].seat and block[0].speaker in asking else ""
        anew.append(bool(name) and name != before)
        before = name or before
    return anew


def _pairs(worth: np.ndarray, anew: list[bool]) -> dict[int, int]:
    """Block -> turn, the turns never going back, of the largest sum; of equal ones the earliest turns. A block may be
    in no turn, and several blocks in one."""
    best = np.zeros(worth.shape[1], dtype=np.int32)
    befores = []
    for row, later in zip(worth, anew, strict=True):
        befores.append(best)
        best = np.maximum.accumulate(np.maximum(best, np.where(row > 0, _reach(best, later) + row, 0)))
    pairs: dict[int, int] = {}
    last = worth.shape[1]
    for n in range(len(worth) - 1, -1, -1):
        reach, row = _reach(befores[n], anew[n])[:last], worth[n, :last]
        here = np.where(row > 0, reach + row, -1)
        if last and here.max() > befores[n][last - 1]:
            turn = int(here.argmax())
            pairs[n], last = turn, turn if anew[n] else turn + 1
    return pairs


def _reach(best: np.ndarray, later: bool) -> np.ndarray:
    """(turns,): the best sum before a pairing with each turn; `later`: with none in that turn itself."""
    return np.concatenate((best[:1] * 0, best[:-1])) if later else best
