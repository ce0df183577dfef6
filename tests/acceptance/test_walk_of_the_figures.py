"""The report of what was measured, looked at in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from evals.page.run import run
from tests.browser import WIDTHS, browser, visiting
from tests.unit.evals.page.test_page import BOX, DISCLOSURE, GROUNDING, RETRIEVAL, written

__all__ = ["browser"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_report_is_read_on_any_screen(browser: Browser, tmp_path: Path, width: str) -> None:
    """Nothing is wider than the screen, tables opened too; each bar is drawn as long as its share."""
    figures = {
        "grounding": {"metrics": GROUNDING},
        "box": {"metrics": BOX},
        "disclosure": {"metrics": DISCLOSURE},
        "retrieval": RETRIEVAL,
    }
    to = tmp_path / "report.html"
    run(to, [written(tmp_path, name, found) for name, found in figures.items()], [])
    with visiting(browser, "", language="en", width=width) as visit:
        visit.page.goto(to.as_uri())
        for summary in visit.page.locator("summary").all():
            summary.click()
        visit.look()
        expect(visit.page.locator("details[open]")).to_have_count(
            visit.page.locator("figure").count()
        )
        drawn = visit.page.get_by_role("img", name="digit zh")
        whole, bar = drawn.bounding_box(), drawn.locator("rect").bounding_box()
        assert whole
        assert bar
        assert bar["width"] == pytest.approx(0.5 * whole["width"], rel=0.01)
