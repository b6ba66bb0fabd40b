"""The page that says whether a receipt, four words or a fingerprint belong to the record."""
