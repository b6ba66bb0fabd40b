"""Reads whom a part of a sentence is about: everybody, some groups, all but some people, or a number of groups."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import regex

from acquis.claims.facts import Facts
from acquis.claims.lexicon import Lexicon, value_of
from acquis.claims.reading import NamedSpan, ReadSentence, plain


class VoterScope(msgspec.Struct, frozen=True):
    """Whom a part of a sentence is about. `named`: groups. `left_out`: groups that are excepted. `spared`: the number
    of people of a group ("": of everybody) who are excepted, or who passed (`passing`). `every`: the words for every
    group. `number`: of groups, with its words (`counted`). `whole`: "everybody" or "nobody" of the named groups.
    `sole`: only the named groups. `apart`: the named groups are alone on their side."""

    named: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    spared: dict[str, int] = {}
    passing: bool = False
    every: str = ""
    number: int = -1
    counted: str = ""
    whole: str = ""
    sole: bool = False
    apart: bool = False


def scope_of(part: ReadSentence, whole: ReadSentence, facts: Facts, words: Lexicon) -> VoterScope:
    """The scope of a part of the sentence `whole`."""
    spared, covered = spared_by(part, words)
    named: list[str] = []
    left_out: list[str] = []
    sides: set[str] = set()
    sole = words.sole_group.search(part.outer) is not None
    for run in _runs(part, words):
        if any(at <= run[0].at < end for at, end in covered):
            continue
        before, end = part.outer[: run[0].at], run[-1].end
        if sole and words.excepted.search(before):  # "nobody but academia"
            named += [span.name for span in run]
            continue
        if words.excepted.search(before) or words.excepted_after.match(part.outer, end):
            left_out += [span.name for span in run]
            continue
        named += [span.name for span in run]
        sole = sole or bool(words.sole.search(before) or words.sole_after.match(part.outer, end))
        sides.add(whole_side(run, part, words))
    others = words.others.search(part.outer)
    sole = sole or bool(others and words.unlike.search(part.outer[: others.start()]))
    if others and not sole and not words.apart.search(part.outer) and whole.groups:
        elsewhere = {span.name for span in whole.groups} - {span.name for span in part.groups}
        named += [group for group in facts.groups if group not in elsewhere]
    inside = [span for span in part.groups if words.groups.get(plain(span.name)) or " " in span.name]
    every = next(
        (
            match
            for match in words.every_group.finditer(part.outer)
            if not any(span.at < match.end() <= span.end for span in inside)  # "every technical community participant"
        ),
        None,
    )
    in_part = any(words.partial.search(part.outer[: run[0].at]) for run in _runs(part, words))
    short = (words.nearly, words.not_all)
    nearly = every is not None and any(pattern.search(part.outer[: every.start()]) for pattern in short)
    counted = None if every else _counted(part, whole, words)
    return VoterScope(
        tuple(dict.fromkeys(named)),
        tuple(dict.fromkeys(left_out)),
        spared=spared,
        passing=_is_of_passes(" ".join(part.outer[at:end] for at, end in covered), words),
        every="nearly" if nearly or in_part else every[0].strip() if every else "",
        number=counted[1] if counted else -1,
        counted=counted[0] if counted else "",
        whole=next(iter(sides)) if len(sides) == 1 else "",
        sole=sole,
        apart=words.apart.search(part.outer) is not None,
    )


def _is_of_passes(said: str, words: Lexicon) -> bool:
    """Whether the people who are excepted passed, and were not against it."""
    against = (words.counted["oppose"], words.directions["oppose"])
    return words.counted["pass"].search(said) is not None and not any(pattern.search(said) for pattern in against)


def _runs(part: ReadSentence, words: Lexicon) -> Iterator[list[NamedSpan]]:
    """The groups of each list ("civil society, academia and the private sector")."""
    run: list[NamedSpan] = []
    for span in part.groups:
        if run and span.at < run[-1].end:
            continue
        if run and _LISTED.fullmatch(part.outer[run[-1].end : span.at]) is None:
            yield run
            run = []
        if (
            run
            and words.opening.fullmatch(part.outer[: run[0].at].strip())
            and "," in part.outer[run[-1].end : span.at]
        ):
            yield run  # "unlike academia, governments were for it"
            run = []
        run.append(span)
    if run:
        yield run


_LISTED = regex.compile(r"(?:'s?)?\s*(?:,|,?\s(?:and|or|nor|as well as))\s+(?:(?:the|an?|from|of|in|by|both)\s+)*")


def whole_side(run: list[NamedSpan], part: ReadSentence, words: Lexicon) -> str:
    """ "everybody" or "nobody" if a part is about everybody or nobody of these groups; otherwise empty."""
    before = part.outer[: run[0].at]
    if words.all_but.match(part.outer, run[-1].end) and not spared_by(part, words)[0]:
        return ""
    for name in ("nobody", "everybody"):
        hit = words.whole_group[name].search(before)
        if hit and not words.nearly.search(before[: hit.start()]):
            return name
    return ""


def spared_by(part: ReadSentence, words: Lexicon) -> tuple[dict[str, int], list[tuple[int, int]]]:
    """The numbers of people of each group who are excepted ("but one participant from Government"), with the
    positions."""
    spared: dict[str, int] = {}
    covered: list[tuple[int, int]] = []
    begun = [(match.start(), match.end(), match.captures("n")) for match in words.spared.finditer(part.outer)]
    begun += [(span.end, span.end, []) for span in part.groups if words.excepted.search(part.outer[: span.at])]
    for at, last, captured in begun:
        if captured:
            last = _spare(spared, next(filter(None, captured)), last, part, words)
            covered.append((at, last))
        while more := words.spared_more.match(part.outer, last):
            last = _spare(spared, more["n"], more.end(), part, words)
            covered.append((more.start(), last))
    return spared, covered


def _spare(spared: dict[str, int], number: str, end: int, part: ReadSentence, words: Lexicon) -> int:
    """Adds excepted people to the group that begins at a position, if there is one. Returns the end of the
    exception."""
    group = next((span for span in part.groups if span.at == end), None)
    name = group.name if group else ""
    spared[name] = spared.get(name, 0) + int(value_of(words, number))
    return group.end if group else end


def _counted(part: ReadSentence, whole: ReadSentence, words: Lexicon) -> tuple[str, int] | None:
    """The number of groups that a part gives, with its words; None if it gives none."""
    match = words.group_count.search(part.outer)
    if match is None and words.group_subject.search(whole.outer):
        match = words.group_short.search(part.outer)
    if match is None:
        return None
    captured = [said for said in match.captures("n") if said]
    none = words.no_groups.match(match[0]) is not None
    return match[0].strip(), 0 if none or not captured else int(value_of(words, captured[0]))
