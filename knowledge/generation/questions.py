"""How would people ask for this article? Five questions in each language, and its title in the other.

Written by a model once per text, kept as a row for people to look at, and indexed with little weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ..article import Article, Language
from ..errors import UnfitAnswer
from ..ports import ChatModel
from .prompt import Asked, Prompt, mark_of
from .writing_rules import Codes, in_language, plain, told_apart

COUNT = 5
SHORTEST, LONGEST = 4, 150
"""Characters of a question."""
LONGEST_TITLE = 150
LONGEST_READ = 6000
"""Characters of an article that the model reads: what is asked of a longer one stands at its beginning."""
WITHIN = 60.0
"""Seconds for an answer: nobody waits for it."""
NUMBERS = {"count": COUNT, "shortest": SHORTEST, "longest": LONGEST, "longest_title": LONGEST_TITLE}
HALF = 32
"""Hex digits of each half of `made_of`."""

Line = Annotated[str, Field(min_length=SHORTEST, max_length=LONGEST), AfterValidator(plain)]
Chinese = Annotated[Line, AfterValidator(lambda line: in_language(line, "zh"))]
English = Annotated[Line, AfterValidator(lambda line: in_language(line, "en"))]
Translated = Annotated[str, Field(min_length=2, max_length=LONGEST_TITLE), AfterValidator(plain)]


class Questions(BaseModel):
    # What a model says beyond the form is dropped.
    model_config = ConfigDict(frozen=True, extra="ignore")

    zh: list[Chinese] = Field(min_length=COUNT, max_length=COUNT)
    en: list[English] = Field(min_length=COUNT, max_length=COUNT)
    title: Translated

    @model_validator(mode="after")
    def _no_two_alike(self) -> Self:
        said = [told_apart(line) for line in (*self.zh, *self.en)]
        if len(said) != len(set(said)):
            raise ValueError("two questions are the same")
        return self


def prompt_of(texts: Mapping[str, str]) -> Prompt:
    """Of the files below `prompts/`. Raises Refused for a file that is no such prompt."""
    return Prompt(texts, "knowledge/questions", NUMBERS)


def asked_of(prompt: Prompt, article: Article) -> Asked:
    """What a model is asked for this article. Its text stands between marks that it cannot hold."""
    body = article.body[:LONGEST_READ]
    mark = mark_of(article.title, body)
    return prompt.asked(mark=mark, language=article.language, title=article.title, body=body)


def write(model: ChatModel, prompt: Prompt, article: Article) -> Questions:
    """Raises ModelFailed; an answer of which one line may not stand is dropped whole, as UnfitAnswer."""
    asked = asked_of(prompt, article)
    found = model.fill(
        Questions, instructions=asked.instructions, material=asked.material, within=WITHIN
    )
    return held_to(article, found)


def held_to(article: Article, found: Questions) -> Questions:
    """The questions, when they fit this article. Raises UnfitAnswer with the reason."""
    codes = Codes(f"{article.title}\n{article.body}")
    for line in (*found.zh, *found.en, found.title):
        if invented := codes.invented(line):
            raise UnfitAnswer(f"a line says {invented[0][:60]!r}, and the article does not")
    other: Language = "zh" if article.language == "en" else "en"
    try:
        in_language(found.title, other)
    except ValueError as wrong:
        raise UnfitAnswer(f"title: {wrong}") from None
    return found


def text_digest(article: Article) -> str:
    """The same while title, body and language are the same."""
    return _half(article.language, article.title, article.body)


def made_of(article: Article, prompt: Prompt, model: ChatModel) -> str:
    """What questions were made of, 64 hex digits: first the article's text, then by which words and model."""
    return text_digest(article) + _half(prompt.version, model.name)


def still_of(article: Article, made_of: str) -> bool:
    """Whether questions were made of the text that the article has now."""
    return made_of[:HALF] == text_digest(article)


def _half(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:HALF]
