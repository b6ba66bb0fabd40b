"""The compiled templates, kept where Python keeps compiled modules: compiling all of them takes three seconds of a
processor, which the first people after a start of the server would wait for, and those of a command as long as a tenth
of the command.

`python -m acquis.web.http.preparing` makes them, for an installation that the server itself cannot write to."""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket


class CompiledTemplates(jinja2.BytecodeCache):
    """The compiled templates in memory, shared by all languages, and in the folder `__pycache__` beside each template,
    with the rights of compiled modules. `form`: what the compiled code depends on beside source, Jinja and Python."""

    def __init__(self, form: str) -> None:
        self._form = f"{jinja2.__version__} {form} "
        self._compiled: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The path of the file of a compiled template."""
        return cache_from_source(f"{filename or name}.py")

    def get_source_checksum(self, source: str) -> str:
        """The digest with which a compiled template that is outdated is recognized."""
        return super().get_source_checksum(self._form + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives the bucket its code, if there is a file of the present template."""
        if bucket.key not in self._compiled:
            with suppress(OSError):
                self._compiled[bucket.key] = Path(bucket.key).read_bytes()
        if (compiled := self._compiled.get(bucket.key)) is not None:
            try:
                bucket.bytecode_from_string(compiled)
            except (EOFError, pickle.UnpicklingError):  # a file that was cut short
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a bucket: in memory only, if Python keeps no compiled modules or the folder cannot be
        written to."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                _write(Path(bucket.key), self._compiled[bucket.key])


def _write(path: Path, content: bytes) -> None:
    """Replaces a file as a whole: other processes read it. Raises OSError."""
    path.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as made:
        made.write(content)
    try:
        Path(made.name).chmod(0o644)
        os.replace(made.name, path)
    except OSError:
        Path(made.name).unlink(missing_ok=True)
        raise
