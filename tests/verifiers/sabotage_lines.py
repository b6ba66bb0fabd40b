"""Falsified lines: whoever changes them cannot or does not make the links anew."""

from __future__ import annotations

import json
from typing import Any

from .cases import (
    IN_PART,
    NO_RECORD,
    NOT_VERIFIED,
    VERIFIED,
    Case,
    decomposed,
    moved,
    number,
    of_entry,
    of_line,
    of_lines,
    replaced,
)
from .generator import Given
from .stories import story

STATEMENT = 4
ASKED = number("QuestionAsked")
REPORT = number("ReportPublished")
LAST = len(story("plain").entries)


def _value(old: str, new: str) -> Any:
    """Change a text in the values of the parts of an entry."""

    def changed(entry: dict[str, Any]) -> None:
        before = json.dumps(entry)
        for part in entry["parts"]:
            if isinstance(part, list):
                part[1] = part[1].replace(old, new)
        assert json.dumps(entry) != before

    return changed


def _salted(salt: str) -> Any:
    def changed(entry: dict[str, Any]) -> None:
        entry["parts"][-1] = [salt, entry["parts"][-1][1].replace("comes", "came")]

    return changed


def _part(part: Any) -> Any:
    return lambda entry: entry["parts"].__setitem__(-1, part)


def _log(edit: Any) -> Any:
    return lambda: Given(log=edit(story("plain").log()))


def _long() -> Given:
    lines = story("plain").lines()
    lines[6] = lines[6].replace('"parts":[', '"parts":[' + ",".join(['"' + "0" * 64 + '"'] * 260_000) + ",")
    return Given(log="".join(line + "\n" for line in lines).encode())


DEEP = '{"seq":8,"parts":' + "[" * 100_000 + "]" * 100_000 + ',"link":"' + "0" * 64 + '"}'
DROPPED = ASKED + 1
NAMELESS = sum(len(parts) > 1 and not parts[1].shown and parts[0].shown for parts in story("nameless").entries)
SEVENTEEN = '{"seq":17,'

GENUINE = [
    Case("a genuine log", lambda: Given(log=story("plain").log()), VERIFIED),
    Case(
        "a genuine log in which texts are held back", lambda: Given(log=story("withheld").log()), IN_PART, full=VERIFIED
    ),
    Case("a genuine log under the Chatham House Rule", lambda: Given(log=story("chatham").log()), VERIFIED),
    Case("a genuine log without authors", lambda: Given(log=story("nameless").log()), VERIFIED, (str(NAMELESS),)),
    Case("a genuine log of a running session", lambda: Given(log=story("running").log()), IN_PART),
    Case("a genuine log with votes that are left out", lambda: Given(log=story("struck").log()), VERIFIED, ("1",)),
    Case("a genuine log with a second key", lambda: Given(log=story("rotated").log()), VERIFIED),
]

LINES = [
    Case("Chatham flag rewritten", of_entry(1, _value('"settings":{', '"settings":{"chatham":true,')), 1, ("1",)),
    Case("statement replaced with its salt", of_entry(STATEMENT, _value("comes", "came")), 1, ("4",)),
    Case("statement replaced with another salt", of_entry(STATEMENT, _salted("0" * 32)), 1, ("4",)),
    Case("statement replaced without salt", of_entry(STATEMENT, _part(['{"text":"No."}'])), 1, ("4",)),
    Case("statement replaced with an empty salt", of_entry(STATEMENT, _salted("")), 1, ("4",)),
    Case("statement as a bare text", of_entry(STATEMENT, _part('{"text":"No."}')), 1, ("4",)),
    Case("report replaced", of_entry(REPORT, _value("Nobody", "Everybody")), 1, (str(REPORT),)),
    Case("salt of 17 bytes", of_entry(STATEMENT, _salted("0" * 34)), 1, ("4",)),
    Case("salt of 15 bytes", of_entry(STATEMENT, _salted("0" * 30)), 1, ("4",)),
    Case("commitment of 31 bytes", of_entry(STATEMENT, _part("0" * 62)), 1, ("4",)),
    Case("commitment of 33 bytes", of_entry(STATEMENT, _part("0" * 66)), 1, ("4",)),
    Case("commitment null", of_entry(STATEMENT, _part(None)), 1, ("4",)),
    Case("value not a string", of_entry(STATEMENT, _part(["0" * 32, {"text": "No."}])), 1, ("4",)),
    Case("value without salt as null", of_entry(STATEMENT, _part([None, '{"text":"No."}'])), 1, ("4",)),
    Case("three things in a part", of_entry(STATEMENT, lambda entry: entry["parts"][-1].append("")), 1, ("4",)),
    Case("no parts", of_entry(STATEMENT, lambda entry: entry.update(parts=[])), 1, ("4",)),
    Case("parts as an object", of_entry(STATEMENT, lambda entry: entry.update(parts={})), 1, ("4",)),
    Case("a part removed", of_entry(STATEMENT, lambda entry: entry["parts"].pop()), 1, ("4",)),
    Case("a part doubled", of_entry(STATEMENT, lambda entry: entry["parts"].append(entry["parts"][-1])), 1, ("4",)),
    Case("parts in another order", of_entry(STATEMENT, lambda entry: entry["parts"].reverse()), 1, ("4",)),
    Case("another link", of_entry(STATEMENT, lambda entry: entry.update(link="0" * 64)), 1, ("4",)),
    Case("a further member", of_entry(STATEMENT, lambda entry: entry.update(note="")), 1, ("4",)),
    Case("number as a text", of_entry(STATEMENT, lambda entry: entry.update(seq="4")), 1, ("4",)),
    Case("entry as an array", of_line(STATEMENT, lambda line: f"[{line}]"), 1, ("4",)),
    Case("entry dropped", of_lines(lambda lines: [*lines[: DROPPED - 1], *lines[DROPPED:]]), 1, (str(DROPPED),)),
    Case("first entry dropped", of_lines(lambda lines: lines[1:]), 1, ("2",)),
    Case("entry doubled", of_lines(lambda lines: [*lines[:ASKED], lines[ASKED - 1], *lines[ASKED:]]), 1, (str(ASKED),)),
    Case("two entries in another order", of_lines(lambda lines: moved(lines, ASKED)), 1, (str(ASKED),)),
    Case(
        "entry dropped and the next renumbered",
        of_lines(lambda lines: [*lines[: LAST - 2], lines[LAST - 1].replace(f'"seq":{LAST}', f'"seq":{LAST - 1}')]),
        NOT_VERIFIED,
        (str(LAST - 1),),
    ),
    Case("log twice", of_lines(lambda lines: [*lines, *lines]), 1, (str(LAST + 1),)),
    Case("end of another log", of_lines(lambda lines: [*lines[:30], *story("rotated").lines()[30:]]), 1, ("31",)),
    Case("white space", of_line(17, replaced(",", ", ")), 1, ("17",)),
    Case("white space at the end of a line", of_line(17, lambda line: line + " "), 1, ("17",)),
    Case("CRLF", of_line(17, lambda line: line + "\r"), 1, ("17",)),
    Case("empty line", of_lines(lambda lines: [*lines[:16], "", *lines[16:]]), 1, ("17",)),
    Case("empty line at the end", of_lines(lambda lines: [*lines, ""]), 1, (str(LAST + 1),)),
    Case(
        "two entries in a line", of_lines(lambda lines: [*lines[:16], lines[16] + lines[17], *lines[18:]]), 1, ("17",)
    ),
    Case("escape that is not needed", of_line(STATEMENT, replaced("Capacity", "\\u0043apacity")), 1, ("4",)),
    Case("escaped slash", of_line(1, replaced("2026-11-29T", "2026\\/11-29T")), 1, ("1",)),
    Case("escape in upper case", of_line(STATEMENT, replaced("comes", "co\\u001Fmes")), 1, ("4",)),
    Case("long escape of a line feed", of_line(STATEMENT, replaced("comes", "co\\u000ames")), 1, ("4",)),
    Case("half of a pair of surrogates", of_line(STATEMENT, replaced("comes", "\\ud800")), 1, ("4",)),
    Case("bytes of a surrogate", of_line(STATEMENT, replaced("comes", "\ud800")), 1, ("4",)),
    Case("control character", of_line(STATEMENT, replaced("comes", "\x01")), 1, ("4",)),
    Case("upper-case hexadecimal in a link", of_line(17, lambda line: line[:-66] + line[-66:].upper()), 1, ("17",)),
    Case("upper-case hexadecimal in a salt", of_entry(17, lambda entry: entry.update(parts=["A" * 64])), 1, ("17",)),
    Case("members in another order", of_line(17, lambda line: _turned(line)), 1, ("17",)),
    Case("doubled member", of_line(17, replaced(SEVENTEEN, SEVENTEEN + '"seq":17,')), 1, ("17",)),
    Case("doubled parts", of_line(17, replaced('"link"', '"parts":[],"link"')), 1, ("17",)),
    Case("number with an exponent", of_line(17, replaced(SEVENTEEN, '{"seq":1.7e1,')), 1, ("17",)),
    Case("number with a fraction", of_line(17, replaced(SEVENTEEN, '{"seq":17.0,')), 1, ("17",)),
    Case("number with a zero in front", of_line(17, replaced(SEVENTEEN, '{"seq":017,')), 1, ("17",)),
    Case("negative number", of_line(17, replaced(SEVENTEEN, '{"seq":-17,')), 1, ("17",)),
    Case("number of 400 digits", of_line(17, replaced(SEVENTEEN, '{"seq":' + "9" * 400 + ",")), 1, ("17",)),
    Case("number true", of_line(17, replaced(SEVENTEEN, '{"seq":true,')), 1, ("17",)),
    Case("number infinite", of_line(17, replaced(SEVENTEEN, '{"seq":Infinity,')), 1, ("17",)),
    Case("deep JSON", of_lines(lambda lines: [*lines[:7], DEEP, *lines[8:]]), 1, ("8",)),
    Case("a line that is too long", _long, 1, ("7",)),
    Case("composed letters decomposed", of_line(REPORT, decomposed), 1, (str(REPORT),)),
    Case("byte order mark", _log(lambda log: b"\xef\xbb\xbf" + log), NO_RECORD),
    Case("byte order mark inside", of_line(17, lambda line: "\ufeff" + line), 1, ("17",)),
    Case("UTF-16", _log(lambda log: log.decode().encode("utf-16-le")), NO_RECORD),
    Case("last line feed missing", _log(lambda log: log[:-1]), 1, (str(LAST),)),
    Case("last line cut", _log(lambda log: log[:-40]), 1, (str(LAST),)),
    Case("only carriage returns", _log(lambda log: log.replace(b"\n", b"\r")), 1, ("1",)),
    Case("zero byte at the end", _log(lambda log: log + b"\0"), 1, (str(LAST + 1),)),
    Case("empty log", lambda: Given(log=b""), NO_RECORD),
    Case("something else", lambda: Given(log=b"%PDF-1.7\n"), NO_RECORD),
    Case("a log of format 1", lambda: Given(log=b'{"seq":1,"at":1,"by":"","body":{}}\n'), NO_RECORD, full=NOT_VERIFIED),
]


def _turned(line: str) -> str:
    entry = json.loads(line)
    return json.dumps({name: entry[name] for name in ("parts", "seq", "link")}, separators=(",", ":"))
