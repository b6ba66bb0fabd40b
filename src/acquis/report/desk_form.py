"""Drafting with the fields and buttons of a form: what is typed, and a button, become commands of the desk."""

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
"""What a button says: its name, a part of the report or a sentence, and an entry (or, to `tie` and `untie`, an item of
the reference)."""

Step = tuple[str, DraftSentence | MoveSentence | DropSentence]
"""A command and what tells it from any other, for its key: the same form sent twice does everything once."""


class TypedSentence(msgspec.Struct, frozen=True):
    """A sentence as somebody typed it: `base` is the entry of the wording that it was made from, `was` the mark of that
    wording."""

    id: str
    part: str
    text: str
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    base: int = 0
    was: str = ""
    met: bool = False
    """Somebody else changed it meanwhile, and whoever typed this has been shown both and has not chosen yet."""


class Asked(msgspec.Struct, frozen=True):
    """What a form asks for: its commands in their order; where the page goes on, the part or the sentence; and the
    sentences that two wrote and nobody has chosen of yet, which are kept as they were typed."""

    steps: list[Step]
    on: str
    held: list[TypedSentence]


def mark(sentence: TypedSentence | Drafted) -> str:
    """A mark of a wording, to see whether it was changed."""
    return hashlib.sha256(repr((sentence.text.strip(), sentence.cites, sentence.about)).encode()).hexdigest()[:12]


def read(fields: Mapping[str, str]) -> list[TypedSentence]:
    """The sentences as the form has them: `s.812.text`, `s.812.cites` ("12 34"), `s.812.about` ("norm-j cbm-8"), with
    `s.812.part`, `s.812.base`, `s.812.was` and `s.812.met`."""
    rows = []
    for name, text in fields.items():
        if match := _FIELD.fullmatch(name):
            of = {end: fields.get(f"s.{match[1]}.{end}", "") for end in ("part", "cites", "about", "base", "was")}
            cites = tuple(dict.fromkeys(map(int, re.findall(r"\d{1,9}", of["cites"]))))
            about = tuple(dict.fromkeys(of["about"].split()))
            base = int(of["base"]) if re.fullmatch(r"\d{1,12}", of["base"], re.ASCII) else 0
            typed, met = text.replace("\r\n", "\n").strip(), f"s.{match[1]}.met" in fields
            rows.append(
                TypedSentence(
                    match[1], of["part"], text=typed, cites=cites, about=about, base=base, was=of["was"], met=met
                )
            )
    return rows


def asked(
    rows: Sequence[TypedSentence], act: str, fields: Mapping[str, str], state: State, language: str = "en"
) -> Asked:
    """What a form asks for: every sentence that was typed in, then what its button does. What is no button only
    saves; and where two wrote a sentence, only the button that chooses does anything to it. `language` is that of a
    paragraph that is counted."""
    match = _ACT.fullmatch(act)
    name, on, last = (match[1], match[2], match[3] or "") if match else ("", "", "")
    row = next((one for one in rows if one.id == on), None)
    if row is not None and name in ("cite", "uncite", "tie", "untie"):
        changed = _changed(row, name, last, fields)
        rows = [changed if one is row else one for one in rows]
    chosen = on if name in ("mine", "theirs", "both") else ""
    held = [one for one in rows if one.met and one.id != chosen and _differs(one, drafted(state, one.id))]
    left_alone = {one.id for one in rows if one.met and one.id != chosen}
    if name in ("remove", "theirs", "both"):
        left_alone.add(on)
    saved: list[Step] = [
        (f"{one.id}.{one.base}.{mark(one)}", DraftSentence(one.part, one.text, one.cites, one.about, one.id, one.base))
        for one in rows
        if one.id not in left_alone and mark(one) != one.was
    ]
    if name == "begin" and on == counted_part(state):
        saved.append((act, DraftSentence(on, counted(state, language))))
    return Asked([*saved, *((act, command) for command in _pressed(name, on, last, row, state))], on, held)


def _differs(row: TypedSentence, drafted: Drafted | None) -> bool:
    """Whether there is still something to choose."""
    return drafted is None or mark(row) != mark(drafted)


def _changed(row: TypedSentence, name: str, last: str, fields: Mapping[str, str]) -> TypedSentence:
    """A sentence with other evidence, or other items of the reference."""
    if name in ("tie", "untie"):
        about = tuple(one for one in row.about if one != last)
        return replace(row, about=(*about, last) if name == "tie" and last else about)
    ticked = (int(field[5:]) for field in fields if re.fullmatch(r"pick\.\d{1,9}", field, re.ASCII))
    picked = (int(last),) if last.isdecimal() else tuple(ticked)
    if name == "uncite":
        return replace(row, cites=tuple(seq for seq in row.cites if seq not in picked))
    return replace(row, cites=tuple(dict.fromkeys((*row.cites, *picked))))


def _pressed(
    name: str, on: str, last: str, row: TypedSentence | None, state: State
) -> Iterator[DraftSentence | MoveSentence | DropSentence]:
    """What a button asks for beside what was typed."""
    found = drafted(state, on)
    if name == "add":
        yield DraftSentence(on, "")
    elif name == "use" and last.isdecimal():
        for evidence in cite(state, [int(last)]):
            yield DraftSentence(on, evidence.text, (evidence.seq,), state.about.get(evidence.seq, ()))
    elif name == "both" and row is not None:
        yield DraftSentence(row.part, row.text, row.cites, row.about)
    elif name == "remove" and found is not None:
        yield DropSentence(on, row.base if row else found.entry)
    elif name in ("up", "down") and found is not None:
        yield from _moved(found, state.draft[found.part], name)


def _moved(drafted: Drafted, row: Sequence[Drafted], name: str) -> Iterator[MoveSentence]:
    at = row.index(drafted)
    if name == "up" and at:
        yield MoveSentence(drafted.id, row[at - 2].id if at > 1 else "")
    elif name == "down" and at + 1 < len(row):
        yield MoveSentence(drafted.id, row[at + 1].id)


def whole(state: State, part: str) -> tuple[Sentence, ...]:
    """The sentences of a part that say something or cite something."""
    return tuple(one.sentence() for one in state.draft.get(part, ()) if one.text.strip() or one.cites)


def sections(state: State) -> tuple[Section, ...]:
    """The fields of the longer report that say something, in the order of the profile."""
    order = list(fields_of(state))
    names = sorted(
        (part.removeprefix(FIELD) for part in state.draft if part.startswith(FIELD)),
        key=lambda name: order.index(name) if name in order else len(order),
    )
    found = (Section(name, whole(state, FIELD + name)) for name in names)
    return tuple(one for one in found if one.paragraphs)
