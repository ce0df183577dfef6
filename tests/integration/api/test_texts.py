"""Texts and releases over the API: what is refused, what is kept, and what takes effect at once."""

from __future__ import annotations

import prompts
from pipeline.flow.written_texts import texts_in

from .conftest import Api

ACK = "/api/v1/templates/acknowledgement/requester"
SHIPPED = texts_in(prompts.read_texts(prompts.ROOT), "acknowledgement/requester")
GREETED = {
    "zh": SHIPPED["zh"].replace("== mail ==\n", "== mail ==\n服务台收到了您的消息。\n\n"),
    "en": SHIPPED["en"].replace("== mail ==\n", "== mail ==\nThe desk has your message.\n\n"),
}


def test_a_text_is_looked_at_kept_put_in_force_and_taken_back(api: Api) -> None:
    api.desk.report()
    assert api.post(f"{ACK}/check", GREETED).json() == []
    shown = api.post(f"{ACK}/preview", {"ticket": "T-1", **GREETED}).json()
    assert {(one["language"], one["form"]) for one in shown} >= {("zh", "mail"), ("en", "short")}
    assert "The desk has your message." in next(
        one["text"] for one in shown if (one["language"], one["form"]) == ("en", "mail")
    )
    saved = api.post(f"{ACK}/versions", {**GREETED, "after": 0, "why": "kinder"})
    assert saved.json() == {"version": 1}
    assert api.post(f"{ACK}/activate", {"version": 1, "why": "agreed"}).status_code == 200
    listed = {t["name"]: t for t in api.get("/api/v1/templates").json()}
    assert listed["acknowledgement/requester"]["origin"] == "written"
    api.desk.report("T-2")
    api.desk.settle()
    assert "The desk has your message." in api.desk.mail.sent[-1].text
    assert api.post(f"{ACK}/rollback", {"why": "too kind"}).json() == {"version": 0}
    kept = api.get(ACK).json()
    assert kept["en"] == SHIPPED["en"]
    assert [(a["version"], a["why"]) for a in kept["activations"]] == [
        (0, "too kind"),
        (1, "agreed"),
    ]


def test_problems_are_named_and_nothing_is_put_in_force(fresh: Api) -> None:
    bad = {**GREETED, "en": GREETED["en"].replace("The desk", "{{ nope }}")}
    assert "nope" in fresh.post(f"{ACK}/check", bad).json()[0]["problem"]
    assert fresh.post(f"{ACK}/versions", {**bad, "after": 0}).status_code == 200
    refused = fresh.post(f"{ACK}/activate", {"version": 1})
    assert refused.status_code == 400
    assert "nope" in str(refused.json()["errors"])
    assert fresh.post(f"{ACK}/versions", {**GREETED, "after": 0}).status_code == 409
    assert fresh.post(f"{ACK}/activate", {"version": 7}).status_code == 404


def test_which_text_tells_a_ticket_is_said_with_the_reason(api: Api) -> None:
    variant = "/api/v1/templates/acknowledgement/requester+type-mail"
    api.post(f"{variant}/versions", {**GREETED, "after": 0})
    api.post(f"{variant}/activate", {"version": 1})
    api.desk.report()
    asked = api.get(f"{ACK}/candidates?ticket=T-1").json()
    assert [(c["name"].partition("/")[2], c["wins"], c["misfit"]) for c in asked] == [
        ("requester+type-mail", False, "incident_type"),
        ("requester", True, None),
    ]
    api.desk.send("classified", incident_type="mail")
    assert api.get(f"{ACK}/candidates?ticket=T-1").json()[0]["wins"]


def test_reading_is_no_permission_to_write(api: Api) -> None:
    reader = api.token("read", "act")
    for path, body in (
        (f"{ACK}/versions", {**GREETED, "after": 0}),
        (f"{ACK}/activate", {"version": 0}),
        (f"{ACK}/rollback", {}),
        (f"{ACK}/preview", {"ticket": "T-1"}),
    ):
        assert api.post(path, body, token=reader).status_code == 403
    assert api.get("/api/v1/templates/nope/requester", reader).status_code == 400
    assert api.get("/api/v1/templates/update/nobody", reader).status_code == 404


def test_a_veto_over_the_api_is_the_last_word(api: Api) -> None:
    """What the guard holds waits for a person; a token may speak for one, and stop it."""
    api.desk.report()
    api.desk.wait(5)
    api.desk.send("resolved", fix_summary="Restarted the service on 10.20.30.40")
    api.desk.settle()
    held = [c for c in api.desk.communications if c.state.value == "held"]
    assert held
    path = f"/api/v1/communications/{held[0].id}"
    assert api.get(f"{path}/agreement").json()["needed"] == 1
    assert api.post(f"{path}/veto", {"reason": "an address of ours"}).json()["vetoed"]
    assert api.post(f"{path}/release", {"reason": "no"}).status_code == 409
    after = api.get(f"{path}/agreement").json()
    assert (after["state"], after["votes"][0]["ballot"]) == ("ended", "veto")
