"""The pages of a synthesis: of a session with its draft, and of a gathering."""
