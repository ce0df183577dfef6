"""The page of a statement offers to write it for readers of the other language, and says what leaves with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Directory, Role
from tests.integration.articles.conftest import BASE, Seat
from tests.unit.flow.desk import Desk, opened
from tests.unit.flow.test_summaries import declare
from tests.unit.flow.test_summary_companions import readers

from .test_summaries import TEAM, TICKET


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A failure whose readers are one of Chinese and one of English."""
    with opened(tmp_path, public_url=BASE) as found:
        known = readers()
        found.app.acts.load_directory(
            Directory(people=(*TEAM, *known.people), groups=known.groups, services=known.services)
        )
        found.report(service="mail")
        declare(found)
        yield found


def asked(worker: Seat, language: str) -> str:
    given = {"audience": "affected", "language": language, "length": "normal"}
    return str(worker.post(f"{TICKET}/summaries", **given).headers["location"])


def test_the_other_language_is_one_press_away(desk: Desk) -> None:
    """The button asks for the same readers and length; both pages then name each other."""
    worker = Seat(desk.app, Role.TECHNICIAN.value)
    english = asked(worker, "en")
    page = worker.get(english).text
    assert "1 of 2 readers read Chinese; these words reach them as they are." in page
    assert "Write it in Chinese</button>" in page
    form = re.search(
        r'<form method="post" action="([^"]+/summaries)" class="act">(.*?)</form>', page
    )
    assert form is not None
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    fields.pop("csrf")
    chinese = str(worker.post(form[1], **fields).headers["location"])
    page = worker.get(english).text
    assert "Release the draft in Chinese too, and both leave as one statement." in page
    assert f'href="{chinese}"' in page
    assert "Write it in Chinese" not in page
    worker.post(f"{chinese}/release", revision="1")
    assert "the released text in Chinese leaves with this one." in worker.get(english).text


def test_sent_together_both_pages_say_so(desk: Desk) -> None:
    worker = Seat(desk.app, Role.TECHNICIAN.value)
    paths = [asked(worker, language) for language in ("en", "zh")]
    for path in paths:
        worker.post(f"{path}/release", revision="1")
    version = str(desk.incident.version)
    assert worker.post(f"{paths[0]}/send", revision="1", version=version).status_code == 303
    for path in paths:
        assert ">sent</span>" in worker.get(path).text
        assert "What became of it" in worker.get(path).text


def test_what_was_overtaken_is_written_again_by_the_main_button(desk: Desk) -> None:
    """For the same readers, in the same language and length; to release it as it is stays possible."""
    worker = Seat(desk.app, Role.TECHNICIAN.value)
    english = asked(worker, "en")
    assert "Write it again" not in worker.get(english).text
    assert '<button class="primary">Release</button>' in worker.get(english).text
    desk.send("noted", text="something new")
    page = worker.get(english).text
    assert "<button>Release</button>" in page
    form = re.search(r'<form method="post" action="([^"]+)" class="act again">(.*?)</form>', page)
    assert form is not None
    assert '<button class="primary">Write it again</button>' in form[2]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    fields.pop("csrf")
    again = str(worker.post(form[1], **fields).headers["location"])
    assert again != english
    assert "Write it again" not in worker.get(again).text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_offered_in_the_language_that_it_is_not_in(desk: Desk, language: str) -> None:
    """Whatever language its text is in."""
    worker = Seat(desk.app, Role.TECHNICIAN.value)
    page = worker.get(asked(worker, language) + "?lang=en").text
    switch = re.search(r'<a id="language" href="[^"]+" lang="([^"]+)">([^<]+)</a>', page)
    assert switch is not None
    assert switch.groups() == ("zh-CN", "中文")
