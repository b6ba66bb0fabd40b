"""The function that computes the opinion map from votes. It calls methods of `VoterSubset`, which hold some of the
people each, and merges their results."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import reduce
from html import escape
from operator import add
from typing import Any, Protocol, TypeAlias

import numpy as np

from acquis.opinion import sampling
from acquis.opinion.arrays import Ints, Mask
from acquis.opinion.axes import DRAWN, Axes, fit_axes
from acquis.opinion.blas import one_thread
from acquis.opinion.bridging import Bridging, bridging
from acquis.opinion.consensus import LEAST_DIFFERENCE, Areas, areas, exclusive
from acquis.opinion.constituencies import Constituencies, constituencies, members, published
from acquis.opinion.disclosure import shown_camps
from acquis.opinion.fast import fast_place, fast_sums, fast_tally
from acquis.opinion.place import Positions
from acquis.opinion.representative import Representative, representative
from acquis.opinion.sampling import Keys, enough
from acquis.opinion.shares import interval
from acquis.opinion.structure import Camps, Structure, structure_of
from acquis.opinion.sums import Sums
from acquis.opinion.votes import AGREE, DISAGREE, PASS, Votes

Table: TypeAlias = dict[str, Any]
"""Column name -> the values, all of one length: an array, or a list of ids or texts."""
SHOWN = 20
"""The most statements of a summary in a notebook."""


@dataclass(frozen=True)
class Outline:
    """The part of the map that refers to no single person and can be merged from parts. camps: from left to right,
    None if there are none. sizes: the number of people in each, or of all with enough votes. everybody: (1, m,
    3) disagree, pass, agree. counts: (k, m, 3) of each camp, or of all people with enough votes."""

    sums: Sums
    axes: Axes
    structure: Structure | None
    camps: Camps | None
    everybody: Ints
    counts: Ints
    sizes: tuple[int, ...]

    @property
    def present(self) -> Ints:
        """(k,) the number of people in each camp; without camps, (1,) of all who voted."""
        return np.array(self.sizes if self.camps else [self.sums.people], np.int64)


@dataclass(frozen=True, eq=False, repr=False)
class OpinionMap:
    """The complete result. people, statements: ids, in the order of all arrays. positions: (n, 2) with their
    uncertainty. label: (n,) the camp of each person, numbered from left to right, -1 for people with too few
    votes; 0 for all others if there are no camps (k = 1). sizes: the number of people with each label.
    structure: None if it was not requested. counts: (k, m, 3) disagree, pass, agree; zero where a camp is not shown.
    areas: over the camps. constituencies: by kind, the comparison with the declared groups. bridging: the agreement of
    an evenly weighted population; None if the votes are not in one process. least_difference: see `areas`."""

    people: Sequence[Hashable]
    statements: tuple[Hashable, ...]
    sums: Sums
    axes: Axes
    positions: Positions
    k: int
    label: Ints
    sizes: tuple[int, ...]
    structure: Structure | None
    everybody: Ints
    counts: Ints
    areas: Areas
    representative: list[list[Representative]]
    constituencies: dict[str, Constituencies]
    bridging: Bridging | None = None
    least_difference: float = LEAST_DIFFERENCE

    @property
    def digest(self) -> str:
        """SHA-256 of the sums, hexadecimal: equal for the same votes on any engine and in any order."""
        return self.sums.digest()

    def __repr__(self) -> str:
        """A short text: the numbers of people, statements and votes, and what was found."""
        verdict = f", {self.structure.verdict}, groups={self.k}" if self.structure else ""
        votes = int(self.everybody.sum())
        return f"OpinionMap(people={len(self.people)}, statements={len(self.statements)}, votes={votes}{verdict})"

    def people_table(self) -> Table:
        """One row for each person: person (id), axis1, axis2, ... (position on each axis; the map shows the first two),
        axis1_sd, axis2_sd (standard deviation of those that are drawn), readiness (to agree, in standard deviations),
        group (number of the opinion group from left to right, 0 for all if there are none, -1 for a person with too few
        votes)."""
        places, spread = self.positions.places, self.positions.spread
        drawn = range(min(self.axes.number, DRAWN))
        return {
            "person": list(self.people),
            **{f"axis{axis + 1}": places[:, axis] for axis in range(self.axes.number)},
            **{f"axis{axis + 1}_sd": np.sqrt(np.maximum(spread[:, 2 * axis], 0)) for axis in drawn},
            "readiness": self.positions.lean,
            "group": self.label,
        }

    def statement_table(self, texts: Mapping[Hashable, str] | None = None) -> Table:
        """One row for each statement: statement (id), text, votes, agree, pass, disagree (counts), share (of the
        voters who agree, NaN without votes), low, high (its 90 % interval), even_share, even_low, even_high (the same
        of an evenly weighted population, see `bridging`), loading1, loading2, ... (on each axis), category (see
        `categories`), and for each opinion group the three counts (`group1_agree`, ...)."""
        everybody = self.everybody[0]
        voters = everybody.sum(1)
        low, high = interval(everybody[:, AGREE + 1], voters)
        with np.errstate(invalid="ignore"):
            share = everybody[:, AGREE + 1] / voters
        table: Table = {
            "statement": list(self.statements),
            "text": [(texts or {}).get(statement, "") for statement in self.statements],
            "votes": voters,
            "agree": everybody[:, AGREE + 1],
            "pass": everybody[:, PASS + 1],
            "disagree": everybody[:, DISAGREE + 1],
            "share": share,
            "low": low,
            "high": high,
            **self._evenly(),
            **{f"loading{axis + 1}": self.axes.loadings[:, axis] for axis in range(self.axes.number)},
            "category": self.categories(),
        }
        for number, counts in enumerate(self.counts if self.k > 1 else (), 1):
            for name, choice in (("agree", AGREE), ("pass", PASS), ("disagree", DISAGREE)):
                table[f"group{number}_{name}"] = counts[:, choice + 1]
        return table

    def _evenly(self) -> Table:
        even = self.bridging
        return {"even_share": even.expected, "even_low": even.low, "even_high": even.high} if even else {}

    def categories(self) -> list[str]:
        """For each statement the name of the list in `Areas` that holds it, of everybody, of the opinion groups or of a
        kind of declared groups; empty if none does."""
        names = [""] * len(self.statements)
        readings = (self.areas, *(kind.areas for kind in self.constituencies.values()))
        lists = [(part.name, getattr(read, part.name)) for read in readings for part in fields(read)]
        for name, listed in lists:
            for area in listed if isinstance(listed, list) else ():
                names[area.statement] = names[area.statement] or name
        return names

    def _repr_html_(self) -> str:
        """A summary for a notebook: the verdict, and the statements with most agreement."""
        table = self.statement_table()
        order = np.argsort(-np.nan_to_num(table["share"], nan=-1.0), kind="stable")[:SHOWN]
        rows = "".join(
            f"<tr><th>{escape(str(table['statement'][j]))}</th><td>{table['votes'][j]}</td>"
            f"<td>{table['share'][j]:.0%}</td><td>{table['low'][j]:.0%} to {table['high'][j]:.0%}</td>"
            f"<td>{table['category'][j]}</td></tr>"
            for j in order.tolist()
            if table["votes"][j]
        )
        return (
            f"<p>{escape(repr(self))}</p><table><thead><tr><th>Statement</th><th>Votes</th><th>Agree</th>"
            f"<th>90&nbsp;% interval</th><th>Category</th></tr></thead><tbody>{rows}</tbody></table>"
        )

    def to_pandas(self, texts: Mapping[Hashable, str] | None = None) -> tuple[Any, Any]:
        """The people and the statements as data frames of pandas; see `people_table` and `statement_table`. Raises
        ImportError if pandas is not installed."""
        import pandas  # noqa: PLC0415  # only here, and not needed by the program itself

        return pandas.DataFrame(self.people_table()), pandas.DataFrame(self.statement_table(texts))


@dataclass(frozen=True)
class VoterSubset:
    """Some of the people with their votes."""

    votes: Votes

    def choices(self) -> Ints:
        """(m, 3); this and the next three: see `sampling`."""
        return sampling.choices(self.votes)

    def voters(self, keys: Keys, tied: Mask) -> Keys:
        """(m,)"""
        return sampling.voters(self.votes, keys, tied)

    def signatures_of_many(self, keys: Keys) -> Keys:
        """One for each of the people with enough votes."""
        return sampling.signatures_of_many(self.votes, keys)

    def of_signature(self, keys: Keys, wanted: Keys) -> tuple[Keys, Votes]:
        """The signatures that occur here, and a person with each."""
        return sampling.of_signature(self.votes, keys, wanted)

    def sums(self) -> Sums:
        """The sums of these people; sums of disjoint parts can be added."""
        return fast_sums(self.votes)

    def positions(self, axes: Axes) -> Positions:
        """The positions of these people on the axes."""
        return fast_place(self.votes, axes)

    def label(self, camps: Camps | None) -> Ints:
        """(n,) the camp of each person, -1 for people with too few votes."""
        return camps.label(self.votes) if camps else np.where(enough(self.votes), 0, -1)

    def tally(self, camps: Camps | None) -> Ints:
        """(1 + k, m, 3): counts of the people with too few votes, then of each camp."""
        return fast_tally(self.votes, self.label(camps) + 1, 2 if camps is None else 1 + camps.number)

    def sizes(self, camps: Camps | None) -> Ints:
        """(k,) the number of people in each camp, or (1,) of those with enough votes."""
        return np.bincount(self.label(camps) + 1, minlength=2 if camps is None else 1 + camps.number)[1:]


class Each(Protocol):
    """Calls a method of every `VoterSubset`, in whatever process it is, and returns the results in a fixed order."""

    def __call__(self, method: str, *arguments: Any) -> list[Any]: ...


def outline(each: Each, previous: Axes | None = None, structure: Structure | None = None) -> Outline:
    """Sums, axes and counts of any number of parts that share no person. previous: axes to align with."""
    camps = structure.camps if structure else None
    total: Sums = reduce(add, each("sums"))
    axes = fit_axes(total, previous, structure.axes if structure else DRAWN)
    shown = camps and camps.ordered(np.argsort(camps.means @ axes.loadings[:, 0], kind="stable"))
    counts = sum(each("tally", shown))
    sizes = tuple(sum(each("sizes", shown)).tolist())
    return Outline(
        sums=total,
        axes=axes,
        structure=structure,
        camps=shown,
        everybody=counts.sum(0, keepdims=True),
        counts=counts[1:],
        sizes=sizes,
    )


@one_thread()
def opinion_map(
    votes: Votes,
    *,
    moderated: Iterable[Hashable] = (),
    memberships: Mapping[str, Mapping[Any, Sequence[str]]] | None = None,
    previous: Axes | None = None,
    structured: bool = True,
    least_difference: float = LEAST_DIFFERENCE,
    elsewhere: Each | None = None,
) -> OpinionMap:
    """The opinion map of these votes.

    moderated: statements that are left out. memberships: kind of constituency -> person -> the declared names.
    previous: axes of an earlier map to align with. structured: look for camps (some fifty fits of models to at most a
    thousand people); otherwise there are none. least_difference: see `areas`. elsewhere: an engine
    (`engines.elsewhere`) that holds the same votes, without the moderated statements; by default this process."""
    out = set(moderated)
    votes = votes.without_statements(out) if out else votes
    part = VoterSubset(votes)
    each = one_part(part) if elsewhere is None else elsewhere
    outlined = outline(each, previous, structure_of(each) if structured else None)
    label, (counts, shown) = part.label(outlined.camps), _publishable(outlined)
    everyone = outlined.camps is None
    read = areas(counts, shown, present=outlined.present, declared=everyone, least_difference=least_difference)
    declared = memberships or {}
    publishable = published(votes, [members(votes.people, of_kind)[1] for of_kind in declared.values()])
    kinds = {
        kind: constituencies(votes, of_kind, label, counts, read, least_difference=least_difference, publishable=own)
        for (kind, of_kind), own in zip(declared.items(), publishable)
    }
    positions = part.positions(outlined.axes)
    read, *settled = exclusive([read, *(of_kind.areas for of_kind in kinds.values())])
    return OpinionMap(
        people=votes.people,
        statements=tuple(votes.statements),
        sums=outlined.sums,
        axes=outlined.axes,
        positions=positions,
        k=len(outlined.counts),
        label=label,
        sizes=outlined.sizes,
        structure=outlined.structure,
        everybody=outlined.everybody,
        counts=counts if outlined.camps else outlined.counts,
        areas=read,
        representative=representative(counts) if outlined.camps else [],
        constituencies={kind: replace(kinds[kind], areas=own) for kind, own in zip(kinds, settled)},
        bridging=bridging(votes, positions),
        least_difference=least_difference,
    )


@one_thread()
def merged_map(each: Each, statements: Sequence[Hashable], least_difference: float = LEAST_DIFFERENCE) -> OpinionMap:
    """The opinion map of votes that only the parts have: without people, their positions and declared groups."""
    outlined = outline(each, None, structure_of(each))
    counts, shown = _publishable(outlined)
    nobody = VoterSubset(Votes([], statements, np.zeros(1, np.int64), np.zeros(0, np.uint16), np.zeros(0, np.int8)))
    return OpinionMap(
        people=(),
        statements=tuple(statements),
        sums=outlined.sums,
        axes=outlined.axes,
        positions=nobody.positions(outlined.axes),
        k=len(outlined.counts),
        label=nobody.label(outlined.camps),
        sizes=outlined.sizes,
        structure=outlined.structure,
        everybody=outlined.everybody,
        counts=counts if outlined.camps else outlined.counts,
        areas=areas(
            counts, shown, present=outlined.present, declared=outlined.camps is None, least_difference=least_difference
        ),
        representative=representative(counts) if outlined.camps else [],
        constituencies={},
        least_difference=least_difference,
    )


def _publishable(outlined: Outline) -> tuple[Ints, Mask | None]:
    """The counts of each camp, zero where they cannot be shown, and where they can; of everybody without camps."""
    if not outlined.camps:
        return outlined.everybody, None
    shown = shown_camps(outlined.everybody, outlined.counts)
    return np.where(shown[:, :, None], outlined.counts, 0), shown


def one_part(part: VoterSubset) -> Each:
    """An `Each` that calls the only part in this process."""

    def each(method: str, *arguments: Any) -> list[Any]:
        run: Callable[..., Any] = getattr(part, method)
        return [run(*arguments)]

    return each
