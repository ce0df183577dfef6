"""Which question a sentence answers is known by the form of its words, whoever says it and in which order."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import Language

from .reading import summary
from .test_matter import at, sections

EN = """[10:30] Ann Ray: radius does not answer, nobody can log in to wifi
[10:30] Ann Ray: waiting for the network team to send a switch
[10:31] Tom Wu: how many tickets?
[10:32] Ann Ray: 14 so far, all from the Berlin office
[10:33] Tom Wu: we changed the firewall rules last night
[10:35] Tom Wu: rolling back the firewall rules
[10:50] Lena Frey: storage here, will check the volume by 11:30
[10:52] Tom Wu: rollback done
[10:55] Ann Ray: lol coffee machine also broken
"""
BETTER = "[10:56] Ann Ray: radius answers again, test login worked\n"
ZH = """[10:30] 王芳: OA 打不开
[10:31] 李强: 大家好
[10:32] 王芳: 30 个人受影响
[10:33] 李强: 昨晚改过防火墙规则
[10:35] 李强: 重启了消费者
[10:41] 李强: 队列清空了
[10:44] 王芳: 下一步：联系厂商确认补丁
"""


@pytest.mark.parametrize(
    ("language", "section", "words"),
    [
        ("en", "waits", "waiting for the network team"),
        ("en", "found", "14 so far"),
        ("en", "found", "changed the firewall rules last night"),
        ("en", "tried", "rollback done"),
        ("en", "promised", "will check the volume by 11:30"),
        ("zh", "found", "昨晚改过防火墙规则"),
        ("zh", "found", "30 个人受影响"),
        ("zh", "tried", "队列清空了"),
        ("zh", "open", "下一步：联系厂商"),
    ],
)
def test_a_sentence_stands_under_its_question(language: Language, section: str, words: str) -> None:
    """A wait of whoever speaks first, a number that was asked for, a change before the trouble, a thing that is
    done, a promise without "I", a next step."""
    told = sections(summary({"en": EN, "zh": ZH}[language], language=language, now=at("11:00")))
    assert [name for name, text in told.items() if words in text] == [section]


def test_the_outcome_is_told_and_a_joke_is_not() -> None:
    """It came of the rollback, and stands behind it."""
    told = sections(summary(EN + BETTER, now=at("11:00")))
    assert "radius answers again" in told["tried"]
    assert not any("coffee" in text for text in told.values())
