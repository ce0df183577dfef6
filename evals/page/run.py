"""`python -m evals page --to FILE`: which figures go into the page, read or measured now?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .page import Source, page
from .sections import section_of

TICKETS = 50
"""Of the look for leaks, when nothing is handed over: some two minutes."""


def run(to: Path, files: Sequence[Path], folders: Sequence[Path]) -> None:
    """Writes the page. Raises ValueError for JSON that no section knows, OSError for a file that is not there."""
    sources = [*map(_read, files), *(_measured(folder) for folder in folders)]
    if not sources:
        sources = list(_own())
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(page(sources), encoding="utf-8")
    print(f"{len(sources)} sections in {to}")


def _read(file: Path) -> Source:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise ValueError(f"{file}: is no JSON: {wrong}") from wrong
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return _source(file.name, found, written)


def _measured(folder: Path) -> Source:
    from evals.grounding.run import metrics_of

    return _source(folder.name, {"metrics": metrics_of(None, folder)}, datetime.now(UTC))


def _own() -> Iterator[Source]:
    from evals.disclosure.run import measured
    from evals.grounding.run import metrics_of

    grounding = {"metrics": metrics_of(None, None)}
    yield _source("our own set", grounding, datetime.now(UTC))
    disclosure = {"metrics": measured(TICKETS, 1).as_metrics()}
    yield _source(f"{TICKETS} tickets made now", disclosure, datetime.now(UTC))


def _source(name: str, found: Any, at: datetime) -> Source:
    try:
        section = section_of(found) if isinstance(found, dict) else None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as wrong:
        raise ValueError(f"{name}: a figure is missing or is none: {wrong!r}") from wrong
    if section is None:
        raise ValueError(
            f"{name}: holds no figures that the page knows; write it with"
            " `python -m evals grounding|disclosure|retrieval --json`"
        )
    return Source(name=name, at=at, section=section)
