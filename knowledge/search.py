"""Which articles answer this question, for somebody who may see these labels?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import structlog

from .answer import Answer, Suggestion
from .article import Article
from .patience import Late, Patience, Pending
from .ports import ArticleRows, Nearness, Reranker
from .ranking.bounds import held
from .ranking.probability import model
from .ranking.rank import Order, rank
from .ranking.signs import SEEN, signs
from .reading import Reader
from .tokens.identifiers import codes
from .tokens.normal import HAN, normal
from .tokens.terms import LONGEST_QUESTION, Analyser
from .words.index import WordIndex

MOST = 20
NEAREST = 200
"""Articles that the vectors may name: many of them this reader may not see."""
VECTORS_WITHIN = 1.0
RERANKED, RERANKED_WITHIN = 10, 2.0

log = structlog.get_logger(__name__)


class Search:
    """Words always; vectors and a re-ranker when they are there and answer in time. `within` are
    seconds."""

    def __init__(
        self,
        rows: ArticleRows,
        index: WordIndex,
        analyser: Analyser,
        *,
        nearness: Nearness | None = None,
        reranker: Reranker | None = None,
        vectors_within: float = VECTORS_WITHIN,
        reranked_within: float = RERANKED_WITHIN,
    ) -> None:
        self._rows, self._index, self._analyser = rows, index, analyser
        self._reader = Reader(analyser)
        self._nearness, self._reranker = nearness, reranker
        self._for_vectors = Patience(within=vectors_within)
        self._for_reranker = Patience(within=reranked_within)

    def answer(
        self, question: str, *, labels: Collection[str] | None, day: date, limit: int
    ) -> Answer:
        """See `knowledge.ports.ArticleSearch`. A question that says nothing finds nothing."""
        asked = question[:LONGEST_QUESTION]
        cosines: Mapping[str, float] | None = None
        missing: tuple[str, ...] = ()
        pending = self._asked_vectors(asked)
        terms = self._analyser.of_question(asked)
        if self._nearness is not None and asked.strip():
            cosines = self._told(pending)
            missing = ("vectors",) if cosines is None else ()
        order = rank(
            self._index.parts,
            terms,
            labels=labels,
            day=day,
            chinese=HAN.search(asked) is not None,
            limit=max(min(limit, MOST), SEEN),
            cosines=cosines,
        )
        found = self._suggestions(asked, order, vectors=bool(cosines), most=min(limit, MOST))
        used = model(vectors=bool(cosines))
        return Answer(suggestions=tuple(found), fits_from=used.fits_from, missing=missing)

    def _asked_vectors(self, question: str) -> Pending[Mapping[str, float]] | None:
        nearness = self._nearness
        if nearness is None or not question.strip():
            return None
        try:
            return self._for_vectors.ask(lambda: nearness.nearest(question, NEAREST))
        except Late:
            log.warning("vectors are not asked: earlier questions still hang")
            return None

    def _told(self, pending: Pending[Mapping[str, float]] | None) -> Mapping[str, float] | None:
        """None when they could not answer."""
        if pending is None:
            return None
        try:
            return pending.result()
        except Late:
            log.warning("vectors were late; words carry on")
        except Exception as failed:  # a retriever that fails must not take the others along
            log.warning("vectors failed; words carry on", reason=str(failed))
        return None

    def _suggestions(
        self, question: str, order: Order, *, vectors: bool, most: int
    ) -> Sequence[Suggestion]:
        used, weights = model(vectors=vectors), order.question.weights()
        first = order.ranked[: max(most, RERANKED if self._reranker else 0)]
        articles = self._rows.articles([one.id for one in first])
        written, asked = self._analyser.written(question), set(codes(normal(question)))
        said = {id_: asked & _codes_of(article) for id_, article in articles.items()}
        found = []
        for at, one in enumerate(first):
            article = articles.get(one.id)
            if article is None:
                continue  # its row is gone since it was indexed
            matched = self._reader.matched(article, written)
            concepts = order.question.concepts() & self._reader.says(article)
            probability = held(
                used.probability(signs(order, at)),
                shared=max(len(matched), len(concepts)),
                codes=said[one.id],
                others=list(said.values()),
            )
            found.append(
                Suggestion(
                    article=article,
                    probability=probability,
                    passage=self._reader.best(article, weights),
                    matched=matched,
                    ranks=one.ranks,
                )
            )
        return self._reranked(question, _once(found))[:most]

    def _reranked(self, question: str, found: list[Suggestion]) -> list[Suggestion]:
        """Whoever is not named keeps its place behind those who are; a probability stays what it is."""
        reranker, head = self._reranker, found[:RERANKED]
        if reranker is None or len(head) < 2:
            return found
        candidates: list[Article] = [one.article for one in head]
        try:
            pending = self._for_reranker.ask(lambda: reranker.order(question, candidates))
            named = list(dict.fromkeys(pending.result()))
        except Exception:  # late or broken, whatever it raises: its help is optional
            log.info("not re-ranked: the re-ranker was late or failed", exc_info=True)
            return found
        place = {id_: at for at, id_ in enumerate(named)}
        return sorted(head, key=lambda s: place.get(s.article.id, len(place))) + found[RERANKED:]


def _codes_of(article: Article) -> set[str]:
    return set(codes(normal(f"{article.title}\n{article.body}")))


def _once(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Of articles that say the same, taken in from two places, the first is enough."""
    seen: dict[tuple[str, str], Suggestion] = {}
    for one in found:
        seen.setdefault((one.article.title, one.article.body), one)
    return list(seen.values())
