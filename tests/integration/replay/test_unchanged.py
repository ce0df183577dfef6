"""Our own past through unchanged rules and texts: no difference, whatever people decided on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from api.replay.decided_then import decisions_on
from api.replay.difference import Difference, difference
from api.replay.own_run import Script, play
from api.replay.past import past_of
from api.replay.sent import ledger, sent_about
from api.replay.texts import texts_in_force
from pipeline.bootstrap import Heliograph
from pipeline.domain.incident import Incident
from pipeline.domain.message import MessageState
from pipeline.policy.loading import SHIPPED, read_rules
from pipeline.ports import Search

from . import own_stories
from .own_stories import STORIES, told

Happened = Callable[[str], Heliograph]


def again(app: Heliograph, incidents: Sequence[Incident]) -> tuple[Difference, list[str]]:
    """With the rules and texts that count today; and the events that could not be played."""
    real = [row for incident in incidents for row in sent_about(app, incident)]
    rules = read_rules(app.settings.rules_dir or SHIPPED)
    script = Script(rules=rules, templates=texts_in_force(app))
    played = play(past_of(app, incidents), app.settings, script, until=app.clock.now())
    found = difference(real, played.rows, of_record=True)
    assert found.same + len({(c.before, c.after) for c in found.changes}) >= len(real)
    return found, [why for _, why in played.refused]


@pytest.fixture(scope="module")
def happened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Happened]:
    """A story by its name. Each is told once, and only read: telling it takes as long as playing it again."""
    with ExitStack() as open_ones:

        @cache
        def tell(name: str) -> Heliograph:
            return open_ones.enter_context(told(STORIES[name], tmp_path_factory.mktemp("story")))

        yield tell


@pytest.mark.parametrize("story", STORIES)
def test_unchanged_rules_and_texts_differ_in_nothing(happened: Happened, story: str) -> None:
    """All tickets together, and the newest without those that do not belong to it: nothing is more, gone, at another
    time, waits, or reads otherwise."""
    app = happened(story)
    every = list(app.queries.incidents(Search()).incidents)
    asked = [every]
    if len(past_of(app, every[:1]).tickets) < len(every):
        asked.append(every[:1])
    for incidents in asked:
        found, refused = again(app, incidents)
        assert (found.changes, refused) == ((), [])


@pytest.mark.parametrize(
    ("story", "swap", "minutes"),
    [
        ("held for unless_vetoed and left alone", ("within: 10m", "within: 5m"), 5),
        ("held for two_persons and released", ("two_persons", "one_person"), 1),
        ("held for two_persons and released", ("- affected", "- leaders"), 5),
    ],
)
def test_a_text_that_waited_is_compared_by_when_it_was_let_go(
    happened: Happened, story: str, swap: tuple[str, str], minutes: int
) -> None:
    """Both left later than they were written; by the other rules they leave as much earlier as nobody waits."""
    app = happened(story)
    [incident] = app.queries.incidents(Search()).incidents
    assert app.settings.rules_dir is not None
    files = read_rules(app.settings.rules_dir)
    assert swap[0] in files["a_release.yaml"]
    files["a_release.yaml"] = files["a_release.yaml"].replace(*swap)
    past, script = past_of(app, [incident]), Script(rules=files)
    played = play(past, app.settings, script, until=app.clock.now())
    found = difference(sent_about(app, incident), played.rows, of_record=True)
    earlier = [
        (c.row.recipient, c.before.at - c.after.at)
        for c in found.changes
        if c.how == "earlier" and c.row.kind == "first_contact" and c.before and c.after
    ]
    sooner = timedelta(minutes=minutes)
    assert sorted(earlier) == [("person:reader", sooner), ("person:user", sooner)]


def test_a_text_was_put_aside_when_its_last_message_was(happened: Happened) -> None:
    """Whoever had muted it had none from the beginning; the others had theirs until somebody stopped it."""
    app = happened("held for unless_vetoed and put aside")
    [incident] = app.queries.incidents(Search()).incidents
    real = ledger(app, incident)
    put_aside = next(m for m in real if m.state is MessageState.CANCELLED)
    muted = put_aside.model_copy(update={"due_at": put_aside.created_at})
    [decision] = decisions_on(app, incident, [muted, *real])
    assert decision.deed == "discard"
    assert decision.at == put_aside.due_at > put_aside.created_at


def test_what_rests_on_other_tickets_is_said_to_be_unclear(tmp_path: Path) -> None:
    """A third case played alone is no third case; with the others nothing differs."""
    with told(own_stories.recurring, tmp_path) as app:
        every = list(app.queries.incidents(Search()).incidents)
        [third] = [one for one in every if one.number == "T-3"]
        found, _ = again(app, [third])
        assert [(c.how, c.why) for c in found.changes] == [("unclear", "other_tickets")] * 3
        assert again(app, every)[0].changes == ()


def test_a_reminder_of_an_action_is_unclear_and_subscribers_are_left_out(tmp_path: Path) -> None:
    """Reports are not played; what is told days after the last event is not gone for that."""
    with told(own_stories.reviewed, tmp_path) as app:
        found, refused = again(app, list(app.queries.incidents(Search()).incidents))
        assert refused == []
        [unclear] = found.changes
        assert (unclear.how, unclear.why, unclear.row.kind) == (
            "unclear",
            "review",
            "action_overdue",
        )
