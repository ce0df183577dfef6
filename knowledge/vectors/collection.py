"""What does one encoder's collection hold? Passages of articles, and which version of each."""

from __future__ import annotations

import hashlib
from collections.abc import Collection as Some
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

FORM = 1
"""Of passages and of what is encoded of them: a collection of another form is made anew."""
PREFIX = "articles-"
_PAGE = 1_000
_READ_AT_ONCE = 10_000
"""Rows; a page costs the more the further back it is, and 32,000 are refused."""
_ROUNDS = 4


def name_of(encoder: str) -> str:
    """In the letters that Chroma allows."""
    return PREFIX + hashlib.sha256(f"{FORM} {encoder}".encode()).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Held:
    """`version` of an article is "" while not all its passages are here. `places` to clear for it."""

    version: str
    places: int


class PassageVectors:
    """A passage's id is `article id#n`; each says the article's version, and of how many it is one.

    One thread writes; any number may ask.
    """

    def __init__(self, client: ClientAPI, encoder: str) -> None:
        """Opens the collection, or makes it. What was half written when a process died counts as
        absent."""
        self._client, self._encoder = client, encoder
        self._open()

    def _open(self) -> None:
        self._chroma = self._client.get_or_create_collection(
            name_of(self._encoder),
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata={"encoder": self._encoder},
        )
        self.dimensions = self._first_dimensions()
        self.held = self._read()

    def put(self, passages: Mapping[str, tuple[str, NDArray[np.float32]]]) -> None:
        """By article: (version, [passages, dimensions]). In place of what was there."""
        ids, told, rows = [], [], []
        for article, (version, vectors) in passages.items():
            for n, vector in enumerate(vectors):
                ids.append(f"{article}#{n}")
                told.append({"version": version, "of": len(vectors)})
                rows.append(vector)
        over = [
            f"{article}#{n}"
            for article, (_, vectors) in passages.items()
            for n in range(len(vectors), self._places(article))
        ]
        for at in range(0, len(ids), _PAGE):
            cut = slice(at, at + _PAGE)
            self._chroma.upsert(ids=ids[cut], embeddings=np.array(rows[cut]), metadatas=told[cut])  # type: ignore[arg-type]
        self._delete(over)
        for article, (version, vectors) in passages.items():
            self.held[article] = Held(version=version, places=len(vectors))
        self.dimensions = self.dimensions or (len(rows[0]) if rows else 0)

    def drop(self, articles: Some[str]) -> None:
        self._delete([f"{a}#{n}" for a in articles for n in range(self._places(a))])
        for article in articles:
            self.held.pop(article, None)

    def begin_anew(self) -> None:
        """Empty, and ready for other dimensions."""
        self._client.delete_collection(self._chroma.name)
        self._open()

    def nearest(self, vector: NDArray[np.float32], most: int) -> dict[str, float]:
        """The cosine of each article's nearest passage, best first, of at most `most` articles."""
        found: dict[str, float] = {}
        here, wanted = self._chroma.count(), most * 3
        for _ in range(_ROUNDS):
            asked = min(wanted, here)
            found = self._asked(vector, asked) if asked else {}
            if len(found) >= most or asked == here:
                break
            # A few long articles took the places of others.
            wanted *= 4
        return dict(list(found.items())[:most])

    def _asked(self, vector: NDArray[np.float32], passages: int) -> dict[str, float]:
        said = self._chroma.query(
            query_embeddings=np.array([vector]), n_results=passages, include=["distances"]
        )
        found: dict[str, float] = {}
        for id_, distance in zip(said["ids"][0], (said["distances"] or [[]])[0], strict=True):
            found.setdefault(id_.rpartition("#")[0], 1 - float(distance))
        return found

    def _places(self, article: str) -> int:
        return self.held[article].places if article in self.held else 0

    def _delete(self, ids: Sequence[str]) -> None:
        for at in range(0, len(ids), _PAGE):
            self._chroma.delete(ids=list(ids[at : at + _PAGE]))

    def _first_dimensions(self) -> int:
        one = self._chroma.get(limit=1, include=["embeddings"])["embeddings"]
        return len(one[0]) if one is not None and len(one) else 0

    def _read(self) -> dict[str, Held]:
        seen: dict[str, list[tuple[int, str, int]]] = {}
        for id_, version, of in self._rows():
            article, _, n = id_.rpartition("#")
            seen.setdefault(article, []).append((int(n), version, of))
        return {article: _judged(rows) for article, rows in seen.items()}

    def _rows(self) -> Iterator[tuple[str, str, int]]:
        for at in range(0, self._chroma.count(), _READ_AT_ONCE):
            page = self._chroma.get(limit=_READ_AT_ONCE, offset=at, include=["metadatas"])
            for id_, told in zip(page["ids"], page["metadatas"] or (), strict=True):
                yield id_, str(told["version"]), int(told["of"])  # type: ignore[arg-type]


def _judged(rows: Sequence[tuple[int, str, int]]) -> Held:
    whole = len({row[1:] for row in rows}) == 1 and len(rows) == rows[0][2]
    return Held(version=rows[0][1] if whole else "", places=max(n for n, _, _ in rows) + 1)
