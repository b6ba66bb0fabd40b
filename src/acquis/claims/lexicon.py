"""The words of a language that make a claim, read from its data file ("en.yaml") and compiled to patterns."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from importlib import resources
from typing import Any

import msgspec
import regex

from acquis.text.stemming import stem
from acquis.text.yaml_text import read

LANGUAGES = ("en",)
"""The languages that have a data file, the first for texts in any other."""
Pattern = regex.Pattern[str]
NUMBER = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"


class Lexicon(msgspec.Struct, frozen=True, eq=False):
    """The words of a language. A pattern of several is a group of its own (`kind`); all read folded text. There is one
    of each language, so that it is the key of what is cached."""

    language: str
    numbers: dict[str, int]
    number: Pattern
    """A number in digits or words: the groups `digits` and `words`."""
    percent: Pattern
    fractions: dict[str, float]
    fraction: Pattern
    bounds: dict[str, Pattern]
    directions: dict[str, Pattern]
    counted: dict[str, Pattern]
    people: Pattern
    quantifiers: dict[str, Pattern]
    unanimous: Pattern
    every_group: Pattern
    whole_group: dict[str, Pattern]
    """Before a group: all of it, or nobody of it."""
    excepted: Pattern
    excepted_after: Pattern
    spared: Pattern
    """So many people who are left out of what is said of everybody; `spared_more`: and so many more."""
    spared_more: Pattern
    sole: Pattern
    sole_after: Pattern
    sole_group: Pattern
    lone: Pattern
    apart: Pattern
    unread: Pattern
    """What changes a claim in a way that no rule reads."""
    no_majority: Pattern
    partial: Pattern
    of_all: Pattern
    """Before "all voters": a share is of them."""
    softly: Pattern
    evenly: Pattern
    contrast: Pattern
    lead_in: Pattern
    each_statement: Pattern
    anybody: Pattern
    unlike: Pattern
    asked_what: Pattern
    units: Pattern
    composition: Pattern
    difference: Pattern
    denominators: dict[str, int]
    ordinals: dict[str, int]
    future: Pattern
    requested: Pattern
    realized: Pattern
    proposed: Pattern
    in_year: Pattern
    pronoun: Pattern
    relative: Pattern
    negation: Pattern
    auxiliary: Pattern
    same_side: Pattern
    other_side: Pattern
    nearly: Pattern
    not_all: Pattern
    ratio: Pattern
    every_before: Pattern
    turning: Pattern
    more_or_less: Pattern
    """Before a result that is not meant exactly."""
    has_done: Pattern
    no_groups: Pattern
    groups_counted: Pattern
    of_groups: Pattern
    whole_before: Pattern
    """Before a number of people of whom another number is a part."""
    on_question: Pattern
    """Agreement on a question ("who pays"), of which no statement tells."""
    group_count: Pattern
    group_short: Pattern
    """A number of groups in a sentence that speaks of groups ("one against")."""
    group_subject: Pattern
    """The groups are what the sentence is about, so that a number counts them."""
    result: Pattern
    each_side: Pattern
    """A tie as one number."""
    won: Pattern
    lost: Pattern
    counted_by: Pattern
    more_than: Pattern
    """More of one side than of the other; the first one named is the larger."""
    out_of: Pattern
    several: Pattern
    uncertain: dict[str, Pattern]
    """What stands before or after a number that is no claim of its own ("one in 6", "five or more")."""
    only: Pattern
    minority: Pattern
    """The few on a side that is not that of the vote ("with a single vote against")."""
    all_but: Pattern
    clauses: Pattern
    others: Pattern
    """Behind the groups that a sentence names before: all other groups."""
    voting: Pattern
    bases: dict[str, Pattern]
    groups: dict[str, Pattern]
    spoken_of: Pattern
    """Before a group of which a statement speaks."""
    opening: Pattern
    every_person: Pattern
    of_them: Pattern
    """Behind a number of people or things that are named elsewhere."""
    denying: Pattern
    opposed: tuple[tuple[Pattern, Pattern], ...]
    """Words with opposite meanings, in pairs."""
    attending: Pattern
    """Words for people who joined a session."""
    largest: Pattern
    smallest: Pattern
    spokesperson: Pattern
    """Before a body: the person who speaks for it."""
    lanes: dict[str, Pattern]
    one_of: dict[str, Pattern]
    answers: dict[str, Pattern]
    asked: Pattern
    asking: Pattern
    saying: Pattern
    belongs: dict[str, Pattern]
    commitments: dict[str, Pattern]
    unsettled: Pattern
    settled: Pattern
    delivered: Pattern
    pledge: Pattern
    past: tuple[str, ...]
    irregular: dict[str, str]
    """A form of an irregular verb in the past -> the stem of the verb."""
    decided: Pattern
    months: dict[str, int]
    dates: Pattern
    """A day or a month: the groups `iso`, or `day`, `month` and `year`."""
    session_date: Pattern
    held_after: Pattern
    weekdays: tuple[str, ...]
    """Monday first."""
    due: Pattern
    headings: dict[str, Pattern]
    """Part of a report -> the headings that name it."""
    whole: dict[str, Pattern]
    """What is counted -> the pattern of its count, whose group `n` is the number."""


@functools.cache
def lexicon(language: str = LANGUAGES[0]) -> Lexicon:
    """The words of a language. Raises LookupError if it has no data file."""
    if language not in LANGUAGES:
        raise LookupError(language)
    data: dict[str, Any] = read(resources.files("acquis.claims").joinpath(f"{language}.yaml").read_text("utf-8"))
    number = _number(data)
    compiled: dict[str, Any] = {name: _any(data[name]) for name in _PLAIN}
    compiled |= {name: {key: _any(listed) for key, listed in data[name].items()} for name in _KEYED}
    compiled |= {name: _before(data[name]) for name in _BEFORE}
    compiled |= {name: _behind(data[name]) for name in _BEHIND}
    compiled |= {name: _whole(_filled(data[name], data, number), number) for name in _COUNTED}
    compiled["spared_more"] = _whole(_filled(data["spared_more"], data, number), number, bound="")
    compiled |= {name: regex.compile("|".join(map(_words, data[name]))) for name in _LOOSE}
    compiled |= {name: {word: int(n) for word, n in data[name].items()} for name in _VALUES}
    return Lexicon(
        language=language,
        number=regex.compile(rf"(?<![\w./-])(?:{number})(?![\w/]|-\d)"),
        percent=regex.compile("|".join(rf"\s?{_words(word)}(?!\w)" for word in data["percent"])),
        fractions={word: float(value) for word, value in data["fractions"].items()},
        fraction=_any([*data["fractions"], _parts(data)]),
        past=tuple(data["past"]),
        opposed=tuple((_any([first]), _any([second])) for first, second in data["opposed"]),
        irregular={form: stem(verb) for verb, forms in data["irregular"].items() for form in forms},
        weekdays=tuple(data["weekdays"]),
        auxiliary=regex.compile(rf"^(?:(?:{'|'.join(map(_words, data['auxiliary']))})\s+)+"),
        negation=regex.compile(rf"(?<!\w)(?:{'|'.join(map(_words, data['negation']))})$"),
        more_or_less=_before([each for listed in data["bounds"].values() for each in listed]),
        all_but=regex.compile(rf"s?\s(?:{'|'.join(map(_words, data['all_but']))})\s"),
        dates=_dates(data["months"]),
        whole_group={name: _before(_filled(listed, data, number)) for name, listed in data["whole_group"].items()},
        belongs={
            "after": regex.compile(rf"\s?(?:{'|'.join(map(_words, data['belongs']['after']))})"),
            "before": regex.compile(rf"(?:{'|'.join(map(_words, data['belongs']['before']))})$"),
        },
        one_of={"before": _before(data["one_of"]["before"]), "after": _behind(data["one_of"]["after"])},
        uncertain={"before": _before(data["uncertain"]["before"]), "after": _behind(data["uncertain"]["after"])},
        whole={of: _whole(listed, number) for of, listed in data["whole"].items()},
        **compiled,
    )


_BEFORE = (
    "counted_by",
    "due",
    "every_before",
    "excepted",
    "has_done",
    "in_year",
    "nearly",
    "not_all",
    "of_all",
    "of_groups",
    "partial",
    "session_date",
    "sole",
    "spoken_of",
    "spokesperson",
    "unlike",
    "whole_before",
)
"""Words that stand before something; `_BEHIND`: behind it."""
_BEHIND = ("excepted_after", "groups_counted", "of_them", "sole_after")
_COUNTED = ("difference", "each_side", "group_count", "group_short", "ratio", "result", "spared")
"""Words with numbers among them."""
_LOOSE = ("clauses", "held_after", "relative")
"""Words that need not stand at the bounds of words."""
_VALUES = ("denominators", "months", "numbers", "ordinals")
_PLAIN = (
    "people",
    "unanimous",
    "opening",
    "denying",
    "every_person",
    "on_question",
    "every_group",
    "sole_group",
    "more_than",
    "out_of",
    "several",
    "only",
    "asked",
    "asking",
    "attending",
    "largest",
    "smallest",
    "won",
    "lost",
    "saying",
    "decided",
    "turning",
    "no_groups",
    "group_subject",
    "minority",
    "no_majority",
    "unread",
    "lone",
    "apart",
    "softly",
    "evenly",
    "contrast",
    "lead_in",
    "each_statement",
    "anybody",
    "asked_what",
    "units",
    "composition",
    "future",
    "requested",
    "realized",
    "proposed",
    "pronoun",
    "same_side",
    "other_side",
    "others",
    "voting",
    "unsettled",
    "settled",
    "delivered",
    "pledge",
)
_KEYED = (
    "bounds",
    "directions",
    "counted",
    "quantifiers",
    "bases",
    "groups",
    "lanes",
    "answers",
    "commitments",
    "headings",
)


def _parts(data: dict[str, Any]) -> str:
    """A fraction in two words ("seven tenths")."""
    units = "|".join(word for word, n in data["numbers"].items() if 0 < int(n) < 12 and " " not in word)
    return rf"(?:{units})[\s-](?:{'|'.join(data['denominators'])})"


def fraction_of(words: Lexicon, text: str) -> float | None:
    """The value of a match of `Lexicon.fraction`; None for any other text."""
    if text in words.fractions:
        return words.fractions[text]
    above, _, below = regex.sub(r"[\s-]+", " ", text).partition(" ")
    parts = next((n for word, n in words.denominators.items() if below and regex.fullmatch(word, below)), 0)
    return words.numbers[above] / parts if parts and above in words.numbers else None


def _words(pattern: str) -> str:
    return pattern.replace(" ", r"\s+")


def _any(patterns: Iterable[str]) -> Pattern:
    """Any of the patterns at the bounds of words."""
    return regex.compile(rf"(?<![\w-])(?:{'|'.join(map(_words, patterns))})(?!\w)")


def _before(patterns: Iterable[str]) -> Pattern:
    """Any of the patterns at the end of a text, perhaps with a preposition or an article behind it."""
    return regex.compile(
        rf"(?<!\w)(?:{'|'.join(map(_words, patterns))})\s+(?:(?:in|from|by|among|of)\s+)?(?:the\s+|an?\s+)?$"
    )


def _behind(patterns: Iterable[str]) -> Pattern:
    """Any of the patterns behind something."""
    return regex.compile(rf",?\s(?:{'|'.join(map(_words, patterns))})(?!\w)")


def _filled(patterns: Iterable[str], data: dict[str, Any], number: str) -> list[str]:
    """The patterns with "of the six participants from" in place of {p}, words for people in place of {people}, and
    "from" with an article in place of {from}."""
    plain = number.replace("?P<digits>", "?:").replace("?P<words>", "?:")
    people = f"(?:{'|'.join(data['people'])})"
    of = "(?: (?:of|from|in|among|within|representing))"
    phrase = rf"(?: of)?(?: (?:the|those|its|their|these))?(?: (?:{plain}))?(?: (?:single|{people}))?(?: who \w+)?{of}?"
    origin = rf"(?:{of} (?:the |an? )?)?"
    return [each.replace("{people}", people).replace("{from}", origin).replace("{p}", phrase) for each in patterns]


def _number(data: dict[str, Any]) -> str:
    units = "|".join(sorted(data["numbers"], key=len, reverse=True))
    tens = "|".join(word for word, n in data["numbers"].items() if int(n) in range(20, 100, 10))
    digits = "|".join(word for word, n in data["numbers"].items() if 0 < int(n) < 10 and " " not in word)
    below = rf"(?:(?:{tens})[\s-](?:{digits})(?!\w)|(?:{units}))"
    words = rf"{below}(?:[\s-](?:{'|'.join(data['hundred'])})(?:\s(?:and\s)?{below})?)?"
    return rf"(?P<digits>{NUMBER})|(?P<words>{words})"


def _whole(patterns: Iterable[str], number: str, bound: str = r"(?<![\w-])") -> Pattern:
    plain = number.replace("?P<digits>", "?:").replace("?P<words>", "?:")
    each = "|".join(_words(pattern).replace("{n}", f"(?P<n>{plain})") for pattern in patterns)
    return regex.compile(rf"{bound}(?:{each})")


def _dates(months: dict[str, int]) -> Pattern:
    named = "|".join(sorted(months, key=len, reverse=True))
    year = r"(?P<year>(?:19|20)\d\d)"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    return regex.compile(
        rf"(?:(?<![\w/.-])|(?<=mid-))(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<dmy>\d{{1,2}}[./]\d{{1,2}}[./](?:20)?\d\d)|{day}\s(?:of\s)?(?P<month>{named})\b(?:\.?,?\s{year})?"
        rf"|(?P<month>{named})\.?\s{day}(?:,?\s{year})?|(?P<month>{named})\.?,?\s(?:of\s)?{year})(?!\w)"
    )


def is_past(words: Lexicon, word: str) -> bool:
    """Whether a word is a verb in the past by its form."""
    return word.endswith(words.past) or word in words.irregular


def value(words: Lexicon, number: regex.Match[str]) -> float:
    """The value of a match of `Lexicon.number`, or of its text."""
    return value_of(words, number[0])


def value_of(words: Lexicon, text: str) -> float:
    """The value of a number in digits or words."""
    if text in words.numbers:
        return float(words.numbers[text])
    digits = regex.sub(r"[ ,\u00a0\u202f](?=\d{3})", "", text)
    if regex.fullmatch(r"\d+(?:\.\d+)?", digits):
        return float(digits)
    sum_of = 0
    for word in regex.split(r"[\s-]+", text):
        sum_of = sum_of * 100 if word not in words.numbers and word != "and" else sum_of + words.numbers.get(word, 0)
    return float(sum_of)
