"""The seams for articles: how tickets wait for them, and how they are kept, found and judged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from knowledge.article import Article, Language, Standing
from knowledge.ports import ArticleRows

from .domain.generated import Generated
from .domain.suggested import Found, Judged, Opinion


class ArticleWork(Protocol):
    """What a unit of work (`ports.Transaction`) does about articles."""

    def has_articles(self) -> bool:
        """Whether there is anything to be found at all."""

    def await_lookup(self, incident_id: str, at: datetime) -> None:
        """A search for this ticket is due; one at a time, and a new one replaces what was found."""

    def lookup_is_due(self, incident_id: str) -> bool:
        """Whether a search for this ticket is still to come."""

    def claim_lookups(self, now: datetime, lease: timedelta, limit: int) -> list[tuple[str, int]]:
        """(incident, which try it is) of searches that are due and that nobody works on, leased."""

    def settle_lookup(self, incident_id: str, tries: int, found: Found) -> bool:
        """The try that was claimed is done, and what it found is kept, or that it could not be done; it is not
        tried again. False, and nothing is changed, when another try was claimed since or one is settled."""

    def keep_found(self, incident_id: str, tries: int, found: Found) -> None:
        """What the try that was claimed has found until now; it goes on. Nothing is changed when another one was
        claimed since."""

    def found_for(self, incident_ids: Sequence[str]) -> dict[str, Found]:
        """What was found for each ticket, also while its search goes on."""

    def count_told(self, incident_id: str, article_ids: Sequence[str]) -> None:
        """The requester of this ticket was told of these."""

    def save_judged(self, judged: Sequence[Judged]) -> None:
        """One per article, ticket and person: the last word replaces the one before."""

    def articles_from(self, source: str, external_ids: Sequence[str]) -> dict[str, Kept]:
        """Those that a source told of before, by its own id."""

    def kept_articles(self, ids: Sequence[str]) -> dict[str, Kept]: ...

    def hold_revision(self, article_id: str) -> int:
        """The number of its latest revision, 0 of an unknown one; nobody else changes the article before
        this unit of work ends."""

    def save_articles(self, kept: Sequence[Kept], *, at: datetime, by: str, what: Change) -> None:
        """Insert or replace, each with a revision that says who did what."""

    def articles_of(self, source: str) -> dict[str, str]:
        """(external id → id) of all published ones of a source."""


class QuestionWork(Protocol):
    """What a unit of work does about questions that a model writes."""

    def questions_of(self, article_ids: Sequence[str]) -> dict[str, Generated]:
        """By article; those that have none are left out."""

    def save_questions(self, article_id: str, generated: Generated) -> None:
        """In the place of what was written before. The article counts as changed: it is indexed anew."""

    def may_read_article(self, day: date, most: int) -> bool:
        """Whether the model may read one more article on this day, which is then counted: at most `most`."""


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A published article as a model would read it, with what was written for it before."""

    article: Article
    generated: Generated | None


Change = Literal["imported", "written", "retired", "restored", "put_back"]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An article with what is known of its origin. `source_digest` is of what the source said last;
    `edited`, that a person changed it here since, whose words no import overwrites."""

    article: Article
    source_digest: str
    edited: bool = False


@dataclass(frozen=True, kw_only=True)
class Revised:
    """One change of an article, without its text; `n` counts from 1."""

    n: int
    at: datetime
    by: str
    what: Change
    title: str


@dataclass(frozen=True, kw_only=True)
class Revision(Revised):
    """How an article stood after a change."""

    article: Article


@dataclass(frozen=True, kw_only=True)
class Use:
    """How often an article was told to requesters, and what people said of it."""

    told: int = 0
    solved: int = 0
    not_this: int = 0


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An article in the list, with its use."""

    article: Article
    use: Use


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the list of articles is narrowed to. `q` is looked for in titles, products and source; `after` is
    the cursor that the page before gave. `readers` are the labels of whoever looks (None: an editor)."""

    q: str = ""
    readers: frozenset[str] | None = None
    standing: Standing | None = Standing.PUBLISHED
    language: Language | None = None
    source: str | None = None
    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    """Latest change first. `total` counts all that match."""

    articles: tuple[Listed, ...]
    total: int
    after: str | None


@dataclass(frozen=True, kw_only=True)
class Day:
    """Tickets opened on a day (in UTC): `searched` for articles, `suggested` any to their requester,
    and `solved` by one, as the requester said."""

    day: date
    searched: int
    suggested: int
    solved: int


@dataclass(frozen=True, kw_only=True)
class DayOfUse:
    """What happened to one article on a day (in UTC): to how many requesters it was told, and what
    people said of it."""

    day: date
    told: int = 0
    solved: int = 0
    not_this: int = 0


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """A ticket for whose requester no article fits. `for_staff` counts those that fit whoever works
    on it."""

    incident: str
    number: str
    title: str
    asked_at: datetime
    for_staff: int


@dataclass(frozen=True, kw_only=True)
class Said:
    """A opinion with the ticket's number, for the article's page."""

    judged: Judged
    number: str


class ArticleUses(Protocol):
    """What became of articles that were told. Each call is one short transaction of its own."""

    def days_of(self, article_id: str, since: date) -> list[DayOfUse]:
        """Oldest first; days on which nothing happened are left out."""

    def told_on(self, incident_id: str) -> frozenset[str]:
        """The articles that the ticket's requester was told of."""

    def said_on(self, incident_id: str) -> list[Judged]:
        """What people said on this ticket, oldest first."""

    def most_solving(self, since: date, limit: int = 10) -> list[Listed]:
        """Those that solved tickets since then, most first; told and refused are counted since then too."""

    def never_helping(self, since: date, limit: int = 10, least: int = 3) -> list[Listed]:
        """Published ones that were told `least` times since then and solved nothing, most told first."""

    def unanswered(self, limit: int = 20) -> list[Unanswered]:
        """Latest first: tickets for whose requester a search found nothing."""

    def sources(self) -> list[str]:
        """Where articles come from, by name."""


class ArticleQueries(ArticleRows, ArticleUses, Protocol):
    """What people look at; each call is one short transaction of its own."""

    def find(self, wanted: Wanted) -> ArticlePage: ...

    def kept(self, article_id: str) -> Kept | None: ...

    def latest_revision(self, article_id: str) -> int:
        """Its number; 0 of an unknown article."""

    def revision(self, article_id: str, n: int) -> Revision | None: ...

    def revisions(self, article_id: str, limit: int = 50) -> list[Revised]:
        """Newest first, without their text."""

    def use_of(self, article_ids: Collection[str]) -> dict[str, Use]: ...

    def said_of(self, article_id: str, limit: int = 50) -> list[Said]:
        """Newest first."""

    def opinions_on(self, incident_id: str, person: str) -> dict[str, Opinion]:
        """What this person said of each article on this ticket."""

    def found(self, incident_id: str) -> Found | None: ...

    def questions(self, article_id: str) -> Generated | None:
        """What a model wrote for it last."""

    def changed_since(self, change: int) -> list[str]:
        """Ids of the published articles changed after that `newest_change`, the earliest change first."""

    def unread(self, ids: Collection[str]) -> list[Unread]:
        """Those of the ids that are published, in any order, at most 500 ids."""

    def days(self, since: date) -> list[Day]:
        """Oldest first; days without a ticket are left out."""

    def counts(self) -> dict[str, int]:
        """Articles by standing."""

    def own_words(self) -> list[str]:
        """Names of services, in every language: words of the site that a dictionary may not know."""
