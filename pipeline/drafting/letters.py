"""A mail that is about no ticket: fixed words in a reader's language, around a few values.

The text is a file of two parts (`== subject ==`, `== mail ==`) in the markup of all texts, and goes into the
layout of all mails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ..domain.directory import Language
from ..domain.errors import Unusable
from .marks import clean
from .markup import blocks_of, one_line, plain, rich
from .personal import Filled
from .slots import Absent, Slotted, Used
from .templates import LAYOUT

_PARTS = re.compile(r"\A== subject ==\n(?P<subject>.*?)\n== mail ==\n(?P<mail>.*)\Z", re.DOTALL)


def letter(
    files: Mapping[str, str], name: str, language: Language, values: Mapping[str, str]
) -> Filled:
    """`name` is that of `letters/NAME.LANGUAGE.jinja`; a value that is empty counts as absent. Raises
    Unusable for a text that is not there, or cannot be made."""
    file = f"letters/{name}.{language}.jinja"
    parts = _PARTS.match(files.get(file, ""))
    if parts is None:
        raise Unusable(f"{file} needs the parts == subject == and == mail ==")
    used = Used()
    slots = {n: _slot(n, clean(text), used) for n, text in values.items()}
    try:
        subject = one_line(_written(parts["subject"], slots), used.slots)
        blocks = blocks_of(_written(parts["mail"], slots))
        lines = [{"kind": b.kind, "lines": [Markup(r) for r in rich(b, used.slots)]} for b in blocks]  # noqa: S704  escaped by `rich`  # fmt: skip
        frame = _environment(autoescape=True).from_string(files[LAYOUT])
        html = frame.render(subject=subject, blocks=lines, language=language)
    except Unusable:
        raise
    except Exception as failed:  # a template can raise whatever its expressions raise
        raise Unusable(f"the text {file} failed: {type(failed).__name__}: {failed}") from failed
    return Filled(subject=subject, text=plain(blocks, used.slots, language), html=html)


def _slot(name: str, text: str, used: Used) -> object:
    return Slotted(name, text, used, None, text) if text else Absent(name)


def _written(source: str, slots: Mapping[str, object]) -> str:
    return _environment().from_string(source).render(slots)


def _environment(*, autoescape: bool = False) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=autoescape, trim_blocks=True, lstrip_blocks=True
    )
