"""Exports in JSON become the same lines: exact times, people by their ids, what programs said apart."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from pipeline.domain.directory import Address, Person
from pipeline.drafting.conversation import LogFile, Part, ProblemKind, Visible, read

from .logs import NOW, PEOPLE, SHANGHAI, kinds, read_json, read_text, said

USERS = [
    {"id": "U1", "name": "wxl", "profile": {"real_name": "王晓琳", "email": "wang@example.org"}},
    {"id": "U2", "name": "dave", "real_name": "Dave Smith", "profile": {}},
]
DAY = [
    {"type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined the channel", "ts": "1787538600.000100"},
    {"type": "message", "user": "U1", "text": "邮件又崩了 &amp; 打不开 <https://wiki/x|手册>", "ts": "1787538731.000200"},
    {"type": "message", "user": "U2", "text": "&gt; 邮件又崩了 &amp; 打不开\n<@U1> looking, <!here>", "ts": "1787538911.000300"},
    {"type": "message", "subtype": "bot_message", "username": "monitor", "text": "", "ts": "1787539000.000400",
     "attachments": [{"title": "CPU 100 %", "fallback": "CPU"}]},
    {"type": "message", "user": "U1", "text": "", "files": [{"name": "screen.png"}], "ts": "1787539100.000500"},
]  # fmt: skip


def packed(**files: object) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, document in files.items():
            archive.writestr(name, json.dumps(document))
    return target.getvalue()


def test_a_slack_export_is_read_whole() -> None:
    """A zip of a channel's days and the users: names, mentions and links as people see them."""
    content = packed(
        **{
            "users.json": USERS,
            "mail/2026-08-24.json": DAY,
            "channels.json": [{"id": "C1", "name": "mail"}],
        }
    )
    conversation = read_text(content, "export.zip")
    assert conversation.format == "slack"
    assert said(conversation) == [
        ("24 10:32:11", "王晓琳", "邮件又崩了 & 打不开 手册 (https://wiki/x)"),
        ("24 10:35:11", "", "邮件又崩了 & 打不开"),
        ("24 10:35:11", "Dave Smith", "@王晓琳 looking, @here"),
        ("24 10:36:40", "monitor", "CPU 100 %"),
    ]
    assert [line.person for line in conversation.material] == ["wang", None, "p-7", None]
    assert [line.text for line in conversation.lines if line.part is Part.NOTICE] == [
        "@Dave Smith has joined the channel",
        "screen.png",
    ]
    assert kinds(conversation) == {ProblemKind.ATTACHMENT}


def test_a_day_file_without_users_has_their_ids() -> None:
    """Files of several days stand in the order of time."""
    late, soon = DAY[2:3], DAY[1:2]
    files = [LogFile(name="b.json", content=json.dumps(each).encode()) for each in (late, soon)]
    conversation = read(files, now=NOW, zone=SHANGHAI, people=PEOPLE)
    assert [who for _, who, _ in said(conversation)] == ["U1", "", "U2"]


def graph(name: str, at: str, content: str, **more: object) -> dict[str, object]:
    return {
        "id": "1",
        "messageType": "message",
        "createdDateTime": at,
        "from": {"user": {"displayName": name, "id": f"aad-{name}"}},
        "body": {"contentType": "html", "content": content},
        **more,
    }


def test_a_teams_export_is_put_in_order() -> None:
    """It comes from the newest down, in HTML, with what the program did."""
    newest_first = [
        graph(
            "Dave Smith", "2026-08-24T02:35:00.5Z", "<div><at id='0'>王晓琳</at>&nbsp;looking</div>"
        ),
        graph(
            "王晓琳",
            "2026-08-24T02:32:11Z",
            "<p>邮件又崩了</p><p>打不开</p>",
            attachments=[{"name": "a.png"}],
        ),
        graph(
            "",
            "2026-08-24T02:30:00Z",
            "<systemEventMessage/>Meeting started",
            messageType="systemEventMessage",
        ),
    ]
    conversation = read_json({"value": newest_first})
    assert conversation.format == "teams"
    assert said(conversation) == [
        ("24 10:32:11", "王晓琳", "邮件又崩了"),
        ("24 10:32:11", "王晓琳", "打不开"),
        ("24 10:35:00", "Dave Smith", "王晓琳 looking"),
    ]
    assert kinds(conversation) == {ProblemKind.WRONG_ORDER, ProblemKind.ATTACHMENT}


def test_an_accounts_own_teams_export_is_read() -> None:
    message = {
        "originalarrivaltime": "2026-08-24T02:32:11.000Z",
        "messagetype": "RichText/Html",
        "displayName": "王晓琳",
        "content": "<p>又崩了</p>",
        "from": "8:orgid:1",
    }
    document = {"userId": "x", "conversations": [{"id": "19:a", "MessageList": [message]}]}
    assert said(read_json(document)) == [("24 10:32:11", "王晓琳", "又崩了")]


def desk_time(shown: str, milliseconds: int) -> dict[str, str]:
    return {"display_value": shown, "value": str(milliseconds)}


def test_a_desks_conversations_and_notes_are_read() -> None:
    """With the request itself; a note is internal unless the desk showed it to the requester."""
    document = {
        "request": {
            "id": "100",
            "subject": "邮件客户端崩溃",
            "description": "<div>一打开就崩</div>",
            "requester": {"name": "王晓琳", "email_id": "wang@example.org", "id": "7"},
            "created_time": desk_time("Aug 24, 2026 10:32 AM", 1787538731000),
            "conversations": [
                {
                    "id": "1",
                    "type": "REQREPLY",
                    "from": {"name": "Dave Smith", "id": "8"},
                    "sent_time": desk_time("Aug 24, 2026 10:35 AM", 1787538911000),
                    "subject": "Re: 邮件客户端崩溃",
                    "description": "<p>Please clear the profile.</p><p>Best regards,<br>Dave</p>",
                }
            ],
            "notes": [
                {
                    "description": "供应商已接单",
                    "created_by": {"name": "Dave Smith", "id": "8"},
                    "created_time": desk_time("Aug 24, 2026 10:41 AM", 1787539260000),
                    "show_to_requester": False,
                }
            ],
        }
    }
    conversation = read_json(document)
    assert conversation.format == "service_desk_plus"
    assert said(conversation) == [
        ("24 10:32:11", "王晓琳", "邮件客户端崩溃"),
        ("24 10:32:11", "王晓琳", "一打开就崩"),
        ("24 10:35:11", "Dave Smith", "Please clear the profile."),
        ("24 10:41:00", "Dave Smith", "供应商已接单"),
    ]
    seen = [line.visible for line in conversation.material]
    assert seen == [Visible.REQUESTER, Visible.REQUESTER, Visible.REQUESTER, Visible.INTERNAL]
    assert conversation.material[0].person == "wang"


@pytest.mark.parametrize(
    ("marks", "seen"),
    [
        ({}, Visible.INTERNAL),
        ({"show_to_requester": True}, Visible.REQUESTER),
        ({"show_to_requester": "true"}, Visible.REQUESTER),
        ({"show_to_requester": False}, Visible.INTERNAL),
        ({"show_to_requester": "no idea"}, Visible.INTERNAL),
        ({"show_to_requester": None}, Visible.INTERNAL),
        ({"is_public": True}, Visible.REQUESTER),
        ({"is_public": False}, Visible.INTERNAL),
        ({"type": "REQREPLY"}, Visible.REQUESTER),
        ({"type": "REQREPLY", "show_to_requester": False}, Visible.INTERNAL),
        ({"type": "REQREPLY", "is_private": "true"}, Visible.INTERNAL),
        ({"type": "REQREPLY", "is_private": "perhaps"}, Visible.INTERNAL),
        ({"type": "REQREPLY", "is_private": "False"}, Visible.REQUESTER),
        ({"type": "REQREPLY", "is_internal": True}, Visible.INTERNAL),
        ({"type": "REQFORWARD"}, Visible.INTERNAL),
        ({"type": "REQFORWARD", "show_to_requester": True}, Visible.INTERNAL),
        ({"type": "SOMETHING_NEW"}, Visible.INTERNAL),
        ({"from": {"name": "Whoever", "id": "7"}}, Visible.REQUESTER),
        ({"from": {"name": "Whoever", "id": "7"}, "is_private": True}, Visible.INTERNAL),
        ({"from": {"name": "王晓琳", "id": "9"}}, Visible.INTERNAL),
    ],
)
@pytest.mark.parametrize("place", ["conversations", "notes", "loose"])
def test_only_what_a_desk_says_that_it_showed_was_seen(
    marks: dict[str, object], seen: Visible, place: str
) -> None:
    """Law 12: an unknown mark, an unknown way, or none at all is internal."""
    time = desk_time("Aug 24, 2026 10:35 AM", 1787538911000)
    entry = {"from": {"name": "Dave", "id": "8"}, "sent_time": time, "description": "yes"} | marks
    whole = {"id": "100", "requester": {"name": "王晓琳", "id": "7"}, place: [entry]}
    if place == "loose" and "from" in marks:
        seen = Visible.INTERNAL  # A bare list does not say who the requester is.
    document = [entry] if place == "loose" else {"request": whole}
    assert [line.visible for line in read_json(document).material] == [seen]


def test_a_desks_answer_of_its_api_is_read_as_it_is() -> None:
    """A list under its name, with times as the desk shows them."""
    note = {
        "note": "restarted",
        "added_by": "Dave Smith",
        "added_time": {"display_value": "Aug 24, 2026 10:32 AM"},
    }
    conversation = read_json({"notes": [note], "response_status": {}})
    assert said(conversation) == [("24 10:32:00", "Dave Smith", "restarted")]


def test_a_number_of_another_program_is_nobody_here() -> None:
    """Ids are often small numbers: user 7 of the desk is not person 7 of the directory."""
    stranger = Person(
        id="7", name="Li Lei", addresses=(Address(channel="mail", value="li@example.org"),)
    )
    note = {
        "note": "restarted",
        "created_by": {"name": "Dave Smith", "id": "7"},
        "created_time": desk_time("", 1787538731000),
    }
    file = LogFile(name="n.json", content=json.dumps({"notes": [note]}).encode())
    conversation = read([file], now=NOW, zone=SHANGHAI, people=[stranger, *PEOPLE])
    assert conversation.lines[0].person == "p-7"


def test_half_a_json_is_read_to_its_break() -> None:
    """What came before the break is there; the break is told."""
    text = json.dumps(DAY[1:4])
    for cut in (len(text) - 1, len(text) - 30, 250):
        conversation = read_text(text[:cut], "2026-08-24.json")
        assert conversation.lines[0].text.startswith("邮件又崩了")
        assert ProblemKind.UNREADABLE in kinds(conversation)


def test_objects_one_a_line_are_an_export_too() -> None:
    text = "\n".join(json.dumps(message) for message in DAY[1:3])
    conversation = read_text(text, "2026-08-24.jsonl")
    assert len(said(conversation)) == 3
    assert ProblemKind.UNREADABLE not in kinds(conversation)


def test_json_that_is_no_log_is_told() -> None:
    conversation = read_json({"hello": [1, 2, {"a": None}]})
    assert conversation.lines == ()
    assert kinds(conversation) == {ProblemKind.UNKNOWN_FORMAT}
