"""How often what is left to chance is tried: `ACQUIS_TESTS` is "quick", "usual" or "thorough".

Every rule is tested in all three. "usual" finds in a few minutes what a change breaks, "thorough" looks for what is
rare.
"""

from __future__ import annotations

import os

EFFORT = os.environ.get("ACQUIS_TESTS", "usual")
SHARE = {"quick": 10, "usual": 6, "thorough": 1}[EFFORT]
"""Of what is tried in every combination, one in so many is tried: `cases[start::SHARE]`."""
_LEAST = {"quick": 4, "usual": 5, "thorough": 0}[EFFORT]


def times(thorough: int) -> int:
    """How often to try something that is tried so often in a thorough run; what is tried a few times stays as it is."""
    return max(thorough // SHARE, min(thorough, _LEAST))


def rarely(thorough: int) -> int:
    """How often to try what takes long: so often in a thorough run, else once."""
    return thorough if EFFORT == "thorough" else 1
