"""Which true texts lie in a folder of public incidents? Status updates and post-mortems, as rows.

Each is told against a record made of itself: every sentence is true, and is spoiled by code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .rows import Row, row_of

STATUS = "incidents.jsonl"
REVIEWS = "records.jsonl"


def rows_in(folder: Path) -> list[Row]:
    """Raises ValueError for a folder that holds neither form."""
    if (folder / STATUS).is_file():
        return [row for raw in _lines(folder / STATUS) if (row := _status(raw))]
    if (folder / REVIEWS).is_file():
        return [row for raw in _lines(folder / REVIEWS) if (row := _review(raw))]
    raise ValueError(f"{folder}: holds neither {STATUS}, {REVIEWS} nor items.jsonl")


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _status(raw: Mapping[str, Any]) -> Row | None:
    updates = [u for u in raw["updates"] if u["text"].strip()]
    if not updates or raw.get("impact") == "maintenance":
        return None
    done = updates[-1]["status"].lower() == "resolved"
    events = [
        _event(n, u["at"], "resolved" if u["status"].lower() == "resolved" else "stated", u["text"])
        for n, u in enumerate(updates, start=1)
    ]
    facts = [_fact("F1", "started_at", raw["start"], "E1")]
    if done:
        facts.append(_fact("F2", "restored_at", raw["end"], f"E{len(events)}"))
    return _row(
        raw["id"],
        raw["title"],
        raw.get("components") or [],
        raw["start"],
        done,
        facts,
        events,
        updates[-1]["text"],
    )


def _review(raw: Mapping[str, Any]) -> Row | None:
    times = sorted(raw["key_events"].items(), key=lambda item: item[1])
    told = " ".join(
        str(raw[key]) for key in ("identified", "impact", "context", "resolution") if raw.get(key)
    )
    if not times or not told.strip():
        return None
    start = _utc(times[0][1])
    facts = [
        _fact(f"F{n}", name.replace(" ", "_"), _utc(at), "E1")
        for n, (name, at) in enumerate(times, 1)
    ]
    events = [_event(1, start, "noted", told)]
    return _row(raw["id"], raw["title"], ["the service"], start, True, facts, events, told)


def _utc(at: str) -> str:
    return f"{at.replace(' ', 'T')}:00+00:00"


def _event(number: int, at: str, kind: str, text: str) -> dict[str, Any]:
    return {
        "id": f"E{number}",
        "at": at,
        "type": kind,
        "actor_role": "incident manager",
        "text": text,
    }


def _fact(id_: str, attribute: str, value: str, source: str) -> dict[str, Any]:
    return {
        "id": id_,
        "what": "incident",
        "attribute": attribute,
        "value": value,
        "unit": None,
        "at": value,
        "status": "confirmed",
        "level": "public",
        "source": source,
    }


def _row(
    id_: str,
    title: str,
    components: list[str],
    start: str,
    done: bool,
    facts: list[dict[str, Any]],
    events: list[dict[str, Any]],
    text: str,
) -> Row:
    record = {
        "number": id_,
        "service": components[0] if components else title,
        "service_aliases": components[1:],
        "title": title,
        "severity": None,
        "state": "resolved" if done else "in_progress",
        "phase": "resolved" if done else "investigating",
        "opened_at": start,
        "major": True,
        "facts": facts,
        "events": events,
    }
    return row_of({"id": id_, "language": "en", "record": record, "text": text, "sentences": []})
