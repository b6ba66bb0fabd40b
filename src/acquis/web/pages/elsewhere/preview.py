"""What a draft that was made elsewhere says: its sentences with their likely evidence and verdicts, and what it leaves
out of the session."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acquis.claims.checking import check
from acquis.claims.coverage import Coverage, CoveredSession, coverage_of, reach_of
from acquis.claims.facts import Facts
from acquis.claims.likely import LikelyEvidence, likely_evidence
from acquis.claims.outside import OutsideDraft
from acquis.claims.verdicts import ClaimVerdict
from acquis.claims.wording import SaidVerdict, said_verdicts
from acquis.documents.coverage import MissingPart, missing_parts
from acquis.events import Figure, Origin, Sentence
from acquis.i18n import N_, say
from acquis.state import State
from acquis.state.drafting import PARTS
from acquis.statistics.evidence import Evidence, cite

_BECAUSE = N_("matching words: {words}")


class ComparedDraft(msgspec.Struct, frozen=True):
    """A draft that was compared with the record: for each sentence the verdicts and the likely evidence; and what the
    whole draft covers."""

    verdicts: tuple[tuple[ClaimVerdict, ...], ...]
    likely: tuple[tuple[LikelyEvidence, ...], ...]
    coverage: Coverage


class OfferedEvidence(msgspec.Struct, frozen=True):
    """Evidence that is offered for a sentence, with the reason."""

    evidence: Evidence
    because: str


class PreviewedSentence(msgspec.Struct, frozen=True):
    """A sentence of the preview. `is_picked`: whether it is selected at first."""

    number: int
    text: str
    part: str
    is_picked: bool
    verdicts: list[SaidVerdict]
    offered: list[OfferedEvidence]


class DraftPreview(msgspec.Struct, frozen=True):
    """What the page shows of a draft: who wrote it, by the file (`disclosed`) or as was chosen, its sentences, and what
    it leaves out."""

    origin: Origin
    disclosed: str
    sentences: list[PreviewedSentence]
    missing: list[MissingPart]


def compared(draft: OutsideDraft, known: Facts, session: CoveredSession) -> ComparedDraft:
    """A draft compared with the facts of a record and with what there is to cover. It needs no state and can be
    computed in a thread."""
    texts = [sentence.text for sentence in draft.sentences]
    written = [Sentence(sentence.text) for sentence in draft.sentences if sentence.is_prose]
    return ComparedDraft(
        verdicts=tuple(check(text, (), known) for text in texts),
        likely=tuple(tuple(likely_evidence(text, known)) for text in texts),
        coverage=coverage_of(reach_of([(PARTS[0], written)], known), session),
    )


def draft_preview(
    state: State, language: str, draft: OutsideDraft, read: ComparedDraft, origin: Origin, listed: tuple[Figure, ...]
) -> DraftPreview:
    """The preview of a draft that was compared. `listed`: the figures."""
    entries = dict.fromkeys(likely.entry for row in read.likely for likely in row)
    evidence = {cited.seq: cited for cited in cite(state, entries, listed)}
    rows = zip(draft.sentences, read.verdicts, read.likely, strict=True)
    return DraftPreview(
        origin,
        draft.disclosed,
        [
            PreviewedSentence(
                number,
                sentence.text,
                sentence.part or PARTS[0],
                sentence.is_prose,
                said_verdicts(language, verdicts),
                _offered(language, likely, evidence),
            )
            for number, (sentence, verdicts, likely) in enumerate(rows, 1)
        ],
        missing_parts(read.coverage, language),
    )


def _offered(language: str, likely: Sequence[LikelyEvidence], evidence: dict[int, Evidence]) -> list[OfferedEvidence]:
    return [
        OfferedEvidence(evidence[offer.entry], say(language, _BECAUSE, words=", ".join(offer.words)))
        for offer in likely
        if offer.entry in evidence
    ]
