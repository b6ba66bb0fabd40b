"""The rules for what was said: by whom, for whom and in which words; and for who asked."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from acquis.claims.facts import Facts, Passage, Token, tokens
from acquis.claims.lexicon import Lexicon
from acquis.claims.reading import NamedSpan, ReadSentence
from acquis.claims.verdicts import ClaimVerdict, decided

FEWEST_QUOTED = 3
"""Fewer words in quotation marks are a term, not a quotation."""
LONG_QUOTATION = 5
"""A quotation of so many words is wrong if the cited intervention does not contain it."""
LIKE = 0.6
"""The least share of the words of a quotation that an entry has if the quotation is an altered copy of it."""
_GAP = regex.compile(r"\[[^\]]*\]|…|\.\.\.")


def speech_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the claims of a sentence about what was said and asked."""
    quoted = [*_quotations(read, facts)]
    yield from (verdict for verdict, _ in quoted)
    yield from _speakers(read, [piece for _, piece in quoted if piece], facts, words)
    yield from _exchanged(read, facts)
    yield from _askers(read, facts, words)


# --- quotations ---


def _quotations(read: ReadSentence, facts: Facts) -> Iterator[tuple[ClaimVerdict, Passage | None]]:
    for quote in read.quotes:
        fragments = [[token.word for token in tokens(part)] for part in _GAP.split(quote.name)]
        fragments = [fragment for fragment in fragments if fragment]
        if sum(map(len, fragments)) >= FEWEST_QUOTED:
            yield _quotation(quote, fragments, read, facts)


def _quotation(
    quote: NamedSpan, fragments: list[list[str]], read: ReadSentence, facts: Facts
) -> tuple[ClaimVerdict, Passage | None]:
    cited = [piece.entry for piece in read.cited if piece.texts]
    candidates = list(dict.fromkeys([*cited, *_with_rarest(fragments, facts)]))
    best: tuple[float, int, str] = (0.0, 0, "")
    for seq in candidates:
        piece = facts.pieces[seq]
        for text, listed in zip(piece.texts, facts.words[seq], strict=True):
            if _contains([token.word for token in listed], fragments):
                return ClaimVerdict("quotation", "holds", quote.name, entries=(seq,)), piece
            share, near = _nearest(text, listed, fragments)
            best = max(best, (share, seq, near), key=lambda near: near[0])
    for text in facts.confirmed:
        if _contains([token.word for token in tokens(text)], fragments):
            return ClaimVerdict("quotation", "holds", quote.name), None
        share, near = _nearest(text, tokens(text), fragments)
        best = max(best, (share, 0, near), key=lambda near: near[0])
    if best[0] >= LIKE and not best[1]:
        return ClaimVerdict("quotation", "fails", quote.name, "words", {"text": best[2]}), None
    if best[0] >= LIKE:
        verdict = ClaimVerdict("quotation", "fails", quote.name, "words", {"text": best[2]}, (best[1],))
        return verdict, facts.pieces[best[1]]
    if any(piece.kind == "line" for piece in read.cited) and sum(map(len, fragments)) >= LONG_QUOTATION:
        return ClaimVerdict("quotation", "fails", quote.name, "not_there"), None
    return ClaimVerdict("quotation", "open", quote.name, "nothing"), None


def _with_rarest(fragments: list[list[str]], facts: Facts) -> Iterator[int]:
    """The entries that contain one of the three rarest words of a quotation."""
    stems = {token.stem for fragment in fragments for token in tokens(" ".join(fragment)) if token.is_content}
    rare = sorted((term for term in stems if term in facts.index), key=lambda term: (len(facts.index[term]), term))
    for term in rare[:3]:
        yield from facts.index[term][:100]


def _contains(listed: list[str], fragments: list[list[str]]) -> bool:
    """Whether the words contain all fragments in their order."""
    at = 0
    for fragment in fragments:
        wide = len(fragment)
        at = next((n for n in range(at, len(listed) - wide + 1) if listed[n : n + wide] == fragment), -1) + wide
        if at < wide:
            return False
    return True


def _nearest(text: str, listed: tuple[Token, ...], fragments: list[list[str]]) -> tuple[float, str]:
    """The part of the text, as long as the quotation, that shares most words with it; with the share."""
    quoted = [word for fragment in fragments for word in fragment]
    known, wide = set(quoted), len(quoted)
    hits = [token.word in known for token in listed]
    if not hits:
        return 0.0, ""
    wide = min(wide, len(hits))
    inside = best = sum(hits[:wide])
    place = 0
    for end in range(wide, len(hits)):
        inside += hits[end] - hits[end - wide]
        if inside > best:
            best, place = inside, end - wide + 1
    return best / len(quoted), text[listed[place].at : listed[place + wide - 1].end]


# --- who said it ---


def _speakers(read: ReadSentence, quoted: list[Passage], facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on named speakers. Each must have said the entry whose words the sentence has or, if there is none,
    one of the cited entries."""
    if not read.names:
        return
    names = {span.name for span in read.names}
    said = [mention.piece for mention in read.mentions if mention.piece.kind in ("turn", "line")]
    about = [piece for piece in (*said, *quoted) if piece.kind in ("turn", "line") and piece.who]
    named = ", ".join(dict.fromkeys(span.name for span in read.names))
    if about:
        right = [piece for piece in about if piece.who in names]
        value = "said_by"
        piece = (right or about)[0]
        yield ClaimVerdict("speaker", decided(right), named, value, {"name": piece.who}, (piece.entry,))
        return
    cited = [piece for piece in read.cited if piece.kind in ("turn", "line") and piece.who]
    if not cited:
        return
    speakers = {piece.who for piece in cited}
    if 1 < len(names) == len(speakers) and names != speakers:
        yield ClaimVerdict("speaker", "fails", min(names - speakers), "said_by", {"name": ", ".join(sorted(speakers))})
    elif right := [piece for piece in cited if piece.who in names]:
        yield ClaimVerdict("speaker", "holds", named, "said_by", {"name": right[0].who}, (right[0].entry,))
    elif len(names) == 1 and not _is_named_in(cited, names) and {p.kind for p in read.cited} <= {"turn", "line"}:
        entries = tuple(piece.entry for piece in cited)
        yield ClaimVerdict("speaker", "fails", named, "said_by", {"name": cited[0].who}, entries)


def _is_named_in(pieces: list[Passage], names: set[str]) -> bool:
    """Whether the texts of these entries name one of these people."""
    words = {token.word for piece in pieces for text in piece.texts for token in tokens(text)}
    return any(tokens(name)[-1].word in words for name in names)


def _exchanged(read: ReadSentence, facts: Facts) -> Iterator[ClaimVerdict]:
    """The verdict on two speakers who are each given the words of the other ("A cited the symbol of B, and B that of
    A")."""
    names = list({span.name: span for span in read.names}.values())
    pieces = [piece for piece in read.cited if piece.kind in ("turn", "line")]
    if len(names) != 2 or len(read.names) != 2 or {span.name for span in names} != {piece.who for piece in pieces}:
        return
    first, second = names
    of = {
        span.name: {
            token.stem for p in pieces if p.who == span.name for seq in facts.words.get(p.entry, ()) for token in seq
        }
        for span in names
    }
    own = [of[first.name] - of[second.name], of[second.name] - of[first.name]]
    text = read.text
    behind = (text[first.end : second.at], text[second.end :])
    before = (text[: first.at], text[first.end : second.at])
    for cuts in (behind, before):
        stems = [{token.stem for token in tokens(cut) if token.is_content} for cut in cuts]
        if all(stems[n] & own[1 - n] and not stems[n] & own[n] for n in (0, 1)):
            entries = tuple(piece.entry for piece in pieces if piece.who == second.name)
            yield ClaimVerdict(
                "speaker", "fails", text[first.at : first.end], "said_by", {"name": second.name}, entries
            )
            return


# --- who asked ---


def _askers(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    questions = read.about("question")
    named = tuple(dict.fromkeys(span.name for span in read.groups))
    if not named or (read.names and not questions) or not words.asked.search(read.outer):
        return
    if questions:
        known = [piece for piece in questions if piece.group]
        if any(_is_one_of(read, span, words) for span in read.groups):
            if not known:
                yield ClaimVerdict("body", "open", named[0], "nothing", entries=(questions[0].entry,))
                return
            right = [piece for piece in known if piece.group in named]
            piece = (right or known)[0]
            outcome = decided(right)
            yield ClaimVerdict("body", outcome, named[0], "asked_by", {"group": piece.group}, (piece.entry,))
    elif words.asking.search(read.outer) and not read.about("statement") and not words.asked_what.search(read.outer):
        yield _asking_groups(read, named, facts, words)


def _is_one_of(read: ReadSentence, span: NamedSpan, words: Lexicon) -> bool:
    before = words.one_of["before"].search(read.outer[: span.at])
    return bool(before or words.one_of["after"].match(read.outer, span.end))


def _asking_groups(read: ReadSentence, named: tuple[str, ...], facts: Facts, words: Lexicon) -> ClaimVerdict:
    asked = [piece for piece in facts.pieces.values() if piece.kind == "question"]
    groups = dict.fromkeys(piece.group for piece in asked)
    said, listed = ", ".join(named), {"groups": ", ".join(filter(None, groups))}
    facts_of: dict[str, str | int] = {**listed}
    missing = [group for group in named if group not in groups]
    more = [group for group in groups if group and group not in named]
    if (missing and "" not in groups) or (more and words.only.search(read.outer)):
        return ClaimVerdict("askers", "fails", said, "groups", facts_of)
    if missing or ("" in groups and words.only.search(read.outer)) or not asked:
        return ClaimVerdict("askers", "open", said, "groups", facts_of)
    return ClaimVerdict("askers", "holds", said, "groups", facts_of)
