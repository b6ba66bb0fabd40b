"""What people contributed to a session, and what became of it: files of written contributions, and the ledger of all
inputs."""
