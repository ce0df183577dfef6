"""Whoever is slow is waited for as long as was said, and few wait behind who hangs."""

from __future__ import annotations

from threading import Event

import pytest
from structlog.testing import capture_logs

from knowledge.patience import Late, Patience


def test_an_answer_in_time_is_given_and_so_is_a_failure() -> None:
    patience = Patience(within=5)
    assert patience.ask(lambda: 3).result() == 3
    with pytest.raises(ZeroDivisionError):
        patience.ask(lambda: 1 // 0).result()


def test_what_hangs_is_late_and_holds_no_more_than_its_places() -> None:
    """A place is free again once the far side has answered."""
    let_go, patience = Event(), Patience(within=0.01, open_=2)
    hanging = [patience.ask(lambda: let_go.wait(30)) for _ in range(2)]
    for one in hanging:
        with pytest.raises(Late):
            one.result()
    with pytest.raises(Late):
        patience.ask(lambda: True)
    let_go.set()
    for one in hanging:
        one.box.get(timeout=5)
    for _ in range(1_000):
        try:
            assert patience.ask(lambda: 4).result() == 4
            return
        except Late:
            Event().wait(0.001)
    pytest.fail("no place became free")


def test_a_failure_that_nobody_waits_for_is_in_the_log() -> None:
    """Else a far side that fails late would fail unseen."""
    let_go, patience = Event(), Patience(within=0.01)

    def fails() -> None:
        let_go.wait(30)
        raise ConnectionError("it hung up")

    with capture_logs() as logged:
        hanging = patience.ask(fails)
        with pytest.raises(Late):
            hanging.result()
        let_go.set()
        hanging.box.get(timeout=5)
    assert ["it hung up" in one["why"] for one in logged] == [True]
