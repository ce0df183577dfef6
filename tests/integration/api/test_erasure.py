"""Whoever administers erases a person, once and for good; what it does to rows is told in `tests/contract`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from knowledge.article import ArticleText
from pipeline.adapters.store.sqlstore import SqlStore
from pipeline.adapters.store.tables import metadata
from pipeline.domain.directory import Directory, Group, Names, Person
from pipeline.domain.suggested import Found, Suggested

from .conftest import Api, report

PERSON = "/api/v1/directory/people/wang"


def erase(api: Api, *scopes: str) -> Any:
    headers = {"Authorization": f"Bearer {api.token(*scopes)}"}
    return api.client.delete(PERSON, headers=headers)


def test_an_erased_person_is_in_no_answer_any_more(fresh: Api) -> None:
    fresh.send(report("E-1"))
    fresh.desk.settle()
    before = fresh.get("/api/v1/incidents/E-1").text + fresh.get("/api/v1/directory").text
    assert "wang@example.org" in before
    assert erase(fresh, "admin").json() == {"tickets": 1}
    told = fresh.get("/api/v1/incidents/E-1").text + fresh.get("/api/v1/directory").text
    assert '"wang"' not in told
    assert "wang@example.org" not in told
    assert erase(fresh, "admin").status_code == 404


def test_somebody_whom_events_alone_know_can_be_erased(fresh: Api) -> None:
    """By the id that their source gives them, with name and address as it told them."""
    vera = {"id": "v.holst", "name": "Vera Holst", "email": "vera@example.org"}
    fresh.desk.report("E-3", title="Vera Holst cannot print", requester=vera)
    fresh.desk.send("noted", "E-3", text="called Vera Holst", author={"id": "temp.7"})
    fresh.desk.settle()
    headers = {"Authorization": f"Bearer {fresh.token('admin')}"}

    def gone(person: str) -> Any:
        return fresh.client.delete(f"/api/v1/directory/people/{person}", headers=headers)

    assert gone("temp.7").json() == {"tickets": 1}
    assert rows_that_say(fresh, "temp.7") == []
    assert gone("v.holst").json() == {"tickets": 1}
    for word in ("Vera Holst", "vera@example.org", "v.holst"):
        assert rows_that_say(fresh, word) == []
    assert gone("v.holst").status_code == gone("temp.7").status_code == 404


def test_one_whom_two_sources_name_is_not_erased_unless_they_are_one(fresh: Api) -> None:
    """Each may mean somebody else. Whoever is in the directory is one, and loses what both told."""
    for n, source in enumerate(("desk", "facilities")):
        asked = {"id": "v.holst", "name": f"Vera {source.title()}", "email": f"v@{source}.example"}
        told = fresh.desk.event("reported", f"E-{n}", title="No light", requester=asked)
        fresh.desk.accept({**told, "source": source})
    headers = {"Authorization": f"Bearer {fresh.token('admin')}"}
    place = "/api/v1/directory/people/v.holst"
    refused = fresh.client.delete(place, headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "person")
    assert "desk, facilities each name a v.holst" in refused.text
    people = (Person(id="v.holst", name="Vera Holst"),)
    fresh.desk.app.acts.load_directory(Directory(people=people))
    assert fresh.client.delete(place, headers=headers).json() == {"tickets": 2}
    for word in ("Vera", "v@desk.example", "v@facilities.example", "v.holst"):
        assert rows_that_say(fresh, word) == []


def test_only_who_administers_erases(fresh: Api) -> None:
    fresh.send(report("E-2"))
    for scope in ("read", "act", "events:write"):
        assert erase(fresh, scope).status_code == 403
    assert "wang@example.org" in fresh.get("/api/v1/directory").text


HERS = "GlobalLink 809 again, oncologist Meyer waits"


def a_problem_called_as_her_ticket(api: Api) -> tuple[str, str]:
    """Two cases of Chen's, the newest of Wang's: the problem's number, and the id of her case."""
    for n, (title, who) in enumerate(
        (
            ("GlobalLink shows error 809", "chen"),
            ("GlobalLink 报错 809，连不上", "chen"),
            (HERS, "wang"),
        ),
        1,
    ):
        api.desk.report(f"T-{n}", title=title, service="vpn", requester={"id": who})
        api.desk.settle()
        api.desk.wait(7 * 24 * 60)
    [chain] = api.get("/api/v1/chains").json()
    answer = api.post(f"/api/v1/chains/{chain['id']}/decision", {"decision": "accepted"})
    assert answer.status_code == 200
    [problem] = api.get("/api/v1/problems").json()
    assert problem["title"] == HERS
    return problem["number"], chain["cases"][2]["id"]


def rows_that_say(api: Api, word: str) -> list[str]:
    store = api.desk.app.store
    assert isinstance(store, SqlStore)
    with store.reading() as connection:
        return [
            f"{table}.{name}"
            for table in metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
            for name, value in row.items()
            if word in str(value)
        ]


def test_a_problem_loses_her_words_though_her_ticket_was_parted_from_it(fresh: Api) -> None:
    number, hers = a_problem_called_as_her_ticket(fresh)
    [chain] = [one["id"] for one in fresh.get("/api/v1/chains").json()]
    assert fresh.post(f"/api/v1/chains/{chain}/split", {"cases": [hers]}).status_code == 200
    assert erase(fresh, "admin").status_code == 200
    assert [one["title"] for one in fresh.get("/api/v1/problems").json()] == [number]
    assert rows_that_say(fresh, "oncologist") == []


def test_an_article_that_was_made_of_a_problem_loses_her_words(fresh: Api) -> None:
    """In its revisions, in what readers search, and in what other tickets found."""
    number, _ = a_problem_called_as_her_ticket(fresh)
    fresh.post(f"/api/v1/problems/{number}", {"workaround": "Use the gateway ams"})
    id_ = fresh.post(f"/api/v1/problems/{number}/article").json()["article"]
    app = fresh.desk.app
    kept = app.found_articles.kept(id_)
    assert kept is not None
    shown = ArticleText(**kept.article.model_dump(include=set(ArticleText.model_fields)))
    app.articles.write(shown.model_copy(update={"audience": ("staff",)}), by="chen", article_id=id_)
    found = Suggested(article=id_, title=HERS, language="en", probability=0.9)
    with app.store.write() as tx:
        now = fresh.desk.clock.now()
        tx.await_lookup("inc_other", now)
        [(other, tries)] = tx.claim_lookups(now, timedelta(minutes=1), 1)
        tx.settle_lookup(other, tries, Found(staff=(found,), at=now))
    assert "hg_lookups.found" in rows_that_say(fresh, "oncologist")
    assert erase(fresh, "admin").status_code == 200
    fresh.desk.settle()
    assert rows_that_say(fresh, "ncologist") == []
    left = app.found_articles.kept(id_)
    assert left is not None
    assert (left.article.title, left.article.body) == (number, "Use the gateway ams")


def test_a_problem_keeps_a_title_that_another_case_has_too(fresh: Api) -> None:
    number, _ = a_problem_called_as_her_ticket(fresh)
    title = "GlobalLink shows error 809"
    fresh.post(f"/api/v1/problems/{number}", {"title": title})
    fresh.desk.report("T-4", title=title, service="vpn", requester={"id": "wang"})
    fresh.desk.settle()
    assert erase(fresh, "admin").status_code == 200
    assert [one["title"] for one in fresh.get("/api/v1/problems").json()] == [title]


def test_whoever_has_a_slash_in_the_id_can_be_erased_too(fresh: Api) -> None:
    """As ids of other systems have it (`corp/wang`)."""
    wang = Person(id="corp/wang", name="Wang Xiao")
    fresh.desk.app.acts.load_directory(Directory(people=(wang,)))
    headers = {"Authorization": f"Bearer {fresh.token('admin')}"}
    answer = fresh.client.delete("/api/v1/directory/people/corp%2Fwang", headers=headers)
    assert answer.status_code == 200
    assert "corp/wang" not in fresh.get("/api/v1/directory").text


def test_no_group_names_an_erased_person(fresh: Api) -> None:
    """Neither among those who are told, nor among those who lead it."""
    fresh.send(report("E-9"))
    names = Names(zh="一组", en="One")
    group = Group(id="one", name=names, members=("wang", "chen"), managers=("wang",))
    wang = Person(id="wang", name="Wang")
    fresh.desk.app.acts.load_directory(Directory(people=(wang,), groups=(group,)))
    assert erase(fresh, "admin").status_code == 200
    [left] = [g for g in fresh.desk.app.queries.directory().groups if g.id == "one"]
    assert (left.members, left.managers) == (("chen",), ())
