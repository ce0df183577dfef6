"""Which passage of an article answers a question, and which of the question's words does it say?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .answer import Passage
from .article import Article
from .splitting import passages
from .tokens.normal import HAN
from .tokens.terms import Analyser

_KEPT = 512
"""Articles whose passages stay cut: the same few are shown again and again."""


@dataclass(frozen=True, kw_only=True)
class _Cut:
    passage: Passage
    says: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Read:
    pieces: Sequence[_Cut]
    says: frozenset[str]
    """All of them, and the title."""


class Reader:
    """Reads the few articles that are shown; the index does not keep their texts."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._read = lru_cache(_KEPT)(self._read_anew)

    def best(self, article: Article, weights: Mapping[str, float]) -> Passage:
        """The one that says most of what was asked: `weights` are the question's terms by rarity, words
        and concepts alike. Of equal ones the first, which says what the article is about."""
        pieces = self._read(_Same(article)).pieces
        said = [sum(weights[t] for t in weights.keys() & piece.says) for piece in pieces]
        return pieces[max(range(len(pieces)), key=lambda at: (said[at], -at))].passage

    def matched(self, article: Article, asked: Mapping[str, str]) -> tuple[str, ...]:
        """`asked` has each term by the way that the question writes it, in its order. A Chinese character
        alone says nothing to a reader, and what stands inside a longer match is said by it."""
        says = self.says(article)
        found = [w for w, term in asked.items() if term in says and not _alone(w)]
        return tuple(w for w in found if not any(w != other and w in other for other in found))

    def says(self, article: Article) -> frozenset[str]:
        """Words and concepts of all of it."""
        return self._read(_Same(article)).says

    def _read_anew(self, same: _Same) -> _Read:
        article = same.article
        pieces = [
            _Cut(passage=one, says=self._says("\n".join((*one.headings, one.text))))
            for one in passages(article)
        ]
        whole = self._says(article.title).union(*(piece.says for piece in pieces))
        return _Read(pieces=pieces, says=whole)

    def _says(self, text: str) -> frozenset[str]:
        return frozenset(self._analyser.words_and_concepts(text))


def _alone(written: str) -> bool:
    return len(written) == 1 and HAN.match(written) is not None


class _Same:
    """An article, equal to one with the same text."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._key = article.id, article.title, article.body

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._key == other._key
