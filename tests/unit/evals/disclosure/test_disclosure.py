"""Can the measurement of disclosure fail, and does it hold now? Small runs, with and without a planted fault."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from evals.disclosure.canaries import NOBODY, STAFF, TICKET, Canaries
from evals.disclosure.looking import Cuts, Seen, look_at_messages
from evals.disclosure.run import Figures, measured, played, run
from pipeline.domain.facts import Audience, Level
from pipeline.domain.incident import Incident
from pipeline.drafting.prose.assignment import Assignment
from pipeline.drafting.prose.cutting import assigned
from pipeline.policy.audiences import audience_of

FEW, SEED = 4, 5


@pytest.fixture(scope="module")
def right() -> Figures:
    return measured(FEW, SEED)


def _leaks(cuts: Cuts) -> dict[str, int]:
    found: dict[str, int] = measured(FEW, SEED, cuts, flow=False).as_metrics()["leaks"]
    return found


def test_nothing_leaks_and_much_was_looked_at(right: Figures) -> None:
    """In any brief, in what any model is given, and in any message."""
    metrics = right.as_metrics()
    assert metrics["leaks"] == {"brief": 0, "prompt": 0, "message": 0}
    assert metrics["events_refused"] == 0
    assert all(n > 20 for n in metrics["texts"].values())
    assert all(n > 20 for n in metrics["rightly_known"].values())


def test_an_audience_with_too_high_a_clearance_is_found() -> None:
    """Those affected, cleared for what is internal."""

    def wrong(role: str, incident: Incident) -> Audience:
        found = audience_of(role, incident)
        wider = {"clearance": Level.INTERNAL} if role == "affected" else {}
        return found.model_copy(update=wider)

    leaks = _leaks(Cuts(audience=wrong))
    assert leaks["brief"] > 0
    assert leaks["prompt"] > 0


def test_an_audience_in_too_many_circles_is_found() -> None:
    """Those affected, told what stands on one requester's ticket."""

    def wrong(role: str, incident: Incident) -> Audience:
        return audience_of("owner" if role == "leaders" else role, incident)

    assert _leaks(Cuts(audience=wrong))["brief"] > 0


def test_lines_that_are_not_cut_are_found() -> None:
    """By those who would read a summary of them; the briefs are as they should be."""

    def uncut(brief: object, lines: object, *more: object, **named: object) -> Assignment:
        made = assigned(brief, lines, *more, **named)  # type: ignore[arg-type]
        return replace(made, lines=tuple(lines))  # type: ignore[arg-type]

    leaks = _leaks(Cuts(door=uncut))
    assert leaks["prompt"] > 0
    assert leaks["brief"] == 0


def test_candidates_that_are_not_cut_are_found() -> None:
    """Their own level is not enough: it may be wider than that of the line they come from."""

    def uncut(brief: object, lines: object, found: object, **named: object) -> Assignment:
        made = assigned(brief, lines, found, **named)  # type: ignore[arg-type]
        return replace(made, candidates=tuple(found))  # type: ignore[arg-type]

    assert _leaks(Cuts(door=uncut))["prompt"] > 0


def test_a_message_that_tells_too_much_is_found() -> None:
    """Were nobody allowed to know what requesters are told, each message that tells it would be one."""
    canaries = Canaries(dice=random.Random(SEED))
    seen = Seen(canaries=canaries)
    with played(["INC-1", "INC-2"], canaries) as (app, _):
        for word, canary in canaries.by_word.items():
            if canary.known == TICKET:
                canaries.by_word[word] = replace(canary, known=NOBODY)
        for number in ("INC-1", "INC-2"):
            incident = app.queries.incident(number)
            assert incident is not None
            look_at_messages(seen, app, incident)
    assert {leak.where for leak in seen.leaks} == {"message"}
    assert {leak.audience for leak in seen.leaks} <= {"requester", "technician", "group", "owner"}


def test_a_canary_of_another_ticket_is_a_leak_to_everybody() -> None:
    """Whatever their clearance."""
    canaries = Canaries(dice=random.Random(1))
    word = canaries.put("INC-1", "noted.text", STAFF)
    assert [c.word for c in canaries.escaped(f"say {word.upper()}!", "INC-2", "technician")] == [
        word
    ]
    assert list(canaries.escaped(word, "INC-1", "technician")) == []
    assert len(list(canaries.escaped(word, "INC-1", "requester"))) == 1


def test_the_same_seed_makes_the_same_tickets() -> None:
    """So that a leak can be looked at again."""
    one, other = (measured(2, 9, flow=False).seen for _ in range(2))
    assert one.canaries.by_word == other.canaries.by_word
    assert one.looked == other.looked


def test_figures_are_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """With the keys that others read."""
    run(1, 1, as_json=True)
    metrics = json.loads(capsys.readouterr().out)["metrics"]
    assert metrics["trials"] == 1
    assert set(metrics["leaks"]) == {"brief", "prompt", "message"}
    with pytest.raises(ValueError, match="--trials"):
        run(0, 1, as_json=True)
