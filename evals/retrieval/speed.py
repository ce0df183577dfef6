"""`python -m evals retrieval-speed`: how fast is the search in a large library, and how much memory has it?

The library is mixed from the paragraphs of a real one, so that words are as frequent as in life.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.article import Article
from knowledge.ports import Encoder, Indexed, Nearness
from knowledge.search import Search
from knowledge.tokens.terms import Analyser
from knowledge.words.index import WordIndex

from ..bench.memory import resident_megabytes
from .library import DAY
from .sets import EVERYBODY, Judged, load

SEED = 7
QUESTIONS = 300
AT_ONCE = 500
SHOWN = 3
_DIMENSIONS, _PASSAGES = 384, 3


def run(folder: Path, queries: str, articles: int, encoder: Encoder | None) -> None:
    """Prints JSON: articles indexed a second, milliseconds of a whole answer with three suggestions, by
    words and with the encoder, and megabytes of this process before and after."""
    judged = load(folder, queries)
    before = round(resident_megabytes())
    with tempfile.TemporaryDirectory() as scratch:
        rows = _Made(judged)
        index = WordIndex(Analyser(), Path(scratch))
        began = time.perf_counter()
        for ids in _batches(articles):
            index.put(rows.to_index(ids))
            print(f"indexed {ids[-1]} of {articles}", file=sys.stderr)
        took = time.perf_counter() - began
        del index
        opened = WordIndex(Analyser(), Path(scratch))
        told: dict[str, Any] = {
            "articles": articles,
            "indexed_per_second": round(articles / took, 1),
            "segments": len(opened.parts),
            "disk_mb": round(sum(f.stat().st_size for f in Path(scratch).rglob("*.*")) / 1e6),
            "words": _measured(judged, _answering(rows, opened, None)),
            "memory_mb": {"before": before, "after": round(resident_megabytes())},
        }
        if encoder:
            near = _Near(encoder, articles)
            told["with_encoder"] = _measured(judged, _answering(rows, opened, near))
    print(json.dumps(told, indent=2))


def _answering(rows: _Made, index: WordIndex, near: Nearness | None) -> Callable[[str], object]:
    search = Search(rows, index, Analyser(), nearness=near)
    return lambda text: search.answer(text, labels=[EVERYBODY], day=DAY, limit=SHOWN)


def _measured(judged: Judged, answer: Callable[[str], object]) -> dict[str, float]:
    texts = list(judged.questions.values())[:QUESTIONS]
    for text in texts[:20]:
        answer(text)
    took = []
    for text in texts:
        began = time.perf_counter()
        answer(text)
        took.append((time.perf_counter() - began) * 1000)
    p50, p95 = np.percentile(took, [50, 95])
    return {"p50_ms": round(float(p50), 1), "p95_ms": round(float(p95), 1)}


def _batches(articles: int) -> Iterator[list[str]]:
    for start in range(0, articles, AT_ONCE):
        yield [str(number) for number in range(start, min(start + AT_ONCE, articles))]


class _Made:
    """Articles made when they are asked for, the same each time."""

    def __init__(self, judged: Judged) -> None:
        self._articles = judged.articles
        self._paragraphs = [p for a in judged.articles for p in a.body.split("\n") if p.strip()]
        self._counts = [a.body.count("\n") + 1 for a in judged.articles]

    def newest_change(self) -> int:
        return 1

    def versions(self) -> Mapping[str, str]:
        return {}

    def to_index(self, ids: Collection[str]) -> list[Indexed]:
        return [Indexed(article=a, version="1") for a in self.articles(ids).values()]

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        return {id_: self._made(id_) for id_ in ids}

    def _made(self, id_: str) -> Article:
        chance = random.Random(f"{SEED}-{id_}")
        like = self._articles[int(id_) % len(self._articles)]
        count = chance.choice(self._counts)
        body = "\n".join(chance.choices(self._paragraphs, k=count))[:200_000]
        title = like.title if int(id_) < len(self._articles) else f"{like.title} {id_}"
        return like.model_copy(update={"id": id_, "title": title, "body": body})


class _Near:
    """The encoder's time and that of a product with as many vectors as the library has passages; what is
    near is left to chance."""

    def __init__(self, encoder: Encoder, articles: int) -> None:
        self._encoder, self._articles = encoder, articles
        size = (articles * _PASSAGES, _DIMENSIONS)
        self._vectors = np.random.default_rng(SEED).standard_normal(size, np.float32)
        self._vectors /= np.linalg.norm(self._vectors, axis=1, keepdims=True)

    def nearest(self, question: str, most: int) -> Mapping[str, float]:
        if not self._encoder.reads(question):
            return {}
        cosines = self._vectors @ self._encoder.encode_question(question)
        best: Sequence[int] = np.argpartition(-cosines, most)[:most].tolist()
        return {str(at // _PASSAGES): float(cosines[at]) for at in best}
