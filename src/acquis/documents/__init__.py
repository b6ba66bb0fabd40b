"""The output files of a session. Each is computed by a pure function from the state and the public log."""
