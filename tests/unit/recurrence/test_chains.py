"""Which chains does a case tie together, and which never?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.recurrence.chains import Chained, Link, joined

SURE = [Link(later="new", earlier=name, odds=odds) for name, odds in (("a", 3.0), ("b", 2.0))]
WEAK = [Link(later="new", earlier=name, odds=0.1) for name in ("a", "b")]
ALONE = Chained(
    chain_of={"a": "a", "b": "b"},
    size_of={"a": 1, "b": 1},
    links={frozenset("ab"): 0.2},
)


@pytest.mark.parametrize(
    ("links", "known", "tied"),
    [
        (SURE, ALONE, ["a", "b"]),
        (SURE, replace(ALONE, settled=frozenset("b")), ["a"]),
        (SURE, replace(ALONE, settled=frozenset("a")), ["a", "b"]),
        (SURE, replace(ALONE, apart=frozenset({frozenset("ab")})), ["a"]),
        (WEAK, replace(ALONE, size_of={"a": 2, "b": 2}), []),
    ],
)
def test_one_case_brings_no_history_into_another(
    links: list[Link], known: Chained, tied: list[str]
) -> None:
    """A chain that people know keeps its last case, and what a person parted stays apart."""
    assert joined(links, known) == tied


@pytest.mark.parametrize(
    ("known", "tied"),
    [
        (ALONE, {"a", "b"}),
        (replace(ALONE, settled=frozenset("b")), set()),
        (replace(ALONE, apart=frozenset({frozenset("ab")})), set()),
    ],
)
def test_three_that_are_a_little_alike_are_free_cases(known: Chained, tied: set[str]) -> None:
    """Each a little like the others: a chain, unless one has a history or two were parted."""
    links = [Link(later="new", earlier=name, odds=-0.6) for name in ("a", "b")]
    known = replace(known, links={frozenset("ab"): 2.0})
    assert set(joined(links, known)) == tied
