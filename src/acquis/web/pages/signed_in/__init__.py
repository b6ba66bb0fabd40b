"""Where this browser is signed in, and leaving."""
