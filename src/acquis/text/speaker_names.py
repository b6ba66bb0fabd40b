"""Detects the name of the speaker at the beginning of a line: `>> NAME:`, `NAME:`, `Given FAMILY:`."""

from __future__ import annotations

import re

from acquis.text.caches import text_cache
from acquis.text.folding import folded

MARK = re.compile(r"[ \t]*(?:>>+|»)[ \t]*")
_HEAD = re.compile(r"[ \t\u00a0]*([^\s:：][^:：\n]{0,79}?)[ \t\u00a0]*(?::(?!//)|：)(?=\s|$|[^\d])[ \t\u00a0]*")
_LETTER = re.compile(r"[^\W\d_]")
_SHORTENED = "hon|sr|sra|srta|dr|dra|mr|mrs|mme|mlle|prof|lic|ing|abg|gen|capt|lieut|brig|cllr|assoc|asst|dipl|msgr"
_NOT_NAMES = re.compile(
    rf"[!?;“”\"]|\d{{3}}|\d:\d|\b(?!(?:{_SHORTENED})\.)(?:[a-z]\w+|(?!(?i:{_SHORTENED})\.)[^\W\d_]{{4,}})\.\s"
)
"""Signs that no name contains; the last alternatives are the end of a sentence, unlike a title such as "Prof."."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARTICLES = _set("de da do dos das del della di du la le van von den der ter bin bint ibn al el y e of the")
SMALL_WORDS = PARTICLES | _set("г-н г-жа господин госпожа m. mme mlle sr. sra. don doña")  # noqa: RUF001  # Russian
"""Particles, and titles that may be written with a small letter, as words of a name."""
_TITLES = _set("h.e. he mr mrs ms miss dr prof professor ambassador amb sir dame the honourable hon minister")
_NO_NAMES = _set(
    "question questions answer point points session clause article part note notes first second third slide chapter "
    "day topic goal sdg option step figure table example agenda item items title subject date time room theme warning "
    "update summary conclusion background objective objectives http https thank thanks hello please yes okay because "
    "however moreover furthermore therefore indeed similarly meanwhile although while since firstly secondly lastly"
)
_BARE = _set("so and but well now good hi ok no also then here there this that what why how if today finally next")
"""Words that often begin a sentence; they are part of a name only together with other words."""
ROLES = frozenset(map(folded, (
    "moderator", "online moderator", "onsite moderator", "co-moderator", "remote moderator", "chair", "chairman",
    "chairperson", "chairwoman", "speaker", "audience", "audience member", "unidentified speaker", "participant",
    "tech support", "announcer", "organizer", "interpreter", "host", "both speakers", "all", "video", "rapporteur",
    "question", "remote participant", "captioner", "secretariat", "president", "acting president", "vice-president",
    "co-chair", "vice-chair", "secretary", "secretary-general", "facilitator", "co-facilitator",
    "an hon. member", "some hon. members", "several hon. members", "hon. members", "une voix", "des voix",
    "président", "présidente", "président par intérim", "présidente par intérim", "vice-président", "vice-présidente",
    "modérateur", "modératrice", "secrétaire", "secrétaire général", "secrétaire générale", "rapporteuse",
    "presidente", "presidenta", "presidente interino", "presidenta interina", "vicepresidente", "vicepresidenta",
    "moderador", "moderadora", "secretario", "secretaria", "secretario general", "secretaria general", "relator",
    "relatora", "präsident", "präsidentin", "vorsitzender", "vorsitzende", "moderatorin",
    "председатель", "председательствующий", "исполняющий обязанности председателя", "заместитель председателя",
    "секретарь", "генеральный секретарь", "ведущий", "ведущая", "модератор",
    "主席", "代理主席", "副主席", "主持人", "秘书", "秘书长", "秘書長",
    "الرئيس", "الرئيسة", "الرئيس بالنيابة", "الرئيسة بالنيابة", "نائب الرئيس", "نائبة الرئيس", "رئيس الجلسة",
    "رئيسة الجلسة", "الأمين العام", "الأمينة العامة", "مدير الجلسة", "مديرة الجلسة",
)))  # fmt: skip
"""Offices and other words for somebody who speaks, in English and in the languages of the United Nations."""
_NO_OFFICES = frozenset(("question", "video", "all"))
"""Those that are no speaker after an article ("The question: ...")."""
_ARTICLE = re.compile(r"(?:the|le|la|el|die|der|o|a)\s+(?=\w{4})|l'(?=\w)")
_TITLED = re.compile(
    r"(?:(?i:the|el|la|le|o|a)\s+|[Ll]['’])?"
    r"(?i:mr|mrs|ms|mx|miss|sir|dame|lord|lady|hon|rt\.? hon|señora?|senhora?|sra?|srta|mme|mlle|madame|monsieur|frau|"
    r"herr|m(?=\.)|senator|deputy|councillor|council ?member|judge|justice|г-н|г-жа|господин|госпожа|السيد|السيدة)"  # noqa: RUF001  # Russian
    r"\.?\s+(?P<rest>\S.*)"
)
"""A name with a title before it, in the languages of parliaments: `La señora MUESTRA`, `L'hon. Ama Example`."""


def is_role(name: str) -> bool:
    """Whether a name is only a role ("MODERATOR", "Speaker 2")."""
    plain = folded(name).rstrip("0123456789").rstrip(" #\t\u00a0").strip(" .")
    bare = _ARTICLE.sub("", plain, count=1)
    return plain in ROLES or (bare in ROLES and bare not in _NO_OFFICES)


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
    return mixed and (_mixed_case(name) or _caseless(name) or _titled(name))


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


def _titled(name: str) -> bool:
    """Whether a text is a name with a title (`La señora MINISTRA DE FAROS (Muestra)`): what follows the title begins
    with a capital letter or in a script without case."""
    title = _TITLED.fullmatch(name)
    return title is not None and not title["rest"][0].islower() and len(_words(name)) <= 8


def _caseless(name: str) -> bool:
    """Whether a text is a name in a script without case: short, with letters and blanks only."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 and len(name) <= 40 and all(letter.lower() == letter.upper() for letter in letters)
