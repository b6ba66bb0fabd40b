"""What the commands share: the example in their help, the options for folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def example(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The example at the end of a command's help."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__doc__ = f"{function.__doc__}\n\n\b\nExample:\n  {text}\n"
        return function

    return add


DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ACQUIS_DATA",
    default=Path("data"),
    show_default=True,
    help="The folder with the record and the roster.",
)
OUT = click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
