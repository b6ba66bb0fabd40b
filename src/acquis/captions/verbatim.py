"""What a verbatim record of the United Nations says of the meeting, in its six languages: what happened, how
delegations voted, and in which language somebody spoke."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from babel import Locale

from acquis.text.folding import folded

_SPOKE = re.compile(
    r"\s*[(（](?:(?:spoke|speaking|continued) in (?P<en>[A-Z][a-z]+)"
    r"|(?:l[’']orat(?:eur|rice) )?(?:parle|a parlé|poursuit|reprend) en (?P<fr>[a-zé]+)"
    r"|(?:habla|continúa) en (?P<es>[a-zé]+)"
    r"|говорит (?P<ru>по\W\w+)"
    r"|以(?P<zh>\w+)发言"
    r"|(?:تكلم|تكلمت|واصل|واصلت) ب(?P<ar>\w+))(?:[;؛；][^()（）]*)?[)）]"  # noqa: RUF001  # the signs of Arabic and Chinese
)
_ALIASES = {"الانكليزيه": "en"}
"""Names of languages that the United Nations write in another way than the list of names: folded name -> code."""
_PROCEDURE = re.compile(
    r"(?i)(?:it was so decided|the meeting (?:was called to order|rose|was suspended|was resumed)|"
    r"(?:the )?(?:draft )?(?:resolution|decision|agenda|amendment|paragraph)\b.{0,160}\b"
    r"was (?:adopted|rejected|retained)|"
    r"an? (?:(?:recorded|separate|roll-call) )?vote (?:was|has been) taken|"
    r"(?:the )?motion (?:carries|carried|passes|passed|fails|failed|was (?:carried|passed|defeated|lost))\b.{0,40}$|"
    r"agenda items? \d+[^.:]{0,80}$"
    r"|il en est ainsi décidé|la séance est (?:ouverte|levée|suspendue|reprise)|il est procédé au vote|"
    r"point \d+ de l[’']ordre du jour|(?:par \d+ voix .{0,80}, )?l[ea] (?:projet|décision|résolution)\b.{0,160}\b"
    r"est (?:adoptée?|rejetée?)"
    r"|así queda acordado|se (?:abre|levanta|suspende|reanuda) la sesión|se procede a votación|"
    r"tema \d+ del programa|(?:por \d+ votos .{0,80}, )?queda (?:aprobad|rechazad)[oa]"
    r"|решение принимается|заседание (?:открывается|закрывается|прерывается|возобновляется)|"
    r"проводится (?:заносимое|раздельное|поименное)|пункт \d+ повестки дня"
    r"|就这样决定|[上下中]午[^。]{0,12}(?:开会|散会|休会|复会)|进行了记录表决|议程项目\d+"
    r"|(?:و?قد )?تقرر ذلك|(?:افتتحت|رفعت|علقت|استؤنفت) الجلسة|أجري تصويت|البند \d+ من جدول الأعمال)"
)
_OFFICE = re.compile(
    r"(?i).{3,120}, (?:vice-president|president|(?:vice-|co-)?chair(?:person|man|woman)?), (?:took|resumed) the chair"
    r"|.{3,80}(?: \.){4}"
)
_TALLY = re.compile(
    r"(?i)(?:in favou?r|against|abstaining|votent (?:pour|contre)|s[’']abstiennent|votos (?:a favor|en contra)|"
    r"abstenciones|голосовали (?:за|против)|воздержались|赞成|反对|弃权|المؤيدون|المعارضون|الممتنعون(?: عن التصويت)?)"
    r"[ \u00a0]*[:：]"
)
_LONGEST_NOTE = 2_000
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
"""The languages of the United Nations."""


class SpokenLanguage(NamedTuple):
    """The note of a language in a line: where it begins and ends, and the code of ISO 639-1, empty if unknown."""

    start: int
    end: int
    code: str


@functools.cache
def _codes() -> dict[str, str]:
    """The folded name of a language in the six languages -> its code."""
    names = {
        folded(name): code
        for language in LANGUAGES
        for code, name in Locale(language).languages.items()
        if len(code) == 2
    }
    return names | _ALIASES


def spoken_language(line: str) -> SpokenLanguage | None:
    """The note "(spoke in French)" near the beginning of a line; None if there is none."""
    if "(" not in line[:200] and "（" not in line[:200]:
        return None
    match = _SPOKE.search(line[:200])
    if match is None:
        return None
    name = next((value for value in match.groups() if value), "")
    if match["ru"]:
        name = f"{name[3:]}й"  # the adverb, as an adjective
    return SpokenLanguage(match.start(), match.end(), _codes().get(folded(name), ""))


def is_procedure(line: str) -> bool:
    """Whether a line says what happened in the meeting ("It was so decided."), what is dealt with, how delegations
    voted, or who holds an office (with a row of dots), and is nobody's words."""
    if len(line) >= _LONGEST_NOTE:
        return False
    bare = line.strip()
    if _PROCEDURE.match(bare) or opens_tally(bare):
        return True
    return (" . . " in bare or "chair" in bare.lower()) and _OFFICE.match(bare) is not None


def opens_tally(line: str) -> bool:
    """Whether a line begins the list of those who voted in one way ("In favour:")."""
    begin = line[:60]
    return (":" in begin or "：" in begin) and _TALLY.match(begin.strip()) is not None
