"""How to take part in a process."""
