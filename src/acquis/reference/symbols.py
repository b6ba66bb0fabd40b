"""UN document symbols: parse them, find them in running text, normalize them, and check them against known documents.

The grammar is our own and covers the series that the dialogues cite. A symbol of another series is not found, nor one
of the first thirty sessions without a session or suffix (A/1388), because it cannot be distinguished from other text
("A/4"). The known documents are passed in by the caller; a symbol is never reported as wrong only because it is
unknown."""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from acquis.reference.paragraphs import Range, paras_beside, paras_text, year_beside
from acquis.text.plain_text import plain_signs

Kind = Literal["resolution", "decision", "statement", "draft", "conference-paper", "record", "document"]
Organ = Literal["assembly", "human-rights-council", "security-council", "ecosoc", "secretariat", "treaty-body", "osce"]


class Symbol(msgspec.Struct, frozen=True):
    """A document symbol. `normal` is its normalized text ("A/RES/70/237", "A/RES/2625(XXV)", "S/RES/2341 (2017)");
    `session` is written as in it ("70", "ES-11", "XXV"), empty if the series has none; `number` is the running number,
    `part` its letter ("K" of A/RES/49/75K); `year` is set only if it is part of the symbol; suffixes are like
    ("Add.1",)."""

    kind: Kind
    organ: Organ
    normal: str
    session: str
    number: int
    part: str = ""
    year: int = 0
    suffixes: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address on the document site of the UN; empty for the OSCE. The form of the link is unverified: it has
        not been tried for every series."""
        return "" if self.organ == "osce" else "https://docs.un.org/en/" + self.normal.replace(" ", "")


Fault = Literal["", "session", "decision_number", "missing_part", "form"]
"""Why a text is not a symbol: the session does not exist; a decision of the General Assembly has a number below 401; a
part is missing; any other fault ("form")."""


class Mention(msgspec.Struct, frozen=True):
    """A symbol in running text: `text` is the text from offset `start` to before `end`. With a `fault`, `symbol` is
    None and `normal` is only the cleaned text. `year` is the year that the text gives for the document ("of 10 March
    2016"), `called` the kind that it names ("report", "resolution", "decision", or empty). `paras` are the cited
    paragraphs, at the offsets `paras_at` (start, end)."""

    start: int
    end: int
    text: str
    normal: str
    symbol: Symbol | None
    fault: Fault = ""
    year: int = 0
    called: str = ""
    paras: tuple[Range, ...] = ()
    paras_at: tuple[int, int] = (0, 0)


class KnownDocument(msgspec.Struct, frozen=True):
    """What is known about a document; numbers are 0 if unknown. `kind` is "report", "resolution" or "decision"."""

    symbol: str
    kind: str = ""
    last_paragraph: int = 0
    year: int = 0


Code = Literal["malformed", "other_kind", "wrong_year", "no_such_paragraph", "same_number", "similar", "unknown"]
HINTS = ("same_number", "similar", "unknown")
"""A document is not among the known ones, which is no error: one of another kind has its number, or a similar one."""


class Diagnosis(msgspec.Struct, frozen=True):
    """What is wrong or unknown about a mention; `suggestions` are normalized symbols, the most similar first. The
    facts: - malformed: `fault` (one of Fault; "session_year" with `session` and `year`; "future_session" with
    `session`) - other_kind: `said`, `known` (a report is called a resolution, or the other way round) - wrong_year:
    `said`, `known` - no_such_paragraph: `paras`, `last` - same_number: `known`"""

    code: Code
    suggestions: tuple[str, ...] = ()
    facts: dict[str, str | int] = {}

    @property
    def is_wrong(self) -> bool:
        """Whether it is wrong whatever other documents there are."""
        return self.code not in HINTS


class Found(msgspec.Struct, frozen=True):
    """A mention in a report; `line` and `column` are counted from 1, in characters."""

    line: int
    column: int
    text: str
    normal: str
    paras: str
    finding: Diagnosis | None


# The series, matched against the text in upper case without blanks and suffixes.

_N, _YEAR = r"(?P<number>[1-9]\d{0,4})", r"(?P<year>(?:19|20)\d\d)"
_SESSION, _OLD = r"(?P<session>[1-9]\d{0,3}|E?S-[1-9]\d?)", r"(?P<session>[IVX]+|E?S-[IVX]+)"
_SERIES = r"(?:(?P<series>L|CRP|WP|PV|SR|INF|PM)\.|(?:INF|NGO|G|POS)/)?"
_BODY = r"(?:/(?:C\.\d{1,2}|SC\.\d|WG\.(?:\d{1,2}|[IVX]+)|PC|BMS|RC))?"
_KINDS: dict[str, Kind] = {"RES": "resolution", "DEC": "decision", "PRST": "statement", "L": "draft"}
_KINDS |= {"CRP": "conference-paper", "WP": "conference-paper", "PV": "record", "SR": "record"}
_PAPER = rf"(?:/{_YEAR})?/(?!(?:19|20)\d\d$){_SERIES}{_N}"
_COMMITTEES = "CAT|CCPR|CED|CEDAW|CERD|CMW|CRC|CRPD"
_GRAMMAR: list[tuple[Organ, str]] = [
    ("assembly", rf"A/(?P<series>RES|DEC)/{_SESSION}/{_N}(?P<part>[A-Z]?)"),
    ("assembly", rf"A/(?P<series>RES)/{_N}\({_OLD}\)(?P<part>[A-Z]?)"),
    ("assembly", rf"A/(?:C\.[1-7]/|INF/|BUR/)?{_SESSION}/{_SERIES}{_N}"),
    ("assembly", rf"A/(?:AC|CN|CONF)\.\d{{1,3}}{_BODY}{_PAPER}"),
    ("assembly", rf"A/{_N}"),
    ("human-rights-council", rf"A/HRC/(?P<series>RES|DEC|PRST)/{_SESSION}/{_N}"),
    ("human-rights-council", rf"A/HRC/(?:WG\.\d/)?{_SESSION}/(?:[A-Z]{{3}}/)?{_SERIES}{_N}"),
    ("security-council", rf"S/(?P<series>RES)/{_N}(?:\({_YEAR}\))?"),
    ("security-council", rf"S/(?P<series>PRST)/{_YEAR}/{_N}"),
    ("security-council", rf"S/(?P<series>PV)\.{_N}"),
    ("security-council", rf"S/{_YEAR}/{_SERIES}{_N}"),
    ("ecosoc", rf"E/(?P<series>RES|DEC)/{_YEAR}/{_N}"),
    ("ecosoc", rf"E/{_YEAR}/{_SERIES}{_N}"),
    ("ecosoc", rf"E/(?:CN|C)\.\d{{1,2}}{_PAPER}"),
    ("secretariat", rf"ST/(?:[A-Z]{{2,6}}/)+(?:(?:{_YEAR}|SER\.[A-Z])/)?{_N}"),
    ("treaty-body", rf"(?:{_COMMITTEES})/C/(?:GC/|[A-Z]{{3}}/(?:CO|Q|QPR)/)?{_N}"),
    ("osce", rf"(?:PC|FSC|MC)\.(?P<series>DEC)/{_N}(?:/\d\d)?"),
]
_READ = [(organ, re.compile(pattern, re.ASCII)) for organ, pattern in _GRAMMAR]
_SUFFIX = re.compile(r"(?:ADD|CORR|REV|AMEND)\.[1-9]\d{0,2}")
_SERIES_BEGUN = re.compile(r"(?:A/(?:RES|DEC|HRC|C\.\d|(?:AC|CN|CONF)\.\d+)|[SE]/RES|E/DEC|A/\d+)/.*\d.*")
_ROMAN = re.compile("(?!$)X{0,2}(?:IX|IV|V?I{0,3})|X{3}")  # sessions to the thirtieth
_FIRST_WITH_SESSION, _LAST_SESSION = 31, 130  # A/RES/31/1 of 1976 is the first of its form; the 130th begins in 2075


def _classify(squeezed: str) -> Symbol | None:
    base, *suffixes = re.split(r"/(?=(?:ADD|CORR|REV|AMEND)\.)", squeezed)
    if not all(map(_SUFFIX.fullmatch, suffixes)):
        return None
    for organ, pattern in _READ:
        if (hit := pattern.fullmatch(base)) and (suffixes or not base[2:].isdecimal()):
            facts = {"series": "", "session": "", "part": "", "year": "", **hit.groupdict("")}
            kind, number, year = _KINDS.get(facts["series"], "document"), int(facts["number"]), int(facts["year"] or 0)
            added = tuple(suffix.title() for suffix in suffixes)
            normal = "/".join([base.replace("(", " (") if organ == "security-council" else base, *added])
            return Symbol(kind, organ, normal, facts["session"], number, part=facts["part"], year=year, suffixes=added)
    return None


def _fault(symbol: Symbol) -> Fault:
    if symbol.organ != "assembly" or not symbol.session.isalnum():
        return ""
    if symbol.session.isalpha():
        return "" if _ROMAN.fullmatch(symbol.session) else "session"
    if not _FIRST_WITH_SESSION <= int(symbol.session) <= _LAST_SESSION:
        return "session"
    return "decision_number" if symbol.kind == "decision" and symbol.number < 401 else ""


# Search: a candidate is extracted with a bounded expression and then parsed with the grammar.

_FLAGS, _SLASH = re.IGNORECASE | re.ASCII, r"\s{0,2}/\s{0,2}"
_SEGMENT = (
    r"\d{1,4}\s{0,2}\((?:E?S-)?[IVX]{1,6}\)(?:[A-Z](?![A-Z]))?|\d{1,8}[A-Z]?(?![A-Z\d])|E?S-\d{1,3}(?!\d)|SER\.[A-Z]"
    r"|(?:CONF|CORR|AMEND|CRP|ADD|REV|AC|CN|WG|INF|DEC|PV|SR|WP|PM|SC|C|L)\.\s?(?:\d{1,8}|[IVX]{1,5})(?![A-Z\d])"
    rf"|(?:RES|DEC)\.?\s{{1,2}}\d{{1,4}}(?=\s{{0,2}}/)|(?:[A-Z]{{2,6}}|G)(?={_SLASH}\w)"
)
_CANDIDATE = re.compile(
    r"(?:(?<![\w./-])|(?<=\d/)|(?<=docs\.org/)|(?<=un\.org/)|(?<=\.org/[a-z]{2}/))(?:"
    r"S\s{0,2}/\s{0,2}RES[\s/]{1,3}\d{1,5}(?!\d)(?:\s{0,2}\(\d{4}\))?"
    r"|(?:PC|FSC|MC)\.\s?DEC\s{0,2}[/.]\s{0,2}(?:No\.?\s?)?\d{1,5}(?![\dA-Z])(?:/\d\d(?!\d))?"
    r"|A(?P<mark>[._-])RES(?P=mark)\d{1,3}(?P=mark)\d{1,4}(?![A-Z\d])"
    rf"|(?:A|S|E|ST|HRC|(?:{_COMMITTEES}){_SLASH}C)(?:{_SLASH}(?:{_SEGMENT})){{1,8}})",
    _FLAGS,
)
_ORGANS = {
    "A": r"(?:UN)?GA|(?:General\s{1,2})?Assembly",
    "A/HRC": r"(?:UN)?HRC|Human\s{1,2}Rights\s{1,2}Council",
    "S": r"(?:UN)?SC|Security\s{1,2}Council",
    "E": r"ECOSOC|Economic\s{1,2}and\s{1,2}Social\s{1,2}Council",
    "PC": r"(?:OSCE\s{1,2})?(?:PC|Permanent\s{1,2}Council)|OSCE",
}
_CUE = re.compile(
    rf"\b(?:(?P<organ>{'|'.join(_ORGANS.values())})(?:['’]s)?\s{{1,2}})?"
    r"(?P<word>resolution|res\b\.?|decision)(?P<many>s?)\s{1,2}(?:Nos?\.?\s{0,2})?"
    r"(?P<ref>\d{1,4}(?:\s[A-Z])?\s{0,2}\([IVXES-]{1,6}\)|\d{1,4}\s{0,2}\(\d{4}\)"
    r"|(?:\d{1,4}|E?S-\d{1,2})\s{0,2}/\s{0,2}\d{1,4}[A-Z]?|\d{1,4})(?![\w/(]|-\d)",
    _FLAGS,
)
_NEXT = re.compile(r"\s{0,2}(?:,\s?and|,|and|or|&)\s{1,2}(?P<ref>\d{2,4}/\d{1,4}[A-Z]?|\d{3,4})(?![\w/(])", _FLAGS)
_CALLED = re.compile(r"\b(report|resolution|decision)\s{1,2}$", _FLAGS)


def parse_symbol(text: str) -> Symbol | None:
    """The symbol that makes up the whole text, in any spelling ("a / res / 70 / 237", "UN Doc. A/70/174", "GA decision
    75/564"); None if the text is no symbol or malformed."""
    line = re.sub(r"^\s*(?:UN\s)?doc(?:ument)?\.?\s", "", plain_signs(text), flags=_FLAGS).strip()
    mentions = _symbols(line) if len(line) < 200 else []
    return mentions[0].symbol if len(mentions) == 1 and mentions[0].text == line else None


def find_symbols(text: str) -> list[Mention]:
    """All mentions of symbols in running text, in order and without overlap, including malformed ones. Spelled-out
    mentions count ("resolutions 68/167 and 69/166", "Security Council resolution 2341 (2017)"); a bare "70/237" does
    not. Paragraphs are assigned to the symbol that directly follows ("para 13(j) of A/70/174") or precedes them."""
    line = plain_signs(text)
    mentions = [msgspec.structs.replace(mention, text=text[mention.start : mention.end]) for mention in _symbols(line)]
    for at, paras in paras_beside(line, [(mention.start, mention.end) for mention in mentions]).items():
        mentions[at] = msgspec.structs.replace(mentions[at], paras=paras.ranges, paras_at=(paras.start, paras.end))
    return mentions


def _symbols(line: str) -> list[Mention]:
    mentions: list[Mention] = []
    for mention in sorted(_candidates(line), key=lambda mention: (mention.start, -mention.end)):
        if not mentions or mention.start >= mentions[-1].end:
            mentions.append(mention)
    return mentions


def _candidates(line: str) -> Iterator[Mention]:
    for hit in _CANDIDATE.finditer(line):
        if mention := _read(line, hit):
            yield mention
            kind = mention.symbol.kind if mention.symbol else ""
            if kind in ("resolution", "decision") and mention.normal.startswith(("A/", "PC")):
                yield from _listed(line, mention.end, mention.normal)
    for hit in _CUE.finditer(line):
        organ = next((key for key, words in _ORGANS.items() if re.fullmatch(words, hit["organ"] or "", _FLAGS)), "")
        if normal := _spelled(organ, hit["word"], hit["ref"]):
            yield _mention(line, hit.start(), hit.end(), normal)
            if hit["many"]:
                yield from _listed(line, hit.end(), normal)


def _read(line: str, hit: re.Match[str]) -> Mention | None:
    squeezed = _squeezed(hit[0])
    if whole := _classify(squeezed):
        right = hit[0][0].isupper() or not _fault(whole)  # "a/1/2" is something else
        return _mention(line, hit.start(), hit.end(), squeezed) if right else None
    for blank in reversed(list(re.finditer(r"\s+/", hit[0]))):  # "A/70/174 / 2 pages"
        if _classify(_squeezed(hit[0][: blank.start()])):
            return _mention(line, hit.start(), hit.start() + blank.start(), _squeezed(hit[0][: blank.start()]))
    begun = hit[0][0].isupper() and _SERIES_BEGUN.fullmatch(squeezed)
    return _mention(line, hit.start(), hit.end(), squeezed) if begun else None


def _squeezed(written: str) -> str:
    """The text in upper case without blanks, with the substitutes of the slash replaced."""
    text = re.sub(r"\s", "", written).upper()
    text = re.sub(r"^((?:PC|FSC|MC)\.DEC)[/.](?:NO\.?)?", r"\1/", re.sub(r"^A([._-])RES\1(\d+)\1", r"A/RES/\2/", text))
    return re.sub(r"/(RES|DEC)\.?/?(?=\d)", r"/\1/", re.sub(r"^HRC/", "A/HRC/", text))


def _mention(line: str, start: int, end: int, squeezed: str) -> Mention:
    symbol = _classify(squeezed)
    fault: Fault = _fault(symbol) if symbol else "missing_part" if _classify(squeezed + "/1") else "form"
    normal, known = symbol.normal if symbol else squeezed, None if fault else symbol
    called = _CALLED.search(line[max(0, start - 14) : start])
    said, year = called[1].lower() if called else "", year_beside(line, end)[0]
    return Mention(start, end, text=line[start:end], normal=normal, symbol=known, fault=fault, year=year, called=said)


def _spelled(organ: str, word: str, written: str) -> str:
    """The symbol of a spelled-out mention such as "resolution 70/237"; empty if the organ would be a guess."""
    ref = re.sub(r"\s", "", written).upper()
    series = "RES" if word[0] in "rR" else "DEC"
    if old := re.fullmatch(r"(\d+)([A-Z]?)(\([IVX][IVX]*\)|\(E?S-[IVX]+\))", ref):
        return f"A/RES/{old[1]}{old[3]}{old[2]}" if organ in ("", "A") and series == "RES" else ""
    if "(" in ref:
        return f"S/RES/{ref}" if organ in ("", "S") and series == "RES" else ""
    if "/" not in ref:
        return {"SRES": f"S/RES/{ref}", "PCDEC": f"PC.DEC/{ref}"}.get(organ + series, "")
    session = ref.split("/")[0]
    if re.fullmatch(r"(?:19|20)\d\d", session):
        return f"E/{series}/{ref}" if organ in ("", "E") else ""
    if not organ and session.isdecimal() and not _FIRST_WITH_SESSION <= int(session) <= _LAST_SESSION:
        return ""
    return f"{organ or 'A'}/{series}/{ref}" if organ in ("", "A", "A/HRC") else ""


def _listed(line: str, at: int, normal: str) -> Iterator[Mention]:
    """The further members of a list of documents: "A/RES/65/41, 68/243 and 70/237", "PC.DEC/1106 and 1202"."""
    series = re.match(r"A/(?:HRC/)?(?:RES|DEC)/(?=\d+/)|PC\.DEC/", normal)
    while series and (hit := _NEXT.match(line, at)):
        if ("/" in hit["ref"]) == (series[0] == "PC.DEC/") or re.fullmatch(r"(?:19|20)\d\d.*", hit["ref"]):
            return
        yield _mention(line, hit.start("ref"), hit.end(), series[0] + hit["ref"].upper())
        at = hit.end()


def check_mention(
    mention: Mention, known: Mapping[str, KnownDocument], today: datetime.date | None = None
) -> Diagnosis | None:
    """The finding about a mention, None if nothing is wrong. known: normalized symbol -> document. today: if given,
    sessions in the future are reported."""
    symbol = mention.symbol
    if symbol is None:
        return Diagnosis("malformed", _near(mention.normal, known), {"fault": mention.fault})
    if impossible := _impossible(mention, symbol, today):
        return impossible
    dated = known if symbol.organ == "security-council" else ()  # the Council may be cited without a year
    name = next((key for key in dated if key.startswith(symbol.normal + " (")), symbol.normal)
    if name in known:
        return _against(mention, known[name])
    near, namesake = _near(symbol.normal, known), _namesake(symbol, known)
    if mention.called == "report" and symbol.kind in ("resolution", "decision"):
        said: dict[str, str | int] = {"said": "report", "known": symbol.kind}
        return Diagnosis("other_kind", namesake.suggestions if namesake else (), said)
    return namesake or Diagnosis("similar" if near else "unknown", near)


def check_text(text: str, known: Mapping[str, KnownDocument], today: datetime.date | None = None) -> list[Found]:
    """Every mention in a text with its position and finding; arguments as in `check`."""
    lines = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    findings = []
    for mention in find_symbols(text):
        line = bisect.bisect_right(lines, mention.start)
        column = mention.start - lines[line - 1] + 1
        paras = paras_text(mention.paras)
        findings.append(Found(line, column, mention.text, mention.normal, paras, check_mention(mention, known, today)))
    return findings


def _impossible(mention: Mention, symbol: Symbol, today: datetime.date | None) -> Diagnosis | None:
    """Checks session and year: session n opens in September of 1945 + n; its documents may appear a year earlier or
    late."""
    if not symbol.session.isdecimal() or symbol.organ != "assembly":
        return None
    session, early = int(symbol.session), symbol.kind not in ("resolution", "decision")
    if today and session > today.year - 1945 + early:
        return Diagnosis("malformed", (), {"fault": "future_session", "session": session})
    wrong = mention.year and not -early <= mention.year - 1945 - session <= 1 + early
    facts: dict[str, str | int] = {"fault": "session_year", "session": session, "year": mention.year}
    return Diagnosis("malformed", (), facts) if wrong else None


def _against(mention: Mention, document: KnownDocument) -> Diagnosis | None:
    if mention.called == "resolution" and document.kind == "report":
        return Diagnosis("other_kind", (document.symbol,), {"said": "resolution", "known": "report"})
    if document.year and mention.year and mention.year != document.year:
        return Diagnosis("wrong_year", (), {"said": mention.year, "known": document.year})
    last = document.last_paragraph
    wrong = [cited for cited in mention.paras if not 1 <= cited.first.number <= cited.last.number <= last]
    if last and wrong:
        return Diagnosis("no_such_paragraph", (), {"paras": paras_text(tuple(wrong)), "last": last})
    return None


def _namesake(symbol: Symbol, known: Mapping[str, KnownDocument]) -> Diagnosis | None:
    """A hint if a document of another kind with the same numbers is known (report, resolution or decision)."""
    same = re.fullmatch(r"A/(?:RES/|DEC/|)(\d+/\d+)", symbol.normal)
    kinds = {"resolution": "A/RES/", "decision": "A/DEC/", "report": "A/"} if same else {}
    others = ((name, kind + same[1]) for name, kind in kinds.items() if same)
    return next((Diagnosis("same_number", (other,), {"known": name}) for name, other in others if other in known), None)


def _near(normal: str, known: Mapping[str, KnownDocument]) -> tuple[str, ...]:
    """Known documents of the same series and session whose number differs in one digit; if the session is impossible,
    those whose session differs in one digit."""
    symbol = _classify(re.sub(r"\s", "", normal).upper())
    if symbol is None:
        return ()
    base = normal.removesuffix("/".join(["", *symbol.suffixes]))
    session = base.find(f"/{symbol.session}/") + 1 if symbol.session.isdecimal() else -1
    years = {str(symbol.year)} if symbol.organ != "security-council" else set()
    only_session = _fault(symbol) == "session"
    digits = (run for run in re.finditer(r"\d+", base) if run[0] not in years)
    runs = [run for run in digits if (run.start() == session) == only_session]
    edits = [(run, new, abs(int(new) - int(run[0]))) for run in runs for new in _edits(run[0])]
    near = sorted((distance, base[: run.start()] + new + base[run.end() :]) for run, new, distance in edits)
    return tuple(dict.fromkeys(other for _, other in near if other in known))


def _edits(digits: str) -> set[str]:
    """The numbers that differ by one digit dropped, added, changed, or swapped with the next. A single digit is not
    changed into another, because L.2 and L.3 are simply two papers."""
    cuts = [(digits[:at], digits[at:]) for at in range(len(digits) + 1)]
    dropped = {a + b[1:] for a, b in cuts if b} - {""}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    added = {a + new + b for a, b in cuts for new in "0123456789"}
    changed = {a + new + b[1:] for a, b in cuts for new in "0123456789" if b and len(digits) > 1}
    return (dropped | swapped | added | changed) - {digits}
