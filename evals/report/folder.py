"""How does a folder of post-mortems become records? `records.jsonl`, a line each: `id`, `title`, `key_events` (name →
"YYYY-MM-DD HH:MM"), `time_to_repair` and `time_to_resolve` as somebody wrote them, `timeline` ({at, text}), `context`,
`resolution`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.domain.events import Event, Noted
from pipeline.domain.lattices import Phase
from pipeline.domain.major_events import Alerted, Declared, PhaseChanged, Restored
from pipeline.domain.payload import Payload

FILE = "records.jsonl"
BEGINS = ("fault occurs", "first detected", "team aware", "incident declared")
REPAIRED = ("repaired", "repaired declared")
RESOLVED = "resolved"
STATED = {"repair": "time_to_repair", "resolve": "time_to_resolve"}


@dataclass(frozen=True, kw_only=True)
class PostMortem:
    """`moments` are the named moments of its head; `stated` the lengths as they were written."""

    id: str
    title: str
    moments: Mapping[str, datetime]
    stated: Mapping[str, str]
    lines: tuple[tuple[datetime, str], ...]
    texts: tuple[str, ...]

    def events(self) -> list[Event]:
        """As a desk would have recorded them, in the order in which they are said to have happened."""
        told = sorted(self._happened(), key=lambda one: one[0])
        return [_event(data, n, at) for n, (at, data) in enumerate(told, 1)]

    def _happened(self) -> Iterator[tuple[datetime, Payload]]:
        at = self.moments
        for name in ("first detected", "team aware"):
            if name in at:
                yield at[name], Alerted(signal=name.replace(" ", "-"), title=self.title[:300])
        if "incident declared" in at or "fault occurs" in at:
            declared = at.get("incident declared", at.get("fault occurs"))
            assert declared is not None
            yield declared, Declared(severity="P1", started_at=at.get("fault occurs"))
        for name in REPAIRED:
            if name in at:
                yield at[name], PhaseChanged(phase=Phase.MONITORING)
        if RESOLVED in at:
            yield at[RESOLVED], Restored(restored_at=at[RESOLVED])
        last = max((*at.values(), *(when for when, _ in self.lines)), default=None)
        for when, text in self.lines:
            yield when, Noted(text=text)
        if last is not None:
            for text in (
                *(f"Time to {what}: {said}" for what, said in self.stated.items()),
                *self.texts,
            ):
                yield last, Noted(text=text)


def post_mortems(folder: Path) -> list[PostMortem]:
    """Raises ValueError for a line that is no record, with its number."""
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    return [_read(line, n) for n, line in enumerate(lines, 1) if line.strip()]


def _read(line: str, n: int) -> PostMortem:
    try:
        raw: dict[str, Any] = json.loads(line)
        moments = {name: at for name, said in raw["key_events"].items() if (at := _moment(said))}
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise ValueError(f"{FILE}:{n}: is no record: {wrong}") from None
    said = {what: str(raw.get(field) or "").strip() for what, field in STATED.items()}
    timed = (
        (_moment(one.get("at", "")), str(one.get("text", "")).strip())
        for one in raw.get("timeline") or ()
    )
    texts = (str(raw.get(name) or "").strip() for name in ("context", "resolution"))
    return PostMortem(
        id=str(raw.get("id", n)),
        title=str(raw.get("title") or raw.get("id") or n),
        moments=moments,
        stated={what: words for what, words in said.items() if words},
        lines=tuple((at, text[:20_000]) for at, text in timed if at and text),
        texts=tuple(text[:20_000] for text in texts if text),
    )


def _moment(said: str) -> datetime | None:
    for shape in ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(str(said).strip(), shape).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _event(data: Payload, n: int, at: datetime) -> Event:
    return Event(
        id=f"evt_{n}",
        source="post-mortem",
        source_id=str(n),
        type=data.type,
        incident_id="inc",
        number="PM",
        version=n,
        occurred_at=at,
        recorded_at=at,
        data=data,
    )
