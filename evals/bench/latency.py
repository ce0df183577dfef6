"""How long from an event's arrival until its first message is at the far side, at 50 events/s?"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from knowledge.article import ArticleText
from pipeline.bootstrap import Heliograph
from pipeline.flow.articles.editing import MOST_AT_ONCE

from .figures import Figure, percentile
from .installation import folder, incoming, installation, note, report
from .sinks import Sink, http_sink
from .waits import waits

RATE, SECONDS, TICKETS = 50, 30, 50
LIBRARY = Path(__file__).parents[1] / "retrieval" / "servicedesk" / "corpus.jsonl"
COPIES = 12
"""Of each article of the service desk's set: a library of some thousand."""


def measure() -> Iterator[Figure]:
    """One event in ten is a report, which is acknowledged at once; the others are notes. Then the same
    beside a library, where the acknowledgement waits for its search."""
    mix = f"{RATE} events/s, 1 in 10 a report"
    with http_sink() as sink, folder() as made, installation(made, sink.url) as app:
        yield from _figures("event → handed over", _took(app, sink), mix, goals=(20, 100))
    with http_sink() as sink, folder() as made, installation(made, sink.url) as app:
        size = _stock(app)
        note_ = f"{mix}, {size} articles, by words"
        yield from _figures("report → acknowledgement with articles", _took(app, sink), note_)


def _figures(
    name: str, took: list[float], mix: str, goals: tuple[int, int] | None = None
) -> Iterator[Figure]:
    for at, (word, share) in enumerate((("p50", 0.5), ("p99", 0.99))):
        value = percentile(took, share)
        yield Figure(
            name=f"{name}, {word}",
            values=(value,),
            unit="ms",
            goal=f"≤ {goals[at]} ms" if goals else "",
            met=value <= goals[at] if goals else None,
            note=f"n={len(took)}, {mix}",
        )


def _took(app: Heliograph, sink: Sink) -> list[float]:
    app.intake.accept([incoming(report(f"T-{n}")) for n in range(TICKETS)])
    app.workers.start()
    sink.wait_for(TICKETS)
    sink.forget()
    sent: dict[str, float] = {}
    begun = time.monotonic()
    for n in range(RATE * SECONDS):
        _until(begun + n / RATE)
        raw = report(f"L-{n}") if n % 10 == 0 else note(f"T-{n % TICKETS}")
        start = time.monotonic()
        [accepted] = app.intake.accept([incoming(raw)])
        if n % 10 == 0:
            sent[accepted.incident_id] = start
    sink.wait_for(len(sent))
    owners = {m.id: m.incident for m in app.queries.messages(limit=TICKETS + len(sent))}
    return waits(sent, sink.arrived(), owners)


def _stock(app: Heliograph) -> int:
    """Fill the library, and let its index come up to it."""
    rows = LIBRARY.read_text(encoding="utf-8").splitlines()
    texts = [_text(json.loads(row), n) for n in range(COPIES) for row in rows]
    for at in range(0, len(texts), MOST_AT_ONCE):
        app.articles.take_in(texts[at : at + MOST_AT_ONCE], by="bench", audience=("everybody",))
    while app.upkeep.turn():
        pass
    return len(texts)


def _text(row: dict[str, str], n: int) -> ArticleText:
    return ArticleText(
        source="bench",
        external_id=f"{row['id']}-{n}",
        title=row["title"],
        body=row["body"],
        language="zh" if row["language"] == "zh" else "en",
    )


def _until(moment: float) -> None:
    wait = moment - time.monotonic()
    if wait > 0:
        time.sleep(wait)
