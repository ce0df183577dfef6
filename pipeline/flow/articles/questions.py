"""Which article does the chat model read next, and what is kept of what it says?

Off the way of everything: one article a turn, no transaction while the model writes. What it says is kept once
for a text, and asked for again when the text changes; or the prompt or the model, unless somebody has accepted
what is there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import structlog

from knowledge.article import Article
from knowledge.errors import ModelFailed, UnfitAnswer
from knowledge.generation.prompt import Prompt
from knowledge.generation.questions import made_of, still_of, write
from knowledge.ports import ChatModel

from ...article_ports import ArticleQueries, Unread
from ...domain.generated import Generated, Standing
from ...ports import Clock, Store

NAME = "questions"
BATCH = 100
"""Articles that are looked at in a turn, until one is found that wants questions."""
PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
LONGEST_REASON = 500

log = structlog.get_logger(__name__)


class QuestionWriting:
    """The worker between articles and the chat model. `trouble` is why the last answer was none."""

    def __init__(
        self,
        *,
        store: Store,
        articles: ArticleQueries,
        clock: Clock,
        model: ChatModel,
        prompt: Prompt,
        per_day: int,
        zone: str,
        wake: Callable[[], None],
    ) -> None:
        """At most `per_day` articles are read on a day in `zone`, whatever comes of it; `wake` is called when
        there is something new to index."""
        self._store, self._articles, self._clock = store, articles, clock
        self._model, self._prompt, self._per_day = model, prompt, per_day
        self._zone, self._wake = ZoneInfo(zone), wake
        self.trouble: str | None = None
        self._to_look_at: deque[str] = deque()
        self._seen = -1
        self._closed = False
        self._failures = 0
        self._rests_until: datetime | None = None

    def turn(self) -> bool:
        """True when there was something to look at."""
        if self._closed or self._rests() or not self._is_waiting():
            return False
        ids = list(islice(self._to_look_at, BATCH))
        found = {unread.article.id: unread for unread in self._articles.unread(ids)}
        for id_ in ids:
            unread = found.get(id_)
            if unread is not None and self._wants(unread):
                return self._read(unread)
            self._to_look_at.popleft()
        return True

    def close(self) -> None:
        """What the model still says is dropped: the store may be closed, and somebody else's."""
        self._closed = True

    def _is_waiting(self) -> bool:
        """Whether there is an article to look at; what has changed queues up behind the others."""
        newest = self._articles.newest_change()
        if newest != self._seen:
            self._to_look_at.extend(self._articles.changed_since(self._seen))
            self._seen = newest
        return bool(self._to_look_at)

    def next_due(self) -> datetime | None:
        if self._rests():
            return self._rests_until
        return self._clock.now() if self._is_waiting() else None

    def _rests(self) -> bool:
        return self._rests_until is not None and self._clock.now() < self._rests_until

    def _wants(self, unread: Unread) -> bool:
        said = unread.generated
        if said is None or not still_of(unread.article, said.made_of):
            return True
        if said.standing is Standing.ACCEPTED:
            return False
        return said.made_of != made_of(unread.article, self._prompt, self._model)

    def _read(self, unread: Unread) -> bool:
        day = self._clock.now().astimezone(self._zone).date()
        with self._store.write() as tx:
            may = tx.may_read_article(day, self._per_day)
        if not may:
            tomorrow = datetime.combine(day + timedelta(days=1), time(), tzinfo=self._zone)
            self._rests_until = tomorrow
            return False
        try:
            generated = self._written(unread.article)
        except UnfitAnswer as unfit:
            self._pause(unfit, unread.article)
            generated = self._generated(
                unread.article, standing=Standing.FAILED, reason=str(unfit)[:LONGEST_REASON]
            )
        except ModelFailed as failed:
            self._pause(failed, unread.article)
            return True
        else:
            self._failures, self.trouble = 0, None
        self._keep(unread, generated)
        return True

    def _written(self, article: Article) -> Generated:
        found = write(self._model, self._prompt, article)
        return self._generated(
            article,
            standing=Standing.WRITTEN,
            zh=tuple(found.zh),
            en=tuple(found.en),
            title=found.title,
        )

    def _generated(self, article: Article, **said: object) -> Generated:
        return Generated.model_validate(
            {
                "made_of": made_of(article, self._prompt, self._model),
                "model": self._model.name,
                "at": self._clock.now(),
                **said,
            }
        )

    def _pause(self, failed: ModelFailed, article: Article) -> None:
        self._failures += 1
        self.trouble = str(failed)
        pause = min(PAUSE * 2 ** min(self._failures - 1, 10), LONGEST_PAUSE)
        self._rests_until = self._clock.now() + pause
        log.warning(
            "no questions written",
            article=article.id,
            why=self.trouble,
            pause=pause.total_seconds(),
        )

    def _keep(self, unread: Unread, generated: Generated) -> None:
        """Unless somebody, or another process, has changed what was read: then theirs stands."""
        id_ = unread.article.id
        if self._closed:
            return
        with self._store.write() as tx:
            if tx.questions_of([id_]).get(id_) == unread.generated:
                tx.save_questions(id_, generated)
        self._to_look_at.popleft()
        self._wake()
