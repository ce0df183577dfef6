"""What speaks for an article? Each kind of evidence as a number between 0 and 1, comparable between
questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ..tokens.terms import Field
from ..words.index import Part
from ..words.postings import Numbers
from ..words.scoring import RULES, Asked, coverage, scores


class Feature(StrEnum):
    """By field: its BM25, as a share of the best article's. `COVERAGE`: which share of the question's
    words it says. `LENGTH`: how long it is. `VECTORS`: its cosine, as a share of the best one's."""

    WORDS = Field.WORDS
    BIGRAMS = Field.BIGRAMS
    PAIRS = Field.PAIRS
    LEAD = Field.LEAD
    NAMES = Field.NAMES
    CONCEPTS = Field.CONCEPTS
    TITLE = Field.TITLE
    TITLE_PAIRS = Field.TITLE_PAIRS
    GENERATED = Field.GENERATED
    COVERAGE = "coverage"
    LENGTH = "length"
    VECTORS = "vectors"


SCORED = tuple(field for field in Field if field not in (Field.SOLVED, Field.REFUSED))
ORDER = {feature: place for place, feature in enumerate(Feature)}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Of all articles that may be shown. `values` [N, len(Feature)]; `chinese` [N]; `reached` [len(Field)] is the best
    score of each field as a share of the highest that the question allows."""

    ids: list[str]
    values: Numbers
    chinese: NDArray[np.bool_]
    reached: Mapping[Field, float]


def evidence(
    parts: Sequence[Part],
    question: Mapping[Field, Counter[str]],
    labels: Collection[str] | None,
    day: date,
    cosines: Mapping[str, float] | None = None,
) -> Evidence:
    """`labels` are what the reader may see; None means everything. `cosines` are the vectors' word."""
    shown = [_shown(part, labels, day) for part in parts]
    ids = [
        one.id
        for part, mask in zip(parts, shown, strict=True)
        for one, stays in zip(part.segment.listed, mask, strict=True)
        if stays
    ]
    columns = np.zeros((len(ids), len(Feature)))
    reached: dict[Field, float] = {}
    for field in SCORED:
        asked = Asked.of(question[field], [part.segment.fields[field] for part in parts])
        found = _gathered([scores(asked, field, p.segment.fields[field]) for p in parts], shown)
        best = float(found.max(initial=0.0))
        columns[:, ORDER[Feature(field.value)]] = found / best if best else 0.0
        reached[field] = best / max(asked.ceiling * (1 + RULES[field].saturation), 1e-9)
        if field is Field.WORDS:
            said = [coverage(asked, p.segment.fields[field]) for p in parts]
            columns[:, ORDER[Feature.COVERAGE]] = _gathered(said, shown)
            columns[:, ORDER[Feature.LENGTH]] = _length(asked, parts, shown)
    if cosines:
        columns[:, ORDER[Feature.VECTORS]] = _share(ids, cosines)
    chinese = [p.segment.chinese[mask] for p, mask in zip(parts, shown, strict=True)]
    return Evidence(
        ids=ids,
        values=columns,
        chinese=np.concatenate(chinese) if chinese else np.zeros(0, np.bool_),
        reached=reached,
    )


def _shown(part: Part, labels: Collection[str] | None, day: date) -> NDArray[np.bool_]:
    return part.alive if labels is None else part.alive & part.segment.readable(labels, day)


def _gathered(by_part: Sequence[Numbers], shown: Sequence[NDArray[np.bool_]]) -> Numbers:
    kept = [values[mask] for values, mask in zip(by_part, shown, strict=True)]
    return np.concatenate(kept) if kept else np.zeros(0)


def _length(asked: Asked, parts: Sequence[Part], shown: Sequence[NDArray[np.bool_]]) -> Numbers:
    """Logarithm of an article's words over the mean: 0 for the usual one."""
    lengths = _gathered(
        [part.segment.fields[Field.WORDS].lengths.astype(np.float64) for part in parts], shown
    )
    return np.log((lengths + 1) / (asked.mean_length + 1))


def _share(ids: Sequence[str], cosines: Mapping[str, float]) -> Numbers:
    """1 for the nearest; 0 for the farthest that was found, and for all that were not."""
    far, near = min(cosines.values()), max(cosines.values())
    span = near - far or 1.0
    return np.array([(cosines.get(id_, far) - far) / span for id_ in ids])
