"""Words before a colon in minutes that are no speakers ("Attendees:", "Resolution:"), and the table of initials."""

from __future__ import annotations

import re
from collections.abc import Iterable

from acquis.text.caches import text_cache
from acquis.text.folding import folded
from acquis.text.speaker_names import is_role

_PEOPLE = re.compile(
    r"(?:(?:in[- ]person|on[- ]?site|remote|online|other|invited) )?"
    r"(?:attendees|attendance|participants|attending|present|in attendance|presentes?|guests|regrets|apologies|absent|"
    r"excused|scribes?|scribenick|minute[- ]?takers?|note[- ]?takers?|minutes by|notes by|"
    r"before|appearances|"
    r"chairs?|co-chairs?|moderators?|presenters?|facilitators?|delegates|observers|secretar(?:y|iat)|"
    r"presents?|excuses?|asistentes|participantes|teilnehmer(?:innen)?|anwesend|entschuldigt)"
)
_MATTER = re.compile(
    r"(?:proposed )?(?:resolutions?|decisions?|actions?|consensus|conclusions?|outcomes?|summary)"
    r"(?: items?| points?| \d+)?|resolved|proposed|proposals?|straw ?polls?|polls?|votes?|next (?:steps?|meeting)|"
    r"topics?|subtopics?|agenda|date|time|when|where|location|venue|links?|slides?|issues?|repository|notes?|to ?do|"
    r"key (?:points?|takeaways)|follow[- ]ups?|open (?:issues|questions)|background|references?|documents?|previous|"
    r"(?:(?:direct|cross|redirect|recross|further)[ -])?(?:examination )?by m(?:r|s|rs)\.? .{2,40}|"
    r"important|warning|reminder|discussion|meeting|room|duration|recording|transcript|title|subject|status"
)
_BOTS = re.compile(r"(?i)(?:rrsagent|zakim|gb|(?:track|agenda|ghurl|github-|meet|meeting|issue)bot|.{1,40}[_-]bot)\d*")
_FEW_WORDS = 4
_NAME = r"[^\W\d_](?:[^\W\d_]|[ .'’\-]){1,58}[^\W\d_]"
_SHORT = r"[A-Z][A-Za-z]{0,3}[A-Z]"
_INITIALS = (
    re.compile(rf"(?P<name>{_NAME}) ?[(\[](?P<short>{_SHORT})[)\]]"),
    re.compile(rf"^\W*(?P<short>{_SHORT})[ \t]*[-–—=][ \t]*(?P<name>{_NAME})[ \t]*$"),
    re.compile(rf"^\W*(?P<name>{_NAME})[ \t]+[-–—=][ \t]+(?P<short>{_SHORT})[ \t]*$"),
    re.compile(rf"^[ \t]*\|[ \t]*(?P<name>{_NAME})[ \t]*\|[ \t]*(?P<short>{_SHORT})[ \t]*\|"),
    re.compile(rf"^[ \t]*\|[ \t]*(?P<short>{_SHORT})[ \t]*\|[ \t]*(?P<name>{_NAME})[ \t]*\|"),
)
_LONGEST = 4_000


@text_cache(4096)
def is_matter(name: str) -> bool:
    """Whether a label belongs to the minutes, such as a decision, and is never a speaker."""
    return _MATTER.fullmatch(folded(name).strip(" .*_")) is not None


def is_bot(name: str) -> bool:
    """Whether a name is that of a program that takes minutes."""
    return _BOTS.fullmatch(name) is not None


def is_people(name: str, text: str) -> bool:
    """Whether a label with its text lists people ("Attendees: Ama, Ben"). An office does so only if no more than names
    follow it: "Chair: Carla" lists, and "Chair: The meeting is open." is speech."""
    if not _names_people(name):
        return False
    return not (is_role(name) or folded(name) == "before") or _only_names(text)


@text_cache(4096)
def _names_people(name: str) -> bool:
    return _PEOPLE.fullmatch(folded(name).strip(" .*_")) is not None


def _only_names(text: str) -> bool:
    """Whether a text is a list of names: each with few words, all of them with a capital letter, no sentence."""
    names = [name.split() for name in re.split(r"[,;&/]|\band\b", text.strip(" .")) if name.strip()]
    return not text.rstrip().endswith(("!", "?", ".")) and all(
        len(words) <= _FEW_WORDS
        and not words[-1][0].islower()
        and not any(word[0].islower() for word in words if len(word) > len("van"))
        for words in names
    )


def initials(lines: Iterable[str]) -> dict[str, str]:
    """Initials -> name, from lists such as "Ama Example (AE)" and tables with a column for them. Initials of two people
    are left out."""
    people: dict[str, set[str]] = {}
    for line in lines:
        for pattern in _INITIALS:
            for match in pattern.finditer(line[:_LONGEST]):
                name, short = " ".join(match["name"].split()), match["short"]
                if name[0].upper() == short[0] and not is_role(name) and name.upper() != name:
                    people.setdefault(short, set()).add(name)
    return {short: next(iter(names)) for short, names in people.items() if len(names) == 1}
