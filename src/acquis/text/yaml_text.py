"""YAML for editing by hand: strict reading, and writing with readable long texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

_DEEPEST = 20  # levels of nesting; no document of ours has more than eight
_MOST = 100_000  # tokens; a programme has about ten for each person, segment or line


class NotYaml(Exception):
    """A text is not valid YAML; with the line, from 1, and the reason in a few English words."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def written(data: object) -> str:
    """Plain data as YAML, in its order; long texts and texts of several lines as block scalars."""
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text


def read(text: str) -> Any:
    """Plain data from YAML, in which every plain scalar is a string ("no", "119" and "2021-12-10" too). Duplicate keys,
    aliases and deep nesting are errors. Raises NotYaml."""
    return read_with_places(text)[0]


def read_with_places(text: str) -> tuple[Any, yaml.Node | None]:
    """The data and its root node, for `line_of`. Raises NotYaml."""
    try:
        _look_over(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        return (None if node is None else loader.construct_document(node)), node
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = min(mark.line, text.count("\n")) + 1 if mark else 1  # the parser may give a line after the end
        raise NotYaml(line, reason) from error


def line_of(node: yaml.Node | None, path: Sequence[str | int]) -> int:
    """The line, from 1, of the key or list item at the end of a path, or of its nearest existing ancestor."""
    line = node.start_mark.line if node is not None else 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            key, node = next((pair for pair in node.value if pair[0].value == step), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            key = node = node.value[step]
        else:
            break
        if key is None:
            break
        line = key.start_mark.line
    return line + 1


class _Dumper(yaml.SafeDumper):
    """Writes long texts and texts of several lines as block scalars."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = text.split("\n")
    style = None
    if not all(line.isprintable() for line in lines):
        style = '"'  # the only style that can hold tabs, other line ends, control characters
    elif len(text) > 100 or len(lines) > 1:
        # A block scalar cannot have blanks at the ends of lines or empty lines at its ends.
        block = text == text.strip() and all(line == line.strip(" ") for line in lines)
        style = ("|" if len(lines) > 1 else ">") if block else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)

_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


def _look_over(text: str) -> None:
    """Raises YAMLError for aliases, for deep nesting and for very many values, which make small documents expensive:
    the parser takes quadratic time for nesting."""
    depth = 0
    for number, token in enumerate(yaml.scan(text, Loader=_Loader)):
        if number > _MOST:
            raise yaml.MarkedYAMLError(problem="it has too many values", problem_mark=token.start_mark)
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deeply nested", problem_mark=token.start_mark)
        if isinstance(token, yaml.AliasToken):
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not read", problem_mark=token.start_mark)


class _Loader(yaml.CBaseLoader):
    """The base loader, which gives strings, lists and maps only, with an error for a duplicate key."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in seen:
                problem = "a name is no text" if not isinstance(key, yaml.ScalarNode) else f"“{key.value}” stands twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)
