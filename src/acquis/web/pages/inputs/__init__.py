"""The page of the outcome of every input."""
