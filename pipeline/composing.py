"""What makes messages, as the settings say: the drafter, the composer, and who asks models for their words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor

from .adapters.jobs.embedded import Bell, Worker
from .adapters.jobs.in_turn import InTurn
from .domain.communication import Form
from .flow.compose import Composer
from .flow.drafter import Desk, Drafter
from .flow.writing.message_prose import MOST_AT_ONCE, ProseWriting
from .flow.writing.waits import QUEUE, Prospects
from .flow.writing.writers import Writers
from .ground import Ground
from .settings import Settings

COMPOSE, SEND = "compose", "send-"


def drafter_of(ground: Ground, always: frozenset[Form]) -> Drafter:
    return Drafter(
        ids=ground.ids,
        library=ground.library,
        channels=ground.channels,
        links=ground.links,
        desk=_desk(ground.settings),
        always=always,
    )


def composer_of(ground: Ground, drafter: Drafter, prospects: Prospects) -> Composer:
    return Composer(
        store=ground.store,
        clock=ground.clock,
        ids=ground.ids,
        drafter=drafter,
        prospects=prospects,
        wake=_sending(ground.bells),
    )


def prose_worker(ground: Ground, drafter: Drafter, writers: Writers, *, in_turn: bool) -> Worker:
    """Only where there is a model: without one no message ever waits for it."""
    executor: Executor = (
        InTurn() if in_turn else ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix=QUEUE)
    )
    writing = ProseWriting(
        store=ground.store,
        clock=ground.clock,
        drafter=drafter,
        writers=writers,
        executor=executor,
        zone=ground.settings.zone,
        wake=ground.ringer(COMPOSE),
        ring=ground.ringer(QUEUE),
    )
    ground.opened.append(writing.close)
    return ground.watcher(QUEUE, writing.turn, writing.next_due)


def _desk(settings: Settings) -> Desk:
    return Desk(
        name=settings.desk_name,
        phone=settings.desk_phone,
        zone=settings.zone,
        status_page=settings.status_page,
        subscriptions=settings.status_page and settings.subscriptions,
        mark_machine_text=settings.mark_machine_text,
    )


def _sending(bells: Mapping[str, Bell]) -> Callable[[Collection[str]], None]:
    """What was composed is to be sent at once, over these channels."""

    def ring(channels: Collection[str]) -> None:
        for channel in channels:
            bells[f"{SEND}{channel}"].ring()

    return ring
