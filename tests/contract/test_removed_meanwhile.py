"""Words are taken away while somebody works with what he read before: he brings none of them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from pydantic import BaseModel

from pipeline.adapters.models.planned import PlannedModel
from pipeline.domain.directory import Directory
from pipeline.domain.errors import StaleVersion
from pipeline.domain.payload import ERASED
from pipeline.domain.prose import Step
from pipeline.domain.summary import Summary, SummaryState
from pipeline.model_ports import Answered, Turn
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.writers import During, Plain, writing

from . import test_erasure
from .test_erasure import CANARY, VERA, cells, summed_up, told, written

desk = test_erasure.desk

Act = Callable[[Desk, Summary], Summary]


def release(desk: Desk, was: Summary) -> Summary:
    return desk.app.summarising.acts.release(was, by="chen")


def discard(desk: Desk, was: Summary) -> Summary:
    return desk.app.summarising.acts.discard(was, by="chen")


def send(desk: Desk, was: Summary) -> Summary:
    version = desk.incident.version
    return desk.app.summarising.acts.send(desk.incident, was, by="chen", version=version)


def taken_away(desk: Desk) -> None:
    """Every log of the ticket."""
    conversations = desk.app.summarising.conversations
    for kept in conversations.of(desk.incident.id):
        conversations.remove(desk.incident, kept.id, by="wang")


@pytest.mark.parametrize("act", [release, discard, send])
def test_an_act_on_what_was_seen_before_a_removal_is_refused(desk: Desk, act: Act) -> None:
    """And says nothing on the ticket."""
    desk.report()
    told(desk, f"the {CANARY} did it")
    seen = summed_up(desk)
    seen = release(desk, seen) if act is send else seen
    taken_away(desk)
    with pytest.raises(StaleVersion):
        act(desk, seen)
    assert cells(desk, CANARY) == []
    assert "noted" not in [e.name for e in desk.app.queries.stream(desk.incident.id)]


@pytest.mark.parametrize("act", [release, discard, send])
def test_an_act_on_what_was_seen_before_an_erasure_is_refused(desk: Desk, act: Act) -> None:
    """Also where the ticket is somebody else's, and where her name stands in a person's words alone."""
    desk.report(description="nothing works")
    made = written(desk)
    edited = desk.app.summarising.summaries.check(
        desk.incident, made, "Vera Holst knows more.", by="chen", zone="UTC"
    )
    seen = desk.app.summarising.summaries.edit(made, edited)
    seen = release(desk, seen) if act is send else seen
    desk.app.erasure.person(VERA, by="wang")
    with pytest.raises(StaleVersion):
        act(desk, seen)
    assert cells(desk, "Vera", "zebra") == []


def test_an_edit_of_a_text_without_such_words_brings_none_in(desk: Desk) -> None:
    """What was checked before the removal quotes lines of which the draft knows nothing."""
    desk.report()
    made = written(desk)
    told(desk, f"the {CANARY} did it")
    edited = desk.app.summarising.summaries.check(
        desk.incident, made, f"The {CANARY} did it.", by="chen", zone="UTC"
    )
    taken_away(desk)
    with pytest.raises(StaleVersion):
        desk.app.summarising.summaries.edit(made, edited)
    assert cells(desk, CANARY) == []


def test_an_erased_person_is_gone_from_summaries_of_what_named_her(desk: Desk) -> None:
    """What rests on an event that lost its words, in somebody else's ticket; the rest stays."""
    desk.report(title=f"Vera Holst lost her {CANARY}")
    told(desk, "the disk is full")
    made = written(desk)
    assert CANARY in made.draft.text
    desk.app.erasure.person(VERA, by="chen")
    assert cells(desk, CANARY, "Vera") == []
    now = desk.app.summarising.summaries.one(desk.incident.id, made.id)
    assert ERASED in now.draft.text
    assert "disk is full" in now.draft.text


def test_what_was_released_in_other_words_is_a_draft_again(desk: Desk) -> None:
    desk.report()
    told(desk, f"the {CANARY} did it")
    release(desk, written(desk))
    taken_away(desk)
    [now] = desk.app.summarising.summaries.of(desk.incident.id)
    assert (now.state, now.moved) == (SummaryState.DRAFT, None)
    assert ERASED in now.current.text


@pytest.mark.parametrize(
    ("line", "own"),
    [
        (f"the {CANARY} server is full", f"Chen Li says that The {CANARY} server is full."),
        (
            f"昨天下午三点{CANARY}的磁盘阵列坏掉了",
            "据说磁盘阵列坏掉了。再看。昨天下午三点Zebrafinch的磁盘坏了。",
        ),
    ],
)
def test_what_a_person_repeats_of_a_line_goes_with_it(desk: Desk, line: str, own: str) -> None:
    """Four words or eight characters in a row; her other sentences stay, and what the record says too."""
    desk.report(description="the printer on floor three is broken")
    told(desk, f"{line}, and the printer on floor three is broken")
    made = written(desk)
    text = f"{own}\nThe printer on floor three is broken.\nWe go on."
    summaries = desk.app.summarising.summaries
    edited = summaries.check(desk.incident, made, text, by="chen", zone="UTC")
    summaries.edit(made, edited)
    taken_away(desk)
    [now] = summaries.of(desk.incident.id)
    assert cells(desk, CANARY, CANARY.capitalize()) == []
    assert "We go on." in now.current.text


@pytest.fixture
def meddled(url: str, tmp_path: Path) -> Iterator[tuple[Desk, list[Callable[[Desk], None]]]]:
    """A desk, and what happens once while its next summary is written."""
    acts: list[Callable[[Desk], None]] = []
    desks: list[Desk] = []

    def act() -> None:
        while acts:
            acts.pop()(desks[0])

    parts = writing(During(act, Plain(lines=9)))
    with opened(tmp_path, writing=parts, database_url=url) as found:
        found.app.acts.load_directory(Directory(people=(VERA,)))
        desks.append(found)
        yield found, acts


def vera_erased(desk: Desk) -> None:
    desk.app.erasure.person(VERA, by="wang")


@pytest.mark.parametrize("act", [taken_away, vera_erased])
def test_a_summary_that_is_overtaken_is_not_kept(
    meddled: tuple[Desk, list[Callable[[Desk], None]]], act: Callable[[Desk], None]
) -> None:
    """Whoever wanted it asks again, and is told what is left."""
    desk, acts = meddled
    desk.report(
        requester={"id": "vera", "name": "Vera Holst", "email": "v.holst@example.org"},
        description=f"my {CANARY} is lost" if act is vera_erased else "nothing works",
    )
    told(desk, f"the {CANARY} of Vera Holst did it")
    acts.append(act)
    with pytest.raises(StaleVersion, match="removed"):
        written(desk)
    assert cells(desk, CANARY) == []
    assert desk.app.summarising.summaries.of(desk.incident.id) == []
    assert CANARY not in written(desk).draft.text


class Meddled(PlannedModel):
    """While it answers for the first time, something happens."""

    act: Callable[[], None] | None = None

    def say(self, turns: Sequence[Turn], form: type[BaseModel], *, within: float) -> Answered:
        if (act := self.act) is not None:
            self.act = None
            act()
        return super().say(turns, form, within=within)


def test_a_call_that_is_overtaken_is_kept_without_words(url: str, tmp_path: Path) -> None:
    """Neither what the model was asked nor what it said."""
    model = Meddled(f'{{"text": "{CANARY}"}}')
    with opened(tmp_path, chats={Step.MODEL: model}, database_url=url) as desk:
        desk.report()
        told(desk, f"the {CANARY} did it")
        model.act = lambda: taken_away(desk)
        with pytest.raises(StaleVersion):
            written(desk)
        assert any(CANARY in turn.text for turn in model.asked[0])
        assert cells(desk, CANARY) == []
        assert len(desk.app.models.calls.calls().calls) >= 1
