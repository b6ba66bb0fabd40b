"""Where a line begins with the name of who speaks: `>> NAME:`, `NAME:`, `Given FAMILY:`; and what only looks so."""

from __future__ import annotations

import functools
import re
import unicodedata

MARK = re.compile(r"[ \t]*(?:>>+|»)[ \t]*")
_HEAD = re.compile(r"[ \t\u00a0]*([^\s:：][^:：\n]{0,79}?)[ \t\u00a0]*(?::(?!//)|：)(?=\s|$|[^\d])[ \t\u00a0]*")


_LETTER = re.compile(r"[^\W\d_]")
_NOT_NAMES = re.compile(r"[!?;“”\"]|\d{3}|\d:\d|\b[a-z]\w+\.\s")
"""What is in no name; the last is the end of a sentence (a title, "Prof.", begins with a capital)."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PARTICLES = _set("de da do dos das del della di du la le van von den der ter bin bint ibn al el y e of the")
_TITLES = _set("h.e. he mr mrs ms miss dr prof professor ambassador amb sir dame the honourable hon minister")
_NO_NAMES = _set(
    "question questions answer point points session clause article part note notes first second third slide chapter "
    "day topic goal sdg option step figure table example agenda item items title subject date time room theme warning "
    "update summary conclusion background objective objectives http https thank thanks hello please yes okay because"
)
_BARE = _set("so and but well now good hi ok no also then here there this that what why how if today finally next")
"""Words that begin a sentence, and are a name only with others."""
ROLES = (
    "moderator", "online moderator", "onsite moderator", "co-moderator", "remote moderator", "chair", "chairman",
    "chairperson", "chairwoman", "speaker", "audience", "audience member", "unidentified speaker", "participant",
    "tech support", "announcer", "organizer", "interpreter", "host", "both speakers", "all", "video", "rapporteur",
    "question", "remote participant", "captioner",
)  # fmt: skip


def folded(text: str) -> str:
    """`text` without case, accents, and the many kinds of hyphen and apostrophe."""
    if text.isascii():
        return text.replace("`", "'").lower()
    plain = unicodedata.normalize("NFKD", text.replace("‑", "-").replace("–", "-").replace("’", "'").replace("`", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def is_role(name: str) -> bool:
    """Whether a name is only a role ("MODERATOR", "Speaker 2")."""
    return folded(name).rstrip("0123456789").rstrip(" #\t\u00a0").strip(" .") in ROLES


def head(line: str, marked: bool, mixed: bool) -> tuple[str, str] | None:
    """The name and the rest, where a line begins with a name and a colon. After a mark (`>>`) anything short that
    could be a name is one; without it, capitals and roles, and where `mixed` is allowed also names as they are usually
    written and names in scripts without capitals."""
    match = _HEAD.match(line) if ":" in line or "：" in line else None
    if match is None:
        return None
    name = match[1].strip().strip("*_").strip()
    return (name, line[match.end() :]) if _is_name(name, marked, mixed) else None


@functools.lru_cache(maxsize=8192)
def _is_name(name: str, marked: bool, mixed: bool) -> bool:
    if not _could_be(name):
        return False
    if is_role(name) or _capitals(name) or (marked and _short(name)):
        return True
    return mixed and (_usual(name) or _caseless(name))


def _words(name: str) -> list[str]:
    return name.replace(",", " ").split()


def _could_be(name: str) -> bool:
    words = _words(name)
    first = folded(words[0]).strip(".,") if words else ""
    if not words or len(words) > 9 or (len(words) == 1 and first in _BARE):
        return False
    if first in _NO_NAMES and not is_role(name):
        return False
    return _LETTER.search(name) is not None and _NOT_NAMES.search(name) is None


def _short(name: str) -> bool:
    """A name after a mark: at most six words, most of them beginning with a capital or in a script without any."""
    words = _words(name)
    high = [word for word in words if word[0].isupper() or not word[0].isalpha() or word[0].lower() == word[0].upper()]
    return len(words) <= 6 and 2 * len(high) > len(words)


def _capitals(name: str) -> bool:
    """`MARÍA DE LA CRUZ`, `O'NEIL, JOHN`: two letters or more, none of them small, but for particles and titles."""
    said = [word for word in _words(name) if folded(word).strip(".") not in _PARTICLES | _TITLES]
    letters = [letter for word in said for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _usual(name: str) -> bool:
    """`Ama Example`, `Jan van der Muster`: two words or more, each with a capital but for particles."""
    said = [word for word in _words(re.sub(r"\([^)]*\)", " ", name)) if folded(word).strip(".") not in _PARTICLES]
    return 2 <= len(said) <= 6 and all(word[0].isupper() for word in said) and not any(w[-1] == "." for w in said[-1:])


def _caseless(name: str) -> bool:
    """A name in a script without capitals: short, and nothing but letters and blanks."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 and len(name) <= 40 and all(letter.lower() == letter.upper() for letter in letters)
