"""The sabotage list: ways to falsify a record, each with the status of its verification and what the answer names.

It is data: `cases.Case.make` gives a log or the files of a bundle with evidence, which any verifier can be given.
Genuine records stand between them, so that a verifier which refuses everything fails too.
"""

from __future__ import annotations

from .cases import Case
from .sabotage_events import PARTS
from .sabotage_evidence import EVIDENCE, GENUINE_EVIDENCE, RUNNING
from .sabotage_files import FILES
from .sabotage_lines import GENUINE, LINES
from .sabotage_outcomes import OUTCOMES
from .sabotage_totals import BALLOTS_AND_TOTALS

CASES: tuple[Case, ...] = (
    *GENUINE,
    *LINES,
    *PARTS,
    *BALLOTS_AND_TOTALS,
    *GENUINE_EVIDENCE,
    *EVIDENCE,
    *RUNNING,
    *OUTCOMES,
    *FILES,
)
