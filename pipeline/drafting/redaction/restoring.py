"""How do values come back into what a model wrote? Each placeholder once, by code."""

from __future__ import annotations

import re

from .kinds import Mapped

PLACEHOLDER = re.compile(r"\{\s*[Pp]\s*(\d{1,9})\s*([a-z]{0,3})\s*\}")


def restored(text: str, mapping: Mapped) -> str:
    """`text` with what stood where the placeholders are. One that nobody gave stays as it is, for the
    check of the answer to find; what was put back is not read again. The result is a writer's text: its
    braces mean no slot."""

    def original(found: re.Match[str]) -> str:
        hidden = mapping.get(f"{{P{int(found[1])}{found[2]}}}")
        return found[0] if hidden is None else hidden.original

    return PLACEHOLDER.sub(original, text)
