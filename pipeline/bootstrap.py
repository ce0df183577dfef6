"""Which adapter stands behind which seam? The one place that names them, with the parts that it is made of: the
modules of this folder that it imports, and those that they do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.ports import ArticleRows, ArticleSearch

from .access import Access
from .adapters.clock import SimulatedClock, SystemClock
from .adapters.ids import CountedIds
from .adapters.jobs.embedded import EmbeddedWorkers, Worker
from .adapters.ownership import own_database, own_folder
from .article_ports import ArticleQueries
from .article_search import ArticleParts
from .clocks_ports import ClockQueries
from .composing import (
    composer_of,
    drafter_of,
    finisher_of,
    prose_worker,
    senders_of,
)
from .deciding import Deciding
from .desks import Desks, desks_of
from .domain.communication import Form
from .domain.message import Message, Outbound
from .domain.prose import Step as LadderStep
from .doors import doors_of, summarising_of
from .flow.acts import Acts
from .flow.articles.editing import Articles
from .flow.articles.judging import Judging
from .flow.causes.assessing import Causes
from .flow.drafter import Drafter
from .flow.drain import Step
from .flow.erasure import Erasure
from .flow.finish import Finisher
from .flow.intake import Intake
from .flow.library import Library
from .flow.links import Links
from .flow.models.asking import CheckedModels
from .flow.models.trial import ModelTrial
from .flow.on_call.keeping import Rotas
from .flow.preview import Preview
from .flow.releasing import Releasing
from .flow.reviews.suspecting import Suspicions
from .flow.text_versions import TextVersions
from .flow.wishes import OwnWishes
from .flow.writing.ladder import Writing
from .ground import Ground, ground_of
from .historical import Historical
from .model_ports import ChatModel
from .monitoring import Monitoring
from .open_channels import channels_of
from .portal import Portal
from .ports import Channel, Clock, Ids, Queries, Signer, Store
from .problem_keeping import ProblemKeeping
from .registering import Registering
from .reviewing import Reviewing
from .rule_keeping import RuleKeeping
from .settings import Settings
from .summarising import Summarising
from .trend_ports import TrendQueries
from .watching import watchers_of


@dataclass(frozen=True, kw_only=True)
class Heliograph:
    """An installation that is open: what the door (API, console, command line) stands on."""

    settings: Settings
    clock: Clock
    ids: Ids
    store: Store
    queries: Queries
    access: Access
    signer: Signer
    links: Links
    library: Library
    intake: Intake
    acts: Acts
    releasing: Releasing
    articles: Articles
    judging: Judging
    found_articles: ArticleQueries
    text_versions: TextVersions
    clocks: ClockQueries
    search: ArticleSearch
    upkeep: ArticleParts
    models: CheckedModels
    model_trial: ModelTrial
    summarising: Summarising
    reviewing: Reviewing
    deciding: Deciding
    monitoring: Monitoring
    registering: Registering
    rule_keeping: RuleKeeping
    problem_keeping: ProblemKeeping
    causes: Causes
    suspicions: Suspicions
    trends: TrendQueries
    history: Historical
    erasure: Erasure
    portal: Portal
    rotas: Rotas
    own_wishes: OwnWishes
    finisher: Finisher
    drafts: Preview
    workers: EmbeddedWorkers
    steps: tuple[Step, ...]
    _close: Callable[[], None]

    def preview(self, message: Message) -> Outbound:
        """The finished text as it goes, or went, to this recipient."""
        return self.finisher.finish(message)

    def close(self) -> None:
        """Stop the workers and let go of everything. Rows that were not done are due again later."""
        self._close()


def open_heliograph(
    settings: Settings,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    channels: Mapping[str, Channel] | None = None,
    in_turn: bool = False,
    always: frozenset[Form] = frozenset(),
    search: Callable[[ArticleRows], ArticleSearch] | None = None,
    writing: Writing | None = None,
    chats: Mapping[LadderStep, ChatModel] | None = None,
) -> Heliograph:
    """Open the data folder: lock it, bring the database up to date, load rules and templates.

    `in_turn` sends in the calling thread, so that `flow.drain` is the only thing that runs; `always`
    are forms that are drafted whether or not a recipient needs them; `search` makes what answers in place of the
    library's own, `writing` writes summaries in place of what the settings say, `chats` are asked in place of its models.
    Raises Misconfigured, with one sentence, when another process owns the folder or a setting is wrong.
    """
    opened: list[Callable[[], None]] = []
    try:
        opened.append(own_folder(settings.data_dir, settings.lock_file).release)
        if (lock := own_database(settings.database)) is not None:
            opened.append(lock.release)
        return _open(
            *(settings, clock or SystemClock(), ids, channels, in_turn, always, search),
            *(writing, chats, opened),
        )
    except BaseException:
        _undo(opened)
        raise


def open_simulated(settings: Settings, start: datetime) -> tuple[Heliograph, SimulatedClock]:
    """The same on a clock that is moved by hand, with nothing running behind the caller's back."""
    clock = SimulatedClock(start)
    return open_heliograph(settings, clock=clock, in_turn=True), clock


def open_replay(
    settings: Settings, start: datetime, writing: Writing | None = None
) -> tuple[Heliograph, SimulatedClock]:
    """Simulated, with ids that are the same each time, and channels that reach nobody; every text is
    drafted in its short form too. `writing` writes in place of what the settings say."""
    from .adapters.channels.memory import MemoryChannel
    from .adapters.channels.page import PageChannel

    clock = SimulatedClock(start)
    app = open_heliograph(
        settings,
        clock=clock,
        ids=CountedIds(),
        channels={"mail": MemoryChannel("mail"), "page": PageChannel()},
        in_turn=True,
        always=frozenset({Form.SHORT}),
        writing=writing,
    )
    return app, clock


def open_again(
    settings: Settings, start: datetime, names: Collection[str]
) -> tuple[Heliograph, SimulatedClock]:
    """The same for our own past: the channels of these names, as the settings have them, and no form that nobody reads,
    for what is found in one holds all of them back."""
    from .adapters.channels.unheard import UnheardChannel

    clock = SimulatedClock(start)
    real = channels_of(settings, clock)
    channels = {name: UnheardChannel(one) for name, one in real.items() if name in names}
    for one in real.values():
        one.close()
    app = open_heliograph(settings, clock=clock, ids=CountedIds(), channels=channels, in_turn=True)
    return app, clock


def _open(
    settings: Settings,
    clock: Clock,
    ids: Ids | None,
    given: Mapping[str, Channel] | None,
    in_turn: bool,
    always: frozenset[Form],
    librarian: Callable[[ArticleRows], ArticleSearch] | None,
    writing: Writing | None,
    chats: Mapping[LadderStep, ChatModel] | None,
    opened: list[Callable[[], None]],
) -> Heliograph:
    ground = ground_of(settings, clock, ids, given, opened)
    desks = desks_of(ground, librarian, writing, chats)
    finisher, drafter = finisher_of(ground), drafter_of(ground, always)
    composer = composer_of(ground, drafter, desks.prospects)
    workers = [
        *watchers_of(ground, desks, composer, own_library=librarian is None),
        *senders_of(ground, finisher, in_turn=in_turn),
    ]
    if desks.models.placed:
        workers.append(prose_worker(ground, drafter, desks.writers, in_turn=in_turn))
    running = EmbeddedWorkers(workers, clock)
    opened.append(running.stop)
    return _installation(ground, desks, finisher, drafter, running, workers)


def _installation(
    ground: Ground,
    desks: Desks,
    finisher: Finisher,
    drafter: Drafter,
    running: EmbeddedWorkers,
    workers: Sequence[Worker],
) -> Heliograph:
    store, library, clock = ground.store, ground.library, ground.clock
    preview = Preview(store=store, clock=clock, library=library, drafter=drafter)
    summarising = summarising_of(ground, desks.writing, desks.intake, preview)
    return Heliograph(
        settings=ground.settings,
        clock=clock,
        ids=ground.ids,
        store=store,
        queries=store.queries,
        access=store.access,
        signer=ground.signer,
        links=ground.links,
        library=library,
        found_articles=store.articles,
        clocks=store.clocks,
        model_trial=ModelTrial(desks.models, ground.ids, ground.sources.templates),
        **doors_of(ground, desks, summarising, preview, drafter),
        erasure=Erasure(store, summarising.conversations, finisher.forget),
        finisher=finisher,
        workers=running,
        steps=tuple(Step(name=w.name, turn=w.turn, next_due=w.next_due) for w in workers),
        _close=lambda: _undo(ground.opened),
    )


def _undo(opened: list[Callable[[], None]]) -> None:
    """Backwards: what was opened last may need what was opened before it."""
    while opened:
        opened.pop()()
