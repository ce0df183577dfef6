"""Writing and changing an article: nothing is lost, and nobody is overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from knowledge.article import LONGEST_BODY
from pipeline.article_ports import Wanted
from tests.unit.flow.desk import Desk

from .conftest import CRASH, Seat, take, text

WRITTEN = {
    "title": "Reset a password",
    "body": "1. Open the portal.\r\n2. Press **Forgot**.",
    "language": "en",
    "products": "Portal, Account；VPN",
    "audience.everybody": "on",
    "labels": "group:exchange",
    "url": "https://wiki.example.org/1",
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
}


def test_a_new_article_is_for_staff_unless_its_writer_says_otherwise(editor: Seat) -> None:
    """Law 12: and the page says what each choice means."""
    for path in ("/knowledge/new", "/knowledge/import"):
        page = editor.get(path).text
        assert re.findall(r'name="(audience\.\w+)" checked', page) == ["audience.staff"]
        assert "may be told of it" in page
        assert "no reporter ever hears of it" in page


def test_an_article_is_written(desk: Desk, editor: Seat) -> None:
    answer = editor.post("/knowledge/new", **WRITTEN, save="1")
    assert answer.status_code == 303
    [listed] = desk.app.found_articles.find(Wanted()).articles
    article = listed.article
    assert article.body == "1. Open the portal.\n2. Press **Forgot**."
    assert article.products == ("Portal", "Account", "VPN")
    assert article.audience == ("everybody", "group:exchange")
    assert str(article.valid_until) == "2026-12-31"
    assert "Saved." in editor.get(answer.headers["location"]).text


def test_looking_at_it_saves_nothing(desk: Desk, editor: Seat) -> None:
    """The part for htmx is the preview alone."""
    page = editor.post("/knowledge/new", **WRITTEN, look="1").text
    assert "<strong>Forgot</strong>" in page
    assert 'value="group:exchange"' in page
    headers = {"HX-Request": "true", "HX-Target": "preview"}
    form = WRITTEN | {"csrf": editor.csrf}
    part = editor.client.post("/knowledge/new", data=form, headers=headers).text
    assert part.lstrip().startswith('<section id="preview"')
    assert desk.app.found_articles.counts() == {}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": "  "}, "is needed"),
        ({"title": "x" * 301}, "too long"),
        ({"body": " \n "}, "is needed"),
        ({"body": "x" * (LONGEST_BODY + 1)}, "too long"),
        ({"language": "fr"}, "Choose one"),
        ({"products": "x" * 65}, "too long"),
        ({"labels": "y" * 65}, "too long"),
        ({"url": "javascript:alert(1)"}, "must begin with http"),
        ({"url": "https://a b"}, "must begin with http"),
        ({"valid_from": "soon"}, "not a day"),
        ({"valid_from": "2027-01-01"}, "ends before it begins"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    desk: Desk, editor: Seat, wrong: dict[str, str], sentence: str
) -> None:
    answer = editor.post("/knowledge/new", **WRITTEN | wrong, save="1")
    assert answer.status_code == 422
    assert answer.text.count('class="field-problem"') == 1
    assert sentence.casefold() in answer.text.casefold()
    kept = {"title": "Reset a password", "url": "https://wiki.example.org/1"} | wrong
    assert kept["url"].replace("'", "&#39;") in answer.text
    assert desk.app.found_articles.counts() == {}


def test_what_is_wrong_is_said_in_the_readers_language(desk: Desk) -> None:
    answer = Seat(desk.app, "zh").post("/knowledge/new", **WRITTEN | {"title": ""}, save="1")
    assert "还没有保存" in answer.text


def test_an_article_is_changed_and_keeps_its_origin(desk: Desk, editor: Seat) -> None:
    [id_] = take(desk, text(CRASH))
    page = editor.get(f"/knowledge/{id_}/edit").text
    assert "imports leave this article as you wrote it" in page
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    answer = editor.post(f"/knowledge/{id_}/edit", **WRITTEN, revision=revision, save="1")
    assert answer.status_code == 303
    kept = desk.app.found_articles.kept(id_)
    assert kept is not None
    assert (kept.article.title, kept.article.source) == ("Reset a password", "files")


@pytest.mark.parametrize("tampered", [False, True])
def test_who_was_slower_sees_both_and_overwrites_nobody(
    desk: Desk, editor: Seat, tampered: bool
) -> None:
    """Then saving again puts hers in its place, knowingly."""
    [id_] = take(desk, text(CRASH))
    page = editor.get(f"/knowledge/{id_}/edit").text
    revision = page.partition('name="revision" value="')[2].partition('"')[0]
    desk.app.articles.write(text("Theirs", body="Their words."), by="lin", article_id=id_)
    form = WRITTEN | {"revision": "" if tampered else revision, "save": "1"}
    answer = editor.post(f"/knowledge/{id_}/edit", **form)
    assert answer.status_code == 409
    assert "Somebody else has saved" in answer.text
    assert "<del>Theirs</del>" in answer.text
    assert "Reset a password" in answer.text
    kept = desk.app.found_articles.kept(id_)
    assert kept is not None
    assert kept.article.title == "Theirs"
    now = answer.text.partition('name="revision" value="')[2].partition('"')[0]
    assert editor.post(f"/knowledge/{id_}/edit", **form | {"revision": now}).status_code == 303


def test_control_characters_do_not_reach_the_rows(desk: Desk, editor: Seat) -> None:
    form = WRITTEN | {"title": "Re\x00set", "body": "a\x00b\x1bc"}
    assert editor.post("/knowledge/new", **form, save="1").status_code == 303
    [listed] = desk.app.found_articles.find(Wanted()).articles
    assert (listed.article.title, listed.article.body) == ("Reset", "abc")


@pytest.mark.parametrize("person", ["viewer", "technician"])
def test_who_is_no_editor_writes_nothing(desk: Desk, person: str) -> None:
    visitor = Seat(desk.app, person)
    assert visitor.get("/knowledge/new").status_code == 403
    assert visitor.post("/knowledge/new", **WRITTEN, save="1").status_code == 403
    assert desk.app.found_articles.counts() == {}


def test_a_misspelt_label_is_said_at_its_field_in_the_language_of_whoever_writes(
    desk: Desk, seat: Callable[[str], Seat]
) -> None:
    form = {"title": "T", "body": "x", "language": "zh", "labels": "everyone", "save": "1"}
    answer = seat("zh").post("/knowledge/new", **form)
    assert (answer.status_code, "标签应写作" in answer.text) == (422, True)
    assert desk.app.found_articles.counts() == {}
