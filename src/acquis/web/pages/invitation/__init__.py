"""The invitation of a session, to hang on a door."""
