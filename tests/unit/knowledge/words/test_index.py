"""The index finds what stands in it, for whom it may be shown, also after a crash and a loss."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.article import Article
from knowledge.ports import Indexed
from knowledge.ranking.rank import rank
from knowledge.tokens.normal import HAN
from knowledge.tokens.terms import Analyser
from knowledge.words.index import WordIndex

ANALYSER = Analyser()
TODAY = date(2026, 8, 24)
EVERYBODY = ["requester"]


def article(name: str, title: str, body: str = "", **more: Any) -> Article:
    given_ = {"language": "en", "audience": ("requester",), "source": "s", "external_id": name}
    return Article.model_validate({"id": name, "title": title, "body": body, **given_, **more})


VPN = article("vpn", "VPN error 691", "The user name or the password is wrong. Type both again.")
JAM = article("jam", "The printer has a paper jam", "Open the tray and pull the sheet out slowly.")
MAIL = article(
    "mail", "邮件客户端启动即退出", "打开邮件客户端就闪退。重建配置文件。", language="zh"
)
ALL = [VPN, JAM, MAIL]


def rows(*articles: Article) -> list[Indexed]:
    return [Indexed(article=a, version=a.digest) for a in articles]


def found(
    index: WordIndex, question: str, labels: list[str] = EVERYBODY, day: date = TODAY
) -> list[str]:
    order = rank(
        index.parts,
        ANALYSER.of_question(question),
        labels=labels,
        day=day,
        chinese=HAN.search(question) is not None,
        limit=10,
    )
    return [one.id for one in order.ranked]


@pytest.fixture
def index(tmp_path: Path) -> WordIndex:
    made = WordIndex(ANALYSER, tmp_path / "words")
    made.put(rows(*ALL))
    return made


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("error 691 when I connect", "vpn"),
        ("paper is stuck in the printer", "jam"),
        ("邮件客户端一打开就闪退", "mail"),
        ("郵件客戶端閃退", "mail"),
        ("打印机卡纸了", "jam"),
        ("the mail client closes", "mail"),
    ],
)
def test_the_article_that_says_it_comes_first(index: WordIndex, question: str, best: str) -> None:
    """In its own language, in the other one, and in traditional characters."""
    assert found(index, question)[0] == best


@pytest.mark.parametrize("question", ["", "   ", "the and of", "😀🔥", "zzzz qqqq", "\0", "的"])
def test_what_says_nothing_finds_nothing(index: WordIndex, question: str) -> None:
    assert found(index, question) == []


def test_a_question_of_a_hundred_kilobytes_is_answered(index: WordIndex) -> None:
    assert found(index, "printer paper jam " * 6000)[0] == "jam"


@pytest.mark.parametrize(
    ("more", "labels", "day", "shown"),
    [
        ({}, ["requester"], TODAY, True),
        ({}, ["technician"], TODAY, False),
        ({}, [], TODAY, False),
        ({"audience": ()}, ["requester", "technician"], TODAY, False),
        ({"audience": ("technician", "vip")}, ["vip"], TODAY, True),
        ({"valid_until": TODAY}, ["requester"], TODAY, True),
        ({"valid_until": date(2026, 8, 23)}, ["requester"], TODAY, False),
        ({"valid_from": date(2026, 8, 25)}, ["requester"], TODAY, False),
    ],
)
def test_an_article_is_found_only_by_those_who_may_see_it_while_it_holds(
    tmp_path: Path, more: dict[str, Any], labels: list[str], day: date, shown: bool
) -> None:
    index = WordIndex(ANALYSER, tmp_path)
    index.put(rows(article("one", "Printer jam", "Pull the sheet out.", **more), VPN))
    assert ("one" in found(index, "printer jam", labels, day)) is shown


def test_what_was_put_again_is_found_by_its_new_words_alone(index: WordIndex) -> None:
    index.put(rows(article("jam", "The scanner makes stripes", "Wipe the glass.")))
    assert found(index, "stripes of the scanner")[0] == "jam"
    assert "jam" not in found(index, "paper tray sheet")
    index.drop(["jam"])
    assert "jam" not in found(index, "stripes of the scanner")


def test_an_index_is_opened_as_it_was_left(index: WordIndex, tmp_path: Path) -> None:
    index.drop(["vpn"])
    again = WordIndex(ANALYSER, tmp_path / "words")
    for question in ("error 691", "paper jam", "闪退"):
        assert found(again, question) == found(index, question)


def test_a_lost_or_broken_index_says_what_it_lacks(index: WordIndex, tmp_path: Path) -> None:
    """Rows are the truth: it is made from them again."""
    versions = {a.id: a.digest for a in ALL}
    assert index.differs(versions) == (set(), set())
    assert index.differs({"vpn": VPN.digest, "jam": "other"}) == ({"jam"}, {"mail"})
    [segment] = (tmp_path / "words").glob("segment-*")
    (segment / "words.docs.npy").write_bytes(b"broken")
    broken = WordIndex(ANALYSER, tmp_path / "words")
    assert broken.differs(versions) == (set(versions), set())
    broken.put(rows(*ALL))
    assert found(broken, "paper jam")[0] == "jam"
    shutil.rmtree(tmp_path / "words")
    assert WordIndex(ANALYSER, tmp_path / "words").differs(versions) == (set(versions), set())


def test_a_crash_between_the_files_and_their_list_loses_only_what_was_new(
    index: WordIndex, tmp_path: Path
) -> None:
    """A segment that no list names is not opened, and is swept away by the next change."""
    folder = tmp_path / "words"
    (folder / "segment-99").mkdir()
    (folder / "segment-99" / "words.keys.npy").write_bytes(b"half")
    again = WordIndex(ANALYSER, folder)
    assert found(again, "paper jam")[0] == "jam"
    again.put(rows(article("new", "Toner is empty")))
    assert not (folder / "segment-99").exists()
    assert found(WordIndex(ANALYSER, folder), "toner")[0] == "new"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["tray", "badge", "视频"])), max_size=20)
)
def test_many_small_changes_are_found_like_one_large_one(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, str]]
) -> None:
    """However the segments were merged."""
    step = WordIndex(ANALYSER, tmp_path_factory.mktemp("step"))
    last: dict[str, Article] = {}
    for n, word in changes:
        last[f"a{n}"] = article(f"a{n}", f"About {word} {n}00x", f"{word} and more {word}")
        step.put(rows(last[f"a{n}"]))
    whole = WordIndex(ANALYSER, tmp_path_factory.mktemp("whole"))
    whole.put(rows(*last.values()))
    for question in ("tray", "badge 300x", "视频"):
        assert sorted(found(step, question)) == sorted(found(whole, question))
    assert len(step.parts) <= 5
