"""Commitments made from the calls to action of a report, their progress, and the answers of the bodies they name."""

from acquis.followup import calls, commitments

COMMANDS = (*commitments.COMMANDS, *calls.COMMANDS)
