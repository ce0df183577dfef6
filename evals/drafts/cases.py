"""What is a model asked for here? Assignments that are kept as files, with the prompts that were made of them then."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import TypeAdapter, ValidationError

from pipeline.domain.facts import Brief, Fact
from pipeline.domain.prose import Length, Quoted
from pipeline.domain.times import Instant
from pipeline.drafting.prose.assignment import Assignment

RECORDED = Path(__file__).parent / "recorded"
_FACTS, _LINES = TypeAdapter(tuple[Fact, ...]), TypeAdapter(tuple[Quoted, ...])
_INSTANT = TypeAdapter(Instant)


@dataclass(frozen=True, kw_only=True)
class Case:
    """`prompt` are the two turns as they were asked, or none where nobody was asked yet."""

    name: str
    assignment: Assignment
    prompt: tuple[str, str] | None


def read_cases(folder: Path = RECORDED) -> list[Case]:
    """By name. Raises ValueError, naming the file, for what is no assignment."""
    found = [_case(path, folder) for path in sorted((folder / "assignments").glob("*.json"))]
    if not found:
        raise ValueError(f"{folder}: holds no assignments")
    return found


def _case(path: Path, folder: Path) -> Case:
    asked = folder / "prompts" / path.name
    prompt = json.loads(asked.read_text(encoding="utf-8")) if asked.exists() else None
    try:
        assignment = as_assignment(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError, ValidationError, ZoneInfoNotFoundError) as wrong:
        raise ValueError(f"{path}: is no assignment ({wrong})") from None
    return Case(
        name=path.stem,
        assignment=assignment,
        prompt=None if prompt is None else (prompt["system"], prompt["human"]),
    )


def as_assignment(kept: dict[str, Any]) -> Assignment:
    return Assignment(
        kind=kept["kind"],
        brief=Brief.model_validate(kept["brief"]),
        lines=_LINES.validate_python(kept["lines"]),
        candidates=_FACTS.validate_python(kept["candidates"]),
        language=kept["language"],
        length=Length(kept["length"]),
        now=_INSTANT.validate_python(kept["now"]),
        zone=ZoneInfo(kept["zone"]),
    )


def as_kept(assignment: Assignment) -> dict[str, Any]:
    return {
        "kind": assignment.kind,
        "language": assignment.language,
        "length": assignment.length.value,
        "now": assignment.now.isoformat(),
        "zone": assignment.zone.key,
        "brief": assignment.brief.model_dump(mode="json"),
        "lines": [line.model_dump(mode="json") for line in assignment.lines],
        "candidates": [fact.model_dump(mode="json") for fact in assignment.candidates],
    }
