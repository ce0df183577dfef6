"""Rules in versions: who put what in force when, and that it counts from the next event on, everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.errors import Misconfigured, StaleVersion, UnknownThing, WrongState
from pipeline.flow.library import Library
from pipeline.policy.loading import SHIPPED, read_rules
from tests.contract.stores import together

from .desk import Desk, opened

SLOW = (
    "tell: requester\n    kind: assignment\n    after: 2m",
    "tell: requester\n    kind: assignment\n    after: 10m",
)


def slower() -> dict[str, str]:
    files = read_rules(SHIPPED)
    life = files["ticket_life.yaml"].replace(*SLOW)
    assert life != files["ticket_life.yaml"]
    return files | {"ticket_life.yaml": life}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        yield found


def test_an_activated_version_counts_from_the_next_event_and_decisions_name_theirs(
    desk: Desk,
) -> None:
    """Who, when and why are kept; going back is an activation of its own."""
    versions = desk.app.rule_keeping.versions
    shipped = desk.app.library.rules.version
    desk.report()
    kept = versions.save(slower(), by="admin", note="Slower")
    assert versions.standing().activation.version == shipped  # type: ignore[union-attr]
    made = versions.activate(kept.version, by="admin", reason="Too many mails", expected=1)
    assert (made.n, made.origin, made.by, made.reason) == (2, "written", "admin", "Too many mails")
    desk.send("assigned", assignee={"id": "chen"})
    told = {c.kind.value: c for c in desk.communications if c.audience == "requester"}
    assert told["acknowledgement"].rules == shipped
    assert told["assignment"].rules == kept.version
    assert (told["assignment"].due_at - desk.clock.now()).total_seconds() == 600
    back = versions.roll_back(by="chen", reason="They complain")
    assert (back.n, back.version, back.origin) == (3, shipped, "shipped")
    with pytest.raises(StaleVersion):
        versions.activate(kept.version, by="admin", reason="Again", expected=2)


def test_two_administrators_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    """Each had seen what was in force: the second is told that it is not any more."""
    versions = desk.app.rule_keeping.versions
    kept = versions.save(slower(), by="admin")
    other = versions.save(slower() | {"zz.yaml": "version: 1\nrules: []\n"}, by="chen")

    def activate(n: int) -> object:
        name = (kept, other)[n].version
        return versions.activate(name, by=f"admin-{n}", reason="now", expected=1)

    answers = together(2, activate)
    assert sum(isinstance(answer, StaleVersion) for answer in answers) == 1
    assert len(versions.activations()) == 2


def test_another_process_judges_the_next_event_by_the_new_rules(desk: Desk) -> None:
    """It asks the row, and needs no restart and no signal."""
    store, versions = desk.app.store, desk.app.rule_keeping.versions
    other = Library(store, desk.clock, desk.app.library._sources)
    other.open()
    kept = versions.save(slower(), by="admin")
    versions.activate(kept.version, by="admin", reason="try it")
    assert other.rules.version != kept.version
    with store.read() as tx:
        assert other.in_force(tx).version == kept.version


def test_a_version_stands_above_the_files_until_they_are_followed_again(tmp_path: Path) -> None:
    """Also over a restart and a reload; files that were changed count when nothing stands above them."""
    folder = tmp_path / "rules"
    folder.mkdir()

    def write(files: dict[str, str]) -> None:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")

    write(read_rules(SHIPPED))
    with opened(tmp_path / "data", rules_dir=folder) as desk:
        kept = desk.app.rule_keeping.versions.save(slower(), by="admin")
        desk.app.rule_keeping.versions.activate(kept.version, by="admin", reason="x")
        desk.app.library.reload()
        assert desk.app.library.rules.version == kept.version
    changed = slower() | {"zz.yaml": "version: 1\nrules: []\n"}
    write(changed)
    with opened(tmp_path / "data", rules_dir=folder) as desk:
        versions = desk.app.rule_keeping.versions
        standing = versions.standing()
        assert (desk.app.library.rules.version, standing.files_differ) == (kept.version, True)
        made = versions.follow_files(by="admin", reason="The files are right again")
        assert (made.origin, made.version) == ("files", desk.app.library.rules.version)
        assert [a.origin for a in versions.activations()] == ["files", "written", "files"]


def test_what_cannot_be_put_in_force_is_not_kept(desk: Desk) -> None:
    """Nor is a version that nobody wrote put in force, nor a past that there is not."""
    versions = desk.app.rule_keeping.versions
    with pytest.raises(Misconfigured):
        versions.save({"a.yaml": "version: 1\nrules: [{}]"}, by="admin")
    with pytest.raises(UnknownThing):
        versions.activate("feedfeedfeed", by="admin", reason="x")
    with pytest.raises(WrongState):
        versions.roll_back(by="admin", reason="x")
    assert len(versions.versions()) == 1


def test_an_event_is_judged_by_one_version_while_others_are_activated(desk: Desk) -> None:
    """Activations and events in two threads: no communication mixes two of them."""
    versions = desk.app.rule_keeping.versions
    names = [versions.save(slower(), by="a").version, desk.app.library.rules.version]

    def act(n: int) -> None:
        for m in range(6):
            if n:
                versions.activate(names[m % 2], by="admin", reason="to and fro")
            else:
                desk.report(f"T-{m}")
                desk.send("assigned", f"T-{m}", assignee={"id": "chen"})

    assert together(2, act) == [None, None]
    for m in range(6):
        incident = desk.app.queries.incident(f"T-{m}")
        assert incident is not None
        for c in desk.app.queries.communications(incident.id):
            wait = {names[0]: 600, names[1]: 120}.get(c.rules or "")
            assert wait is not None
            if (c.kind, c.audience) == ("assignment", "requester"):
                assert (c.due_at - c.created_at).total_seconds() == wait
