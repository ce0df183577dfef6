"""Which segments are in force, in memory and on disk? Articles come and go; readers never wait.

What is on disk is a copy for a quick start: rows are the truth, and whatever is missing or broken here
is made from them again (`differs`).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ..ports import Indexed
from ..tokens.terms import Analyser
from .segment import Listed, Segment

FORM = 2
"""Of the terms and of the files: an index of another form, or cut by another dictionary, is made anew."""
_LIST = "segments.json"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A segment, which of its articles still stand, and its folder when it is on disk."""

    segment: Segment
    alive: NDArray[np.bool_]
    folder: str | None = None


class WordIndex:
    """Many readers, one writer, one folder that is nobody else's."""

    def __init__(self, analyser: Analyser, folder: Path) -> None:
        self._analyser, self._folder = analyser, folder
        self._writing = Lock()
        self.parts: tuple[Part, ...] = self._opened()

    def differs(self, versions: Mapping[str, str]) -> tuple[set[str], set[str]]:
        """(articles to put, articles to drop), given the version of each that should be here."""
        here = {
            one.id: one.version
            for part in self.parts
            for one, stands in zip(part.segment.listed, part.alive, strict=True)
            if stands
        }
        wanted = {id_ for id_, version in versions.items() if here.get(id_) != version}
        return wanted, here.keys() - versions.keys()

    def put(self, rows: Sequence[Indexed]) -> None:
        """Take these in, in place of what was known of them."""
        analysed = [(Listed.of(row), self._analyser.of_article(row)) for row in rows]
        if not analysed:
            return
        fresh = Segment.of(analysed)
        with self._writing:
            parts = _without(self.parts, {listed.id for listed, _ in analysed})
            new = Part(segment=fresh, alive=np.ones(fresh.size, np.bool_))
            self._keep(_merged((*parts, new)))

    def drop(self, ids: Collection[str]) -> None:
        """Forget these; whatever is not here is none of them."""
        if ids:
            with self._writing:
                self._keep(_without(self.parts, ids))

    def _keep(self, parts: tuple[Part, ...]) -> None:
        """New files first, then the list that names them: a crash in between loses only the newest."""
        self._folder.mkdir(parents=True, exist_ok=True)
        saved = tuple(p if p.folder else self._saved(p) for p in parts)
        rows = [[p.folder, np.flatnonzero(~p.alive).tolist()] for p in saved]
        draft = self._folder / f"{_LIST}.new"
        kept = {"form": FORM, "dictionary": self._analyser.dictionary, "segments": rows}
        draft.write_text(json.dumps(kept), encoding="utf-8")
        os.replace(draft, self._folder / _LIST)
        self.parts = saved
        self._sweep({p.folder for p in saved})

    def _saved(self, part: Part) -> Part:
        numbers = [int(p.name.rpartition("-")[2]) for p in self._folder.glob("segment-*")]
        name = f"segment-{max(numbers, default=0) + 1}"
        (self._folder / name).mkdir()
        part.segment.save(self._folder / name)
        return replace(part, folder=name)

    def _sweep(self, kept: Collection[str | None]) -> None:
        """Files of a segment that a reader still has open stay readable until it is done."""
        for path in self._folder.glob("segment-*"):
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def _opened(self) -> tuple[Part, ...]:
        """As it was kept; empty when it is missing, broken or of another form."""
        if not (self._folder / _LIST).exists():
            return ()
        try:
            kept = json.loads((self._folder / _LIST).read_text(encoding="utf-8"))
            ours = kept["form"] == FORM and kept["dictionary"] == self._analyser.dictionary
            rows = kept["segments"] if ours else []
            return tuple(self._part(name, dead) for name, dead in rows)
        except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, OverflowError):
            return ()

    def _part(self, name: str, dead: list[int]) -> Part:
        segment = Segment.opened(self._folder / name)
        alive = np.ones(segment.size, np.bool_)
        alive[dead] = False
        return Part(segment=segment, alive=alive, folder=name)


def _without(parts: tuple[Part, ...], ids: Collection[str]) -> tuple[Part, ...]:
    """Masks are replaced, never changed: a search that runs goes on with its own."""
    left = []
    for part in parts:
        places = [part.segment.place[id_] for id_ in ids if id_ in part.segment.place]
        if places:
            alive = part.alive.copy()
            alive[places] = False
            part = replace(part, alive=alive)
        if part.alive.any():
            left.append(part)
    return tuple(left)


def _merged(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Each part is kept at least twice as large as the one after it: there are few, and an article is
    written anew only as often as the index doubles."""
    kept = list(parts)
    while len(kept) > 1 and kept[-2].alive.sum() < 2 * kept[-1].alive.sum():
        last, before = kept.pop(), kept.pop()
        segment = Segment.merged([(p.segment, p.alive) for p in (before, last)])
        kept.append(Part(segment=segment, alive=np.ones(segment.size, np.bool_)))
    return tuple(kept)
