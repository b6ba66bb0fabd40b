"""The overlay: the page that a streaming program lays over the picture of a session."""
