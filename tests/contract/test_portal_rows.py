"""What may the portal's rows be relied on for? On both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.directory import Address
from pipeline.domain.portal_events import Attached
from pipeline.domain.subscription import Choice, OptIn, Subscription, SubscriptionState
from pipeline.portal_ports import Attachment

from .stores import LEASE, NOW, event, recorded, scans


def choice(address: str = "anna@example.net", *services: str) -> Choice:
    return Choice(
        address=Address(channel="mail", value=address),
        language="en",
        zone="UTC",
        services=services,
    )


def subscription(id_: str, *services: str, **more: object) -> Subscription:
    told = {"choice": choice(f"{id_}@example.net", *services), "created_at": NOW, "changed_at": NOW}
    return Subscription.model_validate({"id": id_, **told, **more})


def opt_in(id_: str, address: str = "anna@example.net", client: str = "c1") -> OptIn:
    return OptIn(id=id_, choice=choice(address), client=client, asked_at=NOW, due_at=NOW)


def test_a_service_finds_those_who_chose_it_and_those_who_chose_all(store: SqlStore) -> None:
    """What was chosen before is forgotten, and who is suspended is not found."""
    with store.write() as tx:
        tx.save_subscription(subscription("all"))
        tx.save_subscription(subscription("crm", "crm", "mail"))
        tx.save_subscription(subscription("mail", "mail"))
        tx.save_subscription(subscription("off", "crm", state=SubscriptionState.SUSPENDED))
        tx.save_subscription(subscription("crm", "crm"))
    with store.read() as tx:
        found = {s: [one.id for one in tx.subscribers(s)] for s in ("crm", "mail", None)}
    assert found == {"crm": ["all", "crm"], "mail": ["all", "mail"], None: ["all"]}


def test_one_mailbox_is_one_subscription_however_it_is_typed(store: SqlStore) -> None:
    with store.write() as tx:
        tx.save_subscription(subscription("anna"))
    with store.read() as tx:
        found = tx.subscription_at("mail", "ANNA@Example.net")
    assert found is not None
    assert found.id == "anna"


def test_a_question_is_claimed_once_and_settled_by_whoever_has_it(store: SqlStore) -> None:
    """A process that died gives its rows back; one that comes late changes nothing."""
    with store.write() as tx:
        tx.add_opt_in(opt_in("o1"))
    with store.write() as tx:
        [first] = tx.claim_opt_ins(NOW, LEASE, 10)
        assert tx.claim_opt_ins(NOW, LEASE, 10) == []
        assert tx.next_due("opt_ins") == NOW + LEASE
    with store.write() as tx:
        [second] = tx.claim_opt_ins(NOW + LEASE, LEASE, 10)
        assert not tx.settle_opt_in(first, "sent", NOW)
        assert tx.settle_opt_in(second, "sent", NOW)
        assert tx.next_due("opt_ins") is None


def test_what_was_asked_is_counted_by_address_and_by_client(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_opt_in(opt_in("o1"))
        tx.add_opt_in(opt_in("o2", "ANNA@example.net", "c2"))
        tx.add_opt_in(opt_in("o3", "bert@example.net"))
        assert tx.opt_ins_since(NOW) == 3
        assert tx.opt_ins_since(NOW, address="Anna@example.net") == 2
        assert tx.opt_ins_since(NOW, client="c1") == 2
        assert tx.opt_ins_since(NOW + timedelta(seconds=1)) == 0
        assert tx.forget_opt_ins(NOW + timedelta(seconds=1)) == 3


def test_a_ticket_belongs_to_one_incident_at_a_time(store: SqlStore) -> None:
    def ticket(name: str, major: str) -> Attachment:
        return Attachment(ticket=name, major=major, source="desk", requester="li")

    with store.write() as tx:
        for name in ("t1", "t2"):
            tx.attach(ticket(name, "m1"))
        tx.attach(ticket("t2", "m2"))
        tx.attach(ticket("t3", "m1"))
        tx.detach("t1")
        found = {m: [a.ticket for a in of] for m, of in tx.attached_to(["m1", "m2"]).items()}
    assert found == {"m1": ["t3"], "m2": ["t2"]}


def test_what_was_taken_away_is_still_known_to_have_belonged(store: SqlStore) -> None:
    """A ticket that moved is known with both; of others nothing is told."""
    steps = [Attached(incident=m, number=m.upper(), basis="person") for m in ("m1", "m2")]
    with store.write() as tx:
        tx.append([recorded(event(step, version=n)) for n, step in enumerate(steps, 1)])
        tx.append([recorded(event(steps[0], incident="inc_2", number="INC-2"))])
    with store.read() as tx:
        assert tx.ever_attached({"m1", "m2", "m3"}) == {"m1": {"inc_1", "inc_2"}, "m2": {"inc_1"}}
        assert tx.ever_attached({"m2"}) == {"m2": {"inc_1"}}
        assert tx.ever_attached(set()) == {}


def test_whether_a_ticket_ever_belonged_costs_no_look_over_the_past(tmp_path: Path) -> None:
    """Only the events by which tickets were attached are read."""

    def looking(store: SqlStore) -> None:
        with store.read() as tx:
            tx.ever_attached({"m1"})

    assert all("ix_hg_events_attaching" in scan for scan in scans(tmp_path, looking))


def test_the_mark_goes_up_with_what_is_published_and_with_nothing_that_was_undone(
    store: SqlStore,
) -> None:
    """Else a page would be made anew for what never happened, or stay as it is after what did."""
    before = store.portal.mark()
    with store.write() as tx:
        tx.count_published()
    with pytest.raises(RuntimeError), store.write() as tx:
        tx.count_published()
        raise RuntimeError
    assert store.portal.mark() == before + 1


def test_the_list_is_read_page_by_page(store: SqlStore) -> None:
    """Newest first, each once, narrowed by words and state."""
    with store.write() as tx:
        for n in range(5):
            at = NOW + timedelta(minutes=n)
            state = SubscriptionState.SUSPENDED if n == 3 else SubscriptionState.ACTIVE
            tx.save_subscription(subscription(f"s{n}", created_at=at, state=state))
    seen: list[str] = []
    after: str | None = None
    while True:
        found, after = store.portal.subscriptions("EXAMPLE", None, 2, after)
        seen += [one.id for one in found]
        if after is None:
            break
    assert seen == ["s4", "s3", "s2", "s1", "s0"]
    suspended, _ = store.portal.subscriptions("", SubscriptionState.SUSPENDED, 9, None)
    assert [one.id for one in suspended] == ["s3"]
    assert store.portal.subscription_counts() == {"active": 4, "suspended": 1}


def test_what_was_asked_for_by_an_address_goes_with_it(store: SqlStore) -> None:
    with store.write() as tx:
        tx.save_subscription(subscription("anna", "crm"))
        tx.add_opt_in(opt_in("o1", "anna@example.net"))
        tx.add_opt_in(opt_in("o2", "bert@example.net"))
        tx.forget_addresses(["Anna@Example.net"])
        assert tx.subscribers("crm") == []
        assert [o.id for o in tx.claim_opt_ins(NOW, LEASE, 9)] == ["o2"]
