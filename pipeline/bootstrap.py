"""Which adapter stands behind which seam? The one place that names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import prompts
from knowledge.errors import Refused
from knowledge.ports import ArticleRows, ArticleSearch, ChatModel, Reranker

from .access import Access
from .adapters.clock import SimulatedClock, SystemClock
from .adapters.ids import CountedIds, TimeIds
from .adapters.jobs.embedded import Bell, EmbeddedWorkers, Worker
from .adapters.jobs.in_turn import InTurn
from .adapters.ownership import own_database, own_folder
from .adapters.signing import LinkSigner, secret_in
from .adapters.store.migrations import upgrade
from .adapters.store.sqlstore import SqlStore
from .article_ports import ArticleQueries
from .article_search import ArticleParts
from .domain.communication import Form
from .domain.errors import Misconfigured
from .domain.message import Message, Outbound
from .flow.acts import Acts
from .flow.articles import Articles
from .flow.compose import PLANNED, Composer, Desk
from .flow.confirm import QUEUE, Confirmations
from .flow.drain import Step
from .flow.finish import Finisher
from .flow.intake import Intake
from .flow.judging import Judging
from .flow.ladder import Writing
from .flow.library import Library, Sources
from .flow.links import Links
from .flow.lookups import QUEUE as LOOKUPS
from .flow.lookups import Lookups
from .flow.newcomers import Defaults
from .flow.preview import Preview
from .flow.send import Sender
from .flow.watch import Promises
from .policy import loading
from .ports import Channel, Clock, Ids, Queries, Signer, Store
from .settings import Settings
from .summarising import Summarising, open_summarising
from .summary_writing import writing_of

if TYPE_CHECKING:
    from .flow.question_writing import QuestionWriting

COMPOSE, SEND, UPKEEP, QUESTIONS = "compose", "send-", "upkeep", "questions"
WINDOW_PER_SENDER = 16
"""Messages claimed at once for each sending thread: enough to share a commit, few enough to be soon
told "maybe sent" if the process dies."""


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
    articles: Articles
    judging: Judging
    found_articles: ArticleQueries
    search: ArticleSearch
    upkeep: ArticleParts
    summarising: Summarising
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
) -> Heliograph:
    """Open the data folder: lock it, bring the database up to date, load rules and templates.

    `in_turn` sends in the calling thread, so that `flow.drain` is the only thing that runs; `always`
    are forms that are drafted whether or not a recipient needs them; `search` makes what answers in place of the
    library's own, `writing` writes in place of what the settings say.
    Raises Misconfigured, with one sentence, when another process owns the folder or a setting is wrong.
    """
    opened: list[Callable[[], None]] = []
    try:
        opened.append(own_folder(settings.data_dir, settings.lock_file).release)
        if (lock := own_database(settings.database)) is not None:
            opened.append(lock.release)
        written_by = writing or writing_of(settings)
        return _open(
            *(settings, clock or SystemClock(), ids, channels, in_turn, always, search),
            *(written_by, opened),
        )
    except BaseException:
        _undo(opened)
        raise


def open_simulated(settings: Settings, start: datetime) -> tuple[Heliograph, SimulatedClock]:
    """The same on a clock that is moved by hand, with nothing running behind the caller's back."""
    clock = SimulatedClock(start)
    return open_heliograph(settings, clock=clock, in_turn=True), clock


def open_replay(settings: Settings, start: datetime) -> tuple[Heliograph, SimulatedClock]:
    """Simulated, with ids that are the same each time, and channels that reach nobody; every text is
    drafted in its short form too."""
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
    )
    return app, clock


def _open(
    settings: Settings,
    clock: Clock,
    ids: Ids | None,
    given: Mapping[str, Channel] | None,
    in_turn: bool,
    always: frozenset[Form],
    librarian: Callable[[ArticleRows], ArticleSearch] | None,
    writers: Writing,
    opened: list[Callable[[], None]],
) -> Heliograph:
    store = _store(settings, clock)
    opened.append(store.close)
    channels = given if given is not None else _channels(settings, clock)
    opened.extend(channel.close for channel in channels.values())
    ids = ids or TimeIds(clock)
    secret = settings.secret_key.get_secret_value() or secret_in(settings.data_dir)
    signer = LinkSigner(secret)
    links = Links(base_url=settings.base_url, signer=signer, days=settings.link_days)
    library = Library(store, clock, _sources(settings))
    library.open()
    bells: dict[str, Bell] = {}
    intake = Intake(
        store=store,
        clock=clock,
        ids=ids,
        library=library,
        defaults=Defaults(language=settings.language, zone=settings.zone),
        wake=_ringer(bells, COMPOSE, LOOKUPS),
    )
    acts = Acts(
        store=store,
        queries=store.queries,
        clock=clock,
        ids=ids,
        intake=intake,
        library=library,
        wake=_ringer(bells),
    )
    acts.watch_channels(channels.keys())
    model = _chat_model(settings)
    upkeep = ArticleParts(settings, store.articles, clock.now, reranker=_reranker(settings, model))
    opened.append(upkeep.close)
    search: ArticleSearch = librarian(store.articles) if librarian else upkeep
    articles = Articles(
        store=store,
        articles=store.articles,
        clock=clock,
        ids=ids,
        wake=_ringer(bells, UPKEEP),
    )
    judging = Judging(articles=store.articles, queries=store.queries, clock=clock, intake=intake)
    lookups = Lookups(store, clock, search, zone=settings.zone, wake=_ringer(bells, COMPOSE))
    finisher = Finisher(store)
    composer = Composer(
        store=store,
        clock=clock,
        ids=ids,
        library=library,
        channels=channels,
        links=links,
        desk=_desk(settings),
        always=always,
    )
    workers = [
        _worker(store, bells, COMPOSE, PLANNED, _ringing(composer.turn, _ringer(bells, SEND))),
        _worker(store, bells, LOOKUPS, LOOKUPS, lookups.turn),
        _worker(store, bells, "promises", "promises", Promises(store, clock, ids).turn),
        _worker(store, bells, QUEUE, QUEUE, Confirmations(store, clock, library, intake).turn),
    ]
    if librarian is None:
        bell = bells.setdefault(UPKEEP, Bell())
        workers.append(Worker(name=UPKEEP, turn=upkeep.turn, next_due=upkeep.next_due, bell=bell))
    if model is not None:
        writing = _question_writing(settings, store, clock, model, _ringer(bells, UPKEEP))
        opened.append(writing.close)
        bell = bells.setdefault(QUESTIONS, Bell())
        workers.append(
            Worker(name=QUESTIONS, turn=writing.turn, next_due=writing.next_due, bell=bell)
        )
    for channel in channels.values():
        executor: Executor = InTurn() if in_turn else _pool(settings, channel)
        name = f"{SEND}{channel.name}"
        sender = Sender(
            store=store,
            channel=channel,
            clock=clock,
            finisher=finisher,
            executor=executor,
            window=settings.senders * WINDOW_PER_SENDER,
            ring=bells.setdefault(name, Bell()).ring,
        )
        opened.append(sender.close)
        workers.append(_worker(store, bells, name, f"messages:{channel.name}", sender.turn))
    running = EmbeddedWorkers(workers, clock)
    opened.append(running.stop)
    return Heliograph(
        settings=settings,
        clock=clock,
        ids=ids,
        store=store,
        queries=store.queries,
        access=store.access,
        signer=signer,
        links=links,
        library=library,
        intake=intake,
        acts=acts,
        articles=articles,
        judging=judging,
        found_articles=store.articles,
        search=search,
        upkeep=upkeep,
        summarising=open_summarising(
            *(writers, store, store.queries),
            clock=clock,
            ids=ids,
            library=library,
            intake=intake,
        ),
        finisher=finisher,
        drafts=Preview(store=store, clock=clock, library=library, composer=composer),
        workers=running,
        steps=tuple(Step(name=w.name, turn=w.turn, next_due=w.next_due) for w in workers),
        _close=lambda: _undo(opened),
    )


def _chat_model(settings: Settings) -> ChatModel | None:
    """None when none is set: everything works without."""
    if not settings.model:
        return None
    from .adapters.models.chat import LangChainModel

    try:
        return LangChainModel(
            model=settings.model,
            url=settings.model_url,
            key=settings.model_key,
            texts=_sources(settings).templates(),
        )
    except Refused as refused:
        raise Misconfigured(str(refused), where="HELIOGRAPH_MODEL") from None


def _reranker(settings: Settings, model: ChatModel | None) -> Reranker | None:
    if model is None or not settings.reranking:
        return None
    from knowledge.generation import reranking

    prompt = reranking.prompt_of(_sources(settings).templates())
    return reranking.Reranking(model, prompt)


def _question_writing(
    settings: Settings, store: SqlStore, clock: Clock, model: ChatModel, wake: Callable[[], None]
) -> QuestionWriting:
    from knowledge.generation.questions import prompt_of

    from .flow.question_writing import QuestionWriting

    return QuestionWriting(
        store=store,
        articles=store.articles,
        clock=clock,
        model=model,
        prompt=prompt_of(_sources(settings).templates()),
        per_day=settings.questions_per_day,
        zone=settings.zone,
        wake=wake,
    )


def _desk(settings: Settings) -> Desk:
    return Desk(
        name=settings.desk_name,
        phone=settings.desk_phone,
        zone=settings.zone,
        status_page=settings.status_page,
    )


def _undo(opened: list[Callable[[], None]]) -> None:
    """Backwards: what was opened last may need what was opened before it."""
    while opened:
        opened.pop()()


def _store(settings: Settings, clock: Clock) -> SqlStore:
    from sqlalchemy.exc import SQLAlchemyError

    url = settings.database
    try:
        upgrade(url)
        store = SqlStore(url)
        if url.startswith("sqlite"):
            # The folder's lock says that nobody else works on this database.
            with store.write() as tx:
                tx.end_leases(clock.now())
    except SQLAlchemyError as unreachable:
        # The driver's text can repeat the URL; its password must not be shown.
        reason = type(getattr(unreachable, "orig", None) or unreachable).__name__
        raise Misconfigured(
            f"the database cannot be opened ({reason})", where="HELIOGRAPH_DATABASE_URL"
        ) from None
    return store


def _channels(settings: Settings, clock: Clock) -> dict[str, Channel]:
    """Mail goes to the relay, or into files when none is set; webhooks need a secret."""
    from .adapters.channels.mail_format import Letterhead
    from .adapters.channels.page import PageChannel

    letterhead = Letterhead(
        sender=settings.mail_from,
        sender_name=settings.desk_name,
        reply_to=settings.mail_reply_to,
    )
    channels: dict[str, Channel] = {"mail": _mail(settings, letterhead)}
    if settings.status_page:
        channels["page"] = PageChannel()
    secret = settings.webhook_secret.get_secret_value()
    if secret:
        from .adapters.channels.webhook import WebhookChannel

        channels["webhook"] = WebhookChannel(
            secret,
            hosts=settings.webhook_hosts,
            clock=clock,
            max_connections=settings.senders,
        )
    return channels


def _mail(settings: Settings, letterhead: Any) -> Channel:
    url = settings.smtp_url.get_secret_value()
    if not url:
        from .adapters.channels.file import FileChannel

        return FileChannel(settings.outbox, letterhead)
    from .adapters.channels.smtp import SmtpChannel

    return SmtpChannel(url, letterhead, pool=settings.senders)


def _sources(settings: Settings) -> Sources:
    rules, own = settings.rules_dir, settings.templates_dir

    def texts() -> dict[str, str]:
        try:
            return prompts.read_texts(prompts.ROOT) if own is None else prompts.laid_over(own)
        except (OSError, ValueError) as unreadable:
            raise Misconfigured(str(unreadable), where="HELIOGRAPH_TEMPLATES_DIR") from None

    return Sources(
        rules=lambda: loading.read_rules(rules or loading.SHIPPED),
        templates=texts,
        rules_shipped=rules is None,
        templates_shipped=own is None,
    )


def _worker(
    store: Store, bells: dict[str, Bell], name: str, queue: str, turn: Callable[[], bool]
) -> Worker:
    def next_due() -> datetime | None:
        with store.read() as tx:
            return tx.next_due(queue)

    return Worker(name=name, turn=turn, next_due=next_due, bell=bells.setdefault(name, Bell()))


def _ringer(bells: Mapping[str, Bell], *first: str) -> Callable[[], None]:
    """Rings for the workers whose names begin so, without any for all: one that has nothing to do
    costs the others time."""

    def ring() -> None:
        for name, bell in list(bells.items()):
            if not first or name.startswith(first):
                bell.ring()

    return ring


def _ringing(turn: Callable[[], bool], wake: Callable[[], None]) -> Callable[[], bool]:
    """What was composed is to be sent at once."""

    def turned() -> bool:
        worked = turn()
        if worked:
            wake()
        return worked

    return turned


def _pool(settings: Settings, channel: Channel) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.senders, thread_name_prefix=f"send-{channel.name}")
