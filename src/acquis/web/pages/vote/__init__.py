"""The page for voting on statements."""
