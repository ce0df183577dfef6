"""Our own past runs again: the same rules and texts change nothing, and others change what they say they change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.replay.difference import Difference, difference
from api.replay.dry_runs import DryRuns
from api.replay.own_run import Script, play
from api.replay.past import Past, past_of
from api.replay.sent import Sent, sent_about
from api.replay.texts import texts_in_force
from pipeline.adapters.jobs.in_turn import InTurn
from pipeline.domain.directory import Language
from pipeline.domain.errors import Misconfigured
from pipeline.domain.major_events import Declared
from pipeline.policy.loading import SHIPPED, read_rules
from tests.acceptance.outage import directory
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.test_text_versions import SHIPPED as SHIPPED_TEXTS
from tests.unit.flow.test_text_versions import put

ACK = "acknowledgement/requester"
GREETED: dict[Language, str] = {
    "zh": SHIPPED_TEXTS["zh"],
    "en": SHIPPED_TEXTS["en"].replace("Dear ", "Good day "),
}
"""One set for all tests that play it: proving one takes seconds, and what is proven is known."""
NUMBERS = ("T-1", "T-2", "T-3")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Three tickets from their report to their end, of which one gave a person something to decide."""
    with opened(tmp_path_factory.mktemp("desk")) as found:
        for number in NUMBERS:
            found.report(number, title="Mail client crashes")
            found.wait(4)
            found.send("assigned", number, assignee={"id": "chen"})
            found.wait(4)
            found.send("resolved", number, fix_summary="Rebuilt the profile")
            found.wait(9)
        yield found


@pytest.fixture(scope="module")
def past(desk: Desk) -> Past:
    found = [desk.app.queries.incident(number) for number in NUMBERS]
    return past_of(desk.app, [incident for incident in found if incident])


@pytest.fixture(scope="module")
def real(desk: Desk) -> list[Sent]:
    found = [desk.app.queries.incident(number) for number in NUMBERS]
    return [row for incident in found if incident for row in sent_about(desk.app, incident)]


def changed(*swaps: tuple[str, str]) -> dict[str, str]:
    files = read_rules(SHIPPED)
    for old, new in swaps:
        assert old in files["ticket_life.yaml"]
        files["ticket_life.yaml"] = files["ticket_life.yaml"].replace(old, new)
    return files


def again(desk: Desk, past: Past, real: list[Sent], files: Mapping[str, str]) -> Difference:
    played = play(past, desk.app.settings, Script(rules=files), until=desk.clock.now())
    assert played.refused == []
    return difference(real, played.rows)


def test_the_same_rules_and_texts_tell_the_same_at_the_same_time(
    desk: Desk, past: Past, real: list[Sent]
) -> None:
    """To the word; only links are signed anew."""
    found = again(desk, past, real, read_rules(SHIPPED))
    assert len(real) == 12
    assert (found.changes, found.same) == ((), 12)


AFTER = "tell: requester\n    kind: assignment\n    after: 2m"
RESOLUTION = "  - id: confirm-resolution\n    events: [resolved]"


@pytest.mark.parametrize(
    ("swap", "how"),
    [
        ((AFTER, AFTER.replace("2m", "3m")), "later"),
        ((AFTER, AFTER.replace("2m", "0s")), "earlier"),
        ((RESOLUTION, RESOLUTION.replace("resolved", "reopened")), "gone"),
        ((AFTER, f"{AFTER}\n    release: one_person"), "held"),
    ],
)
def test_other_rules_change_what_they_say(
    desk: Desk, past: Past, real: list[Sent], swap: tuple[str, str], how: str
) -> None:
    found = again(desk, past, real, changed(swap))
    assert (dict(found.counts), found.same) == ({how: 3}, 9)


def test_other_texts_are_shown_line_by_line(desk: Desk, past: Past, real: list[Sent]) -> None:
    script = Script(
        rules=read_rules(SHIPPED),
        templates={f"messages/{ACK}.en.jinja": GREETED["en"]},
    )
    found = difference(real, play(past, desk.app.settings, script, until=desk.clock.now()).rows)
    assert dict(found.counts) == {"reworded": 3}
    words = found.changes[0].words
    assert any(line.startswith("-Dear") for line in words)
    assert any(line.startswith("+Good day") for line in words)


def test_texts_that_were_written_in_the_console_tell_it_again(tmp_path: Path) -> None:
    """Those that tell it today, to the word."""
    with opened(tmp_path) as desk:
        put(desk, GREETED)
        desk.report()
        desk.wait(4)
        [told] = real = sent_about(desk.app, desk.incident)
        assert told.text.startswith("Good day ")
        script = Script(rules=read_rules(SHIPPED), templates=texts_in_force(desk.app))
        again = play(
            past_of(desk.app, [desk.incident]), desk.app.settings, script, until=desk.clock.now()
        )
        found = difference(real, again.rows)
        assert (found.changes, found.same) == ((), 1)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("messages/update/afected.en.jinja", "x", "there is no shipped text of this name"),
        ("messages/update/affected.en.jinja", "x" * 70_000, "is greater than 65536 bytes"),
        ("messages/update/affected+mial.en.jinja", "x", "mial is none of type-"),
        ("prose/words.yaml", "version: 2", "must be 1"),
    ],
)
def test_a_text_that_cannot_be_played_is_told_by_the_name_that_was_given(
    desk: Desk, past: Past, name: str, text: str, said: str
) -> None:
    """Not by that of the folder in which it was tried, which is gone."""
    script = Script(rules=read_rules(SHIPPED), templates={name: text})
    with pytest.raises(Misconfigured) as refused:
        play(past, desk.app.settings, script, until=desk.clock.now())
    assert any(where.startswith(name) and said in why for where, why in refused.value.problems)
    assert "/" not in str(refused.value).replace(name, "")


def test_a_text_for_some_tickets_alone_is_played(desk: Desk, past: Past, real: list[Sent]) -> None:
    shipped = Path("prompts/messages/acknowledgement")
    texts = {
        f"messages/acknowledgement/requester+P3.{language}.jinja": (
            shipped / f"requester.{language}.jinja"
        ).read_text(encoding="utf-8")
        for language in ("zh", "en")
    }
    script = Script(rules=read_rules(SHIPPED), templates=texts)
    played = play(past, desk.app.settings, script, until=desk.clock.now())
    assert difference(real, played.rows).changes == ()


def test_a_trial_against_the_past_leaves_rows_and_its_answer(desk: Desk) -> None:
    """Asked over the API, played beside it, and no message of it reaches anybody."""
    sent = len(desk.mail.sent)
    app = create_app(desk.app)
    app.state.dry_runs = runs = DryRuns(desk.app, InTurn)
    kept = desk.app.rule_keeping.versions.save(
        changed((AFTER, AFTER.replace("2m", "3m"))), by="admin", note="One minute more"
    )
    run = runs.ask(kept.version, by="admin", most=10, days=1)
    runs._thread.shutdown(wait=True)
    done = runs.run(run.id)
    assert (done.state, done.done, done.total) == ("done", 3, 3)
    result: Mapping[str, Any] = done.result or {}
    assert result["counts"]["later"] == 3
    assert result["by_kind"] == [
        {"kind": "assignment", "audience": "requester", "how": "later", "messages": 3}
    ]
    assert len(desk.mail.sent) == sent
    assert TestClient(app).get(f"/api/v1/rules/dry-runs/{run.id}").status_code == 401


@pytest.fixture(scope="module")
def surged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Five people report one service; it is declared, and the others belong to it."""
    with opened(tmp_path_factory.mktemp("surged")) as found:
        found.app.acts.load_directory(directory())
        for n in range(1, 6):
            usual: dict[str, Any] = {"title": "Cannot sign in", "service": "crm"}
            found.report(f"T-{n}", requester={"id": f"u{n}"}, **usual)
            found.wait(1)
        first = found.incident
        declared = Declared(severity="P1", service="crm")
        found.app.acts.record(first.id, declared, version=first.version)
        found.settle()
        yield found


def asked_again(desk: Desk, files: Mapping[str, str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Who is asked in a replay, and what could not be played."""
    found = [desk.app.queries.incident(f"T-{n}") for n in range(5, 0, -1)]
    past = past_of(desk.app, [incident for incident in found if incident])
    played = play(past, desk.app.settings, Script(rules=files), until=desk.clock.now())
    return sorted(r.name for r in played.rows if r.kind == "declare_request"), played.refused


def test_many_tickets_at_once_are_asked_about_by_the_rules_that_are_tried(surged: Desk) -> None:
    """Counted anew, and not repeated from the record: where six are needed, five ask nothing."""
    files = read_rules(SHIPPED)
    assert asked_again(surged, files) == (["lin", "ops"], [])
    pack = "major_incident.yaml"
    assert "{count: 5, within: 15m" in files[pack]
    files[pack] = files[pack].replace("{count: 5, within: 15m", "{count: 6, within: 15m")
    assert asked_again(surged, files) == ([], [])
