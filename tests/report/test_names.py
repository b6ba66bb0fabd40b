"""Names in running text: none is left, however it is written, and ordinary words stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.text.names import MASK, Names

PEOPLE = (
    "Zoë Brändstätter", "Amina Okafor-Lindqvist", "Иван Петров", "مريم الحدادي", "欧阳晓彤", "王小明", "김민수",
    "Søren Łukasz", "Jane O'Neilly", "अनीता शर्मा", "Γιώργος Παππάς", "דנה כהן", "Ambassador Grace Will", "Li Wu",
    "สมชาย ใจดี",
)  # fmt: skip
BODIES = ("Ministry of Foreign Affairs of Kragenland", "Hallmack Trust", "QX", "International Grid Laboratory (IGL)",
          "معهد الشبكات", "开源实验室", "Civil Society")  # fmt: skip
NAMES = Names(PEOPLE, BODIES, ("Civil Society",))


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("As Zoë Brändstätter, of the Hallmack Trust, said:", f"As {MASK}, of the {MASK}, said:"),
        ("thanks brandstatter!", f"thanks {MASK}!"),
        ("Thank you Brandstaetter and BRAENDSTAETTER", f"Thank you {MASK} and {MASK}"),
        (unicodedata.normalize("NFD", "Thanks Brändstätter"), f"Thanks {MASK}"),
        ("BRÄNDSTÄTTER, Zoe: norms", f"{MASK}: norms"),
        ("Z. Brändstätter spoke", f"{MASK} spoke"),
        ("Brändstätters Vorschlag", f"{MASK} Vorschlag"),
        ("спасибо Петрову и Петровой", f"спасибо {MASK} и {MASK}"),
        ("Brand\u00adstätter, Brand\u200bstätter, the\u200bBrändstätter", MASK),
        ("#ZoeBrandstatter and @zoe_b", f"#{MASK} and {MASK}"),
        ("write to z.b@kragen.example today", f"write to {MASK} today"),
        ("https://x.example/zoe-brandstatter", f"https://x.example/{MASK}"),
        ("شكرا لمريم والحدادي", f"شكرا {MASK}"),
        ("مَرْيَم مـريم", MASK),
        ("欧阳女士说得对,晓彤同意", f"{MASK}说得对,{MASK}同意"),
        ("王先生和小明", f"{MASK}和{MASK}"),
        ("我同意Brändstätter的意见", f"我同意{MASK}的意见"),
        ("김민수님, 민수 씨", f"{MASK}님, {MASK} 씨"),
        ("O'Neilly, ONeilly, JANE O’NEILLY and Mr. oneilly", f"{MASK} and Mr. {MASK}"),
        ("QX and the qx of QXs; Qx", f"{MASK} and the qx of QXs; Qx"),
        ("Mr Wu said", f"Mr {MASK} said"),
        ("ขอบคุณสมชายมาก", f"ขอบคุณ{MASK}มาก"),
        ("what Kragenland said", f"what {MASK} said"),
        ("the IGL and the international grid laboratory", f"the {MASK} and the {MASK}"),
        ("Will said so; so did Grace.", f"{MASK} said so; so did {MASK}."),
        ("شكرا لمعهد الشبكات", f"شكرا {MASK}"),
        ("在开源实验室工作", f"在{MASK}工作"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, left: str) -> None:
    assert NAMES.masked(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "", "Norms need a keeper.", "we will grace this with time", "网络安全很重要", "the trust we need",
        "Civil Society and the Private Sector", "Foreign affairs are affairs of state", "على الطاولة", "a, b and I",
        "international law applies to the grid", "The Ambassador spoke", "He said so. Do we agree?", "12:30, 50 %",
    ],
)  # fmt: skip
def test_ordinary_words_stay(text: str) -> None:
    assert NAMES.masked(text) == text
    assert not NAMES.held_by(text)


def forms(name: str) -> list[str]:
    """The ways in which people write a name."""
    words = name.replace("-", " ").split()
    turned = " ".join(reversed(words))
    ways = [name, name.upper(), name.lower(), turned, turned.upper(), unicodedata.normalize("NFD", name), plain(name)]
    return ways if len(words) == 1 else [*ways, f"{words[0][0]}. {words[-1]}", *words]


FORMS = [(name, form) for name in PEOPLE for form in forms(name) if "Ambassador" not in name]
NO_LETTERS = st.text(st.characters(exclude_categories=("L", "M", "Cs")), max_size=6)
WORDS = st.lists(st.sampled_from(["norms", "we", "NEED", "والقانون", "规范", "нормы", "Keep", "…", "12"]), max_size=5)


@given(st.sampled_from(FORMS), NO_LETTERS, NO_LETTERS, WORDS, WORDS)
def test_no_name_is_left_whatever_surrounds_it(
    said: tuple[str, str], before: str, after: str, first: list[str], last: list[str]
) -> None:
    name, form = said
    text = " ".join([*first, f"{before}{form}{after}", *last])
    left = NAMES.masked(text)
    for part in name.replace("-", " ").split():
        if len(part) >= 4:  # shorter ones may be part of a word
            assert plain(part) not in plain(left)
    assert MASK in left


@given(st.text(max_size=60), st.sampled_from(["", *PEOPLE]), st.text(max_size=20))
def test_a_masked_text_is_masked_for_good(before: str, name: str, after: str) -> None:
    left = NAMES.masked(before + name + after)
    assert NAMES.masked(left) == left
    assert not NAMES.held_by(left)


@given(st.text(st.characters(exclude_categories=("L", "M", "Cs")).filter(lambda one: one not in "@@"), max_size=60))
def test_a_text_without_letters_is_left_alone(text: str) -> None:
    assert NAMES.masked(text) == text


@given(st.lists(st.text(max_size=12), max_size=4), st.lists(st.text(max_size=12), max_size=4), st.text(max_size=40))
def test_whatever_people_are_called_no_text_is_too_odd(people: list[str], bodies: list[str], text: str) -> None:
    names = Names(people, bodies)
    assert names.masked(names.masked(text)) == names.masked(text)


def test_names_that_are_left_out_mask_addresses_alone() -> None:
    assert Names(()).masked("Ada wrote from ada@x.example") == f"Ada wrote from {MASK}"
    assert not Names(())
    assert Names(("Ada",))
