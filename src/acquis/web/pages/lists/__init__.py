"""The whole lists of a session, in pages and with a search: every question, every hand."""
