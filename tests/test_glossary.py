"""The messages follow the glossary (docs/glossary.md) and are whole sentences that can be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from tools import words

ROOT = Path(__file__).resolve().parents[1]
with words.POT.open("rb") as template:  # a test in `test_words.py` holds it against the source
    IDS = [message.id for message in read_po(template) if message.id]
FORMS = sorted({(id,) if isinstance(id, str) else tuple(id) for id in IDS})
MESSAGES = sorted({message for forms in FORMS for message in forms})
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")
LONGEST = 25
"""Words of a sentence."""

OTHER_SENSES = {
    "state": ("state a reservation", "states the outcome"),
    "turn": ("out of turn", "out-of-turn", "turn the call to action"),
}
"""Word that is not in the glossary -> phrases in which it has another sense: the term for an exception; a verb."""

LABELS = {
    "as": "You take part as",  # a label in front of the list of actors
    "by": "Asked by | Endorsed by | Preceded by | Succeeded by",  # heads of a table, terms of a list
    "due": "Due | Reports due | due",  # a heading; a state of a report
    "entry": "Entry | Undone by entry | Fingerprint of the log up to this entry",  # heads of a table, a term of a list
    "for": "Search for",  # the label of a field
    "in": "In progress | in progress",  # a state of a session or a commitment
    "on": "On-site moderator | On-site moderators | on-site moderator | Statements to vote on",  # a role; a heading
    "to": "Addressed to",  # the label of a field
    "until": "until the session starts",  # below a clock that counts by itself
    "with": "Compared with | One idea in a short sentence that people can agree or disagree with",  # labels of fields
}
"""A word that joins the parts of a sentence -> the messages that begin or end with it and are whole all the same."""

STATES = {
    *("Answered in the session", "Answered in writing", "Merged", "Withdrawn", "Intervention"),
    *("In progress", "Not open yet", "Not stated", "Online", "Open for voting", "Panel", "Point of order", "Proposed"),
    *(
        "Not published yet",
        "Panellists",
        "Participant",
        "Participants",
        "Right of reply",
        "Speaker",
        "The room",
        "Waiting for an answer",
        "Withheld",
    ),
    *("On-site moderator", "Online moderator", "Organizer", "Rapporteur", "Responsible body"),
}
"""Headings and fields whose words are also a value inside a line ("online"), which begins in lower case."""

COUNTED = (
    "bytes characters commitments days entries groups hours interventions items lines minutes people questions reports "
    "requests seconds sentences sessions speakers statements votes words"
).replace(" ", "|")

TYPED = ("Line {line}: {where} must be a date", "“{date}” is not a date. Enter 2024-05-09")
"""Beginnings of messages about a file in which a date is written as 2024-05-09."""
FILES = ("Download log.jsonl and run", "programme.json of a record")
"""Beginnings of messages that are about this file."""


def rules() -> Iterator[tuple[str, str]]:
    """A term and a word that is not used for it; words with a remark in brackets depend on their sense."""
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and not cells[0].startswith(("**", "Term", "---")):
            yield from ((cells[0], word) for word in cells[2].split(", ") if word and "(" not in word)


def test_no_message_uses_another_word_than_the_glossary() -> None:
    used: list[tuple[str, str, str]] = []
    for term, word in rules():
        # "State" and "Chair" are the terms, "state" and "chair" are not.
        pattern = re.compile(rf"\b{re.escape(word)}(?:s|es)?\b", re.NOFLAG if term[0].isupper() else re.IGNORECASE)
        with_word = [message for message in MESSAGES if word.casefold() in message.casefold()]
        used += [(term, word, message) for message in with_word if pattern.search(_this_sense(message, word))]
    assert used == []


def _this_sense(message: str, word: str) -> str:
    text = PLACEHOLDER.sub(" … ", message)
    for phrase in OTHER_SENSES.get(word, ()):
        text = re.sub(re.escape(phrase), "", text, flags=re.IGNORECASE)
    return text


def test_no_message_is_a_part_of_a_sentence() -> None:
    # "For example" and "By speaker" begin a sentence or a label; a part in lower case does not.
    joining = r"of|to|for|by|at|as|is|are|was|in|with|from|on|and|or|due|than|between|until|into|entry"
    part = re.compile(rf"^({joining})\b|\b({joining})$", re.IGNORECASE)
    whole = {message for messages in LABELS.values() for message in messages.split(" | ")}
    beginning = re.compile(r"^[A-Z]")
    parts = []
    for message in MESSAGES:
        match = part.search(message)
        capital = beginning.match(message) and match and match.start() == 0
        if match and not capital and message not in whole:
            parts.append(message)
    assert parts == []


def test_messages_have_no_blanks_around_them() -> None:
    assert [message for message in MESSAGES if message != message.strip()] == []


def test_no_message_is_joined_to_its_neighbour() -> None:
    """A message in lower case that follows or precedes a value has no place for it in other languages."""
    inline = r"</?(?:b|i|span|bdi|code|time|strong|em)\b(?:[^<>{}]|\{\{.*?\}\})*>"
    joined = re.compile(r'\{\{ _\("([a-z][^"]*)"\) \}\} ?\{\{ (?!_\()|\}\} ?\{\{ _\("((?:of|to|by|from|for)\b[^"]*)"\)')
    for path in sorted((words.SOURCE / "acquis" / "web").rglob("*.html")):
        text = re.sub(inline, "", path.read_text("utf-8"))
        assert [match[1] or match[2] for match in joined.finditer(text)] == [], path.name


def test_one_meaning_has_one_wording() -> None:
    """No two messages differ in capitals or the point only."""
    same: dict[str, list[str]] = {}
    for message in MESSAGES:
        same.setdefault(message.lower().rstrip(".:"), []).append(message)
    assert [group for group in same.values() if len(group) > 1 and not STATES & set(group)] == []


def test_a_number_in_front_of_a_noun_has_both_forms() -> None:
    pattern = re.compile(rf"(?:\{{\w+\}}|%\(\w+\)s) (?:{COUNTED})\b")
    assert [forms[0] for forms in FORMS if len(forms) == 1 and pattern.search(forms[0])] == []


def test_a_percent_sign_follows_its_number() -> None:
    assert [message for message in MESSAGES if re.search(r"\s%(?!\()", message)] == []


def test_sentences_are_short() -> None:
    long = [s for message in MESSAGES for s in re.split(r"(?<=[.?!:])\s", message) if len(s.split()) > LONGEST]
    assert long == []
    assert [message for message in MESSAGES if ";" in message and len(message.split()) > LONGEST] == []


def test_sentences_have_no_machine_dates_files_or_addresses() -> None:
    machine = re.compile(r"\d{4}-\d\d|\b\w+\.(?:jsonl?|ya?ml|csv|db|py|md)\b|#\{|\W/\w*/?\{|docs/")
    assert [
        message for message in MESSAGES if machine.search(message) and not message.startswith((*TYPED, *FILES))
    ] == []
