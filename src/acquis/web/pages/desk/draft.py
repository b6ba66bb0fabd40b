"""The draft as the desk shows it: its parts and sentences, what is proposed to begin with, what two wrote at once."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from acquis.i18n import N_, say
from acquis.reference import TextLimit, profile
from acquis.reference.library import library
from acquis.reference.records import Item
from acquis.reference.suggest import Suggestion, suggest
from acquis.report.desk_form import TypedSentence, draft_mark, mark
from acquis.report.offers import Offer, proposals
from acquis.report.publishing import count, fields_of
from acquis.report.skeleton import counted, counted_part
from acquis.state import Drafted, State
from acquis.state.drafting import FIELD, PARTS, drafted
from acquis.statistics.evidence import cite
from acquis.text.caches import MB, text_cache
from acquis.web.words.phrases import lines
from acquis.web.words.report import TITLES

HINTS = {
    "takeaways": N_("What the session found, in whole sentences."),
    "calls_to_action": N_("Who should do what, where, and by when."),
    "consensus": N_("What everybody could agree to."),
    "concern": N_("What worried people, or divided them."),
}
_FIELD_HINT = N_("A field of the longer report, in paragraphs.")
_BECAUSE = N_("because of: {words}")


class ShownSentence(msgspec.Struct, frozen=True):
    """A sentence as the page shows it. `theirs`: what somebody else made of it meanwhile, None where nobody did;
    `gone`: they took it out. `base` and `was` as in `desk_form.TypedSentence`."""

    id: str
    part: str
    text: str
    cites: tuple[int, ...]
    about: tuple[str, ...]
    base: int
    was: str
    theirs: Drafted | None = None
    gone: bool = False


class Suggested(msgspec.Struct, frozen=True):
    """An item of the reference that is suggested for a text."""

    id: str
    title: str
    because: str


def suggested(language: str, text: str, tied: Sequence[str]) -> list[Suggested]:
    """What a text may be about, with the words that say so; what is tied already is left out."""
    found = []
    for one in _suggested(text) if text.strip() else ():
        record = library().find(one.id)
        if record is not None and one.id not in tied:
            because = say(language, _BECAUSE, words=one.because)
            found.append(Suggested(one.id, record.title, because))
    return found


@text_cache(5000, 16 * MB)
def _suggested(text: str) -> tuple[Suggestion, ...]:
    return tuple(suggest(library().of(Item), text))


def shown(state: State, typed: dict[str, TypedSentence], theirs: dict[str, bool]) -> dict[str, list[ShownSentence]]:
    """The draft by its parts, with what was typed and could not be kept in place of what is kept. theirs: sentence ->
    whether somebody else took it out (else they worded it anew)."""
    rows: dict[str, list[ShownSentence]] = {}
    for part, ones in state.draft.items():
        rows[part] = [_shown(one, typed.get(one.id), one.id in theirs) for one in ones]
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
        )
    if conflict:  # whoever saves again has seen theirs
        return ShownSentence(
            drafted.id,
            drafted.part,
            text=row.text,
            cites=row.cites,
            about=row.about,
            base=drafted.entry,
            was=mark(drafted),
            theirs=drafted,
        )
    return ShownSentence(
        drafted.id, drafted.part, text=row.text, cites=row.cites, about=row.about, base=row.base, was=row.was
    )


def draft_context(
    state: State, language: str, offered: list[Offer], typed: dict[str, TypedSentence], theirs: dict[str, bool]
) -> dict[str, Any]:
    """What the draft's template is rendered with: its parts with their titles and hints, the sentences, the proposals,
    and the evidence that these two rest on."""
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
        "evidence": {one.seq: one for one in cite(state, _rested_on(rows, begin))},
        "counted": {counted_part(state): counted(state, language)} if state.closed_at else {},
        "suggested": functools.partial(suggested, language),
        "count": count,
        "limits": limits(state),
    }


def _rested_on(rows: dict[str, list[ShownSentence]], begin: dict[str, list[Offer]]) -> Iterable[int]:
    written = [one for row in rows.values() for one in row]
    cited = [seq for one in written for seq in (*one.cites, *(one.theirs.cites if one.theirs else ()))]
    return dict.fromkeys([*cited, *(offer.entry for row in begin.values() for offer in row)])


def limits(state: State) -> dict[str, TextLimit]:
    """The limits of the session's profile; none where the profile is not known."""
    try:
        return profile(state.programme.profile).limits if state.programme else {}
    except LookupError:
        return {}
