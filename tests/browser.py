"""A real browser before a real server: Debian's Chromium, and an installation behind uvicorn.

Every page that is walked is held to the same: no error in the console, nothing refused by the content
policy, nothing wider than the screen.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

from api.app import create_app
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Language

WIDTHS = {"desktop": 1280, "phone": 390}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
WAIT_MS = 20_000
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Skips where there is no Chromium; in CI that is a failure, or nobody would ever notice."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI walks the pages with a browser: install chromium")
        pytest.skip("no browser is installed: none of " + ", ".join(PROGRAMS))
    # Chromium refuses its sandbox to root; only pages of our own are opened.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=flags)
        yield running
        running.close()


def free_port() -> socket.socket:
    """Bound already, so that nobody else takes it before the server listens."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    return listening


@contextmanager
def serving(app: Heliograph, listening: socket.socket) -> Iterator[None]:
    """The installation's pages on this socket; its workers rest, the test moves its clock."""
    config = uvicorn.Config(create_app(app), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, name="pages")
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


class Visit:
    """One person at one screen."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base = base
        self.wrong: list[str] = []
        context.set_default_timeout(WAIT_MS)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        self.page.on("response", self._answered)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 500:
            self.wrong.append(f"{answer.status} {answer.url}")

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.base + path)
        self.look()

    def press(self, name: str, *, role: str = "button") -> None:
        """What carries this name; the page that follows is looked at."""
        target = self.page.get_by_role(
            "link" if role == "link" else "button", name=name, exact=True
        )
        if role == "link":
            self.follow(target.first)
            return
        target.first.click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, link: Locator) -> None:
        """The page behind a link, once it is whole: a click alone returns before it has begun."""
        with self.page.expect_navigation():
            link.click()
        self.look()

    def sees(self, *words: str) -> None:
        for expected in words:
            expect(self.page.locator("body")).to_contain_text(expected, timeout=WAIT_MS)

    def look(self) -> None:
        """Nothing has failed, and nobody must scroll sideways."""
        assert self.wrong == [], self.page.url
        self.page.wait_for_function("document.readyState === 'complete'")
        width = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], f"{self.page.url} is {width[0]} px wide on {width[1]} px"


@contextmanager
def visiting(browser: Browser, base: str, *, language: Language, width: str) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": WIDTHS[width], "height": 900},
        locale=LOCALES[language],
        color_scheme="dark" if width == "phone" else "light",
    )
    try:
        yield Visit(context, base)
    finally:
        context.close()
