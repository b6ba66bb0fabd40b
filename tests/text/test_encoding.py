"""The encoding of a transcript: found out where the bytes leave no doubt, asked for where they do."""

from __future__ import annotations

import codecs

import pytest

from acquis.captions import CaptionsError, read_captions
from acquis.text.encoding import EncodingProblem, decoded

FRENCH = "Madame la Présidente, nous sommes très heureux d'être ici. Où êtes-vous ? C'est l'été."
SPANISH = "Señor Presidente, quisiéramos decir que la delegación está de acuerdo. ¿Quién más?"
GERMAN = "Sehr geehrte Damen und Herren, wir möchten über größere Fragen sprechen."
POLISH = "Dzień dobry. Żadne państwo nie powinno być pominięte, a my jesteśmy gotowi."
TURKISH = "Say\u0131n Başkan, görüşümüzü aç\u0131klamak istiyoruz."
RUSSIAN = "Добрый день, уважаемые коллеги. Мы рассматриваем вопрос про нормы ответственного поведения государств. "
ARABIC = "الرئيس: صباح الخير. نناقش اليوم قواعد السلوك المسؤول للدول في الفضاء الإلكتروني. "
JAPANESE = "議長：おはようございます。今日は規範について話し合います。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((FRENCH, name) for name in ("cp1252", "latin-1", "mac_roman")),
        (SPANISH, "cp1252"), (GERMAN, "cp1252"), (POLISH, "cp1250"), (TURKISH, "cp1254"),
        *((5 * RUSSIAN, name) for name in ("cp1251", "koi8-r")),
        (4 * ARABIC, "cp1256"), (5 * JAPANESE, "shift_jis"), (5 * JAPANESE, "euc_jp"),
    ],
)  # fmt: skip
def test_the_letters_tell_the_encoding_of_a_longer_text(text: str, encoding: str) -> None:
    found = decoded(text.encode(encoding))
    assert found.text == text
    assert not found.certain


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, JAPANESE, "AMA: plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_is_certain(text: str, encoding: str) -> None:
    found = decoded(text.encode(encoding))
    assert found.text == text
    assert found.certain


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_without_a_mark(order: str) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nAMA: café\n"
    assert decoded(text.encode(f"utf-16-{order}")) == (text, f"utf-16-{order}", True)


@pytest.mark.parametrize(
    ("text", "encoding"), [("ИВАНОВА: Доброе утро", "cp1251"), ("主席: 早上好", "gb18030"), ("ΠΡΟΕΔΡΟΣ: Όχι", "cp1253")]
)
def test_a_few_letters_that_could_be_others_are_asked_for_and_never_guessed(text: str, encoding: str) -> None:
    srt = f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n".encode(encoding)
    with pytest.raises(CaptionsError) as refused:
        read_captions(srt)
    assert refused.value.code == "unknown_encoding"
    assert [turn.text for turn in read_captions(srt, encoding=encoding).turns] == [text.split(": ")[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "no-such-encoding"])
def test_an_encoding_that_does_not_fit_is_refused(encoding: str) -> None:
    with pytest.raises(CaptionsError) as refused:
        read_captions(FRENCH.encode("cp1252"), encoding=encoding)
    assert refused.value.code == "bad_encoding"


def test_bytes_that_are_no_text() -> None:
    for data in (b"\x00\x01\x02" * 99, codecs.BOM_UTF16_LE + b"\x00", b"PK\x03\x04\x00\x00" * 20):
        with pytest.raises(EncodingProblem) as refused:
            decoded(data)
        assert refused.value.code == "not_text"
