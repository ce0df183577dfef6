"""What is known of a number of articles, never changed once made: terms by field, readers, days."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..article import Language
from ..ports import Indexed
from ..tokens.terms import Field, Terms
from .postings import Postings

EVER = date.max.toordinal()
_ARRAYS = ("keys", "starts", "docs", "counts", "lengths")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What the index must know of an article beside its terms."""

    id: str
    version: str
    language: Language
    audience: tuple[str, ...]
    valid_from: int = 0
    valid_until: int = EVER
    """Days, as ordinals."""
    helped: int = 0
    failed: int = 0
    """How often somebody said that it did, and that it did not."""

    @classmethod
    def of(cls, row: Indexed) -> Listed:
        article = row.article
        return cls(
            id=article.id,
            version=row.version,
            language=article.language,
            audience=article.audience or (),
            valid_from=article.valid_from.toordinal() if article.valid_from else 0,
            valid_until=article.valid_until.toordinal() if article.valid_until else EVER,
            helped=row.helped,
            failed=row.failed,
        )


class Segment:
    """N articles. `chinese`, `helped` and `failed` [N] are of each."""

    def __init__(self, listed: Sequence[Listed], fields: Mapping[Field, Postings]) -> None:
        self.listed = list(listed)
        self.fields = dict(fields)
        self.place = {one.id: at for at, one in enumerate(listed)}
        self.size = len(self.listed)
        self.chinese = np.array([one.language == "zh" for one in listed], np.bool_)
        self.helped = np.array([one.helped for one in listed], np.int32)
        self.failed = np.array([one.failed for one in listed], np.int32)
        self._from = np.array([one.valid_from for one in listed], np.int32)
        self._until = np.array([one.valid_until for one in listed], np.int32)
        self._readable: dict[str, NDArray[np.bool_]] = {}
        for at, one in enumerate(listed):
            for label in one.audience:
                self._readable.setdefault(label, np.zeros(self.size, np.bool_))[at] = True

    @classmethod
    def of(cls, analysed: Iterable[tuple[Listed, Terms]]) -> Segment:
        pairs = list(analysed)
        fields = {field: Postings.of([terms[field] for _, terms in pairs]) for field in Field}
        return cls([listed for listed, _ in pairs], fields)

    @classmethod
    def merged(cls, parts: Sequence[tuple[Segment, NDArray[np.bool_]]]) -> Segment:
        """One of several, without the articles that are gone."""
        listed = [
            one
            for part, kept in parts
            for one, stays in zip(part.listed, kept, strict=True)
            if stays
        ]
        fields = {
            field: Postings.merged([(part.fields[field], kept) for part, kept in parts])
            for field in Field
        }
        return cls(listed, fields)

    def readable(self, labels: Iterable[str], day: date) -> NDArray[np.bool_]:
        """Which articles somebody with these labels may be shown on this day [N]. No label, none."""
        today, mask = day.toordinal(), np.zeros(self.size, np.bool_)
        for label in labels:
            if label in self._readable:
                mask |= self._readable[label]
        return mask & (self._from <= today) & (today <= self._until)

    def save(self, folder: Path) -> None:
        """Into an empty folder; what is half written there is never opened (see `index.py`)."""
        for field, postings in self.fields.items():
            for name in _ARRAYS:
                np.save(folder / f"{field}.{name}.npy", getattr(postings, name))
        rows = [asdict(one) for one in self.listed]
        (folder / "articles.json").write_text(json.dumps(rows), encoding="utf-8")

    @classmethod
    def opened(cls, folder: Path) -> Segment:
        """From a folder. Raises ValueError for arrays that do not belong together.

        Read into memory: a file that is cut short while it is mapped ends the whole process.
        """
        rows = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
        listed = [Listed(**row | {"audience": tuple(row["audience"])}) for row in rows]
        fields = {
            field: Postings(
                **{
                    name: np.load(folder / f"{field}.{name}.npy", allow_pickle=False)
                    for name in _ARRAYS
                }
            )
            for field in Field
        }
        for field, postings in fields.items():
            if not postings.is_whole(len(listed)):
                raise ValueError(f"the arrays of {field} do not belong together")
        return cls(listed, fields)
