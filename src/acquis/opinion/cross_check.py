"""Compares the numbers of votes that a file of statements states with the votes themselves.

Two files can have ids in common and still not belong together: every conversation of Polis numbers its statements from
0. `comments.csv` holds how many people agreed and disagreed with each statement, which tells."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np

from acquis.opinion.sheets import BadFile
from acquis.opinion.votes import AGREE, DISAGREE, Votes

MOST_DIFFERENT = 0.15
"""The largest part of the votes by which two exports of one conversation may differ. In eleven published exports of
Polis it is 0.2 % to 3.8 %, because votes go on between two exports and people are removed."""
FEWEST_EXCHANGED, FEWEST_DIFFERENT = 8, 50
"""The least numbers of votes that must differ before exchanged signs, or another conversation, are taken as shown: in a
table of a few votes, typed by hand or exported between two votes, a difference proves nothing."""
Counts = Mapping[Hashable, tuple[int, int]]
"""Statement -> how many people agree and disagree."""


def check_counts(comments: str, votes_name: str, stated: Counts, votes: Votes) -> None:
    """Raises BadFile if the stated counts contradict the votes: agree and disagree exchanged, or another conversation.

    comments, votes_name: names of the files, for the sentence. stated: may list statements without votes."""
    counted = _counts(votes)
    ids = list(stated)
    theirs = np.array([stated[id] for id in ids], np.int64).reshape(-1, 2)
    ours = np.array([counted.get(id, (0, 0)) for id in ids], np.int64).reshape(-1, 2)
    different = np.abs(theirs - ours).sum(1)
    allowed = MOST_DIFFERENT * np.maximum(theirs.sum(1), ours.sum(1)).sum()
    if (off := different.sum()) <= max(allowed, FEWEST_EXCHANGED):
        return
    exchanged = np.abs(theirs[:, ::-1] - ours).sum() <= allowed
    worst = int(different.argmax())
    sentence = (
        f"{comments}: on statement {str(ids[worst])[:40]} it counts {_said(theirs[worst])}, but {votes_name} has "
        f"{_said(ours[worst])}"
    )
    if exchanged:
        raise BadFile(
            f"{sentence}. Agree and disagree are exchanged in one of the files: exports have 1 for agree, the database "
            "of Polis has -1. Change the sign of the votes, or export them again."
        )
    if off > FEWEST_DIFFERENT:
        raise BadFile(
            f"{sentence}. The two files do not belong together; give files of one conversation, exported at one time."
        )


def _said(counts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    return f"{counts[0]} to agree and {counts[1]} to disagree"


def _counts(votes: Votes) -> dict[Hashable, tuple[int, int]]:
    m = len(votes.statements)
    agree, disagree = (
        np.bincount(votes.statement[votes.choice == choice], minlength=m) for choice in (AGREE, DISAGREE)
    )
    return {id: (int(a), int(d)) for id, a, d in zip(votes.statements, agree, disagree)}
