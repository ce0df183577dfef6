"""`python -m evals report --data DIR`: lengths, contradictions, sources and blame in the reports of a folder."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.domain.facts import Audience, Level
from pipeline.domain.report import Edition
from pipeline.drafting.templates import Templates
from pipeline.guard import Phrases
from pipeline.review.conflicts import conflicts_of, texts_in
from pipeline.review.document import Cut, Document, Material, document
from pipeline.review.happening import rows_of
from pipeline.review.spans import Kept, Span, marks_of, spans_of
from pipeline.review.stated import Announcing
from pipeline.review.words import Reader, ReportWords
from prompts import ROOT, read_texts

from .folder import BEGINS, REPAIRED, RESOLVED, PostMortem, post_mortems

_PART = re.compile(r"(\d+)\s*(d|h|m)", re.IGNORECASE)
_MINUTES = {"d": 1440, "h": 60, "m": 1}
_ENDS = {"repair": (*REPAIRED, RESOLVED), "resolve": (RESOLVED,)}
_BLAME = "blame"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Of one report. `contradicts` are the stated lengths that no pair of its moments gives, by the scorer's own
    arithmetic; `found` those that the report shows as contradictions."""

    id: str
    lengths: int
    lengths_equal: int
    contradicts: frozenset[str]
    found: frozenset[str]
    rows: int
    rows_cited: int
    blame: int
    ms: float


def run(folder: Path, *, as_json: bool) -> None:
    words, announcing, phrases = _words()
    found = [_judged(one, words, announcing, phrases) for one in post_mortems(folder)]
    metrics = metrics_of(found)
    if as_json:
        each = [
            vars(one) | {"contradicts": sorted(one.contradicts), "found": sorted(one.found)}
            for one in found
        ]
        print(json.dumps({"metrics": metrics, "reports": each}, indent=2))
        return
    for name, value in metrics.items():
        print(f"{name:24} {value}")


def metrics_of(found: Sequence[Judged]) -> dict[str, Any]:
    planted = sum(len(one.contradicts) for one in found)
    hit = sum(len(one.contradicts & one.found) for one in found)
    lengths, rows = sum(one.lengths for one in found), sum(one.rows for one in found)
    return {
        "reports": len(found),
        "lengths_equal": _share(sum(one.lengths_equal for one in found), lengths),
        "lengths": lengths,
        "contradictions_found": _share(hit, planted),
        "contradictions": planted,
        "contradictions_false": sum(len(one.found - one.contradicts) for one in found),
        "rows_cited": _share(sum(one.rows_cited for one in found), rows),
        "rows": rows,
        "blame": sum(one.blame for one in found),
        "ms_per_report": round(sum(one.ms for one in found) / max(len(found), 1), 1),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _words() -> tuple[ReportWords, Announcing, Phrases]:
    files = read_texts(ROOT)
    templates = Templates.load(files, validate=False)
    states = {"zh": templates.state_words("zh"), "en": templates.state_words("en")}
    return ReportWords.load(files, states), Announcing.load(files), Phrases.load(files)  # type: ignore[arg-type]


def _judged(
    one: PostMortem, words: ReportWords, announcing: Announcing, phrases: Phrases
) -> Judged:
    began = time.perf_counter()
    events = one.events()
    marks = marks_of(events, ())
    spans = spans_of(marks)
    stated = [s for text in texts_in(events) for s in announcing.stated(text.words, text.cite)]
    conflicts = conflicts_of(events, marks, spans, stated)
    material = Material(
        number="PM",
        title=one.title,
        facts=(),
        rows=rows_of(events, (), lambda _what, id_: id_),
        spans=spans,
        kept=Kept(kept=0, late=0, broken=0),
        conflicts=conflicts,
        gaps=(),
        is_blaming=phrases.finds(_BLAME),
    )
    made = document(material, _cut(min(one.moments.values())), {}, words)
    ms = (time.perf_counter() - began) * 1000
    known = [span for span in spans if span.seconds is not None]
    cites = [row for block in made.blocks if block.table for row in block.table.cites]
    return Judged(
        id=one.id,
        lengths=len(known),
        lengths_equal=sum(map(_is_equal, known)),
        contradicts=frozenset(_contradicted(one)),
        found=frozenset(_measure(str(c.values["words"])) for c in conflicts if c.code == "stated"),
        rows=len(cites),
        rows_cited=sum(bool(row) for row in cites),
        blame=_blaming(made, phrases),
        ms=ms,
    )


def _cut(day: datetime) -> Cut:
    """For engineers, a month later."""
    return Cut(
        edition=Edition.ENGINEERS,
        audience=Audience(role="technician", clearance=Level.INTERNAL),
        reader=Reader(language="en", zone="UTC", day=day),
        now=day + timedelta(days=30),
    )


def _is_equal(span: Span) -> bool:
    """To what lies between its own two moments."""
    if span.since is None or span.until is None:
        return False
    return span.seconds == (span.until.at - span.since.at).total_seconds()


def _contradicted(one: PostMortem) -> list[str]:
    """Stated in minutes, and given by no pair of the head's moments."""
    found = []
    for what, said in one.stated.items():
        minutes = sum(
            int(n) * _MINUTES[unit.lower()] for n, unit in _PART.findall(said.partition("(")[0])
        )
        lengths = {
            int((one.moments[end] - one.moments[begin]).total_seconds()) // 60
            for begin in BEGINS
            for end in _ENDS[what]
            if begin in one.moments and end in one.moments
        }
        lengths = {n for n in lengths if n >= 0}
        if lengths and minutes not in lengths:
            found.append(what)
    return found


def _measure(words: str) -> str:
    return "repair" if words.lower().startswith("time to repair") else "resolve"


def _blaming(made: Document, phrases: Phrases) -> int:
    blames = phrases.finds(_BLAME)
    told = [line for block in made.blocks for line in block.lines]
    told += [
        cell for block in made.blocks if block.table for row in block.table.rows for cell in row
    ]
    return sum(blames(words) for words in told)
