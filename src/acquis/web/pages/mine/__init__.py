"""The own words of a participant."""
