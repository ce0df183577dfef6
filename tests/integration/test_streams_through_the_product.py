"""What is measured of chains in memory is what the product does with the same tickets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from evals.chains.playing import through_memory
from evals.chains.rows import Stream
from evals.chains.through import through_product

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
TOLD = (
    ("Gate scale shows no weight", "Drivers wait at the weighbridge", "device"),
    ("Payroll run stopped with ORA-01555", "Night job ended early", "batch"),
    ("门口地磅没有重量", "司机在等，地磅一直是零", "device"),
    ("Screen flickers in room 4", "Only with the dock", "device"),
)
CAUSE = "The serial converter of the weighbridge hung after a dip in voltage."


def rows() -> list[dict[str, Any]]:
    """Two failures come back, in two languages, beside what does not; each is closed before the next."""
    made: list[dict[str, Any]] = []
    for n in range(14):
        at, (title, text, category) = START + timedelta(days=4 * n), TOLD[n % 3 if n < 12 else 3]
        made.append({"event": "opened", "id": f"S-{n}", "time": at, "title": title, "text": text})
        made[-1] |= {"category": category, "service": "" if n % 4 else "logistics"}
        cause = CAUSE if category == "device" and n < 12 else ""
        over = {"event": "closed", "id": f"S-{n}", "time": at + timedelta(hours=3), "cause": cause}
        made.append(over)
    return made


def test_a_stream_gets_the_same_proposals_in_memory_and_by_the_product() -> None:
    """At the same row, of the same kind, with the same cases."""
    stream = Stream(name="both", rows=rows(), chain_of={})
    measured = through_memory(stream, [])
    assert measured
    assert through_product(stream, []) == measured
