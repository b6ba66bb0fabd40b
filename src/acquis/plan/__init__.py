"""Preparing a session: the programme, importers, the dry run, and the publication of the programme."""
