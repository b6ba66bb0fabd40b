"""Self-assessments on how a State or an organization acts on the framework: files that stay with their owner, with
functions to check, compare and export them."""
