"""What would one have without this search? Plain BM25, and LangChain's ensemble of it with Chroma."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from knowledge.ports import Indexed
from knowledge.tokens.terms import Analyser, Field, Terms

from .encoded import Encoded
from .measures import DEPTH
from .sets import Judged

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

Retriever = Callable[[str], list[str]]
_AT_ONCE = 2_000


def bm25(judged: Judged) -> Retriever:
    """The usual k1 1.5 and b .75 over the same words, titles twice: the figure to beat."""
    import bm25s

    analyser = Analyser()
    said = [_counted(analyser.of_article(Indexed(article=a, version=""))) for a in judged.articles]
    index = bm25s.BM25(k1=1.5, b=0.75)
    index.index(said, show_progress=False)
    ids = [article.id for article in judged.articles]

    def retrieve(question: str) -> list[str]:
        asked = _counted(analyser.of_question(question))
        if not asked:
            return []
        depth = min(2 * DEPTH, len(ids))
        places, scores = index.retrieve([asked], k=depth, show_progress=False)
        return [ids[at] for at, score in zip(places[0], scores[0], strict=True) if score > 0]

    return retrieve


def _counted(terms: Terms) -> list[str]:
    """Words, those of titles once more, and bigrams of Chinese."""
    words = [*terms[Field.WORDS].elements(), *terms[Field.TITLE].elements()]
    return [*words, *(f"#{b}" for b in terms[Field.BIGRAMS].elements())]


def ensemble(plain: Retriever, encoded: Encoded, encoder: Any) -> Retriever:
    """LangChain's own, equal weights: plain BM25, and Chroma over the same passages' vectors."""
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

    class _Embeddings(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise NotImplementedError("passages are encoded before")

        def embed_query(self, text: str) -> list[float]:
            return [float(x) for x in encoder.encode([text])[0]]

    settings = Settings(anonymized_telemetry=False)
    client = chromadb.EphemeralClient(settings)
    store = Chroma(client=client, collection_name="judged", embedding_function=_Embeddings())
    for start in range(0, len(encoded.texts), _AT_ONCE):
        end = min(start + _AT_ONCE, len(encoded.texts))
        store._collection.add(
            ids=[str(at) for at in range(start, end)],
            embeddings=encoded.vectors[start:end],
            documents=[encoded.ids[encoded.owners[at]] for at in range(start, end)],
            metadatas=[{"id": encoded.ids[encoded.owners[at]]} for at in range(start, end)],
        )
    both = EnsembleRetriever(
        retrievers=[_words(plain), store.as_retriever(search_kwargs={"k": 2 * DEPTH})],
        weights=[0.5, 0.5],
        id_key="id",
    )

    def retrieve(question: str) -> list[str]:
        if not encoder.reads(question):
            return plain(question)
        found: list[Document] = both.invoke(question)
        return list(dict.fromkeys(document.metadata["id"] for document in found))[: 2 * DEPTH]

    return retrieve


def _words(plain: Retriever) -> BaseRetriever:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    class _Plain(BaseRetriever):
        def _get_relevant_documents(
            self, query: str, *, run_manager: CallbackManagerForRetrieverRun
        ) -> list[Document]:
            return [Document(page_content=id_, metadata={"id": id_}) for id_ in plain(query)]

    return _Plain()
