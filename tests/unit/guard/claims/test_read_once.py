"""A long log costs what its words cost: who speaks again is not read again."""

from __future__ import annotations

from pipeline.guard.claims import Reader, Record
from pipeline.guard.claims.reading import Reading
from pipeline.guard.claims.statements import statements_of

from .builders import ENGLISH, event, reader


class Counting(Reader):
    def __init__(self) -> None:
        super().__init__(reader().lexicon)
        self.heard: list[str] = []

    def read(self, written: str) -> Reading:
        self.heard.append(written)
        return super().read(written)


def test_no_text_of_a_record_is_read_twice() -> None:
    said = [event(f"E{n}", "10:32", "note", "engineer", f"node {n} is down") for n in range(20)]
    record = Record.read({**ENGLISH, "events": said, "facts": []})
    counting = Counting()
    assert len(statements_of(record, counting)) >= len(said)
    assert len(counting.heard) == len(set(counting.heard))
