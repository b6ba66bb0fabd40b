"""Function words, which are ignored in comparison and search and indicate the language."""

from __future__ import annotations

from collections.abc import Iterable

_FUNCTION = {
    "en": """
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
        without would yet you your yours d l s t
    """,
    "fr": "au aux avec ce ces cette dans de des du en est et eux la le les ma mais mes nos notre nous ou pas pour "
    "que qui se ses son sur un une vos votre vous y",
    "es": "con de del el en es la las los o para pero por que se si su sus un una unas unos y",
}
FUNCTION_WORDS = frozenset(word for words in _FUNCTION.values() for word in words.split())
"""English, French and Spanish function words, folded."""
_BY_LANGUAGE = {language: frozenset(words.split()) for language, words in _FUNCTION.items()}


def language_of_words(words: Iterable[str]) -> str:
    """The language ("en", "fr" or "es") with most function words among the folded words of a text in Latin letters;
    English if there is a tie."""
    listed = list(words)
    counts = {language: sum(word in known for word in listed) for language, known in _BY_LANGUAGE.items()}
    return max(counts, key=lambda language: counts[language])
