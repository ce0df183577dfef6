"""Tickets that come back: what a technician is told of earlier ones, and one proposal for each chain."""

from __future__ import annotations

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
