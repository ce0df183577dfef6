"""What takes in events and acts of people, and what answers questions? All of it stands on the same ground."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.ports import ArticleRows, ArticleSearch

from .article_search import ArticleParts
from .chat_models import checked_models, placed_models, question_writing, reranker
from .composing import (
    COMPOSE,
)
from .domain.prose import Step as LadderStep
from .flow.acts import Acts
from .flow.articles.editing import Articles
from .flow.articles.judging import Judging
from .flow.articles.lookups import QUEUE as LOOKUPS
from .flow.intake import Intake
from .flow.models.asking import CheckedModels
from .flow.newcomers import Defaults
from .flow.recurrence.awaiting import QUEUE as RECURRENCE
from .flow.releasing import Releasing
from .flow.writing.ladder import Writing
from .flow.writing.waits import QUEUE as PROSE
from .flow.writing.waits import Prospects
from .flow.writing.writers import Writers
from .ground import Ground
from .historical import Historical, open_history
from .model_ports import ChatModel
from .monitoring import Monitoring, open_monitoring
from .releasing_texts import open_releasing
from .summary_writing import writers_of, writing_by

if TYPE_CHECKING:
    from .flow.articles.questions import QuestionWriting

UPKEEP = "upkeep"


@dataclass(frozen=True, kw_only=True)
class Desks:
    """What takes in events and people's acts, and what answers questions."""

    intake: Intake
    monitoring: Monitoring
    acts: Acts
    releasing: Releasing
    articles: Articles
    judging: Judging
    upkeep: ArticleParts
    search: ArticleSearch
    models: CheckedModels
    prospects: Prospects
    writers: Writers
    writing: Writing
    questions: QuestionWriting | None
    history: Historical


def desks_of(
    ground: Ground,
    librarian: Callable[[ArticleRows], ArticleSearch] | None,
    writing: Writing | None,
    chats: Mapping[LadderStep, ChatModel] | None,
) -> Desks:
    settings, store, clock = ground.settings, ground.store, ground.clock
    texts = ground.sources.templates
    models = _models(ground, placed_models(settings, texts) if chats is None else chats)
    upkeep = ArticleParts(
        settings, store.articles, clock.now, reranker=reranker(settings, models, texts)
    )
    ground.opened.append(upkeep.close)
    indexed = ground.ringer(UPKEEP)
    prospects = Prospects(ground.library, models.placed)
    intake = _intake(ground, prospects)
    releasing = open_releasing(ground, prospects)
    writers = writers_of(
        *(settings, lambda: ground.library.texts.files, models),
        lambda: store.queries.directory().people,
    )
    return Desks(
        intake=intake,
        monitoring=open_monitoring(settings, store, clock, ground.library, intake),
        acts=_acts(ground, intake, releasing),
        releasing=releasing,
        articles=_articles(ground),
        judging=Judging(articles=store.articles, queries=store.queries, clock=clock, intake=intake),
        upkeep=upkeep,
        search=librarian(store.articles) if librarian else upkeep,
        models=models,
        prospects=prospects,
        writers=writers,
        writing=writing or writing_by(writers),
        questions=question_writing(
            settings, models, store=store, clock=clock, texts=texts, wake=indexed
        ),
        history=open_history(ground),
    )


def _articles(ground: Ground) -> Articles:
    return Articles(
        store=ground.store,
        articles=ground.store.articles,
        clock=ground.clock,
        ids=ground.ids,
        wake=ground.ringer(UPKEEP),
    )


def _models(ground: Ground, placed: Mapping[LadderStep, ChatModel]) -> CheckedModels:
    return checked_models(
        *(ground.settings, placed),
        store=ground.store,
        clock=ground.clock,
        ids=ground.ids,
        library=ground.library,
    )


def _intake(ground: Ground, prospects: Prospects) -> Intake:
    return Intake(
        store=ground.store,
        clock=ground.clock,
        ids=ground.ids,
        library=ground.library,
        defaults=Defaults(language=ground.settings.language, zone=ground.settings.zone),
        wake=ground.ringer(COMPOSE, RECURRENCE),
        wake_search=ground.ringer(LOOKUPS),
        wake_prose=ground.ringer(PROSE),
        prospects=prospects,
        attaches=ground.settings.attach_tickets,
    )


def _acts(ground: Ground, intake: Intake, releasing: Releasing) -> Acts:
    acts = Acts(
        store=ground.store,
        queries=ground.store.queries,
        clock=ground.clock,
        ids=ground.ids,
        intake=intake,
        library=ground.library,
        releasing=releasing,
        wake=ground.ringer(),
    )
    acts.watch_channels(ground.channels.keys())
    return acts
