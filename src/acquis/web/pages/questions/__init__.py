"""The page for asking and supporting questions."""
