"""Which terms are common in texts of IT, before a site has any of its own?

`background.tsv`, learnt by `python -m evals common-terms` from public help articles and status reports: a term,
a tab, and in how many of 10,000 texts it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WORTH = 300.0
"""As many cases of the site's own weigh as much as this knowledge."""


@dataclass(frozen=True)
class Background:
    shares: Mapping[str, float]
    worth: float = WORTH

    def share(self, term: str) -> float:
        return self.shares.get(term, 0.0)


@cache
def background() -> Background:
    text = files(__package__).joinpath("background.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return Background({term: int(share) / 10_000 for term, share in rows})
