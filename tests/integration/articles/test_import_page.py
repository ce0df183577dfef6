"""Taking in files from a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from api.console.pages.article_import import LARGEST_BODY, MOST_ADDRESSES, MOST_FILES
from knowledge.shared_words import SharedWords
from pipeline.article_ports import Wanted
from pipeline.domain.directory import Directory, Person, Role
from tests.unit.flow.desk import Desk, opened

from .conftest import BASE, Seat

PATH = "/knowledge/import"
GOOD = b"# Reset a password\n\nOpen the portal."
MARKED = b"---\naudience: staff\nproducts: VPN\n---\n# Mend the gateway\n\nRestart it."
FORM = {"source": "wiki", "audience.everybody": "on"}


def articles(desk: Desk) -> dict[str, tuple[str, ...] | None]:
    """Who may read each, by title."""
    found = desk.app.found_articles.find(Wanted()).articles
    return {one.article.title: one.article.audience for one in found}


def test_files_become_articles_and_each_that_cannot_is_named_with_its_reason(
    desk: Desk, editor: Seat
) -> None:
    """Who may read them is what a file says itself, else what was chosen here."""
    files = {"reset.md": GOOD, "gateway.md": MARKED, "empty.md": b"", "virus.exe": b"MZ"}
    answer = editor.sends(PATH, files, **FORM)
    assert answer.status_code == 200
    assert articles(desk) == {"Reset a password": ("everybody",), "Mend the gateway": ("staff",)}
    assert "added <b>2</b>" in answer.text
    assert "unreadable <b>2</b>" in answer.text
    for words in ("empty.md", "it is empty", "virus.exe", ".exe"):
        assert words in answer.text
    [listed] = [one.article for one in desk.app.found_articles.find(Wanted(q="reset")).articles]
    assert (listed.source, listed.external_id) == ("wiki", "reset.md")


def test_the_same_files_again_change_nothing_and_what_was_written_here_is_kept(
    desk: Desk, editor: Seat
) -> None:
    """Law 9: and the page says so."""
    editor.sends(PATH, {"reset.md": GOOD, "gateway.md": MARKED}, **FORM)
    assert "unchanged <b>1</b>" in editor.sends(PATH, {"reset.md": GOOD}, **FORM).text
    assert "changed <b>1</b>" in editor.sends(PATH, {"reset.md": GOOD + b" Wait."}, **FORM).text
    [one] = desk.app.found_articles.find(Wanted(q="reset")).articles
    mine = one.article.model_copy(update={"body": "My words."})
    desk.app.articles.write(mine, by="lin", article_id=one.article.id)
    page = editor.sends(PATH, {"reset.md": GOOD + b" Wait longer."}, **FORM).text
    assert "kept as changed here <b>1</b>" in page
    assert "left as they are" in page


def test_of_an_export_with_many_articles_each_is_taken(desk: Desk, editor: Seat) -> None:
    """More than one transaction takes."""
    rows = "".join(f"{n},Title {n},Text of {n}\n" for n in range(450))
    answer = editor.sends(PATH, {"all.csv": f"id,title,body\n{rows}".encode()}, **FORM)
    assert "added <b>450</b>" in answer.text
    assert desk.app.found_articles.counts() == {"published": 450}


def test_nobody_may_read_them_when_nobody_is_chosen(desk: Desk, editor: Seat) -> None:
    editor.sends(PATH, {"reset.md": GOOD}, source="wiki")
    assert articles(desk) == {"Reset a password": ()}


def test_without_a_file_or_a_source_the_form_comes_back(desk: Desk, editor: Seat) -> None:
    answer = editor.sends(PATH, {"": b""}, **FORM)
    assert (answer.status_code, "Choose at least one file" in answer.text) == (422, True)
    answer = editor.sends(PATH, {"reset.md": GOOD}, source=" ")
    assert (answer.status_code, "what they come from" in answer.text) == (422, True)
    assert articles(desk) == {}


def test_an_upload_may_be_larger_than_an_event_and_not_larger_than_is_said(
    desk: Desk, editor: Seat
) -> None:
    long = b"# Long\n\n" + b"word " * 20_000
    many = {f"{n}.md": long for n in range(20)}
    assert "added <b>20</b>" in editor.sends(PATH, many, **FORM).text
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    headers["Content-Length"] = str(LARGEST_BODY + 1)
    assert editor.client.post(PATH, content=b"x", headers=headers).status_code == 413


def test_more_files_than_are_taken_at_once_are_refused_whole(desk: Desk, editor: Seat) -> None:
    answer = editor.sends(PATH, {f"{n}.md": GOOD for n in range(MOST_FILES + 1)}, **FORM)
    assert answer.status_code == 400
    assert articles(desk) == {}


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.md", "<b>.md", "名.md", "a\\b.md", "x" * 400 + ".md"]
)
def test_a_files_name_is_a_name_and_nothing_else(desk: Desk, editor: Seat, name: str) -> None:
    answer = editor.sends(PATH, {name: GOOD}, **FORM)
    assert answer.status_code == 200
    assert "<b>.md" not in answer.text
    assert len(articles(desk)) == 1


@pytest.mark.parametrize("person", ["viewer", "technician", None])
def test_nobody_but_an_editor_sends_us_files(desk: Desk, editor: Seat, person: str | None) -> None:
    """Not even until they are read."""
    visitor = Seat(desk.app, person) if person else editor
    if person is None:
        visitor.client.cookies.clear()
    answer = visitor.sends(PATH, {"reset.md": GOOD}, **FORM)
    assert answer.status_code == (403 if person else 303)
    assert articles(desk) == {}


def test_a_misspelt_label_of_a_file_is_named_and_the_others_are_in(
    desk: Desk, editor: Seat
) -> None:
    wrong = b"---\naudience: everyone\n---\n# Mend it\n\nRestart it."
    page = editor.sends(PATH, {"wrong.md": wrong, "reset.md": GOOD}, **FORM).text
    assert articles(desk) == {"Reset a password": ("everybody",)}
    for words in ("unreadable <b>1</b>", "wrong.md", "everyone", "group:ID"):
        assert words in page


def test_a_misspelt_label_of_the_form_is_said_at_its_field(desk: Desk, editor: Seat) -> None:
    answer = editor.sends(PATH, {"reset.md": GOOD}, source="wiki", labels="grp:sales")
    assert answer.status_code == 422
    assert 'value="grp:sales" aria-invalid="true"' in answer.text
    assert articles(desk) == {}


def test_of_two_files_of_one_name_the_second_is_refused_with_its_reason(
    desk: Desk, editor: Seat
) -> None:
    """Neither wins silently: files of several folders may be called the same."""
    other = b"# Something else\n\nOpen it."
    parts = [("files", (name, content)) for name, content in (("a.md", GOOD), ("a.md", other))]
    answer = editor.client.post(PATH, data={"csrf": editor.csrf} | FORM, files=parts)
    assert articles(desk) == {"Reset a password": ("everybody",)}
    for words in ("added <b>1</b>", "unreadable <b>1</b>", "another one of this name"):
        assert words in answer.text


class Page(BaseHTTPRequestHandler):
    """A site with one page at each path."""

    def do_GET(self) -> None:
        body = f"<h1>About {self.path[1:]}</h1><p>Open it.</p>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        running.join()


def test_pages_of_the_web_become_articles_and_the_next_time_they_are_known(
    tmp_path: Path, site: str
) -> None:
    """Beside files, in the same form; what lies inside the network and nobody allowed is refused."""
    with opened(tmp_path, search=SharedWords, public_url=BASE, knowledge_hosts=(site,)) as desk:
        lin = Person(id="lin", name="Lin", role=Role.INCIDENT_MANAGER)
        desk.app.acts.load_directory(Directory(people=(lin,)))
        seat = Seat(desk.app, "lin")
        form = {**FORM, "addresses": f"http://{site}/vpn\n http://{site}/mail\nhttp://10.0.0.1/x"}
        answer = seat.sends(PATH, {"reset.md": GOOD}, **form)
        assert "added <b>3</b>" in answer.text
        assert "unreadable <b>1</b>" in answer.text
        assert set(articles(desk)) == {"Reset a password", "About vpn", "About mail"}
        again = seat.post(PATH, **{**form, "addresses": f"http://{site}/vpn"})
        assert "unchanged <b>1</b>" in again.text


def test_more_addresses_than_are_fetched_at_once_are_refused_whole(
    desk: Desk, editor: Seat
) -> None:
    addresses = "\n".join(["http://kb.example.org/a"] * (MOST_ADDRESSES + 1))
    answer = editor.post(PATH, addresses=addresses, **FORM)
    assert (answer.status_code, "Too many addresses" in answer.text) == (422, True)
    assert articles(desk) == {}
