"""Acquis runs multistakeholder dialogues and records what was agreed."""

__version__ = "0.1.0"
