"""Vote on statements."""
