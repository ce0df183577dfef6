"""What people look at of releases and of versions of texts: each call one short transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from ...domain.agreement import Agreement, Vote
from ...domain.text_version import Activation, TextVersion
from .agreement_rows import agreement_of
from .text_version_rows import LAST, A, TextVersionRows, activation_of
from .texts_tables import agreements, votes

if TYPE_CHECKING:
    from .sqlstore import SqlStore


class SqlTexts:
    """What `texts_ports.TextQueries` promises."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def agreements(self, communication_ids: Sequence[str]) -> dict[str, Agreement]:
        t = agreements
        wanted = select(t).where(t.c.communication_id.in_(communication_ids))
        with self._store.reading() as connection:
            found = [agreement_of(row) for row in connection.execute(wanted).mappings()]
        return {one.communication: one for one in found}

    def votes(self, communication_ids: Sequence[str]) -> dict[str, list[Vote]]:
        t = votes
        wanted = select(t.c.body).where(t.c.communication_id.in_(communication_ids))
        found: dict[str, list[Vote]] = {}
        with self._store.reading() as connection:
            for row in connection.execute(wanted.order_by(t.c.at, t.c.person)).mappings():
                vote = Vote.model_validate_json(row["body"])
                found.setdefault(vote.communication, []).append(vote)
        return found

    def text_versions(self, name: str) -> list[TextVersion]:
        with self._store.reading() as connection:
            return TextVersionRows(connection).text_versions(name)

    def activations(self, name: str) -> list[Activation]:
        with self._store.reading() as connection:
            return TextVersionRows(connection).text_activations(name)

    def versions_in_force(self) -> dict[str, Activation]:
        with self._store.reading() as connection:
            rows = connection.execute(select(A).where(A.c.id.in_(LAST))).mappings()
            return {one.name: one for one in map(activation_of, rows)}
