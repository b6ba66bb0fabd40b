"""The public record of a session, its versions, and the audit of its floor."""
