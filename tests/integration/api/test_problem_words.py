"""Words for chains and problems that nobody could read, or that name nobody, are refused and change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.flow.desk import opened

from .conftest import Api
from .test_recurrence import chains, weekly

HIDDEN, TWO_LINES, NUL = "\u200b", "a\nb", "\0"


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with opened(tmp_path_factory.mktemp("proposed")) as desk:
        api = Api(desk)
        weekly(api)
        yield api


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, dict[str, Any]]]:
    """One with a problem."""
    with opened(tmp_path_factory.mktemp("kept")) as desk:
        api = Api(desk)
        weekly(api)
        decided = {"decision": "accepted"}
        assert api.post(f"/api/v1/chains/{chains(api)[0]['id']}/decision", decided).is_success
        [problem] = api.get("/api/v1/problems").json()
        yield api, problem


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"decision": "accepted", "title": TWO_LINES}, "title"),
        ({"decision": "accepted", "title": HIDDEN}, "title"),
        ({"decision": "accepted", "title": NUL}, "title"),
        ({"decision": "refused", "reason": HIDDEN}, "reason"),
        ({"decision": "merged", "into": "PRB\0-1"}, "into"),
        ({"decision": "merged", "into": HIDDEN}, "into"),
    ],
)
def test_a_decision_in_words_that_nobody_could_read_is_refused(
    proposed: Api, said: dict[str, str], field: str
) -> None:
    """By the field at fault; the chain is still to be decided, and can be read."""
    path = f"/api/v1/chains/{chains(proposed)[0]['id']}"
    answer = proposed.post(f"{path}/decision", said)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert proposed.get(path).json()["state"] == "proposed"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": TWO_LINES}, "title"),
        ({"title": HIDDEN}, "title"),
        ({"owner": TWO_LINES}, "owner"),
        ({"owner": "nobody"}, "owner"),
        ({"workaround": HIDDEN}, "workaround"),
        ({"fix": NUL}, "fix"),
    ],
)
def test_a_problem_takes_words_that_can_be_read_and_an_owner_who_is_known(
    kept: tuple[Api, dict[str, Any]], said: dict[str, str], field: str
) -> None:
    api, problem = kept
    path = f"/api/v1/problems/{problem['number']}"
    answer = api.post(path, said)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert api.get(path).json() == problem


def test_a_problem_is_closed_with_a_reason_that_can_be_read(
    kept: tuple[Api, dict[str, Any]],
) -> None:
    api, problem = kept
    path = f"/api/v1/problems/{problem['number']}"
    assert api.post(f"{path}/closing", {"reason": HIDDEN}).status_code == 400
    assert api.get(path).json() == problem


def test_the_owner_of_a_problem_is_a_person_of_the_directory(
    kept: tuple[Api, dict[str, Any]],
) -> None:
    """A group as well; an empty name takes the owner away."""
    api, problem = kept
    path = f"/api/v1/problems/{problem['number']}"
    assert api.post(path, {"owner": "wang"}).json()["owner"] == "wang"
    assert api.post(path, {"owner": ""}).json()["owner"] is None
