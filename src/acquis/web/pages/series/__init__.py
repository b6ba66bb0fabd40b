"""The page of a series."""
