"""Whatever was proposed or opened since, nothing older is out of reach: lists come by pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from pipeline.domain.directory import Directory, Person, Role
from pipeline.domain.problem import Problem
from pipeline.domain.recurring import Chain
from tests.unit.flow.desk import opened

from .api.conftest import Api
from .api.test_recurrence import chains, weekly
from .console.conftest import BASE, signed_in

MANY = 205


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, str]]:
    """A proposal, its problem, and more of both that came later; their cases are gone, or on the same ticket."""
    with opened(tmp_path_factory.mktemp("crowded"), public_url=BASE) as desk:
        api = Api(desk)
        weekly(api)
        [live] = chains(api)
        now, anchor = desk.clock.now(), live["cases"][-1]["id"]
        with desk.app.store.write() as tx:
            for n in range(MANY):
                name = f"chn_{n:04}"
                tx.add_chain(Chain(id=name, kind="chain", proposed_at=now))
                number, at = f"OLD-{n:04}", now - timedelta(minutes=n // 2)
                tx.add_problem(
                    Problem(number=number, chain=name, anchor=anchor, title="809", opened_at=at)
                )
        looker = Person(id="technician.en", name="Tess", role=Role.TECHNICIAN)
        desk.app.acts.load_directory(Directory(people=(looker,)))
        yield api, live["id"]


def test_a_live_proposal_is_listed_behind_whatever_was_found_since(
    crowded: tuple[Api, str],
) -> None:
    """By the API, past those of which there is nothing to see; in the console by its link to older ones."""
    api, live = crowded
    assert [one["id"] for one in chains(api)] == [live]
    assert api.get(f"/api/v1/chains?after={live}").json() == []
    assert api.get("/api/v1/chains?after=none").status_code == 400
    client = signed_in(api.desk.app, Role.TECHNICIAN)
    first = client.get("/chains").text
    assert f"/chains/{live}" not in first
    assert "/chains?after=chn_0199" in first
    last = client.get("/chains?after=chn_0199").text
    assert f"/chains/{live}" in last
    assert 'rel="next"' not in last


def test_problems_are_listed_by_pages_each_once(crowded: tuple[Api, str]) -> None:
    """Those of the same instant too."""
    api, _ = crowded
    seen, page = list[str](), [{"number": ""}]
    while page:
        after = f"&after={page[-1]['number']}" if page[-1]["number"] else ""
        page = api.get(f"/api/v1/problems?limit=60{after}").json()
        seen += [one["number"] for one in page]
    assert len(seen) == len(set(seen)) == MANY
    assert api.get("/api/v1/problems?after=none").status_code == 400
