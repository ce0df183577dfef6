"""In which order do the first articles help, as a model reads them? A permutation, whatever it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from ..article import Article
from ..display import plain_of
from ..ports import ChatModel
from .prompt import Prompt, mark_of

MOST = 10
WITHIN = 2.0
"""Seconds: somebody waits for the answer."""
LONGEST_QUESTION, LONGEST_BEGINNING = 1000, 400
"""Characters that are shown of each: more would not be read in time."""


class Order(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    order: list[int]


class Reranking:
    """`ports.Reranker`. Looks at the first `MOST`; a text among them can at most change their order."""

    def __init__(self, model: ChatModel, prompt: Prompt, *, within: float = WITHIN) -> None:
        self._model, self._prompt, self._within = model, prompt, within

    def order(self, question: str, candidates: Sequence[Article]) -> list[str]:
        """Ids of all candidates, the most helpful first. What the model does not name follows in its old
        order. Raises ModelFailed, also when it is late: the old order is good enough."""
        ids = [candidate.id for candidate in candidates]
        shown = candidates[:MOST]
        if len(shown) < 2:
            return ids
        asked = self._prompt.asked(**_inputs(question[:LONGEST_QUESTION], shown))
        said = self._model.fill(
            Order, instructions=asked.instructions, material=asked.material, within=self._within
        )
        named = [ids[number - 1] for number in said.order if 1 <= number <= len(shown)]
        return list(dict.fromkeys([*named, *ids]))


def prompt_of(texts: Mapping[str, str]) -> Prompt:
    """Of the files below `prompts/`. Raises Refused for a file that is no such prompt."""
    return Prompt(texts, "knowledge/reranking", {"most": MOST})


def _inputs(question: str, shown: Sequence[Article]) -> dict[str, object]:
    candidates = [{"title": one.title, "beginning": _beginning(one)} for one in shown]
    texts = [text for one in candidates for text in one.values()]
    return {"mark": mark_of(question, *texts), "question": question, "candidates": candidates}


def _beginning(article: Article) -> str:
    """Where an article says what it is for."""
    return plain_of(article.body[: 2 * LONGEST_BEGINNING])[:LONGEST_BEGINNING]
