"""Vectors behind an address: what while nobody answers there?

Only upkeep connects, again after each failure: a question never waits for a server that is away, and one
that came back without its vectors is filled anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from ..ports import Encoder, Indexed
from .index import Filled, VectorIndex
from .place import PlaceFailed, at_address, host_of


class RemoteVectors:
    """A `VectorIndex` on a server that `chroma run` started."""

    def __init__(self, url: str, encoder: Encoder, before: Sequence[Encoder] = ()) -> None:
        """Raises Refused for what is no address; whether somebody answers is not asked yet."""
        host_of(url)
        self._url, self._encoder, self._before = url, encoder, tuple(before)
        self._index: VectorIndex | None = None

    @property
    def filled(self) -> Filled:
        name = self._encoder.name
        index = self._index
        return index.filled if index else Filled(serving=name, filling=name, done=0, articles=0)

    def nearest(self, question: str, most: int) -> Mapping[str, float]:
        """See `knowledge.ports.Nearness`."""
        return self._connected().nearest(question, most)

    def differs(self, versions: Mapping[str, str]) -> tuple[set[str], set[str]]:
        """See `VectorIndex.differs`; connects."""
        if self._index is None:
            try:
                self._index = VectorIndex(at_address(self._url), self._encoder, self._before)
            except PlaceFailed:
                raise
            except Exception as broken:  # Chroma's HTTP client has no error of its own
                raise PlaceFailed(f"Chroma at {self._url} failed: {broken}") from broken
        with self._given_up_when_it_fails():
            return self._index.differs(versions)

    def put(self, articles: Sequence[Indexed]) -> None:
        """See `VectorIndex.put`."""
        with self._given_up_when_it_fails():
            self._connected().put(articles)

    def drop(self, ids: Collection[str]) -> None:
        with self._given_up_when_it_fails():
            self._connected().drop(ids)

    def close(self) -> None:
        index, self._index = self._index, None
        if index:
            index.close()

    @contextmanager
    def _given_up_when_it_fails(self) -> Iterator[None]:
        try:
            yield
        except PlaceFailed:
            self.close()
            raise

    def _connected(self) -> VectorIndex:
        if self._index is None:
            raise PlaceFailed(f"Chroma at {self._url} is not reached: see whether it runs")
        return self._index
