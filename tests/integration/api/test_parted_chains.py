"""What a person parted, refused or merged stays so, whatever comes in later."""

from __future__ import annotations

from typing import Any

from .conftest import Api
from .test_recurrence import chains, report, weekly

PRINTER = "Printer toner empty on floor 3 error E77"


def cases(chain: dict[str, Any]) -> list[str]:
    return [case["number"] for case in chain["cases"]]


def named(api: Api, number: str) -> dict[str, Any]:
    """The chain of which this ticket is a case."""
    return next(chain for chain in chains(api) if number in cases(chain))


def decide(api: Api, chain: dict[str, Any], decision: str, **more: str) -> dict[str, Any]:
    answer = api.post(f"/api/v1/chains/{chain['id']}/decision", {"decision": decision, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def split(api: Api, chain: dict[str, Any], *numbers: str) -> str:
    leaving = [case["id"] for case in chain["cases"] if case["number"] in numbers]
    answer = api.post(f"/api/v1/chains/{chain['id']}/split", {"cases": leaving})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["chain"])


def undo(api: Api, chain: dict[str, Any]) -> dict[str, Any]:
    answer = api.post(f"/api/v1/chains/{chain['id']}/undo")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def two_chains(api: Api) -> tuple[dict[str, Any], dict[str, Any]]:
    """One of three tickets, T-1 to T-3, and one of four, P-0 to P-3."""
    weekly(api)
    for n in range(4):
        report(api, f"P-{n}", PRINTER)
        api.desk.wait(24 * 60)
    return named(api, "T-1"), named(api, "P-0")


def test_a_problem_keeps_the_one_case_that_was_left_to_it(fresh: Api) -> None:
    """A ticket like those that were parted from it joins one side, and brings the two no more together."""
    weekly(fresh)
    chain = named(fresh, "T-1")
    decide(fresh, chain, "accepted")
    split(fresh, chain, "T-2", "T-3")
    report(fresh, "T-30", "GlobalLink: 809 again")
    fresh.desk.send("resolved", "T-1", fix_summary="Restarted the gateway once more")
    fresh.desk.settle()
    assert cases(named(fresh, "T-1")) == ["T-1"]
    assert fresh.get(f"/api/v1/chains/{chain['id']}").json()["problem"] is not None


def test_a_refused_chain_of_one_case_is_not_taken_into_another(fresh: Api) -> None:
    weekly(fresh)
    chain = named(fresh, "T-1")
    decide(fresh, chain, "refused", reason="Known")
    split(fresh, chain, "T-2", "T-3")
    report(fresh, "T-30", "GlobalLink: 809 again")
    assert (cases(named(fresh, "T-1")), named(fresh, "T-1")["state"]) == (["T-1"], "refused")
