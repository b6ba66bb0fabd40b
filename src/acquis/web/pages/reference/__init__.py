"""The reference: processes, documents, norms, sources."""
