from __future__ import annotations

import pytest

from acquis.i18n import PSEUDO
from acquis.i18n.dates import days_away, iso, locale_of


@pytest.mark.parametrize(
    ("days", "words"),
    [
        *((0, "today"), (1, "in 1 day"), (14, "in 14 days"), (60, "in 60 days"), (-1, "1 day ago")),
        *((-400, "400 days ago"), (26_694, "in 73 years"), (-1100, "3 years ago")),
    ],
)
def test_days_away_are_told_in_days_and_long_times_in_years(days: int, words: str) -> None:
    assert days_away("en", days) == words


def test_days_away_are_told_in_the_language_of_the_reader() -> None:
    assert days_away("fr", -3) == "il y a 3 jours"


def test_locales_and_machine_times() -> None:
    assert [locale_of(language) for language in ("en", PSEUDO, "fr", "zh-Hans")] == ["en_GB", "en_GB", "fr", "zh_Hans"]
    assert iso(1_600_000_000_999) == "2020-09-13T12:26:40Z"
