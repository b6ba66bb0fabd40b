"""Live screens: streams, their regions, and the opinion map on them."""
