"""The labels of IGF pages of all years, and the fields to which the lines after them belong."""

from __future__ import annotations

import re

from acquis.text.folding import caseless

PEOPLE = {
    "organizer": "organizer",
    "organizers": "organizer",
    "speakers": "speaker",
    "additional speakers": "speaker",
    "moderator": "onsite",
    "moderators": "onsite",
    "onsite moderator": "onsite",
    "on-site moderator": "onsite",
    "online moderator": "online",
    "rapporteur": "rapporteur",
    "rapporteurs": "rapporteur",
}
PLACES = {
    "title": "title",
    "time": "time",
    "room": "room",
    "format": "format",
    "duration (minutes)": "minutes",
    "theme": "theme",
    "subtheme": "theme",
    "issue(s)": "theme",
    "issues": "theme",
    "about this session": "description",
    "description": "description",
    "diversity": "description",
    "agenda": "interaction",
    "interventions": "interaction",
    "interaction": "interaction",
    "format description": "interaction",
    "how will you facilitate interaction?": "interaction",
    "policy question(s)": "questions",
    "policy questions": "questions",
    "additional policy questions information": "issue",
    "connection with previous messages": "issue",
    "relevance to theme": "issue",
    "relevance to internet governance": "issue",
    "relevance to issue": "issue",
    "sdgs": "sdgs",
    "targets": "sdg_text",
    "expected outcomes": "outcomes",
    "what will participants gain from attending this session?": "outcomes",
    "hybrid format": "online_participation",
    "online participation": "online_participation",
    "usage of igf official tool": "official_tool",
    "key takeaways": "takeaways",
    "call to action": "calls",
    "session report": "report",
}
# Labels whose field has another name.
FIELDS = {
    "organizer": "organizers",
    "speaker": "speakers",
    "onsite": "onsite_moderators",
    "online": "online_moderators",
    "rapporteur": "rapporteurs",
    "questions": "policy_questions",
    "outcomes": "expected_outcomes",
}
# Labels that carry information of their own: they stay in the text.
SAID = frozenset(
    {
        "diversity",
        "interventions",
        "additional policy questions information",
        "connection with previous messages",
        "relevance to theme",
        "relevance to internet governance",
        "relevance to issue",
    }
)
# Labels that pages of other sites have too: they are not counted as signs of an IGF page.
COMMON = frozenset(
    {"organizer", "organizers", "speakers", "moderator", "moderators", "time", "room", "format", "theme", "subtheme"}
    | {"title", "issues", "description", "diversity", "agenda", "interventions", "interaction"}
)

_LABEL = re.compile(
    r"^(?P<label>"
    + "|".join(re.escape(label) for label in sorted((*PEOPLE, *PLACES), key=len, reverse=True))
    + r")(?P<due> ?\(\*[^)]{0,80}\)(?: - click on the \? symbol for instructions)?)?(?P<colon> ?[:.])?(?P<value> .+)?$",
    re.IGNORECASE,
)


_INLINE = re.compile(
    r"(?:^|(?<=[.?!;,)\w]) )(?P<label>"
    + "|".join(re.escape(label) for label in sorted((*PEOPLE, *PLACES), key=len, reverse=True) if "?" not in label)
    + r"): (?=\S)",
    re.IGNORECASE,
)


def inline_pieces(line: str) -> list[str]:
    """The pieces of a line `Title: ... Description: ... Speakers: ...` that has its labels inside it, each from its
    label on; a line that does not begin with a label, or has no other, stays whole."""
    starts = [match.start("label") for match in _INLINE.finditer(line) if match["label"][0].isupper()]
    if len(starts) < 2 or starts[0]:
        return [line]
    return [line[start:end].strip() for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]


def label_line(line: str) -> tuple[str, str] | None:
    """(label, value) of a line `Label`, `Label:`, `Label: value` or `Label (* deadline ...)`; None for any other line,
    such as a sentence that begins with the same word."""
    match = _LABEL.match(line)
    if match is None:
        return None
    ended = match["due"] or (match["colon"] or "").strip() == ":" or match["label"].endswith("?")
    if match["value"] and not ended:
        return None
    return caseless(match["label"]), (match["value"] or "").strip()
