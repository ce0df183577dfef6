"""What differs between two states of an article is shown, and nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from api.console.changes import AROUND, MOST_LINES, Changes, changes
from knowledge.article import ArticleText


def article(body: str = "x", **more: Any) -> ArticleText:
    usual: dict[str, Any] = {
        "source": "s", "external_id": "e", "title": "T", "body": body, "language": "en"
    }  # fmt: skip
    return ArticleText.model_validate(usual | more)


def told(found: Changes, kind: str) -> list[str]:
    lines = found.lines or ()
    return ["".join(words for _, words in line.pieces) for line in lines if line.kind == kind]


def differing(found: Changes, kind: str) -> list[str]:
    lines = [line for line in found.lines or () if line.kind == kind]
    return [words for line in lines for differs, words in line.pieces if differs]


def test_the_same_twice_has_no_changes() -> None:
    assert not changes(article(), article()).any


def test_facts_that_differ_are_named_with_both_values() -> None:
    found = changes(article(), article(title="U", audience=("staff",)))
    assert found.facts == (("title", "T", "U"), ("audience", None, ("staff",)))
    assert found.any


def test_within_a_line_only_the_words_that_differ_are_marked() -> None:
    """In Chinese too, where a paragraph is one line."""
    found = changes(article("连续输错 5 次会锁定账号"), article("连续输错 6 次会锁定账号"))
    assert (differing(found, "gone"), differing(found, "new")) == (["5"], ["6"])


def test_lines_that_have_nothing_in_common_are_shown_whole() -> None:
    found = changes(article("Close Outlook."), article("打开浏览器"))
    assert (told(found, "gone"), told(found, "new")) == (["Close Outlook."], ["打开浏览器"])
    assert differing(found, "new") == []


def test_what_lies_far_from_a_change_is_a_gap() -> None:
    before = "\n".join(f"line {n}" for n in range(50))
    found = changes(article(before), article(before.replace("line 25", "line twenty-five")))
    assert len(told(found, "same")) == 2 * AROUND
    assert told(found, "gap") == [""]


def test_a_text_of_very_many_lines_is_said_to_differ_and_not_compared() -> None:
    long = "\n".join("x" for _ in range(MOST_LINES + 1))
    assert changes(article(long), article(long + "\ny")).lines is None
    assert not changes(article(long), article(long)).any


LINES = st.lists(st.sampled_from(["a b", "a c", "d", "", "邮件"]), max_size=12)


@given(LINES, LINES)
def test_what_is_gone_and_what_is_new_account_for_both_texts(
    old: list[str], new: list[str]
) -> None:
    """Whoever reads only what changed can tell how many lines came and went."""
    before, after = article("\n".join(["#", *old, "#"])), article("\n".join(["#", *new, "#"]))
    found = changes(before, after)
    gone, come = len(told(found, "gone")), len(told(found, "new"))
    counted = len(after.body.splitlines()) - len(before.body.splitlines())
    assert come - gone == counted
