"""The page of the moderators."""
