"""What makes messages, as the settings say: the drafter, the composer, who asks models for their words, and who
sends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor

from .adapters.jobs.embedded import Bell, Worker
from .adapters.jobs.in_turn import InTurn
from .domain.communication import Form
from .domain.directory import Language
from .domain.errors import Misconfigured
from .drafting.own_foot import Foot, foot_of
from .flow.bundling import QUEUE as WAITING
from .flow.bundling import Bundling
from .flow.compose import Composer
from .flow.drafter import Drafter
from .flow.finish import Finisher
from .flow.send import Sender
from .flow.service_desk import Desk
from .flow.writing.message_prose import MOST_AT_ONCE, ProseWriting
from .flow.writing.waits import QUEUE, Prospects
from .flow.writing.writers import Writers
from .ground import Ground
from .ports import Channel
from .settings import Settings

COMPOSE, SEND = "compose", "send-"
WINDOW_PER_SENDER = 16
"""Messages claimed at once for each sending thread: enough to share a commit, few enough to be soon
told "maybe sent" if the process dies."""


def drafter_of(ground: Ground, always: frozenset[Form]) -> Drafter:
    return Drafter(
        ids=ground.ids,
        library=ground.library,
        channels=ground.channels,
        links=ground.links,
        desk=_desk(ground.settings),
        always=always,
    )


def finisher_of(ground: Ground) -> Finisher:
    def foot(language: Language) -> Foot:
        try:
            return foot_of(ground.library.texts.files, language)
        except Misconfigured:
            # A mail is not held up by a broken line of one's own beneath it.
            return foot_of(ground.sources.shipped_templates(), language)

    return Finisher(ground.store, foot)


def composer_of(ground: Ground, drafter: Drafter, prospects: Prospects) -> Composer:
    return Composer(
        store=ground.store,
        clock=ground.clock,
        ids=ground.ids,
        drafter=drafter,
        library=ground.library,
        prospects=prospects,
        wake=_sending(ground.bells),
    )


def bundling_worker(ground: Ground) -> Worker:
    """What waited for its reader's time."""
    bundling = Bundling(
        store=ground.store,
        clock=ground.clock,
        library=ground.library,
        wake=_sending(ground.bells),
    )
    return ground.worker(WAITING, WAITING, bundling.turn)


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
        parts=settings.parts,
        readers_sign_in=settings.readers_sign_in,
        mark_machine_text=settings.mark_machine_text,
    )


def _sending(bells: Mapping[str, Bell]) -> Callable[[Collection[str]], None]:
    """What was composed is to be sent at once, over these channels."""

    def ring(channels: Collection[str]) -> None:
        for channel in channels:
            bells[f"{SEND}{channel}"].ring()

    return ring


def senders_of(ground: Ground, finisher: Finisher, *, in_turn: bool) -> list[Worker]:
    """One worker for each channel."""
    workers = []
    for channel in ground.channels.values():
        executor: Executor = InTurn() if in_turn else _pool(ground.settings, channel)
        name = f"{SEND}{channel.name}"
        sender = Sender(
            store=ground.store,
            channel=channel,
            clock=ground.clock,
            finisher=finisher,
            executor=executor,
            window=ground.settings.senders * WINDOW_PER_SENDER,
            ring=ground.bells.setdefault(name, Bell()).ring,
        )
        ground.opened.append(sender.close)
        workers.append(ground.worker(name, f"messages:{channel.name}", sender.turn))
    return workers


def _pool(settings: Settings, channel: Channel) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.senders, thread_name_prefix=f"send-{channel.name}")
