"""The rules for organizations: the one that a person speaks for, and the one that is said to have spoken or to be
asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from acquis.claims.facts import Facts, tokens
from acquis.claims.lexicon import Lexicon
from acquis.claims.reading import NamedSpan, ReadSentence, plain
from acquis.claims.verdicts import ClaimVerdict, Outcome, decided
from acquis.text.caches import TextCache
from acquis.text.name_lexicon import COMMON

_names_of_bodies: TextCache[object, dict[str, tuple[str, ...]]] = TextCache(4, None)
"""The people and groups of a programme -> the short names of its bodies."""
NEAR = 60
"""The greatest distance in characters between a name and the organization of the person."""

_TITLE = regex.compile(r",?\s(?:the|an?)\s(?:[\w-]+\s)?")


def body_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the organizations that a sentence names."""
    stated = list(_name_verdicts(read, facts, words))
    yield from stated
    if not stated:
        yield from _speech_verdicts(read, facts, words)


def _name_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    people = {person.name: person for person in facts.people}
    for span in read.names:
        if (person := people.get(span.name)) is None:
            continue
        bodies = [body for at, end, body in _places(read, facts) if _joined(read, span, at, end, words)]
        for body in bodies[:2]:  # "of civil society, from Bluewater"
            right = body in (person.organization, person.group, person.region)
            known = person.organization if body not in facts.groups else person.group
            if right or known:
                facts_of: dict[str, str | int] = {"name": person.name, "body": known or body}
                yield ClaimVerdict("body", decided(right), body, "body", facts_of)


def _speech_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A verdict on the organizations in a sentence that only reports what was said. One must be that of the speaker, or
    be mentioned in what was said. If the sentence names the speaker, it must be the organization of that person."""
    pieces = [mention.piece for mention in read.mentions if mention.piece.kind in ("turn", "line")]
    if not pieces and {piece.kind for piece in read.cited} <= {"turn", "line"}:
        pieces = read.cited
    pieces = [piece for piece in pieces if piece.who]
    names = {span.name for span in read.names}
    others_cited = [piece for piece in read.about("statement", "question", "commitment") if piece in read.cited]
    if not pieces or len(names) > 1 or others_cited:
        return
    named = [body for body in bodies_named(read, facts) if body not in facts.groups]
    of = {person.name: person.organization for person in facts.people}
    own = {of.get(who, "") for who in (*names, *(piece.who for piece in pieces))}
    texts = " ".join(text for piece in pieces for text in piece.texts)
    others = [body for body in named if body not in own]
    wrong = [body for body in others if not any(name in texts for name in (body, *short_names(body, facts)))]
    if named:
        piece = pieces[0]
        facts_of: dict[str, str | int] = {"name": piece.who, "body": of.get(piece.who, "")}
        spoke = next((body for body in wrong if words.spokesperson.search(read.low[: _begin(body, read, facts)])), "")
        outcome: Outcome = "fails" if spoke or len(wrong) == len(named) else "holds"
        yield ClaimVerdict("body", outcome, spoke or (wrong or named)[0], "body", facts_of, (piece.entry,))


def _begin(body: str, read: ReadSentence, facts: Facts) -> int:
    """The position at which a sentence names an organization, in full or in short."""
    return min(at for name in (body, *short_names(body, facts)) if (at := read.low.find(plain(name))) >= 0)


def bodies_named(read: ReadSentence, facts: Facts) -> list[str]:
    """The organizations that a sentence names in full, or by a word that is in no other name, in the order of the
    programme."""
    bodies = _organizations(facts)
    return [body for body in bodies if plain(body) in read.low or _is_named_in_short(body, bodies, read, facts)]


def _is_named_in_short(body: str, bodies: list[str], read: ReadSentence, facts: Facts) -> bool:
    quoted = [(span.at, span.end) for span in read.quotes]
    for short in short_names(body, facts):
        at = read.text.find(short)
        free = at >= 0 and not any(start <= at < end for start, end in quoted)
        whole = free and not read.text[at + len(short) : at + len(short) + 1].isalnum()
        longer = (other for other in bodies if other != body and short in other)
        inside = any(plain(other) in read.low for other in longer)
        if whole and not inside and (at > 0 or short.lower() not in COMMON):
            return True
    return False


def _organizations(facts: Facts) -> list[str]:
    return list(dict.fromkeys(person.organization for person in facts.people if len(person.organization) > 2))


def short_names(body: str, facts: Facts) -> tuple[str, ...]:
    """The words in the name of an organization that are in no other name of an organization, a person or a group."""
    key = (facts.people, facts.groups)
    return _names_of_bodies.get(key, lambda: _short_names(facts)).get(body, ())


def _short_names(facts: Facts) -> dict[str, tuple[str, ...]]:
    bodies = _organizations(facts)
    texts = (*bodies, *facts.groups, *(person.name for person in facts.people))
    counted = Counter(word for text in texts for word in {text[token.at : token.end] for token in tokens(text)})
    return {
        body: tuple(
            word
            for token in tokens(body)
            if (word := body[token.at : token.end])[0].isupper() and counted[word] == 1 and len(word) > 2
        )
        for body in bodies
    }


def _places(read: ReadSentence, facts: Facts) -> list[tuple[int, int, str]]:
    """The positions (start, end) and names of the organizations of the programme and of the groups in a sentence."""
    named = [(span.at, span.end, span.name) for span in read.groups]
    for body in {person.organization for person in facts.people if len(person.organization) > 2}:
        at = read.outer.find(plain(body))
        if at >= 0:
            named.append((at, at + len(body), body))
    inner = [(at, end) for at, end, _ in named]
    return sorted(
        (at, end, body)
        for at, end, body in named
        if not any((a, b) != (at, end) and a <= at and end <= b for a, b in inner)
    )


def _joined(read: ReadSentence, span: NamedSpan, at: int, end: int, words: Lexicon) -> bool:
    """Whether the text between a name and an organization says that the person speaks for it."""
    if span.end <= at <= span.end + NEAR:
        between = read.outer[span.end : at]
        title = _TITLE.fullmatch(between) and words.one_of["after"].match(read.outer, end)  # "the academia delegate"
        return bool(title or words.belongs["after"].fullmatch(between))
    if end <= span.at <= end + NEAR:
        between = read.outer[end : span.at]
        before = words.one_of["before"].search(read.outer[:at]) is not None
        after = words.one_of["after"].match(read.outer, end) is not None
        return (before or after) and between.strip(" ,:") in ("", *_after(words, between))
    return False


def _after(words: Lexicon, between: str) -> tuple[str, ...]:
    match = words.one_of["after"].match(between)
    return (between.strip(" ,:"),) if match and not between[match.end() :].strip(" ,:") else ()
