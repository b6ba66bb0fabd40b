"""The page on which a person leaves an address for one note."""
