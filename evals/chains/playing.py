"""What happens when the rows of a stream come in, one after the other?"""

from __future__ import annotations

import time
from collections.abc import Iterator, MutableSequence
from typing import TypeAlias

from pipeline.recurrence.judging import Judged
from pipeline.recurrence.signature import signer
from pipeline.recurrence.watching import Proposed, Watch

from .rows import Row, Stream, case_of, cause_of

Took: TypeAlias = "list[float]"
"""Milliseconds for each ticket."""


def through_memory(stream: Stream, took: Took) -> list[Proposed]:
    """What is proposed, row by row, as they came."""
    found: list[Proposed] = []
    began = time.perf_counter()
    for row, _ in played(stream, Watch(signer()), found):
        if row["event"] == "opened":
            took.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
    return found


def played(
    stream: Stream, watch: Watch, proposals: MutableSequence[Proposed] | None = None
) -> Iterator[tuple[Row, Judged]]:
    """Each row that was judged, with what it was found to be like; nothing that comes later is looked at.
    What is proposed is added to `proposals`."""
    for row in stream.rows:
        if row["event"] == "change":
            watch.changed(row["time"], str(row.get("service") or ""))
            continue
        if row["event"] == "opened":
            judged, proposed = watch.opened(case_of(row))
        else:
            known, proposed = watch.closed(row["id"], row["time"], cause_of(row))
            if known is None:
                continue
            judged = known
        if proposed and proposals is not None:
            proposals.append(proposed)
        yield row, judged
