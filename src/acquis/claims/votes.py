"""The rules for claims about votes: shares, counts, directions, quantifiers and groups."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import regex

from acquis.claims.facts import Facts, Passage, tokens
from acquis.claims.groups import of_results, of_side, sole_group, votes_facts, votes_value, votes_verdict
from acquis.claims.lexicon import Lexicon, fraction_of, value, value_of
from acquis.claims.opposites import may_be_turned, turned, turned_back, undecided
from acquis.claims.reading import ReadSentence, plain
from acquis.claims.scope import spared_by
from acquis.claims.sides import Side, is_turned, parts_of, side_of
from acquis.claims.verdicts import ClaimVerdict, Outcome
from acquis.events import Figure
from acquis.statistics.summary import total

ABOUT = 4.0
"""How far "about 60 %" may be from the share, in percentage points, and "about 60 people" in per cent."""
WIDE = 2.5
"""How many times as far “just over half” may be on its side."""
MOST_SUBJECTS = 3
"""A number in a sentence about more statements is of none of them."""
_OF_SIDES = ("direction", "quantifier", "groups")
_STRONG = ("cast", "sides", "joined")
"""The bases that a sentence names on purpose; “votes” may be any."""
_FROM = regex.compile(r"\s(?:(?:from|of|in|among)\s)?(?:(?:the|an?)\s)?")
_YEAR, _BEFORE_YEAR = regex.compile(r"(?:19|20)\d\d"), regex.compile(r"(?:by|in|until|before|since|from|of) $")


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
    counts: str = ""
    """What a count counts: "people", "votes", the "whole" of which a number is a part, or empty."""

    @property
    def is_of_votes(self) -> bool:
        """Whether it counts votes, or people on a side."""
        return self.counts in ("votes", "whole") or bool(self.counts and self.side)


def vote_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on all claims of a sentence about votes."""
    cited = [piece for piece in read.cited if piece.kind == "statement"]
    named = dict.fromkeys([*read.about("statement"), *(cited if len(cited) > 1 else ())])
    subjects = [piece for piece in named if piece.entry in facts.figures]
    several = words.several.search(read.outer) is not None or len(subjects) > MOST_SUBJECTS
    side: Side = ""
    for part, about in parts_of(read, subjects, facts, words):
        about = [] if several else about
        known = facts
        if about and is_turned(part, about, facts, words):
            known = turned(about, facts)
        claims = list(_of_part(part, read, about, known, words, side))
        if may_be_turned(read, about, words) and any(verdict.outcome == "fails" for verdict in claims):
            opposite = _of_part(part, read, about, turned(about, facts), words, side)
            if all(verdict.outcome != "fails" for verdict in opposite):
                claims = [undecided(verdict) for verdict in claims]
        claims = [verdict if known is facts else turned_back(verdict) for verdict in claims]
        unread = words.unread.search(part.outer) is not None
        for verdict in claims:
            weak = unread and verdict.outcome == "fails" and verdict.rule in _OF_SIDES
            yield undecided(verdict) if weak else verdict
        own = side_of(part.outer, words)[0]
        side = own or (_TURNED.get(side, "") if words.other_side.search(part.outer) else side)


def _of_part(
    part: ReadSentence, read: ReadSentence, about: list[Passage], facts: Facts, words: Lexicon, side: Side
) -> Iterator[ClaimVerdict]:
    """The verdicts on a part of a sentence about these statements; `side`: that of the part before it."""
    if about and (results := list(of_results(part, read, about, facts, words))):
        yield from results
        return
    bound = [number for number in numbers_of(part, words) if number.is_share or number.is_of_votes]
    yield from _differences(part, about, facts, words)
    own = side_of(part.outer, words)[0]
    for number in bound:
        if not number.side and not own and side in ("agree", "oppose"):
            number = msgspec.structs.replace(number, side=side)
        if about and number.is_share and number.group and words.composition.search(part.outer):
            yield _of_composition(number, about, facts)
        elif number.is_share or about or read.about("statement"):
            yield _of_number(number, about, facts, sole_group(part) or sole_group(read))
    if bound and (not words.every_group.search(part.outer) or any(number.group for number in bound)):
        return
    # "52 agreed, and there was a majority in every group": what is said of the groups is a claim of its own.
    if not own and words.other_side.search(part.outer):
        side = _TURNED.get(side, "")
    asks = own in ("agree", "oppose") and words.on_question.search(part.outer)
    if about and not asks and not read.about("question"):
        yield from of_side(part, read, about, facts, words, side)


def _differences(part: ReadSentence, about: list[Passage], facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """By how many votes one side, or one statement, is ahead of the other."""
    for match in words.difference.finditer(part.outer) if about else ():
        number = value_of(words, next(filter(None, match.captures("n"))))
        rows = [row for piece in about for row in facts.figures[piece.entry].values()]
        whole = [figures[""].agree for figures in facts.figures.values() if "" in figures]
        known = {abs(row.agree - row.disagree) for row in rows}
        known |= {abs(facts.figures[piece.entry][""].agree - n) for piece in about for n in whole}
        yield votes_verdict("count", "holds" if number in known else "fails", match[0].strip(), rows[0])


def _of_composition(number: Number, about: list[Passage], facts: Facts) -> ClaimVerdict:
    """The share of a group among all who are on a side."""
    figures = facts.figures[about[0].entry]
    row, whole = figures.get(number.group), figures[""]
    if row is None:
        return ClaimVerdict("share", "open", number.words, "nothing")
    shares = {"agree": (row.agree, whole.agree), "oppose": (row.disagree, whole.disagree)}
    sides = [shares[number.side]] if number.side in shares else [*shares.values(), (total(row), total(whole))]
    right = any(of and fits(number, 100 * n / of) for n, of in sides)
    return votes_verdict("share", "holds" if right else "fails", number.words, row)


_TURNED: dict[Side, Side] = {"agree": "oppose", "oppose": "agree"}


# --- numbers ---


def numbers_of(read: ReadSentence, words: Lexicon) -> Iterator[Number]:
    """The numbers of a sentence that may be shares or counts."""
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
    """Whether a number counts groups that the sentence named before: "the groups were divided: two were for it"."""
    if words.groups_counted.match(outer, match.end()) or words.of_groups.search(outer[: match.start()]):
        return True
    if not words.group_subject.search(outer[: match.start()]):
        return False
    return not words.people.match(outer[match.end() :].lstrip())


def _is_of_statement(match: regex.Match[str], read: ReadSentence, words: Lexicon) -> bool:
    """Whether a number stands in the words of a statement itself ("two cables")."""
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
        counts=counts,
    )


def _counting(at: int, before: str, after: str, read: ReadSentence, words: Lexicon) -> tuple[Side, str]:
    """The side of a count that ends at a place, and what it counts."""
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
    """The side that stands directly before a number ("against 115, for 15")."""
    last = before.rstrip(" :").split()[-2:]
    if last[-1:] == ["for"]:
        return "agree" if before.rstrip(" :").endswith(", for") or len(last) == 1 else ""
    sides: tuple[Side, ...] = ("agree", "oppose", "pass")
    tails = (" ".join(last[-1:]), " ".join(last))
    return next((side for side in sides for said in tails if words.counted[side].fullmatch(said)), "")


def _group_behind(at: int, read: ReadSentence) -> str:
    """The group directly behind a number ("two from the private sector"); empty if there is none."""
    behind = (span.name for span in read.groups if span.at > at and _FROM.fullmatch(read.outer[at : span.at]))
    return next(behind, "")


def _nearest_base(segment: str, earlier: str, outer: str, words: Lexicon) -> str:
    """The base that is named beside a number or before it; that passes count may stand anywhere."""
    strong = _base(segment, words, _STRONG) or _base(earlier, words, _STRONG) or _base(outer, words, ("cast",))
    return strong or _base(segment, words, ("voters",))


def _base(text: str, words: Lexicon, bases: tuple[str, ...] = ("cast", "sides", "joined", "voters")) -> str:
    """The people of whom a share is, by the words of a text."""
    return next((base for base in bases if words.bases[base].search(text)), "")


def _bound(before: str, words: Lexicon) -> str:
    tail = before.rstrip()
    for name in ("least", "most", "nearly", "barely", "exactly", "above", "below", "about"):
        if any(match.end() == len(tail) for match in words.bounds[name].finditer(tail)):
            return name
    return ""


def _counted(after: str, words: Lexicon) -> Side:
    """The side that a count is on: the first one that is named behind it."""
    sides: tuple[Side, ...] = ("agree", "oppose", "pass")
    hits = [(match.start(), side) for side in sides if (match := words.counted[side].search(after))]
    return min(hits)[1] if hits else ""


def _directly(after: str, words: Lexicon) -> bool:
    said = words.auxiliary.sub("", after.lstrip())
    return any(words.counted[side].match(said) for side in ("agree", "oppose", "pass"))


def _nearest(read: ReadSentence, at: int, since: int, until: int) -> str:
    """The group that is named between the numbers beside this one, nearest to it."""
    inside = [span for span in read.groups if since <= span.at < until]
    return min(inside, key=lambda span: abs(span.at - at)).name if inside else ""


def _of_number(number: Number, subjects: list[Passage], facts: Facts, alone: str) -> ClaimVerdict:
    """The verdict on a number; `alone`: the only group that the sentence names, of which a later number may be too."""
    rule = "share" if number.is_share else "count"
    if not subjects:
        return ClaimVerdict(rule, "open", number.words, "nothing")
    entries = tuple(piece.entry for piece in subjects)
    if number.counts == "whole":
        return _of_whole(number, subjects, facts)
    groups = (number.group, alone) if alone and not number.group else (number.group,)
    rows = [facts.figures[piece.entry].get(group) for piece in subjects for group in groups]
    figures = [figure for figure in rows if figure is not None]
    if not figures:
        return ClaimVerdict(rule, "open", number.words, "nothing", entries=entries)
    for figure in figures:
        if any(fits(number, exact) for exact in _exact(number, figure, facts)):
            return ClaimVerdict(
                rule, "holds", number.words, votes_value(figure), votes_facts(figure), (figure.statement,)
            )
    return ClaimVerdict(
        rule, "fails", number.words, votes_value(figures[0]), votes_facts(figures[0]), (figures[0].statement,)
    )


def _of_whole(number: Number, subjects: list[Passage], facts: Facts) -> ClaimVerdict:
    """A whole may be all who voted on a statement, took a side or joined, in all or in a group."""
    rows = [figure for piece in subjects for figure in facts.figures[piece.entry].values()]
    named = [figure for figure in rows if not number.group or figure.group == number.group] or rows
    on_side = named + [figure for figure in rows if not figure.group]
    sizes = {facts.joined, *facts.sizes.values()} if not number.group else {facts.sizes.get(number.group, 0)}
    sides = {figure.agree + figure.disagree for figure in named}
    votes = {*map(total, named)}
    of_base = {"joined": sizes, "sides": sides, "voters": votes, "cast": votes}
    of_base["side"] = {n for figure in on_side for n in (figure.agree, figure.disagree)}
    of_base["voters"] = votes | of_base["side"]
    wholes = of_base.get(number.base, set().union(*of_base.values()))
    outcome: Outcome = "holds" if number.value in wholes else "fails"
    return votes_verdict("count", outcome, number.words, named[0])


def _exact(number: Number, figure: Figure, facts: Facts) -> Iterator[float]:
    """The values that a number can have: of its side, or of either side if it names none."""
    of_side = {"agree": figure.agree, "oppose": figure.disagree, "pass": figure.passes}
    counts = [of_side[number.side]] if number.side in of_side else list(of_side.values())
    if not number.is_share:
        yield from counts
        if not number.side or number.counts == "votes":
            yield from of_side.values()
            yield from (total(figure), figure.agree + figure.disagree)
        return
    joined = facts.sizes.get(figure.group, 0) if figure.group else facts.joined
    sides = figure.agree + figure.disagree
    for count in counts:
        if number.base == "joined" and joined:
            yield 100 * count / joined
        if number.base in ("voters", "cast", ""):
            yield 100 * count / total(figure)
        if number.base in ("sides", "") and sides and (number.base or count != figure.passes):
            yield 100 * count / sides


def fits(number: Number, exact: float) -> bool:
    """Whether an exact value is meant by a number."""
    about = ABOUT if number.is_share else max(ABOUT * exact / 100, 1)
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
