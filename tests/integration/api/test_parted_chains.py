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


def problem_of(api: Api, chain: dict[str, Any]) -> dict[str, Any]:
    found = api.get("/api/v1/problems").json()
    return next(dict(one) for one in found if one["chain"] == chain["id"])


def record(api: Api, number: str, **said: str) -> dict[str, Any]:
    answer = api.post(f"/api/v1/problems/{number}", said)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_cases_that_came_after_a_fix_reopen_the_problem_that_takes_them_in(fresh: Api) -> None:
    """Merged by a person as joined by themselves. The fix that did not hold is none any more, and said again
    it is a fix again."""
    weekly(fresh)
    chain = named(fresh, "T-1")
    decide(fresh, chain, "accepted")
    number = problem_of(fresh, chain)["number"]
    record(fresh, number, fix="New firmware")
    for n in range(4):
        report(fresh, f"P-{n}", PRINTER)
        fresh.desk.wait(24 * 60)
    decide(fresh, named(fresh, "P-0"), "merged", into=number)
    back = problem_of(fresh, chain)
    assert (back["state"], back["fix"], back["quiet_until"]) == ("open", None, None)
    assert (back["taken"][-1]["step"], back["taken"][-1]["said"]) == ("reopened", "New firmware")
    assert record(fresh, number, fix="New firmware")["state"] == "fixed"


def test_cases_from_before_a_fix_leave_it_as_it_is(fresh: Api) -> None:
    chain, other = two_chains(fresh)
    decide(fresh, chain, "accepted")
    number = problem_of(fresh, chain)["number"]
    record(fresh, number, fix="New firmware")
    decide(fresh, other, "merged", into=number)
    assert problem_of(fresh, chain)["state"] == "fixed"


def test_a_closed_problem_takes_no_chain_in(fresh: Api) -> None:
    """Nothing could be recorded of its cases there."""
    chain, other = two_chains(fresh)
    decide(fresh, chain, "accepted")
    number = problem_of(fresh, chain)["number"]
    closing = fresh.post(f"/api/v1/problems/{number}/closing", {"reason": "Replaced"})
    assert closing.status_code == 200
    path = f"/api/v1/chains/{other['id']}/decision"
    assert fresh.post(path, {"decision": "merged", "into": number}).status_code == 409
    assert named(fresh, "P-0")["state"] == "proposed"


def test_taking_a_refusal_back_forgets_nothing_that_was_parted(fresh: Api) -> None:
    titles = ("GlobalLink shows error 809", "GlobalLink 809 again", "GlobalLink: error 809")
    weekly(fresh, titles * 2)
    chain = named(fresh, "T-1")
    ids = [case["id"] for case in chain["cases"]]
    split(fresh, chain, "T-4", "T-5", "T-6")
    report(fresh, "T-20", titles[0])
    report(fresh, "T-21", titles[0])
    parted = next(one for one in chains(fresh) if one["id"] != chain["id"])
    decide(fresh, parted, "refused", reason="Known")
    undo(fresh, parted)
    with fresh.desk.app.store.read() as tx:
        assert len(tx.refused_among(ids)) == 9


def test_taking_a_merge_back_leaves_what_was_parted_since_where_it_is(fresh: Api) -> None:
    chain, other = two_chains(fresh)
    decide(fresh, chain, "merged", into=other["id"])
    third = split(fresh, named(fresh, "P-0"), "T-3", "P-0")
    assert cases(undo(fresh, chain)) == ["T-1", "T-2"]
    with fresh.desk.app.store.read() as tx:
        assert len(tx.members([third])[third]) == 2


def test_a_merge_into_tickets_that_one_may_not_see_is_refused(fresh: Api) -> None:
    """For who acts on one source alone there is no such chain to merge into, nor is a merge of others theirs to
    take back."""
    weekly(fresh)
    for n in range(4):
        event = fresh.desk.event("reported", f"H-{n}", title=PRINTER, requester={"id": "wang"})
        fresh.desk.accept(event | {"source": "hr"})
        fresh.desk.settle()
        fresh.desk.wait(24 * 60)
    chain, other = named(fresh, "T-1"), named(fresh, "H-0")
    desk, third = (fresh.token("act", sources=(name,)) for name in ("desk", "elsewhere"))
    path, body = f"/api/v1/chains/{chain['id']}", {"decision": "merged", "into": other["id"]}
    assert fresh.post(f"{path}/decision", body, desk).status_code == 404
    everywhere = fresh.token("act", sources=("*",))
    assert fresh.post(f"{path}/decision", body, everywhere).status_code == 200
    assert fresh.post(f"{path}/undo", None, third).status_code == 404
    assert fresh.post(f"{path}/undo", None, desk).status_code == 200
