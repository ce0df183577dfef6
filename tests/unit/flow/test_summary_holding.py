"""What leaves is held to the record as it is then, and not only to that of its writing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Language
from pipeline.domain.errors import Hindrance, StaleVersion, WrongState
from pipeline.domain.findings import FindingLevel
from pipeline.domain.prose import Prose
from pipeline.domain.summary import Summary, SummaryState
from pipeline.drafting.prose.assignment import Assignment
from pipeline.flow.writing.remarks import Remark
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.test_summaries import edited, make
from tests.unit.flow.test_summary_companions import readers
from tests.unit.flow.writers import Plain, writing

FIXED = {"en": "It is fixed.", "zh": "问题已解决。"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A ticket that was solved."""
    with opened(tmp_path) as found:
        found.app.acts.load_directory(readers())
        found.report(service="mail")
        found.send("assigned", assignee={"id": "chen"})
        found.send("resolved", fix_summary="the add-in was repaired")
        found.settle()
        yield found


def reopen(desk: Desk) -> None:
    desk.send("reopened", reason="it crashes again")
    desk.settle()


def kept(desk: Desk, summary: Summary) -> Summary:
    return desk.app.summarising.summaries.one(desk.incident.id, summary.id)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("role", ["requester", "technician"])
def test_as_long_as_nothing_happens_nothing_new_is_found(
    desk: Desk, role: str, language: Language
) -> None:
    """A draft is no worse for being read twice."""
    acts = desk.app.summarising.acts
    released = acts.release(make(desk, role, language=language), by="chen")
    assert acts.send(desk.incident, released, by="chen").state is SummaryState.SENT


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_has_become_false_is_not_released_without_a_reason(
    desk: Desk, language: Language, own: bool
) -> None:
    """A draft and a person's words alike; what was found is kept with the row, and named in the refusal."""
    made = make(desk, "requester", language=language)
    made = edited(desk, made, FIXED[language]) if own else made
    assert made.verdict.level in (None, FindingLevel.WARN)
    reopen(desk)
    acts = desk.app.summarising.acts
    with pytest.raises(WrongState) as refused:
        acts.release(made, by="chen")
    assert refused.value.hindrance is Hindrance.REASON_NEEDED
    assert refused.value.findings
    row = kept(desk, made)
    assert row.held is not None
    assert (row.state, row.held.version) == (SummaryState.DRAFT, desk.incident.version)
    assert set(refused.value.findings) <= set(row.held.findings)
    assert {f.language for f in row.held.findings} == {language}
    released = acts.release(row, by="chen", why="she knows of it")
    assert released.state is SummaryState.RELEASED


def test_what_has_become_false_since_its_release_is_not_sent(desk: Desk) -> None:
    """Whatever version the sender names: it is a draft again, and leaves when somebody gives a reason."""
    acts = desk.app.summarising.acts
    released = acts.release(make(desk, "requester"), by="chen")
    reopen(desk)
    with pytest.raises(WrongState) as refused:
        acts.send(desk.incident, released, by="chen", version=desk.incident.version)
    assert refused.value.hindrance is Hindrance.FOUND_SINCE
    assert refused.value.findings
    row = kept(desk, released)
    assert (row.state, row.moved, row.revision) == (SummaryState.DRAFT, None, 2)
    with pytest.raises(WrongState):
        acts.release(row, by="chen")
    again = acts.release(kept(desk, row), by="chen", why="she knows of it")
    done = acts.send(desk.incident, again, by="chen", version=desk.incident.version)
    assert done.state is SummaryState.SENT


def test_a_release_is_of_the_record_that_it_was_held_to(tmp_path: Path) -> None:
    """Nothing is locked while the checks read; what is recorded meanwhile is looked at first."""
    during: list[Desk] = []

    def happens(_: Assignment, __: Prose) -> Iterator[Remark]:
        if during:
            during.pop().send("noted", text="the database is broken")
        yield from ()

    parts = writing(Plain(), checks=[happens])
    with opened(tmp_path, writing=parts) as desk:
        desk.report()
        made = make(desk, "requester")
        during.append(desk)
        with pytest.raises(StaleVersion):
            desk.app.summarising.acts.release(made, by="chen")
        assert kept(desk, made) == made
