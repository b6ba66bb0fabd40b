"""The sessions of an organizer, and a new one from a pasted page."""
