"""Is this an embeddings endpoint's answer? Vectors of length 1, or EncoderFailed that says what is wrong."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import EncoderFailed


def vectors(body: bytes, *, texts: int, where: str) -> NDArray[np.float32]:
    """[texts, dimensions], in the order of the texts: `{"data": [{"index": 0, "embedding": […]}]}`."""
    rows = _rows(body, where)
    if len(rows) != texts:
        raise EncoderFailed(f"{where} answered {texts} texts with {len(rows)} vectors")
    try:
        rows = sorted(rows, key=lambda row: row["index"])
        found = np.array([row["embedding"] for row in rows], np.float32)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise _no_answer(where) from None
    if [row["index"] for row in rows] != list(range(texts)) or found.ndim != 2 or not found.size:
        raise _no_answer(where)
    lengths = np.linalg.norm(found.astype(np.float64), axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise EncoderFailed(
            f"{where} answered with a vector that is zero or not finite: another model may be needed"
        )
    unit: NDArray[np.float32] = (found / lengths).astype(np.float32)
    return unit


def _rows(body: bytes, where: str) -> list[Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise EncoderFailed(f"{where} answered with something that is not JSON") from None
    rows = said.get("data") if isinstance(said, dict) else None
    if not isinstance(rows, list):
        raise _no_answer(where)
    return rows


def _no_answer(where: str) -> EncoderFailed:
    return EncoderFailed(
        f"{where} answered, but not as an embeddings endpoint does: look at its address and its model"
    )
