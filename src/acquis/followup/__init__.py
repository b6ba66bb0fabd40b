"""Long after: what was called for, who does it by when, and what came of it."""

from acquis.followup import commitments

COMMANDS = commitments.COMMANDS
