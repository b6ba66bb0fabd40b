"""Labels of the kinds of lines in the search over sessions."""

from __future__ import annotations

from acquis.i18n import N_

LINE_KINDS: dict[str, str] = {
    "takeaway": N_("Key takeaways"),
    "call_to_action": N_("Call to action"),
    "commitment": N_("Calls and commitments"),
    "statement": N_("Statements"),
    "question": N_("Questions"),
    "contribution": N_("Written contributions"),
    "speech": N_("Captions"),
}
LINE_KIND: dict[str, str] = {
    "takeaway": N_("Key takeaway"),
    "call_to_action": N_("Call to action"),
    "commitment": N_("Call or commitment"),
    "statement": N_("Statement"),
    "question": N_("Question"),
    "contribution": N_("Written contribution"),
    "speech": N_("Said"),
}
