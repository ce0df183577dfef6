"""How do other people's chains ask the library? As a retriever of LangChain's, with its documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, SkipValidation

from .answer import Suggestion
from .ports import ArticleSearch


class ArticleRetriever(BaseRetriever):
    """Documents hold the passage that fits; `metadata` says of which article, how likely it helps and why.

    `labels` are those of whoever reads the chain's answer: it says nothing that they may not read.
    None is for editors, who may see everything, so it has to be said. `today` gives the day on which articles
    must hold. With `only_fitting` a question that nothing fits has no documents.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    search: SkipValidation[ArticleSearch] = Field(exclude=True, repr=False)
    labels: tuple[str, ...] | None
    today: Callable[[], date] = Field(exclude=True, repr=False)
    limit: int = Field(default=5, ge=1, le=20)
    only_fitting: bool = True

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        answer = self.search.answer(query, labels=self.labels, day=self.today(), limit=self.limit)
        found = answer.fitting if self.only_fitting else answer.suggestions
        return [document_of(suggestion) for suggestion in found]


def document_of(suggestion: Suggestion) -> Document:
    article = suggestion.article
    return Document(
        id=article.id,
        page_content=suggestion.passage.text,
        metadata={
            "id": article.id,
            "title": article.title,
            "language": article.language,
            "url": article.url,
            "headings": list(suggestion.passage.headings),
            "probability": suggestion.probability,
            "matched": list(suggestion.matched),
            "ranks": dict(suggestion.ranks),
        },
    )
