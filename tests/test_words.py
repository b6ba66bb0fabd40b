"""The words: what is said can be translated, and saying it never fails."""

from __future__ import annotations

import string

import pytest
from tools import words

from acquis.i18n import PSEUDO, pseudo, say, say_many, translation
from acquis.i18n.refusals import REFUSALS, refusal_sentence


def test_the_template_for_translators_holds_what_is_said() -> None:
    assert words.POT.read_text("utf-8") == words.pot(), "words changed: run `make words`"


def test_the_facts_of_a_message_are_plain_names() -> None:
    """`{n:.1f}` or `{who.name}` would fail on a fact that is missing or of another type; `{}` has no name."""
    odd = [
        message
        for _, forms in words.messages()
        for message in forms
        for _, fact, form, conversion in string.Formatter().parse(message)
        if fact is not None and (not fact.isidentifier() or form or conversion)
    ]
    assert odd == []


def test_both_numbers_of_a_message_name_the_same_facts() -> None:
    def facts(message: str) -> set[str]:
        return {fact for _, fact, _, _ in string.Formatter().parse(message) if fact} - {"n"}

    assert [forms for _, forms in words.messages() if len(forms) > 1 and facts(forms[0]) != facts(forms[1])] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('x = N_("a hand")', [("a hand",)]),
        ('say(language, "a turn")', [("a turn",)]),
        ('say_many(language, N_("{n} hand"), N_("{n} hands"), n)', [("{n} hand", "{n} hands")]),
        ("say(language, message)", []),
    ],
)
def test_messages_of_a_module(text: str, found: list[tuple[str, ...]]) -> None:
    assert list(words.of_python(text)) == found


def test_messages_of_a_template() -> None:
    text = '{{ _("a") }} {{ say("b {n}", n=1) }} {{ many("one", "many", n) }} {% trans %}c{% endtrans %} {{ say(x) }}'
    assert sorted(words.of_template(text)) == [("a",), ("b {n}",), ("c",), ("one", "many")]


def test_facts_are_filled_in() -> None:
    assert say("en", "number {position} of {groups}", position=3, groups=["a", "b"]) == "number 3 of a, b"


def test_a_missing_fact_stays_in_its_braces() -> None:
    assert say("en", "number {position}") == "number {position}"


def test_numbers() -> None:
    assert [say_many("en", "{n} hand", "{n} hands", n) for n in (0, 1, 2)] == ["0 hands", "1 hand", "2 hands"]


def test_a_refusal_is_said_whatever_facts_come() -> None:
    said = {code: refusal_sentence("en", code, {}) for code in REFUSALS}
    assert {code: sentence for code, sentence in said.items() if not sentence.endswith((".", "?"))} == {}


def test_a_refusal_without_a_sentence_shows_its_code() -> None:
    assert "never_heard_of" in refusal_sentence("en", "never_heard_of", {})


def test_an_unknown_language_is_english() -> None:
    assert translation("tlh").gettext("a hand") == "a hand"


def test_the_pseudo_locale_reaches_every_message() -> None:
    catalogue = translation(PSEUDO)
    said = [catalogue.gettext("word"), catalogue.ngettext("word", "words", 2), catalogue.pgettext("here", "word")]
    assert all(message.startswith("[") and message.endswith("]") for message in said)


@pytest.mark.parametrize("kept", ["{name}", "%(count)s", "<strong>", "</a>", "&nbsp;"])
def test_the_pseudo_locale_leaves_what_is_no_word(kept: str) -> None:
    message = pseudo(f"one {kept} more")
    assert kept in message
    assert message.replace(kept, "").isascii() is False


def test_the_pseudo_locale_is_longer() -> None:
    message = "The list of hands is closed for this segment."
    assert len(pseudo(message)) >= 1.4 * len(message)


def test_nothing_stays_nothing_in_the_pseudo_locale() -> None:
    assert pseudo("") == ""
