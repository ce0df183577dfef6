"""A source tells of its articles: whole batches, again and again, and at last what it tells of no more."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.flow.articles.editing import MOST_AT_ONCE
from tests.unit.flow.desk import opened

from .articles import EVERYBODY, KNOWLEDGE, STAFF, article, put, take_in
from .conftest import Api

IMPORT, FINISH = f"{KNOWLEDGE}/import", f"{KNOWLEDGE}/import/finish"
FILES, ADDRESSES = f"{KNOWLEDGE}/files", f"{KNOWLEDGE}/addresses"


def outcomes(api: Api, *articles: dict[str, Any], **more: Any) -> list[str]:
    answer = api.post(IMPORT, {"articles": articles, **more})
    assert answer.status_code == 200, answer.text
    return [one["outcome"] for one in answer.json()["articles"]]


def upload(api: Api, name: str, content: bytes, token: str = "", **form: Any) -> Any:
    headers = {"Authorization": f"Bearer {token or api.token('admin')}"}
    return api.client.post(FILES, files={"file": (name, content)}, data=form, headers=headers)


def test_what_became_of_each_is_told_in_its_order(fresh: Api) -> None:
    one, two = article("One"), article("Two")
    assert outcomes(fresh, one) == ["added"]
    assert outcomes(fresh, two, one) == ["added", "unchanged"]
    assert outcomes(fresh, one | {"body": "Other."}, two) == ["changed", "unchanged"]
    [id_] = take_in(fresh, one | {"body": "Other."}, audience=STAFF)
    path = f"{KNOWLEDGE}/articles/{id_}"
    words = {"title": "One", "body": "By hand.", "language": "en", "audience": STAFF}
    assert put(fresh, path, words).status_code == 200
    answer = fresh.post(IMPORT, {"articles": [one, two]}).json()
    assert answer["counts"] == {"kept": 1, "unchanged": 1}
    assert fresh.get(path).json()["body"] == "By hand."


def test_articles_that_say_no_audience_are_for_staff_unless_the_import_says(fresh: Api) -> None:
    """Law 12."""
    outcomes(fresh, article("Silent"), article("Said", audience=["site:bj"]))
    outcomes(fresh, article("Open"), audience=EVERYBODY)
    listed = fresh.get(f"{KNOWLEDGE}/articles").json()["articles"]
    assert {a["title"]: a["audience"] for a in listed} == {
        "Silent": STAFF,
        "Said": ["site:bj"],
        "Open": EVERYBODY,
    }


def test_the_source_may_be_said_once_for_all(fresh: Api) -> None:
    plain = {k: v for k, v in article().items() if k != "source"}
    assert outcomes(fresh, plain, article("B", source="other"), source="wiki") == ["added"] * 2
    assert fresh.get(f"{KNOWLEDGE}/articles?source=wiki").json()["total"] == 1
    answer = fresh.post(IMPORT, {"articles": [plain]})
    assert (answer.status_code, answer.json()["field"]) == (400, "articles.0.source")


def test_the_same_id_of_two_sources_is_two_articles(fresh: Api) -> None:
    pair = [article("A", external_id="1"), article("B", external_id="1", source="other")]
    answer = fresh.post(IMPORT, {"articles": pair}).json()
    assert [one["source"] for one in answer["articles"]] == ["handbook", "other"]
    assert len({one["id"] for one in answer["articles"]}) == 2


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"title": ""}, "articles.1.title"),
        ({"language": "fr"}, "articles.1.language"),
        ({"audience": [""]}, "articles.1.audience.0"),
        ({"audience": ["a\u0007"]}, "articles.1.audience.0"),
        ({"external_id": "a\u0000b"}, "articles.1.external_id"),
        ({"external_id": ""}, "articles.1.external_id"),
        ({"source": "a\nb"}, "articles.1.source"),
        ({"url": "ftp://x"}, "articles.1.url"),
        ({"bogus": 1}, "articles.1.bogus"),
        ({"external_id": "Mail client crashes.md"}, "articles.1.external_id"),
    ],
)
def test_one_broken_article_is_named_and_nothing_of_the_batch_is_kept(
    fresh: Api, broken: dict[str, Any], field: str
) -> None:
    answer = fresh.post(IMPORT, {"articles": [article(), article("Second") | broken]})
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert fresh.get(f"{KNOWLEDGE}/articles").json()["total"] == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"articles": []}, "articles"),
        ({"articles": "x"}, "articles"),
        ({"articles": [1]}, "articles.0"),
        ({"articles": [[]], "source": "x"}, "articles.0"),
        ({"articles": [{}], "source": {}}, "source"),
        ({}, "articles"),
        ({"articles": [article()], "audience": [" "]}, "audience.0"),
        ({"articles": [article()], "prune": True}, "prune"),
        ([], "body"),
    ],
)
def test_a_body_that_is_no_import_is_refused(api: Api, body: object, field: str) -> None:
    answer = api.post(IMPORT, body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_more_than_a_batch_is_refused_whole(fresh: Api) -> None:
    many = [article(str(n)) for n in range(MOST_AT_ONCE + 1)]
    answer = fresh.post(IMPORT, {"articles": many})
    assert (answer.status_code, answer.json()["field"]) == (413, "articles")
    assert outcomes(fresh, *many[:-1]) == ["added"] * MOST_AT_ONCE


def test_a_body_over_the_limit_is_refused(fresh: Api) -> None:
    many = [article(str(n), body="字" * 100_000) for n in range(4)]
    assert fresh.post(IMPORT, {"articles": many}).status_code == 413


def test_what_a_source_tells_of_no_more_is_retired(fresh: Api) -> None:
    take_in(fresh, *(article(str(n), external_id=f"{n}") for n in range(6)))
    take_in(fresh, article("Other", source="other"))
    finish = {"source": "handbook", "present": ["0", "1", "2", "4"]}
    assert fresh.post(FINISH, finish).json() == {"retired": ["3", "5"]}
    assert fresh.post(FINISH, finish).json() == {"retired": []}
    assert fresh.get(f"{KNOWLEDGE}/articles?standing=published").json()["total"] == 5


def test_a_large_source_says_in_parts_what_it_has(fresh: Api) -> None:
    """Each part stands alone: what the others hold is left as it is."""
    take_in(fresh, *(article(str(n), external_id=f"{n}") for n in range(9)))
    first = {"source": "handbook", "present": ["1", "3"], "until": "3"}
    assert fresh.post(FINISH, first).json() == {"retired": ["0", "2"]}
    second = {"source": "handbook", "present": ["5"], "after": "3", "until": "5"}
    assert fresh.post(FINISH, second).json() == {"retired": ["4"]}
    last = {"source": "handbook", "present": ["8"], "after": "5"}
    assert fresh.post(FINISH, last).json() == {"retired": ["6", "7"]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"source": "handbook", "present": []}, "present"),
        ({"source": "handbook"}, "present"),
        ({"source": "handbook", "present": ["a"], "after": "b"}, "body"),
        ({"source": "handbook", "present": ["c"], "until": "b"}, "body"),
    ],
)
def test_a_part_that_would_retire_by_mistake_is_refused(
    fresh: Api, body: dict[str, Any], field: str
) -> None:
    take_in(fresh, article())
    answer = fresh.post(FINISH, body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert fresh.get(f"{KNOWLEDGE}/articles?standing=published").json()["total"] == 1


def test_an_uploaded_file_becomes_articles(fresh: Api) -> None:
    answer = upload(fresh, "vpn.md", b"# VPN token\n\nAsk for a new one.", audience=["everybody"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["counts"] == {"added": 1}
    [listed] = fresh.get(f"{KNOWLEDGE}/articles").json()["articles"]
    assert (listed["title"], listed["source"], listed["external_id"]) == (
        "VPN token",
        "files",
        "vpn.md",
    )
    assert listed["audience"] == EVERYBODY


def test_an_export_with_more_articles_than_a_batch_is_taken_in(fresh: Api) -> None:
    rows = [{"id": n, "title": f"T{n}", "body": "Text."} for n in range(MOST_AT_ONCE + 5)]
    rows.append({"id": "x", "title": "Nothing in it", "body": ""})
    answer = upload(fresh, "export.json", json.dumps(rows).encode(), source="wiki").json()
    assert answer["counts"] == {"added": MOST_AT_ONCE + 5}
    [broken] = answer["unreadable"]
    assert "no text" in broken["reason"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ", ".exe"),
        ("a.md", b"", "empty"),
        ("a.pdf", b"%PDF-1.4 broken", "a.pdf"),
        ("a.docx", b"PK\x03\x04", "a.docx"),
        ("a.json", b"{", "a.json"),
        ("noending", b"x", "only .md"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    fresh: Api, name: str, content: bytes, said: str
) -> None:
    answer = upload(fresh, name, content)
    assert (answer.status_code, answer.json()["field"]) == (400, "file")
    assert said in answer.json()["detail"]


def test_an_upload_obeys_the_limit_of_bodies_and_says_which_setting_it_is(fresh: Api) -> None:
    answer = upload(fresh, "a.txt", b"x" * 1_100_000)
    assert answer.status_code == 413
    assert "body_limit" in answer.json()["detail"]


def test_an_upload_without_a_file_is_refused(api: Api) -> None:
    answer = api.post(FILES, {"file": "x"})
    assert (answer.status_code, answer.json()["field"]) == (400, "file")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/x", "http://169.254.169.254/latest", "file:///etc/passwd", "x", ""],
)
def test_an_address_inside_the_network_is_not_fetched(fresh: Api, url: str) -> None:
    answer = fresh.post(ADDRESSES, {"url": url})
    assert (answer.status_code, answer.json()["field"]) == (400, "url")


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write("<h1>VPN 令牌</h1><p>请申请新的令牌。</p>".encode())

    def log_message(self, *_: object) -> None:
        pass


def test_a_page_of_a_host_that_the_setting_names_is_taken_in(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as pages:
        threading.Thread(target=pages.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{pages.server_port}"
        with opened(tmp_path, knowledge_hosts=(host,)) as desk:
            api = Api(desk)
            url = f"http://{host}/vpn"
            answer = api.post(ADDRESSES, {"url": url, "audience": EVERYBODY})
            assert answer.json()["counts"] == {"added": 1}
            [listed] = api.get(f"{KNOWLEDGE}/articles").json()["articles"]
            assert (listed["title"], listed["language"], listed["url"]) == ("VPN 令牌", "zh", url)
            assert api.post(ADDRESSES, {"url": url, "audience": EVERYBODY}).json()["counts"] == {
                "unchanged": 1
            }
        pages.shutdown()


def test_labels_that_nobody_carries_are_refused_where_they_stand(fresh: Api) -> None:
    """In a file, they make its article unreadable."""
    body = {"source": "s", "articles": [article("One"), article("Two", audience=["everyone"])]}
    refused = fresh.post(IMPORT, body)
    assert (refused.status_code, refused.json()["field"]) == (400, "articles.1.audience.0")
    answer = upload(fresh, "a.md", b"---\naudience: everyone\n---\n# A\n\nOpen it.")
    assert (answer.status_code, answer.json()["field"]) == (400, "file")
    assert "group:ID" in answer.json()["detail"]
