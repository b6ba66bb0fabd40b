"""The templates of the pages that a command writes."""

from __future__ import annotations

import functools

from jinja2 import Environment, PackageLoader, Template, select_autoescape

from acquis.documents.compiled import CompiledTemplates


@functools.cache
def environment() -> Environment:
    """Reads the templates of this package; their values are escaped."""
    loader = PackageLoader("acquis.documents", ".")
    return Environment(loader=loader, bytecode_cache=CompiledTemplates(""), autoescape=select_autoescape())


def template(name: str) -> Template:
    """A template of this package by its name."""
    return environment().get_template(name)
