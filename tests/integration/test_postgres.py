"""The whole line on PostgreSQL: the story's messages are the same as on SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.domain.errors import UnknownThing
from tests.postgres import Cluster
from tests.unit.flow.desk import opened


def test_the_same_events_give_the_same_messages_on_both_databases(
    tmp_path: Path, postgres: Cluster
) -> None:
    told = []
    for name, database in (("sqlite", ""), ("postgresql", postgres.new_database())):
        with opened(tmp_path / name, database_url=database) as desk:
            desk.report(priority="P3", description="It closes at once")
            desk.send("assigned", assignee={"id": "chen"}, group="exchange")
            desk.wait(5)
            desk.send("handed_over", group="exchange", tried=["a new profile"])
            desk.wait(5)
            desk.send("resolved", fix_summary="Moved the mailbox", reopen_days=7)
            desk.settle()
            told.append([message.model_dump_json() for message in desk.mail.sent])
    assert told[0] == told[1]
    assert len(told[0]) == 5


def test_a_name_that_holds_what_this_database_refuses_is_the_name_of_nothing(
    tmp_path: Path, postgres: Cluster
) -> None:
    with (
        opened(tmp_path, database_url=postgres.new_database()) as desk,
        pytest.raises(UnknownThing),
    ):
        desk.app.own_wishes.end("person:wang", "service:a\0")
