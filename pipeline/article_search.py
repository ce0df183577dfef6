"""Which parts answer a question, as the settings say? Words always, vectors where there is an encoder.

Nothing is loaded before there is an article: an installation without any pays nothing for it. Vectors are
opened by upkeep alone, so that no question waits for that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import TYPE_CHECKING

import structlog

from knowledge.answer import Answer
from knowledge.article import Standing
from knowledge.errors import KnowledgeError

from .article_ports import ArticleQueries
from .settings import Settings

if TYPE_CHECKING:
    from knowledge.ports import ArticleSearch, Encoder, Readers, Reranker
    from knowledge.upkeep import Upkeep
    from knowledge.vectors.index import VectorIndex
    from knowledge.vectors.remote import RemoteVectors
    from knowledge.words.index import WordIndex

log = structlog.get_logger(__name__)

NOT_YET = "the vectors are not opened yet"


@dataclass(frozen=True, kw_only=True)
class LibraryState:
    """How far the indexes are. `encoder` is the one that serves, empty when there is none, `filling` the
    one whose vectors are not complete; `encoded` counts articles that it is done with. `trouble` says
    why vectors are behind, in a sentence, since `since`."""

    articles: int
    indexed: int
    encoded: int = 0
    encoder: str = ""
    filling: str | None = None
    trouble: str = ""
    since: datetime | None = None


class ArticleParts:
    """The search of one installation, and the worker that keeps its indexes."""

    def __init__(
        self,
        settings: Settings,
        rows: ArticleQueries,
        now: Callable[[], datetime],
        *,
        reranker: Reranker | None = None,
    ) -> None:
        self._settings, self._rows, self._now = settings, rows, now
        self._reranker = reranker
        self._opening = Lock()
        self._words: WordIndex | None = None
        self._search: ArticleSearch | None = None
        self._upkeep: Upkeep | None = None
        self._vectors: VectorIndex | RemoteVectors | None = None
        self._refused = ""

    def answer(
        self, question: str, *, labels: Collection[str] | None, day: date, limit: int
    ) -> Answer:
        """See `knowledge.ports.ArticleSearch`."""
        answer = self._opened().answer(question, labels=labels, day=day, limit=limit)
        return self._truly(answer)

    def answers(self, question: str, *, readers: Readers, day: date, limit: int) -> list[Answer]:
        """See `knowledge.ports.ArticleSearch`."""
        found = self._opened().answers(question, readers=readers, day=day, limit=limit)
        return [self._truly(answer) for answer in found]

    def _truly(self, answer: Answer) -> Answer:
        """An index that is behind does not know that nothing fits."""
        behind = self._upkeep.words_are_behind() if self._upkeep else self._rows.newest_change() > 0
        return replace(answer, missing=("words", *answer.missing)) if behind else answer

    def catch_up(self) -> None:
        """For a process without workers: the words of all articles, and nothing that takes minutes."""
        if self._rows.newest_change() > 0:
            if self._upkeep is None:
                self._upkeep = self._kept_up()
            self._upkeep.catch_up_words()

    def nearest(self, question: str, most: int) -> dict[str, float]:
        """See `knowledge.ports.Nearness`: of the vectors that upkeep opened."""
        from knowledge.errors import EncoderFailed

        if self._vectors is None:
            raise EncoderFailed(self._refused or NOT_YET)
        return dict(self._vectors.nearest(question, most))

    def turn(self) -> bool:
        """Bring the indexes nearer to what the rows say; true while there is more to do."""
        if self._upkeep is None:
            if self._rows.newest_change() == 0:
                return False
            self._upkeep = self._kept_up()
        return self._upkeep.turn()

    def next_due(self) -> datetime | None:
        return self._upkeep.next_due() if self._upkeep else None

    def state(self) -> LibraryState:
        articles = self._rows.counts().get(Standing.PUBLISHED.value, 0)
        indexed = sum(int(p.alive.sum()) for p in self._words.parts) if self._words else 0
        if self._settings.encoder == "none":
            return LibraryState(articles=articles, indexed=indexed)
        trouble = self._upkeep.trouble if self._upkeep else None
        filled = self._vectors.filled if self._vectors else None
        return LibraryState(
            articles=articles,
            indexed=indexed,
            encoded=filled.done if filled else 0,
            encoder=filled.serving if filled else "",
            filling=filled.filling if filled else None,
            trouble=trouble.reason if trouble else self._refused,
            since=trouble.since if trouble else None,
        )

    def close(self) -> None:
        if self._vectors is not None:
            self._vectors.close()

    def _opened(self) -> ArticleSearch:
        with self._opening:
            if self._search is None:
                self._search = self._made()
            return self._search

    def _made(self) -> ArticleSearch:
        from knowledge.search import Search
        from knowledge.tokens.terms import Analyser
        from knowledge.tokens.words import Cutter
        from knowledge.words.index import WordIndex

        analyser = Analyser(Cutter(self._rows.own_words()))
        self._words = WordIndex(analyser, self._settings.data_dir / "knowledge" / "words")
        nearness = None if self._settings.encoder == "none" else self
        return Search(self._rows, self._words, analyser, nearness=nearness, reranker=self._reranker)

    def _kept_up(self) -> Upkeep:
        from knowledge.upkeep import Upkeep

        self._opened()
        assert self._words is not None  # noqa: S101  made with the search
        self._vectors = self._opened_vectors()
        return Upkeep(self._rows, self._words, self._vectors, now=self._now)

    def _opened_vectors(self) -> VectorIndex | RemoteVectors | None:
        """None, with its reason in `state`, when they cannot be used: words carry on."""
        if self._settings.encoder == "none":
            return None
        try:
            encoder, before = self._encoders()
            if self._settings.chroma_url:
                from knowledge.vectors.remote import RemoteVectors

                return RemoteVectors(self._settings.chroma_url, encoder, before)
            from knowledge.vectors.index import VectorIndex

            folder = self._settings.data_dir / "knowledge" / "vectors"
            return VectorIndex.in_folder(folder, encoder, before)
        except KnowledgeError as refused:
            self._refused = str(refused)
            log.warning("articles are found by their words alone", reason=self._refused)
            return None

    def _encoders(self) -> tuple[Encoder, tuple[Encoder, ...]]:
        """The one that is set, and one that may have filled the index before and can still be asked."""
        from knowledge.encoders.minilm import MiniLM, installed

        if self._settings.encoder == "minilm":
            return MiniLM(installed()), ()
        from knowledge.encoders.endpoint import Endpoint

        endpoint = Endpoint(
            url=self._settings.encoder_url,
            model=self._settings.encoder_model,
            key=self._settings.encoder_key,
        )
        try:
            return endpoint, (MiniLM(installed()),)
        except KnowledgeError:
            return endpoint, ()
