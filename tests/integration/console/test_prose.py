"""Does the console say which text a chat model wrote a part of, and what each sentence rests on?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.domain.directory import Directory, Language
from tests.unit.flow.desk import Desk
from tests.unit.flow.sayers import Sayer, form
from tests.unit.flow.test_news import TOM
from tests.unit.flow.test_prose import goes_on, outage, update_of

from .majors import BASE, Seat, somebody


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with outage(tmp_path_factory.mktemp("desk"), Sayer(), public_url=BASE) as found:
        people = (somebody(), somebody("jingli", language="zh"))
        found.app.acts.load_directory(Directory(people=people))
        goes_on(found)
        yield found


def page(desk: Desk, path: str, person: str = "manager") -> str:
    return str(Seat(desk, person).get(path).text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("manager", ("A chat model wrote a part of this text.", "with a chat model&#39;s words")),
        ("jingli", ("这段文字有一部分由 AI 模型写成。", "含模型写的话", "由 AI 模型写的一段")),
    ],
)
def test_a_text_says_that_a_model_wrote_a_part_of_it(
    desk: Desk, person: str, words: tuple[str, ...]
) -> None:
    text = page(desk, f"/communications/{update_of(desk).id}", person)
    assert all(word in text for word in words)


def test_it_shows_who_wrote_it_and_what_each_sentence_rests_on(desk: Desk) -> None:
    text = page(desk, f"/communications/{update_of(desk).id}")
    assert "What we can tell you is this: cause found." in text
    assert "我们能告诉您的是：原因已查明。" in text
    assert "<code>fake-1</code>" in text
    prompt = desk.app.queries.passage(update_of(desk).id)
    assert prompt is not None
    assert f"<code>{prompt.said['en'].prose.prompt}</code>" in text
    assert 'class="evidence"' in text


def test_a_sent_message_says_so_too_and_leads_there(desk: Desk) -> None:
    c = update_of(desk)
    [message] = [
        m for m in desk.app.queries.messages(communication_id=c.id) if m.recipient.address == TOM
    ]
    text = page(desk, f"/messages/{message.id}")
    assert f'href="/communications/{c.id}#prose"' in text


def test_a_text_in_fixed_words_says_nothing_of_models(desk: Desk) -> None:
    [first] = [
        c
        for c in desk.communications
        if (c.audience, c.kind.value) == ("affected", "first_contact")
    ]
    assert "chat model" not in page(desk, f"/communications/{first.id}")
    [message, *_] = desk.app.queries.messages(communication_id=first.id)
    assert "chat model" not in page(desk, f"/messages/{message.id}")


OF_NO_USE = {"en": "Its answer is of no use", "zh": "回答不能用"}


@pytest.mark.parametrize(("language", "words"), [("en", "in its fixed words"), ("zh", "固定文字")])
def test_why_no_model_wrote_is_said(tmp_path: Path, language: Language, words: str) -> None:
    """In the visitor's language, and in no other."""
    sayer = Sayer(spoil=lambda sentences, english: form([])[:5])
    with outage(tmp_path, sayer, public_url=BASE) as desk:
        desk.app.acts.load_directory(Directory(people=(somebody(language=language),)))
        goes_on(desk)
        text = page(desk, f"/communications/{update_of(desk).id}")
        assert words in text
        assert [of for of, told in OF_NO_USE.items() if told in text] == [language]
