"""What is a dated set? Reports with times, later ones to ask with, and which earlier one each repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.recurrence.case import Case

from ..retrieval.sets import json_rows


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Reports and questions, each in order of time. `gold` has earlier reports alone."""

    name: str
    reports: tuple[Case, ...]
    questions: tuple[Case, ...]
    gold: Mapping[str, frozenset[str]]


def load(folder: Path) -> Dated:
    """Raises FileNotFoundError, and ValueError that names a broken line or says that nothing is judged."""
    reports = tuple(
        _case(row, str(row["title"]), str(row["body"]))
        for row in json_rows(folder / "corpus.jsonl", ("id", "title", "body", "time"))
    )
    questions = []
    for row in json_rows(folder / "queries.jsonl", ("id", "text", "time")):
        title, _, text = str(row["text"]).partition("\n")
        questions.append(_case(row, title, text))
    at = {case.id: case.at for case in (*questions, *reports)}
    known = {case.id for case in reports}
    gold: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        asked, _, rest = line.partition("\t")
        report, _, grade = rest.partition("\t")
        known_both = asked in at and report in known and at[report] < at[asked]
        if known_both and grade.strip() not in ("", "0"):
            gold.setdefault(asked, set()).add(report)
    asked_for = tuple(sorted((q for q in questions if q.id in gold), key=lambda q: q.at))
    if not asked_for:
        raise ValueError(
            f"{folder}: no question of queries.jsonl has an earlier report in qrels.tsv"
        )
    return Dated(
        name=folder.name,
        reports=tuple(sorted(reports, key=lambda r: r.at)),
        questions=asked_for,
        gold={q: frozenset(r) for q, r in gold.items()},
    )


def _case(row: Mapping[str, Any], title: str, text: str) -> Case:
    at = datetime.fromisoformat(str(row["time"]))
    return Case(
        id=str(row["id"]),
        at=at if at.tzinfo else at.replace(tzinfo=UTC),
        title=title,
        text=text,
        service=str(row.get("service") or ""),
        category=str(row.get("category") or ""),
    )
