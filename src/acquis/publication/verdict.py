"""The result of a verification as a sentence."""

from __future__ import annotations

from acquis.i18n import N_, say
from acquis.publication.verify import Verification

_PROBLEMS: dict[str, str] = {
    "empty": N_("There is nothing in this log."),
    "line": N_("Not verified: entry {entry} is damaged ({reason}). {good} entries before it are good."),
    "chain": N_("Not verified: entry {entry} was changed, added or left out ({reason}). {good} before it are good."),
    "event": N_("Not verified: entry {entry} tells of something that cannot be ({reason})."),
    "undoing": N_("Not verified: entry {entry} takes back something that could not be taken back then."),
    "erasure": N_("Not verified: the text of entry {entry} is missing without a reason in the record ({reason})."),
    "head": N_("Not verified: this log fits itself, but it has no entry with the head {reason}. It is another log."),
    "figures": N_("Not verified: the report in entry {entry} gives figures that the votes do not give ({reason})."),
}


def sentence(language: str, verification: Verification) -> str:
    """The result of a verification in one sentence."""
    if verification.ok:
        message = N_(
            "Verified: {entries} entries, none changed, added or left out; {erased} texts erased on request, "
            "{withheld} withheld by the moderators; every figure of {reports} published reports computed again. "
            "Head: {head}"
        )
        facts = {name: getattr(verification, name) for name in ("entries", "erased", "withheld", "reports", "head")}
        noted = (
            say(language, N_("The head you noted is that of entry {n}."), n=verification.seen_at)
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
