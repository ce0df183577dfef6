"""A summary's way walked in a real browser: a log is pasted, a draft watched, traced, edited and sent."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from api.auth.sign_in import make_link
from pipeline.domain.directory import Directory, Language, Person, Role
from pipeline.domain.prose import Prose, Standing, Step
from pipeline.drafting.prose.assignment import Assignment
from pipeline.flow.writing.remarks import Remark
from tests.browser import WAIT_MS, Visit, browser, free_port, serving, visiting
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.writers import Plain, Unfit, forbids, writing

__all__ = ["browser"]
EACH = [("zh", "phone"), ("en", "desktop")]
"""Both languages and both widths; all four together are walked in `test_walks`."""
SHOTS = os.environ.get("SHOTS", "")
CHAT = {
    "en": "[2026-08-24 09:32] Chen Li: The mailbox store mbx-07 is full, I stopped all add-ins and it still crashes.\n"
    "[2026-08-24 09:40] Wang Xiaolin: It crashed for the fifth time this morning. When will somebody call me?\n"
    "[2026-08-24 09:44] Chen Li: I asked the Exchange team to move your mailbox; they answer by 11:00.\n",
    "zh": "[2026-08-24 09:32] Chen Li: 邮箱库 mbx-07 满了，停用全部加载项后仍闪退。\n"
    "[2026-08-24 09:40] Wang Xiaolin: 今天上午第五次闪退了，什么时候有人联系我？\n"
    "[2026-08-24 09:44] Chen Li: 已请邮件组迁移您的邮箱，他们 11:00 前答复。\n",
}
WORDS = {
    "zh": {
        "sign_in": "登录", "add": "添加对话记录", "save": "添加", "summarise": "写摘要", "edit": "编辑",
        "check": "保存并检查", "release": "放行", "send": "保存为内部备注", "sent": "已保存为内部备注", "own": "没有人 guilty。",
        "nobody": "请选择文件", "taken": "移除", "gone": "移除了对话记录",
    },
    "en": {
        "sign_in": "Sign in", "add": "Add a conversation", "save": "Add", "summarise": "Summarise",
        "edit": "Edit", "check": "Keep and check", "release": "Release", "send": "Keep as an internal note", "sent": "kept as an internal note",
        "own": "Nobody is guilty of it.", "nobody": "Choose a file", "taken": "Take it away",
        "gone": "conversation taken away",
    },
}  # fmt: skip


def cites(_assignment: Assignment, prose: Prose) -> Iterable[Remark]:
    """Every other sentence is on record."""
    for n, _ in enumerate(prose.sentences):
        yield Remark(sentence=n, standing=(Standing.SUPPORTED, Standing.UNSUPPORTED)[n % 3 == 2])


@pytest.mark.parametrize(("language", "width"), EACH)
def test_a_log_is_added_summarised_traced_edited_and_sent(
    tmp_path: Path, browser: Browser, language: Language, width: str
) -> None:
    """By a technician in the console; what was said stays out of what her requester is told."""
    words, listening = WORDS[language], free_port()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    parts = writing((Step.MODEL, Unfit("half a JSON")), Plain(), checks=[forbids("guilty"), cites])
    with (
        opened(tmp_path, writing=parts, public_url=base) as desk,
        serving(desk.app, listening),
        visiting(browser, base, language=language, width=width) as visit,
    ):
        lin = Person(id="lin", name="Lin", role=Role.TECHNICIAN, language=language)
        desk.app.acts.load_directory(Directory(people=(lin,)))
        desk.report(description="It closes at once", service="mail")
        desk.send("assigned", assignee={"id": "chen"}, expected_at="2026-08-24T05:00:00Z")
        visit.open(make_link(desk.app, "lin"))
        visit.press(words["sign_in"])
        visit.open("/incidents/T-1")
        paste(visit, words, language)
        shot(visit, f"conversation-{language}-{width}")
        visit.open("/incidents/T-1")
        draft(visit, words)
        traced(visit, f"summary-{language}-{width}")
        edited(visit, words)
        sent(desk, visit, words)
        shot(visit, f"sent-{language}-{width}")
        visit.open("/incidents/T-1")
        shot(visit, f"ticket-{language}-{width}")
        visit.follow(visit.page.locator("#conversations a.strong").first)
        with visit.page.expect_navigation():
            visit.page.get_by_role("button", name=words["taken"], exact=True).click()
        visit.sees(words["gone"])


def paste(visit: Visit, words: dict[str, str], language: Language) -> None:
    """Nothing is told as such; a text becomes lines with their speakers."""
    visit.press(words["add"], role="link")
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name=words["save"], exact=True).click()
    visit.wrong.clear()  # the browser's own word for the status of the refusal
    visit.sees(words["nobody"])
    visit.page.locator("textarea[name=text]").fill(CHAT[language])
    visit.page.locator("input[name=zone]").fill("Asia/Shanghai")
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name=words["save"], exact=True).click()
    visit.look()
    visit.sees("mbx-07", "Wang Xiaolin", "Chen Li")


def draft(visit: Visit, words: dict[str, str]) -> None:
    """Watched while it is written, then opened."""
    visit.page.locator("select[name=audience]").select_option("technician")
    with visit.page.expect_navigation(url="**/summaries/sum_*"):
        visit.page.get_by_role("button", name=words["summarise"], exact=True).click()
    visit.look()
    visit.sees("mbx-07", "half a JSON")


def traced(visit: Visit, name: str) -> None:
    """By keyboard, the card of the sentence in focus is the one that is shown."""
    last = visit.page.locator(".written .sentence").last
    last.focus()
    card = visit.page.locator(last.get_attribute("href") or "")
    expect(card).to_be_visible(timeout=WAIT_MS)
    expect(card.locator("blockquote")).to_contain_text("11:00")
    expect(visit.page.locator(".rests > li:visible")).to_have_count(1)
    shot(visit, name)


def edited(visit: Visit, words: dict[str, str]) -> None:
    visit.page.locator("form.act summary", has_text=words["edit"]).click()
    visit.page.locator("textarea[name=text]").fill(words["own"])
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name=words["check"], exact=True).click()
    visit.look()
    visit.sees("no-guilty", words["own"])


def sent(desk: Desk, visit: Visit, words: dict[str, str]) -> None:
    """With a reason for what the check found."""
    visit.page.locator("input[name=reason]").fill("asked her")
    for name in ("release", "send"):
        with visit.page.expect_navigation():
            visit.page.get_by_role("button", name=words[name], exact=True).click()
        visit.look()
    visit.sees(words["sent"])
    said = desk.app.queries.stream(desk.incident.id)[-1].data.model_dump()
    assert (said["text"], said["visibility"]) == (words["own"], "internal")


def shot(visit: Visit, name: str) -> None:
    """For whoever wants to look: a folder in SHOTS."""
    if SHOTS:
        visit.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
