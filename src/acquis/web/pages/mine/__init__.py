"""The page of a participant's own turns, lines and questions."""
