"""The report as PDF, typeset by Typst: PDF/UA-1 and PDF/A-2a if the fonts have all characters."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import resources
from typing import Any

import msgspec
import regex
import typst

from acquis.charts.svg import fixed
from acquis.documents.blocks import Contents, Picture, Table, as_data
from acquis.documents.contents import contents, dated
from acquis.documents.design import LIGHT, MARK
from acquis.documents.view import ReportView
from acquis.documents.widths import columns
from acquis.i18n import N_, say
from acquis.state import State
from acquis.text.scripts import OTHER_SIGNS, language_of, right_to_left, script_of

STANDARDS = ("ua-1", "a-2a")
FACES = ("Noto Sans", "DejaVu Sans", "Libertinus Serif")
SERIF_FACES = ("Noto Serif", "Libertinus Serif")
"""Font families in order of preference; the first that is installed is used. What people said and agreed, and titles,
are set with serifs."""
_CJK = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "Droid Sans Fallback")
LENT = {
    "ar": ("Noto Naskh Arabic", "DejaVu Sans", "Noto Sans Arabic"),
    "zh": _CJK,
    "ja": ("Noto Sans CJK JP", "Noto Sans JP", *_CJK),
    "ko": ("Noto Sans CJK KR", "Noto Sans KR", *_CJK),
    "he": ("Noto Sans Hebrew", "DejaVu Sans"),
    "hi": ("Noto Sans Devanagari",),
    "th": ("Noto Sans Thai",),
    "": ("DejaVu Sans", "Libertinus Serif"),
}
"""Language ("": any) -> fallback families for characters that the first family does not have."""
SCRIPT_NAMES = {
    "Arabic": N_("Arabic"),
    "Cyrillic": N_("Cyrillic"),
    "Devanagari": N_("Devanagari"),
    "Greek": N_("Greek"),
    "Han": N_("Chinese characters"),
    "Hangul": N_("Korean"),
    "Hebrew": N_("Hebrew"),
    "Hiragana": N_("Japanese"),
    "Katakana": N_("Japanese"),
    "Latin": N_("Latin"),
    "Thai": N_("Thai"),
}
SERIF_LENT = {
    "ar": ("Noto Naskh Arabic", "Amiri"),
    "zh": ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC"),
    "ja": ("Noto Serif CJK JP",),
    "ko": ("Noto Serif CJK KR",),
    "he": ("Noto Serif Hebrew",),
    "hi": ("Noto Serif Devanagari",),
    "th": ("Noto Serif Thai",),
}
"""The same with serifs; `LENT` is asked where none of them is installed."""
_UNSET = re.compile(r'the text `("(?:[^"\\`]|\\.)*")` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_WORDS = re.compile("(<text [^>]*>)([^<]*)(</text>)")
_CELL = re.compile(rb"/S/TD(/P \d+ 0 R[^\[\n]*/A\[<</O/Table)(/Headers\[\(U\d+x\d+y0\)\])")
_FIRST_CELL = re.compile(rb"/S/TD(/P \d+ 0 R[^\[\n]*/A\[<</O/Table)(/Headers\[\(U\d+x0y0\)\])")
"""The tag of a cell below the head of a table, and of one in the first column."""
SHORT = 90
LARGEST = 10_000
"""The most rows of the tables of questions and statements in a PDF. Typst has all pages in memory at once, about 130 KB
for each row."""
STATEMENT_TABLES = 6
"""The most tables in which each statement has a row."""
WIDTH = 470.0
"""Points between the margins of a page."""
_UNREAD = ("svg", "kind", "qr", "figures", "anchors")
"""Fields of a document that are not texts."""
_ALONE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 480pt)"""


class Missing(msgspec.Struct, frozen=True):
    """The distinct characters that no installed font has, and the names of their scripts."""

    glyphs: tuple[str, ...]
    scripts: tuple[str, ...]


class Pdf(msgspec.Struct, frozen=True):
    """A PDF file. `missing`: None if all characters were typeset; only then the file conforms to `STANDARDS`."""

    content: bytes
    missing: Missing | None = None


def is_printable(state: State) -> bool:
    """Whether the report is short enough for a PDF."""
    return len(state.questions) + STATEMENT_TABLES * len(state.statements) <= LARGEST


def pdf(view: ReportView, state: State, language: str, fonts: tuple[str, ...] = (), address: str = "") -> bytes:
    """The report as PDF; its first page says if characters are missing. fonts: folders with further fonts. address: of
    the page of the session, for the cover."""
    return typeset(view, state, language, fonts, address).content


def typeset(view: ReportView, state: State, language: str, fonts: tuple[str, ...] = (), address: str = "") -> Pdf:
    """The report as PDF with its missing characters. The same view and the same fonts give the same bytes. Raises
    TypstError if Typst fails for another reason than missing characters."""
    data = _data(contents(view, state, language, address), dated(view, state), language, fonts)
    try:
        return Pdf(_set(data, STANDARDS, fonts))
    except typst.TypstError as error:
        # The standards refuse a document with missing characters, and the error message lists them.
        unset = dict.fromkeys(_ESCAPE.sub(_sign, quoted[1:-1]) for quoted in _UNSET.findall(error.diagnostic))
        if not unset:
            raise
    missing = Missing(tuple(unset), scripts_of(unset, language))
    return Pdf(_set({**data, "missing": missing_sentence(language, missing)}, (), fonts), missing)


def missing_sentence(language: str, missing: Missing) -> str:
    """A sentence that names the scripts of the missing characters."""
    message = N_(
        "Some characters are shown as boxes, because no installed font has them ({scripts}). The web "
        "page and the Word document show them correctly."
    )
    return say(language, message, scripts=missing.scripts)


def scripts_of(glyphs: Iterable[str], language: str) -> tuple[str, ...]:
    """The distinct names of the scripts of these characters, sorted; "other signs" for all unlisted scripts."""
    named = {SCRIPT_NAMES.get(script_of(sign), N_("other signs")) for text in glyphs for sign in text}
    return tuple(sorted(say(language, name) for name in named))


def _sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


@functools.cache
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    """All fonts of the machine and of these folders. They are read once per process."""
    return typst.Fonts(font_paths=list(folders))


@functools.cache
def _families(folders: tuple[str, ...], serif: bool = False) -> tuple[str, ...]:
    """The installed families in order: the main family, then the fallbacks."""
    installed = set(_fonts(folders).families())
    first = next((face for face in (SERIF_FACES if serif else FACES) if face in installed), "Libertinus Serif")
    lent = [face for faces in (SERIF_LENT.values() if serif else ()) for face in faces]
    lent += [face for faces in LENT.values() for face in faces]
    return tuple(dict.fromkeys((first, *(face for face in lent if face in installed))))


def languages_without_fonts() -> list[str]:
    """The languages of `LENT` for which no font is installed."""
    installed = set(_fonts(()).families())
    return [language for language, faces in LENT.items() if language and not installed & set(faces)]


def _drawn(svg: str, fonts: tuple[str, ...]) -> str:
    """The picture with a font family for the words of each script, because the font fallback of Typst inside an SVG
    fails for joined letters, as in Arabic."""
    families = _families(fonts)

    def faced(match: regex.Match[str]) -> str:
        tag = language_of(match[0], "")
        face = next((face for face in LENT.get(tag, LENT[""]) if face in families), "")
        return f"<tspan style=\"font-family:'{face}'\">{match[0]}</tspan>" if face else match[0]

    def worded(match: re.Match[str]) -> str:
        return match[1] + OTHER_SIGNS.sub(faced, match[2]) + match[3]

    return _WORDS.sub(worded, fixed(svg, ", ".join(f"'{family}'" for family in families)))


@functools.cache
def _template() -> bytes:
    return resources.files("acquis.documents").joinpath("report.typ").read_bytes()


def _set(data: dict[str, Any], standards: Iterable[str], fonts: tuple[str, ...]) -> bytes:
    compiler = typst.Compiler(_template(), font_paths=_fonts(fonts))
    inputs = {"data": msgspec.json.encode(data).decode()}
    made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=list(standards), timestamp=0)  # type: ignore[arg-type]  # names of standards
    assert isinstance(made, bytes), "a PDF is one file"
    return _with_row_heads(made)


def _with_row_heads(made: bytes) -> bytes:
    """The file with the first cell of each row of a table tagged as the head of its row. Typst tags only heads of
    columns, and lists them in each cell, which would hide the heads of rows; without the lists a reader finds both by
    their scope. Every replacement is as long as what it replaces, so that no place in the file moves."""
    headed = _FIRST_CELL.sub(lambda cell: b"/S/TH" + cell[1] + b"/Scope/Row".ljust(len(cell[2])), made)
    return _CELL.sub(lambda cell: b"/S/TD" + cell[1] + b" " * len(cell[2]), headed)


def png(svg: str) -> bytes:
    """A picture as PNG, 192 pixels per inch, for programs that cannot display SVG."""
    compiler = typst.Compiler(_ALONE, font_paths=_fonts(()))
    made = compiler.compile(format="png", sys_inputs={"svg": _drawn(svg, ())}, ppi=192)
    assert isinstance(made, bytes), "a picture is one page"
    return made


def _data(contents: Contents, at: datetime, language: str, fonts: tuple[str, ...]) -> dict[str, Any]:
    blocks = [as_data(block) for block in contents.blocks]
    for data, block in zip(blocks, contents.blocks, strict=True):
        if isinstance(block, Picture):
            data["svg"] = _drawn(block.svg, fonts)
        elif isinstance(block, Table):
            data.update(msgspec.to_builtins(columns(block, WIDTH)))
    short = contents.title if len(contents.title) <= SHORT else contents.title[: SHORT - 1].rstrip() + "…"
    return {
        "title": contents.title,
        "cover": msgspec.to_builtins(contents.cover),
        "blocks": blocks,
        "short": short,
        "fonts": _families(fonts),
        "serif": _families(fonts, serif=True),
        "colours": LIGHT,
        "mark": MARK,
        "language": language.partition("-")[0],
        "rtl": right_to_left(language),
        "languages": _tags(contents, language),
        "date": {name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "missing": "",
        "qr": say(language, N_("QR code that opens the session record")),
    }


def _tags(contents: Contents, language: str) -> dict[str, dict[str, object]]:
    """Text -> its language and direction, for the texts in another language than that of the document."""
    own = language.partition("-")[0]
    texts = _texts([contents.title, msgspec.to_builtins(contents.cover), [as_data(block) for block in contents.blocks]])
    tags = {text: language_of(text, language) for text in set(texts)}
    return {text: {"language": tag, "rtl": right_to_left(tag)} for text, tag in sorted(tags.items()) if tag != own}


def _texts(data: object) -> Iterator[str]:
    """All lines of text of a document except those in pictures."""
    if isinstance(data, str):
        yield from data.split("\n")
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in _UNREAD:
                yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
