"""What may the rows of recurrence be relied on for? On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.recurring import Alike, Chain, ChainState, Judgement, moved
from pipeline.recurrence_ports import Signed

from .stores import LEASE, NOW, together

JUDGED = Judgement(
    at=NOW,
    verdict="recurrence",
    similar=(Alike(incident="inc_0", probability=0.9, near=2.0, parts={"code": 4.0}),),
)
CHAIN = Chain(id="inc_1", kind="chain", proposed_at=NOW)


def signed(name: str, *terms: str, chain: str = "", days: int = 0) -> Signed:
    return Signed(
        incident=name,
        at=NOW + timedelta(days=days),
        body=f"body of {name}",
        terms=frozenset(terms),
        chain=chain or name,
        judgement=JUDGED,
    )


def test_a_ticket_is_claimed_when_it_is_due_and_by_one_alone(store: SqlStore) -> None:
    with store.write() as tx:
        tx.await_judging("inc_1", NOW)
        assert tx.claim_judging(NOW, LEASE, 10) == [("inc_1", 1)]
        assert tx.claim_judging(NOW, LEASE, 10) == []
        assert tx.claim_judging(NOW + LEASE, LEASE, 10) == [("inc_1", 2)]
        assert not tx.settle_judging("inc_1", 1)
        assert tx.settle_judging("inc_1", 2)
        assert tx.next_due("recurrence") is None


def test_cases_are_found_by_their_terms_the_latest_first(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_signed(signed("inc_1", "vpn", "809"))
        tx.add_signed(signed("inc_2", "vpn"))
        assert tx.term_counts(["vpn", "809", "none"]) == {"vpn": 2, "809": 1}
        vpn, code, none = tx.latest_with(["vpn", "809", "none"], 1)
        assert tx.signature_bodies(vpn) == ["body of inc_2"]
        assert tx.signature_bodies(code) == ["body of inc_1"]
        assert list(none) == []


def test_what_happened_earlier_comes_earlier_whenever_it_was_taken_in(store: SqlStore) -> None:
    """The past is brought in after the present, and pushes nothing out of a list that holds 512."""
    with store.write() as tx:
        tx.add_signed(signed("now", "vpn"))
        tx.add_past([signed(f"past_{n}", "vpn", days=-n) for n in range(1, 600)])
        [latest] = tx.latest_with(["vpn"], 512)
        assert tx.term_counts(["vpn"]) == {"vpn": 600}
        assert len(latest) == 512
        assert tx.signature_bodies(latest[-1:]) == ["body of now"]
        assert tx.signature_bodies(latest[-2:-1]) == ["body of past_1"]
        assert tx.signature_bodies(latest[:1]) == ["body of past_511"]


def test_a_case_is_found_by_what_is_known_of_it_later(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_signed(signed("inc_1", "vpn"))
        tx.add_signed(signed("inc_1", "vpn", "firewall"))
        assert tx.term_counts(["vpn", "firewall"]) == {"vpn": 1, "firewall": 1}


def test_the_past_is_signed_anew_many_at_once(store: SqlStore) -> None:
    """Found by what is left of it alone, in its place and chain; one that was never signed is signed."""
    with store.write() as tx:
        tx.add_past([signed(f"past_{n}", "vera", "vpn", days=-n) for n in range(3)])
        tx.move_members("past_2", into="past_1")
        anew = [replace(signed(f"past_{n}", "vpn", days=-n), body="less") for n in (1, 2, 3)]
        tx.sign_anew(anew)
        assert tx.term_counts(["vera", "vpn"]) == {"vera": 1, "vpn": 4}
        [vera, vpn] = tx.latest_with(["vera", "vpn"], 9)
        assert tx.signature_bodies(vera) == ["body of past_0"]
        assert sorted(tx.signature_bodies(vpn)) == ["body of past_0", "less", "less", "less"]
        assert tx.count_signed() == 4
        assert tx.chain_of(["past_2", "past_3"]) == {"past_2": "past_1", "past_3": "past_3"}
        tx.sign_anew([signed("past_0", "vpn")])
        assert tx.term_counts(["vera", "vpn"]) == {"vpn": 4}


def test_two_who_sign_at_once_both_count(store: SqlStore) -> None:
    """Lists that both read and write are nobody's to lose."""

    def sign(n: int) -> None:
        with store.write() as tx:
            tx.add_signed(signed(f"inc_{n}", "vpn"))

    assert together(4, sign) == [None] * 4
    with store.read() as tx:
        assert (tx.count_signed(), tx.term_counts(["vpn"])) == (4, {"vpn": 4})
        assert len(tx.latest_with(["vpn"], 512)[0]) == 4


def test_a_case_that_is_judged_again_counts_once(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_signed(signed("inc_1", "vpn"))
        tx.add_signed(signed("inc_1", "vpn", chain="inc_0"))
        assert (tx.count_signed(), tx.term_counts(["vpn"])) == (1, {"vpn": 1})
        assert tx.chain_of(["inc_1"]) == {"inc_1": "inc_0"}
        assert tx.judgement("inc_1") == JUDGED


def test_members_of_a_chain_come_in_order_of_time_and_can_be_moved(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_signed(signed("inc_2", chain="inc_1", days=1))
        tx.add_signed(signed("inc_1"))
        assert [m.incident for m in tx.members(["inc_1"])["inc_1"]] == ["inc_1", "inc_2"]
        tx.move_members("inc_1", into="inc_9")
        assert tx.members(["inc_1", "inc_9"]).keys() == {"inc_9"}


def test_links_are_kept_among_cases(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_links({("inc_2", "inc_1"): 0.5, ("inc_3", "inc_1"): 1.0})
        tx.add_links({("inc_2", "inc_1"): 0.7})
        assert tx.links_among(["inc_1", "inc_2"]) == {frozenset(("inc_1", "inc_2")): 0.7}


def test_a_chain_is_proposed_once(store: SqlStore) -> None:
    with store.write() as tx:
        assert tx.add_chain(CHAIN)
        assert not tx.add_chain(CHAIN)
        assert tx.chains() == [CHAIN]


def test_of_two_who_decide_at_once_one_wins(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_chain(CHAIN)

    def decide(n: int) -> bool:
        now = moved(CHAIN, ChainState.ACCEPTED, by=f"p{n}", at=NOW, reason="", into="")
        with store.write() as tx:
            return tx.move_chain(CHAIN, now)

    assert sorted(together(2, decide)) == [False, True]


def test_words_that_have_to_go_are_found_no_more(store: SqlStore) -> None:
    """And the ticket is due, to be signed from what is left of it."""
    with store.write() as tx:
        tx.add_signed(signed("inc_1", "vpn", "wang"))
        tx.add_signed(signed("inc_2", "vpn"))
        tx.forget_signature("inc_1", NOW)
        assert tx.term_counts(["vpn", "wang"]) == {"vpn": 1}
        assert [len(one) for one in tx.latest_with(["vpn", "wang"], 512)] == [1, 0]
        assert tx.next_due("recurrence") == NOW
