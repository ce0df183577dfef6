"""Words that have to go, and rows that stay without them: statements inside a unit of work."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import product

from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    Table,
    delete,
    func,
    or_,
    select,
    text,
    update,
)

from ...domain.findings import Verdict
from ...domain.payload import ERASED
from ...domain.times import to_text
from . import decision_tables, rules_tables, tables
from .oncall_tables import mutings, wishes
from .reader_tables import person_addresses, reader_sign_outs
from .register_tables import person_places
from .rows import Rows, as_kept, on_conflict, quoted
from .texts_tables import template_activations, template_versions

E, C, K, P = tables.events, tables.communications, tables.model_calls, tables.prose
N, L = tables.counters, tables.alarms
_NOBODYS = {
    *(tables.sources, tables.counters, tables.groups, tables.services, tables.sites),
    *(tables.customers, tables.packs, tables.tokens, tables.model_spending, tables.articles),
    *(tables.article_readers, tables.article_revisions, tables.article_questions),
    *(tables.article_uses, template_versions, template_activations),
    *(rules_tables.rule_versions, rules_tables.rule_activations, rules_tables.dry_runs),
}
"""What belongs to the house: a service may be called like somebody, and stays."""
_OF_PEOPLE = (
    *("id", "by", "person", "who", "asked_by", "added_by", "requester", "assignee", "author"),
    *("recipient_key", "to", "approver", "substitute"),
)
"""Columns, and fields of what is kept as JSON, that hold somebody's id."""
_SHORT = 100
"""Characters of a column in which no words are kept: a state, a moment."""


class ErasureRows(Rows):
    """What `erasure_ports.ErasureWork` promises."""

    def tickets_naming(self, words: Collection[str]) -> list[str]:
        if not words:
            return []
        held = select(E.c.incident_id).distinct().where(_holds(E.c.personal, words))
        return [row["incident_id"] for row in self._all(held.order_by(E.c.incident_id))]

    def tickets_with_conversations(self) -> list[str]:
        t = tables.conversations
        found = select(t.c.incident_id).distinct().order_by(t.c.incident_id)
        return [row["incident_id"] for row in self._all(found)]

    def count_removal(self, incident_id: str) -> None:
        self._removals(incident_id, 1)

    def removals(self, incident_id: str) -> int:
        found = self._first(select(N.c.value).where(N.c.name == _counter(incident_id)))
        return int(found["value"]) if found else 0

    def none_removed_since(self, incident_id: str, removals: int) -> bool:
        # Written, though nothing changes: so PostgreSQL keeps the row for us until the end.
        return self._removals(incident_id, 0) == removals

    def _removals(self, incident_id: str, more: int) -> int:
        new = on_conflict(N, self._postgres).values(name=_counter(incident_id), value=more)
        counted = new.on_conflict_do_update(
            index_elements=["name"], set_={"value": N.c.value + more}
        )
        return int(self._connection.execute(counted.returning(N.c.value)).scalar_one())

    def forget_words_of_models(self, incident_id: str) -> None:
        of_calls = update(K).where(K.c.incident_id == incident_id)
        self._connection.execute(of_calls.values(asked=None, answer=None))
        of_ticket = select(C.c.id).where(C.c.incident_id == incident_id)
        written = update(P).where(P.c.communication_id.in_(of_ticket))
        self._connection.execute(written.values(result=None))

    def forget_old_passages(self, before: datetime, most: int) -> int:
        old = select(P.c.communication_id).where(
            text(tables.WITH_RESULT), P.c.due_at < to_text(before)
        )
        ids = [row["communication_id"] for row in self._all(old.order_by(P.c.due_at).limit(most))]
        if ids:
            gone = update(P).where(P.c.communication_id.in_(ids)).values(result=None)
            self._connection.execute(gone)
        return len(ids)

    def erase_events(self, incident_id: str, words: Collection[str] | None) -> None:
        of_ticket = update(E).where(E.c.incident_id == incident_id)
        if words is not None:
            of_ticket = of_ticket.where(_holds(E.c.personal, words))
        self._connection.execute(of_ticket.values(personal=None))

    def erase_texts(self, incident_id: str) -> None:
        communications = select(C.c.id).where(C.c.incident_id == incident_id)
        for table in (tables.summaries, tables.conversations):
            self._connection.execute(delete(table).where(table.c.incident_id == incident_id))
        renditions, drafts = tables.renditions, tables.drafts
        self._connection.execute(
            delete(renditions).where(renditions.c.communication_id.in_(communications))
        )
        nothing = Verdict().model_dump_json()
        self._connection.execute(
            update(drafts)
            .where(drafts.c.communication_id.in_(communications))
            .values(verdict=nothing)
        )
        self._connection.execute(update(C).where(C.c.incident_id == incident_id).values(told="{}"))
        opinions = tables.article_opinions
        self._connection.execute(
            update(opinions).where(opinions.c.incident_id == incident_id).values(question=ERASED)
        )
        surveys = decision_tables.surveys
        self._connection.execute(
            update(surveys).where(surveys.c.incident_id == incident_id).values(comment=None)
        )
        self._erase_values(incident_id)

    def _erase_values(self, incident_id: str) -> None:
        """What a row keeps as JSON, field by field: the rest of it is still read."""
        emptied: tuple[tuple[Table, dict[str, object]], ...] = (
            (tables.messages, {"values": {}, "english": None}),
            (tables.requests, {"text": ERASED}),
        )
        for table, fields in emptied:
            for row in self._all(select(table).where(table.c.incident_id == incident_id)):
                body = json.dumps(json.loads(row["body"]) | fields, ensure_ascii=False)
                kept = update(table).where(table.c.id == row["id"])
                self._connection.execute(kept.values(body=body))

    def forget_problem_title(self, title: str, instead: str, article_id: str | None) -> None:
        was, now = (json.dumps(said, ensure_ascii=False)[:-1] for said in (title, instead))
        requests, lookups = tables.requests, tables.lookups
        # The numbers of its cases follow in brackets.
        self._replace(requests, requests.c.body, f'"text":{was} (', f'"text":{now} (')
        if article_id is None:
            return
        revisions, questions = tables.article_revisions, tables.article_questions
        of_article = revisions.c.article_id == article_id
        called = update(revisions).where(of_article, revisions.c.title == title)
        self._connection.execute(called.values(title=instead))
        said, says = f'"title":{was}"', f'"title":{now}"'
        self._replace(revisions, revisions.c.body, said, says, of_article)
        found = lookups.c.found.contains(json.dumps(article_id), autoescape=True)
        self._replace(lookups, lookups.c.found, said, says, found)
        of_model = delete(questions).where(questions.c.article_id == article_id)
        self._connection.execute(of_model)

    def rename_everywhere(self, words: Mapping[str, str], ids: Mapping[str, str]) -> None:
        for table, column in _texts():
            for old, new in words.items():
                for kept in as_kept(old):
                    self._replace(table, column, kept, new)
            for old, new in ids.items():
                # Somebody's id may be any word (`new`): it is one only where a person is meant.
                for key, colon in product(_OF_PEOPLE, (":", ": ")):
                    before = f'"{key}"{colon}'
                    self._replace(table, column, before + quoted(old), before + quoted(new))
                if column.name in _OF_PEOPLE:
                    for was, now in ((old, new), (f"person:{old}", f"person:{new}")):
                        same = update(table).where(column == was)
                        self._connection.execute(same.values({column.name: now}))
                self._replace(table, column, quoted(f"person:{old}"), quoted(f"person:{new}"))
        for old, new in ids.items():
            self._rename_alarms(f":person:{old}", f":person:{new}")

    def _rename_alarms(self, ending: str, instead: str) -> None:
        """An alarm about one recipient names them last in its key. One that is open under the new key already, from
        an earlier erasure, makes room: of each key one may be open."""
        found = select(L.c.id, L.c.key).where(L.c.key.endswith(ending, autoescape=True))
        for row in self._all(found):
            key = row["key"].removesuffix(ending) + instead
            self._connection.execute(delete(L).where(L.c.key == key, L.c.cleared_at.is_(None)))
            self._connection.execute(update(L).where(L.c.id == row["id"]).values(key=key))

    def _replace(
        self, table: Table, column: Column[str], old: str, new: str, *where: ColumnElement[bool]
    ) -> None:
        changed = update(table).where(column.contains(old, autoescape=True), *where)
        self._connection.execute(changed.values({column.name: func.replace(column, old, new)}))

    def forget_person(self, person_id: str) -> None:
        for table, column in (
            (tables.people, tables.people.c.id),
            (tables.named_people, tables.named_people.c.id),
            (person_places, person_places.c.person_id),
            (tables.sign_ins, tables.sign_ins.c.person),
            (tables.sessions, tables.sessions.c.person),
            (wishes, wishes.c.person),
            (person_addresses, person_addresses.c.person_id),
            (reader_sign_outs, reader_sign_outs.c.person),
        ):
            self._connection.execute(delete(table).where(column == person_id))
        self._connection.execute(delete(mutings).where(mutings.c.reader == f"person:{person_id}"))
        # Her own words, also about a failure that somebody else reported; the score stays, and is nobody's.
        surveys = decision_tables.surveys
        hers = update(surveys).where(surveys.c.person == person_id)
        self._connection.execute(hers.values(comment=None))


def _counter(incident_id: str) -> str:
    """A name that fits, however long the id is."""
    return f"removed:{sha256(incident_id.encode()).hexdigest()[:32]}"


def _holds(column: ColumnElement[str], words: Collection[str]) -> ColumnElement[bool]:
    forms = (form for word in words for form in as_kept(word))
    return or_(*(column.contains(form, autoescape=True) for form in forms))


def _texts() -> Iterator[tuple[Table, Column[str]]]:
    """Every column that may hold somebody's words; the keys of rows stay, other rows point at them."""
    for table in tables.metadata.sorted_tables:
        if table in _NOBODYS:
            continue
        for column in table.c:
            is_key = column.foreign_keys or (column.primary_key and column.name != "person")
            length = getattr(column.type, "length", None) or _SHORT
            if isinstance(column.type, String) and not is_key and length >= _SHORT:
                yield table, column
