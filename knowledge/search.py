"""Which articles answer this question, for somebody who may see these labels?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import structlog

from .answer import LONGEST_QUESTION, MOST, Answer, Suggestion
from .article import Article
from .errors import KnowledgeError
from .patience import Late, Patience, Pending
from .ports import ArticleRows, Nearness, Reranker
from .ranking.bounds import held
from .ranking.features import Feature
from .ranking.probability import Model, model
from .ranking.rank import Order, rank
from .ranking.signs import SEEN, signs
from .reading import Reader
from .tokens.identifiers import codes
from .tokens.normal import HAN, normal
from .tokens.terms import Analyser
from .words.index import WordIndex

NEAREST = 200
"""Articles that the vectors may name: many of them this reader may not see."""
VECTORS_WITHIN = 0.5
"""Well within the second that an acknowledgement waits."""
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
        looked_at = max(limit, RERANKED) if self._reranker else limit
        [answer] = self.answers(question, readers=[labels], day=day, limit=looked_at)
        order = self._reranked(question[:LONGEST_QUESTION], answer.suggestions)
        return replace(answer, suggestions=tuple(order)[:limit])

    def answers(
        self,
        question: str,
        *,
        readers: Sequence[Collection[str] | None],
        day: date,
        limit: int,
    ) -> list[Answer]:
        """The vectors are asked once for all of them, and the re-ranker is not: somebody waits."""
        asked = question[:LONGEST_QUESTION]
        cosines: Mapping[str, float] | None = None
        missing: tuple[str, ...] = ()
        pending = self._asked_vectors(asked)
        terms = self._analyser.of_question(asked)
        if self._nearness is not None and asked.strip():
            cosines = self._told(pending)
            missing = ("vectors",) if cosines is None else ()
        most, used = min(limit, MOST), model(vectors=bool(cosines))
        answers = []
        for labels in readers:
            order = rank(
                self._index.parts,
                terms,
                labels=labels,
                day=day,
                chinese=HAN.search(asked) is not None,
                limit=max(most, SEEN),
                cosines=cosines,
            )
            found = self._suggestions(asked, order, used, most, labels, day)
            answers.append(
                Answer(suggestions=tuple(found), fits_from=used.fits_from, missing=missing)
            )
        return answers

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
        except KnowledgeError as failed:
            log.warning("vectors failed; words carry on", reason=str(failed))
        except Exception:  # a fault of ours in a retriever must not take the others along either
            log.exception("vectors failed by a fault of ours; words carry on")
        return None

    def _suggestions(
        self,
        question: str,
        order: Order,
        used: Model,
        most: int,
        labels: Collection[str] | None,
        day: date,
    ) -> Sequence[Suggestion]:
        weights, first = order.question.weights(), order.ranked[:most]
        articles = self._shown([one.id for one in first], labels, day)
        written, asked = self._analyser.written(question), set(codes(normal(question)))
        said = {id_: _said_of(asked, article) for id_, article in articles.items()}
        found = []
        for at, one in enumerate(first):
            article = articles.get(one.id)
            if article is None:
                continue
            matched = self._reader.matched(article, written)
            concepts = order.question.concepts() & self._reader.says(article)
            probability = held(
                used.probability(signs(order, at)),
                shared=max(len(matched), len(concepts)),
                codes=said[one.id],
                others=list(said.values()),
                refused=one.features[Feature.REFUSED],
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
        return _once(found)

    def _shown(
        self, ids: Sequence[str], labels: Collection[str] | None, day: date
    ) -> dict[str, Article]:
        """The index may be behind: what was retired or kept to others since is left out."""
        return {
            id_: article
            for id_, article in self._rows.articles(ids).items()
            if labels is None or (article.is_for(labels) and article.holds_on(day))
        }

    def _reranked(self, question: str, found: Sequence[Suggestion]) -> Sequence[Suggestion]:
        """Whoever is not named keeps its place behind those who are; a probability stays what it is."""
        reranker, head = self._reranker, found[:RERANKED]
        if reranker is None or len(head) < 2:
            return found
        candidates: list[Article] = [one.article for one in head]
        try:
            pending = self._for_reranker.ask(lambda: reranker.order(question, candidates))
            named = list(dict.fromkeys(pending.result()))
        except Late:
            log.info("not re-ranked: the re-ranker was late, or earlier questions still hang")
            return found
        except KnowledgeError as failed:
            log.warning("not re-ranked: the re-ranker failed", reason=str(failed))
            return found
        except Exception:  # `Reranker.order` may raise anything: its help is optional
            log.exception("not re-ranked: a fault of ours in the re-ranker")
            return found
        place = {id_: at for at, id_ in enumerate(named)}
        sorted_ = sorted(head, key=lambda s: place.get(s.article.id, len(place)))
        return [*sorted_, *found[RERANKED:]]


def _said_of(asked: set[str], article: Article) -> set[str]:
    """Those of the codes that are asked for."""
    return asked & set(codes(normal(f"{article.title}\n{article.body}"))) if asked else set()


def _once(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Of articles that say the same, taken in from two places, the first is enough."""
    seen: dict[tuple[str, str], Suggestion] = {}
    for one in found:
        seen.setdefault((one.article.title, one.article.body), one)
    return list(seen.values())
