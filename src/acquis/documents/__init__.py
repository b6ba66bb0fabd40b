"""The forms in which a session is handed on. Each is a pure function from the state (and the log) to bytes."""
