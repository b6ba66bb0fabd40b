"""A labelled set of sentences made with the rules of the checker at hand: 300 right sentences, and 300 in each of which
one of twelve errors was planted. Beside the words of the record it uses sentences that only cite it, counts of the
session, short names, and prose with words that look like claims."""

from __future__ import annotations

from benchmarks.claims.other import MONTHS, Written, labelled, low, of_kind, share
from benchmarks.claims.session import (
    COMMITMENTS,
    GROUPS,
    JOINED,
    LINES,
    NOTES,
    QUESTIONS,
    SEATS,
    SIZES,
    STATEMENTS,
    Case,
    Made,
    votes,
)


def cases() -> list[Case]:
    """600 sentences, the wrong ones first."""
    writers = (sign, digits, body, quotation, everybody, group, date, symbol, speaker, tense, base, answer)
    return labelled(writers, PROSE)


def sign(of: Made) -> Written:
    for number in of_kind(0, 1, 3, 4):
        entry, good = (of.statements[number],), number % 6 != 1
        yield "The room agreed with this point.", entry, good
        yield "This point was rejected.", entry, not good
        yield f"Most voters opposed the statement “{STATEMENTS[number]}.”", entry, not good
        yield f"“{STATEMENTS[number]}” was accepted by the voters.", entry, good
        yield f"Participants did not agree that {low(STATEMENTS[number])}.", entry, not good
    for number in of_kind(3, 5):
        text = f"Opinions were divided on whether {low(STATEMENTS[number])}."
        yield text, (of.statements[number],), number % 6 == 5


def digits(of: Made) -> Written:
    for number in range(len(STATEMENTS)):
        entry, right = (of.statements[number],), share(number)
        turned = int(str(right)[::-1])
        agree, disagree, passes = (sum(column) for column in zip(*votes(number), strict=True))
        whole = agree + disagree + passes
        if abs(turned - right) > 2:
            yield f"{right} % agreed.", entry, True
            yield f"{turned} % agreed.", entry, False
            yield f"The statement was supported by {turned} % of the voters.", entry, False
        yield f"{agree} of {whole} voters agreed, and {disagree} disagreed.", entry, True
        yield f"{agree} of {whole + 9} voters agreed, and {disagree} disagreed.", entry, False
        yield f"About {right + 1} per cent supported this.", entry, True
        if right < 80:
            yield f"More than {right + 10} per cent supported this.", entry, False
        yield f"More than {max(right - 5, 1)} per cent supported this.", entry, True
    yield f"A total of {len(QUESTIONS)} questions were asked.", (), True
    yield "A total of 61 questions were asked.", (), False
    yield f"{JOINED} people joined the session.", (), True
    yield "Two hundred people joined the session.", (), JOINED == 200


def body(of: Made) -> Written:
    for number, (name, organization, stakeholder) in enumerate(SEATS):
        wrong = SEATS[(number + 5) % 8]
        family = name.split()[-1]
        for what, good in ((organization, True), (wrong[1], False)):
            yield f"{family}, {what}, opened the panel.", (of.turns[number],), good
            yield f"{name} from the {what} closed the round.", (of.turns[number],), good
        for what, good in ((stakeholder, True), (wrong[2], wrong[2] == stakeholder)):
            yield f"{name} ({what}) spoke second.", (of.turns[number],), good
    for number, text in enumerate(QUESTIONS):
        for place in range(4):
            good = place == (0, 1, 3)[number % 3]
            yield f"“{text}” was asked by a representative of {GROUPS[place].lower()}.", (of.questions[number],), good


def quotation(of: Made) -> Written:
    for number, words in enumerate(LINES):
        entry, family = (of.lines[number],), SEATS[number][0].split()[-1]
        listed = words.split()
        half = " ".join(listed[: len(listed) // 2 + 2])
        yield f"“{half}”, {family} said.", entry, True
        yield f"{family}: “{words}.”", (of.turns[number],), True
        yield f"One speaker said: “{listed[0]} {listed[1]} {listed[2]} … {listed[-2]} {listed[-1]}”.", entry, True
        for place in (3, 5, len(listed) - 2):
            other = [*listed[:place], "perhaps", *listed[place + 1 :]]
            yield f"{family}: “{' '.join(other)}.”", entry, False
            yield f"“{' '.join(other)}”, one speaker said.", (of.turns[number],), False


def everybody(of: Made) -> Written:
    for number in of_kind(3, 4):
        entry, good = (of.statements[number],), number % 6 == 3
        s = low(STATEMENTS[number])
        yield "Everyone agreed.", entry, good
        yield "The statement was adopted by the voters unanimously.", entry, good
        yield "All voters supported this.", entry, good
        yield "None of the voters disagreed.", entry, good
        yield f"No voter opposed the statement that {s}.", entry, good
        yield f"All participants agreed that {s}.", entry, good
        yield f"It was agreed without any objection that {s}.", entry, good
        if good or share(number) < 99:
            yield f"100 % agreed that {s}.", entry, good


def group(of: Made) -> Written:
    for number in of_kind(0, 1, 2, 3, 5):
        entry, rows = (of.statements[number],), votes(number)
        good = all(2 * row[0] > sum(row) for row in rows)
        if number % 6 in (2, 3, 5) or good:
            yield "Every stakeholder group agreed.", entry, good
            yield f"In all groups a majority supported that {low(STATEMENTS[number])}.", entry, good
            both = all(2 * rows[place][0] > sum(rows[place]) for place in (0, 2))
            yield f"{GROUPS[0]} and {GROUPS[2]} agreed.", entry, both
    yield "Questions came only from Government and Civil Society.", (), False
    yield "Only Government and Technical Community asked questions.", (), False
    yield "Only Government, Civil Society and Technical Community asked questions.", (), True
    yield "Questions came from Government, Private Sector and Civil Society.", (), False


def date(of: Made) -> Written:
    for who, what, due, _status in COMMITMENTS:
        year, month, number = due.split("-")
        named = MONTHS[int(month) - 1]
        other = MONTHS[int(month) % 12]
        yield f"The {who} promised to {what} by {due}.", (), True
        yield f"The {who} promised to {what} by {named} {int(number)}, {year}.", (), True
        yield f"The {who} promised to {what} by {other} {year}.", (), False
        yield f"The {who} promised to {what} by {named} {int(year) - 1}.", (), False
        yield f"The {who} promised to {what} by {named} {year}.", (), True
        yield f"The {who} promised to {what} before {year}-{number if int(number) < 13 else '01'}-28.", (), False
    for text, good in (("14 November 2023", True), ("November 14, 2023", True), ("15 October 2023", False)):
        yield f"The session took place on {text}.", (), good
        yield f"The meeting was held online on {text}.", (), good
    yield "The discussion of 13 November 2023 was lively.", (), False
    yield "The session of 14 December 2023 was lively.", (), False
    yield "The workshop, held on 4 November 2023, drew a large audience.", (), False
    yield "The event on 14 March 2023 was opened by the host.", (), False
    yield "The panel met on 1 November 2023.", (), False


def symbol(of: Made) -> Written:
    listed = (
        (19, "General Assembly resolution 70/237", ("70/273", "71/237", "70/238")),
        (20, "A/75/816", ("A/75/815", "A/76/816")),
        (21, "A/76/135", ("A/76/136", "A/77/135")),
    )
    forms = (
        "{symbol} was named by the voters.",
        "A statement on {symbol} was put to the vote.",
        "See {symbol}.",
        "The debate on {symbol} was brief.",
        "Some asked for copies of {symbol}.",
    )
    for number, right, wrongs in listed:
        for form in forms:
            yield form.format(symbol=right), (of.statements[number],), True
            for wrong in wrongs:
                named = wrong if wrong.startswith("A") else f"General Assembly resolution {wrong}"
                yield form.format(symbol=named), (of.statements[number],), False
    for form in forms:
        yield form.format(symbol="paragraph 14 of A/RES/70/237"), (of.statements[19],), False
        yield form.format(symbol="A/RES/70/237, para. 13"), (of.statements[19],), True


def speaker(of: Made) -> Written:
    for number, (note, line) in enumerate(zip(NOTES, LINES, strict=True)):
        for other in (0, 1, 4):
            family = SEATS[(number + other) % 8][0].split()[-1]
            yield f"{family} said: {note}.", (of.turns[number],), other == 0
            yield f"“{line}”, said {family}.", (of.lines[number],), other == 0
            yield f"{family} warned of what comes next.", (of.turns[number],), other == 0


def tense(of: Made) -> Written:
    for who, what, _due, status in COMMITMENTS:
        done = status == "done"
        yield f"The {who} kept its promise to {what}.", (), done
        yield f"The {who} will {what}.", (), not done
        yield f"The {who} has not yet managed to {what}.", (), not done
        yield f"The commitment of the {who} to {what} is done.", (), done
        yield f"The commitment of the {who} to {what} remains open.", (), not done
        yield f"Already the {who} could {what}.", (), done
        yield f"The {who} completed the plan to {what}.", (), done
    for number in of_kind(0, 3):
        yield f"It was decided that {low(STATEMENTS[number])}.", (of.statements[number],), False


def base(of: Made) -> Written:
    for number in range(len(STATEMENTS)):
        entry, whole = (of.statements[number],), share(number)
        agree = sum(row[0] for row in votes(number))
        of_all = round(100 * agree / JOINED)
        if abs(of_all - whole) > 2:
            yield f"{of_all} % of all participants agreed.", entry, True
            yield f"{whole} % of everyone who joined agreed.".replace("of everyone", "of all people"), entry, False
            yield f"{of_all} % of the voters agreed.", entry, False
        for place, size in enumerate(SIZES):
            own, name = share(number, place), GROUPS[place]
            if abs(own - whole) > 2:
                yield f"{name}: {own} % agreed.", entry, True
                yield f"{whole} % of {name} agreed.", entry, False
            assert size


def answer(of: Made) -> Written:
    for number, text in enumerate(QUESTIONS):
        fate, entry = number % 4, (of.questions[number],)
        yield "The question was answered.", entry, fate in (0, 2)
        yield "This question was not reached.", entry, fate in (1, 3)
        yield f"“{text}” was answered in writing.", entry, fate == 2
        yield f"The panellists replied to “{text}”", entry, fate == 0
        yield f"“{text}” stayed open.", entry, fate in (1, 3)


_FIRST = (
    "All connections need care",
    "Most important of all is patience",
    "Nobody can plan alone",
    "In 2015 a first report set the scene",
    "Every pilot teaches something",
    "Half measures rarely help",
    "The organizers thanked everyone",
    "Three themes stood out",
    "A majority of the world still waits",
    "Governments, industry and civil society have different tools",
    "The debate began with 90 minutes of presentations",
    "Support for teachers is an investment",
)
_SECOND = (
    "as several people remarked",
    "and this will not change by 2030",
    "which the moderators took as a sign to go on",
    "and more research is welcome",
    "as earlier reports (2013, 2015 and 2021) have shown",
)
PROSE = tuple(f"{first}, {second}." for first in _FIRST for second in _SECOND)
"""Sentences with words that look like claims, on nothing that the record can decide."""
