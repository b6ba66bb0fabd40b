"""The form of the report desk: reads its fields and the button that was pressed, and gives the commands for them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from acquis.events import Section, Sentence
from acquis.report.drafting import DraftSentence, DropSentence, MoveSentence
from acquis.report.publishing import fields_of
from acquis.report.skeleton import counted, counted_part
from acquis.state import Drafted, State
from acquis.state.drafting import FIELD, drafted
from acquis.statistics.evidence import cite

_FIELD = re.compile(r"s\.(\d{1,12}(?:-\d{1,4})?)\.text", re.ASCII)
_ACT = re.compile(
    r"(add|use|begin|up|down|remove|cite|uncite|tie|untie|mine|theirs|both):([a-z_]{1,60}|\d{1,12}(?:-\d{1,4})?)"
    r"(?::([\w.:/#-]{1,60}))?",
    re.ASCII,
)
"""The value of a button: action, part of the report or id of a sentence, and an entry (for `tie` and `untie` an item of
the reference)."""

Step = tuple[str, DraftSentence | MoveSentence | DropSentence]
"""A command with an idempotency key, so that a form that is sent twice is carried out once."""


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
    conflict: bool = False
    """Somebody else has changed the sentence since, and the writer has seen both wordings without choosing one yet."""


class Asked(msgspec.Struct, frozen=True):
    """What a form asks for: commands in order; the part or sentence (`on`) that the page shows next; and the sentences
    whose conflict is not resolved, which are kept as they were typed."""

    steps: list[Step]
    on: str
    unresolved: list[TypedSentence]


def mark(sentence: TypedSentence | Drafted) -> str:
    """A digest of text, citations and references (12 hexadecimal digits), by which a change is recognized."""
    return hashlib.sha256(repr((sentence.text.strip(), sentence.cites, sentence.about)).encode()).hexdigest()[:12]


def read(fields: Mapping[str, str]) -> list[TypedSentence]:
    """The sentences of the fields of a form: `s.812.text`, `s.812.cites` ("12 34"), `s.812.about` ("norm-j cbm-8"),
    `s.812.part`, `s.812.base`, `s.812.was`, and `s.812.met` for a conflict. Numbers that cannot be read are left
    out."""
    rows = []
    for name, text in fields.items():
        if match := _FIELD.fullmatch(name):
            of = {end: fields.get(f"s.{match[1]}.{end}", "") for end in ("part", "cites", "about", "base", "was")}
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
                    conflict=f"s.{match[1]}.met" in fields,
                )
            )
    return rows


def asked(
    rows: Sequence[TypedSentence], act: str, fields: Mapping[str, str], state: State, language: str = "en"
) -> Asked:
    """What a form asks for: first every changed sentence, then the action of the button `act`. An unknown `act` only
    saves. A sentence in conflict is changed only by the button that resolves it. `language`: that of the counted
    paragraph."""
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
    saved: list[Step] = [
        (f"{row.id}.{row.base}.{mark(row)}", DraftSentence(row.part, row.text, row.cites, row.about, row.id, row.base))
        for row in rows
        if row.id not in skipped and mark(row) != row.was
    ]
    if name == "begin" and on == counted_part(state):
        saved.append((act, DraftSentence(on, counted(state, language))))
    steps = [*saved, *((act, command) for command in _pressed(name, on, last, target, state))]
    return Asked(steps, on, [row for row in conflicts if _differs(row, drafted(state, row.id))])


def _differs(row: TypedSentence, drafted: Drafted | None) -> bool:
    """Whether the typed sentence differs from the draft, so that the conflict still exists."""
    return drafted is None or mark(row) != mark(drafted)


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


def _pressed(
    name: str, on: str, last: str, row: TypedSentence | None, state: State
) -> Iterator[DraftSentence | MoveSentence | DropSentence]:
    """The commands of a button, beside those that save what was typed."""
    sentence = drafted(state, on)
    if name == "add":
        yield DraftSentence(on, "")
    elif name == "use" and last.isdecimal():
        for evidence in cite(state, [int(last)]):
            yield DraftSentence(on, evidence.text, (evidence.seq,), state.about.get(evidence.seq, ()))
    elif name == "both" and row is not None:
        yield DraftSentence(row.part, row.text, row.cites, row.about)
    elif name == "remove" and sentence is not None:
        yield DropSentence(on, row.base if row else sentence.entry)
    elif name in ("up", "down") and sentence is not None:
        yield from _moved(sentence, state.draft[sentence.part], name)


def _moved(drafted: Drafted, row: Sequence[Drafted], name: str) -> Iterator[MoveSentence]:
    at = row.index(drafted)
    if name == "up" and at:
        yield MoveSentence(drafted.id, row[at - 2].id if at > 1 else "")
    elif name == "down" and at + 1 < len(row):
        yield MoveSentence(drafted.id, row[at + 1].id)


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
