"""The pages in a frame of another site."""
