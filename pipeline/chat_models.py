"""Which chat models are there, as the settings say? A part of the composition root, as `article_search` is.

Whoever asks one, the library too, does so through `CheckedModels`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from knowledge.errors import Refused

from .domain.errors import Misconfigured
from .domain.prose import Step
from .flow.models.asking import CheckedModels, Rung
from .flow.models.budgets import Budgets, Limits, Price
from .flow.models.library import QUESTIONS, RERANKING, LibraryModel
from .settings import PREFIX, Settings

if TYPE_CHECKING:
    from pydantic import SecretStr

    from knowledge.ports import Reranker

    from .adapters.models.chat import LangChainModel
    from .adapters.store.sqlstore import SqlStore
    from .flow.articles.questions import QuestionWriting
    from .flow.library import Library
    from .model_ports import ChatModel
    from .ports import Clock, Ids

Texts = Callable[[], Mapping[str, str]]
"""The files below `prompts/`, read when they are needed."""


def first_model(settings: Settings, texts: Texts) -> LangChainModel | None:
    return _model("model", settings.model, settings.model_url, settings.model_key, texts)


def second_model(settings: Settings, texts: Texts) -> LangChainModel | None:
    found = settings.second_model, settings.second_model_url, settings.second_model_key
    return _model("second_model", *found, texts)


def _model(
    setting: str, name: str, url: str, key: SecretStr, texts: Texts
) -> LangChainModel | None:
    if not name:
        return None
    from .adapters.models.chat import LangChainModel

    try:
        return LangChainModel(model=name, url=url, key=key, texts=texts())
    except Refused as refused:
        raise Misconfigured(str(refused), where=PREFIX + setting.upper()) from None


def placed_models(settings: Settings, texts: Texts) -> dict[Step, ChatModel]:
    """Both places of the ladder, as far as there are models for them: without any, everything works too."""
    first, second = first_model(settings, texts), second_model(settings, texts)
    found = {Step.MODEL: first, Step.SECOND_MODEL: second}
    return {step: model for step, model in found.items() if model is not None}


def checked_models(
    settings: Settings,
    placed: Mapping[Step, ChatModel],
    *,
    store: SqlStore,
    clock: Clock,
    ids: Ids,
    library: Library,
) -> CheckedModels:
    """With everything that holds them in check."""
    prices = {
        Step.MODEL: (settings.model_price_in, settings.model_price_out),
        Step.SECOND_MODEL: (settings.second_model_price_in, settings.second_model_price_out),
    }
    return CheckedModels(
        [
            Rung(step=step, model=model, price=Price(tokens_in=cost[0], tokens_out=cost[1]))
            for step, cost in prices.items()
            if (model := placed.get(step)) is not None
        ],
        store=store,
        calls=store.model_calls,
        clock=clock,
        ids=ids,
        library=library,
        budgets=budgets(settings),
        recording=settings.model_recording,
        zone=settings.zone,
    )


def budgets(settings: Settings) -> Budgets:
    return Budgets(
        text=Limits(tokens=settings.model_tokens_per_text, seconds=settings.model_seconds_per_text),
        incident=Limits(
            tokens=settings.model_tokens_per_incident, money=settings.model_money_per_incident
        ),
        day=Limits(tokens=settings.model_tokens_per_day, money=settings.model_money_per_day),
    )


def reranker(settings: Settings, models: CheckedModels, texts: Texts) -> Reranker | None:
    model = _of_library(models, RERANKING, texts) if settings.reranking else None
    if model is None:
        return None
    from knowledge.generation import reranking

    return reranking.Reranking(model, reranking.prompt_of(texts()))


def _of_library(models: CheckedModels, purpose: str, texts: Texts) -> LibraryModel | None:
    first = next((one for one in models.state() if one.step is Step.MODEL), None)
    return None if first is None else LibraryModel(models, first.model, purpose, texts)


def question_writing(
    settings: Settings,
    models: CheckedModels,
    *,
    store: SqlStore,
    clock: Clock,
    texts: Texts,
    wake: Callable[[], None],
) -> QuestionWriting | None:
    """The worker that has questions written for articles."""
    model = _of_library(models, QUESTIONS, texts)
    if model is None:
        return None
    from knowledge.generation.questions import prompt_of

    from .flow.articles.questions import QuestionWriting

    return QuestionWriting(
        store=store,
        articles=store.articles,
        clock=clock,
        model=model,
        prompt=prompt_of(texts()),
        per_day=settings.questions_per_day,
        zone=settings.zone,
        wake=wake,
    )
