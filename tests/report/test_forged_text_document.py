"""A Word document of a record that somebody changed, with a manifest that fits it."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable

import pytest

from .test_bundle import checked, forged, kept


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as opened, zipfile.ZipFile(out, "w") as made:
        for part in opened.namelist():
            made.writestr(part, change(part, opened.read(part)))
    return out.getvalue()


def test_a_forged_word_in_the_text_document_is_found() -> None:
    content = repacked(kept("spoken")["report.docx"], lambda _, part: part.replace(b"followed up", b"forgotten.."))
    assert checked(forged({**kept("spoken"), "report.docx": content})).differing == ("report.docx",)


def test_pictures_as_dots_may_differ_and_that_is_said() -> None:
    content = repacked(
        kept("spoken")["report.docx"], lambda name, part: part + b"\0" if name.endswith(".png") else part
    )
    found = checked(forged({**kept("spoken"), "report.docx": content}))
    assert (found.ok, found.in_part) == (True, ("report.docx",))


def test_a_text_document_that_is_none_is_named() -> None:
    for content in (b"", b"PK\x03\x04", b"x" * 999):
        assert checked(forged({**kept("spoken"), "report.docx": content})).differing == ("report.docx",)


def test_a_text_document_with_two_parts_of_one_name_is_refused() -> None:
    """F13: the genuine text came second, a forged one first."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(kept("spoken")["report.docx"])) as opened, zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", opened.read("word/document.xml").replace(b"followed up", b"forgotten.."))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            for part in opened.namelist():
                made.writestr(part, opened.read(part))
    assert checked(forged({**kept("spoken"), "report.docx": out.getvalue()})).differing == ("report.docx",)


def _unlisted(content: bytes) -> bytes:
    """With a forged text in front, which is not in the directory: a program that reads from the beginning shows it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as opened, zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", opened.read("word/document.xml").replace(b"followed up", b"forgotten.."))
        end = made.fp.tell() if made.fp else 0
    return out.getvalue()[:end] + content


def _commented(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"The text was approved."
    return out.getvalue()


def _with_a_picture(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/more.png", b"\x89PNG")
    return out.getvalue()


@pytest.mark.parametrize("forge", [_unlisted, _commented, _with_a_picture, lambda content: content + b"more"])
def test_a_text_document_with_more_than_its_parts_is_refused(forge: Callable[[bytes], bytes]) -> None:
    content = forge(kept("spoken")["report.docx"])
    assert checked(forged({**kept("spoken"), "report.docx": content})).differing == ("report.docx",)
