"""Tickets that come back: what a technician is told of earlier ones, and one proposal for each chain."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Api

WEEK = 7 * 24 * 60
TITLES = ("GlobalLink shows error 809", "GlobalLink 报错 809，连不上", "GlobalLink: 809 again")
FIX = "Restarted the gateway"


def report(api: Api, number: str, title: str) -> None:
    api.desk.report(number, title=title, service="vpn")
    api.desk.settle()


def weekly(api: Api, titles: tuple[str, ...] = TITLES) -> None:
    for n, title in enumerate(titles, 1):
        report(api, f"T-{n}", title)
        if n == 1:
            api.desk.send("resolved", "T-1", fix_summary=FIX)
            api.desk.settle()
        api.desk.wait(WEEK)


def chains(api: Api) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/api/v1/chains").json()
    return found


def test_a_technician_sees_what_it_was_like_and_what_fixed_it(fresh: Api) -> None:
    weekly(fresh, TITLES[:2])
    found = fresh.get("/api/v1/incidents/T-2/similar").json()
    assert found["verdict"] == "recurrence"
    [one] = found["similar"]
    assert (one["number"], one["fixed_by"]) == ("T-1", FIX)
    assert "code" in {reason["sign"] for reason in one["reasons"]}


@pytest.mark.parametrize(
    ("category", "told"),
    [("network", ("reasons", "category")), ("mail", ("differs", "category_differs"))],
)
def test_the_category_of_a_ticket_is_kept_and_counts(
    fresh: Api, category: str, told: tuple[str, str]
) -> None:
    """As the desk files it."""
    for number, filed in (("T-1", "network"), ("T-2", category)):
        fresh.desk.report(number, title=TITLES[0], category=filed)
        fresh.desk.settle()
    assert fresh.get("/api/v1/incidents/T-2").json()["category"] == category
    [one] = fresh.get("/api/v1/incidents/T-2/similar").json()["similar"]
    assert told[1] in {sign["sign"] for sign in one[told[0]]}


def test_the_likeliest_stands_first_and_the_unlikely_nowhere(fresh: Api) -> None:
    for n, title in enumerate(
        ("GlobalLink drops", "GlobalLink 809", "Scanner: GlobalLink drops"), 1
    ):
        report(fresh, f"T-{n}", title)
        fresh.desk.wait(60)
    report(fresh, "T-9", "GlobalLink drops, error 809")
    chances = [
        one["probability"] for one in fresh.get("/api/v1/incidents/T-9/similar").json()["similar"]
    ]
    assert len(chances) >= 2
    assert chances == sorted(chances, reverse=True)
    assert min(chances) >= 0.05


def test_the_first_of_its_kind_is_new(fresh: Api) -> None:
    report(fresh, "T-1", "The projector is dark")
    found = fresh.get("/api/v1/incidents/T-1/similar").json()
    assert (found["verdict"], found["similar"], found["chain"]) == ("new", [], None)


def test_a_ticket_that_was_not_compared_yet_says_so(fresh: Api) -> None:
    fresh.desk.report()
    assert fresh.get("/api/v1/incidents/T-1/similar").json()["judged_at"] is None


def test_nobody_decides_about_the_tickets_of_others(fresh: Api) -> None:
    """For who acts on another source there is no such chain."""
    weekly(fresh)
    path = f"/api/v1/chains/{chains(fresh)[0]['id']}/decision"
    secret = fresh.token("act", sources=("elsewhere",))
    assert fresh.post(path, {"decision": "accepted"}, secret).status_code == 404
    assert chains(fresh)[0]["state"] == "proposed"


def test_the_third_case_makes_one_proposal_that_later_cases_join(fresh: Api) -> None:
    weekly(fresh, (*TITLES, "GlobalLink 809"))
    [chain] = chains(fresh)
    assert (chain["state"], chain["kind"]) == ("proposed", "chain")
    assert [case["number"] for case in chain["cases"]] == ["T-1", "T-2", "T-3", "T-4"]


def test_other_machines_are_no_chain(fresh: Api) -> None:
    weekly(
        fresh,
        tuple(f"Backup of {name} failed" for name in ("fra-sql-01", "ham-web-03", "ber-dc-04")),
    )
    assert chains(fresh) == []


def test_a_refusal_needs_a_reason_and_lasts(fresh: Api) -> None:
    weekly(fresh)
    [chain] = chains(fresh)
    path = f"/api/v1/chains/{chain['id']}/decision"
    assert fresh.post(path, {"decision": "refused"}).status_code == 409
    answer = fresh.post(path, {"decision": "refused", "reason": "The provider replaces it in May"})
    assert answer.json()["state"] == "refused"
    report(fresh, "T-9", "GlobalLink error 809")
    [chain] = chains(fresh)
    assert (chain["state"], len(chain["cases"])) == ("refused", 4)


def test_the_first_of_two_decisions_stands(fresh: Api) -> None:
    weekly(fresh)
    path = f"/api/v1/chains/{chains(fresh)[0]['id']}/decision"
    assert fresh.post(path, {"decision": "watched"}).status_code == 200
    assert fresh.post(path, {"decision": "accepted"}).status_code == 200
    assert fresh.post(path, {"decision": "refused", "reason": "x"}).status_code == 409


@pytest.mark.parametrize("into", ["", "itself"])
def test_a_merge_that_leads_nowhere_is_refused(fresh: Api, into: str) -> None:
    """Into nothing, or in a circle."""
    weekly(fresh)
    chain = chains(fresh)[0]["id"]
    body = {"decision": "merged", "into": chain if into else ""}
    assert fresh.post(f"/api/v1/chains/{chain}/decision", body).status_code == 409
    assert fresh.post("/api/v1/chains/none/decision", body).status_code == 404


def test_a_problem_of_another_desk_takes_a_chain_in(fresh: Api) -> None:
    weekly(fresh)
    path = f"/api/v1/chains/{chains(fresh)[0]['id']}/decision"
    answer = fresh.post(path, {"decision": "merged", "into": "PRB-7"})
    assert (answer.json()["state"], answer.json()["merged_into"]) == ("merged", "PRB-7")


@pytest.mark.parametrize("into", ["a\0b", "a\nb", "\ud800"])
def test_a_merge_into_what_is_no_name_is_refused(fresh: Api, into: str) -> None:
    """PostgreSQL takes no NUL, and no database half a character."""
    weekly(fresh)
    path = f"/api/v1/chains/{chains(fresh)[0]['id']}/decision"
    headers = {"Authorization": f"Bearer {fresh.token('act')}", "Content-Type": "application/json"}
    body = json.dumps({"decision": "merged", "into": into})
    assert fresh.client.post(path, content=body, headers=headers).status_code == 400
    assert chains(fresh)[0]["state"] == "proposed"


def accepted(api: Api) -> dict[str, Any]:
    weekly(api)
    path = f"/api/v1/chains/{chains(api)[0]['id']}/decision"
    assert api.post(path, {"decision": "accepted", "title": "809 again"}).status_code == 200
    [problem] = api.get("/api/v1/problems").json()
    return dict(problem)


def test_an_accepted_chain_has_a_problem_that_later_cases_join(fresh: Api) -> None:
    """The second to accept is told that somebody was first, and there is one problem."""
    problem = accepted(fresh)
    path = f"/api/v1/chains/{problem['chain']}/decision"
    assert fresh.post(path, {"decision": "accepted"}).status_code == 409
    report(fresh, "T-9", "GlobalLink error 809")
    [chain] = chains(fresh)
    assert (chain["problem"], len(chain["cases"])) == (problem["number"], 4)
    assert problem["title"] == "809 again"
    assert len(fresh.get("/api/v1/problems").json()) == 1


def test_a_record_is_changed_by_who_saw_it_last(fresh: Api) -> None:
    """A workaround makes it a known error, which becomes one article however often that is asked for."""
    problem = accepted(fresh)
    path = f"/api/v1/problems/{problem['number']}"
    assert fresh.post(f"{path}/article").status_code == 409
    done = fresh.post(path, {"workaround": "Use the web gateway", "version": 1})
    assert (done.json()["state"], done.json()["version"]) == ("known_error", 2)
    assert fresh.post(path, {"cause": "x", "version": 1}).status_code == 409
    assert fresh.post(path, {"title": " "}).status_code == 409
    first = fresh.post(f"{path}/article").json()["article"]
    assert fresh.post(f"{path}/article").json()["article"] == first
    assert fresh.post(f"{path}/closing", {"reason": " "}).status_code == 409
    assert fresh.post(f"{path}/closing", {"reason": "Replaced"}).json()["state"] == "closed"
    assert fresh.post(path, {"fix": "x"}).status_code == 409
    assert fresh.get("/api/v1/problems/PRB-999").status_code == 404


def test_nobody_writes_about_problems_of_others_tickets(fresh: Api) -> None:
    """For who acts on another source there is no such problem."""
    problem = accepted(fresh)
    secret = fresh.token("act", sources=("elsewhere",))
    path = f"/api/v1/problems/{problem['number']}"
    assert fresh.post(path, {"fix": "x"}, secret).status_code == 404


def test_cases_that_are_parted_are_not_put_together_again(fresh: Api) -> None:
    """Also when they are judged again; all of a chain, or none, is no part of it."""
    weekly(fresh)
    [chain] = chains(fresh)
    ids = [case["id"] for case in chain["cases"]]
    path = f"/api/v1/chains/{chain['id']}/split"
    assert fresh.post(path, {"cases": ids}).status_code == 409
    assert fresh.post(path, {"cases": ["none"]}).status_code == 409
    assert fresh.post(path, {"cases": ids[2:]}).json()["chain"] == ids[2]
    fresh.desk.send("resolved", "T-3", fix_summary=FIX)
    fresh.desk.settle()
    [chain] = chains(fresh)
    assert [case["number"] for case in chain["cases"]] == ["T-1", "T-2"]


def test_a_decision_is_taken_back(fresh: Api) -> None:
    """With the cases that a merge took; what has a problem is closed instead."""
    weekly(fresh)
    [chain] = chains(fresh)
    path = f"/api/v1/chains/{chain['id']}"
    assert fresh.post(f"{path}/undo").status_code == 409
    assert fresh.post(f"{path}/decision", {"decision": "refused", "reason": "x"}).status_code == 200
    assert fresh.post(f"{path}/undo").json()["state"] == "proposed"
    assert fresh.post(f"{path}/decision", {"decision": "accepted"}).status_code == 200
    assert fresh.post(f"{path}/undo").status_code == 409
