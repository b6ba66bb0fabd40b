"""Exported logs: their lines are read back byte for byte, and no other line is accepted."""

import json
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.record import Entry, Part
from acquis.record.chain import GENESIS, commitment, commitments, hidden, link, part_salt, verify
from acquis.record.lines import from_line, to_line, to_lines

from .chains import divided, entry, logs, salts

SAID = [b'{"event":"Said","n":7}', '{"text":"é \\"a\\" \\u0000\\n/"}'.encode(), b'{"lane":"room"}', b'{"title":"b"}']
WHOLE = entry(GENESIS, 1, SAID, "p-1", 1_700_000_000_000, b"\xab" * 16)
SHOWN = hidden(WHOLE, lambda place, _: place != 2)
LINE = to_line(SHOWN)


def _refused(line: bytes, before: bytes = GENESIS) -> bool:
    """Whether a line is not accepted as the first one after `before`."""
    try:
        return not verify([from_line(line)], before).ok
    except ValueError:
        return True


@given(logs())
def test_an_export_comes_back_byte_for_byte(entries: list[Entry]) -> None:
    lines = [to_line(entry) for entry in entries]
    assert [from_line(line) for line in lines] == entries
    assert [from_line(line + b"\n") for line in lines] == entries
    assert to_lines(entries) == b"".join(line + b"\n" for line in lines)
    assert not any(b"\n" in line for line in lines)
    for line in lines:  # the form that the specification names, written by other code
        assert json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")).encode() == line


@given(logs(), st.data())
def test_any_changed_byte_of_an_export_is_found(entries: list[Entry], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(entries) - 1))
    changed = bytearray(to_line(entries[which]))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        entry = from_line(bytes(changed))
    except ValueError:
        return  # found when it was read
    assert verify([*entries[:which], entry, *entries[which + 1 :]]).first_bad == which + 1


def test_every_single_changed_byte_of_a_line_is_refused() -> None:
    assert not _refused(LINE)
    others = [1 << bit for bit in range(8)] + [ord("a") ^ ord("0")]
    for place in range(len(LINE)):
        for change in others:
            changed = bytearray(LINE)
            changed[place] ^= change
            assert _refused(bytes(changed)), bytes(changed)
        assert _refused(LINE[:place] + LINE[place + 1 :])
        for more in b' ,0a"':
            assert _refused(LINE[:place] + bytes([more]) + LINE[place:]) or more == LINE[place]


def _texts(change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    return lambda line: change(line.decode()).encode()


def _json(change: Callable[[dict[str, object]], object]) -> Callable[[bytes], bytes]:
    return lambda line: json.dumps(change(json.loads(line)), ensure_ascii=False, separators=(",", ":")).encode()


OTHER_FORMS: dict[str, Callable[[bytes], bytes]] = {
    "white space": _texts(lambda line: line.replace('"seq":', '"seq": ')),
    "white space at the end": _texts(lambda line: line + " "),
    "two line ends": _texts(lambda line: line + "\n\n"),
    "a carriage return": _texts(lambda line: line + "\r\n"),
    "a byte order mark": _texts(lambda line: "\ufeff" + line),
    "upper-case hexadecimal": _texts(lambda line: line.replace(SHOWN.link.hex(), SHOWN.link.hex().upper())),
    "an upper-case commitment": _texts(
        lambda line: line.replace(SHOWN.parts[2].commitment.hex(), SHOWN.parts[2].commitment.hex().upper())
    ),
    "blanks in hexadecimal": _texts(lambda line: line.replace(SHOWN.link.hex(), SHOWN.link.hex()[:-2] + "  ")),
    "an escape instead of é": _texts(lambda line: line.replace("é", "\\u00e9")),
    "an escape instead of /": _texts(lambda line: line.replace("/", "\\/")),
    "another normal form": _texts(lambda line: line.replace("é", "e\u0301")),
    "a number with a fraction": _texts(lambda line: line.replace('"seq":1,', '"seq":1.0,')),
    "a number with an exponent": _texts(lambda line: line.replace('"seq":1,', '"seq":1e0,')),
    "a number with a zero before it": _texts(lambda line: line.replace('"seq":1,', '"seq":01,')),
    "a member twice": _texts(lambda line: line.replace('"seq":1,', '"seq":1,"seq":1,')),
    "a link twice": _texts(lambda line: line[:-1] + f',"link":"{SHOWN.link.hex()}"}}'),
    "a member more": _json(lambda line: {**line, "more": 1}),
    "a member less": _json(lambda line: {name: line[name] for name in ("seq", "parts")}),
    "another order": _json(lambda line: {name: line[name] for name in ("parts", "seq", "link")}),
    "no parts": _json(lambda line: {**line, "parts": []}),
    "a part of one string": _json(lambda line: {**line, "parts": [["00" * 16]]}),
    "a part of three strings": _json(lambda line: {**line, "parts": [["00" * 16, "{}", "00" * 32]]}),
    "a part that is nothing": _json(lambda line: {**line, "parts": [None]}),
    "a short salt": _json(lambda line: {**line, "parts": [["00" * 15, '{"at":0,"by":"","e":1}']]}),
    "a short commitment": _json(lambda line: {**line, "parts": ["00" * 31]}),
    "a short link": _json(lambda line: {**line, "link": "00" * 31}),
    "too many parts": _json(lambda line: {**line, "parts": ["00" * 32] * 17}),
    "a list": _json(lambda line: [line]),
    "deep brackets": lambda line: b'{"seq":1,"parts":' + b"[" * 100_000,
    "nothing": lambda line: b"",
}


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_another_form_of_a_line_is_refused(form: str) -> None:
    changed = OTHER_FORMS[form](LINE)
    assert changed != LINE
    assert _refused(changed)


def _forged(*values: str | None) -> bytes:
    """A line whose commitments and link are right, as a forger would write it; None: a part that is not shown."""
    salt = b"f" * 16
    parts = tuple(
        Part(bytes(32)) if value is None else Part(commitment(salt, value.encode()), salt, value.encode())
        for value in values
    )
    return to_line(Entry(1, 0, "", "", body=b"", parts=parts, link=link(GENESIS, 1, commitments(parts))))


ACT = '{"at":5,"by":"p","event":"Said"}'
APART = '{"at":5,"event":"Said"}'


def test_what_the_forger_of_the_next_tests_writes_is_accepted_if_it_has_the_right_form() -> None:
    assert not _refused(_forged(ACT, None, '{"text":"é"}'))
    assert not _refused(_forged(None, None))
    assert not _refused(_forged(APART, '{"by":"p"}', '{"text":"é"}'))
    assert not _refused(_forged(APART, None))


@pytest.mark.parametrize(
    "values",
    [
        (None, '{"text":"a"}'),
        (None, ACT),
        ('{"event":"Said","at":5,"by":"p"}',),
        ('{"by":"p","at":5,"event":"Said"}',),
        ('{"at":5,"event":"Said","by":"p"}',),
        ('{"at":5,"by":"p"}',),
        ('{"at":-5,"by":"p","event":"Said"}',),
        ('{"at":5.0,"by":"p","event":"Said"}',),
        ('{"at":true,"by":"p","event":"Said"}',),
        ('{"at":"5","by":"p","event":"Said"}',),
        ('{"at":5,"by":7,"event":"Said"}',),
        ('{"at":5,"by":"p","at":5,"event":"Said"}',),
        ('{"at":5,"by":"p", "event":"Said"}',),
        ('{"at":5,"by":"p","event":"Said"} ',),
        ('{"at":5,"by":"\\u00e9","event":"Said"}',),
        ('{"at":5,"by":"p","event":"Said","n":1.5}',),
        ('{"at":5,"by":"p","event":"Said","n":1e2}',),
        ('{"at":5,"by":"p","event":"Said","event":"Said"}',),
        (ACT, '{"event":"Shouted"}'),
        (ACT, '{"text":"a"}', '{"text":"b"}'),
        (ACT, '{"by":"q"}'),
        (ACT, '{"text":"a","text":"a"}'),
        (ACT, '{"text":"\\u00e9"}'),
        (ACT, "{}"),
        (ACT, "[1]"),
        (ACT, '"text"'),
        (ACT, "7"),
        (ACT, ""),
        (ACT, '("event":"Shouted")'),
        (APART,),
        (APART, '{"text":"a"}'),
        (APART, '{"by":7}'),
        (APART, '{"by":"p","text":"a"}'),
        (APART, '{"text":"a"}', '{"by":"p"}'),
        (APART, '{"by":"p"}', '{"by":"p"}'),
        (APART, None, '{"by":"p"}'),
        (ACT, '{"text":"a"}{"text":"b"}'),
    ],
)
def test_parts_of_another_form_are_refused_with_right_commitments_too(values: tuple[str | None, ...]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_line(_forged(*values))


@given(divided(), salts, st.data())
def test_an_export_contains_nothing_from_which_a_hidden_part_can_be_computed(
    said: list[bytes], salt: bytes, data: st.DataObject
) -> None:
    whole = entry(GENESIS, 1, said, salt=salt)
    keeps = data.draw(st.lists(st.booleans(), min_size=len(said), max_size=len(said)))
    line = to_line(hidden(whole, lambda place, _: keeps[place]))
    shown = {part.salt for place, part in enumerate(whole.parts) if keeps[0] and keeps[place]}
    assert (salt.hex() in line.decode()) == (len(said) == 1 and keeps[0])
    for place, part in enumerate(whole.parts):
        assert part.salt is not None
        assert (part.salt.hex() in line.decode()) == (part.salt in shown)
        assert part.commitment.hex() not in line.decode() or part.salt not in shown
        if part.salt not in shown:
            assert part.salt not in {part_salt(salt or b"", place, of) for salt in shown for of in (1, 2, 5)}


@pytest.mark.parametrize("body", [b" 1", b"1 ", b"{", b'1,"salt":null', b'{"a":\n1}', b'{"a":1}\n', b"\xff"])
def test_a_body_of_format_1_that_would_not_come_back_is_not_exported(body: bytes) -> None:
    part = Part(commitment(b"s" * 16, body), b"s" * 16, body)
    with pytest.raises(ValueError, match=r".+"):
        to_line(Entry(1, 0, "p", "", body=body, parts=(part,), link=GENESIS, format=1))


def test_a_sealed_entry_shows_commitments_only() -> None:
    line = to_line(hidden(WHOLE, lambda place, _: place > 0))
    parts = [part.commitment.hex() for part in WHOLE.parts]
    assert msgspec.json.decode(line) == {"seq": 1, "parts": parts, "link": WHOLE.link.hex()}
    assert from_line(line).is_sealed
