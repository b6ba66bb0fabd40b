"""The page of the speakers who register before the session."""
