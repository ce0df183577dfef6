"""What came of each attempt? A trial and the words by which somebody told its result."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .said import Act, Said
from .speaking import Who

WITHIN = 10
"""Sentences after a trial in which its result is looked for; the next trial ends the search."""
_SAME = re.compile(r"(?:[:,–—-]\s*(?:the |just the )?same|[:：，,]\s*一样)[.。]?$", re.IGNORECASE)
"""How it went, in one word at the end: "another browser: same"."""
_TRIALS = (Act.TRIES, Act.SUGGESTS)
_RESULTS = (Act.FAILED, Act.WORKED)


def results(everything: Sequence[Said]) -> Mapping[int, Said]:
    """The sentence that tells how it went, by the place of the trial. One that says so itself has none."""
    found: dict[int, Said] = {}
    for n, one in enumerate(everything):
        if one.act not in _TRIALS or says_result(one):
            continue
        result = _following(everything, n)
        if result is not None:
            found[one.place] = result
    return found


def says_result(one: Said) -> bool:
    told = bool(one.cues & {"failed", "worked", "eased"}) or _SAME.search(one.text) is not None
    return one.act is Act.TRIES and told


def _following(everything: Sequence[Said], n: int) -> Said | None:
    trial = everything[n]
    asks = trial.text[-1:] in ("?", "？") or any(
        one.act in _ASKS for one in everything[n : n + 2] if one.line.id == trial.line.id
    )
    # That a queue emptied is the result only where nobody says whether it works.
    eased: Said | None = None
    for later in everything[n + 1 : n + 1 + WITHIN]:
        replies = later.who is Who.REQUESTER and trial.who is not Who.REQUESTER
        if later.act in _RESULTS or (replies and later.cues & {"worked", "failed"}):
            return later
        if later.has("eased"):
            eased = eased or later
            continue
        if later.act in _TRIALS:
            # "Restarted it." - "I restarted it, still the same": a trial that repeats the asked one.
            repeats = says_result(later) and later.line.speaker != trial.line.speaker
            return later if repeats and trial.act is Act.SUGGESTS else eased
        if asks and replies and later.act in _REPLIES:
            rest = (one for one in everything[n:] if one.line.id == later.line.id)
            return next((one for one in rest if one.act in _RESULTS), later)
    return eased


_ASKS = (Act.QUESTIONS, Act.SUGGESTS, Act.ASKS)
_REPLIES = (Act.SAYS, Act.REPORTS, Act.FINDS)
