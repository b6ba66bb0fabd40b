"""Falsified records of which all links were made anew: the chain is consistent, and what it says is not."""

from __future__ import annotations

import json
from typing import Any

from .cases import IN_PART, NOT_VERIFIED, Case, anew, number, replaced
from .generator import Part, Record, Signer, canonical
from .stories import ORGANIZER, programme, story

ASKED, LINE = number("QuestionAsked"), number("SpeechCaptioned")
TOTALS = number("TotalsPublished")
LAST = len(story("plain").entries)
SALT = "5a" * 16


def _value(seq: int, edit: Any) -> Any:
    """Change the value of the last part of an entry, as a text."""

    def changed(record: Record) -> None:
        part = record.entries[seq - 1][-1]
        before, part.value = part.value, edit(part.value)
        assert part.value != before

    return changed


def _parts(seq: int, edit: Any) -> Any:
    return lambda record: edit(record.entries[seq - 1])


def _add(event: str, **members: Any) -> Any:
    return lambda record: record.add("", event, **members)


def _hide(seq: int, *members: str) -> Any:
    return lambda record: record.hide(seq, *members)


def _key(seed: int, signed_by: int | None) -> Any:
    def changed(record: Record) -> None:
        key = Signer(record.origin, seed).verifier_key
        signature = Signer(record.origin, signed_by).signature(key) if signed_by is not None else None
        members = {"key": key, "signature": signature} if signature else {"key": key}
        record.add("", "KeyAnnounced", **members)

    return changed


def _late_rule(record: Record) -> None:
    """The rule is published after the session, so that a text can be hidden."""
    record.add(ORGANIZER, "ProgrammePublished", **programme(chatham=True))
    record.hide(LINE, "text")


def _masked(kind: str, other: int, shown: Any) -> Any:
    members = {"entry": other} | ({} if shown is None else {"shown": canonical(shown)})
    return anew(_add("TextMasked", **members), kind)


def _empty_form(record: Record) -> None:
    record.add("", "TextMasked", entry=1, shown="x")
    record.entries[-1][-1].value = '{"shown":""}'


def _no_form(record: Record) -> None:
    """The form that counts is hidden."""
    record.hide(record.numbers("TextMasked")[-1], "shown")


def _groups_in_act(parts: list[Part]) -> None:
    members = json.loads(parts[0].value) | json.loads(parts.pop(1).value)
    parts[0].value = canonical(members)


def _huge(part: Part) -> None:
    part.value = part.value.replace('"by"', '"n":9007199254740992,"by"')


def _turned(part: Part) -> None:
    members = json.loads(part.value)
    part.value = canonical(dict(reversed(list(members.items()))))


def _in_two(record: Record) -> None:
    """The ballots in a part of their own, which is not shown."""
    parts = record.entries[record.numbers("BallotsPublished")[0] - 1]
    members = json.loads(parts[0].value)
    parts.append(Part(SALT, canonical({"ballots": members.pop("ballots")}), shown=False))
    parts[0].value = canonical(members)


def _more_hidden(record: Record) -> None:
    """An erasure of texts explains the texts and the name, and no third part."""
    record.entries[LINE - 1].append(Part(SALT, '{"extra":1}'))
    record.hide(LINE, "text", "speaker", "extra")
    record.add(ORGANIZER, "TextErased", entry=LINE)


def _other_name(record: Record) -> None:
    key = Signer("elsewhere.example.org", 9).verifier_key
    record.add("", "KeyAnnounced", key=key, signature=record.signer.signature(key))


def _no_rule(record: Record) -> None:
    record.change(1, settings={"ask_gender": True})


def _only_act(parts: list[Part]) -> None:
    del parts[1:]


def _author(value: str) -> Any:
    """Another value in the place of the author, shown under its salt."""

    def changed(record: Record) -> None:
        record.entries[SILENCED - 1][1] = Part(SALT, value)

    return changed


def _author_last(parts: list[Part]) -> None:
    parts.append(parts.pop(1))
    parts[-1].shown = True


def _person_in_act(record: Record) -> None:
    parts = record.entries[SILENCED - 1]
    parts[0].value = canonical(json.loads(parts[0].value) | json.loads(parts.pop().value))


def _two_hidden(parts: list[Part]) -> None:
    """A part behind the author of an event that has no other parts."""
    parts.append(Part(SALT, '{"text":"No."}', shown=False))


RULED = len(story("chatham").entries)
MASKED = story("chatham").numbers("TextMasked")
RULED_LINE = number("SpeechCaptioned", 0, "chatham")
NAMELESS, SILENCED = len(story("nameless").entries), number("ParticipantSilenced", 0, "nameless")
NAMED_HAND = number("HandEntered", 0, "nameless")
SEATS = {"seats": [{"name": "[…]"}]}
EXTRA = Part(SALT, '{"extra":1}')
UNBOUNDED = {"huge number": 1 << 53, "negative number": -1, "number as a name": '{"1":2}', "lists": "[" * 40 + "]" * 40}
"""What a program may read otherwise than another one, or not at all."""
AUTHOR = Part(SALT, '{"by":"p-moderator"}')

PARTS = [
    Case("value with white space", anew(_value(4, lambda text: text.replace(":", ": "))), 1, ("4",)),
    Case("value with a doubled member", anew(_value(4, lambda text: text[:-1] + "," + text[1:])), 1, ("4",)),
    Case("value with a fraction", anew(_value(TOTALS, replaced('"upto":', '"upto":1.'))), 1, (str(TOTALS),)),
    Case("value with a huge number", anew(_parts(4, lambda parts: _huge(parts[0]))), 1, ("4",)),
    Case("value with a number as a name", anew(_value(4, lambda text: text[:-1] + ',"1":2}')), 1, ("4",)),
    *(
        Case(
            f"{name} deep in a value",
            anew(_value(1, replaced('"document":{', f'"document":{{"more":{value},'))),
            1,
            ("1",),
        )
        for name, value in UNBOUNDED.items()
    ),
    Case("time as a huge number", anew(lambda record: record.change(6, at=1 << 53)), 1, ("6",)),
    Case("value an array", anew(_value(4, lambda text: f"[{text}]")), 1, ("4",)),
    Case("value no JSON", anew(_value(4, lambda text: "No.")), 1, ("4",)),
    Case("value deep", anew(_value(4, lambda text: '{"text":' + "[" * 60 + "]" * 60 + "}")), 1, ("4",)),
    Case("empty part", anew(_parts(4, lambda parts: parts.append(Part(SALT, "{}")))), 1, ("4",)),
    Case("member in two parts", anew(_parts(4, lambda parts: parts.append(Part(SALT, parts[-1].value)))), 1, ("4",)),
    Case("groups in the act", anew(_parts(ASKED, _groups_in_act)), 1, (str(ASKED),)),
    Case("private part left out", anew(_parts(ASKED, lambda parts: parts.pop(2))), 1, (str(ASKED),)),
    Case("part of another event", anew(_parts(6, lambda parts: parts.append(Part(SALT, '{"text":"No."}')))), 1, ("6",)),
    Case("masked form with other members", _masked("chatham", RULED_LINE, {"turn": 9}), 1, (str(RULED + 1),)),
    Case("groups after the texts", anew(_parts(ASKED, lambda parts: parts.append(parts.pop(1)))), 1, (str(ASKED),)),
    Case("groups and texts in one part", anew(_value(4, lambda text: text[:-1] + ',"lane":"room"}')), 1, ("4",)),
    Case("six parts", anew(_parts(4, lambda parts: parts.extend([EXTRA] * 4))), 1, ("4",)),
    Case("part shown without act", anew(_parts(4, lambda parts: setattr(parts[0], "shown", False))), 1, ("4",)),
    Case("two parts hidden with the act", anew(_hide(4)), 1, ("4",)),
    Case("act not first", anew(_parts(4, lambda parts: parts.reverse())), 1, ("4",)),
    Case("act without time", anew(lambda record: record.change(6, at=None)), 1, ("6",)),
    Case("act with a time as text", anew(lambda record: record.change(6, at="now")), 1, ("6",)),
    Case("act with other members first", anew(_parts(6, lambda parts: _turned(parts[0]))), 1, ("6",)),
    Case("text of a line hidden without reason", anew(_hide(LINE, "text")), 1, (str(LINE),)),
    Case("text of a statement hidden without reason", anew(_hide(4, "text")), IN_PART, ("4",), full=NOT_VERIFIED),
    Case("groups hidden without the rule", anew(_hide(ASKED, "lane")), 1, (str(ASKED),)),
    Case("panel hidden without the rule", anew(_hide(1, "seats")), 1, ("1",)),
    Case("more hidden than was erased", anew(_more_hidden), 1, (str(LINE),)),
    Case("vote opened to hide an act", anew(_hide(6)), 1, (str(TOTALS),)),
    Case("rule published after the session opened", anew(_late_rule), 1, (str(LAST + 1),)),
    Case("masked form of what is shown", _masked("chatham", 1, {"settings": {}}), 1, (str(RULED + 1), "1")),
    Case("masked form without the rule", _masked("plain", 1, SEATS), 1, (str(LAST + 1),)),
    Case("masked form of a later entry", _masked("chatham", RULED + 2, SEATS), 1, (str(RULED + 1),)),
    Case("masked form of a sealed entry", _masked("chatham", 9, SEATS), 1, (str(RULED + 1), "9")),
    Case("masked form of a masked form", _masked("chatham", MASKED[0], SEATS), 1, (str(RULED + 1),)),
    Case("masked form that is no object", _masked("chatham", 1, ["[…]"]), 1, (str(RULED + 1),)),
    Case("masked form that is empty", anew(_empty_form, "chatham"), 1, (str(RULED + 1),)),
    Case("masked form that is hidden", anew(_no_form, "chatham"), 1, (str(MASKED[-1]),)),
    Case(
        "ballots hidden under the rule", anew(_in_two, "chatham"), 1, (str(number("BallotsPublished", 0, "chatham")),)
    ),
    Case("author hidden without the rule", anew(_no_rule, "nameless"), 1, ("1",)),
    Case("author of an act that names one", anew(_parts(6, lambda parts: parts.insert(1, AUTHOR))), 1, ("6",)),
    Case("author missing", anew(_parts(SILENCED, _only_act), "nameless"), 1, (str(SILENCED),)),
    Case("author replaced by a text", anew(_author('{"text":"No."}'), "nameless"), 1, (str(SILENCED),)),
    Case("author with another member", anew(_author('{"by":"p","text":"No."}'), "nameless"), 1, (str(SILENCED),)),
    Case("author a number", anew(_author('{"by":7}'), "nameless"), 1, (str(SILENCED),)),
    Case("author behind the groups", anew(_parts(NAMED_HAND, _author_last), "nameless"), 1, (str(NAMED_HAND),)),
    Case("author twice", anew(_parts(SILENCED, lambda parts: parts.append(AUTHOR)), "nameless"), 1, (str(SILENCED),)),
    Case("person in the act", anew(_person_in_act, "nameless"), 1, (str(SILENCED),)),
    Case("person left out", anew(_parts(SILENCED, lambda parts: parts.pop()), "nameless"), 1, (str(SILENCED),)),
    Case("text hidden with the author", anew(_parts(6, _two_hidden), "nameless"), 1, ("6",)),
    Case("masked form of an author", _masked("nameless", SILENCED, {"by": "p"}), 1, (str(NAMELESS + 1),)),
    Case("masked form of a person", _masked("nameless", SILENCED, {"person": "p"}), 1, (str(NAMELESS + 1),)),
    Case("erasure of a later entry", anew(_add("TextErased", entry=LAST + 5)), 1, (str(LAST + 1),)),
    Case("erasure of no entry", anew(_add("TextErased", reason="none")), 1, (str(LAST + 1),)),
    Case("key with another name", anew(_other_name), 1, (str(LAST + 1),)),
    Case("second key without signature", anew(_key(9, None)), IN_PART, (str(LAST + 1),)),
    Case("second key signed by itself", anew(_key(9, 9)), 1, (str(LAST + 1),)),
    Case("key that is none", anew(_add("KeyAnnounced", key="none")), 1, (str(LAST + 1),)),
]
