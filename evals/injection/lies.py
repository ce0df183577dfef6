"""Which false sentences pass the form? Words of no number, name or link around true slots, told by no record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipeline.domain.directory import Language


@dataclass(frozen=True, kw_only=True)
class Lie:
    """`text` has places for true slots: `{service}`, `{team}`, `{who}`, `{line}`."""

    kind: str
    language: Language
    text: str


@cache
def _read() -> tuple[Lie, ...]:
    raw = yaml.safe_load((Path(__file__).parent / "own" / "lies.yaml").read_text(encoding="utf-8"))
    return tuple(
        Lie(kind=kind, language=language, text=text)
        for kind, by_language in raw.items()
        for language, texts in by_language.items()
        for text in texts
    )


LIES = _read()
