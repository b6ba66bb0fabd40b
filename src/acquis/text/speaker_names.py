"""Detects the name of the speaker at the beginning of a line: `>> NAME:`, `NAME:`, `Given FAMILY:`."""

from __future__ import annotations

import re

from acquis.text.caches import text_cache
from acquis.text.folding import folded

MARK = re.compile(r"[ \t]*(?:>>+|»)[ \t]*")
_HEAD = re.compile(r"[ \t\u00a0]*([^\s:：][^:：\n]{0,79}?)[ \t\u00a0]*(?::(?!//)|：)(?=\s|$|[^\d])[ \t\u00a0]*")
_LETTER = re.compile(r"[^\W\d_]")
_NOT_NAMES = re.compile(r"[!?;“”\"]|\d{3}|\d:\d|\b[a-z]\w+\.\s")
"""Signs that no name contains; the last alternative is the end of a sentence, unlike a title such as "Prof."."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARTICLES = _set("de da do dos das del della di du la le van von den der ter bin bint ibn al el y e of the")
SMALL_WORDS = PARTICLES | _set("г-н г-жа господин госпожа m. mme mlle sr. sra. don doña")  # noqa: RUF001  # Russian
"""Particles, and titles that may be written with a small letter, as words of a name."""
_TITLES = _set("h.e. he mr mrs ms miss dr prof professor ambassador amb sir dame the honourable hon minister")
_NO_NAMES = _set(
    "question questions answer point points session clause article part note notes first second third slide chapter "
    "day topic goal sdg option step figure table example agenda item items title subject date time room theme warning "
    "update summary conclusion background objective objectives http https thank thanks hello please yes okay because"
)
_BARE = _set("so and but well now good hi ok no also then here there this that what why how if today finally next")
"""Words that often begin a sentence; they are part of a name only together with other words."""
ROLES = (
    "moderator", "online moderator", "onsite moderator", "co-moderator", "remote moderator", "chair", "chairman",
    "chairperson", "chairwoman", "speaker", "audience", "audience member", "unidentified speaker", "participant",
    "tech support", "announcer", "organizer", "interpreter", "host", "both speakers", "all", "video", "rapporteur",
    "question", "remote participant", "captioner", "secretariat", "president", "acting president", "vice-president",
    "co-chair", "vice-chair", "secretary", "secretary-general", "facilitator", "co-facilitator",
)  # fmt: skip


def is_role(name: str) -> bool:
    """Whether a name is only a role ("MODERATOR", "Speaker 2")."""
    return folded(name).rstrip("0123456789").rstrip(" #\t\u00a0").strip(" .") in ROLES


def head(line: str, marked: bool, mixed: bool) -> tuple[str, str] | None:
    """The name and the rest of a line that begins with a name and a colon; None if it does not.

    marked: the line follows a mark (`>>`), so any short text that may be a name is accepted. Otherwise names in
    capitals and roles are accepted, and with `mixed` also names in mixed case and in scripts without case."""
    match = _HEAD.match(line) if ":" in line or "：" in line else None
    if match is None:
        return None
    name = match[1].strip().strip("*_").strip()
    return (name, line[match.end() :]) if _is_name(name, marked, mixed) else None


@text_cache(8192)
def _is_name(name: str, marked: bool, mixed: bool) -> bool:
    if not could_be_name(name):
        return False
    if is_role(name) or _capitals(name) or (marked and _short(name)):
        return True
    return mixed and (_mixed_case(name) or _caseless(name))


def _words(name: str) -> list[str]:
    return name.replace(",", " ").split()


@text_cache(8192)
def could_be_name(name: str) -> bool:
    """Whether a short text before a colon may be a name: letters, no word that begins other things ("Question")."""
    words = _words(name)
    first = folded(words[0]).strip(".,") if words else ""
    if not words or len(words) > 9 or (len(words) == 1 and first in _BARE):
        return False
    if first in _NO_NAMES and not is_role(name):
        return False
    return _LETTER.search(name) is not None and _NOT_NAMES.search(name) is None


def _short(name: str) -> bool:
    """Whether a text after a mark is a name: at most six words, most of them capitalized or in a script without
    case."""
    words = _words(name)
    high = [word for word in words if word[0].isupper() or not word[0].isalpha() or word[0].lower() == word[0].upper()]
    return len(words) <= 6 and 2 * len(high) > len(words)


def _capitals(name: str) -> bool:
    """Whether a text is a name in capitals (`MARÍA DE LA CRUZ`, `O'NEIL, JOHN`): two letters or more, and lower case
    only in particles and titles."""
    said = [word for word in _words(name) if folded(word).strip(".") not in PARTICLES | _TITLES]
    letters = [letter for word in said for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _mixed_case(name: str) -> bool:
    """Whether a text is a name in mixed case (`Ama Example`, `Jan van der Muster`): two words or more, all capitalized
    except particles."""
    said = [word for word in _words(re.sub(r"\([^()]*+\)", " ", name)) if folded(word).strip(".") not in PARTICLES]
    return 2 <= len(said) <= 6 and all(word[0].isupper() for word in said) and not any(w[-1] == "." for w in said[-1:])


def _caseless(name: str) -> bool:
    """Whether a text is a name in a script without case: short, with letters and blanks only."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 and len(name) <= 40 and all(letter.lower() == letter.upper() for letter in letters)
