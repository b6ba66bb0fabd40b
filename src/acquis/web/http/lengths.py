"""The most characters of text fields that belong to no command.

The endpoints apply them, `/openapi.json` publishes those of request bodies, and the templates give them to the inputs.
"""

from __future__ import annotations

from acquis.command import REFERENCES_TEXT_LIMIT

NAME = 80
"""The name of a person, when joining and on a pass."""
SEARCH = 200
"""The words of a search."""
CODE = 40
"""The code of a session, with blanks and hyphens."""
REFERENCES = REFERENCES_TEXT_LIMIT
"""The ids of the reference that a sentence of the draft is about."""
DAY = 60
"""A day, as a person types it."""
