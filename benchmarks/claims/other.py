"""A labelled set of sentences that was written before the rules of the checker, in the prose of session reports of the
Internet Governance Forum: 300 right sentences, and 300 in each of which one of twelve errors was planted."""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Callable, Iterator, Sequence

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
    made,
    votes,
)

Written = Iterator[tuple[str, tuple[int, ...], bool]]
"""Sentences with their citations and whether they are right."""
EACH = 25
"""Sentences of each kind, of the wrong and of the right ones."""
MONTHS = tuple(calendar.month_name[1:])


def low(text: str) -> str:
    return text[0].lower() + text[1:] if text.split()[0] not in ("A/75/816",) else text


def share(number: int, group: int = -1) -> int:
    rows = votes(number) if group < 0 else (votes(number)[group],)
    return round(100 * sum(row[0] for row in rows) / sum(map(sum, rows)))


def day(iso: str) -> str:
    year, month, number = iso.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def of_kind(*kinds: int) -> list[int]:
    return [number for number in range(len(STATEMENTS)) if number % 6 in kinds]


def cases() -> list[Case]:
    """600 sentences, the wrong ones first."""
    writers = (sign, digits, body, quotation, everybody, group, date, symbol, speaker, tense, base, answer)
    return labelled(writers, PROSE)


def labelled(writers: Sequence[Callable[[Made], Written]], prose: Sequence[str]) -> list[Case]:
    """The sentences of a set, the wrong ones first: of each writer `EACH` wrong and 20 right ones, and the prose, which
    is right. The kind of a sentence is the name of its writer."""
    of = made()
    wrong, right = [], []
    for write in writers:
        written = [Case(text, cites, write.__name__, good) for text, cites, good in write(of)]
        wrong += spread([case for case in written if not case.right], EACH)
        right += spread([case for case in written if case.right], 20)
    return [*wrong, *right, *(Case(text, (), "prose", True) for text in prose)]


def spread(listed: list[Case], most: int) -> list[Case]:
    """At most so many, taken evenly from the whole list."""
    distinct = list(dict.fromkeys(listed))
    if len(distinct) < most:
        raise ValueError(f"{len(distinct)} sentences of the kind {distinct[0].kind}, {most} are needed")
    return [distinct[place * len(distinct) // most] for place in range(most)]


def sign(of: Made) -> Written:
    agreed = (
        "There was broad agreement in the room that {s}.",
        "A clear majority of those voting endorsed the view that {s}.",
        "Participants were overwhelmingly in favour of the proposition that {s}.",
        "The audience welcomed the idea that {s}.",
    )
    opposed = (
        "The audience largely rejected the idea that {s}.",
        "The suggestion that {s} met with opposition from most of those who voted.",
        "Most voters did not share the view that {s}.",
        "There was little support for the claim that {s}.",
    )
    for number in of_kind(0, 1, 3):
        for text in agreed:
            yield text.format(s=low(STATEMENTS[number])), (of.statements[number],), number % 6 != 1
        for text in opposed:
            yield text.format(s=low(STATEMENTS[number])), (of.statements[number],), number % 6 == 1


def digits(of: Made) -> Written:
    for number in range(len(STATEMENTS)):
        right, entry = share(number), of.statements[number]
        turned = int(str(right)[::-1])
        s = low(STATEMENTS[number])
        if abs(turned - right) > 1:
            for value in (right, turned):
                good = value == right
                yield f"In the poll, {value} per cent of voters backed the statement that {s}.", (entry,), good
                yield f"With {value}% in favour, the statement that {s} was put on the screen again.", (entry,), good
        agree, disagree = (sum(column) for column in list(zip(*votes(number), strict=True))[:2])
        for value in (agree, int(str(agree)[::-1])):
            if value == agree or str(value) != str(agree):
                yield (
                    f"{value} people voted for and {disagree} against the statement that {s}.",
                    (entry,),
                    value == agree,
                )
    for number, text in enumerate(QUESTIONS):
        support = 12 + 7 * number
        turned = int(str(support)[::-1])
        for value in {support, turned}:
            yield (
                f"With the support of {value} participants, the question “{text}” was among those most raised.",
                (of.questions[number],),
                value == support,
            )


def body(of: Made) -> Written:
    for number, (name, organization, stakeholder) in enumerate(SEATS):
        other = SEATS[(number + 2) % 8]
        gist, entry = low(NOTES[number]), of.turns[number]
        for what, good in ((organization, True), (other[1], False)):
            yield f"Speaking for the {what}, {name} pointed out that {gist}.", (entry,), good
            yield f"{name} ({what}) underlined that {gist}.", (entry,), good
            yield f"{name} of the {what} added a concrete example from the field.", (entry,), good
        for what, good in ((stakeholder, True), (other[2], other[2] == stakeholder)):
            yield f"From the {what.lower()} side, {name} noted that {gist}.", (entry,), good
    for number, text in enumerate(QUESTIONS):
        asked = (0, 1, 3)[number % 3]
        for place in (asked, (asked + 2) % 4):
            yield (
                f"A participant from the {GROUPS[place].lower()} stakeholder group asked: “{text}”",
                (of.questions[number],),
                place == asked,
            )


SWAPS = (
    ("decade", "century"),
    ("classroom", "courtroom"),
    ("read", "pay"),
    ("mended", "bought"),
    ("thanked", "blamed"),
    ("five", "nine"),
    ("cheapest", "finest"),
    ("poor", "rich"),
)
SECOND = (
    ("cable", "satellite"),
    ("Trust", "Faith"),
    ("question", "accept"),
    ("grandmothers", "engineers"),
    ("outage", "earnings"),
    ("thousand", "million"),
    ("throw", "give"),
    ("crowded", "cheap"),
)


def quotation(of: Made) -> Written:
    forms = (
        "As {name} put it, “{words}”.",
        "{name} summed it up: “{words}.”",
        "In the words of one panellist, “{words}”.",
        "“{words},” {name} told the audience.",
    )
    for number, words in enumerate(LINES):
        name, entry = SEATS[number][0], of.lines[number]
        for form in forms:
            yield form.format(name=name, words=words), (entry,), True
            for swaps in (SWAPS, SECOND):
                before, after = swaps[number]
                yield form.format(name=name, words=words.replace(before, after, 1)), (entry,), False


def everybody(of: Made) -> Written:
    forms = (
        "Everybody who voted supported the statement that {s}.",
        "Without a single dissenting vote, the audience endorsed the statement that {s}.",
        "No one disagreed with the statement that {s}.",
        "There was unanimous support for the statement that {s}.",
        "All participants who took part in the vote agreed that {s}.",
        "Nobody voted against the statement that {s}.",
        "Not one of the voters opposed the statement that {s}.",
    )
    for number in of_kind(3, 4):
        for form in forms:
            yield form.format(s=low(STATEMENTS[number])), (of.statements[number],), number % 6 == 3


def group(of: Made) -> Written:
    forms = (
        "All stakeholder groups supported the statement that {s}.",
        "The statement that {s} found majorities in every stakeholder group.",
        "Across all groups, more voters agreed than disagreed that {s}.",
        "Each of the stakeholder groups backed the idea that {s}.",
    )
    for number in of_kind(0, 2, 3, 4):
        entry, s = (of.statements[number],), low(STATEMENTS[number])
        right = number % 6 != 2 and all(row[0] * 2 > sum(row) for row in votes(number))
        if number % 6 == 2 or right:
            for form in forms:
                yield form.format(s=s), entry, right
        for trio in itertools.combinations(range(4), 3):
            agree = [votes(number)[place][0] * 2 > sum(votes(number)[place]) for place in trio]
            names = [GROUPS[place].lower() for place in trio]
            text = f"Voters from {names[0]}, {names[1]} and {names[2]} alike supported the statement that {s}."
            if all(agree) or (number % 6 == 2 and agree.count(False) == 1):
                yield text, entry, all(agree)


def date(of: Made) -> Written:
    for who, what, due, _status in COMMITMENTS:
        year, month, number = due.split("-")
        others = (
            f"{year}-{int(month) % 12 + 1:02}-{number}",
            f"{int(year) + 1}-{month}-{number}",
            f"{year}-{month}-{(int(number) + 9) % 27 + 1:02}",
        )
        for value in (due, *others):
            yield f"The {who} undertook to {what} by {day(value)}.", (), value == due
            yield f"By {day(value)}, the {who} is expected to {what}.", (), value == due
            yield f"The promise of the {who} to {what} falls due on {day(value)}.", (), value == due
    for value, good in (("2023-11-14", True), ("2023-11-24", False), ("2023-12-14", False), ("2022-11-14", False)):
        yield f"The workshop on connecting schools took place on {day(value)}.", (), good
        yield f"The session was held on {day(value)} in a hybrid format.", (), good
        yield f"This report covers the discussion of {day(value)}.", (), good
    for value, good in (("November 2023", True), ("October 2023", False), ("November 2022", False)):
        yield f"The workshop was held in {value} and brought together eight speakers.", (), good
        yield f"When the session took place in {value}, the hall was full.", (), good


def symbol(of: Made) -> Written:
    listed = (
        (19, ("A/RES/70/237", "A/RES/70/273", "A/RES/71/237"), ("13", "31")),
        (20, ("A/75/816", "A/75/861", "A/57/816"), ("", "")),
        (21, ("A/76/135", "A/76/153", "A/67/135"), ("20", "12")),
    )
    forms = (
        "Participants referred to {at}{symbol} when they discussed what is taught in schools.",
        "The vote on {at}{symbol} showed how well the guidance is known.",
        "Several speakers recalled {at}{symbol}.",
        "It was recalled that {at}{symbol} gives guidance in this respect.",
    )
    for number, symbols, paras in listed:
        entry = of.statements[number]
        for form in forms:
            for place, text in enumerate(symbols):
                at = f"paragraph {paras[0]} of " if paras[0] else ""
                yield form.format(at=at, symbol=text), (entry,), place == 0
                yield form.format(at="", symbol=text), (entry,), place == 0
            if paras[1]:
                yield form.format(at=f"paragraph {paras[1]} of ", symbol=symbols[0]), (entry,), False


def speaker(of: Made) -> Written:
    forms = (
        "{name} argued that {gist}.",
        "According to {name}, {gist}.",
        "{name} reminded the audience that {gist}.",
        "As {name} explained, {gist}.",
    )
    for number, note in enumerate(NOTES):
        for other in (0, 3, 5):
            name = SEATS[(number + other) % 8][0]
            for form in forms:
                yield form.format(name=name, gist=low(note)), (of.turns[number],), other == 0


def tense(of: Made) -> Written:
    done = {
        "publish": "published",
        "train": "trained",
        "open": "opened",
        "host": "hosted",
        "reserve": "reserved",
        "translate": "translated",
    }
    for who, what, _, status in COMMITMENTS:
        verb, _, rest = what.partition(" ")
        past = f"{done[verb]} {rest}"
        finished = status == "done"
        yield f"The {who} has already {past}.", (), finished
        yield f"The {who} {past} after the session.", (), finished
        yield f"As promised, the {who} has {past}.", (), finished
        yield f"It was reported that the {who} {past}.", (), finished
        yield f"The {who} has since {past}, which was welcomed.", (), finished
        yield f"The {who} has fulfilled its promise to {what}.", (), finished
        yield f"The {who} still has to {what}.", (), not finished
        yield f"The {who} is yet to {what}.", (), not finished
        yield f"The promise of the {who} to {what} has not been kept so far.", (), not finished


def base(of: Made) -> Written:
    for number in range(len(STATEMENTS)):
        entry, s, whole = (of.statements[number],), low(STATEMENTS[number]), share(number)
        of_all = round(100 * sum(row[0] for row in votes(number)) / JOINED)
        if abs(of_all - whole) > 1:
            yield f"{of_all} per cent of all who joined the session agreed that {s}.", entry, True
            yield f"{whole} per cent of all who joined the session agreed that {s}.", entry, False
        for place in range(4):
            own = share(number, place)
            if abs(own - whole) > 2:
                name = GROUPS[place].lower()
                yield f"Among voters from {name}, {own} per cent agreed that {s}.", entry, True
                yield f"Among voters from {name}, {whole} per cent agreed that {s}.", entry, False
                yield f"Of the {name} participants who voted, {own}% supported the view that {s}.", entry, True
                yield f"Of the {name} participants who voted, {whole}% supported the view that {s}.", entry, False
    assert sum(SIZES) < JOINED


def answer(of: Made) -> Written:
    for number, text in enumerate(QUESTIONS):
        fate, entry = number % 4, (of.questions[number],)
        unreached = fate in (1, 3)
        yield f"The panel responded to the question “{text}”", entry, fate == 0
        yield f"The question “{text}” was answered by the speakers in the session.", entry, fate == 0
        yield f"In reply to the question “{text}” the panel gave several examples.", entry, fate == 0
        yield f"There was no time left for the question “{text}”", entry, unreached
        yield f"The question “{text}” remained unanswered.", entry, unreached
        yield f"A written reply was later given to the question “{text}”", entry, fate == 2


_OPENINGS = (
    "Participants noted that",
    "The discussion underlined that",
    "Several interventions stressed that",
    "It was felt that",
    "The moderator recalled that",
)
_REMARKS = (
    "meaningful connectivity is more than a cable",
    "capacity building deserves patience and long-term funding",
    "the voices of young people enrich the debate",
    "regional cooperation can lower costs",
    "implementation matters more than new promises",
    "trust between communities and operators takes time to grow",
    "different forums have distinct roles, and many dialogues are not a bad thing",
    "the multistakeholder approach remains essential for an open Internet",
    "schools should not become test beds for immature products",
    "there is a need to focus on inclusion in the coming year",
    "better data would help everyone to plan",
    "all of this depends on political will",
)
PROSE = tuple(f"{opening} {remark}." for opening in _OPENINGS for remark in _REMARKS)
"""Right sentences of the usual prose, without a planted error."""
