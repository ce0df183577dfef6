"""Whoever asks the library gets what may be read, with reasons, or hears that nothing fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from api.resources.knowledge_shapes import LONGEST_QUESTION
from knowledge.shared_words import SharedWords
from pipeline.domain.directory import Directory, Person, Role
from tests.unit.flow.desk import opened

from .articles import KNOWLEDGE, STAFF, article, take_in
from .conftest import Api

SEARCH = f"{KNOWLEDGE}/search"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    folder: Path = tmp_path_factory.mktemp("search")
    with opened(folder, search=SharedWords) as desk:
        desk.app.acts.load_directory(
            Directory(
                people=(
                    Person(id="hr", name="In HR", groups=("hr",)),
                    Person(id="view", name="Looks on", role=Role.VIEWER),
                )
            )
        )
        made = Api(desk)
        take_in(made, article("Mail client crashes", products=["Outlook"]))
        take_in(made, article("Mail server restart"), audience=STAFF)
        take_in(made, article("Mail of applicants"), audience=["group:hr"])
        take_in(made, article("Mail keys"), audience=[])
        yield made


def titles(answer: object) -> list[str]:
    return [s["title"] for s in answer["suggestions"]]  # type: ignore[index]


def test_an_article_comes_with_what_made_it_fit(api: Api) -> None:
    found = api.get(f"{SEARCH}?q=mail%20client%20crashes", api.token("read")).json()
    first = found["suggestions"][0]
    assert (found["fits"], first["fits"], first["probability"]) == (True, True, 1.0)
    assert first["title"] == "Mail client crashes"
    assert first["products"] == ["Outlook"]
    assert first["matched"] == ["client", "crashes", "mail"]
    assert first["ranks"] == {"words": 1}
    assert "open it again" in first["passage"]["text"]


def test_that_nothing_fits_is_an_answer_and_the_nearest_are_told(api: Api) -> None:
    found = api.get(f"{SEARCH}?q=client", api.token("read")).json()
    assert found["fits"] is False
    assert [(s["title"], s["fits"]) for s in found["suggestions"]] == [
        ("Mail client crashes", False)
    ]
    assert api.get(f"{SEARCH}?q=zebra").json()["suggestions"] == []


def test_a_caller_finds_what_it_may_read_and_no_more(api: Api) -> None:
    """Law 4: a token for reading is staff, an administrator's an editor."""
    everything = api.get(f"{SEARCH}?q=mail", api.token("read", "admin")).json()
    work = api.get(f"{SEARCH}?q=mail", api.token("read")).json()
    assert len(titles(everything)) == 4
    assert sorted(titles(work)) == ["Mail client crashes", "Mail server restart"]


@pytest.mark.parametrize(
    ("scopes", "person", "found"),
    [
        (("read",), "wang", ["Mail client crashes"]),
        (("read",), "hr", ["Mail client crashes"]),
        (("read", "admin"), "wang", ["Mail client crashes"]),
        (("read", "admin"), "hr", ["Mail client crashes", "Mail of applicants"]),
    ],
)
def test_a_search_for_a_person_finds_what_that_person_may_read(
    api: Api, scopes: tuple[str, ...], person: str, found: list[str]
) -> None:
    """Of what the caller may: naming somebody shows a token for reading no article that it may not read."""
    answer = api.get(f"{SEARCH}?q=mail&for={person}", api.token(*scopes))
    assert sorted(titles(answer.json())) == found


def test_a_search_for_nobody_is_refused(api: Api) -> None:
    answer = api.get(f"{SEARCH}?q=mail&for=ghost")
    assert (answer.status_code, answer.json()["field"]) == (404, "for")
    assert "ghost" in answer.json()["detail"]


@pytest.mark.parametrize("question", ["", "%20%20", "%0A%09"])
def test_an_empty_question_is_refused_with_a_sentence(api: Api, question: str) -> None:
    answer = api.get(f"{SEARCH}?q={question}")
    assert (answer.status_code, answer.json()["field"]) == (400, "q")
    assert "say what the trouble is" in answer.json()["detail"]
    assert api.get(SEARCH).status_code == 400
    posted = api.post(SEARCH, {"text": " "})
    assert (posted.status_code, posted.json()["field"]) == (400, "text")


@pytest.mark.parametrize(
    "question",
    [
        "the of and",
        "😀🔥",
        "邮件 mail почта",
        "<script>alert(1)</script>",
        "%' OR 1=1 --",
        "x" * 60_000,
    ],
    ids=range(6),
)
def test_any_text_is_a_question(api: Api, question: str) -> None:
    assert api.get(f"{SEARCH}?q={quote(question)}").status_code == 200
    assert api.post(SEARCH, {"text": question}).status_code == 200


def test_a_whole_ticket_is_a_question_and_what_is_longer_is_refused_by_its_field(api: Api) -> None:
    ticket = "mail client crashes " * 5000
    assert titles(api.post(SEARCH, {"text": ticket, "limit": 1}).json()) == ["Mail client crashes"]
    answer = api.post(SEARCH, {"text": "x" * (LONGEST_QUESTION + 1)})
    assert (answer.status_code, answer.json()["field"]) == (400, "text")


@pytest.mark.parametrize("query", ["q=x&limit=0", "q=x&limit=51", "q=x&limit=a", "q=x&for="])
def test_a_parameter_out_of_bounds_is_named(api: Api, query: str) -> None:
    answer = api.get(f"{SEARCH}?{query}")
    assert (answer.status_code, answer.json()["field"]) == (
        400,
        query.split("&")[1].partition("=")[0],
    )


@pytest.mark.parametrize("scope", ["act", "events:write"])
def test_without_the_scope_for_reading_nothing_is_found(api: Api, scope: str) -> None:
    token = api.token(scope)
    for path in (f"{SEARCH}?q=mail", f"{KNOWLEDGE}/articles", f"{KNOWLEDGE}/use"):
        assert api.get(path, token).status_code == 403, path
    assert api.post(SEARCH, {"text": "mail"}, token).status_code == 403
