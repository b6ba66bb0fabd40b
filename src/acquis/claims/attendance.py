"""The rule for attendance: how many people of each group joined, and which group was the largest or the smallest."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.claims.facts import Facts
from acquis.claims.lexicon import Lexicon, value_of
from acquis.claims.reading import ReadSentence
from acquis.claims.verdicts import ClaimVerdict, decided

NEAR = 40
"""The greatest distance in characters between a number and the group that it counts."""


def attendance_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the groups that joined, if the sentence is not about an entry."""
    if read.cited or read.mentions or not facts.sizes or not read.groups:
        return
    for pattern, best in ((words.largest, max), (words.smallest, min)):
        if match := pattern.search(read.outer):
            group = read.groups[0].name
            size, wanted = facts.sizes.get(group, 0), best(facts.sizes.values())
            outcome = decided(size == wanted)
            yield ClaimVerdict("count", outcome, match[0].strip(), "number", {"n": size})
    if not any(pattern.search(read.outer) for pattern in (words.attending, words.largest, words.smallest)):
        return
    numbers = [match for match in words.number.finditer(read.outer) if not words.percent.match(read.outer, match.end())]
    numbers = [match for match in numbers if value_of(words, match[0]) != facts.joined]
    for span in read.groups if len(numbers) == len({span.name for span in read.groups}) else ():
        number = min(numbers, key=lambda match: min(abs(match.start() - span.end), abs(span.at - match.end())))
        gap = max(span.at, number.start()) - min(span.end, number.end())
        size = facts.sizes.get(span.name, 0)
        if gap <= NEAR and size:
            outcome = decided(value_of(words, number[0]) == size)
            yield ClaimVerdict("count", outcome, number[0].strip(), "number", {"n": size})
