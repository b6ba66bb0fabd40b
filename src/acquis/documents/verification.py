"""The part of a report that tells how to verify its record."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.documents.blocks import Block, Heading, Paragraph
from acquis.documents.view import ReportView
from acquis.i18n import N_, say


def verification(view: ReportView, language: str) -> Iterator[Block]:
    """How a reader checks the log, and what the check shows."""
    yield Heading(say(language, N_("Verify this record")), anchor="verify")
    chained = N_("This record is calculated from the session log, in which each entry is linked to the one before it.")
    yield Paragraph(say(language, chained))
    yield Paragraph(say(language, N_("Log entries: {n}. Fingerprint: {head}."), n=view.entries, head=view.head))
    check = N_(
        "To verify it, download the session log from the session record and run Acquis on it. Acquis calculates every "
        "figure again and shows the fingerprint of the log. It must be the one above, which the room screen showed at "
        "entry {n}."
    )
    yield Paragraph(say(language, check, n=view.entries))
    shown = N_(
        "Verification shows that nothing has been changed, added or removed since someone noted an "
        "earlier fingerprint. It does not show that each participant was counted once or that captions "
        "are accurate."
    )
    yield Paragraph(say(language, shown))
