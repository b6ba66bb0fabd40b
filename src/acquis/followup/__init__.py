"""Commitments made from the calls to action of a report, and their progress."""

from acquis.followup import commitments

COMMANDS = commitments.COMMANDS
