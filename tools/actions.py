"""Writes docs/actions.md: every command with its roles, fields, refusals and what it yields, from the code itself."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from acquis import events as ev
from acquis.command import ROLES, Command
from acquis.command.base import Field, fields_of
from acquis.commands import BY_NAME
from acquis.i18n.refusals import REFUSALS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "actions.md"

PARTS = {
    "plan": "Before",
    "floor": "During",
    "report": "After",
    "followup": "Long after",
    "erasure": "At any time",
    "keys": "Witnesses",
}
EXAMPLES: dict[str, Any] = {
    "name": "Ama Example",
    "witness": "witness.example+7e81f231+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
    "on_behalf_of": "Institute of Examples",
    "source": "9f86d081884c7d65-1",
    "inputs": [41],
    "to": "the next session",
    "until": "2026-12-11T18:00",
    "organization": "Institute of Examples",
    "about": "the cost of it",
    "speaker": "AMA EXAMPLE",
    "part": "takeaways",
    "sentence": "812",
    "after": "790",
    "language": "en",
    "form": "igf",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "unparsed": "1: *** (preamble)",
    "person": "p7k3m9x2q4t5w",
    "title": "A dialogue",
    "text": "Who pays for it?",
    "question": "Should the norm be kept?",
    "options": "Yes",
    "reason": "on request",
    "stakeholder": "Civil Society",
    "region": "African Group",
    "lane": "room",
    "items": "norm-j cbm-8",
    "what": "Publish a contact for reports of vulnerabilities",
    "who": "Vendors of the session",
    "actor": "private-sector",
    "due": "2026-12-31",
    "due_words": "before the next session",
    "process": "global-mechanism",
    "why": "The meeting moved",
    "note": "A draft went round",
    "symbol": "A/80/257",
    "url": "https://example.org/letter",
    "on": "2026-11-20",
    "office": "Head of unit",
    "session": "ws-119",
    "parties": "A State\nAnother State",
}

HEAD = """# Actions

Every command, generated from the code by `make docs`; a test compares this page with it. One is sent as
`POST /s/{session}/do` with `{"do": NAME, fields...}` and an `Idempotency-Key`, or by the same form without a script.
The answer is `201 {"seq": n}`, `200 {"seq": null}` if nothing had to change, or 4xx with
`{"refused": code, "field": name, "facts": {...}, "sentence": "..."}`. A field without a default has to be sent.
Beyond the refusals listed, each command can meet `not_allowed`, `bad_fields`, `key_missing`, `key_used`, `too_fast`,
`disk_full`, `broken`.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for part, title in PARTS.items():
        mine = [(name, command) for name, command in BY_NAME.items() if command.__module__.split(".")[1] == part]
        parts.append(f"\n## {title}: `{part}`\n")
        parts += [_action(name, command) for name, command in mine]
    return "".join(parts)


def _action(name: str, command: type[Command]) -> str:
    doc = " ".join((command.__doc__ or "").split())
    roles = ", ".join(f"`{role}`" for role in ROLES if role in command.roles)
    yields = " or ".join(f"`{event}`" for event in yields_of(command))
    source = f"src/{command.__module__.replace('.', '/')}.py"
    lines = [f"\n### `{name}`\n", f"{doc}\n", f"- Who: {roles}", f"- Yields: {yields} ([source](../{source}))"]
    fields = [_field(field) for field in fields_of(command)]
    lines += ["- Fields:", *fields] if fields else ["- Fields: none"]
    lines += ["- Refuses with:", *(f"    - `{code}`: {REFUSALS[code]}" for code in command.codes())]
    lines.append(f"- Example: `{example_of(name, command)}`")
    return "\n".join(lines) + "\n"


def _field(field: Field) -> str:
    limits = f", {field.declaration.words}" if field.declaration else ""
    default = "" if field.required else f", default `{msgspec.json.encode(field.default).decode()}`"
    return f"    - `{field.name}`: {type_of(field.type)}{limits}{default}"


def type_of(hint: Any) -> str:
    """A type in words."""
    choices = [value for part in (hint, *get_args(hint)) if get_origin(part) is Literal for value in get_args(part)]
    if choices:
        return "one of " + ", ".join(f'`"{value}"`' for value in dict.fromkeys(choices))
    names = {int: "number", bool: "`true` or `false`", str: "text"}
    if get_origin(hint) is tuple:
        element = get_args(hint)[0]
        return (
            f"list of {names[element]}s" if element in names else f"list of {{{', '.join(element.__struct_fields__)}}}"
        )
    return names.get(hint, "object")


def yields_of(command: type[Command]) -> list[str]:
    """The events that `rule` returns, read from its source and from the helpers of its module that it returns."""
    module = ast.parse(inspect.getsource(sys.modules[command.__module__]))
    helpers = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    events = _events(ast.parse(textwrap.dedent(inspect.getsource(command.rule))))
    if not events:
        called = re.findall(r"(\w+)\(", inspect.getsource(command.rule))
        events = [event for name in called if name in helpers for event in _events(helpers[name])]
    return list(dict.fromkeys(events))


def _events(tree: ast.AST) -> list[str]:
    known = {event.__name__ for event in ev.ALL}
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [func.attr for func in calls if isinstance(func, ast.Attribute) and func.attr in known]


def example_of(name: str, command: type[Command]) -> str:
    """A command as it could be sent."""
    body: dict[str, Any] = {"do": name}
    for field in fields_of(command):
        if field.required or field.name in ("about", "takeaways"):
            body[field.name] = _example(field.name, field.type)
    return msgspec.json.encode(body).decode()


def _example(name: str, hint: Any) -> Any:
    if name == "document":
        return {"title": "A dialogue", "segments": [{"title": "Questions", "kind": "questions", "minutes": 30}]}
    if name == "takeaways":
        return [ev.Sentence("Capacity comes before norms.", (41, 73))]
    if get_origin(hint) is tuple:
        return ["norm-j"] if name == "about" else [41]
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    return {int: 41, bool: True}.get(hint, EXAMPLES.get(name))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"wrote docs/{PAGE.name}: {len(BY_NAME)} actions\n")
