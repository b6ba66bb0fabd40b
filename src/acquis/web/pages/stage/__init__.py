"""The stage: the page for the projector in the room."""
