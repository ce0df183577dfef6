"""The register by API: written with a version check, its history, and tables in and out."""

from __future__ import annotations

from typing import Any

from tests.integration.api.conftest import Api

CRM: dict[str, Any] = {
    "id": "crm",
    "name": {"zh": "客户系统", "en": "CRM"},
    "aliases": ["客户关系", "sales system"],
    "owners": ["chen"],
    "owner_groups": ["exchange"],
    "users": ["exchange"],
    "user_sites": ["beijing"],
    "user_customers": ["acme"],
    "advice": {"zh": "请先不要反复登录", "en": "Please do not keep retrying"},
    "critical": True,
}


def _admin(api: Api) -> dict[str, str]:
    return {"Authorization": f"Bearer {api.token('read', 'admin')}"}


def put(api: Api, version: int, **changed: Any) -> Any:
    body = {**CRM, **changed}
    path = f"/api/v1/services/{body['id']}?version={version}"
    return api.client.put(path, json=body, headers=_admin(api))


def take(api: Api, content: bytes | str, *, dry_run: bool = False) -> dict[str, Any]:
    raw = content.encode() if isinstance(content, str) else content
    answer = api.client.post(
        "/api/v1/services/import",
        files={"files": ("services.csv", raw)},
        data={"dry_run": "true"} if dry_run else {},
        headers=_admin(api),
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_service_is_made_read_changed_and_found_by_the_words_of_its_users(api: Api) -> None:
    assert put(api, 0).json()["version"] == 1
    assert put(api, 1, critical=False).json()["version"] == 2
    assert put(api, 2, critical=False).json()["version"] == 2, "the same again is no change"
    shown = api.get("/api/v1/services/crm").json()
    assert shown["version"] == 2
    assert shown["service"]["advice"]["zh"] == "请先不要反复登录"
    for words in ("客户关系", "SALES", "crm"):
        found = api.get(f"/api/v1/services?q={words}").json()["services"]
        assert [one["service"]["id"] for one in found] == ["crm"]


def test_of_two_editors_the_second_is_told_and_nothing_is_lost(api: Api) -> None:
    put(api, 0)
    first, second = put(api, 1, aliases=["first"]), put(api, 1, aliases=["second"])
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["type"].endswith("stale-version")
    assert api.get("/api/v1/services/crm").json()["service"]["aliases"] == ["first"]


def test_an_id_that_nobody_has_is_named_and_so_is_a_circle(api: Api) -> None:
    put(api, 0)
    put(api, 0, id="files", depends_on=["crm"])
    put(api, 0, id="vpn", depends_on=["files"])
    answer = put(api, 1, depends_on=["vpn"], users=["nobody", "exchange"])
    assert answer.status_code == 400
    assert {(e["field"], e["detail"]) for e in answer.json()["errors"]} == {
        ("users", "stands for nothing that is known: nobody"),
        ("depends_on", "goes round in a circle: crm → vpn → files → crm"),
    }
    assert put(api, 1, depends_on=["crm"]).status_code == 400, "a circle of one"


def test_each_step_is_kept_with_who_and_when_and_can_be_taken_back(api: Api) -> None:
    put(api, 0)
    put(api, 1, aliases=["wrong"])
    back = api.post("/api/v1/services/crm/undo", {"n": 2, "version": 2}, api.token("admin"))
    assert back.json()["service"]["aliases"] == CRM["aliases"]
    steps = api.get("/api/v1/services/crm/changes").json()
    assert [(s["n"], s["what"]) for s in steps] == [(3, "undone"), (2, "changed"), (1, "added")]
    assert {s["who"] for s in steps} == {"token:test"}


def test_a_deleted_service_stays_readable_for_the_tickets_that_name_it(api: Api) -> None:
    put(api, 0)
    api.desk.report(service="crm")
    gone = api.client.delete("/api/v1/services/crm?version=1", headers=_admin(api))
    assert gone.json()["version"] == 2
    assert api.get("/api/v1/services").json()["services"] == []
    assert api.get("/api/v1/services/crm").json()["service"]["name"]["zh"] == "客户系统"
    assert put(api, 2).json()["service"]["deleted"] is False, "it can be brought back"


def test_a_table_given_out_is_taken_in_again_and_changes_nothing(api: Api) -> None:
    put(api, 0)
    put(api, 0, id="files", aliases=["=cmd|' /C calc'!A0", "'+1"], depends_on=["crm"])
    for encoding in ("utf-8", "gbk"):
        content = api.get(f"/api/v1/services/export?encoding={encoding}").content
        assert b"\n'=" not in content
        assert b",'=cmd" in content, "a spreadsheet must not run it"
        done = take(api, content)
        assert (done["problems"], done["unchanged"], done["kept"]) == ([], 2, True)
    assert api.get("/api/v1/services/export").content.startswith(b"\xef\xbb\xbf")
    assert api.get("/api/v1/services/files").json()["service"]["aliases"][0].startswith("=cmd")


def test_a_dry_run_shows_the_difference_and_keeps_nothing(api: Api) -> None:
    put(api, 0)
    table = "id,name_zh,critical\r\ncrm,客户管理系统,no\r\nwiki,知识库,yes\r\n"
    done = take(api, table, dry_run=True)
    assert (done["kept"], done["added"], done["changed"]) == (False, 1, 1)
    assert done["steps"][0]["differences"] == [
        {"column": "name_zh", "before": "客户系统", "after": "客户管理系统"},
        {"column": "critical", "before": "yes", "after": "no"},
    ]
    assert api.get("/api/v1/services/crm").json()["version"] == 1
    take(api, table.encode("gb18030"))
    after = api.get("/api/v1/services/crm").json()
    assert after["service"]["name"] == {"zh": "客户管理系统", "en": "CRM"}
    assert after["service"]["advice"] == CRM["advice"], "a column that is not there changes nothing"


def test_every_wrong_line_is_told_with_its_number_and_nothing_is_taken(api: Api) -> None:
    table = (
        "id,name_zh,name_en,critical,depends_on,users\n"
        "a,甲,A,yes,b,\n"
        "b,乙,B,no,a,\n"
        "c,丙,C,perhaps,,\n"
        "d,丁\x07,D,no,,\n"
        "c,丙,C,no,,\n"
        ",己,F,no,,\n"
        "g,庚,G,no,nothing,nobody\n"
        "h,辛,H,no,,,,,more\n"
    )
    wrong = [(p["line"], p["column"], p["detail"]) for p in take(api, table)["problems"]]
    assert wrong == [
        (4, "critical", "is yes or no"),
        (5, "name_zh", "holds a character that nobody can see, or a line break"),
        (7, "id", "is needed"),
        (9, "", "has more cells than the header has columns"),
    ]
    good = "\n".join(line for n, line in enumerate(table.split("\n"), 1) if n in (1, 2, 3, 6, 8))
    wrong = [
        (p["line"], p["column"], p["detail"])
        for p in take(api, good + "\nc,丙,C,no,,\n")["problems"]
    ]
    assert wrong == [(6, "id", "c stands in the file before")]
    wrong = [(p["line"], p["column"], p["detail"]) for p in take(api, good)["problems"]]
    assert wrong == [
        (3, "depends_on", "goes round in a circle: a → b → a"),
        (5, "depends_on", "stands for nothing that is known: nothing"),
        (5, "users", "stands for nothing that is known: nobody"),
    ]
    assert api.get("/api/v1/services").json()["services"] == []


def test_a_file_that_is_no_table_of_services_is_refused_with_the_reason(api: Api) -> None:
    told = {
        b"": "the file holds no line",
        b"name_zh,name_en\n\xe4\xb8\xad,a\n": "the first line has to name the columns, among them id",
        b"id,colour\na,red\n": "is no column; known: id, name_zh",
        b"id,id\na,b\n": "stands in the header twice",
        b"\xff\xff\xff": "is neither UTF-8 nor GB 18030 text",
        b'id,name_zh\na,"open\n': "cannot be read as CSV",
        b"PK\x03\x04\x00\x00": "",
    }
    for content, detail in told.items():
        problems = take(api, content)["problems"]
        assert len(problems) == 1
        assert problems[0]["detail"].startswith(detail), content


def test_twenty_thousand_services_are_taken_in_at_once_and_one_more_is_refused(api: Api) -> None:
    """A row of 20,000 that hang on each other is no circle, and no recursion that ends the process."""
    lines = [f"s{n:05},服务 {n},Service {n},s{n + 1:05}" for n in range(19_999)]
    table = "\n".join(["id,name_zh,name_en,depends_on", *lines, "s19999,终,End,"])
    assert take(api, table)["added"] == 20_000
    more = take(api, table + "\none,多,More,")
    assert more["problems"][0]["detail"] == "has more than 20,000 services; send it in parts"


def test_what_is_missing_is_listed_before_it_is_needed_critical_services_first(api: Api) -> None:
    put(api, 0)
    put(api, 0, id="bare", name={"zh": "Mail client", "en": "Mail client"}, aliases=[], owners=[],
        owner_groups=[], users=[], user_sites=[], user_customers=[], advice=None, critical=False)  # fmt: skip
    put(api, 0, id="mute", users=[], user_customers=[])
    found = {one["id"]: one["gaps"] for one in api.get("/api/v1/services/missing").json()}
    assert list(found) == ["mute", "bare"]
    assert found["bare"] == ["no_owner", "no_advice", "no_chinese_name", "no_users"]
    assert found["mute"] == ["nobody_reachable"], "nobody works in Beijing"


def test_only_an_administrator_writes(api: Api) -> None:
    reader = {"Authorization": f"Bearer {api.token('read', 'act')}"}
    assert (
        api.client.put("/api/v1/services/crm?version=0", json=CRM, headers=reader).status_code
        == 403
    )
    assert api.client.get("/api/v1/services", headers=reader).status_code == 200
    assert api.client.get("/api/v1/services").status_code == 401
