"""Commitments and what came of them, of one session and of all."""
