"""What commands print. Texts of others (of a log, a manifest, the name of a file) may contain characters that steer a
terminal: they could take back what was printed before them, and print something else."""

from __future__ import annotations

import re
import sys

import click

_STEERING = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|(?!\A)\r")
"""Control characters without tab and line feed, those that turn the direction of what follows, and other line ends; a
line of progress begins with a carriage return."""


def readable(text: str) -> str:
    """The text with a sign in the place of each character that would steer a terminal."""
    return _STEERING.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text as one line of a terminal."""
    return readable(" ".join(text.splitlines()))


def echo(content: str | bytes, nl: bool = True, err: bool = False) -> None:
    """Print a text. Bytes are a document, which is printed as it is, unless to a terminal."""
    if isinstance(content, bytes) and sys.stdout.isatty():
        content = content.decode("utf-8", "replace")
    click.echo(readable(content) if isinstance(content, str) else content, nl=nl, err=err)
