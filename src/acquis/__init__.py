"""Acquis holds a multistakeholder dialogue and keeps what it agreed."""

__version__ = "0.1.0"
