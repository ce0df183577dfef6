"""An address is fetched within its time and size, and never from a machine that only we can reach."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from knowledge.article import ArticleText
from knowledge.errors import Refused
from knowledge.sources import documents
from knowledge.sources.web import MOST_REDIRECTS, fetch

Answer = Callable[["Page"], None]


class Page(BaseHTTPRequestHandler):
    """Answers by the first part of the path; `said` keeps the headers of each request."""

    answers: dict[str, Answer]
    said: list[dict[str, str]]
    stop: threading.Event

    def do_GET(self) -> None:
        self.said.append(dict(self.headers.items()))
        with contextlib.suppress(OSError):
            self.answers[self.path.split("/")[1].partition("?")[0].partition(".")[0]](self)

    def log_message(self, *_: Any) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def endless(page: Page) -> None:
    page.send_response(200)
    page.send_header("Content-Type", "text/html")
    page.end_headers()
    while not page.stop.is_set():
        page.wfile.write(b"x" * 65536)


def slow(page: Page) -> None:
    page.send_response(200)
    page.send_header("Content-Type", "text/html")
    page.end_headers()
    while not page.stop.wait(0.005):
        page.wfile.write(b"x")


def silent(page: Page) -> None:
    page.stop.wait()


def on(page: Page) -> None:
    left = int(page.path.rsplit("/", 1)[1])
    page.answer(302, Location=f"/on/{left - 1}" if left else "/html")


HTML = b"<h1>VPN</h1><p>Open it"
ANSWERS: dict[str, Answer] = {
    "html": lambda page: page.answer(200, HTML, Content_Type="text/html; charset=utf-8"),
    "gbk": lambda page: page.answer(
        200, "<h1>重置</h1>重启".encode("gbk"), Content_Type="text/html; charset=GBK"
    ),
    "pdf": lambda page: page.answer(200, b"%PDF", Content_Type="application/pdf"),
    "notes": lambda page: page.answer(200, b"# A", Content_Type="text/plain"),
    "bytes": lambda page: page.answer(200, b"# A", Content_Type="application/octet-stream"),
    "bare": lambda page: page.answer(200, b"# A"),
    "zip": lambda page: page.answer(200, b"PK", Content_Type="application/zip"),
    "packed": lambda page: page.answer(
        200, b"x", Content_Type="text/html", Content_Encoding="gzip"
    ),
    "gone": lambda page: page.answer(404, b"no"),
    "endless": endless,
    "slow": slow,
    "silent": silent,
    "on": on,
    "loop": lambda page: page.answer(302, Location="/loop"),
    "inward": lambda page: page.answer(302, Location="http://inner.example/"),
    "metadata": lambda page: page.answer(307, Location="http://169.254.169.254/latest/"),
    "file": lambda page: page.answer(301, Location="file:///etc/passwd"),
    "login": lambda page: page.answer(301, Location="http://a:b@kb.example/"),
    "broken": lambda page: page.answer(301, Location="http://[::1"),
}


class Site:
    """A server on loopback, and names that a resolver of our own gives it."""

    def __init__(self, port: int, said: list[dict[str, str]]) -> None:
        self.port, self.said = port, said
        self.asked: list[str] = []

    def names(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        known = {"kb.example": ["127.0.0.1"], "two.example": ["127.0.0.9", "127.0.0.1"]}
        known |= {"inner.example": ["10.0.0.1"], "mixed.example": ["8.8.8.8", "127.0.0.1"]}
        if host in known:
            return known[host]
        if host[0].isdigit() or ":" in host:
            return [host]
        raise socket.gaierror("unknown")

    def fetch(self, path: str, host: str = "kb.example", **more: Any) -> tuple[str, bytes]:
        hosts = {f"kb.example:{self.port}", f"two.example:{self.port}"}
        settings: dict[str, Any] = {"hosts": hosts, "seconds": 5.0, "resolve": self.names}
        return fetch(f"http://{host}:{self.port}{path}", **settings | more)


@pytest.fixture
def site() -> Iterator[Site]:
    said: list[dict[str, str]] = []
    stop = threading.Event()
    kind = type("Here", (Page,), {"answers": ANSWERS, "said": said, "stop": stop})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        server.daemon_threads = True
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield Site(server.server_address[1], said)
        stop.set()
        server.shutdown()
        running.join()


def test_a_page_becomes_an_article(site: Site) -> None:
    """Known again by its address; the address is resolved once, and its name goes into the request."""
    name, content = site.fetch("/html/vpn?id=7#top")
    assert name == f"kb.example:{site.port}/html/vpn?id=7.html"
    (found,) = documents(name, content, source="web", url="https://kb.example/html")
    assert isinstance(found, ArticleText)
    assert (found.title, found.body) == ("VPN", "Open it")
    assert site.asked == ["kb.example"]
    assert site.said[0]["Host"] == f"kb.example:{site.port}"
    assert not {"Cookie", "Authorization", "Referer"} & site.said[0].keys()


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        *(("/pdf", ".pdf"), ("/notes.md", ".md"), ("/notes", ".txt"), ("/bytes/a.docx", ".docx")),
        *(("/bare/a.csv", ".csv"), ("/html/a.pdf", ".pdf.html"), ("/html/", "/html.html")),
    ],
)
def test_the_kind_that_is_answered_gives_the_ending(site: Site, path: str, ending: str) -> None:
    """The address's own ending counts where the server says little."""
    assert site.fetch(path)[0].endswith(ending)


def test_an_encoding_that_only_the_answer_names_is_kept(site: Site) -> None:
    """What reads the file sees no headers."""
    assert "重置".encode() in site.fetch("/gbk")[1]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        *(
            ("/zip", "application/zip"),
            ("/bare", "unnamed"),
            ("/packed", "packed"),
            ("/gone", "404"),
        ),
        *(("/endless", "larger than"), (f"/on/{MOST_REDIRECTS}", "more than 5 times")),
        *(
            ("/loop", "more than 5 times"),
            ("/inward", "10.0.0.1"),
            ("/metadata", "169.254.169.254"),
        ),
        *(("/file", "http://"), ("/login", "password"), ("/broken", "no address")),
    ],
)
def test_what_is_not_taken_is_refused_with_its_reason(site: Site, path: str, said: str) -> None:
    """Each redirect is checked as the first address was."""
    with pytest.raises(Refused, match=said):
        site.fetch(path, limit=1_000_000)


def test_a_few_redirects_are_followed(site: Site) -> None:
    """And the last address names the article."""
    assert site.fetch(f"/on/{MOST_REDIRECTS - 1}")[0].endswith("/html.html")


@pytest.mark.parametrize("path", ["/slow", "/silent"])
def test_the_whole_exchange_has_an_end(site: Site, path: str) -> None:
    """Also for a server that goes on saying a little."""
    with pytest.raises(Refused, match="took longer than"):
        site.fetch(path, seconds=0.06)


def test_a_resolver_that_hangs_is_left(site: Site) -> None:
    """It has no time-out of its own."""
    never = threading.Event()
    with pytest.raises(Refused, match="took longer than"):
        site.fetch("/html", seconds=0.03, resolve=lambda *_: [str(never.wait(5))])
    never.set()


@pytest.mark.parametrize(
    "host", ["inner.example", "mixed.example", "127.0.0.1", "[::1]", "2130706433"]
)
def test_a_name_that_lies_on_our_own_machines_is_refused(site: Site, host: str) -> None:
    """Also when only one of its addresses does, and before anything is sent."""
    with pytest.raises(Refused, match="not public"):
        site.fetch("/html", host)
    assert not site.said


def test_a_listed_host_counts_with_its_port(site: Site) -> None:
    """Another port of the same machine is another program."""
    with pytest.raises(Refused, match="not public"):
        site.fetch("/html", hosts={"kb.example"})
    with pytest.raises(Refused, match="not public"):
        site.fetch("/html", hosts={f"kb.example:{site.port + 1}"})
    assert site.fetch("/html", hosts={f"KB.example:{site.port}"})


def test_the_next_address_of_a_name_is_tried(site: Site) -> None:
    """When the first does not answer."""
    assert site.fetch("/html", "two.example")[1] == HTML


def test_a_name_without_an_address_is_refused(site: Site) -> None:
    """With the advice to look at its spelling."""
    with pytest.raises(Refused, match="spelling"):
        site.fetch("/html", "nowhere.example")


@pytest.mark.parametrize(
    "address",
    [
        *("", "kb.example/vpn", "ftp://kb.example/", "file:///etc/passwd", "javascript:alert(1)"),
        *("http://", "http://a:b@kb.example/", "http://a@kb.example/", "http://[::1", "http://\0/"),
        "http://kb.example:99999/",
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_asked(site: Site, address: str) -> None:
    """Only http and https, and nobody's password."""
    with pytest.raises(Refused):
        fetch(address, resolve=site.names)
    assert not site.asked
