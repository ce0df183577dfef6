"""Which collection answers, and which is being filled? One per encoder; the old one serves until the
new one is complete."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import structlog
from numpy.typing import NDArray

from ..errors import EncoderFailed
from ..ports import Encoder, Indexed
from .collection import PREFIX, PassageVectors, name_of
from .encoded import texts_of
from .place import Place, PlaceFailed, in_folder

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """`serving` is the encoder that answers questions, `filling` the one whose vectors are not yet
    complete. An article that the encoder does not read counts as done."""

    serving: str
    filling: str | None
    done: int
    articles: int


@dataclass(frozen=True, kw_only=True)
class _Pair:
    encoder: Encoder
    vectors: PassageVectors


class VectorIndex:
    """Readers' rights are no matter here: whoever asks drops what may not be shown, and asks for more
    than is needed. One thread puts and drops; any number may ask."""

    def __init__(self, place: Place, encoder: Encoder, before: Sequence[Encoder] = ()) -> None:
        """`before` are encoders that may have filled a collection earlier and can still be asked."""
        self._place = place
        self._target = _Pair(encoder=encoder, vectors=PassageVectors(place.client, encoder.name))
        self._serving = self._earlier(before) or self._target
        self._unread: dict[str, str] = {}
        self._filled = (0, 0)

    @classmethod
    def in_folder(
        cls, folder: Path, encoder: Encoder, before: Sequence[Encoder] = ()
    ) -> VectorIndex:
        """Raises NotOurs when another process has the folder; a broken one is made anew."""
        return in_folder(folder, lambda place: cls(place, encoder, before).probed())

    def probed(self) -> VectorIndex:
        """Rows that can be read may still stand beside a broken graph."""
        for vectors in (self._target.vectors, self._serving.vectors):
            if vectors.dimensions:
                vectors.nearest(np.ones(vectors.dimensions, np.float32), 1)
        return self

    def close(self) -> None:
        self._place.close()

    @property
    def filled(self) -> Filled:
        done, articles = self._filled
        whole = self._serving is self._target and done == articles
        return Filled(
            serving=self._serving.encoder.name,
            filling=None if whole else self._target.encoder.name,
            done=done,
            articles=articles,
        )

    def nearest(self, question: str, most: int) -> Mapping[str, float]:
        """See `knowledge.ports.Nearness`."""
        serving = self._serving
        if most <= 0 or not serving.encoder.reads(question):
            return {}
        vector = serving.encoder.encode_question(question)
        known = serving.vectors.dimensions
        if known and len(vector) != known:
            raise EncoderFailed(
                f"{serving.encoder.name} gives {len(vector)} numbers, and the index holds {known}: "
                "articles are being indexed anew"
            )
        try:
            return serving.vectors.nearest(vector, most)
        except Exception as broken:  # Chroma's engine and its HTTP client have no common error
            if self._serving is not serving:
                return self.nearest(question, most)  # its collection was just replaced
            raise self._failed(broken) from broken

    def differs(self, versions: Mapping[str, str]) -> tuple[set[str], set[str]]:
        """(articles to put, articles to drop), given the version of each that should be here. When
        there is none to put, the new collection serves and every other one goes."""
        held = {id_: one.version for id_, one in self._target.vectors.held.items()}
        here = held | self._unread
        wanted = {id_ for id_, version in versions.items() if here.get(id_) != version}
        gone = (here.keys() | self._serving.vectors.held.keys()) - versions.keys()
        self._filled = (len(versions) - len(wanted), len(versions))
        if not wanted:
            self._settle()
        return wanted, gone

    def put(self, articles: Sequence[Indexed]) -> None:
        """Encode these and take them in. Raises EncoderFailed; then none of them was."""
        target = self._target
        texts = {one.article.id: texts_of(one, target.encoder) for one in articles}
        versions = {one.article.id: one.version for one in articles}
        flat = [text for some in texts.values() for text in some]
        vectors = target.encoder.encode(flat) if flat else np.empty((0, 0), np.float32)
        unread = [id_ for id_, some in texts.items() if not some]
        try:
            self._fit(vectors)
            target.vectors.put(_by_article(texts, versions, vectors))
            target.vectors.drop(unread)
        except Exception as broken:  # as above
            raise self._failed(broken) from broken
        for id_ in texts:
            self._unread.pop(id_, None)
        self._unread |= {id_: versions[id_] for id_ in unread}
        done, of = self._filled
        self._filled = (min(done + len(articles), of), of)

    def drop(self, ids: Collection[str]) -> None:
        """From the collection that serves, too."""
        try:
            for vectors in {id(p): p.vectors for p in (self._target, self._serving)}.values():
                vectors.drop(ids)
        except Exception as broken:  # as above
            raise self._failed(broken) from broken
        for id_ in ids:
            self._unread.pop(id_, None)

    def _fit(self, vectors: NDArray[np.float32]) -> None:
        """Vectors of other dimensions come from another model of the same name."""
        known = self._target.vectors.dimensions
        if len(vectors) and known and vectors.shape[1] != known:
            log.warning(
                "another model answers by the same name; its vectors are made anew",
                encoder=self._target.encoder.name,
                before=known,
                now=vectors.shape[1],
            )
            self._target.vectors.begin_anew()

    def _earlier(self, before: Sequence[Encoder]) -> _Pair | None:
        """The fullest one of another encoder: it serves until the target's own is complete."""
        names = self._collections()
        pairs = [
            _Pair(encoder=one, vectors=PassageVectors(self._place.client, one.name))
            for one in before
            if one.name != self._target.encoder.name and name_of(one.name) in names
        ]
        fullest = max(pairs, key=lambda pair: len(pair.vectors.held), default=None)
        return fullest if fullest and fullest.vectors.held else None

    def _settle(self) -> None:
        """The target serves first; then what nobody asks any more goes."""
        self._serving = self._target
        try:
            for name in self._collections() - {name_of(self._target.encoder.name)}:
                self._place.client.delete_collection(name)
        except Exception as broken:  # as above
            raise self._failed(broken) from broken

    def _collections(self) -> set[str]:
        return {
            one.name for one in self._place.client.list_collections() if one.name.startswith(PREFIX)
        }

    def _failed(self, broken: Exception) -> PlaceFailed:
        return PlaceFailed(
            f"the vectors in {self._place.where} failed ({type(broken).__name__}: {str(broken)[:200]}): "
            "see its disk and its process; after a restart what is broken is made anew"
        )


def _by_article(
    texts: Mapping[str, Sequence[str]],
    versions: Mapping[str, str],
    vectors: NDArray[np.float32],
) -> dict[str, tuple[str, NDArray[np.float32]]]:
    found, at = {}, 0
    for id_, some in texts.items():
        if some:
            found[id_] = (versions[id_], vectors[at : at + len(some)])
        at += len(some)
    return found
