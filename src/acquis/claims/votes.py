"""The rules for votes: shares, counts, directions, quantifiers and groups."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import regex

from acquis.claims.facts import Facts, Passage
from acquis.claims.groups import result_verdicts, side_verdicts, sole_group, votes_verdict
from acquis.claims.lexicon import Lexicon, value_of
from acquis.claims.numbers import Number, fits, numbers_of
from acquis.claims.opposites import may_be_turned, turned, turned_back, undecided
from acquis.claims.reading import ReadSentence
from acquis.claims.sides import OTHER_SIDE, Side, is_turned, parts_of, side_of
from acquis.claims.verdicts import ClaimVerdict, decided
from acquis.events import Figure
from acquis.statistics.summary import total

MOST_SUBJECTS = 3
"""A number in a sentence about more statements is not compared with any of them."""
_OF_SIDES = ("direction", "quantifier", "groups")


def vote_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the claims of a sentence about votes."""
    cited = [piece for piece in read.cited if piece.kind == "statement"]
    named = dict.fromkeys([*read.about("statement"), *(cited if len(cited) > 1 else ())])
    subjects = [piece for piece in named if piece.entry in facts.figures]
    if not subjects:  # a share, or a number of a statement without votes, is of nothing
        stated = read.about("statement")
        yield from (
            _number_verdict(each, [], facts, "")
            for each in numbers_of(read, words)
            if _is_bound(each) and (each.is_share or stated)
        )
        return
    several = words.several.search(read.outer) is not None or len(subjects) > MOST_SUBJECTS
    side: Side = ""
    for part, about in parts_of(read, subjects, facts, words):
        about = [] if several else about
        known = facts
        if about and is_turned(part, about, facts, words):
            known = turned(about, facts)
        claims = list(_part_verdicts(part, read, about, known, words, side))
        if may_be_turned(read, about, words) and any(verdict.outcome == "fails" for verdict in claims):
            opposite = _part_verdicts(part, read, about, turned(about, facts), words, side)
            if all(verdict.outcome != "fails" for verdict in opposite):
                claims = [undecided(verdict) for verdict in claims]
        claims = [verdict if known is facts else turned_back(verdict) for verdict in claims]
        unread = words.unread.search(part.outer) is not None
        for verdict in claims:
            weak = unread and verdict.outcome == "fails" and verdict.rule in _OF_SIDES
            yield undecided(verdict) if weak else verdict
        own = side_of(part.outer, words)[0]
        side = own or (OTHER_SIDE.get(side, "") if words.other_side.search(part.outer) else side)


def _part_verdicts(
    part: ReadSentence, read: ReadSentence, about: list[Passage], facts: Facts, words: Lexicon, side: Side
) -> Iterator[ClaimVerdict]:
    """The verdicts on a part of a sentence about these statements. `side`: the one that the part before reported."""
    if about and (results := list(result_verdicts(part, read, about, facts, words, _carried(part, side, words)))):
        yield from results
        passes = (number for number in numbers_of(part, words) if number.side == "pass" and not number.is_share)
        yield from (_number_verdict(number, about, facts, sole_group(part) or sole_group(read)) for number in passes)
        return
    bound = [number for number in numbers_of(part, words) if _is_bound(number)]
    yield from _lead_verdicts(part, about, facts, words)
    own = side_of(part.outer, words)[0]
    for number in bound:
        if not number.side and not own and side in ("agree", "oppose"):
            number = msgspec.structs.replace(number, side=side)
        if about and number.is_share and number.group and words.composition.search(part.outer):
            yield _composition_verdict(number, about, facts)
        elif number.is_share or about or read.about("statement"):
            yield _number_verdict(number, about, facts, sole_group(part) or sole_group(read))
    if bound and (not words.every_group.search(part.outer) or any(number.group for number in bound)):
        return
    # "52 agreed, and there was a majority in every group": what is said of the groups is a claim of its own.
    if not own and words.other_side.search(part.outer):
        side = OTHER_SIDE.get(side, "")
    asks = own in ("agree", "oppose") and words.on_question.search(part.outer)
    if about and not asks and not read.about("question"):
        yield from side_verdicts(part, read, about, facts, words, side)


def _is_bound(number: Number) -> bool:
    return number.is_share or number.is_of_votes


def _carried(part: ReadSentence, side: Side, words: Lexicon) -> Side:
    """The side of the part before, for a part that has none ("welcomed by governments and, 24 to one, by industry")."""
    said = part.outer.strip()
    repeated = _AGAIN.match(said) or words.result.match(said)
    return side if repeated and not words.other_side.search(said) else ""


_AGAIN = regex.compile(r"(?:and\W+)?(?:with|by)\s")


def _lead_verdicts(part: ReadSentence, about: list[Passage], facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the number of votes by which one side, or one statement, is ahead of another."""
    for match in words.difference.finditer(part.outer) if about else ():
        number = value_of(words, next(filter(None, match.captures("n"))))
        rows = [row for piece in about for row in facts.figures[piece.entry].values()]
        whole = [figures[""].agree for figures in facts.figures.values() if "" in figures]
        known = {abs(row.agree - row.disagree) for row in rows}
        known |= {abs(facts.figures[piece.entry][""].agree - n) for piece in about for n in whole}
        yield votes_verdict("count", decided(number in known), match[0].strip(), rows[0])


def _composition_verdict(number: Number, about: list[Passage], facts: Facts) -> ClaimVerdict:
    """The verdict on the share of a group among all people on a side."""
    figures = facts.figures[about[0].entry]
    row, whole = figures.get(number.group), figures[""]
    if row is None:
        return ClaimVerdict("share", "open", number.words, "nothing")
    shares = {
        "agree": (row.agree, whole.agree),
        "oppose": (row.disagree, whole.disagree),
        "pass": (row.passes, whole.passes),
    }
    sides = [shares[number.side]] if number.side in shares else [*shares.values(), (total(row), total(whole))]
    right = any(of and fits(number, 100 * n / of) for n, of in sides)
    return votes_verdict("share", decided(right), number.words, row)


def _number_verdict(number: Number, subjects: list[Passage], facts: Facts, alone: str) -> ClaimVerdict:
    """The verdict on a number. `alone`: the only group in the sentence, to which a number without a group may also
    refer."""
    rule = "share" if number.is_share else "count"
    if not subjects:
        return ClaimVerdict(rule, "open", number.words, "nothing")
    entries = tuple(piece.entry for piece in subjects)
    if number.counts == "whole":
        return _whole_verdict(number, subjects, facts)
    groups = (number.group, alone) if alone and not number.group else (number.group,)
    rows = [facts.figures[piece.entry].get(group) for piece in subjects for group in groups]
    figures = [figure for figure in rows if figure is not None]
    if not figures:
        return ClaimVerdict(rule, "open", number.words, "nothing", entries=entries)
    for figure in figures:
        if any(fits(number, exact) for exact in _exact(number, figure, facts)):
            return votes_verdict(rule, "holds", number.words, figure)
    return votes_verdict(rule, "fails", number.words, figures[0])


def _whole_verdict(number: Number, subjects: list[Passage], facts: Facts) -> ClaimVerdict:
    """The verdict on a whole: the number of people who voted on a statement, took a side or joined, of everybody or of
    a group."""
    rows = [figure for piece in subjects for figure in facts.figures[piece.entry].values()]
    named = [figure for figure in rows if not number.group or figure.group == number.group] or rows
    on_side = named + [figure for figure in rows if not figure.group]
    sizes = {facts.joined, *facts.sizes.values()} if not number.group else {facts.sizes.get(number.group, 0)}
    sides = {figure.agree + figure.disagree for figure in named}
    votes = {*map(total, named)}
    of_base = {"joined": sizes, "sides": sides, "voters": votes, "cast": votes}
    of_base["side"] = {n for figure in on_side for n in (figure.agree, figure.disagree, figure.passes)}
    of_base["voters"] = votes | of_base["side"]
    wholes = of_base.get(number.base, set().union(*of_base.values()))
    outcome = decided(number.value in wholes)
    return votes_verdict("count", outcome, number.words, named[0])


def _exact(number: Number, figure: Figure, facts: Facts) -> Iterator[float]:
    """The exact values that a number may stand for, on its side, or on any side if it names none."""
    side_verdicts = {"agree": figure.agree, "oppose": figure.disagree, "pass": figure.passes}
    counts = [side_verdicts[number.side]] if number.side in side_verdicts else list(side_verdicts.values())
    if not number.is_share:
        yield from counts
        if not number.side or number.counts == "votes":
            yield from side_verdicts.values()
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
