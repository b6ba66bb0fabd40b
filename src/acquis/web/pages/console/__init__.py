"""The console: the page of the moderators."""
