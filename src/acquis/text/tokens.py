"""Words as they are compared: folded, without function words, reduced to their stems."""

from __future__ import annotations

import functools
import re
import unicodedata

_FUNCTION = """
    a about above across after again against all almost alone already also although always am among an and
    another any anybody anyone anything are around as at away back be became because become been before being
    between both but by came can cannot could did do does doing done down during each either else enough even
    ever every everybody everyone everything few for from full get gets go goes going got had has have having he
    her here hers him his how however i if in instead into is it its itself just last less let like made make
    makes making many may maybe me might mine more most much must my never next no nobody none nor not nothing
    now of off often on once one only onto or other others ought our ours out over own per perhaps please put
    quite rather really same say says see seen several shall she should simply since so some somebody someone
    something still such than thank thanks that the their theirs them themselves then there these they thing
    things this those though three through thus to today together too toward towards two under until up upon us
    very want wants was way we well were what when where whether which while who whom whose why will with within
    without would yet you your yours au aux avec ce ces cette con dans de del des du el en es est et eux la las
    le les los ma mais mes nos notre nous o ou para pas pero por pour que qui se ses si son su sur sus un una
    une unas unos vos votre vous y d l s t
"""
FUNCTION_WORDS = frozenset(re.findall(r"\w+", _FUNCTION))
"""English words, and some French and Spanish ones, that say nothing about a subject."""


def fold(text: str) -> str:
    """The text without case and accents, apostrophes made plain."""
    plain = text.casefold().replace("’", "'")
    if plain.isascii():  # most are, and this way an index is built sooner
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@functools.lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without the commonest English endings: plural, -ing, -ed, -er, -ation, -ion, -ance, -ly, -e,
    a doubled letter.

    At least four letters remain and nothing is looked up, so that "attributed", "attribution" and "attributes" meet;
    irregular forms do not, and a few words meet that should not ("server", "serve")."""
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending):
            word = word.removesuffix(ending) + instead
            break
    else:
        word = word.removesuffix("s") if not word.endswith(("ss", "us", "is")) else word
    for ending in ("ing", "ed", "er", "ance", "ence", "ion", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            word = word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word
            break
    word = word.removesuffix("e") if len(word) > 4 else word
    word = word.removesuffix("at") if len(word) > 6 else word
    return word[:-1] + "i" if word.endswith("y") else word
