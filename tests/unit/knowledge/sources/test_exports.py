"""Tables and exports: each row or entry is an article, known again by the export's own id."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import Any

import pytest

from knowledge.article import LONGEST_BODY, ArticleText, Unreadable
from knowledge.csv_rows import LONGEST_FIELD
from knowledge.sources import documents

STORAGE = (
    '<p>Run</p><ac:structured-macro ac:name="code"><ac:parameter ac:name="language">bash'
    "</ac:parameter><ac:plain-text-body><![CDATA[ls <x> && y]]></ac:plain-text-body>"
    '</ac:structured-macro><p>See <ac:link><ri:page ri:content-title="Other page" /></ac:link></p>'
)


def read(name: str, content: object) -> tuple[list[ArticleText], list[Unreadable]]:
    octets = content.encode() if isinstance(content, str) else json.dumps(content).encode()
    found = list(documents(name, octets))
    return (
        [one for one in found if isinstance(one, ArticleText)],
        [one for one in found if isinstance(one, Unreadable)],
    )


def test_columns_are_found_by_their_names() -> None:
    """In any order, in Chinese or English; a row's own number stands in for an id."""
    table = (
        "受众,标题,解决方案,产品,语言,失效日期\n"
        'it;staff,打印机卡纸,"<p>重启<br>打印机</p>",HP 打印机,中文,2026年8月31日\n'
        ',网络,"第一行\n第二行",,,\n'
    )
    (jam, network), wrong = read("kb.csv", table)
    assert not wrong
    assert (jam.external_id, jam.title, jam.body) == ("kb.csv#2", "打印机卡纸", "重启  \n打印机")
    assert (jam.audience, jam.products, jam.language) == (("it", "staff"), ("HP 打印机",), "zh")
    assert jam.valid_until == date(2026, 8, 31)
    assert (network.external_id, network.body) == ("kb.csv#3", "第一行  \n第二行")
    assert network.audience is None


def test_a_broken_row_does_not_stop_the_others() -> None:
    """It is told by its number."""
    table = 'id;Subject;Body\nK1;A;x\nK2;B\nK3;C;"x"y\nK4;;x\nK5;E;\nK1;F;x\n\nK6;G;y\n'
    articles, wrong = read("kb.csv", table)
    assert [one.external_id for one in articles] == ["kb.csv#K1", "kb.csv#K6"]
    assert [one.place for one in wrong] == [
        *("kb.csv, row 3", "kb.csv, row 4", "kb.csv, row 5", "kb.csv, row 6", "kb.csv#K1")
    ]


def test_symptom_cause_and_solution_are_put_together() -> None:
    """When no single column holds the article."""
    (one,), _ = read("kb.csv", "title,Symptom,Cause,Resolution\nA,No light,,Plug it in\n")
    assert one.body == "## Symptom\n\nNo light\n\n## Resolution\n\nPlug it in"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("a,b\n1,2\n", "title"),
        ("title,product\n1,2\n", "holds the text: call one body, content"),
        ('"title,body\n1,2\n', "no CSV"),
    ],
)
def test_a_table_without_names_is_refused_whole(table: str, said: str) -> None:
    """With what its first row should say."""
    _, (wrong,) = read("kb.csv", table)
    assert said in wrong.reason


@pytest.mark.parametrize("length", [LONGEST_BODY + 1, LONGEST_FIELD + 1])
def test_a_field_that_no_article_can_hold_costs_its_row_alone(length: int) -> None:
    """Whatever another reader of CSV in this process reads meanwhile."""
    told = f"title,body\nA,first\nB,{'x' * length}\nC,last\n"
    read_, broken = read("kb.csv", told)
    assert ([one.title for one in read_], len(broken)) == (["A", "C"], 1)
    assert csv.field_size_limit() == LONGEST_FIELD


def solution(**more: Any) -> dict[str, Any]:
    return {
        "id": "17",
        "title": "Reset VPN",
        "description": "<div>Open <b>it</b></div>",
        "topic": {"name": "Network"},
        "keywords": "vpn, token",
        "approval_status": {"name": "Approved"},
        "expiry_date": {"value": "1798675200000"},
        **more,
    }


def test_a_solution_of_service_desk_plus_is_read() -> None:
    """Its topic is what it is about; its keywords stay findable in the text."""
    (one,), _ = read("sdp.json", {"solutions": [solution()]})
    assert (one.external_id, one.title, one.products) == ("sdp.json#17", "Reset VPN", ("Network",))
    assert one.body == "Open **it**\n\nKeywords: vpn, token"
    assert one.valid_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ({"name": "Draft"}, "Draft"),
        ("Rejected", "Rejected"),
        (None, "does not tell"),
        (["x"], "one value"),
    ],
)
def test_only_approved_solutions_are_taken(status: object, said: str) -> None:
    """The others are told with their status: a draft must not reach a requester."""
    articles, (wrong,) = read("sdp.json", {"solutions": [solution(approval_status=status)]})
    assert not articles
    assert said in wrong.reason
    assert wrong.place == "sdp.json, article 1 (id 17)"


def test_articles_of_a_help_centre_are_read_without_drafts() -> None:
    """The same id in two languages is two articles."""
    entry = {"id": 1, "title": "VPN", "body": "<h2>Steps</h2><p>Open it</p>", "locale": "en-us"}
    held = [
        entry | {"html_url": "https://h.example/1", "label_names": ["vpn"], "draft": False},
        entry | {"locale": "zh-cn", "body": "打开"},
        entry | {"id": 2, "draft": True},
        entry | {"id": 3, "locale": "fr"},
    ]
    articles, wrong = read("hc.json", {"articles": held, "count": 3})
    assert [(one.external_id, one.language) for one in articles] == [
        ("hc.json#1-en-us", "en"),
        ("hc.json#1-zh-cn", "zh"),
    ]
    assert articles[0].url == "https://h.example/1"
    assert articles[0].body == "## Steps\n\nOpen it\n\nKeywords: vpn"
    assert ["draft" in one.reason or "'fr'" in one.reason for one in wrong] == [True, True]


def test_a_page_of_confluence_keeps_its_code() -> None:
    """Which its storage form hides where a reader of HTML does not look."""
    page = {
        "id": "9",
        "type": "page",
        "status": "current",
        "title": "Listing",
        "body": {"storage": {"value": STORAGE}},
        "_links": {"base": "https://c.example", "webui": "/p/9"},
        "metadata": {"labels": {"results": [{"name": "shell"}]}},
    }
    (one,), (old, empty) = read(
        "cf.json", {"results": [page, page | {"status": "archived"}, page | {"body": {"view": {}}}]}
    )
    assert one.body == "Run\n\n```\nls <x> && y\n```\n\nSee Other page\n\nKeywords: shell"
    assert (one.external_id, one.url) == ("cf.json#9", "https://c.example/p/9")
    assert "archived" in old.reason
    assert "no body" in empty.reason
    (alone,), _ = read("page.json", page)
    assert alone.title == "Listing"


def test_a_page_of_a_confluence_folder_is_called_as_in_its_space() -> None:
    """And the folder's table of contents is no article."""
    page = (
        "<title>IT : Reset VPN</title>"
        '<ol id="breadcrumbs"><li><a href="i">IT</a></li></ol><h1 id="title-heading">IT : Reset VPN</h1>'
        '<div>Created by X</div><div id="main-content" class="{}">Open it</div>'
    )
    (one,), _ = read("p.html", page.format("wiki-content group"))
    assert (one.title, one.body) == ("Reset VPN", "Open it")
    _, (contents,) = read("index.html", page.format("pageSection"))
    assert "table of contents" in contents.reason


def test_a_plain_list_and_lines_of_json_are_read() -> None:
    """Each entry by its place, when it has no id; a wrong one does not stop the rest."""
    held = [{"title": "A", "body": "# A\n\nx", "product": "VPN"}, 7, {"title": "B"}, {"body": "x"}]
    (one,), wrong = read("kb.json", held)
    assert (one.external_id, one.body, one.products) == ("kb.json#1", "x", ("VPN",))
    assert [each.place for each in wrong] == [f"kb.json, article {n}" for n in (2, 3, 4)]
    lines, broken = read(
        "kb.jsonl", '{"title":"A","content":"x"}\n{bad\n\n{"id":"k","title":"B","body":"y"}\n'
    )
    assert [each.external_id for each in lines] == ["kb.jsonl#1", "kb.jsonl#k"]
    assert [each.place for each in broken] == ["kb.jsonl, line 2"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"title": "A", "body": "x\0y"}, "NUL"),
        ({"title": "\ud800", "body": "x"}, "surrogate"),
        ({"title": "A", "body": {"x": 1}}, "no text"),
        ({"title": ["A"], "body": "x"}, "one value"),
        ({"title": "A", "body": "x", "products": [["y"]]}, "list of words"),
        ({"title": "A", "body": "x", "url": "javascript:alert(1)"}, "url"),
        ({"title": "A", "body": "x", "status": "draft"}, "draft"),
        ({"title": "A", "body": "x", "draft": True}, "draft"),
        ({"title": "A", "body": "x", "id": "i" * 500}, "external_id"),
        ({"title": "A", "solution": "x", "approval_status": 7}, "status"),
    ],
)
def test_an_entry_that_makes_no_article_says_why(entry: dict[str, Any], said: str) -> None:
    """In a sentence for whoever imports."""
    articles, (wrong,) = read("kb.json", [entry])
    assert not articles
    assert said in wrong.reason
