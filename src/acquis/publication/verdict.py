"""The result of a verification as a sentence."""

from __future__ import annotations

from acquis.i18n import N_, say
from acquis.publication.verify import Verification

_PROBLEMS: dict[str, str] = {
    "empty": N_("The log is empty."),
    "line": N_("Not verified: entry {entry} is damaged ({reason}). Valid entries before it: {good}."),
    "chain": N_(
        "Not verified: entry {entry} was changed, added or removed ({reason}). Entries before it that "
        "are correct: {good}."
    ),
    "event": N_("Not verified: entry {entry} records an action that was not possible at that point ({reason})."),
    "undoing": N_("Not verified: entry {entry} undoes an action that could no longer be undone."),
    "erasure": N_("Not verified: the text of entry {entry} is missing, and the record gives no reason ({reason})."),
    "head": N_(
        "Not verified: the log is consistent, but no entry has the fingerprint {reason}. It is a different log."
    ),
    "figures": N_("Not verified: figures in the report at entry {entry} do not match the votes ({reason})."),
}


def sentence(language: str, verification: Verification) -> str:
    """The result of a verification in one sentence."""
    if verification.ok:
        message = N_(
            "Verified. Entries: {entries}, none changed, added or removed. Texts erased on request: "
            "{erased}. Texts withheld: {withheld}. Reports recalculated: {reports}. Fingerprint: {head}"
        )
        facts = {name: getattr(verification, name) for name in ("entries", "erased", "withheld", "reports", "head")}
        noted = (
            say(language, N_("The fingerprint you noted is that of entry {n}."), n=verification.seen_at)
            if verification.seen_at
            else ""
        )
        return " ".join(filter(None, (say(language, message, **facts), noted)))
    return say(
        language,
        _PROBLEMS[verification.problem],
        entry=verification.first_bad or 0,
        reason=verification.reason,
        good=verification.entries,
    )
