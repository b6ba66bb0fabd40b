"""The words that make a claim in a language, read from its data file ("en.yaml") and compiled to patterns."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from importlib import resources
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

import msgspec
import regex

from acquis.text.stemming import stem
from acquis.text.yaml_text import read

LANGUAGES = ("en",)
"""The languages that have a data file. The first is used for texts in any other language."""
Pattern: TypeAlias = regex.Pattern[str]
Within: TypeAlias = Annotated[Pattern, "within"]
"""Any of the words, anywhere in a text."""
Before: TypeAlias = Annotated[Pattern, "before"]
"""Any of the words at the end of the text before something."""
Behind: TypeAlias = Annotated[Pattern, "behind"]
"""Any of the words at the beginning of the text behind something."""
Counted: TypeAlias = Annotated[Pattern, "counted"]
"""Words with numbers among them, which are the group `n`."""
Loose: TypeAlias = Annotated[Pattern, "loose"]
"""A pattern that may begin and end inside words."""
Beside: TypeAlias = Annotated[dict[str, Pattern], "beside"]
"""The words "before" something, and those "after" it."""
NUMBER = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"


class Lexicon(msgspec.Struct, frozen=True, eq=False):
    """The words of a language. The data file says what each entry finds; the type of a field says how its entry is
    compiled. All patterns read text in lower case. There is one object for each language, which is the key of caches.
    """

    language: str
    numbers: dict[str, int]
    number: Pattern
    """A number in digits or words: the groups `digits` and `words`."""
    percent: Pattern
    fractions: dict[str, float]
    fraction: Pattern
    bounds: dict[str, Within]
    directions: dict[str, Within]
    counted: dict[str, Within]
    people: Within
    quantifiers: dict[str, Within]
    unanimous: Within
    every_group: Within
    whole_group: dict[str, Before]
    """Before a group: all of it, or nobody of it."""
    excepted: Before
    excepted_after: Behind
    spared: Counted
    """So many people who are left out of what is said of everybody; `spared_more`: and so many more."""
    spared_more: Pattern
    sole: Before
    sole_after: Behind
    sole_group: Within
    lone: Within
    apart: Within
    unread: Within
    """What changes a claim in a way that no rule reads."""
    no_majority: Within
    partial: Before
    of_all: Before
    """Before "all voters": a share is of them."""
    softly: Within
    evenly: Within
    contrast: Within
    lead_in: Within
    each_statement: Within
    anybody: Within
    unlike: Before
    asked_what: Within
    units: Within
    composition: Within
    difference: Counted
    denominators: dict[str, int]
    ordinals: dict[str, int]
    future: Within
    requested: Within
    realized: Within
    proposed: Within
    in_year: Before
    pronoun: Within
    relative: Loose
    negation: Pattern
    auxiliary: Pattern
    same_side: Within
    other_side: Within
    nearly: Before
    not_all: Before
    ratio: Counted
    every_before: Before
    turning: Within
    more_or_less: Pattern
    """Before a result that is not meant exactly."""
    has_done: Before
    no_groups: Within
    groups_counted: Behind
    of_groups: Before
    whole_before: Before
    """Before a number of people of whom another number is a part."""
    on_question: Within
    """Agreement on a question ("who pays"), of which no statement tells."""
    group_count: Counted
    group_short: Counted
    """A number of groups in a sentence that speaks of groups ("one against")."""
    group_subject: Within
    """The groups are what the sentence is about, so that a number counts them."""
    result: Counted
    each_side: Counted
    """A tie as one number."""
    won: Within
    lost: Within
    counted_by: Before
    more_than: Within
    """More of one side than of the other; the first one named is the larger."""
    out_of: Within
    several: Within
    uncertain: Beside
    """What stands before or after a number that is no claim of its own ("one in 6", "five or more")."""
    only: Within
    minority: Within
    """The few on a side that is not that of the vote ("with a single vote against")."""
    all_but: Pattern
    clauses: Loose
    others: Within
    """Behind the groups that a sentence names before: all other groups."""
    voting: Within
    bases: dict[str, Within]
    groups: dict[str, Within]
    spoken_of: Before
    """Before a group of which a statement speaks."""
    opening: Within
    every_person: Within
    of_them: Behind
    """Behind a number of people or things that are named elsewhere."""
    denying: Within
    opposed: tuple[tuple[Pattern, Pattern], ...]
    """Words with opposite meanings, in pairs."""
    attending: Within
    """Words for people who joined a session."""
    largest: Within
    smallest: Within
    spokesperson: Before
    """Before a body: the person who speaks for it."""
    one_of: Beside
    answers: dict[str, Within]
    all_answers: dict[str, Within]
    """What is told of the answers to all questions together -> the patterns of it."""
    asked: Within
    asking: Within
    saying: Within
    belongs: dict[str, Pattern]
    commitments: dict[str, Within]
    unsettled: Within
    settled: Within
    delivered: Within
    pledge: Within
    past: tuple[str, ...]
    irregular: dict[str, str]
    """A form of an irregular verb in the past -> the stem of the verb."""
    decided: Within
    months: dict[str, int]
    dates: Pattern
    """A day or a month: the groups `iso`, or `day`, `month` and `year`."""
    session_date: Before
    held_after: Loose
    weekdays: tuple[str, ...]
    """Monday first."""
    due: Before
    headings: dict[str, Within]
    """Part of a report -> the headings that name it."""
    whole: dict[str, Counted]
    """What is counted -> the pattern of its count, whose group `n` is the number."""


@functools.cache
def lexicon(language: str = LANGUAGES[0]) -> Lexicon:
    """The words of a language. Raises LookupError if it has no data file."""
    if language not in LANGUAGES:
        raise LookupError(language)
    data: dict[str, Any] = read(resources.files("acquis.claims").joinpath(f"{language}.yaml").read_text("utf-8"))
    number = _number(data)
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
        spared_more=_whole(_filled(data["spared_more"], data, number), number, bound=""),
        belongs={
            "after": regex.compile(rf"\s?(?:{'|'.join(map(_words, data['belongs']['after']))})"),
            "before": regex.compile(rf"(?:{'|'.join(map(_words, data['belongs']['before']))})$"),
        },
        **_compiled(data, number),
    )


def _compiled(data: dict[str, Any], number: str) -> dict[str, Any]:
    """The fields whose type says how they are compiled."""
    compilers: dict[Any, Callable[[list[str]], Pattern]] = {
        Within: _any,
        Before: lambda listed: _before(_filled(listed, data, number)),
        Behind: _behind,
        Counted: lambda listed: _whole(_filled(listed, data, number), number),
        Loose: lambda listed: regex.compile("|".join(map(_words, listed))),
    }
    compiled: dict[str, Any] = {}
    for name, kind in get_type_hints(Lexicon, include_extras=True).items():
        of_each = get_args(kind)[1] if get_origin(kind) is dict else None
        if kind in compilers:
            compiled[name] = compilers[kind](data[name])
        elif of_each in compilers:
            compiled[name] = {key: compilers[of_each](listed) for key, listed in data[name].items()}
        elif kind == Beside:
            compiled[name] = {"before": _before(data[name]["before"]), "after": _behind(data[name]["after"])}
        elif of_each is int:
            compiled[name] = {word: int(n) for word, n in data[name].items()}
    return compiled


def _parts(data: dict[str, Any]) -> str:
    """The pattern of a fraction in two words ("seven tenths")."""
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
    """The pattern of any of the words, as whole words."""
    return regex.compile(rf"(?<![\w-])(?:{'|'.join(map(_words, patterns))})(?!\w)")


def _before(patterns: Iterable[str]) -> Pattern:
    """The pattern of any of the words at the end of a text, optionally followed by a preposition or an article."""
    return regex.compile(
        rf"(?<!\w)(?:{'|'.join(map(_words, patterns))})\s+(?:(?:in|from|by|among|of)\s+)?(?:the\s+|an?\s+)?$"
    )


def _behind(patterns: Iterable[str]) -> Pattern:
    """The pattern of any of the words at the beginning of a text, after a space or a comma."""
    return regex.compile(rf",?\s(?:{'|'.join(map(_words, patterns))})(?!\w)")


def _filled(patterns: Iterable[str], data: dict[str, Any], number: str) -> list[str]:
    """The patterns with their placeholders filled: {p} is a phrase such as "of the six participants from", {people} any
    word for people, {from} "from" with an article."""
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
    """Whether a word has the form of a verb in the past."""
    return word.endswith(words.past) or word in words.irregular


def value(words: Lexicon, number: regex.Match[str]) -> float:
    """The value of a match of `Lexicon.number`."""
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
