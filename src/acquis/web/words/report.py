"""Labels of the parts of a report."""

from __future__ import annotations

from acquis.i18n import N_

TITLES = {
    "takeaways": N_("Key takeaways"),
    "calls_to_action": N_("Call to action"),
    "consensus": N_("Areas of consensus"),
    "concern": N_("Areas of concern"),
}
