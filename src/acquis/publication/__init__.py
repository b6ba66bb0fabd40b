"""What may leave a session: the public log, the Chatham House Rule, and the verification of what was published."""
