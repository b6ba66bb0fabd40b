"""What commands print. Texts of others (of a log, a manifest, the name of a file) may contain characters that steer a
terminal: they could take back what was printed before them, and print something else."""

from __future__ import annotations

import sys

import click

from acquis.text.visible import readable


def one_line(text: str) -> str:
    """The text as one line of a terminal."""
    return readable(" ".join(text.splitlines()))


def echo(content: str | bytes, nl: bool = True, err: bool = False) -> None:
    """Print a text. Bytes are a document, which is printed as it is, unless to a terminal."""
    if isinstance(content, bytes) and sys.stdout.isatty():
        content = content.decode("utf-8", "replace")
    click.echo(readable(content) if isinstance(content, str) else content, nl=nl, err=err)
