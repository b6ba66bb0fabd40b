"""The page on which a body answers the call that names it."""
