"""How near is a question to the articles of a set, by their passages' vectors? In memory, kept in a folder."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.article import Article
from knowledge.ports import Encoder, Indexed
from knowledge.vectors.encoded import texts_of

_TOLD_EACH = 100


class Encoded:
    """Exact: each passage is compared. `cache` keeps an article's vectors from one run to the next."""

    def __init__(self, articles: Sequence[Article], encoder: Encoder, cache: Path | None) -> None:
        self._encoder = encoder
        self.ids = [article.id for article in articles]
        self.texts: list[str] = []
        found: list[NDArray[np.float32]] = []
        owners: list[int] = []
        for at, article in enumerate(articles):
            texts = texts_of(Indexed(article=article, version=""), encoder)
            if texts:
                found.append(_kept(texts, encoder, cache))
                owners += [at] * len(texts)
                self.texts += texts
            if (at + 1) % _TOLD_EACH == 0:
                print(f"encoded {at + 1} of {len(articles)} articles", file=sys.stderr)
        self.vectors = np.concatenate(found) if found else np.zeros((0, 1), np.float32)
        self.owners = np.array(owners, np.int64)

    def nearest(self, question: str, most: int) -> Mapping[str, float]:
        """See `knowledge.ports.Nearness`."""
        if not len(self.vectors) or not self._encoder.reads(question):
            return {}
        cosines = self.vectors @ self._encoder.encode_question(question)
        best = np.full(len(self.ids), -1.0, np.float32)
        np.maximum.at(best, self.owners, cosines)
        first = np.argsort(-best)[:most]
        return {self.ids[at]: float(best[at]) for at in first if best[at] > -1}


def _kept(texts: Sequence[str], encoder: Encoder, cache: Path | None) -> NDArray[np.float32]:
    if cache is None:
        return encoder.encode(texts)
    told = "\0".join((encoder.name, *texts)).encode("utf-8", "replace")
    path = cache / f"{hashlib.sha256(told).hexdigest()}.npy"
    if path.exists():
        return np.asarray(np.load(path, allow_pickle=False), np.float32)
    cache.mkdir(parents=True, exist_ok=True)
    vectors = encoder.encode(texts)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        np.save(file, vectors)
    draft.replace(path)
    return vectors
