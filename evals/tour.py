"""The pictures of the README's tour: the sample day, as a browser shows it.

Needs Chromium. Times in the pictures are those of the moment at which they are taken.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from .bench.installation import folder

ROOT = Path(__file__).parents[1]
LIVE_SECONDS = 25
"""The first live step of the sample has happened by then."""
_LINK = re.compile(r"(http://\S+)/sign-in/\S+")
STATEMENT = {
    "en": "Files of the day open in the web version. Some users still see errors.",
    "zh": "当天的文件可在网页版里打开，故障已解决",
}


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: `height` in pixels is what is cut from the top of the page."""

    name: str
    path: str
    language: str
    theme: str
    width: int = 1200
    height: int = 900


SHOTS = (
    Shot(name="outage-en", path="/incidents/INC-9602", language="en", theme="light", height=1150),
    Shot(name="outage-zh", path="/incidents/INC-9604", language="zh", theme="dark", height=1150),
    Shot(name="compose-en", path="/incidents/INC-9604/compose", language="en", theme="dark", height=760),
    Shot(name="compose-zh", path="/incidents/INC-9604/compose", language="zh", theme="light", height=760),
    Shot(name="promises-zh", path="/promises", language="zh", theme="light", height=760),
    Shot(name="ticket-en", path="/incidents/INC-9527", language="en", theme="light", height=1000),
    Shot(name="rules-en", path="/rules", language="en", theme="light", height=900),
    Shot(name="texts-zh", path="/texts/first_contact/affected", language="zh", theme="light", height=1000),
    Shot(name="texts-en", path="/texts", language="en", theme="dark", height=900),
    Shot(name="portal-en", path="/status", language="en", theme="light", width=900, height=1000),
    Shot(name="portal-zh", path="/status", language="zh", theme="dark", width=420, height=900),
    Shot(name="deadlines-zh", path="/deadlines", language="zh", theme="light", height=700),
    Shot(name="status-zh", path="/s/INC-9604", language="zh", theme="light", width=420),
    Shot(name="status-en", path="/s/INC-9604", language="en", theme="dark", width=420),
)  # fmt: skip


def take(to: Path) -> None:
    """One PNG for each of `SHOTS`. Raises RuntimeError where there is no Chromium."""
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("no chromium in PATH: the pictures are taken with it")
    to.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with _served() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        signed_in = browser.new_context()
        page = signed_in.new_page()
        page.goto(link)
        page.click("form button.primary")
        page.wait_for_timeout(LIVE_SECONDS * 1000)
        for shot in SHOTS:
            _take(browser, signed_in.storage_state(), shot, link.partition("/sign-in/")[0], to)
            print(to / f"{shot.name}.png")
        browser.close()


def _take(browser: Browser, state: object, shot: Shot, base: str, to: Path) -> None:
    size = {"width": shot.width, "height": shot.height}
    theme = "dark" if shot.theme == "dark" else "light"
    context = browser.new_context(storage_state=state, color_scheme=theme, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{base}{shot.path}?lang={shot.language}")
    if shot.path.endswith("/compose"):
        _write(page, shot.language)
    page.screenshot(path=to / f"{shot.name}.png")
    context.close()


def _write(page: Page, language: str) -> None:
    page.fill(f'textarea[name="text.{language}"]', STATEMENT[language])
    page.click("button[name=look]")
    page.wait_for_load_state("networkidle")


@contextmanager
def _served() -> Iterator[str]:
    """A server with the sample day; the link with which its administrator signs in."""
    command = [sys.executable, str(ROOT / "heliograph.py"), "serve", "--sample", "--port", "0"]
    with folder() as made:
        server = subprocess.Popen(
            [*command, "--data-dir", str(made)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HELIOGRAPH_ZONE": "Asia/Shanghai"},
        )
        try:
            assert server.stderr is not None
            found = next(filter(None, map(_LINK.search, server.stderr)), None)
            if found is None:
                raise RuntimeError("the server did not start")
            yield found[0]
        finally:
            server.terminate()
            server.wait(20)
