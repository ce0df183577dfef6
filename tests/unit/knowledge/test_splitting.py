"""An article falls into passages that can be read alone, and nothing of it is lost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answer import Passage
from knowledge.article import LONGEST_BODY, ArticleText
from knowledge.blocks import LONGEST_LEAD
from knowledge.splitting import JOINED, LONGEST, passages, size

SENTENCE = "The user opens the mail client and types the password again until it works. "


def article(body: str) -> ArticleText:
    return ArticleText(source="s", external_id="a", title="A title", body=body, language="en")


def pieces(body: str) -> list[Passage]:
    return passages(article(body))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def told(found: list[Passage]) -> str:
    """Everything that is said, a heading where it is first said."""
    said: list[str] = []
    above: tuple[str, ...] = ()
    for passage in found:
        same = 0
        for before, now in zip(above, passage.headings, strict=False):
            if before != now:
                break
            same += 1
        said += [*passage.headings[same:], passage.text]
        above = passage.headings
    return letters(" ".join(said))


def test_headings_lead_to_their_passage() -> None:
    """A passage carries the headings above it, outermost first, whichever way they are written."""
    found = pieces("Intro.\n\n# VPN\n\n## Cause\nA certificate.\n\nCure\n----\nRenew it.")
    assert [(p.headings, p.text) for p in found] == [
        ((), "Intro."),
        (("VPN", "Cause"), "A certificate."),
        (("VPN", "Cure"), "Renew it."),
    ]


def test_a_heading_above_nothing_is_kept() -> None:
    """A list of questions written as headings alone is still text."""
    found = pieces("# Ask\n## Printer jam\n## 打不开邮箱\n# Last")
    assert [p.headings for p in found] == [("Ask",), ()]
    assert letters("".join(p.text for p in found)) == "Printerjam打不开邮箱Last"


def test_short_neighbours_are_one_passage() -> None:
    """Under one heading; three words alone tell an encoder nothing."""
    found = pieces("# Cure\nDo this:\n\n1. Open it.\n2. Close it.\n\nDone.")
    assert [p.text for p in found] == ["Do this:\n\n1. Open it.\n2. Close it.\n\nDone."]


def test_no_cut_within_a_step() -> None:
    """A step with what is indented below it stays whole, while the list falls into several passages."""
    step = "{n}. " + SENTENCE * 3 + "\n   - a detail\n\n   ```\n   1. netsh\n   ```"
    steps = [step.format(n=n) for n in range(1, 9)]
    texts = [p.text for p in pieces("\n".join(steps))]
    assert len(texts) > 2
    assert all(any(one in text for text in texts) for one in steps)


def test_chinese_steps_are_steps() -> None:
    """一、 is a heading's mark in prose; 1、 （1） 第一步 and 步骤 begin a step."""
    for mark in ("{}、", "（{}）", "第{}步：", "步骤{}："):
        steps = [
            mark.format(n) + "打开网络设置并重新输入密码然后点击连接按钮" * 4 for n in "123456"
        ]
        texts = [p.text for p in pieces("\n".join(steps))]
        assert 2 < len(texts) < 6
        assert all(any(one in text for text in texts) for one in steps)


def test_each_piece_of_a_table_has_its_header() -> None:
    """A row whose columns nobody names cannot be read alone; within a piece the header stands once."""
    header = "| code | meaning |\n|------|:-------:|"
    rows = [f"| E{n} | {SENTENCE} |" for n in range(40)]
    found = pieces("\n".join([header, *rows]))
    assert len(found) > 3
    assert all(p.text.startswith(header) and p.text.count(header) == 1 for p in found)
    assert [r for p in found for r in p.text.split("\n")[2:]] == [r.rstrip() for r in rows]


def test_code_is_cut_only_when_it_is_far_too_long() -> None:
    """Then each piece stands between the same marks; a heading's mark in code is code."""
    short = "```sh\n# not a heading\n" + "ping host\n" * 60 + "```"
    assert [p.text for p in pieces(short)] == [short]
    long = pieces("```sh\n" + "ping host\n" * 600 + "```")
    assert len(long) > 5
    assert all(p.text.startswith("```sh\nping") and p.text.endswith("host\n```") for p in long)


def test_long_prose_is_cut_between_sentences() -> None:
    """Into pieces of about the same size, in both languages."""
    for sentence in (SENTENCE, "打开网络设置并重新输入密码，然后点击连接按钮。"):
        found = pieces(sentence * 40)
        assert len(found) > 3
        assert all(p.text.rstrip()[-1] in ".。" for p in found)
        assert max(size(p.text) for p in found) < 2 * min(size(p.text) for p in found)


def test_a_title_alone_is_one_empty_passage() -> None:
    """It can still be found by its title."""
    assert pieces("") == pieces("---\n\n***") == [Passage(headings=(), text="")]


STARTS = ["# ", "## ", "1. ", "  - ", "```", "~~~", "|", "|-|-|", "---", "===", "> ", "步骤1"]
FILLS = ["\n", "\n\n", "\t", "    ", "a b", "打开", "。", ". ", "\r\n", "\u2028"]
LONG = [SENTENCE * 12, "好" * 300, "x" * 2500]
MARKS = st.sampled_from([*STARTS, *FILLS, *LONG])
TEXTS = st.lists(st.one_of(MARKS, st.text(max_size=8)), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_is_lost_and_the_order_stays(body: str) -> None:
    """Every letter of the body is told, in its order."""
    rest = iter(told(pieces(body)))
    assert all(letter in rest for letter in letters(article(body).body))


@settings(max_examples=300, deadline=None)
@given(TEXTS.map(lambda t: t.replace("#", "").replace("-", "").replace("=", "").replace("`", "")))
def test_nothing_is_said_twice(body: str) -> None:
    """Without headings and tables, passages hold the body's letters and no other."""
    assert told(pieces(body)) == letters(article(body).body)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_passage_is_long(body: str) -> None:
    """However little the text says where it could be cut."""
    most = max(LONGEST, JOINED) + LONGEST_LEAD
    assert all(size(p.text) <= most for p in pieces(body))


HOSTILE = {
    "fences": "```\n",
    "lists": "- ",
    "pipes": "|",
    "tables": "a|b\n-|-\n",
    "headings": "# a\n",
    "underlines": "a\n-\n",
    "steps": "1. a\n\n  b\n",
    "code in steps": "- a\n  ```\n",
    "rules": "* * ",
    "spaces": " ",
    "quotes": ">",
    "brackets": "[](",
    "one word": "a",
    "好": "好",
    "stops": "a. ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name: str) -> None:
    """Whatever 200 kB are made of, four times the text takes about four times as long, where nothing else takes the
    processor's time."""
    quarter, whole = (
        "x" + (HOSTILE[name] * LONGEST_BODY)[: LONGEST_BODY // n - 2] + "x" for n in (4, 1)
    )
    most = max(8 * min(_seconds(quarter) for _ in range(2)), 0.2)
    assert any(_seconds(whole) < most for _ in range(6))


def _seconds(body: str) -> float:
    taken = article(body)
    began = time.process_time()
    passages(taken)
    return time.process_time() - began


def test_pieces_differ() -> None:
    """Neighbouring passages of one heading do not overlap."""
    found = pieces(" ".join(f"word{n}" for n in range(2000)))
    assert all(a.text.split()[-1] != b.text.split()[0] for a, b in pairwise(found))
