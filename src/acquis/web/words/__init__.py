"""Labels of codes, dates and records for readers."""
