"""Translation of messages. The message id is the English text; a catalogue `LANGUAGE/LC_MESSAGES/acquis.mo` in this
folder translates it.

The functions have no state: the caller names the language. The language "en-XA" is a pseudo-locale in which every
message is accented, longer and in brackets, so that a text that is not translated is easy to see.
"""

from __future__ import annotations

import functools
import gettext
import re
from pathlib import Path
from typing import Any

PSEUDO = "en-XA"
LANGUAGES = ("en",)
"""Languages of the screens."""
DOCUMENT_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""Languages that a document can be set in; what is not translated stays English."""

_HERE = Path(__file__).parent
_KEEP = re.compile(r"(%\(\w+\)[sd]|\{\w*\}|<[^>]+>|&\w+;)")
_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")


def N_(message: str) -> str:  # noqa: N802  # the name that extraction tools know
    """Mark a message for extraction without translating it. Returns the message unchanged."""
    return message


def N_plural(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802  # named after `N_`
    """Mark a message with a plural for extraction. Returns both, in the order in which `say_many` takes them."""
    return singular, plural


@functools.cache
def translation(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English if there is none."""
    if language == PSEUDO:
        return _Pseudo()
    return gettext.translation("acquis", _HERE, [language], fallback=True)


def say(language: str, message: str, /, **facts: Any) -> str:
    """The translation of a message with its {facts} filled in. A missing fact is left in braces."""
    return filled(translation(language).gettext(message), facts)


def say_many(language: str, singular: str, plural: str, n: int, /, **facts: Any) -> str:
    """The translation of a message with a plural, chosen by `n`, which the message may use as {n}."""
    return filled(translation(language).ngettext(singular, plural, n), {"n": n, **facts})


def filled(message: str, facts: dict[str, Any]) -> str:
    """The message with its {facts} filled in; lists are joined with commas."""
    shown = {
        name: ", ".join(map(str, fact)) if isinstance(fact, list | tuple) else fact for name, fact in facts.items()
    }
    return message.format_map(_Facts(shown))


def pseudo(message: str) -> str:
    """A message in the pseudo-locale: about 40 % longer, with placeholders and tags unchanged."""
    if not message:
        return ""
    parts = _KEEP.split(message)
    accented = "".join(part if _KEEP.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    return f"[{accented} {'~' * (len(message) * 2 // 5)}]"


class _Facts(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


class _Pseudo(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return pseudo(message)
