"""A secret is never written into a text, whoever may know the line that it stands in."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Bilingual, Language
from pipeline.domain.facts import ValueKind
from pipeline.domain.prose import Prose, Ref, Sentence, Step
from pipeline.drafting.prose.contract import filled

from .assignments import assigned, fact, said, states

REMOVED: dict[Language, str] = {"zh": "[已删除凭据]", "en": "[credential removed]"}


def written(assignment_: object, *ids: str, language: Language = "en") -> list[str]:
    sentences = (Sentence(section="found", pieces=(Ref(fact=id_),)) for id_ in ids)
    prose = Prose(language=language, sentences=tuple(sentences), step=Step.MODEL)
    return filled(prose, assignment_, states())  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("the password is Sommer2026!", "Sommer2026!"),
        ("密码是 Abc@12345，请改掉", "Abc@12345"),
        ("密碼：Abc@12345", "Abc@12345"),
        ("ｐａｓｓｗｏｒｄ： hunter22", "hunter22"),
        ("pass\u200bword: hunter22", "hunter22"),
        ("I ran curl -u admin:hunter22 against it", "hunter22"),
        ("it uses ghp_abcdefghijklmnopqrstuvwxyz0123", "ghp_abcdefghijklmnopqrstuvwxyz0123"),
        ("postgres://app:s3cr3tpw@db-1/crm times out", "s3cr3tpw"),
    ],
)
def test_a_line_is_quoted_without_its_secret(text: str, secret: str, language: Language) -> None:
    """In the fixed words that a model reads, of the text's language."""
    [told] = written(assigned([], [said(1, 1, "Chen", text)]), "line.1", language=language)
    assert secret not in told
    assert REMOVED[language] in told


@pytest.mark.parametrize("kind", [ValueKind.TEXT, ValueKind.QUOTE])
def test_free_text_of_the_record_is_told_without_its_secret(kind: ValueKind) -> None:
    text = "reset, the new password: hunter22"
    value = Bilingual(zh="已重置，密码：hunter22", en=text) if kind is ValueKind.TEXT else text
    assignment = assigned([fact("note", kind, value)])
    for language in ("zh", "en"):
        [told] = written(assignment, "f.note", language=language)
        assert "hunter22" not in told
        assert REMOVED[language] in told


def test_a_secret_that_stands_alone_or_again_is_known() -> None:
    """The message after "password?", and the same word where nothing says what it is."""
    lines = [
        said(1, 1, "Chen", "what is the password?"),
        said(2, 2, "Wang", "hunter22"),
        said(3, 3, "Chen", "hunter22 does not work"),
    ]
    told = written(assigned([], lines), "line.1", "line.2", "line.3")
    assert told == [
        "“what is the password?”",
        "“[credential removed]”.",
        "“[credential removed] does not work”.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "my password has expired",
        "密码过期了",
        "the pin pad is dead",
        "INC-9601 is about the token ring",
    ],
)
def test_talk_about_a_password_stays_as_it_is(text: str) -> None:
    [told] = written(assigned([], [said(1, 1, "Chen", text)]), "line.1")
    assert told.startswith(f"“{text}")


def test_a_link_of_ours_keeps_its_signature() -> None:
    """It is no text that somebody wrote."""
    link = "https://desk.example.org/t/1?token=abcdef123456"
    assert written(assigned([fact("link", ValueKind.LINK, link)]), "f.link")[0].startswith(link)
