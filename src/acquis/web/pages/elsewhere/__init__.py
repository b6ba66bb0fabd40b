"""A draft of the report that was made elsewhere: a preview with its evidence and verdicts, and taking it in."""
