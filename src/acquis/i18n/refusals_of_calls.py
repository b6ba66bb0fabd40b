"""The sentences for the refusals of asking a body, of its answers, of joining calls, and of public action lists."""

from __future__ import annotations

from acquis.i18n import N_

CALLS: dict[str, str] = {
    "not_asked": N_("This link is not for this call. Open the newest link that you were sent, or ask the organizer."),
    "own_words_missing": N_(
        "Write what your body will do in its own words, or by another date. If it does what the call says, accept it."
    ),
    "reply_missing": N_("Write your reply, or choose another answer."),
    "too_many_answers": N_("This call has reached its limit of answers ({limit}). Write to the organizer instead."),
    "too_many_same_calls": N_("This call has reached its limit of joined calls ({limit})."),
    "no_such_series": N_("Series not found. Check the address."),
    "draft_changed": N_("The draft was changed in another window. Tick again what is to be carried over."),
    "list_columns": N_("The file has no column {columns}. Name the columns in the first row."),
    "list_empty": N_("The file has no rows below the names of the columns."),
    "list_encoding": N_("The encoding of the file is not clear ({names}). Save it as UTF-8, then send it again."),
    "list_too_large": N_("The file is too large. The limit is {limit} MB."),
    "list_too_long": N_("The file has more than {limit} rows. Send it in several parts."),
    "list_unreadable": N_("The file cannot be read as a table. Send a CSV file or a workbook (XLSX)."),
    "lists_full": N_("More than {limit} rows would be loaded. Remove a list first."),
}
