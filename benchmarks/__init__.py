"""Measures speed and memory, in the same run as a named peer or a physical limit. `make bench`."""
