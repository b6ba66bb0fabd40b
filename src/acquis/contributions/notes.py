"""The note to a person who left an address: the outcome of each of her inputs, when the report is published."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.contributions.wording import ONE_OF_KIND, input_sentences
from acquis.i18n import N_, say
from acquis.state import State
from acquis.text.plain_text import one_line

EXCERPT = 120
"""The most characters of an input in the note."""
SUBJECT = N_("The outcome of your contributions: {title}")


def own_inputs(state: State, person: str) -> list[tuple[int, str, str]]:
    """The entry, kind and text of each question, statement and contribution of a person, in the order of the log. An
    anonymous question is nobody's."""
    listed = [
        *((made.seq, "question", made.text, made.person) for made in state.questions.values()),
        *((made.seq, "statement", made.text, made.person) for made in state.statements.values()),
        *((made.seq, "contribution", made.text, made.person) for made in state.contributions.values()),
    ]
    return sorted((seq, kind, text) for seq, kind, text, by in listed if person and by == person)


def note_text(language: str, state: State, public: State, person: str, address: str) -> str:
    """The text of the note; empty if the person handed in nothing. `public`: the state that everybody may see, from
    which the outcomes are; `address`: of the page of the session."""
    made = own_inputs(state, person)
    return "\n".join(_lines(language, made, public, address)) if made else ""


def _lines(language: str, made: list[tuple[int, str, str]], public: State, address: str) -> Iterator[str]:
    outcome_of = input_sentences(language, public)
    published = N_("The report of the session “{title}” has been published. This is the outcome of your contributions:")
    yield say(language, published, title=one_line(public.programme.title))
    for entry, kind, text in made:
        shown = one_line(text)
        excerpt = f": {shown[:EXCERPT]}{'…' if len(shown) > EXCERPT else ''}" if shown else ""
        yield f"\n{say(language, ONE_OF_KIND[kind])}{excerpt}"
        yield one_line(outcome_of(entry))
        yield f"{address}/entries/{entry}"
    yield f"\n{say(language, N_('Your receipts, on the device with which you took part:'))}\n{address}/receipts"
    yield f"\n{say(language, N_('This is the only note. Your address was kept for it alone and is deleted now.'))}\n"
