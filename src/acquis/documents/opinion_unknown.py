"""What the votes do not tell, as sentences of the page and the terminal of `acquis opinion`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from acquis.documents.opinion_result import KindLine, Result
from acquis.i18n import N_, N_plural, say, say_many
from acquis.i18n.vocabulary import word
from acquis.opinion import Constituencies
from acquis.statistics.opinion_words import kind_title


def counted(read: Constituencies) -> dict[str, int]:
    """Each group of a kind -> the number of statements on which it cast too few votes to be shown; without zeros."""
    groups = Counter(number for missing in read.areas.unknown.values() for number in missing)
    return {read.names[number]: groups[number] for number in sorted(groups)}


def unknown_of_kind(kind: KindLine, statements: int, language: str) -> Iterator[str]:
    """That fewer than two groups are shown, how many people are in none that is, and which groups cast too few votes on
    how many statements."""
    if len(kind.groups) < 2:
        few = (
            N_("No group can be shown.")
            if not kind.groups
            else N_("Only one group can be shown, so groups are not compared.")
        )
        yield say(language, few)
    if kind.not_said:
        yield say(language, N_("People without a stated group that can be shown: {n}."), n=kind.not_said)
    if kind.unknown:
        listed = (
            say(
                language,
                N_("{group} (statements: {n} of {statements})"),
                group=word(language, "group", name),
                n=n,
                statements=statements,
            )
            for name, n in kind.unknown.items()
        )
        yield say(language, N_("Not enough votes yet from: {groups}."), groups=", ".join(listed))


def unknown_of_all(read: Result, language: str) -> Iterator[str]:
    """On how many statements too few people voted, or too few of an opinion group."""
    if read.unknown:
        message = N_plural(
            "{n} statement has too few votes to say anything of it.",
            "{n} statements have too few votes to say anything of them.",
        )
        yield say_many(language, *message, read.unknown)


def beside_verdict(read: Result, named: Callable[[str], str], language: str) -> Iterator[str]:
    """What a reader has to know beside the verdict: on how many statements stated groups differ, and which statements
    count as one."""
    for kind in read.constituencies:
        if number := len(kind.areas["divided"]):
            message = N_plural(
                "{kind}: they differ by more than chance on {n} statement.",
                "{kind}: they differ by more than chance on {n} statements.",
            )
            yield say_many(language, *message, number, kind=kind_title(language, kind.kind))
    for bundle in read.structure.same:
        listed = ", ".join(f"“{named(statement)}”" for statement in bundle)
        yield say(
            language,
            N_("Votes on these statements are nearly the same, so they count as one: {listed}."),
            listed=listed,
        )


def explained(language: str) -> str:
    """What the figures mean."""
    return say(
        language,
        N_(
            "“At least” is the lower end of a range. In 9 of 10 such samples, the range holds the true share. "
            "“Participants” are the people who voted on any statement. If all of them voted on a statement, its share "
            "is exact. “Similar people” were not there. For them, small groups are partly counted with the others."
        ),
    )
