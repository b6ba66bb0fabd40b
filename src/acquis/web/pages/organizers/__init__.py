"""The organizers of all sessions, and their links."""
