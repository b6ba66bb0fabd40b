"""The public content of a record in the form in which sentences are compared with it: texts, votes, people and
outcomes. Nothing else is in it, so that anybody can compute the verdicts again from the public log."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
import regex

from acquis.events import Figure
from acquis.state import Question, State
from acquis.state.counting import joined, support
from acquis.state.reading import (
    public_answer,
    public_comment,
    public_note,
    public_question,
    public_statement,
    public_text,
    seat_of,
    speaker_of,
)
from acquis.statistics.summary import figures, total
from acquis.text.caches import LONGEST_WORD, MB, TextCache, text_cache, word_cache
from acquis.text.folding import folded
from acquis.text.name_lexicon import COMMON
from acquis.text.stemming import stem
from acquis.text.tokens import FUNCTION_WORDS

WORD = regex.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
Kind = Literal["statement", "question", "turn", "line", "contribution", "commitment"]


class Passage(msgspec.Struct, frozen=True, gc=False):
    """An entry that a sentence may be about. `texts`: its public texts (a turn has a note and a comment, a question an
    answer). `who`: the speaker of the programme or of the captions who said it, or who committed; empty if the record
    does not say. `group`: the stakeholder group of the person. `fate`: of a question, or the status of a commitment."""

    entry: int
    kind: Kind
    texts: tuple[str, ...] = ()
    who: str = ""
    group: str = ""
    lane: str = ""
    fate: str = ""
    supporters: int = 0
    turn: int = 0
    due: str = ""
    into: int = 0
    """The question that a question was merged into, or 0."""


class Panellist(msgspec.Struct, frozen=True):
    """A speaker of the programme."""

    name: str
    organization: str = ""
    group: str = ""
    region: str = ""


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word of a text: folded, its stem, and its position."""

    word: str
    stem: str
    at: int
    end: int

    @property
    def is_content(self) -> bool:
        """Whether it is more than a function word."""
        return self.word not in FUNCTION_WORDS


class Facts(msgspec.Struct, frozen=True):
    """The facts of a session. `figures`: statement -> group ("" is everybody) -> its votes. `sizes`: group -> people
    who joined. `index`: stem -> the entries whose texts have it. `days`: the days of the session, in its zone."""

    pieces: dict[int, Passage]
    figures: dict[int, dict[str, Figure]]
    groups: tuple[str, ...]
    people: tuple[Panellist, ...]
    joined: int
    voters: int
    """How many people voted; 0 if the record does not say."""
    sizes: dict[str, int]
    asked: int
    """The number of all questions, including those that are not public."""
    days: tuple[date, ...]
    confirmed: tuple[str, ...]
    index: dict[str, tuple[int, ...]]
    words: dict[int, tuple[tuple[Token, ...], ...]]
    """Entry -> the words of each of its texts."""
    exact: dict[tuple[str, ...], int]
    """The words of a statement or a question -> its entry."""
    lines: dict[int, tuple[int, ...]]
    """Turn -> the lines that were said in it."""
    names: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word -> the ways to write a name that begin with it, the longest first, each with the name."""
    withdrawn: frozenset[int] = frozenset()
    """The questions that were withdrawn: their texts are not public, only that they were withdrawn."""

    def cited(self, seqs: tuple[int, ...]) -> list[Passage]:
        """The passages of these entries. A turn comes with its lines; a question that was withdrawn has no texts."""
        listed = dict.fromkeys(more for seq in seqs for more in (seq, *self.lines.get(seq, ())))
        hidden = {seq: Passage(seq, "question", fate="withdrawn") for seq in listed if seq in self.withdrawn}
        return [piece for seq in listed if (piece := self.pieces.get(seq) or hidden.get(seq))]


@text_cache(20_000, 32 * MB)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text."""
    listed = []
    for match in WORD.finditer(text):
        written = match[0]
        word, term = _read(written) if len(written) <= LONGEST_WORD else (folded(written),) * 2
        listed.append(Token(word, term, match.start(), match.end()))
    return tuple(listed)


@word_cache(20_000)
def _read(written: str) -> tuple[str, str]:
    """A word, folded and without a genitive ending, and its stem."""
    word = folded(written).removesuffix("'s")
    return word, stem(word) if len(word) <= LONGEST_WORD else word


class ReadTexts(msgspec.Struct, frozen=True):
    """The texts of a record after reading: `words`, `index`, `exact` and `names` as in `Facts`."""

    words: dict[int, tuple[tuple[Token, ...], ...]]
    index: dict[str, tuple[int, ...]]
    exact: dict[tuple[str, ...], int]
    names: dict[str, tuple[tuple[tuple[str, ...], str], ...]]


_read_texts: TextCache[bytes, ReadTexts] = TextCache(2, None)
"""Digest of the texts and names of a record -> the result of reading them, which takes most of the time of a check."""


_facts: TextCache[object, Facts] = TextCache(4, None)
"""The state of a session and the figures -> its facts, once for the draft, the preview, the page before publishing and
the command that publishes."""


def facts(state: State, listed: tuple[Figure, ...] | None = None) -> Facts:
    """The facts of a session. `listed`: the figures of a published report, in place of the present ones. For a large
    session the first call for a state must be made in a thread, with a snapshot."""
    key = (state.order.identity, state.seq, None if state.totals is None else state.totals.final, listed)
    return _facts.get(key, lambda: _facts_of(state, listed)) if state.seq else _facts_of(state, listed)


def _facts_of(state: State, listed: tuple[Figure, ...] | None) -> Facts:
    # Under the Chatham House Rule the public log does not say who said or asked what.
    ruled = {"who": "", "group": "", "lane": ""} if state.settings.chatham else {}
    listed_pieces = (msgspec.structs.replace(piece, **ruled) if ruled else piece for piece in _pieces(state))
    pieces = {piece.entry: piece for piece in listed_pieces}
    votes: dict[int, dict[str, Figure]] = {}
    for figure in figures(state) if listed is None else listed:
        if total(figure):
            votes.setdefault(figure.statement, {})[figure.group] = figure
    people = tuple(_people(state))
    read = _read_texts.get(_digest(pieces.values(), people), lambda: _texts_read(pieces, people))
    lines: dict[int, tuple[int, ...]] = {}
    for piece in pieces.values():
        if piece.kind == "line" and piece.turn:
            lines[piece.turn] = (*lines.get(piece.turn, ()), piece.entry)
    return Facts(
        pieces=pieces,
        figures=votes,
        groups=tuple(state.programme.stakeholder_groups),
        people=people,
        joined=joined(state),
        voters=next((row.voters for row in state.totals.body.people if not row.attribute), 0) if state.totals else 0,
        sizes=_sizes(state),
        asked=len(state.questions),
        days=_days(state),
        confirmed=_confirmed(state),
        index=read.index,
        words=read.words,
        exact=read.exact,
        lines=lines,
        names=read.names,
        withdrawn=frozenset(seq for seq, question in state.questions.items() if question.fate == "withdrawn"),
    )


def _digest(pieces: Iterable[Passage], people: tuple[Panellist, ...]) -> bytes:
    digest = hashlib.sha256(msgspec.msgpack.encode([panellist.name for panellist in people]))
    for piece in pieces:
        digest.update(msgspec.msgpack.encode((piece.entry, piece.kind, piece.who, piece.texts)))
    return digest.digest()


def _texts_read(pieces: dict[int, Passage], people: tuple[Panellist, ...]) -> ReadTexts:
    words = {seq: tuple(map(tokens, piece.texts)) for seq, piece in pieces.items()}
    exact = {
        tuple(token.word for token in words[piece.entry][0]): piece.entry
        for piece in pieces.values()
        if piece.texts and piece.kind in ("statement", "question")
    }
    return ReadTexts(words, _index(words), exact, _names(pieces.values(), list(people)))


def _pieces(state: State) -> Iterator[Passage]:
    for seq, statement in state.statements.items():
        if public_statement(statement) and (text := public_text(state, seq)):
            yield Passage(seq, "statement", (text,))
    for question in state.questions.values():
        if public_question(question):
            yield _question(state, question)
    for turn in state.turns.values():
        if turn.was_taken:
            seat = seat_of(state, turn.seat)
            who, group = (seat.name, seat.stakeholder) if seat else ("", turn.attributes.stakeholder)
            texts = tuple(filter(None, (public_note(state, turn), public_comment(state, turn))))
            yield Passage(turn.seq, "turn", texts, who, group, turn.attributes.lane, turn=turn.seq)
    for line in state.speech.values():
        seat = seat_of(state, line.seat)
        group = seat.stakeholder if seat else ""
        yield Passage(line.seq, "line", (line.text,), speaker_of(state, line), group, turn=line.turn)
    for written in state.contributions.values():
        if text := public_text(state, written.seq):
            yield Passage(written.seq, "contribution", (text,), group=written.attributes.stakeholder)
    for seq, made in state.commitments.items():
        texts = (made.what,) if made.what else ()
        yield Passage(seq, "commitment", texts, made.who, fate=made.status, due=made.due)


def _question(state: State, question: Question) -> Passage:
    whole, seen = question, {question.seq}
    while whole.into in state.questions and whole.into not in seen:
        whole = state.questions[whole.into]
        seen.add(whole.seq)
    answer = public_answer(state, whole)
    return Passage(
        question.seq,
        "question",
        tuple(filter(None, (public_text(state, question.seq), answer))),
        group=question.attributes.stakeholder,
        lane=question.attributes.lane,
        fate=whole.fate,
        supporters=support(state, question.seq),
        into=question.into or 0,
    )


def _people(state: State) -> Iterator[Panellist]:
    for seat in () if state.settings.chatham else state.seats:
        if seat.name:
            yield Panellist(seat.name, seat.organization, seat.stakeholder, seat.region)


def _sizes(state: State) -> dict[str, int]:
    if state.totals is None:
        return {}
    return {count.value: count.people for count in state.totals.body.people if count.attribute == "stakeholder"}


def _days(state: State) -> tuple[date, ...]:
    """The days for which the session was announced, and those on which it was opened and closed."""
    try:
        zone = ZoneInfo(state.programme.zone)
    except (KeyError, ValueError, OSError):  # the log of a stranger may name any zone
        return ()
    days = [datetime.fromtimestamp(at // 1000, UTC).astimezone(zone).date() for at in _moments(state)]
    for written in (state.programme.starts, state.programme.ends):
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            continue
        days.append((moment.astimezone(zone) if moment.tzinfo else moment).date())
    return tuple(sorted(set(days)))


def _moments(state: State) -> list[int]:
    return [at for at in (state.opened_at, state.closed_at) if at]


def _confirmed(state: State) -> tuple[str, ...]:
    return (*state.confirmed.consensus, *state.confirmed.concern) if state.confirmed else ()


def _names(pieces: Iterable[Passage], people: list[Panellist]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    said = (piece.who for piece in pieces if piece.kind in ("turn", "line") and piece.who)
    named = {name: tuple(token.word for token in tokens(name)) for name in (*(p.name for p in people), *said)}
    parts = Counter(word for words in named.values() for word in set(words))
    listed: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, words in named.items():
        orders = {words, (*words[-1:], *words[:-1])} if words else set()
        # A family name alone is a name if nobody else has it, and a given name if it is no ordinary word either.
        if len(words) > 1:
            alone = {words[-1], *(words[:1] if words[0] not in COMMON else ())}
            orders |= {(word,) for word in alone if parts[word] == 1 and len(word) > 2 and word not in FUNCTION_WORDS}
        for order in orders:
            listed.setdefault(order[0], []).append((order, name))
    return {word: tuple(sorted(ways, key=lambda way: -len(way[0]))) for word, ways in listed.items()}


def _index(words: Mapping[int, tuple[tuple[Token, ...], ...]]) -> dict[str, tuple[int, ...]]:
    index: dict[str, dict[int, None]] = {}
    for seq, texts in words.items():
        for text in texts:
            for token in text:
                if token.is_content:
                    index.setdefault(token.stem, {})[seq] = None
    return {term: tuple(entries) for term, entries in index.items()}
