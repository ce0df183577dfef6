"""Services with their history, people by place, statements and corrections: the same on each database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.communication import Kind
from pipeline.domain.correction import Correction, Statement, Wrong
from pipeline.domain.directory import Directory, Names, Person, Service
from pipeline.domain.errors import StaleVersion
from pipeline.domain.facts import Fact, ValueKind
from pipeline.domain.message import MessageState
from pipeline.domain.register import Change

from . import stores
from .stores import NOW, SECOND, message

FACT = Fact(
    id="f.scope", what="inc_1", attribute="scope", kind=ValueKind.TEXT, value="800", at=NOW, event="e"
)  # fmt: skip


def service(name: str = "crm", **more: Any) -> Service:
    return Service(id=name, name=Names(zh="名", en=name), **more)


def change(one: Service, n: int = 1) -> Change:
    return Change(service=one, n=n, at=NOW, who="lin", what="changed")


def correction(name: str, *recipients: str, value: str = "900") -> Correction:
    right = FACT.model_copy(update={"value": value})
    item = Wrong(attribute="scope", told=FACT, right=right, told_as="800", right_as=value)
    who = tuple(message().recipient.model_copy(update={"id": one}) for one in recipients)
    return Correction(
        communication=name, incident="inc_1", audience="affected", items=(item,), known_at=NOW,
        event="e", at=NOW, recipients=who,
    )  # fmt: skip


def test_a_step_of_a_service_is_kept_once_and_its_number_is_its_version(store: SqlStore) -> None:
    with store.write() as tx:
        tx.save_services([change(service()), change(service("files", depends_on=("crm",)))])
        tx.save_services([change(service(aliases=("sales",)), 2)])
    with store.read() as tx:
        assert tx.service_versions(["crm", "files", "none"]) == {"crm": 2, "files": 1}
        assert tx.services(["crm"])["crm"].aliases == ("sales",)
        assert [one.n for one in tx.service_changes("crm", 10)] == [2, 1]
        assert tx.service_change("crm", 1) == change(service())
        assert tx.services_needing(["crm"]) == {"crm": ("files",)}
    with pytest.raises(StaleVersion), store.write() as tx:
        tx.save_services([change(service(aliases=("other",)), 2)])
    with store.read() as tx:
        assert tx.services(["crm"])["crm"].aliases == ("sales",)


def test_what_a_service_depends_on_and_where_somebody_is_follows_the_last_word(
    store: SqlStore,
) -> None:
    def person(site: str | None) -> Person:
        return Person(id="wang", name="Wang", site=site, customer="acme")

    with store.write() as tx:
        tx.save_directory(
            Directory(people=(person("beijing"),), services=(service(depends_on=("a", "b")),))
        )
        tx.save_directory(
            Directory(people=(person("shenzhen"),), services=(service(depends_on=("b",)),))
        )
    with store.read() as tx:
        places = ["site:beijing", "site:shenzhen", "customer:acme"]
        assert tx.people_at(places) == {"site:shenzhen": ("wang",), "customer:acme": ("wang",)}
        assert tx.services_needing(["a", "b"]) == {"b": ("crm",)}
        assert tx.ids_there("people", ["wang", "li"]) == {"wang"}
    with store.write() as tx:
        tx.forget_person("wang")
    with store.read() as tx:
        assert tx.people_at(places) == {}


def test_what_a_text_stated_is_kept_once_and_leads_to_its_messages(store: SqlStore) -> None:
    said = Statement(
        rendition="com_1.1.zh.mail", attribute="scope", incident="inc_1", audience="affected",
        kind=Kind.SCOPE, at=NOW, fact=FACT,
    )  # fmt: skip
    with store.write() as tx:
        tx.save_statements([said])
        tx.save_statements([said.model_copy(update={"at": NOW + SECOND})])
        tx.add_messages([message(), message("msg_2", rendition="com_1.1.en.mail")])
    with store.read() as tx:
        assert tx.statements("inc_1") == [said]
        assert tx.statements("inc_2") == []
        found = tx.messages_of_texts(["inc_1"], ["com_1.1.zh.mail"])
        assert [(m.id, m.state) for m in found] == [("msg_1", MessageState.QUEUED)]
        assert tx.messages_of_texts(["inc_1"], []) == []


def test_a_look_is_due_once_at_its_earliest_time_and_one_of_two_takes_it(store: SqlStore) -> None:
    later = NOW + timedelta(minutes=5)
    with store.write() as tx:
        tx.await_correction_check("inc_1", later)
        tx.await_correction_check("inc_1", NOW)
        tx.await_correction_check("inc_1", later)
    with store.read() as tx:
        assert tx.next_due("corrections") == NOW
        assert tx.due_correction_checks(NOW, 10) == [("inc_1", NOW)]
    with store.write() as tx:
        assert not tx.end_correction_check("inc_1", later)
        assert tx.end_correction_check("inc_1", NOW)
        assert not tx.end_correction_check("inc_1", NOW)
        assert tx.next_due("corrections") is None


def test_a_correction_is_found_by_communication_and_by_incident_and_can_be_carried_on(
    store: SqlStore,
) -> None:
    one = correction("com_1", "wang", "li")
    with store.write() as tx:
        tx.save_corrections([one])
        tx.carry_correction("com_1", "com_2")
        tx.carry_correction("com_9", "com_3")
    with store.read() as tx:
        assert tx.corrections(["com_1", "com_3"]) == {"com_1": one}
        assert [c.communication for c in tx.corrections_of("inc_1")] == ["com_1", "com_2"]


def test_two_corrections_are_the_same_by_their_values_and_their_recipients() -> None:
    one = correction("com_1", "wang", "li")
    assert one.sameness == correction("com_2", "li", "wang").sameness
    assert one.content == correction("com_2", "li").content
    assert one.sameness != correction("com_2", "li").sameness
    assert one.content != correction("com_2", "wang", "li", value="901").content


def test_the_stores_usual_directory_still_reads_as_it_was(store: SqlStore) -> None:
    with store.write() as tx:
        tx.save_directory(stores.directory())
    with store.read() as tx:
        assert tx.register() == {s.id: s for s in stores.directory().services}
