"""The past that is brought in: what later tickets get from it, and that nobody else hears of it."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from pipeline.adapters.history_files import FolderFiles
from pipeline.domain.directory import Person
from pipeline.domain.payload import ERASED
from pipeline.flow.history.importing import LEASE, MOST_FAULTS, Imports
from pipeline.flow.history.taking import MOST_AT_ONCE
from tests.unit.flow.desk import START, opened

from .conftest import Api

HEAD = "number,title,opened_at,resolved_at,business_service,close_notes,cause\n"
WORDS = ("projector", "printer", "scanner", "badge", "kettle", "monitor", "keyboard")


def csv(*rows: tuple[str, str, datetime], fix: str = "Opened UDP 500", end: bool = True) -> bytes:
    told = [
        f"{number},{title},{at.isoformat()},{(at + timedelta(hours=2)).isoformat() if end else ''},vpn,{fix},A new firewall\n"
        for number, title, at in rows
    ]
    return (HEAD + "".join(told)).encode()


def before(days: float) -> datetime:
    return START - timedelta(days=days)


OLD = (
    ("INC-1", "GlobalLink shows error 809", before(21)),
    ("INC-2", "GlobalLink 报错 809，连不上", before(14)),
    ("INC-3", "GlobalLink: 809 again", before(7)),
)


def send_up(api: Api, content: bytes, **fields: Any) -> dict[str, Any]:
    token = api.token("read", "admin")
    answer = api.client.post(
        "/api/v1/history/imports",
        files={"file": ("old.csv", content)},
        data={"source": "desk", **fields},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 202, answer.text
    begun: dict[str, Any] = answer.json()
    return begun


def brought(api: Api, content: bytes, **fields: Any) -> dict[str, Any]:
    """A file that was read to its end."""
    begun = send_up(api, content, **fields)
    api.desk.settle()
    done: dict[str, Any] = api.get(f"/api/v1/history/imports/{begun['id']}").json()
    return done


def test_a_technician_sees_what_helped_before_heliograph_came(fresh: Api) -> None:
    done = brought(fresh, csv(*OLD))
    assert (done["state"], done["read"], done["counts"]["added"]) == ("done", 1.0, 3)
    fresh.desk.report("T-1", title="GlobalLink error 809", service="vpn")
    fresh.desk.settle()
    found = fresh.get("/api/v1/incidents/T-1/similar").json()
    assert found["verdict"] == "recurrence"
    nearest = found["similar"][0]
    assert (nearest["imported"], nearest["fixed_by"]) == (True, "Opened UDP 500")
    assert nearest["cause"] == "A new firewall"
    past = fresh.get(f"/api/v1/history/tickets/{nearest['id']}").json()
    assert past["number"] == nearest["number"]


def test_nobody_hears_of_the_past_and_it_is_nobodys_work(fresh: Api) -> None:
    brought(fresh, csv(*OLD, end=False))
    fresh.desk.wait(24 * 60)
    assert fresh.desk.mail.sent == []
    assert fresh.get("/api/v1/incidents").json()["incidents"] == []
    assert fresh.get("/api/v1/chains").json() == []


def test_chains_of_the_past_are_proposed_when_somebody_asks(fresh: Api) -> None:
    brought(fresh, csv(*OLD), propose="true")
    [chain] = fresh.get("/api/v1/chains").json()
    assert chain["from_history"]
    assert [case["number"] for case in chain["cases"]] == ["INC-1", "INC-2", "INC-3"]
    assert fresh.desk.mail.sent == []


def test_the_same_file_again_changes_nothing(fresh: Api) -> None:
    brought(fresh, csv(*OLD))
    again = brought(fresh, csv(*OLD))["counts"]
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 3)


def test_what_is_told_otherwise_later_is_changed(fresh: Api) -> None:
    brought(fresh, csv(*OLD))
    assert brought(fresh, csv(*OLD, fix="Replaced the firewall"))["counts"]["changed"] == 3
    fresh.desk.report("T-1", title="GlobalLink error 809", service="vpn")
    fresh.desk.settle()
    found = fresh.get("/api/v1/incidents/T-1/similar").json()["similar"]
    assert {one["fixed_by"] for one in found} == {"Replaced the firewall"}


def test_a_ticket_that_is_followed_here_is_left_alone(fresh: Api) -> None:
    fresh.desk.report("INC-1", title="GlobalLink shows error 809", service="vpn")
    counts = brought(fresh, csv(*OLD))["counts"]
    assert (counts["live"], counts["added"]) == (1, 2)


def test_broken_rows_and_doubles_are_told_and_not_fatal(fresh: Api) -> None:
    future = ("INC-9", "Mail", START + timedelta(days=1))
    done = brought(fresh, csv(OLD[0], future, OLD[0], OLD[1]))
    counts = done["counts"]
    assert (counts["added"], counts["broken"], counts["twice"]) == (2, 1, 1)
    assert [(one["line"], one["code"]) for one in done["broken"]] == [(3, "future")]


def test_a_file_that_names_no_tickets_says_why(fresh: Api) -> None:
    done = brought(fresh, b"a,b\n1,2\n")
    assert done["state"] == "refused"
    assert "number" in done["problem"]


def two_parts(title: str) -> list[tuple[str, str, datetime]]:
    """Rows of which the first part of a file does not take all; `title` has a place for a thing."""
    return [
        (f"I-{n}", title.format(f"{word} {n}"), before(600 - n))
        for n, word in zip(range(MOST_AT_ONCE + 4), cycle(WORDS), strict=False)
    ]


def test_an_import_goes_on_after_a_kill(tmp_path: Path) -> None:
    """What was read is read once; numbers that came before the kill are known after it."""
    rows = two_parts("The {} is broken")
    with opened(tmp_path) as desk:
        api = Api(desk)
        id_ = send_up(api, csv(*rows, rows[0]))["id"]
        assert desk.step("history").turn()
        assert api.get(f"/api/v1/history/imports/{id_}").json()["counts"]["added"] == MOST_AT_ONCE
    with opened(tmp_path) as desk:
        desk.settle()
        with desk.app.store.read() as tx:
            done = tx.history_import(id_)
    assert done is not None
    assert (done.state, done.counts.added, done.counts.twice) == ("done", len(rows), 1)
    assert not list((tmp_path / "history").iterdir())


@pytest.mark.parametrize(
    "changed",
    [
        {"opened_at": "2031-01-01T00:00:00Z"},
        {"ended_at": "2020-01-01T00:00:00Z"},
        {"title": ""},
        {"opened_at": "2025-01-01T00:00:00"},
    ],
)
def test_a_batch_that_tells_what_cannot_be_is_refused_whole(
    fresh: Api, changed: dict[str, str]
) -> None:
    right = {"number": "1", "title": "VPN", "opened_at": "2025-01-01T00:00:00Z"}
    body = {"source": "desk", "tickets": [right, {**right, "number": "2", **changed}]}
    assert fresh.post("/api/v1/history/tickets", body).status_code == 400
    with fresh.desk.app.store.read() as tx:
        assert tx.count_signed() == 0


def test_only_who_administers_brings_in_the_past(fresh: Api) -> None:
    body = {"source": "desk", "tickets": []}
    assert fresh.post("/api/v1/history/tickets", body, fresh.token("act")).status_code == 403


def test_words_of_somebody_who_is_erased_leave_the_past_too(fresh: Api) -> None:
    brought(fresh, csv(("INC-1", "Vera Holst cannot print", before(3))))
    fresh.desk.app.erasure.person(Person(id="vera", name="Vera Holst"), by="chen")
    with fresh.desk.app.store.read() as tx:
        [body] = tx.signature_bodies([1])
        assert tx.term_counts(["holst"]) == {}
    assert "holst" not in body


def test_answers_are_json(fresh: Api) -> None:
    """A list that is empty too."""
    assert json.loads(fresh.get("/api/v1/history/imports").text) == []


def test_words_of_somebody_who_is_erased_do_not_come_in_with_the_rest_of_a_file(
    tmp_path: Path,
) -> None:
    """Neither its tickets nor the reasons of its broken rows name her, also after a restart; when it has ended,
    nothing does."""
    vera = Person(id="vera", name="Vera Holst")
    rows = two_parts("{} of Vera Holst")
    late = csv(*rows) + b"I-9,VPN,on the day of Vera Holst,,,,\n"
    with opened(tmp_path) as desk:
        id_ = send_up(Api(desk), late)["id"]
        assert desk.step("history").turn()
        desk.app.erasure.person(vera, by="chen")
    with opened(tmp_path) as desk:
        desk.settle()
        desk.app.erasure.person(vera, by="chen")
        with desk.app.store.read() as tx:
            done = tx.history_import(id_)
            assert tx.past_naming(["Holst"]) == []
            assert len(tx.past_naming([ERASED])) == len(rows)
    assert done is not None
    assert (done.state, done.counts.added, done.counts.broken) == ("done", len(rows), 1)
    assert "Holst" not in done.model_dump_json()
    assert ERASED in done.broken[0].value


def test_a_file_that_a_kill_left_is_taken_away(tmp_path: Path) -> None:
    """One whose import has ended, and one whose import was never written down; not one that is being sent up."""
    with opened(tmp_path) as desk:
        id_ = send_up(Api(desk), csv(*OLD))["id"]
        desk.settle()
    folder = tmp_path / "history"
    for name, days in ((id_, 0), ("imp_old", 2), ("imp_young", 0)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, times=(before(days).timestamp(),) * 2)
    with opened(tmp_path) as desk:
        desk.settle()
    assert [one.name for one in folder.iterdir()] == ["imp_young"]


def test_half_a_character_spoils_its_row_at_most(fresh: Api) -> None:
    """JSON can write one, and nothing can keep it: in a name it breaks the row, in a text it is shown as such."""
    row = {"number": "N-1", "title": "VPN error", "opened_at": "2025-03-14T10:00:00Z"}
    rows = [
        row | {"title": "VPN \ud83d error"},
        row | {"number": "N\ud83d"},
        row | {"number": "N-3", "close_notes": "Opened \ud83d"},
        row | {"number": "N-4"},
    ]
    done = brought(fresh, "\n".join(map(json.dumps, rows)).encode())
    assert (done["state"], done["counts"]["added"]) == ("done", 2)
    assert [(b["line"], b["code"], b["field"]) for b in done["broken"]] == [
        (1, "characters", "title"),
        (2, "characters", "number"),
    ]


class Failing(FolderFiles):
    """Files that are there, on a disk from which one of them cannot be read."""

    lost = ""

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        if name == self.lost:
            raise OSError(errno.EIO, "input/output error")
        with super().opened(name) as file:
            yield file


def test_a_file_that_cannot_be_read_on_is_refused_and_holds_up_no_other(
    fresh: Api, tmp_path: Path
) -> None:
    """Whatever the fault is: after a few tries, with what was read."""
    desk, files = fresh.desk, Failing(tmp_path)
    app = desk.app
    imports = Imports(app.store, desk.clock, app.ids, files, app.history.past)

    def begun(content: bytes) -> str:
        sent = BytesIO(content)
        return imports.begin(sent, file="old.csv", source="desk", zone="UTC", by="chen").id

    bad = files.lost = begun(csv(("I-1", "The projector is dark", before(3))))
    good = begun(csv(*OLD))
    for _ in range(MOST_FAULTS):
        while imports.turn():
            pass
        desk.clock.set(desk.clock.now() + LEASE)
    ended = fresh.get(f"/api/v1/history/imports/{bad}").json()
    assert (ended["state"], ended["counts"]["added"]) == ("refused", 0)
    assert "after 0 rows" in ended["problem"]
    assert fresh.get(f"/api/v1/history/imports/{good}").json()["state"] == "done"
