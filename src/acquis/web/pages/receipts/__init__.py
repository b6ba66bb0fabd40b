"""The page with the receipts of a participant."""
