"""Several sessions: a gathering, a comparison, a search."""
