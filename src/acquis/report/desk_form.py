"""The form of the report desk: reads its fields and the button that was pressed, and gives the commands for them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import get_args

import msgspec
from msgspec.structs import replace

from acquis.command import Command
from acquis.events import Origin, Section, Sentence
from acquis.report.drafting import DraftSentence, DropSentence, MoveSentence
from acquis.report.publishing import fields_of
from acquis.state import Drafted, State
from acquis.state.drafting import FIELD, drafted

_FIELD = re.compile(r"s\.(\d{1,12}(?:-\d{1,4})?)\.text", re.ASCII)
_ENDS = ("part", "cites", "about", "base", "was", "origin")
_ACT = re.compile(
    r"(add|up|down|remove|cite|uncite|tie|untie|mine|theirs|both):([a-z_]{1,60}|\d{1,12}(?:-\d{1,4})?)"
    r"(?::([\w.:/#-]{1,60}))?",
    re.ASCII,
)
"""The value of a button: action, part of the report or id of a sentence, and an entry (for `tie` and `untie` an item of
the reference)."""

Step = tuple[str, Command]
"""A command with its idempotency key, so that a form that is sent twice is carried out once."""


class TypedSentence(msgspec.Struct, frozen=True):
    """A sentence as typed into the form. `base`: the entry of the wording on which it is based; `was`: the mark of that
    wording."""

    id: str
    part: str
    text: str
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    base: int = 0
    was: str = ""
    origin: Origin = ""
    conflict: bool = False
    """Somebody else has changed the sentence since, and the writer has seen both wordings without choosing one yet."""


class DeskForm(msgspec.Struct, frozen=True):
    """What a form holds and asks for. rows: its sentences; steps: the commands in order; target: the part or sentence
    that its button is about; unresolved: the sentences whose conflict is not resolved, which are not saved."""

    rows: list[TypedSentence]
    steps: list[Step]
    target: str
    unresolved: list[TypedSentence]


def mark(sentence: TypedSentence | Drafted) -> str:
    """A digest of text, citations and references (12 hexadecimal digits), by which a change is recognized."""
    return hashlib.sha256(repr((sentence.text.strip(), sentence.cites, sentence.about)).encode()).hexdigest()[:12]


def draft_mark(state: State) -> str:
    """A digest of the whole draft (16 hexadecimal digits), by which a change is recognized."""
    rows = [(part, [(sentence.id, sentence.entry) for sentence in row]) for part, row in state.draft.items()]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def idempotency_key(text: str) -> str:
    """The key of a command of the draft, made of what distinguishes the command from any other."""
    return f"draft-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def typed_sentences(fields: Mapping[str, str]) -> list[TypedSentence]:
    """The sentences of the fields of a form: `s.812.text`, `s.812.cites` ("12 34"), `s.812.about` ("norm-j cbm-8"),
    `s.812.part`, `s.812.base`, `s.812.was`, `s.812.origin`, and `s.812.met` for a conflict. Numbers that cannot be
    read are left out."""
    rows = []
    for name, text in fields.items():
        if match := _FIELD.fullmatch(name):
            of = {end: fields.get(f"s.{match[1]}.{end}", "") for end in _ENDS}
            cites = tuple(dict.fromkeys(map(int, re.findall(r"\d{1,9}", of["cites"]))))
            about = tuple(dict.fromkeys(of["about"].split()))
            base = int(of["base"]) if re.fullmatch(r"\d{1,12}", of["base"], re.ASCII) else 0
            rows.append(
                TypedSentence(
                    match[1],
                    of["part"],
                    text=text.replace("\r\n", "\n").strip(),
                    cites=cites,
                    about=about,
                    base=base,
                    was=of["was"],
                    origin=next((name for name in get_args(Origin) if name == of["origin"]), ""),
                    conflict=f"s.{match[1]}.met" in fields,
                )
            )
    return rows


def read(fields: Mapping[str, str], state: State) -> DeskForm:
    """What a form asks for: first every changed sentence, then the action of its button, the field `act`. An unknown
    `act` only saves. A sentence in conflict is changed only by the button that resolves it."""
    rows, act = typed_sentences(fields), fields.get("act", "")
    match = _ACT.fullmatch(act)
    name, on, last = (match[1], match[2], match[3] or "") if match else ("", "", "")
    target = next((row for row in rows if row.id == on), None)
    if target is not None and name in ("cite", "uncite", "tie", "untie"):
        changed = _changed(target, name, last, fields)
        rows = [changed if row is target else row for row in rows]
    resolved = on if name in ("mine", "theirs", "both") else ""
    conflicts = [row for row in rows if row.conflict and row.id != resolved]
    skipped = {row.id for row in conflicts}
    if name in ("remove", "theirs", "both"):
        skipped.add(on)
    steps: list[Step] = []
    for row in rows:
        if row.id not in skipped and mark(row) != row.was:
            command = DraftSentence(row.part, row.text, row.cites, row.about, row.id, row.base)
            steps.append((idempotency_key(f"{row.id}.{row.base}.{mark(row)}"), command))
    pressed = _pressed(name, on, target, state)
    if pressed is not None:
        # The same button may be pressed again in the next form, so its key has that of the form.
        steps.append((idempotency_key(f"{fields.get('key', '')}.{act}"), pressed))
    unresolved = [row for row in conflicts if (draft := drafted(state, row.id)) is None or mark(draft) != mark(row)]
    return DeskForm(rows, steps, on, unresolved)


def _changed(row: TypedSentence, name: str, last: str, fields: Mapping[str, str]) -> TypedSentence:
    """The sentence with other evidence, or other items of the reference."""
    if name in ("tie", "untie"):
        about = tuple(item for item in row.about if item != last)
        return replace(row, about=(*about, last) if name == "tie" and last else about)
    ticked = (int(field[5:]) for field in fields if re.fullmatch(r"pick\.\d{1,9}", field, re.ASCII))
    picked = (int(last),) if last.isdecimal() else tuple(ticked)
    if name == "uncite":
        return replace(row, cites=tuple(seq for seq in row.cites if seq not in picked))
    return replace(row, cites=tuple(dict.fromkeys((*row.cites, *picked))))


def _pressed(name: str, on: str, row: TypedSentence | None, state: State) -> Command | None:
    """The command of a button, beside those that save what was typed."""
    if name == "add":
        return DraftSentence(on, "")
    if name == "both" and row is not None:
        origin: Origin = "both" if row.origin == "machine" else row.origin
        return DraftSentence(row.part, row.text, row.cites, row.about, origin=origin)
    sentence = drafted(state, on)
    if sentence is None or name not in ("remove", "up", "down"):
        return None
    if name == "remove":
        return DropSentence(on, row.base if row else sentence.entry)
    ids = [draft.id for draft in state.draft[sentence.part]]
    place = ids.index(on)
    if name == "up" and place:
        return MoveSentence(on, ids[place - 2] if place > 1 else "")
    if name == "down" and place + 1 < len(ids):
        return MoveSentence(on, ids[place + 1])
    return None


def whole(state: State, part: str) -> tuple[Sentence, ...]:
    """The sentences of a part that have a text or a citation."""
    drafts = state.draft.get(part, ())
    return tuple(draft.sentence() for draft in drafts if draft.text.strip() or draft.cites)


def sections(state: State) -> tuple[Section, ...]:
    """The fields of the full report that are not empty, in the order of the profile."""
    order = list(fields_of(state))
    names = sorted(
        (part.removeprefix(FIELD) for part in state.draft if part.startswith(FIELD)),
        key=lambda name: order.index(name) if name in order else len(order),
    )
    listed = (Section(name, whole(state, FIELD + name)) for name in names)
    return tuple(section for section in listed if section.paragraphs)
