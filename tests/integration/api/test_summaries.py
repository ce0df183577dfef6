"""Summaries by the API: asked for, watched, edited, released and sent; each reader gets what she may know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.prose import Step
from tests.unit.flow.desk import opened
from tests.unit.flow.writers import Plain, Saying, Unfit, forbids, writing

from .conftest import Api, note, report

CHAT = "[10:32] Chen Li: mbx-07 is full\n[10:40] Wang Xiaolin: it still crashes\n"
PATH = "/api/v1/incidents/T-1/summaries"
ALONE = "/api/v1/summaries"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Api]:
    parts = writing((Step.MODEL, Unfit("half a JSON")), Plain(), checks=[forbids("guilty")])
    with opened(tmp_path, writing=parts) as found:
        api = Api(found)
        assert api.send(report()).status_code == 202
        assert api.send(note()).status_code == 202
        chat = {"text": CHAT, "zone": "Asia/Shanghai"}
        assert api.post("/api/v1/incidents/T-1/conversations", chat).status_code == 201
        yield api


def ask(api: Api, **body: Any) -> Any:
    answer = api.post(PATH, body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_draft_tells_what_each_sentence_rests_on_and_who_wrote_it(desk: Api) -> None:
    made = ask(desk, audience="technician", language="en")
    assert (made["step"], made["enough"], made["state"]) == ("extraction", True, "draft")
    assert made["falls"] == [{"step": "model", "why": "half a JSON"}]
    assert (made["prompt"], made["template"], made["tokens_in"], made["tokens_out"]) == (
        *("p-1", "t-1"),
        *(100, 20),
    )
    assert made["milliseconds"] >= 500
    first, last = made["sentences"][0], made["sentences"][-1]
    assert first["text"] == "title: “Mail client crashes”."
    assert (first["evidence"][0]["kind"], first["evidence"][0]["value"]) == (
        "fact",
        "“Mail client crashes”",
    )
    said = last["evidence"][0]
    assert (said["kind"], said["speaker"], said["person"], said["text"]) == (
        *("line", "Wang Xiaolin"),
        *("wang", "it still crashes"),
    )
    assert said["at"].endswith("02:40:00Z") or "T02:40:00" in said["at"]
    assert last["standing"] == "supported"
    assert desk.get(f"{PATH}/{made['id']}", desk.token("read", "act")).json() == made


def test_stakeholders_are_told_nothing_that_is_internal(desk: Api) -> None:
    """Of a ticket that is not major its requester is meant."""
    made = ask(desk)
    assert (made["audience"], made["kind"], made["leaves_as"]) == (
        *("requester", "stakeholder"),
        "public_note",
    )
    assert "mbx-07" not in json.dumps(made)
    assert "tried it" not in json.dumps(made)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("length", ["short", "normal", "long"])
def test_language_and_length_are_those_asked_for(desk: Api, language: str, length: str) -> None:
    made = ask(desk, language=language, length=length)
    assert (made["language"], made["length"]) == (language, length)


@pytest.mark.parametrize(
    ("body", "field", "status"),
    [
        ({"audience": "everybody"}, "audience", 400),
        ({"audience": "public"}, "audience", 403),
        ({"language": "fr"}, "language", 400),
        ({"length": "endless"}, "length", 400),
        ({"kind": "poem"}, "kind", 400),
        ({"zone": "Mars/Olympus"}, "zone", 400),
        ({"tone": "merry"}, "tone", 400),
    ],
)
def test_a_bad_wish_names_the_field_at_fault(
    desk: Api, body: dict[str, str], field: str, status: int
) -> None:
    answer = desk.post(PATH, body)
    assert (answer.status_code, answer.json()["field"]) == (status, field)


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for part in text.strip().split("\n\n"):
        name, data = part.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def watch(api: Api, path: str, body: object) -> Any:
    headers = {"Authorization": f"Bearer {api.token('act')}", "Accept": "text/event-stream"}
    return api.client.post(path, json=body, headers=headers)


def test_whoever_watches_is_told_each_step_and_sentence(desk: Api) -> None:
    answer = watch(desk, PATH, {"audience": "technician"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = events(answer.text)
    names = [name for name, _ in told]
    assert names[:3] == ["begun", "fell", "begun"]
    assert set(names[3:-1]) == {"sentence"}
    assert told[1][1] == {"step": "model", "why": "half a JSON"}
    assert names[-1] == "done"
    assert told[-1][1]["id"] == desk.get(PATH, desk.token("read", "act")).json()[0]["id"]


def test_a_refusal_comes_before_the_stream(desk: Api) -> None:
    """With its own status and problem details."""
    answer = watch(desk, PATH, {"audience": "public"})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_stream_that_fails_says_why(tmp_path: Path) -> None:
    with opened(tmp_path, writing=writing(Unfit("the model is away"))) as found:
        api = Api(found)
        api.send(report())
        [*_, (name, value)] = events(watch(api, PATH, {}).text)
        assert (name, value["status"]) == ("failed", 503)
        assert "the model is away" in value["detail"]
        answer = api.post(PATH, {})
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")


def test_edited_checked_released_and_sent(desk: Api) -> None:
    """A person's words stand beside the draft, need a reason where a finding holds them, and leave."""
    made = ask(desk)
    one = f"{PATH}/{made['id']}"
    looked = desk.post(f"{one}/check", {"text": "Wang is guilty."}).json()
    assert looked["sentences"][0]["findings"][0]["rule"] == "no-guilty"
    assert desk.get(one, desk.token("read", "act")).json() == made
    now = desk.post(f"{one}/edit", {"text": "Wang is guilty.", "revision": 1}).json()
    assert (now["edited"]["text"], now["text"], now["revision"]) == (
        "Wang is guilty.",
        made["text"],
        2,
    )
    assert desk.post(f"{one}/edit", {"text": "Late", "revision": 1}).status_code == 409
    assert desk.post(f"{one}/send", {}).status_code == 409
    refused = desk.post(f"{one}/release", {}).json()
    assert (refused["field"], refused["findings"][0]["rule"]) == ("reason", "no-guilty")
    released = desk.post(f"{one}/release", {"reason": "she says so"}).json()
    assert (released["state"], released["moved"]["why"]) == ("released", "she says so")
    assert released["readers"] == {"all": 1, "others": 0}
    sent = desk.post(f"{one}/send", {}).json()
    assert sent["state"] == "sent"
    last = desk.get("/api/v1/incidents/T-1/events").json()[-1]
    assert last["id"] == sent["moved"]["event"]
    assert (last["data"]["text"], last["data"]["visibility"]) == ("Wang is guilty.", "requester")


def test_a_ticket_that_moved_on_is_told_with_its_version(desk: Api) -> None:
    made = ask(desk)
    one = f"{PATH}/{made['id']}"
    desk.post(f"{one}/release", {})
    desk.send(note(id="note-2"))
    stale = desk.post(f"{one}/send", {})
    assert (stale.status_code, stale.json()["field"]) == (409, "version")
    assert desk.post(f"{one}/send", {"version": made["version"] + 1}).status_code == 200


@pytest.mark.parametrize("act", ["release", "send", "discard"])
def test_what_somebody_did_not_see_is_not_moved_by_her(desk: Api, act: str) -> None:
    """Whoever names the revision that she saw is told of a newer one; without it, the newest is meant."""
    one = f"{PATH}/{ask(desk)['id']}"
    desk.post(f"{one}/edit", {"text": "In my words.", "revision": 1})
    if act == "send":
        desk.post(f"{one}/release", {"revision": 2})
    stale = desk.post(f"{one}/{act}", {"revision": 1})
    assert (stale.status_code, stale.json()["type"], stale.json()["field"]) == (
        *(409, "/problems/stale-version"),
        "revision",
    )
    assert desk.post(f"{one}/{act}", {"revision": 2}).status_code == 200


@pytest.mark.parametrize("act", ["check", "edit"])
@pytest.mark.parametrize("text", ["", " \n", "\u200b\u202e", "\ufeff", "\U000e0041"])
def test_a_text_of_which_nothing_can_be_seen_is_refused(desk: Api, text: str, act: str) -> None:
    """When it is checked, so that it is never kept, released or sent."""
    one = f"{PATH}/{ask(desk)['id']}"
    answer = desk.post(f"{one}/{act}", {"text": text})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/wrong-state")
    assert desk.get(one, desk.token("read", "act")).json()["edited"] is None


def test_put_aside_it_moves_no_more(desk: Api) -> None:
    one = f"{PATH}/{ask(desk)['id']}"
    assert desk.post(f"{one}/discard", {"reason": "too early"}).json()["state"] == "discarded"
    assert desk.post(f"{one}/release", {}).status_code == 409


def test_who_may_only_read_sees_what_an_outsider_could_be_sent(desk: Api) -> None:
    """Neither the list nor an address leads to what is internal; nobody without `act` asks for one."""
    internal, told = ask(desk, audience="technician"), ask(desk)
    reader = desk.token("read")
    for one in (internal, told):
        assert desk.post(f"{PATH}/{one['id']}/release", {}).status_code == 200
    assert [s["id"] for s in desk.get(PATH, reader).json()] == [told["id"]]
    assert desk.get(f"{PATH}/{internal['id']}", reader).status_code == 404
    assert desk.get(f"{PATH}/{told['id']}", reader).status_code == 200
    for way, body in (("", {}), ("check", {"text": "x"}), ("edit", {"text": "x"}), ("send", {})):
        path = f"{PATH}/{told['id']}/{way}" if way else PATH
        assert desk.post(path, body, reader).status_code == 403


def test_what_nobody_released_is_for_those_who_may_write(desk: Api) -> None:
    """A person's held words, the draft that she wrote anew, and what a step was refused for."""
    made, reader = ask(desk), desk.token("read")
    one = f"{PATH}/{made['id']}"
    assert desk.get(one, reader).status_code == 404
    desk.post(f"{one}/edit", {"text": "Wang is guilty."})
    assert desk.get(one, reader).status_code == 404
    assert desk.get(PATH, reader).json() == []
    desk.post(f"{one}/release", {"reason": "she says so"})
    seen = desk.get(one, reader).json()
    assert (seen["falls"], seen["text"]) == ([], "Wang is guilty.")
    assert made["text"] not in json.dumps(seen)
    whole = desk.get(one, desk.token("read", "act")).json()
    assert (whole["text"], len(whole["falls"])) == (made["text"], 1)
    desk.post(f"{one}/discard", {})
    assert desk.get(one, reader).status_code == 404


def test_a_token_of_another_source_reads_as_one_that_may_not_write(desk: Api) -> None:
    """It acts on its own tickets: of others it reads what left, and no draft."""
    internal, told = ask(desk, audience="technician"), ask(desk)
    foreign = desk.token("read", "act", sources=("other",))
    assert desk.get(PATH, foreign).json() == []
    for one in (internal, told):
        assert desk.get(f"{PATH}/{one['id']}", foreign).status_code == 404
        assert desk.post(f"{PATH}/{one['id']}/release", {}).status_code == 200
    seen = desk.get(PATH, foreign).json()
    assert [(s["id"], s["falls"]) for s in seen] == [(told["id"], [])]
    assert desk.get(f"{PATH}/{internal['id']}", foreign).status_code == 404
    assert len(desk.get(PATH, desk.token("read", "act", sources=("*",))).json()) == 2


def test_a_log_alone_is_summarised_and_forgotten(desk: Api) -> None:
    """For people outside of the lines that they may read; `now` says what a bare clock time means."""
    body = {"text": CHAT, "now": "2026-08-20T18:00:00+08:00", "zone": "Asia/Shanghai"}
    made = desk.post(ALONE, {**body, "audience": "technician"}).json()
    assert (made["id"], made["incident"]) == (None, None)
    assert made["sentences"][-1]["evidence"][0]["at"].startswith("2026-08-20T02:40:00")
    assert [p["code"] for p in made["problems"]] == ["log_day_assumed"]
    told = desk.post(ALONE, {**body, "language": "zh"}).json()
    assert (told["audience"], told["language"], len(told["sentences"])) == ("requester", "zh", 1)
    assert desk.get(PATH, desk.token("read", "act")).json() == []


def test_a_log_alone_comes_as_files_too_and_is_watched(desk: Api) -> None:
    headers = {"Authorization": f"Bearer {desk.token('act')}", "Accept": "text/event-stream"}
    answer = desk.client.post(
        ALONE,
        files=[("files", ("chat.txt", CHAT.encode("utf-16")))],
        data={"audience": "technician", "length": "short"},
        headers=headers,
    )
    [*_, (name, value)] = events(answer.text)
    assert (name, value["length"]) == ("done", "short")
    assert "mbx-07" in value["text"]


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "files"), ({"text": CHAT, "now": "yesterday"}, "now"), ({"text": "\x00"}, "files")],
)
def test_a_bad_log_alone_names_the_field(desk: Api, body: dict[str, str], field: str) -> None:
    answer = desk.post(ALONE, body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_too_little_says_so(tmp_path: Path) -> None:
    """It is no error: the draft is there, and empty."""

    class Silent:
        def write(self, assignment: object) -> None:
            return None

    with opened(tmp_path, writing=writing(Silent())) as found:
        api = Api(found)
        api.send(report())
        made = ask(api)
        assert (made["enough"], made["sentences"], made["step"]) == (False, [], None)


def test_a_broken_answer_of_a_model_is_never_shown(tmp_path: Path) -> None:
    """A sentence that rests on nothing that was given falls, and the next step writes."""
    invented = Saying(["It is all fine."], rests_on=("f.nothing",))
    with opened(tmp_path, writing=writing((Step.MODEL, invented), Plain())) as found:
        api = Api(found)
        api.send(report())
        made = ask(api)
        assert made["step"] == "extraction"
        assert "f.nothing" in made["falls"][0]["why"]
        assert "all fine" not in made["text"]
