"""What people do with articles: take in, write, retire, put back.

An import never overwrites what a person changed here (law 9); each change is a revision that can be put
back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.article import Article, ArticleText, Standing

from ...article_ports import ArticleQueries, Change, Kept
from ...domain.errors import Malformed, StaleVersion, UnknownThing
from ...domain.generated import Generated
from ...domain.generated import Standing as Reviewed
from ...policy.readers import misspelt
from ...ports import Clock, Ids, Store

BY_HAND = "console"
"""The source of what is written here."""
MOST_AT_ONCE = 200
Outcome = Literal["added", "changed", "unchanged", "kept"]
"""`kept`: the source says something new, but a person has changed the article here."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of one article of an import."""

    source: str
    external_id: str
    id: str
    outcome: Outcome


class Articles:
    """Each act names who did it; it is kept with the revision."""

    def __init__(
        self,
        *,
        store: Store,
        articles: ArticleQueries,
        clock: Clock,
        ids: Ids,
        wake: Callable[[], None],
    ) -> None:
        self._store, self._articles = store, articles
        self._clock, self._ids, self._wake = clock, ids, wake

    def take_in(
        self, texts: Sequence[ArticleText], *, by: str, audience: tuple[str, ...]
    ) -> list[Taken]:
        """Articles as a source tells them, at most `MOST_AT_ONCE`. `audience` is who may read those of
        which the source does not say; taking the same in twice changes nothing. Raises Malformed for
        labels that nobody can carry."""
        _check(_wrong_labels(texts, audience))
        taken: list[Taken] = []
        with self._store.write() as tx:
            for source in dict.fromkeys(text.source for text in texts):
                mine = {text.external_id: text for text in texts if text.source == source}
                before = tx.articles_from(source, list(mine))
                decided = [
                    self._decided(t, before.get(t.external_id), audience) for t in mine.values()
                ]
                changed = [kept for kept, outcome in decided if outcome in ("added", "changed")]
                tx.save_articles(changed, at=self._clock.now(), by=by, what="imported")
                taken += [_taken(kept, outcome) for kept, outcome in decided]
        self._wake()
        return taken

    def _decided(
        self, text: ArticleText, before: Kept | None, audience: tuple[str, ...]
    ) -> tuple[Kept, Outcome]:
        said = text if text.audience is not None else text.model_copy(update={"audience": audience})
        digest = said.digest
        if before is None:
            return Kept(article=self._article(said), source_digest=digest), "added"
        if before.source_digest == digest:
            return before, "unchanged"
        if before.edited:
            return before, "kept"
        # A retired one stays retired: somebody decided so.
        now = {"id": before.article.id, "standing": before.article.standing}
        article = self._article(said).model_copy(update=now)
        return Kept(article=article, source_digest=digest), "changed"

    def write(
        self,
        text: ArticleText,
        *,
        by: str,
        article_id: str | None = None,
        expected: int | None = None,
        what: Literal["written", "put_back"] = "written",
    ) -> Article:
        """A new article of our own, or what a person makes of one. `expected` is the revision that she
        saw. Raises UnknownThing, Malformed for labels that nobody can carry, StaleVersion when somebody
        else was quicker."""
        _check(_named("audience", text.audience or ()))
        with self._store.write() as tx:
            if article_id is None:
                id_ = self._ids.new("art")
                own = text.model_copy(update={"source": BY_HAND, "external_id": id_})
                article, digest = self._article(own, id_), own.digest
            else:
                latest = tx.hold_revision(article_id)
                before = _known(tx.kept_articles([article_id]), article_id)
                _still(latest, expected)
                origin = {
                    "source": before.article.source,
                    "external_id": before.article.external_id,
                }
                article = self._article(text.model_copy(update=origin), article_id)
                article = article.model_copy(update={"standing": before.article.standing})
                digest = before.source_digest
            kept = Kept(article=article, source_digest=digest, edited=True)
            tx.save_articles([kept], at=self._clock.now(), by=by, what=what)
        self._wake()
        return article

    def retire(self, article_ids: Sequence[str], *, by: str) -> None:
        """They are suggested no more; what was told of them stays. Raises UnknownThing."""
        self._stand(article_ids, Standing.RETIRED, "retired", by)

    def restore(self, article_ids: Sequence[str], *, by: str) -> None:
        """They may be suggested again. Raises UnknownThing."""
        self._stand(article_ids, Standing.PUBLISHED, "restored", by)

    def put_back(self, article_id: str, n: int, *, by: str, expected: int | None = None) -> Article:
        """The article says again what its n-th revision said; a retired one stays retired. Raises as `write`
        does."""
        if not self._articles.latest_revision(article_id):
            raise UnknownThing(f"no article {article_id[:100]}")
        earlier = self._articles.revision(article_id, n)
        if earlier is None:
            raise UnknownThing(f"article {article_id[:100]} has no revision {n}", field="revision")
        return self.write(
            earlier.article, by=by, article_id=article_id, expected=expected, what="put_back"
        )

    def retire_missing(
        self,
        source: str,
        present: Collection[str],
        *,
        by: str,
        after: str = "",
        until: str | None = None,
    ) -> list[str]:
        """Those of a source that it does not tell of any more, by its own ids; returns them.

        `after` and `until` narrow it to the ids between them (the last one too, in the order of code
        points): a source of any size says what it has in parts, each of which stands alone.
        """
        here = frozenset(present)
        with self._store.read() as tx:
            kept = tx.articles_of(source)
        gone = sorted(
            ext for ext in kept.keys() - here if ext > after and (until is None or ext <= until)
        )
        for at in range(0, len(gone), MOST_AT_ONCE):
            self.retire([kept[ext] for ext in gone[at : at + MOST_AT_ONCE]], by=by)
        return gone

    def review(
        self, article_id: str, accept: bool, *, by: str, made_of: str | None = None
    ) -> Generated:
        """Somebody accepts what a model wrote for an article, or refuses it: then it is indexed no more.

        `made_of` is of the lines that were looked at. Raises UnknownThing when nothing is written for it, and
        StaleVersion when others were written since.
        """
        with self._store.write() as tx:
            said = tx.questions_of([article_id]).get(article_id)
            if said is None or not said.lines:
                raise UnknownThing(f"no questions are written for article {article_id[:100]}")
            if made_of is not None and made_of != said.made_of:
                raise StaleVersion("other questions were written since; look at them first")
            standing = Reviewed.ACCEPTED if accept else Reviewed.REFUSED
            word = {"standing": standing, "reviewed_by": by, "reviewed_at": self._clock.now()}
            reviewed = said.model_copy(update=word)
            tx.save_questions(article_id, reviewed)
        self._wake()
        return reviewed

    def _stand(self, article_ids: Sequence[str], standing: Standing, what: Change, by: str) -> None:
        now = self._clock.now()
        with self._store.write() as tx:
            known = tx.kept_articles(list(dict.fromkeys(article_ids)))
            kept = [_known(known, id_) for id_ in dict.fromkeys(article_ids)]
            moved = [k for k in kept if k.article.standing is not standing]
            update = {"standing": standing, "updated_at": now}
            changed = [
                Kept(
                    article=k.article.model_copy(update=update),
                    source_digest=k.source_digest,
                    edited=k.edited,
                )
                for k in moved
            ]
            tx.save_articles(changed, at=now, by=by, what=what)
        self._wake()

    def _article(self, text: ArticleText, id_: str | None = None) -> Article:
        fields = {name: getattr(text, name) for name in ArticleText.model_fields}
        return Article(**fields, id=id_ or self._ids.new("art"), updated_at=self._clock.now())


def _wrong_labels(texts: Sequence[ArticleText], audience: tuple[str, ...]) -> list[tuple[str, str]]:
    found = _named("audience", audience)
    for n, text in enumerate(texts):
        found += _named(f"articles.{n}.audience", text.audience or ())
    return found


def _named(field: str, labels: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"{field}.{n}", sentence) for n, sentence in misspelt(labels)]


def _check(problems: list[tuple[str, str]]) -> None:
    if problems:
        field, sentence = problems[0]
        raise Malformed(sentence, field=field, problems=problems)


def _still(latest: int, expected: int | None) -> None:
    """Of two who edit at once the second is told, and overwrites nothing."""
    if expected is not None and latest != expected:
        raise StaleVersion(
            f"the article is at revision {latest}, not {expected}: somebody changed it meanwhile",
            field="expected_revision",
        )


def _known(found: dict[str, Kept], article_id: str) -> Kept:
    if article_id not in found:
        raise UnknownThing(f"no article {article_id[:100]}")
    return found[article_id]


def _taken(kept: Kept, outcome: Outcome) -> Taken:
    article = kept.article
    return Taken(
        source=article.source, external_id=article.external_id, id=article.id, outcome=outcome
    )
