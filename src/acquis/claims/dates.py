"""The rule for dates: of the session, of commitments and in the texts of entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from acquis.claims.commitments import cited_alone, committed, stems_of
from acquis.claims.facts import Facts, Passage, tokens
from acquis.claims.lexicon import Lexicon
from acquis.claims.reading import ReadSentence, plain
from acquis.claims.verdicts import ClaimVerdict, Outcome, decided

FEWEST_SHARED = 3
"""A date is compared with a confirmed sentence if more than so many content words are common, besides the month and the
year."""
BEHIND = 60
"""The greatest distance in characters before a date at which a word says what happens on it."""
_YEAR = regex.compile(r"(?<![\w/.-])(?:19|20)\d\d(?![\w/-])")
Day = tuple[int, int, int]
"""Year, month and day; 0 where a text does not say."""


def date_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the dates in a sentence."""
    due = [piece for piece in committed(read, words) or cited_alone(read) if piece.due]
    for match in words.dates.finditer(read.low):
        if match["month"] and not read.text[match.start("month")].isupper():
            continue
        yield _of_date(match, due, read, facts, words)
    for match in _YEAR.finditer(words.dates.sub(lambda match: " " * len(match[0]), read.low)) if due else ():
        years = {piece.due[:4] for piece in due} | {
            year for piece in due for year in _YEAR.findall(" ".join(piece.texts))
        }
        if words.in_year.search(read.low[: match.start()]):
            outcome = decided(match[0] in years)
            yield ClaimVerdict("date", outcome, match[0], "due", {"due": due[0].due}, (due[0].entry,))


def _of_date(
    match: regex.Match[str], due: list[Passage], read: ReadSentence, facts: Facts, words: Lexicon
) -> ClaimVerdict:
    said = read.text[match.start() : match.end()]
    named = _date(match, words)
    if named is None:
        return ClaimVerdict("date", "fails", said, "no_day")
    day_of_week, before = _weekday(read.low[max(match.start() - BEHIND, 0) : match.start()], words)
    is_held = words.session_date.search(before) or words.held_after.match(read.low, match.end())
    if named[0] and named[2] and day_of_week >= 0 and day_of_week != date(*named).weekday():
        return ClaimVerdict("date", "fails", said, "no_day")
    if is_held and facts.days:
        right = any(_is_on(named, day) for day in facts.days)
        return ClaimVerdict("date", decided(right), said, "held", {"day": facts.days[0].isoformat()})
    if due and not _is_confirmed(named, read, facts, words):
        return _due(named, said, due)
    if entry := _dated(named, read, words):
        return ClaimVerdict("date", "holds", said, entries=(entry,))
    if text := _decided_on(named, read, facts, words) or _told_on(named, read, words):
        return ClaimVerdict("date", "fails", said, "words", {"text": text})
    return ClaimVerdict("date", "open", said, "nothing")


def _is_confirmed(named: Day, read: ReadSentence, facts: Facts, words: Lexicon) -> bool:
    """Whether a whole date is in a confirmed sentence that shares words with this one."""
    low = words.dates.sub("", read.low)
    texts = (text for text in facts.confirmed if stems_of(low) & stems_of(words.dates.sub("", plain(text))))
    return any(_is_same(named, day) for text in texts for day in _days_in(text, words))


def _due(named: Day, said: str, committed: list[Passage]) -> ClaimVerdict:
    dated = [piece for piece in committed if regex.fullmatch(r"\d{4}-\d\d-\d\d", piece.due)]
    right = [piece for piece in dated if _is_on(named, date.fromisoformat(piece.due))]
    piece = (right or dated or committed)[0]
    outcome: Outcome = "holds" if right else "fails" if dated else "open"
    return ClaimVerdict("date", outcome, said, "due", {"due": piece.due}, (piece.entry,))


def _date(match: regex.Match[str], words: Lexicon) -> Day | None:
    """Year, month and day (0: not given) of a match; None if there is no such day."""
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    elif match["dmy"]:
        day, month, year = map(int, regex.split("[./]", match["dmy"]))
        year += 2000 if year < 100 else 0
    else:
        year, month, day = int(match["year"] or 0), words.months[match["month"]], int(match["day"] or 0)
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return year, month, day


def _weekday(before: str, words: Lexicon) -> tuple[int, str]:
    """The weekday (Monday is 0, -1 if there is none) directly before a date, and the text before it."""
    last = tokens(before)[-1:]
    if not last or last[0].word not in words.weekdays:
        return -1, before
    return words.weekdays.index(last[0].word), before[: last[0].at]


def _decided_on(named: Day, read: ReadSentence, facts: Facts, words: Lexicon) -> str:
    """The confirmed sentence that shares words with this one and names only other days; empty if there is none."""
    stems = stems_of(read.text)
    for text in facts.confirmed if named[2] else ():
        dates = {_date(match, words) for match in words.dates.finditer(plain(text))} - {None}
        dates |= {(0, *day[1:]) for day in dates if day}
        if dates and named not in dates and len(stems_of(text) & stems) > FEWEST_SHARED:
            return text
    return ""


def _told_on(named: Day, read: ReadSentence, words: Lexicon) -> str:
    """The text of the evidence that names only other days, if the sentence names a whole date and cites nothing
    else."""
    texts = [text for piece in read.cited if piece.kind in ("turn", "line") for text in piece.texts]
    dated = [text for text in texts if words.dates.search(plain(text))]
    whole = named[0] and {piece.kind for piece in read.cited} <= {"turn", "line"}
    return dated[0] if whole and len(dated) == 1 else ""


def _days_in(text: str, words: Lexicon) -> set[Day]:
    days = (_date(match, words) for match in words.dates.finditer(plain(text)))
    return {day for day in days if day and day[2]}


def _is_on(named: Day, day: date) -> bool:
    return named[0] in (0, day.year) and named[1] == day.month and named[2] in (0, day.day)


def _is_same(named: Day, day: Day) -> bool:
    """Whether the parts of a date that are given are those of a day."""
    return named[1] == day[1] and named[0] in (0, day[0]) and named[2] in (0, day[2])


def _dated(named: Day, read: ReadSentence, words: Lexicon) -> int:
    """The entry of the evidence that contains a date; 0 if there is none."""
    pieces = [*read.cited, *(mention.piece for mention in read.mentions)]
    for piece in pieces:
        for text in piece.texts:
            days = [_date(match, words) for match in words.dates.finditer(plain(text))]
            if any(day and _is_same(named, day) for day in days):
                return piece.entry
    return 0
