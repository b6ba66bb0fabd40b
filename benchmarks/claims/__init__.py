"""Labelled sentences of reports, from which the figures of docs/claims.md are made."""
