"""Do the indexes say what the rows say? Brings them up to it, in short turns, words first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from .errors import EncoderFailed
from .ports import ArticleRows, Indexed

log = structlog.get_logger(__name__)

WORDS_AT_ONCE = 100
VECTORS_AT_ONCE = 16
"""Articles of a turn; some seconds of an embedded encoder, after which a stop is heard."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
"""After an encoder failed; each pause is twice the one before."""


class Index(Protocol):
    def differs(self, versions: Mapping[str, str]) -> tuple[set[str], set[str]]:
        """(articles to put, articles to drop), given the version of each that should be here."""

    def put(self, articles: Sequence[Indexed]) -> None:
        """In place of what was known of them. The one of vectors raises EncoderFailed."""

    def drop(self, ids: Collection[str]) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """`reason` is a sentence for people; `since` when the first of these failures in a row was."""

    reason: str
    since: datetime
    again_at: datetime


class _Side:
    """One index, and what it is still known to lack."""

    def __init__(self, index: Index, at_once: int) -> None:
        self._index, self._at_once = index, at_once
        self._seen: int | None = None
        self._wanted: list[str] = []
        self._gone: list[str] = []

    def turn(self, rows: ArticleRows) -> bool:
        """One batch. The change is read before the versions: what changes in between is seen again."""
        newest = rows.newest_change()
        try:
            if newest != self._seen:
                self._seen = newest
                self._compare(rows)
            if not self._wanted and not self._gone:
                return False
            self._batch(rows)
            if not self._wanted and not self._gone:
                self._compare(rows)  # a new collection is taken into service by this
        except BaseException:
            self._seen = None  # nobody knows how far it came
            raise
        return True

    def is_behind(self, rows: ArticleRows) -> bool:
        return bool(self._wanted or self._gone) or rows.newest_change() != self._seen

    def _compare(self, rows: ArticleRows) -> None:
        wanted, gone = self._index.differs(rows.versions())
        self._wanted, self._gone = sorted(wanted), sorted(gone)

    def _batch(self, rows: ArticleRows) -> None:
        """What goes, goes first: it may no longer be shown."""
        if self._gone:
            batch, self._gone = self._gone[: self._at_once], self._gone[self._at_once :]
            self._index.drop(batch)
            return
        batch, self._wanted = self._wanted[: self._at_once], self._wanted[self._at_once :]
        found = rows.to_index(batch)
        if found:
            self._index.put(found)
        if len(found) < len(batch):
            self._seen = None  # retired meanwhile


class Upkeep:
    """One worker's turns. Whatever is lost, also all of an index, comes back by them."""

    def __init__(
        self, rows: ArticleRows, words: Index, vectors: Index | None, *, now: Callable[[], datetime]
    ) -> None:
        self._rows, self._now = rows, now
        self._words = _Side(words, WORDS_AT_ONCE)
        self._vectors = _Side(vectors, VECTORS_AT_ONCE) if vectors else None
        self._pause = FIRST_PAUSE
        self.trouble: Trouble | None = None
        """Why vectors are behind; None while they are filled without one."""

    def turn(self) -> bool:
        """Whether there was anything to do. Raises only what the store or the words raise."""
        if self._words.turn(self._rows):
            return True
        if self._vectors is None or (self.trouble and self._now() < self.trouble.again_at):
            return False
        try:
            busy = self._vectors.turn(self._rows)
        except EncoderFailed as failed:
            self._note(str(failed))
            return False
        if self.trouble:
            log.info("vectors are filled again", since=self.trouble.since.isoformat())
        self.trouble, self._pause = None, FIRST_PAUSE
        return busy

    def words_are_behind(self) -> bool:
        """Whether a question would miss something that the rows hold."""
        return self._words.is_behind(self._rows)

    def catch_up_words(self) -> None:
        """All of them in one go."""
        while self._words.turn(self._rows):
            pass

    def next_due(self) -> datetime | None:
        """When a failed encoder is tried again; changes of rows ring for themselves."""
        return self.trouble.again_at if self.trouble else None

    def _note(self, reason: str) -> None:
        now = self._now()
        since = self.trouble.since if self.trouble else now
        self.trouble = Trouble(reason=reason, since=since, again_at=now + self._pause)
        log.warning("vectors wait", reason=reason, again_at=self.trouble.again_at.isoformat())
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
