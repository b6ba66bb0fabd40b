"""What this browser is in a session: its passes, and moving to another device."""
