"""The words of codes, dates and records where people read them."""
