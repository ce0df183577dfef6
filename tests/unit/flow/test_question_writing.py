"""A chat model reads articles one by one, and people say whether what it writes may be found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.errors import ModelFailed
from knowledge.generation.fake import FakeModel
from knowledge.generation.questions import prompt_of
from pipeline.domain.errors import StaleVersion, UnknownThing
from pipeline.domain.generated import Generated, Standing
from pipeline.flow.articles.questions import QuestionWriting
from pipeline.flow.drain import Step, advance, drain

from ..knowledge.generation.articles import EN, TEXTS, answer
from .desk import Desk, opened
from .test_articles import take, text

NAME = "knowledge/questions.jinja"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
DOWN = ModelFailed("the chat model is down")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        yield found


def writing(
    desk: Desk, model: FakeModel, per_day: int = 200, prompt: str = TEXTS[NAME]
) -> QuestionWriting:
    return QuestionWriting(
        store=desk.app.store,
        articles=desk.app.found_articles,
        clock=desk.clock,
        model=model,
        prompt=prompt_of(TEXTS | {NAME: prompt}),
        per_day=per_day,
        zone="Asia/Shanghai",
        wake=lambda: None,
    )


def steps(worker: QuestionWriting) -> list[Step]:
    return [Step(name="questions", turn=worker.turn, next_due=worker.next_due)]


def pass_time(desk: Desk, worker: QuestionWriting, time: timedelta) -> None:
    advance(desk.clock, desk.clock.now() + time, steps(worker))


def said_of(desk: Desk, article: str) -> Generated:
    found = desk.app.found_articles.questions(article)
    assert found is not None
    return found


def indexed(desk: Desk, article: str) -> str:
    return desk.app.found_articles.to_index([article])[0].generated


def test_each_article_is_read_once(desk: Desk) -> None:
    """However often the worker looks, and after a restart too."""
    ids = take(desk, text("Mail crashes"), text("Printer jams"))
    model = FakeModel(answer())
    for worker in (writing(desk, model), writing(desk, model)):
        drain(steps(worker))
        assert worker.next_due() is None
    assert len(model.asked) == 2
    assert all(EN[0] in indexed(desk, id_) for id_ in ids)
    assert said_of(desk, ids[0]).standing is Standing.WRITTEN


def test_one_article_is_read_in_a_turn(desk: Desk) -> None:
    take(desk, text("Mail crashes"), text("Printer jams"))
    model = FakeModel(answer())
    assert writing(desk, model).turn()
    assert len(model.asked) == 1


def test_a_changed_text_is_read_again(desk: Desk) -> None:
    """Words about an article change nothing of its text."""
    [id_] = take(desk, text("Mail crashes"))
    model = FakeModel(answer())
    worker = writing(desk, model)
    drain(steps(worker))
    desk.app.articles.retire([id_], by="lin")
    desk.app.articles.restore([id_], by="lin")
    drain(steps(worker))
    assert len(model.asked) == 1
    take(desk, text("Mail crashes", body="Something else."))
    drain(steps(worker))
    assert len(model.asked) == 2


def test_another_prompt_or_model_writes_anew_but_not_over_what_was_accepted(desk: Desk) -> None:
    """Law 9."""
    mail, printer = take(desk, text("Mail crashes"), text("Printer jams"))
    drain(steps(writing(desk, FakeModel(answer()))))
    desk.app.articles.review(mail, True, by="lin")
    other = FakeModel(answer(), name="other")
    drain(steps(writing(desk, other)))
    assert [said_of(desk, id_).model for id_ in (mail, printer)] == ["fake", "other"]
    drain(steps(writing(desk, other, prompt=TEXTS[NAME].replace("Everyday", "Plain"))))
    assert len(other.asked) == 2


def test_an_answer_that_may_not_stand_is_kept_as_its_reason_alone(desk: Desk) -> None:
    """And is not asked for again: the text would be the same."""
    [id_] = take(desk, text("Mail crashes"))
    model = FakeModel(answer(en=EN[:4]))
    worker = writing(desk, model)
    pass_time(desk, worker, DAY)
    found = said_of(desk, id_)
    assert (found.standing, found.lines, len(model.asked)) == (Standing.FAILED, (), 1)
    assert "at least 5" in found.reason
    assert indexed(desk, id_) == ""
    with pytest.raises(UnknownThing):
        desk.app.articles.review(id_, True, by="lin")


def test_a_model_that_is_down_is_left_alone_for_longer_and_longer(desk: Desk) -> None:
    """And the article waits, at most an hour after the model is back."""
    [id_] = take(desk, text("Mail crashes"))
    model = FakeModel(*[DOWN] * 8, answer())
    worker = writing(desk, model)
    asked = []
    for _ in range(7):
        pass_time(desk, worker, MINUTE)
        asked.append(len(model.asked))
    assert asked == [2, 2, 3, 3, 3, 3, 4]
    assert worker.trouble == "the chat model is down"
    pass_time(desk, worker, DAY)
    assert said_of(desk, id_).standing is Standing.WRITTEN
    assert worker.trouble is None


def test_one_bad_article_holds_up_no_other(desk: Desk) -> None:
    ids = take(desk, text("Mail crashes"), text("Printer jams"))
    model = FakeModel("no", "no", answer())
    pass_time(desk, writing(desk, model), 2 * MINUTE)
    assert [said_of(desk, id_).standing for id_ in sorted(ids)] == [
        Standing.FAILED,
        Standing.WRITTEN,
    ]


def test_only_so_many_are_read_on_a_day(desk: Desk) -> None:
    """A restart does not begin the day anew; midnight in the desk's zone does."""
    take(desk, *(text(f"Article {n}") for n in range(5)))
    model = FakeModel(answer())
    for _ in range(2):
        drain(steps(writing(desk, model, per_day=3)))
    assert len(model.asked) == 3
    pass_time(desk, writing(desk, model, per_day=3), timedelta(hours=13, minutes=59))
    assert len(model.asked) == 3
    pass_time(desk, writing(desk, model, per_day=3), MINUTE)
    assert len(model.asked) == 5


def test_a_person_says_whether_the_lines_are_found(desk: Desk) -> None:
    [id_] = take(desk, text("Mail crashes"))
    drain(steps(writing(desk, FakeModel(answer()))))
    refused = desk.app.articles.review(id_, False, by="lin")
    assert (refused.reviewed_by, refused.reviewed_at) == ("lin", desk.clock.now())
    assert indexed(desk, id_) == ""
    desk.app.articles.review(id_, True, by="lin", made_of=refused.made_of)
    assert EN[0] in indexed(desk, id_)


def test_a_word_on_lines_that_are_gone_is_refused(desk: Desk) -> None:
    [id_] = take(desk, text("Mail crashes"))
    drain(steps(writing(desk, FakeModel(answer()))))
    with pytest.raises(StaleVersion):
        desk.app.articles.review(id_, True, by="lin", made_of="0" * 64)
    with pytest.raises(UnknownThing):
        desk.app.articles.review("art_404", True, by="lin")


class Meanwhile(FakeModel):
    """Somebody refuses the lines that are there while it writes others."""

    def __init__(self, desk: Desk, article: str) -> None:
        super().__init__(answer(), name="slow")
        self._desk, self._article = desk, article

    def _next(self) -> str:
        self._desk.app.articles.review(self._article, False, by="lin")
        return super()._next()


def test_a_persons_word_is_not_lost_to_what_was_written_meanwhile(desk: Desk) -> None:
    [id_] = take(desk, text("Mail crashes"))
    drain(steps(writing(desk, FakeModel(answer()))))
    writing(desk, Meanwhile(desk, id_)).turn()
    assert said_of(desk, id_).standing is Standing.REFUSED
    assert said_of(desk, id_).model == "fake"


class Closing(FakeModel):
    """The installation is closed while it writes."""

    worker: QuestionWriting

    def _next(self) -> str:
        self.worker.close()
        return super()._next()


def test_what_is_said_after_the_end_is_dropped(desk: Desk) -> None:
    """By then the database may be somebody else's."""
    [id_] = take(desk, text("Mail crashes"))
    model = Closing(answer())
    model.worker = writing(desk, model)
    model.worker.turn()
    assert desk.app.found_articles.questions(id_) is None
    assert not model.worker.turn()
