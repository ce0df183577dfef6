"""What stands in for a model in tests? Hashed words: deterministic, quick, and nearer for shared words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import EncoderFailed

_WORD = re.compile(r"[a-z0-9]+")


class FakeEncoder:
    """Reads what has a Latin letter or a digit. `trouble` is what it fails with, while it is set."""

    def __init__(self, name: str = "fake", dimensions: int = 64) -> None:
        self.name = name
        self.trouble: str | None = None
        self.encoded: list[str] = []
        """Every text that it turned into a vector, in that order."""
        self._dimensions = dimensions

    def reads(self, text: str) -> bool:
        return _WORD.search(text.lower()) is not None

    def encode_question(self, question: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.encode([question])[0]
        return vector

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.trouble:
            raise EncoderFailed(self.trouble)
        self.encoded += texts
        vectors = np.zeros((len(texts), self._dimensions), np.float32)
        # A share of each: a text without a word has a vector of length 1 too.
        vectors[:, 0] = 0.01
        for row, text in zip(vectors, texts, strict=True):
            for word in _WORD.findall(text.lower()):
                row[zlib.crc32(f"{self.name} {word}".encode()) % self._dimensions] += 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
