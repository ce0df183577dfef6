"""Which terms are common in texts of IT? Counted over sets of articles and status reports, for `pipeline/recurrence/background.tsv`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.recurrence.case import Case
from pipeline.recurrence.signature import Signer

OPENING = 600
"""Characters of a body: as long as a ticket."""
_LEAST = 100
"""Of 10,000 texts; rarer terms are left to the site's own tickets."""


def count(folders: Sequence[Path], to: Path) -> int:
    """A term's share is that of the folder where it is most common: each folder has one language."""
    signer, shares = Signer(), Counter[str]()
    for folder in folders:
        texts, found = 0, Counter[str]()
        for title, body in _texts(folder):
            case = Case(
                id="", at=datetime.min.replace(tzinfo=UTC), title=title, text=body[:OPENING]
            )
            found.update(term for term in signer.sign(case).terms if term[0] != "=")
            texts += 1
        for term, often in found.items():
            shares[term] = max(shares[term], round(10_000 * often / texts))
    kept = sorted((-n, term) for term, n in shares.items() if n >= _LEAST and "\t" not in term)
    to.write_text("".join(f"{term}\t{-n}\n" for n, term in kept), encoding="utf-8")
    return len(kept)


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in (folder / "corpus.jsonl", folder / "incidents.jsonl"):
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                row: dict[str, Any] = json.loads(line)
                updates = " ".join(str(update["text"]) for update in row.get("updates", ()))
                yield str(row["title"]), str(row.get("body", updates))
