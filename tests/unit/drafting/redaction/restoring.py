"""How would values come back into what a model wrote? As the contract's slots do: each placeholder once."""

from __future__ import annotations

import re

from pipeline.drafting.redaction import Mapped
from pipeline.drafting.redaction.placeholders import PLACEHOLDER


def restored(text: str, mapping: Mapped) -> str:
    """`text` with what stood where the placeholders are; one that nobody gave stays as it is."""

    def original(found: re.Match[str]) -> str:
        hidden = mapping.get(f"{{P{int(found[1])}{found[2]}}}")
        return found[0] if hidden is None else hidden.original

    return PLACEHOLDER.sub(original, text)
