"""The commands that draft, confirm and publish the report of a session, and the suggestions to its writers."""

from acquis.report import confirming, drafting, publishing

COMMANDS = (*drafting.COMMANDS, *confirming.COMMANDS, *publishing.COMMANDS)
