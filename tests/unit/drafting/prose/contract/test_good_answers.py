"""What a good model writes passes at once, and reads well when code has put the values in."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from pipeline.domain.prose import Length, Ref
from pipeline.drafting.prose.assignment import Assignment, sections_of
from pipeline.drafting.prose.contract import Fit, Unfit, filled
from pipeline.drafting.prose.contract.problems import Code

from .assignments import contract, crm, prose, states
from .good import MAIL_ZH, SINGLE, WHOLE, Good, Told


def answer(sentences: Iterable[Told]) -> str:
    told = [
        {"section": section, "text": text, "rests_on": list(rests_on)}
        for section, text, rests_on in sentences
    ]
    return json.dumps({"enough": True, "sentences": told}, ensure_ascii=False)


def fit(assignment: Assignment, *sentences: Told) -> Fit:
    found = contract().read(answer(sentences), assignment)
    assert isinstance(found, Fit), found.told if isinstance(found, Unfit) else ""
    return found


@pytest.mark.parametrize("name", WHOLE)
def test_a_good_summary_passes_as_it_is(name: str) -> None:
    """Without a warning, every sentence resting on something of its assignment."""
    good = WHOLE[name]
    found = fit(good.assignment, *good.sentences)
    assert found.warnings == ()
    known = {*good.assignment.facts, *(line.id for line in good.assignment.lines)}
    assert all(set(one.rests_on) <= known and one.rests_on for one in found.sentences)
    order = [sections_of(good.assignment.kind).index(one.section) for one in found.sentences]
    assert order == sorted(order)


@pytest.mark.parametrize(("language", "text", "rests_on"), SINGLE, ids=[one[1] for one in SINGLE])
def test_what_only_looks_wrong_passes(language: str, text: str, rests_on: tuple[str, ...]) -> None:
    """Whole, and without a warning for people."""
    found = fit(crm(language=language), ("open", text, rests_on))
    assert len(found.sentences) == 1
    assert found.warnings == ()


@pytest.mark.parametrize("slot", ["｛Ｆ２｝", "{Ｆ2}", "｛ｆ２｝", "{F２}", "{F٢}", "❴F2❵"])
def test_a_slot_in_another_script_is_the_slot(slot: str) -> None:
    """Some models write Chinese with wide braces, and letters as wide as they are."""
    plain = fit(crm(language="zh"), ("open", "{F2}仍在处理。", ("F2",)))
    other = fit(crm(language="zh"), ("open", f"{slot}仍在处理。", ("Ｆ２",)))
    assert other.sentences == plain.sentences


@pytest.mark.parametrize("slot", ["｛Р１｝", "{Ρ1}", "｛Ｐ１｝"])
def test_a_placeholder_in_another_script_comes_back(slot: str) -> None:
    """A Cyrillic or Greek letter that looks like ours means the person too."""
    words = json.dumps(
        {
            "enough": True,
            "sentences": [{"section": "open", "text": f"{slot}还在等待。", "rests_on": ["L1"]}],
        }
    )
    found = contract().read(words, crm(language="zh"), {"{P1}": "周敏"})
    assert isinstance(found, Fit), found.told if isinstance(found, Unfit) else ""
    assert found.sentences[0].pieces[0] == "周敏"


def test_a_bare_name_of_a_slot_in_wide_letters_is_told_as_one() -> None:
    """Not as another language: its writer can mend what it is told."""
    found = contract().read(answer([("open", "Ｐ１还在等待。", ("L1",))]), crm(language="zh"))
    assert isinstance(found, Unfit)
    assert {problem.code for problem in found.problems} >= {Code.BARE_SLOT}


FILLED = {
    "crm-en": [
        "王晓琳 asks when she can work again, because sales cannot do anything without CRM.",
        "Since 10:02 signing in shows an error, and open pages cannot be saved, and all 6,214 CRM accounts are affected.",
        "Chen Li said that 42 % of the sign-ins failed.",
        "赵敏 found that reports held all 200 database connections, as she wrote at 10:16.",
    ],
    "crm-zh": [
        "王晓琳问什么时候能继续工作，销售离开客户系统没法开展业务。",
        "从 10:02 起登录时报错，已打开的页面无法保存，影响全部 6,214 个客户系统账号。",
        "Chen Li 说 42 % 的登录失败。",
        "赵敏在 10:16 提到，报表占住了 200 个数据库连接，会话都在等锁。",
    ],
    "leaders-zh": [
        "客户系统现在无法使用，影响全部 6,214 个客户系统账号：登录时报错，已打开的页面无法保存。",
        "销售人员暂时查不到客户资料，也不能修改。",
        "目前正在恢复，可能的原因是登录服务与数据库之间的连接中断。",
        "应用支持组正在恢复登录服务与数据库的连接。",
        "在此之前可以这样办：查客户电话可用只读名录。",
        "11:30 前应有结果，下一次通报在 11:15 前。",
    ],
    "mail-en": [
        "Xiaolin Wang reported “邮件客户端反复崩溃” and needs the calendar for a call with a customer.",
        "In safe mode the program opens, but it crashes again once she clicks the calendar.",
        "Zhao Min thinks it may be the index of her mailbox: “邮箱库中的索引损坏”.",
    ],
}


@pytest.mark.parametrize("name", FILLED)
def test_values_read_as_if_they_had_been_written_there(name: str) -> None:
    """Blanks between Chinese and Latin, none before marks, quotations in the language's marks."""
    good: Good = WHOLE[name]
    found = fit(good.assignment, *good.sentences)
    lines = filled(prose(found.sentences, good.assignment.language), good.assignment, states())
    assert lines[: len(FILLED[name])] == FILLED[name]


def test_a_sentence_names_every_value_that_it_shows() -> None:
    """Though its writer forgot to list it; the slot of a speaker is no proof of anything."""
    found = fit(crm(), ("found", "{S3} wrote that {L5} holds for {F2}.", ("F9",)))
    (sentence,) = found.sentences
    assert sentence.rests_on == ("f.team", "line.5", "f.service")
    assert Ref(fact="f.service") in sentence.pieces


def test_too_little_to_write_about_is_an_answer() -> None:
    found = contract().read('{"enough": false, "sentences": []}', crm())
    assert isinstance(found, Fit)
    assert (found.enough, found.sentences) == (False, ())


def test_a_long_sentence_is_only_warned_about() -> None:
    text = "The people in sales " + "and the people in the shop " * 4 + "cannot sign in."
    found = fit(crm(length=Length.SHORT), ("found", text, ("L1",)))
    assert [warning.code for warning in found.warnings] == ["long"]


def test_sections_are_told_in_their_order() -> None:
    """Whatever order a model writes them in; within one section its order stands."""
    found = fit(MAIL_ZH.assignment, *reversed(MAIL_ZH.sentences))
    assert [one.section for one in found.sentences] == [
        *("asked", "found", "found", "tried", "tried", "open", "waits", "promised"),
    ]
