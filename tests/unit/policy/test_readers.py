"""Who may an article be for?"""

from __future__ import annotations

import pytest

from knowledge.article import ArticleText, Unreadable
from pipeline.domain.directory import Person, Role
from pipeline.policy.readers import kind_and_id, labels_for_work, labels_of, misspelt, with_labels


@pytest.mark.parametrize(
    "label",
    ["everybody", "staff", "group:exchange", "site:berlin", "customer:acme", "group:邮件组"],
)
def test_a_label_that_somebody_may_carry_is_one(label: str) -> None:
    assert misspelt([label]) == []


@pytest.mark.parametrize(
    "label",
    ["everyone", "Everybody", "group:", "group: exchange", "grp:exchange", "exchange", "site", "*"],
)
def test_any_other_is_named_with_those_that_there_are(label: str) -> None:
    """With its place among the others."""
    [(place, sentence)] = misspelt(["staff", label])
    assert place == 1
    for word in (repr(label), "everybody", "staff", "group:ID", "site:ID", "customer:ID"):
        assert word in sentence


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("group:a:b", ("group", "a:b")),
        ("customer:acme", ("customer", "acme")),
        ("staff", ("staff", "")),
        ("grp:exchange", ("grp:exchange", "")),
    ],
)
def test_a_label_says_what_kind_of_thing_it_names(label: str, read: tuple[str, str]) -> None:
    """One that is no label names itself."""
    assert kind_and_id(label) == read


def test_whatever_a_person_carries_is_a_label() -> None:
    person = Person(
        id="chen", name="Chen", role=Role.TECHNICIAN, groups=("hr",), site="bj", customer="acme"
    )
    assert misspelt(labels_for_work(labels_of(person))) == []


def test_an_article_for_nobody_is_unreadable_with_its_reason() -> None:
    """One that says nothing is decided on by whoever imports it; one that says an empty list, by nobody."""
    text = ArticleText(source="s", external_id="a.md", title="T", body="B", language="en")
    found = with_labels(text.model_copy(update={"audience": ("staff", "everyone")}))
    assert isinstance(found, Unreadable)
    assert (found.place, "'everyone'" in found.reason) == ("a.md", True)
    silent, hidden = text, text.model_copy(update={"audience": ()})
    assert (with_labels(silent), with_labels(hidden), with_labels(found)) == (silent, hidden, found)
