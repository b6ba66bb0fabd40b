"""The offline verifiers of a record, which are files of it: `verify.py` for Python, and `verify.html` for a browser.

Both are written from the specification of the record format, and share no code with the rest of Acquis. The page is
put together from the files in `page`: the browser loads nothing else, and its content policy names the digests of its
script and of its style sheet.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from babel import Locale

from acquis.documents.design import DARK, LIGHT
from acquis.documents.verifiers.verify import SENTENCES
from acquis.documents.verifiers.words import KNOWN, PAGE, UNPROVED
from acquis.i18n import LANGUAGES, PSEUDO, say
from acquis.text.scripts import right_to_left

SCRIPTS = ("sha256", "reading", "notes", "events", "outcomes", "receipts", "zip", "bundle", "page")
"""The scripts of the page, each after those that it uses when it is loaded."""
_IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_SOURCE = files("acquis.documents.verifiers")


def verify_py() -> str:
    """The verifier for Python."""
    return _SOURCE.joinpath("verify.py").read_text("utf-8")


def verify_html(languages: Sequence[str] = LANGUAGES) -> str:
    """The verifier for a browser. `languages`: those in which it can be read; English is always there."""
    script, style = _script(), _style()
    english = {code: html.escape(text, quote=False) for code, text in PAGE.items()}
    return _part("page.html") % (
        english
        | {
            "script": script,
            "script_digest": _digest(script),
            "style": style,
            "style_digest": _digest(style),
            "messages": _messages(languages),
            "unproved": _list(UNPROVED),
            "known": _list(KNOWN),
        }
    )


def _list(sentences: dict[str, str]) -> str:
    items = (f'<li data-say="{code}">{html.escape(text, quote=False)}</li>' for code, text in sentences.items())
    return f"<ul>{''.join(items)}</ul>"


def _part(name: str) -> str:
    return _SOURCE.joinpath("page", name).read_text("utf-8")


def _script() -> str:
    """All scripts as one, without imports and exports."""
    parts = (_EXPORT.sub("", _IMPORT.sub("", _part(f"{name}.js"))) for name in SCRIPTS)
    return '\n"use strict";\n' + "\n".join(part.removeprefix("// @ts-check\n") for part in parts)


def _style() -> str:
    tokens = ["".join(f"--{name}: {colour};" for name, colour in colours.items()) for colours in (LIGHT, DARK)]
    light, dark = tokens
    return f"\n:root {{{light}}}\n@media (prefers-color-scheme: dark) {{:root {{{dark}}}}}\n{_part('style.css')}"


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(sha256(content.encode()).digest()).decode()


def _messages(languages: Sequence[str]) -> str:
    """The table of messages: language -> its name, its direction, and the message of each code, as JSON."""
    table = {
        language: {
            "name": _name(language),
            "dir": "rtl" if right_to_left(language) else "ltr",
            "messages": {code: say(language, text) for code, text in (SENTENCES | PAGE | UNPROVED | KNOWN).items()},
        }
        for language in dict.fromkeys(("en", *languages))
    }
    return json.dumps(table, ensure_ascii=False).replace("<", "\\u003c")


def _name(language: str) -> str:
    """The name of a language in the language itself."""
    return language if language == PSEUDO else str(Locale.parse(language, sep="-").get_display_name()).capitalize()
