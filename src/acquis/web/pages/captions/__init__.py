"""What is said in a session: read, search, correct, import."""
