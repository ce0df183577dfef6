"""What the record answers, by itself and beside a conversation; the floor; and the step below it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.domain.directory import Language
from pipeline.domain.facts import ValueKind
from pipeline.domain.prose import Length, Step
from pipeline.drafting.prose.assignment import SECTIONS, STAKEHOLDER, TECHNICIAN

from . import conversations as c
from .incidents import outage, resolved, restored, ticket, waiting, worked_on
from .reading import (
    NOW,
    assignment_of,
    extraction,
    fact,
    read_out,
    summary,
    template,
    written,
)

K = ValueKind


def test_a_technician_reads_the_record_first_and_then_what_was_said() -> None:
    """The whole text: names as the record has them, a note quoted, what failed again open."""
    log = c.MAIL_BACK_ZH.replace("赵云", "王晓琳").replace("运维-钱进", "陈立")
    assert written(assignment_of(worked_on(), log, language="zh")) == (
        "[asked] 王晓琳报告“邮件客户端反复崩溃”：“邮件客户端一打开就闪退，今天第四次了”。\n"
        "[asked] 由服务台转来，原因：换一台电脑也一样，问题跟着邮箱走。\n"
        "[asked] 王晓琳（报障人）10:01 反映：“发不出邮件，提示邮箱已满”。\n"
        "[found] 陈立（负责人）11:05 说：“发现归档任务没有跑，已手动执行归档”。\n"
        "[tried] 已尝试：停用了全部加载项，仍闪退。\n"
        "[tried] 已尝试：重建了客户端配置，仍闪退。\n"
        "[tried] 陈立 10:06 说：“已把您的邮箱扩容到 50GB”；王晓琳 10:10 说：“可以发了”。\n"
        "[open] 工单处理中，负责人陈立（桌面支持组）。\n"
        "[open] 王晓琳 10:52 反映：“又发不出去了，还是提示已满”。\n"
        "[promised] 预计 17:00 前有结果（技术人员给出的时间）。\n"
        "[promised] 工单备注：“和邮件平台组确认过，邮箱库索引有损坏的记录，今晚 20:00 窗口迁移邮箱。用户已知情”。"
    )


def test_the_same_record_in_english_names_the_same_people() -> None:
    """A quotation stays in its language; whoever the record knows is named as the reader writes her."""
    log = c.MAIL_BACK_ZH.replace("赵云", "王晓琳").replace("运维-钱进", "陈立")
    told = written(assignment_of(worked_on(), log))
    assert "Xiaolin Wang (requester) reported at 10:01: “发不出邮件，提示邮箱已满”." in told
    assert "Chen Li (assignee) said at 11:05" in told


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "facts", [ticket(), worked_on(), waiting(), resolved(), outage(), restored()]
)
@pytest.mark.parametrize("kind", [TECHNICIAN, STAKEHOLDER])
def test_each_sentence_rests_on_what_it_tells(facts: list, kind: str, language: Language) -> None:  # type: ignore[type-arg]
    """Every place in a sentence names a fact, and every fact and line that it tells is named as its ground."""
    assignment = assignment_of(facts, c.ERP_ZH, kind=kind, language=language)
    prose = extraction().write(assignment)
    assert prose is not None
    assert prose.step is Step.EXTRACTION
    known = {*assignment.facts, *(line.id for line in assignment.lines)}
    for sentence in prose.sentences:
        refs = {piece.fact for piece in sentence.pieces if not isinstance(piece, str)}
        assert refs <= set(sentence.rests_on) <= known
        assert sentence.section in SECTIONS[kind]
    text = read_out(prose, assignment)
    assert not any(pair in text for pair in ("。。", "..", "，。", "{", "}", "  ", "”。。")), text


def test_who_waits_is_told_by_the_state() -> None:
    """A state's words are for the requester; those who work on it read who waits for whom."""
    told = written(assignment_of(ticket("waiting.requester"), language="zh"))
    assert "[waits] 工单在等报障人回复。" in told
    assert "您" not in told
    assert "迁移邮箱需要" in written(assignment_of(waiting(), language="zh"))


def test_a_promise_whose_time_has_passed_is_told_as_such() -> None:
    """To those who have to keep it; nobody else hears of it."""
    facts = [
        *ticket(without=("expected_at",)),
        fact("expected_at", K.TIME, NOW - timedelta(hours=1)),
    ]
    assert (
        "[promised] A result was promised for 11:00, not yet kept as far as is recorded."
        in written(assignment_of(facts))
    )


def test_what_was_open_before_the_record_says_resolved_is_not_open_any_more() -> None:
    """The state's own time decides; what was said afterwards still counts."""
    log = "[11:00] 王晓琳: 邮件还是打不开\n[11:05] 陈立: 等平台组回复\n[11:50] 王晓琳: 签名怎么又没了？"
    told = written(assignment_of(resolved(), log, language="zh"))
    assert "等平台组回复" not in told
    assert "签名怎么又没了" in told


def test_a_long_description_is_quoted_by_its_decisive_sentence() -> None:
    """A paragraph is not written out."""
    story = (
        "早上来的时候天气不错，泡了杯茶，" * 12
        + "打开电脑之后。打印机一直报错 E13，卡纸清了三次还是不行。"
        + "谢谢大家的帮助。" * 5
    )
    facts = [*ticket(without=("description",)), fact("description", K.QUOTE, story)]
    told = written(assignment_of(facts, language="zh"))
    assert "打印机一直报错 E13" in told
    assert max(map(len, told.split("\n"))) < 160


@pytest.mark.parametrize(
    ("facts", "log"),
    [
        ([ticket()[0]], ""),
        (ticket()[:2], ""),
        (ticket(without=("description", "expected_at", "expected_from")), ""),
        (ticket()[:2], c.THANKS_ONLY),
        (ticket()[:2], "[10:00] Ann: hi, are you there?\n[10:01] Bob: yes"),
        ([ticket()[0]], "[10:00] 王敏: 你好\n[10:01] 李强: 您好，请讲"),
    ],
)
def test_below_a_floor_there_is_nothing_to_summarise(facts: list, log: str) -> None:  # type: ignore[type-arg]
    """A number, a title, who has it, and politeness: no text is made of that."""
    for kind in SECTIONS:
        assert extraction().write(assignment_of(facts, log, kind=kind)) is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [TECHNICIAN, STAKEHOLDER])
def test_the_last_step_writes_with_every_optional_fact_absent(
    kind: str, language: Language
) -> None:
    """With nothing but a number each question is told as not recorded, and none is left out."""
    assignment = assignment_of([ticket()[0]], kind=kind, language=language)
    prose = template().write(assignment)
    assert prose is not None
    assert prose.step is Step.TEMPLATE
    assert tuple(sentence.section for sentence in prose.sentences) == SECTIONS[kind]
    assert "none" not in read_out(prose, assignment).lower()


@pytest.mark.parametrize("length", list(Length))
def test_the_newest_lines_are_never_the_ones_that_are_lost(length: Length) -> None:
    """However long the log, and whatever is said last."""
    log = "".join(
        f"[{8 + n // 60:02d}:{n % 60:02d}] Ann: the till {n} shows an error\n" for n in range(200)
    )
    log += "[11:30] Bob: quite an odd purple light glows above door seven\n"
    assert "purple light" in summary(log, length=length)
