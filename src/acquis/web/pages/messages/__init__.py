"""The pages for agreeing on messages."""
