"""Speed and memory, side by side with a named peer and a physical limit in the same run. `make bench`."""
