"""Figures computed from the state of a session: tallies, who was heard, areas of agreement, the opinion map."""
