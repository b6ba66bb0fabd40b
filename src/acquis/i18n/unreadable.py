"""The message of each code of a text or a file that cannot be read: what is wrong and what to do."""

from __future__ import annotations

from acquis.i18n import N_

PROGRAMMES: dict[str, str] = {
    "empty": N_("The text is empty. Paste the text of the session page, or choose a file."),
    "not_text": N_("The file is not text. Open the page in a browser, copy its text and paste it here."),
    "too_large": N_("The text is too large. Paste the page of one session only. The limit is {limit}."),
    "too_many_sessions": N_(
        "The schedule has too many sessions (limit: {limit}). Split the file and import the parts."
    ),
    "transcript": N_("This text is a transcript. Paste the page of the session itself."),
    "not_igf": N_(
        "No title, organizers or speakers were found in this text. Paste the page of an IGF session, or "
        "enter the programme as YAML."
    ),
    "bad_schedule": N_("The schedule cannot be read. Export it again where it was made. Details: {reason}."),
    "no_sessions": N_("The file has no sessions. Export the schedule again where it was made."),
    "many_sessions": N_("The file has several sessions ({sessions}). Paste one of them."),
    "not_yaml": N_("Line {line} is not valid YAML. Details: {reason}."),
    "bad_programme": N_("In {where}: {reason}."),
}
"""What cannot be read as a programme, or imported as one."""

TRANSCRIPTS: dict[str, str] = {
    "empty": N_("The file is empty. Choose the transcript file and send it again."),
    "not_text": N_(
        "The file is not text. Save the transcript as a Word document (DOCX), text, WebVTT, SRT, Markdown, HTML or TEI."
    ),
    "nothing_understood": N_(
        "No intervention was recognized in this file. Save the transcript in one of the formats that are "
        "listed, with the name of the speaker before the words."
    ),
    "bad_encoding": N_(
        "The file cannot be read in the encoding “{encoding}”. Save it as UTF-8, or name another encoding."
    ),
    "unknown_encoding": N_(
        "The encoding of the file is uncertain. Save the file as UTF-8. Possible encodings: {guesses}."
    ),
    "too_large": N_("The file is too large. Split it into sessions. The limit is {limit}."),
    "bad_json": N_("The file is not well-formed JSON. Correct it and send the file again. Details: {reason}."),
    "bad_xml": N_("Line {line} is not well-formed XML. Correct it and send the file again. Details: {reason}."),
}
"""What cannot be read as a transcript."""

MEETING_REPORTS: dict[str, str] = {
    "empty": N_("The file is empty. Choose the report of the meeting program and send it again."),
    "not_text": N_("The file is neither a table nor text. Save the report as CSV or XLSX."),
    "unknown_encoding": N_(
        "The encoding of the file is uncertain. Save the file as UTF-8 or XLSX. Possible encodings: {guesses}."
    ),
    "too_large": N_("The file is too large. Send the report of one session only. The limit is {limit}."),
    "too_many_rows": N_("The report has too many rows (limit: {limit}). Split the file and send the parts."),
    "not_a_table": N_("The workbook cannot be opened. Save it again as XLSX or CSV."),
    "unknown_form": N_(
        "This report was not recognized. Save it in English, in one of the formats that are listed. Columns of "
        "the file: {columns}."
    ),
    "nobody": N_("The report lists no participants. Choose the attendance report."),
    "nothing_asked": N_("The report contains no questions."),
    "no_answers": N_("The report contains no answers to a poll."),
    "no_lines": N_("The chat contains no public line."),
}
"""What cannot be read as a report of a meeting program."""

ASSESSMENTS: dict[str, str] = {
    "too_large": N_("The file is too large for a self-assessment. Shorten it. The limit is {limit}."),
    "not_text": N_("The file is not UTF-8 text. Save it as UTF-8."),
    "not_yaml": N_("Line {line} is not valid YAML. Details: {reason}."),
    "not_an_assessment": N_("This file is not a self-assessment. Create one with `acquis assessment new`."),
    "other_version": N_("This self-assessment has format version “{version}”. Only version {known} can be read."),
    "unknown_field": N_("Line {line}: field “{field}” is not known here. Check its spelling."),
    "unknown_field_in": N_("Line {line}: field “{field}” is not known in {where}. Check its spelling."),
    "not_true_or_false": N_("Line {line}: {where} must be true or false."),
    "unknown_edition": N_("Line {line}: the edition must be one of: {known}."),
    "no_day": N_("Line {line}: {where} must be a date, written as 2026-11-23."),
    "no_list": N_("Line {line}: {where} must be a list. Start each line with “- ”."),
    "no_entry": N_("Line {line}: {where} could not be read. Write its fields below each other, as “name: text”."),
    "no_fields": N_("Line {line}: {where} must have fields below it, written “name: text”."),
    "no_text": N_(
        "Line {line}: {where} must be text. If it contains “: ” or begins with “[” or “{{”, put it in quotation marks."
    ),
}
"""What cannot be read as an assessment."""

OUTSIDE_DRAFTS: dict[str, str] = {
    "empty": N_("The draft has no sentence. Paste its text, or choose a file."),
    "not_text": N_("The file is neither text nor a Word document. Save the draft as DOCX, Markdown or UTF-8 text."),
    "too_large": N_("The draft is too large. Send the report of one session only. The limit is {limit}."),
    "too_many_sentences": N_("The draft has too many sentences ({there}, limit: {limit}). Send it in parts."),
    "long_sentence": N_("A sentence is too long (limit: {limit}). Split it: “{text}”."),
    "origin_missing": N_("The draft does not say who wrote it. Choose who wrote it."),
}
"""What cannot be read as a draft of a report that was made elsewhere."""
