"""What became of every input, as blocks of the report and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from acquis.contributions.ledger import OUTCOMES, InputKind, LedgerLine, OutcomeKind, ReportPlace, ledger
from acquis.contributions.synthesis import OutcomeCount, Synthesis, TakenUp, TopicCount, reported, synthesis
from acquis.contributions.wording import (
    KIND_WORDS,
    ONE_OF_KIND,
    excerpt,
    outcome_sentence,
    place_words,
    whole_sentence,
)
from acquis.documents.blocks import Block, Heading, Paragraph, worded_table
from acquis.documents.rows import written
from acquis.documents.topics import item_title
from acquis.events import Sentence
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import VOCABULARY
from acquis.state import State
from acquis.text.plain_text import one_line

MOST_LINES = 400
"""The most inputs in the table of a document; all are in `inputs.csv` and `report.json`."""
_NO_CAPTIONS = N_("There are no captions for this intervention.")


def inputs(state: State, language: str) -> Iterator[Block]:
    """The outcome of every input, counted and one by one; no block before the session has ended, and without inputs."""
    lines = ledger(state) if state.is_over else []
    if not lines:
        return
    yield Heading(say(language, N_("The outcome of every input")), anchor="inputs")
    about = N_(
        "An input is an intervention, a question, a statement or a written contribution. A sentence of the report "
        "takes up what it cites. Other outcomes are on the record or were stated by the team."
    )
    yield Paragraph(say(language, about))
    yield from synthesis_tables(synthesis(state, lines), reported(state), language)
    known = {line.input.entry: line for line in lines}
    columns = (N_("Entry"), N_("Input"), N_("Outcome"))
    listed = tuple(_line(line, known, language) for line in lines[:MOST_LINES])
    anchors = tuple(f"i{line.input.entry}" for line in lines[:MOST_LINES])
    yield worded_table(language, N_("Every input and its outcome"), columns, listed, anchors)
    if len(lines) > MOST_LINES:
        more = N_("The table is shortened. The file of all inputs has the rest. Total: {n}.")
        yield Paragraph(say(language, more, n=len(lines)))


def synthesis_tables(made: Synthesis, said: Mapping[ReportPlace, Sentence], language: str) -> Iterator[Block]:
    """The inputs by kind, stakeholder group and topic with their outcomes, and what each sentence takes up. `said`: the
    sentences of the report."""
    yield from counts_table(made.kinds, language)
    yield from counts_table(made.groups, language)
    if made.topics:
        heads = (N_("Topic"), N_("Total"), N_("Kinds"), N_("Stakeholder groups"), N_("Outcomes"))
        listed = tuple(topic_row(topic, language) for topic in made.topics)
        yield worded_table(language, N_("What was proposed on each topic"), heads, listed)
    if made.sentences:
        head = (N_("Sentence of the report"), N_("Inputs"), N_("Kinds"), N_("Stakeholder groups"))
        rows = tuple(_taken_up(taken, said[taken.place].text, language) for taken in made.sentences)
        yield worded_table(language, N_("Inputs that each sentence of the report takes up"), head, rows)


def counts_table(counts: Sequence[OutcomeCount], language: str) -> Iterator[Block]:
    """The inputs of each kind, or of each stakeholder group, with their outcomes; no block without any."""
    if not counts:
        return
    shown = [outcome for outcome in OUTCOMES if any(outcome in count.outcomes for count in counts)]
    first = N_("Kind of input") if counts[0].kind else N_("Stakeholder group")
    head = (first, N_("Total"), *(VOCABULARY["outcome"][outcome].label for outcome in shown))
    rows = tuple(
        (
            say(language, KIND_WORDS[count.kind]) if count.kind else one_line(count.stakeholder),
            str(count.of),
            *(str(count.outcomes.get(outcome, 0)) for outcome in shown),
        )
        for count in counts
    )
    caption = N_("Outcomes by kind of input") if counts[0].kind else N_("Outcomes by stakeholder group")
    yield worded_table(language, caption, head, rows)


def _taken_up(taken: TakenUp, text: str, language: str) -> tuple[str, ...]:
    place = "\n".join(filter(None, (place_words(language, taken.place), excerpt(text))))
    kinds, groups = _kinds(taken.kinds, language), _groups(taken.groups, language)
    return place, str(taken.inputs), kinds, groups


def topic_row(topic: TopicCount, language: str) -> tuple[str, ...]:
    """A topic, how many inputs were about it, of which kinds and from which groups, and what became of them."""
    title = item_title(topic.item) if topic.item else say(language, N_("No topic stated"))
    kinds, groups = _kinds(topic.kinds, language), _groups(topic.groups, language)
    return title, str(topic.inputs), kinds, groups, outcome_counts(topic.outcomes, language)


def outcome_counts(outcomes: Mapping[OutcomeKind, int], language: str) -> str:
    """How many inputs have each outcome, in words."""
    return ", ".join(f"{say(language, VOCABULARY['outcome'][kind].label)}: {n}" for kind, n in outcomes.items())


def _kinds(kinds: Mapping[InputKind, int], language: str) -> str:
    return ", ".join(f"{say(language, KIND_WORDS[kind])}: {n}" for kind, n in kinds.items())


def _groups(groups: Iterable[str], language: str) -> str:
    return one_line(", ".join(groups)) or say(language, N_("Not stated"))


def _line(line: LedgerLine, known: dict[int, LedgerLine], language: str) -> tuple[str, ...]:
    made = line.input
    text = excerpt(made.text)
    whose = one_line(", ".join(filter(None, (made.who, made.stakeholder))))
    before = [
        say(language, N_("Earlier: {outcome}"), outcome=one_line(outcome_sentence(language, outcome)))
        for outcome in line.earlier
    ]
    shown = (
        say(language, ONE_OF_KIND[made.kind]),
        whose,
        text or say(language, _NO_CAPTIONS if made.has_only_captions else N_("(text not public)")),
    )
    return (
        str(made.entry),
        "\n".join(filter(None, shown)),
        "\n".join((one_line(whole_sentence(language, line, known)), *before)),
    )


def inputs_table(state: State) -> bytes:
    """Every input with its outcome, as CSV."""
    head = (
        "entry", "kind", "outcome", "sentences", "merged-into", "who-answered", "deferred-to", "reason", "words",
        "stated-in-entry", "earlier", "who", "stakeholder-group", "regional-group", "lane", "text",
    )  # fmt: skip
    return written(head, map(_cells, ledger(state)))


def _cells(line: LedgerLine) -> tuple[object, ...]:
    made, outcome = line.input, line.outcome
    places = " ".join(f"{place.part}:{place.number}" for place in outcome.sentences)
    return (
        made.entry,
        made.kind,
        outcome.kind,
        places,
        outcome.into or "",
        outcome.who,
        outcome.to,
        outcome.reason,
        outcome.words,
        outcome.entry or "",
        " ".join(f"{before.kind}@{before.entry}" for before in line.earlier),
        made.who,
        made.stakeholder,
        made.region,
        made.lane,
        made.text,
    )
