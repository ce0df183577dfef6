"""Which texts are compiled already? By their source: most of a set are those of the set before it, and compiling all
of a set takes seconds."""

from __future__ import annotations

from functools import cache, lru_cache

from jinja2 import Template, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .environment import text_environment
from .syntax import parsed, parsed_layout

KEPT = 4096
"""Sections, some 10 KiB each: those of the sets that `flow.library` keeps."""


@lru_cache(maxsize=KEPT)
def compiled(source: str) -> Template:
    """Raises TemplateSyntaxError for what is no text."""
    return _plain().from_string(parsed(_plain(), source))


@lru_cache(maxsize=KEPT)
def names_in(source: str) -> frozenset[str]:
    """All that it names. Raises TemplateSyntaxError for what is no text."""
    return frozenset(meta.find_undeclared_variables(parsed(_plain(), source)))


@lru_cache(maxsize=8)
def compiled_layout(source: str, known: frozenset[str]) -> Template:
    """The frame around a mail, which may name what is `known`. Raises TemplateSyntaxError."""
    return _escaping().from_string(parsed_layout(_escaping(), source, known))


@cache
def _plain() -> ImmutableSandboxedEnvironment:
    return text_environment()


@cache
def _escaping() -> ImmutableSandboxedEnvironment:
    return text_environment(autoescape=True)
