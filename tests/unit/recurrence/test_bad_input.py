"""Whatever is reported, however often: a ticket costs a bounded amount, and is kept as it was signed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.recurrence.case import Case
from pipeline.recurrence.judging import Verdict, judge
from pipeline.recurrence.kept import read, written
from pipeline.recurrence.past import CANDIDATES, MemoryPast

from .cases import START, signed, signer

ALL_AT_ONCE = 1500


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=20))
def test_a_signature_is_read_as_it_was_written(title: str, text: str, service: str) -> None:
    signature = signer().sign(Case(id="a", at=START, title=title, text=text, service=service))
    assert read(written(signature)) == signature


def test_a_storm_of_one_ticket_costs_each_no_more_than_the_first_hundred() -> None:
    past, one = MemoryPast(), signed("GlobalLink shows error 809")
    for _ in range(ALL_AT_ONCE):
        past.add(one)
    judged = judge(past, signed("GlobalLink shows error 809", days=0.01))
    assert len(judged.similar) == CANDIDATES
    assert judged.verdict is Verdict.SAME_OUTAGE


@pytest.mark.parametrize("title", ["VPN", "坏", "?", "12345", ""])
def test_a_ticket_of_one_word_is_judged(title: str) -> None:
    past = MemoryPast()
    past.add(signed(title))
    assert judge(past, signed(title, days=1)).verdict in set(Verdict)


def test_a_dump_of_100_kb_is_kept_in_a_few() -> None:
    dump = "\n".join(f"at com.example.Part{n}.run(Part{n}.java:{n})" for n in range(2500))
    assert len(dump) > 90_000
    assert len(written(signed("Portal fails", dump))) < 20_000


def test_what_varies_in_a_number_alone_is_one_template() -> None:
    past = MemoryPast()
    for n in range(200):
        past.add(signed(f"Queue holds {n * 7 + 3} items", days=n / 24))
    judged = judge(past, signed("Queue holds 99999 items", days=30))
    assert len(judged.similar) == CANDIDATES
    assert len({one.earlier.template for one in judged.similar}) == 1
