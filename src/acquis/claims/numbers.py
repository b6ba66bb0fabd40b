"""Reads the numbers of a sentence: what each counts, with its side, group, base and bound."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import regex

from acquis.claims.facts import tokens
from acquis.claims.lexicon import Lexicon, fraction_of, value, value_of
from acquis.claims.reading import ReadSentence, plain
from acquis.claims.scope import spared_by
from acquis.claims.sides import Side, side_of

ABOUT = 4.0
"""The tolerance of "about two thirds" in percentage points, and of "about 60 people" in per cent."""
ABOUT_PER_CENT = 2.5
"""The tolerance of “about 60 %” in percentage points."""
WIDE = 2.5
"""The factor of the tolerance on the named side for “just over half” and “nearly half”."""
_STRONG = ("cast", "sides", "joined")
"""Bases that are only named on purpose. “Votes” may mean any base."""
_FROM = regex.compile(r"\s(?:(?:from|of|in|among)\s)?(?:(?:the|an?)\s)?")
_YEAR, _BEFORE_YEAR = regex.compile(r"(?:19|20)\d\d"), regex.compile(r"(?:by|in|until|before|since|from|of) $")
_OF = regex.compile(r"\sof\s")


class Number(msgspec.Struct, frozen=True):
    """A number in a sentence: its value, a share (in per cent) or a count; its side, the group nearest to it, its base
    ("joined", "voters", "group" or empty) and its bound ("above", "about" and so on, or empty)."""

    value: float
    is_share: bool
    words: str
    side: Side = ""
    group: str = ""
    base: str = ""
    bound: str = ""
    is_fraction: bool = False
    """Whether a share is written as a fraction, which is less exact than a percentage."""
    counts: str = ""
    """What a number counts: "people", "votes", "whole" if another number is a part of it, or empty."""

    @property
    def is_of_votes(self) -> bool:
        """Whether it counts votes, or people on a side."""
        return self.counts in ("votes", "whole") or bool(self.counts and self.side)


def numbers_of(read: ReadSentence, words: Lexicon) -> Iterator[Number]:
    """The numbers in a sentence that may be shares or counts."""
    # The "one" of "no one" is no number.
    outer = read.outer
    for at, end in spared_by(read, words)[1]:
        outer = outer[:at] + " " * (end - at) + outer[end:]
    of_groups = (words.group_short,) if words.group_subject.search(read.low) else ()
    blanked = (words.quantifiers["nobody"], words.quantifiers["everybody"], words.group_count, words.difference)
    for pattern in (*blanked, *of_groups):
        outer = pattern.sub(lambda match: " " * len(match[0]), outer)
    ratios = list(words.ratio.finditer(outer)) if side_of(outer, words)[0] else []
    listed = [*words.number.finditer(outer), *words.fraction.finditer(outer)]
    listed.sort(key=lambda match: (match.start(), -match.end()))
    kept: list[regex.Match[str]] = []
    for match in listed:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    for place, match in enumerate(kept):
        if _is_year(match, outer) or _is_of_groups(match, outer, words):
            continue
        if _is_of_statement(match, read, words):
            continue
        if words.uncertain["before"].search(outer[: match.start()]) or words.uncertain["after"].match(
            outer, match.end()
        ):
            continue
        if any(ratio.start() < match.start() < ratio.end() for ratio in ratios):
            continue
        until = kept[place + 1].start() if place + 1 < len(kept) else len(read.outer)
        since = kept[place - 1].end() if place else 0
        yield _number(match, since, until, kept[place + 1 :], read, words)


def _is_year(match: regex.Match[str], outer: str) -> bool:
    return bool(_YEAR.fullmatch(match[0]) and _BEFORE_YEAR.search(outer[: match.start()]))


def _is_of_groups(match: regex.Match[str], outer: str, words: Lexicon) -> bool:
    """Whether a number counts the groups that were named before ("the groups were divided: two were for it")."""
    if words.groups_counted.match(outer, match.end()) or words.of_groups.search(outer[: match.start()]):
        return True
    if not words.group_subject.search(outer[: match.start()]):
        return False
    return not words.people.match(outer[match.end() :].lstrip())


def _is_of_statement(match: regex.Match[str], read: ReadSentence, words: Lexicon) -> bool:
    """Whether a number belongs to the text of a statement ("two cables")."""
    behind = next((token for token in tokens(read.text[match.end() :]) if token.is_content), None)
    for text in (text for piece in read.about("statement") for text in piece.texts) if behind else ():
        stems = {token.stem for token in tokens(text)}
        same = (value_of(words, other[0]) == value(words, match) for other in words.number.finditer(plain(text)))
        if behind and behind.stem in stems and any(same):
            return True
    return False


def _number(
    match: regex.Match[str], since: int, until: int, more: list[regex.Match[str]], read: ReadSentence, words: Lexicon
) -> Number:
    outer = read.outer
    before, after = outer[since : match.start()], outer[match.end() : until]
    fraction = fraction_of(words, match[0])
    sign = words.percent.match(outer, match.end())
    is_share = fraction is not None or sign is not None
    ratio = words.ratio.match(outer, match.start()) if side_of(outer, words)[0] else None
    if ratio:
        first, second = (value_of(words, said) for said in ratio.captures("n"))
        fraction = first / second if second else None
        after, is_share = outer[ratio.end() :], True
    size = 100 * fraction if fraction is not None else value(words, match)
    if sign:
        after = outer[sign.end() : until]
    is_part = bool(more) and words.out_of.fullmatch(after.strip()) is not None
    if is_part:  # "109 of 156 voters agreed"
        after = outer[match.end() : more[1].start() if len(more) > 1 else len(outer)]
    elif (words.out_of.fullmatch(before.strip()) and since) or (
        words.whole_before.search(before) and words.people.match(after.lstrip()) and not words.counted_by.search(before)
    ):
        base, group = _base(outer[match.end() : until], words), _nearest(read, match.start(), since, until)
        every = words.every_before.search(before)
        if every and base and words.of_all.search(before[: every.start()]):  # "of all 116 who joined, 84 agreed"
            every = None
        if every and not is_share and not since:
            side = _counted(after, words) or side_of(outer, words)[0]
            return Number(size, False, match[0], side=side, group=group, counts="people")
        return Number(size, False, match[0], group=group, base=base, counts="whole")
    side, counts = (side_of(after, words)[0] or side_of(before, words)[0]), ""
    if not is_share:
        side, counts = _counting(match.end(), before, after, read, words)
        side = side or (side_of(outer, words)[0] if is_part and _OF.match(after) else "")
        counts = "people" if side and is_part else counts
    until = max(until, (sign.end() if sign else match.end()) + len(after))
    segment, earlier = outer[since:until], outer[: match.start()]
    base = _nearest_base(segment, earlier, outer, words)
    return Number(
        size,
        is_share,
        words=outer[match.start() : sign.end() if sign else match.end()].strip(),
        side=side if side != "divide" else "",
        group=_group_behind(sign.end() if sign else match.end(), read) or _nearest(read, match.start(), since, until),
        base=base,
        bound=_bound(before, words) or ("about" if fraction is not None else ""),
        is_fraction=fraction is not None,
        counts=counts,
    )


def _counting(at: int, before: str, after: str, read: ReadSentence, words: Lexicon) -> tuple[Side, str]:
    """The side of the count that ends at a position, and what it counts."""
    said = after.partition(",")[0] if words.counted["votes"].match(after.lstrip()) else after
    by = words.counted_by.search(before) is not None
    side = side_of(before, words)[0] if by else _counted(said, words)
    people = bool(words.people.match(after.lstrip()) or words.people.search(after[:24]))
    neighbour = next((span for span in read.groups if span.at == at + 1), None)
    if neighbour:  # "two industry voters agreed", but not "among the 22 industry voters"
        people, side = True, side if _directly(read.outer[neighbour.end :], words) else ""
    elif _group_behind(at, read):
        people, side = True, side or side_of(read.outer, words)[0]
    if not side and (ahead := _ahead(before, words)):
        people, side = True, ahead
    if not side and words.counted["votes"].match(after.lstrip()):
        return side, "votes"
    near = len(after) - len(after.lstrip()) <= 1 and _directly(after, words)
    return side, "people" if people or (side and (by or near)) else ""


def _ahead(before: str, words: Lexicon) -> Side:
    """The side that is named directly before a number ("against 115, for 15")."""
    last = before.rstrip(" :").split()[-2:]
    if last[-1:] == ["for"]:
        return "agree" if before.rstrip(" :").endswith(", for") or len(last) == 1 else ""
    sides: tuple[Side, ...] = ("agree", "oppose", "pass")
    tails = (" ".join(last[-1:]), " ".join(last))
    return next((side for side in sides for said in tails if words.counted[side].fullmatch(said)), "")


def _group_behind(at: int, read: ReadSentence) -> str:
    """The group directly after a number ("two from the private sector"); empty if there is none."""
    behind = (span.name for span in read.groups if span.at > at and _FROM.fullmatch(read.outer[at : span.at]))
    return next(behind, "")


def _nearest_base(segment: str, earlier: str, outer: str, words: Lexicon) -> str:
    """The base that is named beside a number or before it. That votes to pass count may be said anywhere."""
    strong = _base(segment, words, _STRONG) or _base(earlier, words, _STRONG) or _base(outer, words, ("cast",))
    return strong or _base(segment, words, ("voters",))


def _base(text: str, words: Lexicon, bases: tuple[str, ...] = ("cast", "sides", "joined", "voters")) -> str:
    """The base of a share according to the words of a text."""
    return next((base for base in bases if words.bases[base].search(text)), "")


def _bound(before: str, words: Lexicon) -> str:
    tail = before.rstrip()
    for name in ("least", "most", "nearly", "barely", "exactly", "above", "below", "about"):
        if any(match.end() == len(tail) for match in words.bounds[name].finditer(tail)):
            return name
    return ""


def _counted(after: str, words: Lexicon) -> Side:
    """The side of a count: the first one that is named after it."""
    sides: tuple[Side, ...] = ("agree", "oppose", "pass")
    hits = [(match.start(), side) for side in sides if (match := words.counted[side].search(after))]
    return min(hits)[1] if hits else ""


def _directly(after: str, words: Lexicon) -> bool:
    said = words.auxiliary.sub("", after.lstrip())
    return any(words.counted[side].match(said) for side in ("agree", "oppose", "pass"))


def _nearest(read: ReadSentence, at: int, since: int, until: int) -> str:
    """The nearest group that is named between the numbers before and after this one."""
    inside = [span for span in read.groups if since <= span.at < until]
    return min(inside, key=lambda span: abs(span.at - at)).name if inside else ""


def fits(number: Number, exact: float) -> bool:
    """Whether a number describes an exact value, given its bound and its rounding."""
    about = (ABOUT if number.is_fraction else ABOUT_PER_CENT) if number.is_share else max(ABOUT * exact / 100, 1)
    match number.bound:
        case "above":
            return exact > number.value
        case "least":
            return exact >= number.value - 0.5
        case "below":
            return exact < number.value
        case "most":
            return exact <= number.value + 0.5
        case "nearly":
            return number.value - WIDE * about <= exact < number.value + 0.5
        case "barely":
            return number.value - 0.5 < exact <= number.value + WIDE * about
        case "about":
            return abs(exact - number.value) <= about
    return abs(exact - number.value) < 1 if number.is_share else exact == number.value
