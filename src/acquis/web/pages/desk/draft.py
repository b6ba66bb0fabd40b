"""The template variables of the draft: its parts and sentences, the proposals for them, and conflicting changes."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from acquis.claims.checking import check
from acquis.claims.facts import facts
from acquis.claims.wording import SaidVerdict, said_verdicts
from acquis.documents.sentences import origin_line
from acquis.events import Figure, Origin
from acquis.i18n import N_, N_plural, say, say_many
from acquis.reference import TextLimit, profile
from acquis.reference.library import library
from acquis.reference.records import Item
from acquis.reference.suggest import Suggestion, suggest
from acquis.report.desk_form import TypedSentence, draft_mark, mark
from acquis.report.offers import Offer, proposals
from acquis.report.publishing import count, fields_of
from acquis.report.skeleton import calculated
from acquis.state import Drafted, State
from acquis.state.drafting import FIELD, PARTS, drafted
from acquis.statistics.evidence import cite
from acquis.text.caches import MB, text_cache
from acquis.web.words.phrases import lines
from acquis.web.words.report import TITLES, named

HINTS = {
    "takeaways": N_("The main points of the session, in full sentences."),
    "calls_to_action": N_("Actions requested: by whom, where and by when."),
    "consensus": N_("Points on which participants agreed."),
    "concern": N_("Points of concern or disagreement."),
}
_FIELD_HINT = N_("A section of the full report. Write in paragraphs.")
_NO_TAKEAWAY = N_("Write at least 1 key takeaway.")
_UNCITED = N_plural("{n} sentence cites no evidence.", "{n} sentences cite no evidence.")
_TOO_LONG = N_plural("{n} sentence is longer than its limit.", "{n} sentences are longer than their limit.")
_BECAUSE = N_("matching words: {words}")


class ShownSentence(msgspec.Struct, frozen=True):
    """A sentence as the page shows it. `theirs`: the sentence as somebody else has changed it meanwhile, None if nobody
    has; `gone`: somebody else has removed it. `base` and `was` as in `desk_form.TypedSentence`."""

    id: str
    part: str
    text: str
    cites: tuple[int, ...]
    about: tuple[str, ...]
    base: int
    was: str
    origin: Origin = ""
    theirs: Drafted | None = None
    gone: bool = False


class Suggested(msgspec.Struct, frozen=True):
    """An item of the reference that is suggested for a text."""

    id: str
    title: str
    because: str


def suggested(language: str, text: str, tied: Sequence[str]) -> list[Suggested]:
    """The items of the reference that a text may be about, with the words that suggest them. Items that are `tied` to
    the text already are left out."""
    items = []
    for suggestion in _suggested(text) if text.strip() else ():
        record = library().find(suggestion.id)
        if record is not None and suggestion.id not in tied:
            because = say(language, _BECAUSE, words=suggestion.because)
            items.append(Suggested(suggestion.id, record.title, because))
    return items


@text_cache(5000, 16 * MB)
def _suggested(text: str) -> tuple[Suggestion, ...]:
    return tuple(suggest(library().of(Item), text))


def shown(state: State, typed: dict[str, TypedSentence], theirs: dict[str, bool]) -> dict[str, list[ShownSentence]]:
    """The sentences of each part of the draft; a sentence that was typed and could not be saved replaces the saved one.
    theirs: id of a sentence that somebody else changed -> whether they removed it."""
    rows: dict[str, list[ShownSentence]] = {}
    for part, sentences in state.draft.items():
        rows[part] = [_shown(sentence, typed.get(sentence.id), sentence.id in theirs) for sentence in sentences]
    for id, row in typed.items():
        if drafted(state, id) is None:
            rows.setdefault(row.part, []).append(
                ShownSentence(
                    id,
                    row.part,
                    text=row.text,
                    cites=row.cites,
                    about=row.about,
                    base=row.base,
                    was=row.was,
                    origin=row.origin,
                    theirs=None,
                    gone=True,
                )
            )
    return rows


def _shown(drafted: Drafted, row: TypedSentence | None, conflict: bool) -> ShownSentence:
    if row is None:
        return ShownSentence(
            drafted.id,
            drafted.part,
            text=drafted.text,
            cites=drafted.cites,
            about=drafted.about,
            base=drafted.entry,
            was=mark(drafted),
            origin=drafted.origin,
        )
    if conflict:  # A writer who saves again has seen the other version, so this form is based on it.
        return ShownSentence(
            drafted.id,
            drafted.part,
            text=row.text,
            cites=row.cites,
            about=row.about,
            base=drafted.entry,
            was=mark(drafted),
            origin=drafted.origin,
            theirs=drafted,
        )
    return ShownSentence(
        drafted.id,
        drafted.part,
        text=row.text,
        cites=row.cites,
        about=row.about,
        base=row.base,
        was=row.was,
        origin=drafted.origin,
    )


def draft_context(
    state: State,
    language: str,
    offered: list[Offer],
    typed: dict[str, TypedSentence],
    theirs: dict[str, bool],
    *,
    listed: tuple[Figure, ...],
) -> dict[str, Any]:
    """The variables of the template of the draft: its parts with their titles and hints, the sentences, the proposals,
    and the evidence that sentences and proposals cite. `listed`: the figures."""
    fields = fields_of(state)
    parts = (*PARTS, *(FIELD + name for name in fields))
    rows = shown(state, typed, theirs)
    begin = proposals(state, language, offered) if state.closed_at else {}
    return {
        "rows": rows,
        "mark": draft_mark(state),
        "parts": parts,
        "whole": parts[: len(PARTS)],
        "titles": lines(language, TITLES) | {FIELD + name: title for name, title in fields.items()},
        "hints": lines(language, HINTS) | {FIELD + name: say(language, _FIELD_HINT) for name in fields},
        "proposals": begin,
        "evidence": {evidence.seq: evidence for evidence in cite(state, _rested_on(rows, begin), listed)},
        "counted": {part: made.text for part, made in calculated(state, language).items()} if state.closed_at else {},
        "suggested": functools.partial(suggested, language),
        "checks": _checks(state, rows, language, listed),
        "count": count,
        "limits": limits(state),
        "named": functools.partial(named, language),
        "origin_line": functools.partial(origin_line, language),
        "missing": list(_missing(rows, limits(state), language)),
    }


def _checks(
    state: State, rows: dict[str, list[ShownSentence]], language: str, listed: tuple[Figure, ...]
) -> dict[str, list[SaidVerdict]]:
    """Id of a sentence -> the verdicts on it."""
    written = [sentence for row in rows.values() for sentence in row if sentence.text.strip()]
    known = facts(state, listed) if written else None
    if known is None:
        return {}
    return {sentence.id: said_verdicts(language, check(sentence.text, sentence.cites, known)) for sentence in written}


def _missing(rows: dict[str, list[ShownSentence]], limits: dict[str, TextLimit], language: str) -> Iterator[str]:
    """What the draft still lacks, in sentences: a takeaway, evidence, and brevity. Sentences without a text are not
    published and not counted."""
    written = [sentence for part in rows.values() for sentence in part if sentence.text.strip()]
    if not any(sentence.part == "takeaways" for sentence in written):
        yield say(language, _NO_TAKEAWAY)
    if uncited := sum(not sentence.cites for sentence in written if sentence.part in PARTS):
        yield say_many(language, *_UNCITED, uncited)
    if over := sum(bool(count(sentence.text, sentence.part, limits).over) for sentence in written):
        yield say_many(language, *_TOO_LONG, over)


def _rested_on(rows: dict[str, list[ShownSentence]], begin: dict[str, list[Offer]]) -> Iterable[int]:
    """The entries that the sentences and the proposals cite, each once."""
    written = [sentence for row in rows.values() for sentence in row]
    cited = [
        seq for sentence in written for seq in (*sentence.cites, *(sentence.theirs.cites if sentence.theirs else ()))
    ]
    return dict.fromkeys([*cited, *(offer.entry for row in begin.values() for offer in row)])


def limits(state: State) -> dict[str, TextLimit]:
    """The limits in the profile of the session; none if the profile is unknown."""
    try:
        return profile(state.programme.profile).limits
    except LookupError:
        return {}
