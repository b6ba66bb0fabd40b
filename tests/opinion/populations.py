"""Votes of made populations, of which it is known how opinions are distributed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from acquis.opinion import Votes, votes_from_arrays

Numbers = np.ndarray[Any, Any]
PASSES = 0.1


@dataclass(frozen=True)
class Population:
    """The votes, and the camp of each person (all 0 if there is one population)."""

    votes: Votes
    camp: Numbers


def spread(
    random: np.random.Generator,
    people: int,
    statements: int,
    votes: int,
    axes: int = 1,
    effect: float = 1.0,
    shape: str = "normal",
) -> Population:
    """One population on `axes` axes. shape: of its distribution on each. effect: standard deviation, in logits, of the
    effect of an axis on a statement."""
    size = people, axes
    places = {
        "normal": random.normal(size=size),
        "uniform": random.uniform(-np.sqrt(3), np.sqrt(3), size),
        "skewed": random.exponential(size=size) - 1,
        "heavy": random.standard_t(3, size) / np.sqrt(3),
    }[shape]
    return _cast(random, places @ random.normal(0, effect, (axes, statements)) + random.normal(size=statements), votes)


def camps(
    random: np.random.Generator, people: int, statements: int, votes: int, parts: tuple[float, ...], apart: float = 2.0
) -> Population:
    """Camps whose members differ by chance only. apart: standard deviation, in logits, of the leaning of a camp."""
    camp = random.permutation(np.searchsorted(np.cumsum(parts), (np.arange(people) + 0.5) / people))
    leaning = random.normal(0, apart, (len(parts), statements)) + random.normal(0, 0.5, statements)
    return Population(_cast(random, leaning[camp], votes).votes, camp)


def readiness(random: np.random.Generator, people: int, statements: int, votes: int) -> Population:
    """People who differ only in how readily they agree to anything."""
    return _cast(random, random.normal(size=(people, 1)) + random.normal(size=statements), votes)


def waves(random: np.random.Generator, people: int, statements: int, votes: int) -> Population:
    """One population, of which the first half voted on the first half of the statements and the others on the rest."""
    half = statements // 2
    logit = random.normal(size=(people, 1)) * random.normal(0, 1.5, statements) + random.normal(size=statements)
    early = np.arange(people) < people // 2
    open_to = np.where(early[:, None], np.arange(statements) < half, np.arange(statements) >= half)
    return _cast(random, logit, votes, open_to)


def unconnected(random: np.random.Generator, people: int, statements: int, votes: int) -> Population:
    """Votes of which none says anything about another."""
    return _cast(random, np.tile(random.normal(size=statements), (people, 1)), votes)


def one_sided(random: np.random.Generator, people: int, statements: int, votes: int, agree: float) -> Population:
    """A room in which the share `agree` agrees with each statement."""
    return _cast(random, np.full((people, statements), np.log(agree / (1 - agree))), votes, passes=0.0)


def wordings(random: np.random.Generator, people: int, statements: int, votes: int, copies: int) -> Population:
    """Unconnected votes, but the first `copies` statements say the same: one in 40 votes on one in another way."""
    logit = np.tile(random.normal(0, 0.8, statements), (people, 1))
    mind = random.random(people) < 1 / (1 + np.exp(-logit[:, 0]))
    logit[:, :copies] = np.where(mind, np.log(39), -np.log(39))[:, None]
    return _cast(random, logit, votes, passes=0.0)


def with_bots(
    random: np.random.Generator, people: int, bots: int, statements: int, votes: int, flipped: float = 0.05
) -> Population:
    """People without structure, and accounts that all vote as one does, but for a share of `flipped` votes."""
    logit = np.tile(random.normal(size=statements), (people + bots, 1))
    plan = np.where(logit[0] > 0, -1.0, 1.0) * np.log((1 - flipped) / flipped)  # against what is popular
    logit[people:] = plan
    return _cast(random, logit, votes, passes=0.0)


def _cast(
    random: np.random.Generator, logit: Numbers, votes: int, open_to: Numbers | None = None, passes: float = PASSES
) -> Population:
    """Each person votes on `votes` statements, drawn from those that are open to him or her."""
    people, statements = logit.shape
    order: Numbers = np.asarray(random.random(logit.shape))
    if open_to is not None:
        order = order + ~open_to
    person, statement = np.nonzero(order.argsort(1).argsort(1) < votes)
    agree = random.random(len(person)) < 1 / (1 + np.exp(-logit[person, statement]))
    choice = np.where(random.random(len(person)) < passes, 0, np.where(agree, 1, -1)).astype(np.int8)
    cast = votes_from_arrays(person, statement, choice, people=range(people), statements=range(statements))
    return Population(cast, np.zeros(people, np.int64))
