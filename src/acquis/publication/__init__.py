"""The public log of a session, the Chatham House Rule, and the verification of published records."""
