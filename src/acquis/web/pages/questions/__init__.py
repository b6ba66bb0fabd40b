"""Ask and support questions."""
