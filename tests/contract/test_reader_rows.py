"""Whose an address is, and what was asked for to read the portal: the same on every store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from pipeline.adapters.store.engine import open_engines
from pipeline.adapters.store.migrations import upgrade
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.directory import Address, Directory, Person
from pipeline.domain.portal_reader import ReaderLink
from pipeline.domain.subscription import Choice, Subscription

NOW = datetime(2026, 8, 24, 2, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)


def person(name: str, *mails: str, active: bool = True) -> Person:
    addresses = tuple(Address(channel="mail", value=mail) for mail in mails)
    return Person(id=name, name=name, addresses=addresses, active=active)


def link(name: str, address: str = "tom@example.org") -> ReaderLink:
    return ReaderLink(
        id=name,
        address=address,
        person="tom",
        language="en",
        to="",
        client="c",
        asked_at=NOW,
        due_at=NOW,
    )


def save(store: SqlStore, *people: Person) -> None:
    with store.write() as tx:
        tx.save_directory(Directory(people=people))


def found(store: SqlStore, address: str) -> list[str]:
    with store.read() as tx:
        return tx.people_with(address)


def test_a_person_is_found_by_the_addresses_that_they_have_now(store: SqlStore) -> None:
    """However it is typed; a shared one finds both, and whoever has left is found by none."""
    save(store, person("tom", "Tom@Example.org", "desk@example.org"), person("li", "desk@example.org"))  # fmt: skip
    assert found(store, " tom@example.ORG ") == ["tom"]
    assert found(store, "desk@example.org") == ["li", "tom"]
    save(store, person("tom", "new@example.org"))
    assert (found(store, "tom@example.org"), found(store, "desk@example.org")) == ([], ["li"])
    save(store, person("tom", "new@example.org", active=False))
    assert found(store, "new@example.org") == []


def test_of_two_who_use_a_link_one_does(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_reader_link(link("rdl_1"))
        [claimed] = tx.claim_reader_links(NOW, LEASE, 9)
        assert tx.claim_reader_links(NOW, LEASE, 9) == []
        assert tx.next_due("reader_links") == NOW + LEASE
        assert tx.settle_reader_link(claimed, "used", NOW)
        assert not tx.settle_reader_link(claimed, "used", NOW)
        assert not tx.settle_reader_link(claimed, "sent", NOW)
        assert tx.next_due("reader_links") is None


def test_questions_are_counted_by_address_and_client_and_forgotten(store: SqlStore) -> None:
    with store.write() as tx:
        for n in range(3):
            tx.add_reader_link(link(f"rdl_{n}", "tom@example.org" if n else "li@example.org"))
        assert tx.reader_links_since(NOW, address="TOM@example.org") == 2
        assert tx.reader_links_since(NOW, client="c") == 3
        assert tx.reader_links_since(NOW + LEASE) == 0
        assert tx.forget_reader_links(NOW + LEASE) == 3


def test_signing_out_everywhere_counts_from_the_last_time(store: SqlStore) -> None:
    with store.write() as tx:
        assert tx.reader_signed_out("tom") is None
        for at in (NOW, NOW + LEASE):
            tx.sign_out_reader("tom", at)
        assert tx.reader_signed_out("tom") == NOW + LEASE


def test_subscribers_on_record_are_those_whose_address_somebody_has(store: SqlStore) -> None:
    save(store, person("tom", "tom@example.org"), person("gone", "gone@example.org", active=False))
    with store.write() as tx:
        for n, mail in enumerate(("TOM@example.org", "gone@example.org", "out@example.net")):
            choice = Choice(address=Address(channel="mail", value=mail), language="en", zone="UTC", services=("crm",))  # fmt: skip
            tx.save_subscription(
                Subscription(id=f"sub_{n}", choice=choice, created_at=NOW, changed_at=NOW)
            )
        assert tx.subscribers_on_record("crm") == {"sub_0"}
        assert tx.subscribers_on_record("mail") == frozenset()


def test_people_who_were_there_before_are_found_after_an_upgrade(empty_url: str) -> None:
    """A directory is not loaded again because of a new release."""
    scripts = Path(__file__).parents[2] / "pipeline" / "adapters" / "store" / "migrations"
    engines = open_engines(empty_url)
    try:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["engine"] = engines.writer
        command.upgrade(config, "0022")
        people = [person("tom", "Tom@example.org"), person("gone", "gone@example.org", active=False)]  # fmt: skip
        with engines.writer.begin() as connection:
            for one in people:
                row = {"id": one.id, "body": one.model_dump_json(exclude_none=True)}
                connection.execute(text("INSERT INTO hg_people VALUES (:id, :body)"), row)
    finally:
        engines.close()
    upgrade(empty_url)
    engines = open_engines(empty_url)
    try:
        with engines.reader.connect() as connection:
            rows = connection.execute(text("SELECT address, person_id FROM hg_person_addresses"))
            assert [tuple(row) for row in rows] == [("tom@example.org", "tom")]
    finally:
        engines.close()
