"""The page of the opinion map of a session."""
