"""The opinion map of a conversation as lines for a terminal, as a page and as data. Works on any Polis export."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np

from acquis.charts.bars import Bar, bars_svg
from acquis.charts.opinion_map import map_svg
from acquis.charts.svg import ALONE, STYLE, bare
from acquis.documents.bridging import bridging_lines, bridging_list
from acquis.documents.opinion_areas import areas_in_words, group_names, kind_in_words, representative_in_words
from acquis.documents.opinion_axes import axes_sentences, axis_ends
from acquis.documents.opinion_crowds import crowd_lists, crowd_sentences, crowd_text, crowds_result, uncompared
from acquis.documents.opinion_influence import influence_lines
from acquis.documents.opinion_polis import PolisResult, polis_lines, polis_lists, polis_origin, polis_sentence
from acquis.documents.opinion_result import (
    AlikeLine,
    AreaLine,
    Counted,
    Result,
    StatementResult,
    structure_line,
)
from acquis.documents.opinion_statements import statement_table, table_html
from acquis.documents.opinion_swarm import swarm
from acquis.documents.opinion_unknown import beside_verdict, explained, unknown_of_all, unknown_of_kind
from acquis.documents.slate import slate_lines, slate_result
from acquis.documents.templates import template
from acquis.i18n import N_, N_plural, say, say_many
from acquis.i18n.vocabulary import word
from acquis.opinion import (
    AGREE,
    OpinionMap,
    Positions,
    Votes,
    alike,
    effect_without,
    interval,
)
from acquis.opinion.files import Conversation
from acquis.statistics.opinion_words import TITLES, area_title, kind_title, percent, structure_sentence
from acquis.text.plain_text import one_line

LISTED = 10
FEWEST_DRAWN = 10
"""The least number of people who voted of whom a map is drawn: the places of fewer would say nothing about groups and
much about them."""
FOLLOWS = ((0.5, N_("Yes")), (0.25, N_("In part")), (-1.0, N_("No")))


def result(opinion: OpinionMap, source: Conversation, polis: PolisResult | None, language: str = "en") -> Result:
    """The map and its areas as data, with sentences in a language. `polis`: the results of Polis, to compare."""
    names = group_names(language, opinion.k) or [""]
    structure, votes = opinion.structure, _votes(opinion, source)
    alike_accounts = crowds_result(opinion, source, votes, language)
    assert structure is not None, "the command line always looks for groups"
    return Result(
        digest=opinion.digest,
        people=len(opinion.people) or opinion.sums.people,
        grouped=sum(opinion.sizes),
        statements=_statements(opinion, source),
        votes=int(opinion.everybody.sum()),
        events=source.events,
        k=opinion.k,
        sizes=list(opinion.sizes),
        structure=structure_line(structure, opinion.statements),
        explained=opinion.axes.explained.tolist(),
        said=structure_sentence(language, structure, crowds=bool(alike_accounts and alike_accounts.crowds)),
        areas=areas_in_words(
            language, opinion, opinion.areas, names, opinion.counts if opinion.k > 1 else opinion.everybody
        ),
        unknown=len(opinion.areas.unknown),
        constituencies=[kind_in_words(language, opinion, kind, read) for kind, read in opinion.constituencies.items()],
        representative=representative_in_words(language, opinion, names),
        alike=_alike(opinion, votes),
        crowds=alike_accounts,
        polis=polis,
    )


def with_slate(read: Result, opinion: OpinionMap, source: Conversation, language: str) -> Result:
    """The result with the short list, the evenly weighted agreement and the influence of few people, which a live map
    does without."""
    votes = _votes(opinion, source)
    made = slate_result(opinion, votes, source.memberships, source.texts, language)
    return msgspec.structs.replace(
        read, slate=made, bridging=bridging_list(opinion, language), influence=influence_lines(opinion, language)
    )


def _votes(opinion: OpinionMap, source: Conversation) -> Any:
    kept = set(opinion.statements)
    return source.votes.without_statements(statement for statement in source.votes.statements if statement not in kept)


def _counted(row: Any) -> Counted:
    disagree, passes, agree = (int(value) for value in row)
    return Counted(agree, disagree, passes)


def _statements(opinion: OpinionMap, source: Conversation) -> list[StatementResult]:
    groups = opinion.counts if opinion.k > 1 else opinion.counts[:0]
    return [
        StatementResult(
            str(statement),
            source.texts.get(statement, ""),
            _counted(opinion.everybody[0, j]),
            [_counted(group[j]) for group in groups],
            opinion.axes.loadings[j].tolist(),
        )
        for j, statement in enumerate(opinion.statements)
    ]


def _alike(opinion: OpinionMap, votes: Votes) -> list[AlikeLine]:
    groups = opinion.k if opinion.k > 1 else 0
    lines_ = []
    for people in alike(votes)[:LISTED]:
        effect = effect_without(votes, np.array(people), opinion.label, groups)
        gained, lost = ([str(opinion.statements[j]) for j in several] for several in (effect.gained, effect.lost))
        lines_.append(AlikeLine([str(opinion.people[n]) for n in people], gained, lost))
    return lines_


def lines(read: Result, language: str = "en") -> Iterable[str]:
    """The result in lines of text for a terminal."""
    texts = {row.statement: one_line(row.text) for row in read.statements}

    def named(statement: str) -> str:
        return f"{statement}  {texts[statement]}" if texts.get(statement) else statement

    yield say(
        language,
        N_("People: {people}. Statements: {statements}. Votes counted: {votes}, cast: {events}."),
        people=read.people,
        statements=len(read.statements),
        votes=read.votes,
        events=read.events,
    )
    yield read.said
    yield from beside_verdict(read, lambda statement: texts.get(statement) or statement, language)
    yield from crowd_text(read, named, language)
    yield from (line.sentence for line in read.influence)
    for kind in read.constituencies:
        yield ""
        groups = ", ".join(f"{word(language, 'group', name)} {size}" for name, size in kind.groups.items())
        title = kind_title(language, kind.kind)
        yield say(language, N_("{kind}: {groups}"), kind=title, groups=groups) if groups else title
        yield from ("  " + sentence for sentence in unknown_of_kind(kind, len(read.statements), language))
        if kind.follows is not None:
            yield "  " + followed(kind.follows, language)
        yield from _listed(kind.areas, named, language, "  ")
        if kind.differ:
            yield "  " + say(language, N_("All opinion groups or all stated groups agree, except:"))
            yield from (f"    {named(area.statement)}\n        {area.sentence}" for area in kind.differ[:LISTED])
    yield ""
    yield say(language, N_("Opinion groups"))
    yield from unknown_of_all(read, language)
    yield from map(one_line, axes_sentences(read, language))
    yield from _listed(read.areas, named, language, "")
    yield from (*slate_lines(read.slate, named, language), *bridging_lines(read.bridging, named, language))
    for group in read.representative:
        if group:
            yield ""
            yield say(language, N_("Statements that distinguish {group}"), group=group[0].group)
            yield from (f"  {named(area.statement)}\n      {area.sentence}" for area in group[:5])
    yield ""
    yield explained(language)
    yield from _alike_lines(read.alike, language)
    if read.polis:
        yield ""
        yield from polis_lines(read.polis, named, language)
    yield ""
    yield say(language, N_("Fingerprint of the sums: {digest}"), digest=read.digest)


def _alike_lines(listed: list[AlikeLine], language: str) -> Iterable[str]:
    if not listed:
        return
    yield ""
    yield say(language, N_("Accounts with identical votes (check these)"))
    for line in listed:
        yield "  " + say(
            language,
            N_("Accounts: {n}. Without them, areas of consensus gained: {gained}, lost: {lost}."),
            n=len(line.people),
            gained=len(line.gained),
            lost=len(line.lost),
        )


def followed(v: float, language: str) -> str:
    """A sentence on how closely the discovered groups follow the declared ones; `v`: Cramér's V, 0 to 1."""
    word = next(word for least, word in FOLLOWS if v >= least)
    return say(
        language,
        N_("Do the opinion groups match these groups? {word} (Cramér’s V {v})."),
        word=say(language, word),
        v=f"{v:.2f}",
    )


def _listed(areas: dict[str, list[AreaLine]], named: Any, language: str, indent: str) -> Iterable[str]:
    for kind in TITLES:
        if areas[kind]:
            title = area_title(language, kind, any(area.group for area in areas[kind]))
            yield f"{indent}{title} ({len(areas[kind])})"
            for area in areas[kind][:LISTED]:
                yield f"{indent}  {named(area.statement)}\n{indent}      {area.sentence}"


def picture(
    opinion: OpinionMap, read: Result, language: str = "en", *, alone: bool = True, me: Positions | None = None
) -> str:
    """The map as SVG. alone: for a file, with its style sheet and words; me: the position of the reader, to be
    marked."""
    names = [f"{name} · {size}" for name, size in zip(group_names(language, opinion.k), read.sizes)]
    return map_svg(
        opinion.positions.xy,
        opinion.label,
        title=say(language, N_("Opinion map. People: {n}"), n=read.people),
        description=read.said,
        names=names,
        ends=axis_ends(read, language),
        me=me.xy[0] if me is not None else None,
        known=me.ellipse(0) if me is not None else None,
        alone=alone,
    )


def map_needs(language: str, voters: int) -> str:
    """Why no map is drawn of so few people, and how many are missing."""
    message = N_plural(
        "The opinion map needs the votes of at least {needed} people. The votes of {n} more person are missing.",
        "The opinion map needs the votes of at least {needed} people. The votes of {n} more people are missing.",
    )
    return say_many(language, *message, FEWEST_DRAWN - voters, needed=FEWEST_DRAWN)


def bars(opinion: OpinionMap, j: int, names: list[str], counts: Any, language: str = "en") -> str:
    """The votes of each group on the statement with index `j`, as bars (SVG). counts: (groups, statements, 3)."""
    low, high = interval(counts[:, j, AGREE + 1], counts[:, j].sum(1))
    drawn = []
    for name, row, a, b in zip(names, counts[:, j], low, high):
        counted = _counted(row)
        voters = counted.agree + counted.disagree + counted.passes
        said = (
            say(
                language,
                N_("{group}: {share}% agree (votes: {of})"),
                group=name,
                share=percent(counted.agree / voters),
                of=voters,
            )
            if voters
            else say(language, N_("{group}: too few votes to show"), group=name)
        )
        agree, passes, disagree = (
            count / max(voters, 1) for count in (counted.agree, counted.passes, counted.disagree)
        )
        drawn.append(
            Bar(name, agree, passes=passes, disagree=disagree, low=float(a), high=float(b), voters=voters, said=said)
        )
    title = say(language, N_("Votes on statement {statement}"), statement=opinion.statements[j])
    return bars_svg(drawn, title=title, description=" ".join(bar.said + "." for bar in drawn))


def page(opinion: OpinionMap, read: Result, title: str, language: str = "en") -> str:
    """The result as a single HTML page without external resources."""
    place = {str(statement): j for j, statement in enumerate(opinion.statements)}
    texts = {row.statement: row.text or row.statement for row in read.statements}
    own = group_names(language, opinion.k) or [say(language, N_("All participants"))]
    counts = opinion.counts if opinion.k > 1 else opinion.everybody
    declared = [(kind, opinion.constituencies[kind.kind]) for kind in read.constituencies]
    named = functools.partial(word, language, "group")
    kinds = [(kind, list(map(named, of_kind.names)), of_kind.counts) for kind, of_kind in declared]

    def drawn(statement: str, names: list[str], of: Any) -> str:
        return bars(opinion, place[statement], names, of, language)

    return template("opinion.html").render(
        _=lambda message, **facts: say(language, message, **facts),
        title=title,
        read=read,
        texts=texts,
        kinds=kinds,
        own=own,
        counts=counts,
        drawn=drawn,
        titles=TITLES,
        area_title=functools.partial(area_title, language),
        kind_title=functools.partial(kind_title, language),
        group=named,
        map=bare(picture(opinion, read, language)),
        axes=list(axes_sentences(read, language)),
        swarm=bare(swarm(read, language)),
        statements=table_html(statement_table(opinion, read, language, even=True), language),
        followed=lambda v: followed(v, language),
        polis_lists=polis_lists(read.polis, language) if read.polis else [],
        polis_origin=polis_origin(read.polis, language) if read.polis else "",
        polis_sentence=lambda entry: polis_sentence(entry, language),
        listed=LISTED,
        unknown_of_kind=lambda kind: unknown_of_kind(kind, len(read.statements), language),
        unknown=list(unknown_of_all(read, language)),
        beside=list(beside_verdict(read, texts.__getitem__, language)),
        warned=crowd_sentences(read, language),
        changed=list(crowd_lists(read, language)),
        uncompared=uncompared(read, language),
        explained=explained(language),
        style=STYLE + ALONE,
        language=language,
    )
