"""An article's way walked in a real browser: written, told, judged by its reader, counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload

from api.auth.sign_in import make_link
from knowledge.shared_words import SharedWords
from pipeline.domain.directory import Directory, Language, Person, Role
from pipeline.domain.lattices import TicketState
from tests.browser import Visit, browser, free_port, serving, visiting
from tests.unit.flow.desk import Desk, opened

__all__ = ["browser"]
EACH = [("zh", "phone"), ("en", "desktop")]
"""Both languages and both widths; all four together are walked in `test_walks`."""
TITLE = {"zh": "邮件客户端闪退", "en": "Mail client crashes"}
WORDS = {
    "zh": {
        "sign_in": "登录", "save": "保存", "saved": "已保存", "search": "搜索", "fits": "很可能有帮助",
        "nothing": "没有合适的文章", "import": "导入", "added": "新增", "told": "已告知报障人",
        "solved": "解决了", "closed": "您的工单已关闭", "use": "文章有没有帮助", "retire": "停用",
        "retired": "不会再推荐", "undo": "撤销", "again": "已重新启用", "not_this": "没有帮上忙",
    },
    "en": {
        "sign_in": "Sign in", "save": "Save", "saved": "Saved.", "search": "Search",
        "fits": "very likely to help", "nothing": "Nothing fits", "import": "Import",
        "added": "added", "told": "told to the requester", "solved": "This solved it",
        "closed": "Your ticket is closed", "use": "Do articles help?", "retire": "Retire",
        "retired": "suggested no more", "undo": "Undo", "again": "in use again",
        "not_this": "Did not help",
    },
}  # fmt: skip


@pytest.mark.parametrize(("language", "width"), EACH)
def test_an_article_is_written_found_told_judged_and_counted(
    tmp_path: Path, browser: Browser, language: Language, width: str
) -> None:
    """By its writer in the console, its reader behind her link, and whoever looks at its use."""
    words, listening = WORDS[language], free_port()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with (
        opened(tmp_path, search=SharedWords, public_url=base) as desk,
        serving(desk.app, listening),
        visiting(browser, base, language=language, width=width) as visit,
    ):
        lin = Person(id="lin", name="Lin", role=Role.INCIDENT_MANAGER, language=language)
        desk.app.acts.load_directory(Directory(people=(lin,)))
        visit.open(make_link(desk.app, "lin"))
        visit.press(words["sign_in"])
        visit.page.keyboard.press("g")
        with visit.page.expect_navigation():
            visit.page.keyboard.press("k")
        visit.sees("heliograph knowledge import")

        write(visit, words, language)
        look_for(visit, words, TITLE[language], words["fits"])
        look_for(visit, words, "zzz", words["nothing"])
        take_in(visit, words)
        told(desk, visit, words, language)

        visit.open("/knowledge/use")
        visit.sees(words["use"], TITLE[language])
        visit.follow(visit.page.get_by_role("link", name=TITLE[language]).first)
        visit.press(words["retire"])
        visit.sees(words["retired"])
        visit.press(words["undo"])
        visit.sees(words["again"])


def write(visit: Visit, words: dict[str, str], language: Language) -> None:
    """What is typed is seen at once as its readers will see it."""
    visit.open("/knowledge/new")
    visit.page.locator("input[name=title]").fill(TITLE[language])
    visit.page.locator("textarea[name=body]").press_sequentially("1. **Outlook**")
    visit.page.locator("#preview strong").wait_for()
    visit.page.locator("input[name='audience.everybody']").check()
    visit.press(words["save"])
    visit.sees(words["saved"], TITLE[language])


def look_for(visit: Visit, words: dict[str, str], question: str, answer: str) -> None:
    visit.open("/knowledge")
    visit.page.locator("#q").fill(question)
    visit.press(words["search"])
    visit.sees(answer)


def take_in(visit: Visit, words: dict[str, str]) -> None:
    visit.open("/knowledge/import")
    good = FilePayload(name="vpn.md", mimeType="text/markdown", buffer=b"# VPN\n\nDial in.")
    broken = FilePayload(name="broken.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4")
    visit.page.locator("input[type=file]").set_input_files([good, broken])
    visit.press(words["import"])
    visit.sees(words["added"], "VPN", "broken.pdf")


def told(desk: Desk, visit: Visit, words: dict[str, str], language: Language) -> None:
    """From the ticket's page to the reader's, whose word closes the ticket."""
    desk.report(title=TITLE[language])
    desk.settle()
    visit.open("/incidents/T-1")
    visit.sees(words["told"])
    visit.press(words["not_this"])
    visit.sees(words["not_this"])
    [link] = re.findall(r"http://127\.0\.0\.1:\d+/a/[^\s>)]+", desk.mail.sent[0].text)[:1]
    visit.open(f"{link}?lang={language}")
    visit.press(words["solved"])
    visit.sees(words["closed"])
    assert desk.incident.state.value is TicketState.CLOSED
