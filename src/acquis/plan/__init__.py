"""Before the session: the programme, its dry run, who is who, and its publication."""
