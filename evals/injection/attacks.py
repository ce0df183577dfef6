"""Which attacks are there? Our own in both languages, and any folder that holds `attacks.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

OWN = Path(__file__).parent / "own"
NAME = "attacks.jsonl"


@dataclass(frozen=True, kw_only=True)
class Attack:
    """What somebody writes where only data is expected. `kind` is what it wants."""

    id: str
    text: str
    lang: str
    kind: str


def read_attacks(folder: Path) -> list[Attack]:
    """Raises ValueError, naming the line, for what is no attack, and OSError for a folder without the file."""
    path = folder / NAME
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [_attack(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise ValueError(f"{path}: holds no attacks")
    return found


def _attack(line: str, where: str) -> Attack:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as broken:
        raise ValueError(f"{where}: is no JSON ({broken.msg})") from None
    if not isinstance(row, Mapping):
        raise ValueError(f"{where}: is no JSON object")
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{where}: has no text")
    return Attack(
        id=str(row.get("id", where)),
        text=text,
        lang=str(row.get("lang", "en")),
        kind=str(row.get("kind", "instruction")),
    )
