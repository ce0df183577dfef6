"""Articles are written, changed, retired and put back by those who may, and hidden from those who may not."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.article import LONGEST_BODY
from pipeline.domain.directory import Directory, Person, Role

from .articles import KNOWLEDGE, STAFF, article, put, take_in
from .conftest import Api

ARTICLES = f"{KNOWLEDGE}/articles"
WRITTEN: dict[str, Any] = {"title": "VPN token", "body": "Ask for a new one.", "language": "en"}
AGAIN = WRITTEN | {"audience": STAFF}


def write(api: Api, **more: Any) -> dict[str, Any]:
    answer = api.post(ARTICLES, WRITTEN | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_an_article_is_written_for_staff_unless_it_says_otherwise(fresh: Api) -> None:
    """Law 12."""
    made = write(fresh, products=["VPN"], url="https://kb.example/1", valid_until="2027-01-31")
    shown = fresh.get(f"{ARTICLES}/{made['id']}", fresh.token("read")).json()
    assert shown == made
    assert (shown["audience"], shown["standing"], shown["revision"]) == (STAFF, "published", 1)
    assert (shown["source"], shown["edited"], shown["valid_until"]) == (
        "console",
        True,
        "2027-01-31",
    )
    assert shown["use"] == {"told": 0, "solved": 0, "not_this": 0}


def test_every_change_is_a_revision_that_names_who_made_it(fresh: Api) -> None:
    id_ = write(fresh)["id"]
    put(fresh, f"{ARTICLES}/{id_}", AGAIN | {"body": "Worse."})
    fresh.post(f"{ARTICLES}/{id_}/retire")
    fresh.post(f"{ARTICLES}/{id_}/restore")
    back = fresh.post(f"{ARTICLES}/{id_}/put-back", {"revision": 1}).json()
    assert back["body"] == "Ask for a new one."
    said = [(r["n"], r["what"], r["by"]) for r in back["revisions"]]
    assert said == [
        (5, "put_back", "token:test"),
        (4, "restored", "token:test"),
        (3, "retired", "token:test"),
        (2, "written", "token:test"),
        (1, "written", "token:test"),
    ]
    assert all("body" not in r for r in back["revisions"])


def test_of_two_who_edit_at_once_the_second_is_told(fresh: Api) -> None:
    path = f"{ARTICLES}/{write(fresh)['id']}"
    seen = fresh.get(path).json()["revision"]
    first = put(fresh, path, AGAIN | {"body": "First.", "expected_revision": seen})
    second = put(fresh, path, AGAIN | {"body": "Second.", "expected_revision": seen})
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["type"] == "/problems/stale-version"
    assert second.json()["field"] == "expected_revision"
    back = fresh.post(f"{path}/put-back", {"revision": 1, "expected_revision": seen})
    assert back.status_code == 409
    assert fresh.get(path).json()["body"] == "First."


def test_an_article_that_the_caller_may_not_read_is_answered_like_none(fresh: Api) -> None:
    """Not even that it exists is told: neither by its address nor by a list nor by a count."""
    [hidden] = take_in(fresh, article("Salaries"), audience=["group:board"])
    reader = fresh.token("read")
    foreign = fresh.get(f"{ARTICLES}/{hidden}", reader)
    unknown = fresh.get(f"{ARTICLES}/art_404", reader)
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.text.replace(hidden, "art_404") == unknown.text
    listed = fresh.get(ARTICLES, reader).json()
    assert (listed["articles"], listed["total"]) == ([], 0)
    assert fresh.get(ARTICLES).json()["total"] == 1


def test_a_person_who_only_looks_on_reads_no_article_for_staff(fresh: Api) -> None:
    from api.auth.article_readers import labels_of_caller
    from api.auth.callers import Caller

    def reads(role: Role | None) -> object:
        person = Person(id="p", name="P", role=role, groups=("hr",))
        return labels_of_caller(Caller(name="p", scopes=frozenset({"read"}), person=person))

    assert reads(Role.VIEWER) == {"everybody", "group:hr"}
    assert reads(Role.TECHNICIAN) == {"everybody", "group:hr", "staff"}
    assert reads(Role.INCIDENT_MANAGER) is None


@pytest.mark.parametrize("scopes", [("read",), ("act",), ("events:write",), ("read", "act")])
def test_only_administrators_change_articles(fresh: Api, scopes: tuple[str, ...]) -> None:
    path, token = f"{ARTICLES}/{write(fresh)['id']}", fresh.token(*scopes)
    assert fresh.post(ARTICLES, WRITTEN, token).status_code == 403
    assert put(fresh, path, AGAIN, token).status_code == 403
    for act, body in (("retire", None), ("restore", None), ("put-back", {"revision": 1})):
        assert fresh.post(f"{path}/{act}", body, token).status_code == 403, act
    for door in ("import", "import/finish", "addresses", "files"):
        assert fresh.post(f"{KNOWLEDGE}/{door}", {"x": 1}, token).status_code == 403, door


@pytest.mark.parametrize("act", ["retire", "restore", "put-back", ""])
def test_what_is_not_there_cannot_be_changed(api: Api, act: str) -> None:
    path = f"{ARTICLES}/art_404"
    answer = api.post(f"{path}/{act}", {"revision": 1}) if act else put(api, path, AGAIN)
    assert answer.status_code == 404


@pytest.mark.parametrize("revision", [0, 99, -1, "x", None])
def test_a_revision_that_never_was_is_not_put_back(fresh: Api, revision: object) -> None:
    path = f"{ARTICLES}/{write(fresh)['id']}/put-back"
    answer = fresh.post(path, {"revision": revision})
    assert answer.status_code == (404 if revision == 99 else 400)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": " \u0000 "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"body": " "}, "body"),
        ({"body": "x" * (LONGEST_BODY + 1)}, "body"),
        ({"language": "fr"}, "language"),
        ({"audience": ["a\nb"]}, "audience.0"),
        ({"audience": ["x" * 65]}, "audience.0"),
        ({"audience": "everybody"}, "audience"),
        ({"products": [""]}, "products.0"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"valid_from": "2026-08-02", "valid_until": "2026-08-01"}, "valid_until"),
        ({"valid_until": "31.8.2026"}, "valid_until"),
        ({"labels": ["staff"]}, "labels"),
    ],
)
def test_what_is_no_article_is_refused_by_its_field(
    api: Api, changed: dict[str, Any], field: str
) -> None:
    answer = api.post(ARTICLES, WRITTEN | changed)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_a_change_must_say_for_whom_the_article_is(fresh: Api) -> None:
    """Left out, it would be taken from its readers by accident."""
    answer = put(fresh, f"{ARTICLES}/{write(fresh)['id']}", WRITTEN)
    assert (answer.status_code, answer.json()["field"]) == (400, "audience")


def test_marks_and_control_characters_in_a_title_are_text(fresh: Api) -> None:
    made = write(fresh, title="<b>VPN</b>\n\x1b[31mtoken\x00", body="a\x00b\x1bc\td\ne")
    assert made["title"] == "<b>VPN</b> [31mtoken"
    assert made["body"] == "abc\td\ne"


def test_the_list_is_narrowed_and_its_pages_follow_each_other(fresh: Api) -> None:
    take_in(fresh, *(article(f"Mail {n}") for n in range(5)))
    take_in(fresh, article("打印机卡纸", source="手册", language="zh"))
    retired = take_in(fresh, article("Old"))[0]
    fresh.post(f"{ARTICLES}/{retired}/retire")

    def total(query: str) -> int:
        return int(fresh.get(f"{ARTICLES}?{query}").json()["total"])

    assert total("") == 7
    assert total("q=mail") == 5
    assert total("standing=retired") == 1
    assert total("language=zh") == 1
    assert total("source=手册") == 1
    seen, after = [], ""
    while True:
        page = fresh.get(f"{ARTICLES}?limit=2{after}").json()
        seen += [a["id"] for a in page["articles"]]
        if page["after"] is None:
            break
        after = f"&after={page['after']}"
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("query", ["after=zzz", "limit=501", "standing=gone", "language=fr"])
def test_a_query_that_means_nothing_is_refused(api: Api, query: str) -> None:
    answer = api.get(f"{ARTICLES}?{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, query.partition("=")[0])


def test_an_incident_manager_who_asks_for_a_group_is_an_editor_already(fresh: Api) -> None:
    """`for` narrows an editor to what the person may read."""
    fresh.desk.app.acts.load_directory(
        Directory(people=(Person(id="hr", name="In HR", groups=("hr",)),))
    )
    take_in(fresh, article("Mail of applicants"), audience=["group:hr"])
    path = f"{KNOWLEDGE}/search?q=mail"
    assert len(fresh.get(path).json()["suggestions"]) == 1
    assert fresh.get(f"{path}&for=wang").json()["suggestions"] == []
