"""What a session takes over from earlier sessions of its series."""
