"""The opinion map of a session."""
