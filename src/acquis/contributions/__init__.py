"""Contributions to a session and their outcomes: files of written contributions, and the ledger of all inputs."""
