"""What was found when cases were closed ties them, however differently they were told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.recurrence.case import Case
from pipeline.recurrence.kept import read, written
from pipeline.recurrence.watching import Proposed, Watch

from .cases import case, signer

TOLD = (
    "Displays at the stops are dark",
    "Passengers see no departures",
    "Boards without any times",
)


def closed(causes: tuple[str, ...], titles: tuple[str, ...] = TOLD) -> list[Proposed]:
    """Each case a week after the one before it, closed an hour after it came."""
    watch, found = Watch(signer()), []
    for number, (title, cause) in enumerate(zip(titles, causes, strict=True)):
        one: Case = case(str(number), title, days=7 * number, service="passenger information")
        _, opened = watch.opened(one)
        _, ended = watch.closed(one.id, one.at + timedelta(hours=1), cause)
        found += [proposal for proposal in (opened, ended) if proposal]
    return found


def test_one_cause_makes_one_chain() -> None:
    """Three cases in other words, closed with the same cause, are proposed once."""
    cause = "The feed's clock jumped when the timetable changed."
    (found,) = closed((cause, cause, f"Again: {cause}"))
    assert found.members == ("0", "1", "2")


def test_a_note_that_stands_under_everything_ties_nothing() -> None:
    """Unlike failures that were closed with the same empty words are no chain."""
    titles = ("Toner of MFP-1 is empty", "Cannot hear callers", "Holiday of next year is missing")
    assert closed(("done", "done", "done"), titles) == []


@pytest.mark.parametrize("cause", ["", "   ", "\n"])
def test_a_case_that_nobody_opened_is_passed_over(cause: str) -> None:
    """As is a note without a word."""
    watch = Watch(signer())
    one = case("1", "Anything")
    assert watch.closed("2", one.at, "the disk was full") == (None, None)
    watch.opened(one)
    assert watch.closed("1", one.at, cause) == (None, None)


def test_a_signature_of_before_is_read() -> None:
    """Signatures that were kept before causes and troubles were told have none of them."""
    whole = signer().sign(case("1", "Nothing arrives", "no tunnel"))
    fields = written(whole).split("\x1e")
    old = [one for one in fields if one.split("\x1f")[0] not in ("troubles", "cause")]
    assert len(old) < len(fields)
    again = read("\x1e".join(old))
    assert (again.troubles, again.cause) == (frozenset(), frozenset())
    assert read(written(whole)) == whole
