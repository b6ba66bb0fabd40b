"""The start page: sessions, and the way in with a code."""
