"""Both stories walked in a real browser, in each language, on a desk's screen and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.auth.sign_in import make_link
from pipeline.domain.directory import Directory, Language, Person, Role
from tests.browser import WIDTHS, Visit, browser, free_port, serving, visiting

from .outage import CRM, outage
from .story import Desk, desk, mail_client

__all__ = ["browser"]
EACH = [(language, width) for language in ("zh", "en") for width in WIDTHS]
STATEMENT = {"zh": "部分同事仍会看到报错", "en": "Some users still see errors"}
TOO_EARLY = {"zh": "故障已解决", "en": "The failure is resolved"}
SCOPE = {"zh": "全部 6,214 个账号", "en": "all 6,214 accounts"}
WORDS = {
    "zh": {
        "sign_in": "登录", "declare": "立即宣布为重大事件", "scope": "影响范围", "record": "记录",
        "compose": "写给受影响的人", "look": "预览", "send": "发送", "holds": "等人放行",
        "each": "每位读者看到的样子", "restored": "已恢复", "page": "公开页面", "promises": "承诺",
        "kept": "做到", "unavailable": "CRM 目前无法使用", "back": "已恢复", "none": "目前没有进行中的故障",
        "reopen": "重新打开工单", "reopened": "您的工单已重新打开", "reason_kept": "已送达", "tickets": "工单",
    },
    "en": {
        "sign_in": "Sign in", "declare": "Declare major now", "scope": "Scope", "record": "Record",
        "compose": "Write to those affected", "look": "Look at it", "send": "Send",
        "holds": "waits for a person", "each": "As each reader gets it", "restored": "Restored",
        "page": "Public page", "promises": "Promises", "kept": "kept",
        "unavailable": "CRM is unavailable", "back": "restored", "none": "No failure is open",
        "reopen": "Reopen the ticket", "reopened": "Your ticket is open again",
        "reason_kept": "delivered", "tickets": "Tickets",
    },
}  # fmt: skip
LINK = re.compile(r"http://127\.0\.0\.1:\d+/t/\S+")


@pytest.fixture(params=EACH, ids=lambda p: "-".join(p))
def seat(request: pytest.FixtureRequest) -> tuple[Language, str]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def failing(
    tmp_path: Path, seat: tuple[Language, str], browser: Browser
) -> Iterator[tuple[Desk, Visit]]:
    """The CRM's desk before its outage, and the incident manager's browser."""
    listening = free_port()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with (
        outage(tmp_path, public_url=base) as played,
        serving(played.app, listening),
        visiting(browser, base, language=seat[0], width=seat[1]) as visit,
    ):
        signed_in(played, visit, seat[0], Role.INCIDENT_MANAGER)
        yield played, visit


def signed_in(played: Desk, visit: Visit, language: Language, role: Role) -> None:
    person = Person(
        id="manager", name="Manager", role=role, language=language, zone="Asia/Shanghai"
    )
    played.app.acts.load_directory(Directory(people=(person,)))
    visit.open(make_link(played.app, person.id))
    visit.press(WORDS[language]["sign_in"])


def test_an_incident_manager_leads_an_outage_from_the_alert_to_the_public_all_clear(
    failing: tuple[Desk, Visit], seat: tuple[Language, str]
) -> None:
    """Declares with one tap, records, writes in own words past a warning but not past a falsehood."""
    (played, visit), language = failing, seat[0]
    words = WORDS[language]
    alert = {"service": "crm", "severity": "P1", "impact": "unavailable"}
    played.at("10:02").send("incident.alerted", CRM, signal="errors", title="CRM errors", **alert)
    visit.open(f"/incidents/{CRM}")
    visit.press(words["declare"])
    played.at("10:03")
    visit.open(f"/incidents/{CRM}")
    visit.sees(words["reason_kept"])
    visit.press(words["scope"], role="link")
    visit.page.locator(f'textarea[name="scope.{language}"]').fill(SCOPE[language])
    visit.press(words["record"])
    played.at("10:09")
    visit.sees(SCOPE[language])

    compose(visit, words, language, TOO_EARLY[language])
    visit.sees(words["holds"])
    compose(visit, words, language, STATEMENT[language])
    assert words["holds"] not in visit.page.locator("#preview").inner_text()
    visit.press(words["send"])
    played.at("10:12")
    told = played.mails("li@example.org" if language == "zh" else "tom@example.org")
    assert STATEMENT[language] in told[-1].words

    visit.press(words["promises"], role="link")
    visit.sees(CRM)
    visit.open("/status")
    visit.sees(words["unavailable"].split(" ", 1)[0])
    visit.open("/banner")
    visit.sees("CRM")
    played.at("10:20")
    visit.open(f"/incidents/{CRM}")
    visit.press(words["restored"], role="link")
    visit.page.locator('input[name="restored_at"]').fill("2026-08-24T10:18")
    visit.press(words["record"])
    played.at("10:21")
    visit.open(f"/s/{CRM}")
    visit.sees("10:18", words["back"])
    # The browser keeps the overview for its 15 seconds: another address is asked for anew.
    visit.open(f"/status?lang={language}")
    visit.sees(words["none"], CRM)


def compose(visit: Visit, words: dict[str, str], language: Language, text: str) -> None:
    visit.open(f"/incidents/{CRM}/compose")
    visit.page.locator(f'textarea[name="text.{language}"]').fill(text)
    visit.press(words["look"])
    visit.sees(words["each"])


def test_a_ticket_is_found_and_read_by_the_desk_and_reopened_by_its_requester(
    tmp_path: Path, seat: tuple[Language, str], browser: Browser
) -> None:
    """From the search to the words that were sent; and from her mail's link to an open ticket."""
    language, width = seat
    words, listening = WORDS[language], free_port()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with (
        desk(tmp_path, requester=language, public_url=base) as played,
        serving(played.app, listening),
        visiting(browser, base, language=language, width=width) as visit,
    ):
        mail_client(played)
        played.send("resolved", fix_summary="重建了邮箱", reopen_days=7)
        signed_in(played, visit, language, Role.TECHNICIAN)
        visit.page.locator("#q").fill("闪退没有这个词")
        visit.page.locator("#q").fill("9527")
        visit.follow(visit.page.get_by_role("link", name="INC-9527"))
        visit.sees("邮件客户端反复崩溃", words["reason_kept"])
        visit.follow(visit.page.locator(".told .inline a").first)

        link = LINK.findall(played.mails("wang@example.org")[-1].text)[-1]
        visit.open(link)
        visit.page.locator("textarea[name=reason]").fill("又闪退了")
        visit.press(words["reopen"])
        visit.sees(words["reopened"])
    incident = played.app.queries.incident("INC-9527")
    assert incident is not None
    assert incident.state.value.value != "resolved"
