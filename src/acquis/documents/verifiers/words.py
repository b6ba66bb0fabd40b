"""The texts of the page that verifies a record; the sentences of a verification are in `verify.py`."""

from __future__ import annotations

from acquis.documents.limits import NOT_PROVED, NOT_SECRET
from acquis.i18n import N_

PAGE = {
    "title": N_("Verify a session record"),
    "purpose": N_(
        "This page checks a record on your computer. It sends nothing and loads nothing, so it also works without a "
        "network."
    ),
    "needs_script": N_("This page needs JavaScript. You can also use the verifier for Python from the same folder."),
    "language": N_("Language"),
    "record": N_("Record"),
    "drop_hint": N_("Drag the files here, or choose them."),
    "record_file": N_("The log, or the archive of the whole record"),
    "record_folder": N_("The folder of the record"),
    "nothing_chosen": N_("No record is chosen."),
    "choose_first": N_("Choose a record first."),
    "chosen": N_("Chosen: {name}"),
    "files": N_("Number of files: {n}"),
    "evidence": N_("Evidence from the session (optional)"),
    "evidence_hint": N_(
        "Only something that you noted in the session can show that no one made this record anew from the first entry."
    ),
    "beside": N_("Receipts and checkpoints"),
    "fingerprint": N_("Fingerprint that you noted"),
    "key_noted": N_("Verifier key that you noted"),
    "verify": N_("Verify record"),
    "reading": N_("Checking the entries"),
    "limits": N_("What this page cannot check"),
    "limits_text": N_("It does not see links in a folder, because the browser follows them. No verifier can check:"),
    "not_secret": N_("What is not secret"),
    "wrong_browser": N_("This browser computes wrong fingerprints. Use another one."),
    "archive": N_("The archive {file} is damaged, or two programs could read it differently."),
    "too_large": N_("The file {file} is too large. Limit in bytes: {limit}."),
}
UNPROVED = {f"unproved_{n}": sentence for n, sentence in enumerate(NOT_PROVED)}
"""What nobody can check."""
KNOWN = {f"known_{n}": sentence for n, sentence in enumerate(NOT_SECRET)}
"""What is not secret."""
