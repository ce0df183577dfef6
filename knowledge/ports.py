"""The seams: rows of articles, which the store keeps; encoders, which turn texts into vectors; chat models."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import BaseModel

from .answer import Answer
from .article import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """A published article with all that the indexes take in.

    `version` changes whenever any of it does. `generated` are questions and titles that a model wrote,
    `solved` and `refused` the words of tickets for which somebody said that it helped, or did not;
    `helped` and `failed` how often each was said.
    """

    article: Article
    version: str
    generated: str = ""
    solved: str = ""
    refused: str = ""
    helped: int = 0
    failed: int = 0


class ArticleRows(Protocol):
    """The truth about articles. Each call is one short transaction."""

    def newest_change(self) -> int:
        """Goes up with every change of anything that is indexed; 0 in an empty store."""

    def versions(self) -> Mapping[str, str]:
        """Of every published article, by id."""

    def to_index(self, ids: Collection[str]) -> list[Indexed]:
        """Those of the ids that are published, in any order."""

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        """Those of the ids that exist, retired ones too."""


class Encoder(Protocol):
    """Turns texts into vectors whose cosines say how near their meanings are."""

    name: str
    """Vectors of one name are comparable: it holds the model, and the endpoint if there is one."""

    def reads(self, text: str) -> bool:
        """False for a text of which it would know too little, such as Chinese to an English model."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """[len(texts), dimensions], each row of length 1. Raises EncoderFailed, also when it is late."""

    def encode_question(self, question: str) -> NDArray[np.float32]:
        """[dimensions], as `encode` has it. Somebody waits: of a long question its beginning may do."""


class Nearness(Protocol):
    """The vectors' word on a question."""

    def nearest(self, question: str, most: int) -> Mapping[str, float]:
        """The cosine of each article's nearest passage, of the `most` nearest articles, by id. Empty
        when the encoder does not read the question. Raises EncoderFailed."""


class Reranker(Protocol):
    """Somebody who reads the first articles and knows better, such as a chat model."""

    def order(self, question: str, candidates: Sequence[Article]) -> Sequence[str]:
        """The ids of the candidates, the one that helps most first. May raise anything, and be slow: the
        search waits two seconds and goes on without."""


Readers = Sequence[Collection[str] | None]
"""Whoever is answered: the labels of each, None for an editor, who may see everything, also what does not hold
today."""


class ArticleSearch(Protocol):
    """Who answers a question: `search.Search`, or `shared_words.SharedWords` in tests."""

    def answer(
        self, question: str, *, labels: Collection[str] | None, day: date, limit: int
    ) -> Answer:
        """At most `limit` suggestions, best first, for somebody with these labels (see `Readers`). Who could
        not answer is named in `missing`; only what the rows themselves raise is raised."""

    def answers(self, question: str, *, readers: Readers, day: date, limit: int) -> list[Answer]:
        """The same for each of several readers, without what would take seconds."""


class ChatModel(Protocol):
    """A language model that fills forms. Safe for many threads."""

    name: str
    """Which model, and where if that is told; what two of one name write is alike."""

    def fill(self, form: type[Form], *, instructions: str, material: str, within: float) -> Form:
        """The form, filled as the instructions say from the material, in at most `within` seconds.

        An answer that does not fit the form is given back once, with what is wrong. Raises UnfitAnswer
        when the second does not fit either or the model refuses; ModelFailed for whatever else keeps it
        from answering in time. Neither names a key, or repeats the material.
        """
