"""The handout of a session, to print."""
