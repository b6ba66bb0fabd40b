"""The page of the rapporteur: evidence, and the draft of the report."""
