"""The whole lists of a session, in leaves and with a search: every question, every hand."""
