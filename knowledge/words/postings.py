"""Where does a term occur, and how often? One field of a segment, as flat arrays.

Arrays rather than objects: a hundred thousand articles fit, a question touches only its own terms, and a
segment is opened from disk without being read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

_MOST = 255
"""A term said more often than this says no more."""


@lru_cache(maxsize=200_000)
def key(term: str) -> int:
    """A term's number, the same on every machine. Two terms of one number are likelier to be lost to
    a broken disk: 64 bits for some millions of terms."""
    return int.from_bytes(
        hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    )


@dataclass(frozen=True, kw_only=True)
class Postings:
    """Sorted by term, then by document.

    `keys` [V] the terms' numbers, sorted; `starts` [V+1] where each term's documents begin in `docs` [P]
    (document numbers) and `counts` [P]; `lengths` [N] terms of each document, repeated ones too.
    """

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    docs: NDArray[np.int32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.float32]

    @cached_property
    def total(self) -> float:
        """Terms of all documents."""
        return float(self.lengths.sum())

    @classmethod
    def of(cls, documents: Sequence[Counter[str]]) -> Postings:
        keys = np.fromiter((key(t) for d in documents for t in d), np.uint64)
        sizes = [len(document) for document in documents]
        docs = np.repeat(np.arange(len(documents), dtype=np.int32), sizes)
        counts = np.fromiter((n for d in documents for n in d.values()), np.int64)
        lengths = np.array([d.total() for d in documents], np.float32)
        return cls._sorted(keys, docs, np.minimum(counts, _MOST).astype(np.uint8), lengths)

    @classmethod
    def merged(cls, parts: Sequence[tuple[Postings, NDArray[np.bool_]]]) -> Postings:
        """One of several, with only the documents that are kept, numbered anew in their order."""
        keys, docs, counts, lengths, offset = [], [], [], [], 0
        for part, kept in parts:
            number = np.cumsum(kept, dtype=np.int64) - 1 + offset
            chosen = kept[part.docs]
            keys.append(np.repeat(part.keys, np.diff(part.starts))[chosen])
            docs.append(number[part.docs[chosen]].astype(np.int32))
            counts.append(part.counts[chosen])
            lengths.append(part.lengths[kept])
            offset += int(kept.sum())
        return cls._sorted(
            np.concatenate(keys),
            np.concatenate(docs),
            np.concatenate(counts),
            np.concatenate(lengths),
        )

    @classmethod
    def _sorted(
        cls,
        keys: NDArray[np.uint64],
        docs: NDArray[np.int32],
        counts: NDArray[np.uint8],
        lengths: NDArray[np.float32],
    ) -> Postings:
        order = np.lexsort((docs, keys))
        terms, first = np.unique(keys[order], return_index=True)
        starts = np.append(first, len(keys)).astype(np.int64)
        return cls(
            keys=terms, starts=starts, docs=docs[order], counts=counts[order], lengths=lengths
        )

    def is_whole(self, documents: int) -> bool:
        """Whether these arrays can be of one index over so many documents: a search reads them unasked."""
        places = len(self.docs)
        return bool(
            len(self.lengths) == documents
            and len(self.starts) == len(self.keys) + 1
            and len(self.counts) == places
            and self.starts[0] == 0
            and self.starts[-1] == places
            and (np.diff(self.starts) >= 0).all()
            and (places == 0 or (self.docs.min() >= 0 and self.docs.max() < documents))
        )

    def rows(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The row of each term, -1 of one that no document has."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.int64)
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, at, -1)

    def frequencies(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many documents have each of these rows' terms."""
        known = np.maximum(rows, 0)
        if not len(self.keys):
            return np.zeros(len(rows), np.int64)
        return np.where(rows >= 0, self.starts[known + 1] - self.starts[known], 0)

    def occurrences(self, rows: NDArray[np.int64]) -> Occurrences:
        """Of all these rows at once."""
        which = np.flatnonzero(rows >= 0)
        if not len(which):
            return _NEVER
        begins, ends = self.starts[rows[which]], self.starts[rows[which] + 1]
        # Whole slices are copied: far quicker than picking each posting by its place.
        spans = list(zip(begins.tolist(), ends.tolist(), strict=True))
        docs = np.concatenate([self.docs[begin:end] for begin, end in spans], dtype=np.intp)
        counts = np.concatenate([self.counts[begin:end] for begin, end in spans])
        return Occurrences(which=which, sizes=ends - begins, docs=docs, counts=counts)


@dataclass(frozen=True, kw_only=True)
class Occurrences:
    """Of some rows' terms: `docs` [M] the documents and `counts` [M] how often, row after row; `which` [R]
    of the rows have any, and `sizes` [R] how many.

    The documents are numbers of the machine's own width here: whoever sums by them is three times as fast.
    """

    which: NDArray[np.int64]
    sizes: NDArray[np.int64]
    docs: NDArray[np.intp]
    counts: NDArray[np.uint8]

    def of_each(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The row's own value for each occurrence [M]."""
        return values[self.which].repeat(self.sizes)


_NOTHING = np.empty(0, np.int64)
_NEVER = Occurrences(
    which=_NOTHING, sizes=_NOTHING, docs=np.empty(0, np.intp), counts=np.empty(0, np.uint8)
)


def keys_of(terms: Iterable[str]) -> NDArray[np.uint64]:
    return np.fromiter((key(term) for term in terms), np.uint64)
