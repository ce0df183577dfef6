"""A statement in a person's own words: looked at as each reader gets it, then sent, and nothing between."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import escape

from pipeline.domain.communication import CommunicationState
from pipeline.domain.major_events import Stated
from pipeline.domain.message import MessageState
from tests.acceptance.outage import CRM
from tests.acceptance.story import Desk

from .majors import DOWN, Seat, desk_with, somebody

PAGE = f"/incidents/{CRM}/compose"
VAGUE = "Some users can sign in again."
FALSE = "The incident is resolved."
TELLING = "We are moving it off crm-app-03.corp."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_with(tmp_path, somebody(), somebody("jing", language="zh")) as found:
        found.at("10:00").send("incident.declared", CRM, **DOWN)
        found.at("10:05")
        yield found


@pytest.fixture
def seat(desk: Desk) -> Seat:
    return Seat(desk, "manager")


def send(desk: Desk, seat: Seat, **form: str) -> None:
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    answer = seat.post(PAGE, version=str(incident.version), send="", **form)
    assert answer.status_code == 303, answer.text
    desk.at("10:06")


def statements(desk: Desk) -> int:
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    events = desk.app.queries.stream(incident.id)
    return sum(isinstance(event.data, Stated) for event in events)


def states(desk: Desk, audience: str) -> list[CommunicationState]:
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    found = desk.app.queries.communications(incident.id)
    return [c.state for c in found if c.audience == audience and not c.scheduled]


def shown(page: str) -> list[str]:
    """The texts of the preview, as a person reads them."""
    found = re.findall(r'<pre class="words">(.*?)</pre>', page, re.DOTALL)
    return [html.unescape(text) for text in found]


def test_looking_records_nothing(desk: Desk, seat: Seat) -> None:
    answer = seat.post(PAGE, look="", **{"text.en": VAGUE})
    assert answer.status_code == 200
    assert VAGUE in answer.text
    assert statements(desk) == 0


def test_nothing_written_is_nothing_sent(desk: Desk, seat: Seat) -> None:
    """Also when the button is pressed."""
    for text in ("", "  \n", "\u200b"):
        answer = seat.post(PAGE, send="", version="1", **{"text.en": text})
        assert answer.status_code == 200
    assert statements(desk) == 0


def without_own_foot(text: str) -> str:
    """Without the line that leads to the reader's own page: a link that nobody else may see."""
    return re.sub(r"\n[^\n]*/own/[^\n]*", "", text)


def test_what_was_looked_at_is_what_each_reader_gets(desk: Desk, seat: Seat) -> None:
    """To the letter, in each language; the mails that left are those of the preview."""
    form = {"text.en": "The web version works.", "text.zh": "网页版可以使用。"}
    previewed = [text for text in shown(seat.post(PAGE, look="", **form).text) if text]
    send(desk, seat, **form)
    for reader in ("li", "tom", "director", "chief", "phone", "line", "sales"):
        left = desk.mails(f"{reader}@example.org")[-1].text
        assert without_own_foot(left).strip() in {
            text.strip().replace("10:05", "10:05") for text in previewed
        }, f"{reader}\n{left}\n{previewed}"


def test_a_managers_vague_words_are_warned_about_and_leave_with_one_tap(
    desk: Desk, seat: Seat
) -> None:
    answer = seat.post(PAGE, look="", **{"text.en": VAGUE}).text
    assert "finding-warn" in answer
    assert "waits for a person" not in answer
    send(desk, seat, **{"text.en": VAGUE})
    assert VAGUE in desk.mails("tom@example.org")[-1].text


@pytest.mark.parametrize("words", [FALSE, TELLING, "故障已解决。"])
def test_what_denies_the_record_or_gives_away_an_inside_waits_for_a_person(
    desk: Desk, seat: Seat, words: str
) -> None:
    assert "waits for a person" in seat.post(PAGE, look="", **{"text.en": words}).text
    before = len(desk.mails("tom@example.org"))
    send(desk, seat, **{"text.en": words})
    assert len(desk.mails("tom@example.org")) == before
    assert CommunicationState.HELD in states(desk, "affected")


def test_the_public_page_gets_only_what_its_author_ticked(desk: Desk, seat: Seat) -> None:
    send(desk, seat, **{"text.en": "Only for those affected."})
    assert "Only for those" not in seat.client.get(f"/s/{CRM}?lang=en").text
    form = {"text.en": "For everybody to read.", "visibility": "public"}
    assert "not told" not in seat.post(PAGE, look="", **form).text
    send(desk, seat, **form)
    assert "For everybody to read." in seat.client.get(f"/s/{CRM}?lang=en").text


def test_a_changed_ticket_keeps_the_words_and_sends_nothing(desk: Desk, seat: Seat) -> None:
    desk.send("incident.accepted", CRM, team="app-support")
    answer = seat.post(PAGE, version="1", send="", **{"text.en": VAGUE})
    assert answer.status_code == 200
    assert "The ticket has changed since this page was opened" in answer.text
    assert f">{VAGUE}</textarea>" in answer.text
    assert statements(desk) == 0


def test_while_it_is_written_only_the_preview_is_sent_anew(seat: Seat) -> None:
    answer = seat.client.post(
        PAGE, data={"csrf": seat.csrf, "text.en": VAGUE}, headers={"HX-Target": "preview"}
    )
    assert answer.text.lstrip().startswith('<section id="preview"')


def test_a_chinese_manager_is_told_in_chinese(desk: Desk) -> None:
    answer = Seat(desk, "jing").post(PAGE, look="", **{"text.zh": "部分用户可以登录。"}).text
    assert "每位读者看到的样子" in answer
    assert "请写清点过的范围" in answer


def test_on_a_ticket_that_is_no_failure_nobody_would_be_told(desk: Desk, seat: Seat) -> None:
    desk.send("reported", "INC-1", title="Mouse", requester={"id": "li"})
    answer = seat.get("/incidents/INC-1/compose")
    assert "nobody would be told" in answer.text


@pytest.mark.parametrize(
    "form",
    [
        {
            "text.zh": "网页版已可登录。",
            "text.en": "It works again in parts.",
            "visibility": "public",
        },
        {"text.zh": "第一行\n\n第三行 " + "长" * 800},
        {"text.en": '<b>bold</b> & "quoted" {{ 7*7 }}\n\n- list\n> quoted\n*x* _y_ `z`'},
        {"text.en": "[[time_note]] \ue000number\ue001 {number} ${x} %(x)s"},
        {"text.en": "one\r\ntwo\rthree\u2028four  five\t six"},
        {"text.en": FALSE},
    ],
)
def test_each_text_of_the_preview_is_the_text_of_the_message(
    desk: Desk, seat: Seat, form: dict[str, str]
) -> None:
    """In every form, language and channel, on the public page and in what is held; and it left where
    the preview said so."""
    page = seat.post(PAGE, look="", **form).text
    incident = desk.app.queries.incident(CRM)
    assert incident is not None
    before = {m.id for m in desk.app.queries.messages(incident_id=incident.id, limit=999)}
    send(desk, seat, **form)
    after = desk.app.queries.messages(incident_id=incident.id, limit=999)
    new = [m for m in after if m.id not in before]
    assert len(new) == len(shown(page)) > 0
    for message in new:
        text = desk.app.preview(message)
        assert str(escape(without_own_foot(text.text))) in page
        assert str(escape(text.subject)) in page
    assert ("waits for a person" in page) is any(m.state is MessageState.HELD for m in new)
