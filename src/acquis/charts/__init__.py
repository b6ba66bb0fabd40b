"""SVG drawings: bars, the opinion map, the time line of a process."""
