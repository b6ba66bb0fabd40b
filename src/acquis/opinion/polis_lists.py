"""The statistics of statements in Polis and the lists derived from them (see `polis`). All tests are one-sided at 90
%."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask

SIGNIFICANT = 1.2816
LISTED = 5
META_PRIORITY = 49.0


@dataclass(frozen=True)
class Statistics:
    """(groups, m) each. na, nd, ns: numbers of people who agree, disagree, vote (including pass). pa, pd: shares of
    agreement and disagreement with one pseudo-count on each side. pat, pdt: z of a share against one half. ra, rd:
    ratio to the share in all other groups. rat, rdt: z of the difference."""

    na: Floats
    nd: Floats
    ns: Floats
    pa: Floats
    pd: Floats
    pat: Floats
    pdt: Floats
    ra: Floats
    rd: Floats
    rat: Floats
    rdt: Floats


@dataclass(frozen=True)
class ConsensusEntry:
    """A statement (number) of a consensus list: successes, trials, share, and z."""

    statement: int
    success: int
    trials: int
    share: float
    test: float


@dataclass(frozen=True)
class Representing:
    """A statement (number) that represents a group by agreement or disagreement: z of the share, the ratio and its
    z."""

    statement: int
    agree: bool
    success: int
    trials: int
    share: float
    test: float
    ratio: float
    ratio_test: float
    best_agree: bool = False


def _share_z(success: Floats, trials: Floats) -> Floats:
    """z of a proportion against one half, with one added to both counts."""
    return 2 * np.sqrt(trials + 1) * ((success + 1) / (trials + 1) - 0.5)


def _difference_z(inside: Floats, outside: Floats, trials: Floats, others: Floats) -> Floats:
    """z of the difference of two proportions, with one added to all four counts; 0 if both proportions are 1."""
    s1, s2, n1, n2 = inside + 1, outside + 1, trials + 1, others + 1
    pooled = (s1 + s2) / (n1 + n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (s1 / n1 - s2 / n2) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return np.where(pooled == 1, 0.0, z)


def group_statistics(counts: Ints) -> Statistics:
    """The statistics of each group and statement. counts: (groups, m, 3) disagree, pass, agree."""
    nd, na, ns = (counts[:, :, 0].astype(float), counts[:, :, 2].astype(float), counts.sum(2).astype(float))
    na_out, nd_out, ns_out = na.sum(0) - na, nd.sum(0) - nd, ns.sum(0) - ns
    pa, pd = (na + 1) / (ns + 2), (nd + 1) / (ns + 2)
    return Statistics(
        na,
        nd,
        ns=ns,
        pa=pa,
        pd=pd,
        pat=_share_z(na, ns),
        pdt=_share_z(nd, ns),
        ra=pa / ((na_out + 1) / (ns_out + 2)),
        rd=pd / ((nd_out + 1) / (ns_out + 2)),
        rat=_difference_z(na, na_out, ns, ns_out),
        rdt=_difference_z(nd, nd_out, ns, ns_out),
    )


def informed_consensus(counts: Ints) -> Floats:
    """(m,): the product over the groups of (agree + 1) / (votes + 2)."""
    product: Floats = ((counts[:, :, 2] + 1) / (counts.sum(2) + 2)).prod(0)
    return product


def consensus_lists(everybody: Ints, zeroed: Mask) -> tuple[list[ConsensusEntry], list[ConsensusEntry]]:
    """The statements with which a majority of all people agrees, and those with which it disagrees, at most five each.
    everybody: (m, 3) counts."""
    stats = group_statistics(everybody[None])
    return tuple(  # type: ignore[return-value]  # two lists
        _most(count[0], stats.ns[0], share[0], test[0], zeroed)
        for count, share, test in ((stats.na, stats.pa, stats.pat), (stats.nd, stats.pd, stats.pdt))
    )


def _most(count: Floats, trials: Floats, share: Floats, test: Floats, zeroed: Mask) -> list[ConsensusEntry]:
    chosen = np.flatnonzero((share > 0.5) & (test > SIGNIFICANT) & ~zeroed)
    order = chosen[np.argsort(-(share * test)[chosen], kind="stable")][:LISTED]
    return [ConsensusEntry(int(j), int(count[j]), int(trials[j]), float(share[j]), float(test[j])) for j in order]


def priorities(everybody: Ints, extremity: Floats, meta: Mask) -> Floats:
    """(m,): the weight with which a statement is shown next. everybody: (m, 3) counts of the grouped people."""
    disagree, passed, agree = everybody.T.astype(float)
    cast = disagree + passed + agree
    importance = (1 - (passed + 1) / (cast + 2)) * (extremity + 1) * (agree + 1) / (cast + 2)
    return np.where(meta, META_PRIORITY, (importance * (1 + 8 * 2 ** (-cast / 5))) ** 2)


def representing(stats: Statistics, zeroed: Mask) -> list[list[Representing]]:
    """For each group up to five statements: the one with the best agreement, then by the product of all four measures.
    Agreements come before disagreements. The direction of a statement is the one in which the group differs more from
    all others, even for the one with the best agreement, as in Polis (`finalize-cmt-stats`)."""
    return [_of_group(stats, group, np.flatnonzero(~zeroed)) for group in range(len(stats.na))]


def _of_group(s: Statistics, g: int, statements: Ints) -> list[Representing]:
    best: int | None = None
    most: int | None = None
    sufficient: list[int] = []
    for j in statements.tolist():
        if _passes(s, g, j):
            sufficient.append(j)
        if _beats_agree(s, g, j, best):
            best = j
        if most is None or max(s.rat[g, j], s.rdt[g, j]) > max(s.rat[g, most], s.rdt[g, most]):
            most = j
    if not sufficient:
        fallback = best if best is not None else most
        return [] if fallback is None else [_entry(s, g, fallback, best=best is not None)]
    ranked = sorted((j for j in sufficient if j != best), key=lambda j: -_rank(s, g, j))
    first = [] if best is None else [_entry(s, g, best, best=True)]
    listed = (first + [_entry(s, g, j) for j in ranked])[:LISTED]
    return sorted(listed, key=lambda entry: not entry.agree)


def _passes(s: Statistics, g: int, j: int) -> bool:
    agrees = s.rat[g, j] > SIGNIFICANT and s.pat[g, j] > SIGNIFICANT
    return bool(agrees or (s.rdt[g, j] > SIGNIFICANT and s.pdt[g, j] > SIGNIFICANT))


def _beats_agree(s: Statistics, g: int, j: int, best: int | None) -> bool:
    if best is None:
        return bool(s.pat[g, j] > SIGNIFICANT or (s.ra[g, j] > 1 and s.pa[g, j] > 0.5))
    if s.ra[g, best] > 1:
        mine, theirs = (s.ra[g, k] * s.rat[g, k] * s.pa[g, k] * s.pat[g, k] for k in (j, best))
    else:
        mine, theirs = (s.pa[g, k] * s.pat[g, k] for k in (j, best))
    return bool(mine > theirs)


def _rank(s: Statistics, g: int, j: int) -> float:
    if s.rat[g, j] > s.rdt[g, j]:
        return float(s.ra[g, j] * s.rat[g, j] * s.pa[g, j] * s.pat[g, j])
    return float(s.rd[g, j] * s.rdt[g, j] * s.pd[g, j] * s.pdt[g, j])


def _entry(s: Statistics, g: int, j: int, *, best: bool = False) -> Representing:
    agree = bool(s.rat[g, j] > s.rdt[g, j])  # also for the best agreement: Polis takes the direction from these two
    count, share, test, ratio, ratio_test = (
        (s.na, s.pa, s.pat, s.ra, s.rat) if agree else (s.nd, s.pd, s.pdt, s.rd, s.rdt)
    )
    a, b, c, d = (float(value[g, j]) for value in (share, test, ratio, ratio_test))
    return Representing(
        j,
        agree,
        success=int(count[g, j]),
        trials=int(s.ns[g, j]),
        share=a,
        test=b,
        ratio=c,
        ratio_test=d,
        best_agree=best,
    )
