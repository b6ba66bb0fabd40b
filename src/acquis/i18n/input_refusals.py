"""The message of each refusal of what people contribute in writing, and of what became of inputs."""

from __future__ import annotations

from acquis.i18n import N_

INPUTS: dict[str, str] = {
    "no_inputs": N_("Choose at least one input, and each only once."),
    "no_such_input": N_("Entry {entry} is no intervention, question, statement or contribution."),
    "fate_incomplete": N_("Add the details of this outcome: who answered, where it was deferred, or the reason."),
    "inputs_open": N_("{n} inputs have no outcome yet. Choose a reason for them, or give them outcomes first."),
    "no_such_reason": N_("Choose a reason from the list."),
    "merged_in_circle": N_("Entry {entry} would be merged into itself. Choose another one."),
    "no_such_contribution": N_("Contribution {contribution} not found. Use the number of a contribution in the list."),
    "contributions_closed": N_("Written contributions are not accepted at this time. The page shows the deadline."),
    "contributed_before": N_("You have sent this contribution already."),
    "too_many_contributions": N_("You have sent {limit} contributions, which is the limit. Withdraw one first."),
    "contribution_withdrawn": N_("Contribution {contribution} was withdrawn by its author."),
    "bad_moment": N_("“{written}” is not a date and time. Choose both in the field."),
    "bad_source": N_("Nothing was saved. The source has to be the fingerprint of a file and the number of a row."),
    "text_and_file": N_("Send either a text or a file, not both."),
    "no_notes": N_("No address can be left here. This server sends no notes, or the report is published."),
    "bad_address": N_("Write one mail address, such as name@example.org."),
    "no_file": N_("Choose at least one file."),
    "file_unreadable": N_("“{file}” cannot be read, or has no text. Send a Word document (.docx) or a text file."),
    "file_too_large": N_("“{file}” is too large. The limit is {limit} MB."),
    "no_text_column": N_("“{file}” has no column “text”. Name the columns in the first row."),
    "too_many_rows": N_("The files have more than {limit} contributions. Send them in several parts."),
}
