"""A question gets articles with their reasons, or none; whoever is slow or broken is done without."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from structlog.testing import capture_logs

from knowledge.article import Article
from knowledge.errors import EncoderFailed
from knowledge.ports import Indexed
from knowledge.search import Search
from knowledge.tokens.terms import Analyser
from knowledge.words.index import WordIndex

ANALYSER = Analyser()
TODAY = date(2026, 8, 24)


def article(name: str, title: str, body: str = "", **more: Any) -> Article:
    given = {"language": "en", "audience": ("requester",), "source": "s", "external_id": name}
    return Article.model_validate({"id": name, "title": title, "body": body, **given, **more})


MAIL = [
    article(
        "full", "Your mailbox is full", "Outlook says the mailbox is over its limit. Empty it."
    ),
    article("shared", "Open a shared mailbox", "In Outlook choose Open, then Shared mailbox."),
    article("away", "Set an out of office reply", "In Outlook choose File, Automatic replies."),
    article("sign", "Change your mail signature", "In Outlook choose Options, then Signatures."),
    article("slow", "Outlook is slow to start", "Start Outlook without add-ins. Disable them all."),
    article(
        "zh",
        "共享邮箱打不开",
        "# 原因\n\n权限没有同步。\n\n# 办法\n\n等一小时，再打开共享邮箱。",
        language="zh",
    ),
    article(
        "secret", "Read any mailbox as an administrator", "Grant it.", audience=("technician",)
    ),
]


class Rows:
    """The truth about articles, in memory."""

    def __init__(self, rows: Sequence[Indexed]) -> None:
        self.rows = {row.article.id: row for row in rows}
        self.asked = 0

    def newest_change(self) -> int:
        return 1

    def versions(self) -> Mapping[str, str]:
        return {id_: row.version for id_, row in self.rows.items()}

    def to_index(self, ids: Collection[str]) -> list[Indexed]:
        return [self.rows[id_] for id_ in ids if id_ in self.rows]

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        self.asked += 1
        return {id_: self.rows[id_].article for id_ in ids if id_ in self.rows}


class Near:
    """Vectors that say what they were told to say, or fail."""

    def __init__(self, cosines: Mapping[str, float] | Exception) -> None:
        self._cosines = cosines

    def nearest(self, question: str, most: int) -> Mapping[str, float]:
        if isinstance(self._cosines, Exception):
            raise self._cosines
        return self._cosines


class Hanging:
    """An endpoint that answers nobody until it is let go."""

    def __init__(self) -> None:
        self.let_go = Event()
        self.calls = 0

    def nearest(self, question: str, most: int) -> Mapping[str, float]:
        self.calls += 1
        self.let_go.wait(30)
        return {"away": 0.9}

    def order(self, question: str, candidates: Sequence[Article]) -> Sequence[str]:
        self.calls += 1
        self.let_go.wait(30)
        return [candidates[-1].id]


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    made = Hanging()
    yield made
    made.let_go.set()


class Backwards:
    def order(self, question: str, candidates: Sequence[Article]) -> Sequence[str]:
        return [one.id for one in reversed(candidates)]


class Broken:
    def order(self, question: str, candidates: Sequence[Article]) -> Sequence[str]:
        raise RuntimeError("the model said something else")


def rows(*articles: Article, **told: Any) -> list[Indexed]:
    return [Indexed(article=a, version=a.digest, **told) for a in articles]


def search(folder: Path, given: Sequence[Indexed] | None = None, **more: Any) -> Search:
    held = rows(*MAIL) if given is None else given
    index = WordIndex(ANALYSER, folder)
    index.put(held)
    return Search(Rows(held), index, ANALYSER, **more)


def found(one: Search, question: str, labels: Collection[str] | None = ("requester",)) -> list[str]:
    answer = one.answer(question, labels=labels, day=TODAY, limit=5)
    return [s.article.id for s in answer.suggestions]


def test_a_suggestion_tells_why_it_is_one(tmp_path: Path) -> None:
    """Its passage, the question's own words that it says, its place by each retriever, how sure it is."""
    answer = search(tmp_path).answer(
        "The 共享邮箱 cannot be opened", labels=None, day=TODAY, limit=3
    )
    [first] = [s for s in answer.suggestions if s.article.id == "zh"]
    assert first.passage.headings == ("办法",)
    assert "共享邮箱" in "".join(first.matched)
    assert first.ranks["words"] == 1
    assert 0 <= first.probability <= 1


def test_matched_words_are_written_as_the_question_writes_them(tmp_path: Path) -> None:
    """Capitals, endings and traditional characters stay."""
    [first, *_] = (
        search(tmp_path)
        .answer("Mailboxes FULL", labels=["requester"], day=TODAY, limit=3)
        .suggestions
    )
    assert first.matched == ("Mailboxes", "FULL")
    [first, *_] = (
        search(tmp_path).answer("共享郵箱", labels=["requester"], day=TODAY, limit=3).suggestions
    )
    assert "郵箱" in "".join(first.matched)


def test_labels_are_kept_by_words_and_by_vectors(tmp_path: Path) -> None:
    """None is an editor, who sees everything."""
    one = search(tmp_path, nearness=Near({"secret": 0.99, "away": 0.5}))
    assert "secret" not in found(one, "read any mailbox")
    assert found(one, "read any mailbox", labels=None)[0] == "secret"
    assert found(one, "read any mailbox", labels=[]) == []


def test_vectors_find_what_no_word_finds(tmp_path: Path) -> None:
    one = search(tmp_path, nearness=Near({"away": 0.8}))
    answer = one.answer("vacation notice", labels=["requester"], day=TODAY, limit=3)
    assert [s.article.id for s in answer.suggestions] == ["away"]
    assert answer.suggestions[0].ranks == {"vectors": 1}
    assert answer.missing == ()


def test_an_article_that_no_longer_holds_is_not_found_by_vectors_either(tmp_path: Path) -> None:
    old = article("old", "Vacation", "Gone.", valid_until=date(2026, 8, 23))
    one = search(tmp_path, rows(*MAIL, old), nearness=Near({"old": 0.99}))
    assert found(one, "vacation notice") == []


@pytest.mark.parametrize("failure", [EncoderFailed("the endpoint is down"), RuntimeError("boom")])
def test_words_carry_on_when_vectors_fail(tmp_path: Path, failure: Exception) -> None:
    """And the answer says who is missing."""
    with capture_logs() as logged:
        answer = search(tmp_path, nearness=Near(failure)).answer(
            "mailbox full", labels=["requester"], day=TODAY, limit=3
        )
    assert answer.suggestions[0].article.id == "full"
    assert answer.missing == ("vectors",)
    [told] = logged
    assert told.get("reason") == str(failure) or told.get("exc_info")


def test_words_carry_on_when_vectors_hang_and_few_threads_wait(
    tmp_path: Path, hanging: Hanging
) -> None:
    """However many questions come in the meantime."""
    one = search(tmp_path, nearness=hanging, vectors_within=0.01)
    for _ in range(20):
        answer = one.answer("mailbox full", labels=["requester"], day=TODAY, limit=3)
        assert answer.suggestions[0].article.id == "full"
        assert answer.missing == ("vectors",)
    assert hanging.calls <= 4


def test_a_question_that_the_encoder_does_not_read_misses_nothing(tmp_path: Path) -> None:
    answer = search(tmp_path, nearness=Near({})).answer(
        "共享邮箱", labels=["requester"], day=TODAY, limit=3
    )
    assert answer.missing == ()
    assert answer.suggestions[0].article.id == "zh"


@pytest.mark.parametrize(
    "question", ["", "   ", "the and of", "😀🔥", "zzzz qqqq", "\0", "的", "\ud800"]
)
def test_what_says_nothing_finds_nothing(tmp_path: Path, question: str) -> None:
    assert found(search(tmp_path), question) == []


@pytest.mark.parametrize(
    "question", ["mailbox full " * 8000, "邮箱mailbox満full" * 8000, "x" * 100_000, "邮" * 100_000]
)
@pytest.mark.timeout(5)
def test_a_question_of_a_hundred_kilobytes_is_answered_soon(tmp_path: Path, question: str) -> None:
    assert set(found(search(tmp_path), question)) <= {one.id for one in MAIL}


@pytest.mark.parametrize(
    "question",
    ["The printer has a paper jam in tray 2", "打印机卡纸，怎么取出来", "楼下咖啡机坏了"],
)
def test_a_question_far_outside_gets_nothing_that_fits(tmp_path: Path, question: str) -> None:
    answer = search(tmp_path).answer(question, labels=None, day=TODAY, limit=3)
    assert answer.fitting == ()


def test_a_question_in_the_words_of_an_article_fits(tmp_path: Path) -> None:
    """In a library as small as this one, too."""
    for question, best in (("Outlook says my mailbox is full", "full"), ("共享邮箱打不开", "zh")):
        answer = search(tmp_path).answer(question, labels=None, day=TODAY, limit=3)
        assert answer.fitting
        assert answer.fitting[0].article.id == best


def test_this_solved_it_lifts_an_article_for_similar_questions(tmp_path: Path) -> None:
    """By words that the article itself does not say."""
    told = Indexed(
        article=MAIL[0], version="2", solved="quota exceeded cannot receive anything", helped=1
    )
    one = search(tmp_path, [*rows(*MAIL[1:]), told])
    assert found(one, "quota exceeded, Outlook does not receive anything")[0] == "full"
    before = search(tmp_path / "before")
    assert found(before, "quota exceeded, Outlook does not receive anything")[0] != "full"


def test_not_this_sinks_an_article_for_similar_questions_alone(tmp_path: Path) -> None:
    """It is not banished: for others it comes first as before."""
    similar = "open a shared mailbox in the morning"
    twin = article("twin", "Open a shared mailbox by phone", "On the phone, open Shared mailbox.")
    told = Indexed(
        article=MAIL[1], version="2", refused="cannot open a shared mailbox this morning", failed=5
    )
    before = search(tmp_path / "before", rows(*MAIL, twin))
    after = search(tmp_path / "after", [*rows(*MAIL[:1], *MAIL[2:], twin), told])
    assert found(before, similar)[0] == "shared"
    assert found(after, similar)[0] == "twin"
    assert _sure(after, similar, "shared") < _sure(before, similar, "shared")
    assert found(after, "Outlook: choose Open, then?")[0] == "shared"


def test_one_word_of_one_person_silences_no_article_that_fits(tmp_path: Path) -> None:
    """She may have pressed the wrong button; several who agree have not."""
    question = "Outlook says my mailbox is full"
    fitting = {}
    for people in (0, 1, 9):
        told = Indexed(
            article=MAIL[0], version="2", refused="\n".join([question] * people), failed=people
        )
        one = search(tmp_path / str(people), [*rows(*MAIL[1:]), told])
        answer = one.answer(question, labels=None, day=TODAY, limit=3)
        fitting[people] = "full" in {s.article.id for s in answer.fitting}
    assert fitting == {0: True, 1: True, 9: False}


@pytest.mark.parametrize("question", ["help", "Outlook", "nothing works", "邮箱", "不能用了"])
def test_a_question_of_one_word_could_mean_anything(tmp_path: Path, question: str) -> None:
    answer = search(tmp_path).answer(question, labels=None, day=TODAY, limit=3)
    assert answer.fitting == ()


@pytest.mark.parametrize("written", ["GP-1042", "error gp-1042", "报错 GP－1042，怎么办"])
def test_a_code_that_one_article_holds_finds_it(tmp_path: Path, written: str) -> None:
    """Whatever else is said: nothing but a machine writes such a thing."""
    holds = article("gp", "Sign-in stops half-way", "The window shows GP-1042. Close it and wait.")
    answer = search(tmp_path, rows(*MAIL, holds)).answer(written, labels=None, day=TODAY, limit=3)
    assert [s.article.id for s in answer.fitting] == ["gp"]


def test_the_same_article_from_two_places_is_shown_once(tmp_path: Path) -> None:
    twice = MAIL[0].model_copy(update={"id": "again", "source": "elsewhere"})
    ids = found(search(tmp_path, rows(*MAIL, twice)), "Outlook says my mailbox is full")
    assert len({"full", "again"} & set(ids)) == 1


def _sure(one: Search, question: str, id_: str) -> float:
    answer = one.answer(question, labels=None, day=TODAY, limit=10)
    return next((s.probability for s in answer.suggestions if s.article.id == id_), 0.0)


def test_a_reranker_orders_the_first(tmp_path: Path) -> None:
    question = "open the Outlook mailbox"
    plain, turned = search(tmp_path), search(tmp_path / "two", reranker=Backwards())
    best = plain.answer(question, labels=None, day=TODAY, limit=10).suggestions
    assert found(turned, question, labels=None)[0] == best[-1].article.id


def test_a_reranker_that_raises_or_hangs_changes_nothing(tmp_path: Path, hanging: Hanging) -> None:
    question = "open the Outlook mailbox"
    expected = found(search(tmp_path), question)
    with capture_logs() as logged:
        assert found(search(tmp_path / "two", reranker=Broken()), question) == expected
        late = search(tmp_path / "three", reranker=hanging, reranked_within=0.01)
        assert found(late, question) == expected
    assert [one["event"].partition(": ")[2].split(",")[0] for one in logged] == [
        "a fault of ours in the re-ranker",
        "the re-ranker was late",
    ]


def test_an_article_whose_row_is_gone_is_left_out(tmp_path: Path) -> None:
    """The index may be a moment behind."""
    index = WordIndex(ANALYSER, tmp_path)
    index.put(rows(*MAIL))
    kept = Rows(rows(*MAIL[1:]))
    one = Search(kept, index, ANALYSER)
    assert "full" not in found(one, "mailbox full")
    assert kept.asked == 1
