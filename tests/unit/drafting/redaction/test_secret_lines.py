"""Which messages are a secret because of the one before them, and which only follow it?"""

from __future__ import annotations

import pytest

from pipeline.drafting.redaction import redact
from pipeline.drafting.redaction.secret_lines import secret_lines

from .assignments import assignment, lines

HANDED = [
    ("I reset your password.", "try Lantern#88"),
    ("your password is reset, the new one:", "Winter2026"),
    ("Here are the credentials", "it's Tr0ub4dor&3, please"),
    ("密码我重置了", "Lantern#88"),
    ("密码我重置了", "用 Kiwi!2026x 试试"),
    ("口令换过了", "新的是：Kiwi!2026x"),
    ("密碼已重設", "Winter2026"),
]
FOLLOW = [
    ("I reset your password.", "INC-9601"),
    ("I reset your password.", "thanks, it works"),
    ("the password prompt is back", "Outlook2021"),
    ("the password prompt is back", "https://portal.example.org/v2"),
    ("the password prompt is back", "mbx07.example.org"),
    ("the printer is offline", "try HPLaser2055d now"),
    ("密码我重置了", "好的，谢谢"),
    ("密码我重置了", "KB5031356"),
    ("密码我重置了", "10:20 之后再试"),
    ("打印机离线", "用 Kiwi-Drucker2 试试"),
]


@pytest.mark.parametrize(("before", "text"), HANDED)
def test_a_password_in_the_message_after_its_topic_is_a_secret(before: str, text: str) -> None:
    """Nothing in the second message says what it is."""
    assert secret_lines([before, text]) == {1}
    assert redact(assignment(*lines(before, text)))[0].lines[1].text == "[已删除凭据]"


@pytest.mark.parametrize(("before", "text"), FOLLOW)
def test_what_only_follows_talk_about_a_password_stays(before: str, text: str) -> None:
    """A ticket, a product, an address, an answer, and a name of which nobody spoke as a password."""
    assert secret_lines([before, text]) == frozenset()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("her birthday is 1984-03-12", "1984-03-12"),
        ("date of birth: 12/03/1984", "12/03/1984"),
        ("她的生日是1984年3月12日", "1984年3月12日"),
        ("身份证号110101198403121234", "110101198403121234"),
    ],
)
def test_a_birthday_and_an_identity_that_is_called_so_are_hidden(text: str, value: str) -> None:
    """Also where a digit of the number is wrong: somebody's it is meant to be."""
    assert value not in redact(assignment(*lines(text)))[0].lines[0].text


@pytest.mark.parametrize(
    "text",
    ["since 1984-03-12 the form is used", "the birthday form fails since 10:20", "身份证号读不出"],
)
def test_another_date_stays(text: str) -> None:
    """A birthday is one that is called so."""
    assert redact(assignment(*lines(text)))[0].lines[0].text == text
