"""What a model wrote for an article is named with it, and an administrator's program may review it."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.domain.generated import Generated, Standing

from .articles import KNOWLEDGE, article, take_in
from .conftest import Api

MADE_OF = "ab" * 32


def written(api: Api, id_: str) -> None:
    said = Generated(
        made_of=MADE_OF,
        standing=Standing.WRITTEN,
        zh=("邮件打不开",),
        en=("mail will not open",),
        title="邮件",
        model="small-1",
        at=api.desk.clock.now(),
    )
    with api.desk.app.store.write() as tx:
        tx.save_questions(id_, said)


@pytest.fixture
def path(fresh: Api) -> str:
    """Of an article for which something was written."""
    [id_] = take_in(fresh, article())
    written(fresh, id_)
    return f"{KNOWLEDGE}/articles/{id_}"


def questions(api: Api, path: str) -> dict[str, Any]:
    return dict(api.get(path, api.token("read")).json()["questions"])


def test_an_article_names_what_a_model_wrote_for_it(fresh: Api, path: str) -> None:
    said = questions(fresh, path)
    assert (said["standing"], said["model"], said["made_of"]) == ("written", "small-1", MADE_OF)
    assert (said["zh"], said["en"]) == (["邮件打不开"], ["mail will not open"])
    [other] = take_in(fresh, article("Another"))
    assert fresh.get(f"{KNOWLEDGE}/articles/{other}").json()["questions"] is None


@pytest.mark.parametrize(("accept", "becomes"), [(True, "accepted"), (False, "refused")])
def test_a_review_is_kept_with_who_made_it(
    fresh: Api, path: str, accept: bool, becomes: str
) -> None:
    answer = fresh.post(f"{path}/questions", {"accept": accept, "made_of": MADE_OF})
    assert answer.status_code == 200
    said = answer.json()["questions"]
    assert (said["standing"], said["reviewed_by"]) == (becomes, "token:test")
    assert questions(fresh, path) == said


def test_who_looked_at_other_questions_is_told(fresh: Api, path: str) -> None:
    answer = fresh.post(f"{path}/questions", {"accept": True, "made_of": "cd" * 32})
    assert answer.status_code == 409
    assert questions(fresh, path)["standing"] == "written"


def test_where_nothing_was_written_nothing_is_reviewed(fresh: Api) -> None:
    [id_] = take_in(fresh, article())
    body = {"accept": True, "made_of": MADE_OF}
    for name in (id_, "art_404"):
        where = f"{KNOWLEDGE}/articles/{name}/questions"
        assert fresh.post(where, body).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"accept": True},
        {"made_of": MADE_OF},
        {"accept": "yes", "made_of": MADE_OF},
        {"accept": 1, "made_of": MADE_OF},
        {"accept": True, "made_of": "x"},
        {"accept": True, "made_of": MADE_OF, "by": "lin"},
    ],
)
def test_half_a_review_is_none(fresh: Api, path: str, body: dict[str, Any]) -> None:
    assert fresh.post(f"{path}/questions", body).status_code == 400
    assert questions(fresh, path)["standing"] == "written"


@pytest.mark.parametrize("scopes", [("read",), ("read", "act"), ("events:write",)])
def test_only_administrators_review(fresh: Api, path: str, scopes: tuple[str, ...]) -> None:
    body = {"accept": True, "made_of": MADE_OF}
    assert fresh.post(f"{path}/questions", body, fresh.token(*scopes)).status_code == 403
