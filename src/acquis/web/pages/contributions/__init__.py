"""The page of written contributions."""
