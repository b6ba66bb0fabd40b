"""Drafting the report with the fields and buttons of a form: what is typed becomes a draft, a button changes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from acquis.events import Sentence
from acquis.report.evidence import cite
from acquis.report.takeaways import PARTS, ReportDraft
from acquis.state import State

_ACT = re.compile(
    r"^(add|up|down|remove|cite|uncite|use|tie|untie):([a-z_]+)(?::(\d{1,9}))?(?::([\w.:/#-]{1,60}))?$", re.ASCII
)
"""What a button says: its name, a part of the report, a place in it (or, to `use`, an entry), and an entry (or, to
`tie` and `untie`, an item of the reference)."""


def read(fields: Mapping[str, str]) -> ReportDraft:
    """The draft as the form has it: `takeaways.0.text`, `takeaways.0.cites` ("12 34"), `takeaways.0.about` ("norm-j
    cbm-8"). Empty sentences are kept, the writer is about to fill them."""
    parts: dict[str, tuple[Sentence, ...]] = {}
    for part in PARTS:
        sentences: list[Sentence] = []
        while (text := fields.get(f"{part}.{len(sentences)}.text")) is not None:
            cites = re.findall(r"\d{1,9}", fields.get(f"{part}.{len(sentences)}.cites", ""))
            about = fields.get(f"{part}.{len(sentences)}.about", "").split()
            sentence = Sentence(
                text.replace("\r\n", "\n"), tuple(dict.fromkeys(map(int, cites))), tuple(dict.fromkeys(about))
            )
            sentences.append(sentence)
        parts[part] = tuple(sentences)
    return ReportDraft(**parts)


Row = list[Sentence]
Change = Callable[[Row, int, tuple[int, ...]], None]


def _add(row: Row, at: int, picked: tuple[int, ...]) -> None:
    row.append(Sentence("", picked))


def _up(row: Row, at: int, picked: tuple[int, ...]) -> None:
    if at > 0:
        row[at - 1], row[at] = row[at], row[at - 1]


def _down(row: Row, at: int, picked: tuple[int, ...]) -> None:
    if at + 1 < len(row):
        row[at], row[at + 1] = row[at + 1], row[at]


def _remove(row: Row, at: int, picked: tuple[int, ...]) -> None:
    del row[at]


def _cite(row: Row, at: int, picked: tuple[int, ...]) -> None:
    row[at] = replace(row[at], cites=tuple(dict.fromkeys((*row[at].cites, *picked))))


def _uncite(row: Row, at: int, picked: tuple[int, ...]) -> None:
    row[at] = replace(row[at], cites=tuple(seq for seq in row[at].cites if seq not in picked))


def _tied(sentence: Sentence, name: str, item: str) -> Sentence:
    """The sentence with an item of the reference tied to it, or no longer."""
    kept = tuple(one for one in sentence.about if one != item)
    return replace(sentence, about=(*kept, item) if name == "tie" else kept)


_CHANGES: dict[str, Change] = {
    "add": _add,
    "up": _up,
    "down": _down,
    "remove": _remove,
    "cite": _cite,
    "uncite": _uncite,
}


def changed(draft: ReportDraft, act: str, fields: Mapping[str, str], state: State) -> tuple[ReportDraft, str]:
    """The draft after a button was pressed, and the part it was about. What is no button changes nothing."""
    match = _ACT.match(act)
    if match is None or match[2] not in PARTS:
        return draft, ""
    name, part = match[1], match[2]
    at, last = int(match[3] or 0), match[4] or ""
    seq = int(last) if last.isdecimal() else 0
    row: Row = list(getattr(draft, part))
    if name == "use":
        evidence = cite(state, [at])
        row.extend(Sentence(found.text, (found.seq,), state.about.get(found.seq, ())) for found in evidence)
    elif name in ("tie", "untie"):
        row[at : at + 1] = [_tied(sentence, name, last) for sentence in row[at : at + 1]]
    else:
        picked = (seq,) if seq else tuple(int(f[5:]) for f in fields if re.fullmatch(r"pick\.\d{1,9}", f))
        if name == "add" or at < len(row):
            _CHANGES[name](row, at, picked)
    return replace(draft, **{part: tuple(row)}), part
