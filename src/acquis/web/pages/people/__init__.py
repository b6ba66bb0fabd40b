"""The page of the moderators for the people of a session."""
