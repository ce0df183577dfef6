"""What may the rows of problems be relied on for? On both databases."""

from __future__ import annotations

from datetime import timedelta

from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.domain.problem import Problem, ProblemState, Step, Taken, proven, stepped
from pipeline.problems_ports import PROBLEMS
from pipeline.recurrence_ports import Signed

from .stores import NOW

OPENED = Problem(
    number="PRB-1",
    chain="inc_1",
    anchor="inc_3",
    title="GlobalLink 809",
    opened_at=NOW,
    taken=(Taken(step=Step.OPENED, at=NOW, by="pm"),),
)
HELPED = stepped(
    OPENED,
    Step.KNOWN_ERROR,
    {"workaround": "Use the web gateway", "state": ProblemState.KNOWN_ERROR},
    by="pm",
    at=NOW,
)


def test_a_chain_has_one_problem(store: SqlStore) -> None:
    with store.write() as tx:
        assert tx.add_problem(OPENED)
        assert not tx.add_problem(OPENED.model_copy(update={"number": "PRB-2"}))
    with store.read() as tx:
        assert tx.problems_of(["inc_1", "inc_9"]) == {"inc_1": OPENED}
        assert tx.problem("PRB-2") is None
        assert tx.problems() == [OPENED]


def test_the_first_of_two_changes_stands(store: SqlStore) -> None:
    with store.write() as tx:
        tx.add_problem(OPENED)
        assert not tx.has_workarounds()
        assert tx.move_problem(OPENED, HELPED)
        assert not tx.move_problem(OPENED, HELPED)
        assert tx.has_workarounds()


def test_a_fix_is_due_when_its_span_is_over_and_once(store: SqlStore) -> None:
    until = NOW + timedelta(days=28)
    fixed = stepped(
        HELPED,
        Step.FIXED,
        {"state": ProblemState.FIXED, "fixed_at": NOW, "quiet_until": until},
        by="pm",
        at=NOW,
    )
    with store.write() as tx:
        tx.add_problem(fixed)
        assert tx.next_due(PROBLEMS) == until
        assert tx.due_problems(NOW, 10) == []
        assert tx.due_problems(until, 10) == [fixed]
        assert tx.move_problem(fixed, proven(fixed, at=until))
        assert tx.next_due(PROBLEMS) is None
        assert not tx.has_workarounds()


def test_a_refused_pair_is_known_in_either_order_until_it_is_taken_back(store: SqlStore) -> None:
    pair = frozenset(("inc_2", "inc_1"))
    with store.write() as tx:
        tx.refuse_links([pair, frozenset(("inc_1", "inc_3"))], "inc_1")
        tx.refuse_links([pair], "inc_9")
        assert tx.refused_among(["inc_1", "inc_2"]) == {pair}
        tx.forget_refusals("inc_1")
        assert tx.refused_among(["inc_1", "inc_2"]) == set()


def test_chains_are_apart_when_a_case_of_each_was_refused_with_the_other(store: SqlStore) -> None:
    """In either order of the pair; cases that are together again are apart no more."""
    with store.write() as tx:
        for case, chain in (("inc_1", "a"), ("inc_2", "a"), ("inc_3", "b"), ("inc_4", "c")):
            kept = Signed(
                incident=case, at=NOW, body="x", terms=frozenset(), chain=chain, judgement=None
            )
            tx.add_signed(kept)
        tx.refuse_links([frozenset(("inc_3", "inc_2")), frozenset(("inc_1", "inc_2"))], "b")
        assert tx.parted_chains(["a", "b", "c"]) == {frozenset("ab")}
        assert tx.parted_chains(["b", "c"]) == set()
        tx.set_chain(["inc_3"], "a")
        assert tx.parted_chains(["a", "b", "c"]) == set()


def test_what_was_parted_outlasts_a_refusal_that_is_taken_back(store: SqlStore) -> None:
    """Whichever of the two was said first."""
    before, after = frozenset(("inc_1", "inc_2")), frozenset(("inc_3", "inc_4"))
    with store.write() as tx:
        tx.refuse_links([before], "inc_1")
        tx.part_links([before, after], "cut_1")
        tx.refuse_links([after], "inc_1")
        tx.forget_refusals("inc_1")
        assert tx.refused_among(["inc_1", "inc_2", "inc_3", "inc_4"]) == {before, after}
