"""Which workers watch over an installation? All but those that send."""

from __future__ import annotations

from .adapters.jobs.embedded import Worker
from .clocks_ports import CLOCKS, CLOSINGS
from .composing import (
    COMPOSE,
    bundling_worker,
)
from .deciding import approval_worker
from .desks import UPKEEP, Desks
from .flow.articles.lookups import QUEUE as LOOKUPS
from .flow.articles.lookups import Lookups
from .flow.compose import PLANNED, Composer
from .flow.confirm import QUEUE, Confirmations
from .flow.corrections.proposing import QUEUE as CORRECTIONS
from .flow.models.texts import NAME as MODEL_TEXTS
from .flow.models.texts import ModelTexts
from .flow.recurrence.known_errors import KnownErrors
from .flow.releasing import QUEUE as RELEASES
from .flow.reviews.reminders import QUEUE as ACTIONS
from .flow.reviews.reminders import Reminders
from .flow.service_levels import ServiceLevels
from .flow.silence import Silence
from .flow.surges.counting import Surges
from .flow.watch import Promises
from .ground import Ground
from .historical import history_workers
from .portal import asking_back, sending_links
from .problem_keeping import recurrence_workers
from .registering import corrections_of
from .rotas import rota_worker
from .surge_ports import SURGES

QUESTIONS = "questions"


def watchers_of(
    ground: Ground, desks: Desks, composer: Composer, *, own_library: bool
) -> list[Worker]:
    store, clock, settings = ground.store, ground.clock, ground.settings
    lookups = Lookups(
        *(store, clock, desks.search),
        zone=settings.zone,
        wake=ground.ringer(COMPOSE),
        known_error=KnownErrors(store).of,
    )
    promises = Promises(store, clock, ground.ids)
    levels = ServiceLevels(store, clock, ground.ids, ground.ringer(COMPOSE))
    texts = ModelTexts(store, store.model_calls, clock, days=settings.model_recording_days)
    workers = [
        ground.worker(COMPOSE, PLANNED, composer.turn),
        ground.worker(LOOKUPS, LOOKUPS, lookups.turn),
        ground.worker("promises", "promises", promises.turn),
        ground.worker(CLOCKS, CLOCKS, levels.turn),
        ground.worker(CLOSINGS, CLOSINGS, Silence(store, clock, desks.intake).turn),
        *_confirming(ground, desks),
        ground.worker(ACTIONS, ACTIONS, Reminders(store, clock, ground.ids, settings.zone).turn),
        approval_worker(ground, desks.intake),
        ground.worker(RELEASES, RELEASES, desks.releasing.turn),
        ground.worker(CORRECTIONS, CORRECTIONS, corrections_of(ground, COMPOSE).turn),
        bundling_worker(ground),
        asking_back(ground),
        sending_links(ground),
        rota_worker(ground),
        *recurrence_workers(ground, desks.intake),
        *history_workers(ground, desks.history),
        ground.watcher(MODEL_TEXTS, texts.turn, texts.next_due),
        *(ground.worker(name, name, turn) for name, turn in desks.monitoring.turns.items()),
    ]
    if own_library:
        workers.append(ground.watcher(UPKEEP, desks.upkeep.turn, desks.upkeep.next_due))
    if (writing := desks.questions) is not None:
        ground.opened.append(writing.close)
        workers.append(ground.watcher(QUESTIONS, writing.turn, writing.next_due))
    return workers


def _confirming(ground: Ground, desks: Desks) -> list[Worker]:
    """Whether alerts, and many tickets at once, are a major incident."""
    stands_on = (ground.store, ground.clock, ground.library, desks.intake)
    return [
        ground.worker(QUEUE, QUEUE, Confirmations(*stands_on).turn),
        ground.worker(SURGES, SURGES, Surges(*stands_on).turn),
    ]
