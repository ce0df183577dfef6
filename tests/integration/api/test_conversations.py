"""Logs come in by the API: as files or as text, once, with their lines, for those who work on the ticket."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from .conftest import Api, report

CHAT = "[10:32] Chen Li: mbx-07 is full\n[10:40] Wang Xiaolin: 仍然闪退\n"
PATH = "/api/v1/incidents/T-1/conversations"


@pytest.fixture
def desk(fresh: Api) -> Api:
    assert fresh.send(report()).status_code == 202
    return fresh


def sends(
    api: Api, *files: tuple[str, bytes], path: str = PATH, token: str = "", **more: str
) -> Any:
    secret = token or api.token("read", "act")
    return api.client.post(
        path,
        files=[("files", file) for file in files],
        data=more,
        headers={"Authorization": f"Bearer {secret}"},
    )


def test_text_becomes_a_conversation_with_lines(desk: Api) -> None:
    answer = desk.post(PATH, {"text": CHAT, "name": "chat.txt", "zone": "Asia/Shanghai"})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["added"], made["lines"], made["speakers"], made["format"]) == (True, 2, 2, "plain")
    assert [p["code"] for p in made["problems"]] == ["log_day_assumed"]
    assert {"zh", "en"} <= made["problems"][0].keys()
    shown = desk.get(f"{PATH}/{made['id']}", desk.token("act")).json()
    assert [(line["speaker"], line["person"]) for line in shown["said"]] == [
        ("Chen Li", "chen"),
        ("Wang Xiaolin", "wang"),
    ]
    assert shown["said"][1]["text"] == "仍然闪退"


def test_files_in_any_encoding_come_as_a_form(desk: Api) -> None:
    """Their names and the fields beside them count; they are given back as they came."""
    octets = CHAT.encode("gb18030")
    answer = sends(desk, ("聊天.txt", octets), zone="Asia/Shanghai", shared="true")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["name"], made["shared"], made["octets"]) == ("聊天.txt", True, len(octets))
    files = desk.get(f"{PATH}/{made['id']}/files", desk.token("act"))
    assert files.headers["content-type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(files.content)).read("聊天.txt") == octets


def test_the_same_log_again_is_the_same_conversation(desk: Api) -> None:
    first = desk.post(PATH, {"text": CHAT})
    again = desk.post(PATH, {"text": CHAT, "name": "other.txt"})
    assert (again.status_code, again.json()["added"]) == (200, False)
    assert again.json()["id"] == first.json()["id"]
    assert len(desk.get(PATH, desk.token("act")).json()) == 1


def test_the_timeline_tells_of_it_and_it_can_be_taken_away(desk: Api) -> None:
    made = desk.post(PATH, {"text": CHAT}).json()
    headers = {"Authorization": f"Bearer {desk.token('act')}"}
    gone = desk.client.delete(
        f"/api/v1{PATH.removeprefix('/api/v1')}/{made['id']}", headers=headers
    )
    assert (gone.status_code, gone.content) == (204, b"")
    types = [e["type"].split(".")[-2] for e in desk.get("/api/v1/incidents/T-1/events").json()]
    assert types == ["reported", "conversation_added", "conversation_removed"]
    assert desk.get(f"{PATH}/{made['id']}", desk.token("act")).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "files"),
        ({"text": ""}, "text"),
        ({"text": "   \n"}, "files"),
        ({"text": CHAT, "format": "telepathy"}, "format"),
        ({"text": CHAT, "zone": "Mars/Olympus"}, "zone"),
        ({"text": CHAT, "shared": "perhaps"}, "shared"),
        ({"text": CHAT, "colour": "red"}, "colour"),
        ([CHAT], "body"),
    ],
)
def test_a_bad_log_names_the_field_at_fault(desk: Api, body: object, field: str) -> None:
    answer = desk.post(PATH, body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["field"] == field
    assert desk.get(PATH, desk.token("act")).json() == []


def test_other_bodies_are_refused_as_everywhere(desk: Api) -> None:
    headers = {"Authorization": f"Bearer {desk.token('act')}"}
    plain = desk.client.post(PATH, content=CHAT, headers=headers | {"Content-Type": "text/plain"})
    assert plain.status_code == 415
    twice = b'{"text": "a", "text": "b"}'
    json_ = headers | {"Content-Type": "application/json"}
    assert desk.client.post(PATH, content=twice, headers=json_).status_code == 400
    assert sends(desk, ("a.txt", b"x: y"), text=CHAT).json()["field"] == "text"


def test_a_log_may_be_larger_than_other_bodies_up_to_its_limit(desk: Api) -> None:
    """And whoever may not send it is turned away before it is read."""
    rows = [f"[2026-08-24 {8 + n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}] Chen Li: {'word ' * 30}{n}" for n in range(9_000)]  # fmt: skip
    large = "\n".join(rows).encode()
    assert len(large) > 1024 * 1024
    made = sends(desk, ("chat.txt", large))
    assert (made.status_code, made.json()["lines"]) == (201, 9_000)
    assert sends(desk, ("chat.txt", large), token=desk.token("read")).status_code == 403
    too_large = sends(desk, ("chat.txt", b"x" * (22 * 1024 * 1024)))
    assert (too_large.status_code, too_large.json()["field"]) == (413, "body")


@pytest.mark.parametrize("way", ["", "/cnv_1", "/cnv_1/files"])
def test_what_was_said_is_for_those_who_work_on_it(desk: Api, way: str) -> None:
    """Not for whoever may only look at tickets."""
    assert desk.get(f"{PATH}{way}", desk.token("read")).status_code == 403
    assert desk.client.get(f"{PATH}{way}").status_code == 401


def test_an_unknown_ticket_is_told(desk: Api) -> None:
    answer = desk.post("/api/v1/incidents/T-9/conversations", {"text": CHAT})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-incident")


def test_a_number_with_a_slash_has_conversations_too(desk: Api) -> None:
    assert desk.send(report("2026/17")).status_code == 202
    made = desk.post("/api/v1/incidents/2026/17/conversations", {"text": CHAT})
    assert made.status_code == 201
    one = f"/api/v1/incidents/2026/17/conversations/{made.json()['id']}"
    assert desk.get(one, desk.token("act")).json()["lines"] == 2


def test_both_forms_of_the_body_are_documented(desk: Api) -> None:
    document = desk.client.get("/openapi.json").json()
    body = document["paths"]["/api/v1/incidents/{name}/conversations"]["post"]["requestBody"]
    assert set(body["content"]) == {"application/json", "multipart/form-data"}
    assert "files" in json.dumps(body["content"]["multipart/form-data"])
