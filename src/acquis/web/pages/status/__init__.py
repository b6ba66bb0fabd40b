"""The state of the server, for organizers of all sessions."""
