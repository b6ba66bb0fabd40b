"""The cases of every command, from all files of scenarios."""

from __future__ import annotations

from . import (
    scenarios,
    scenarios_after,
    scenarios_amending,
    scenarios_desk,
    scenarios_moderation,
    scenarios_own,
    scenarios_speech,
    scenarios_undoing,
    scenarios_words,
)
from .scenarios import Case

CASES: tuple[Case, ...] = (
    *scenarios.case,
    *scenarios_words.case,
    *scenarios_after.case,
    *scenarios_amending.case,
    *scenarios_desk.case,
    *scenarios_own.case,
    *scenarios_speech.case,
    *scenarios_moderation.case,
    *scenarios_undoing.case,
)
