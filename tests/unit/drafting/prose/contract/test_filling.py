"""Code writes every value: for the reader's zone and language, in quotation marks, with blanks where they belong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.domain.directory import Bilingual, Language, Names
from pipeline.domain.errors import MissingVariable
from pipeline.domain.facts import Fact, ValueKind
from pipeline.domain.prose import Part, Ref, Sentence
from pipeline.drafting.prose.contract import filled
from pipeline.drafting.prose.contract.quoting import quoted, unended
from pipeline.drafting.prose.contract.spacing import ended, joined, words_spaced

from .assignments import START, K, assigned, fact, prose, said, states

DAY = timedelta(days=1)


def one(
    value: Fact, *pieces: str, language: Language = "en", zone: str = "Asia/Shanghai", now: int = 60
) -> str:
    """The sentence of the pieces, with the fact's value between them."""
    made = replace(assigned([value], language=language, now=now), zone=ZoneInfo(zone))
    before, after = pieces
    sentence = Sentence(section="found", pieces=(before, Ref(fact=value.id), after))
    (line,) = filled(prose((sentence,), language), made, states())
    return line


def text(value: str) -> Fact:
    return fact("note", K.TEXT, value)


BILINGUAL = Bilingual(zh="重启了登录服务。", en="the sign-in service was restarted")
VALUES: tuple[tuple[Fact, Language, str], ...] = (
    (fact("started_at", K.TIME, START), "en", "So 10:00 it."),
    (fact("started_at", K.TIME, START), "zh", "So 10:00 it。"),
    (fact("started_at", K.TIME, START - DAY), "en", "So Sun 23 Aug, 10:00 it."),
    (fact("started_at", K.TIME, START - DAY), "zh", "So 8 月 23 日（周日）10:00 it。"),
    (fact("next_update", K.TIME, START + timedelta(minutes=93, seconds=20)), "en", "So 11:30 it."),
    (fact("duration", K.DURATION, 4500), "en", "So 1 h 15 min it."),
    (fact("duration", K.DURATION, 4500), "zh", "So 1 小时 15 分 it。"),
    (fact("reopened_times", K.NUMBER, 6214), "en", "So 6214 it."),
    (fact("impact", K.STATE, "impact.partial"), "en", "So partly unavailable it."),
    (fact("impact", K.STATE, "impact.partial"), "zh", "So 不能完整使用 it。"),
    (fact("service", K.NAME, Names(zh="客户系统", en="CRM")), "zh", "So 客户系统 it。"),
    (fact("signal", K.IDENTIFIER, "crm-login-errors"), "en", "So crm-login-errors it."),
    (fact("title", K.QUOTE, "Mail crashes."), "en", "So “Mail crashes” it."),
    (fact("measures", K.TEXT, BILINGUAL), "zh", "So 重启了登录服务 it。"),
    (text("restarted the service."), "en", "So restarted the service it."),
    (text("Restarted it. Same error."), "en", "So “Restarted it. Same error” it."),
    (text("重启了登录服务"), "en", "So “重启了登录服务” it."),
    (text("restarted the service"), "zh", "So“restarted the service”it。"),
    (text("42 %"), "zh", "So 42 % it。"),
    (text("a\u202eb\u200b\nc"), "en", "So ab c it."),
)  # fmt: skip


@pytest.mark.parametrize(("value", "language", "line"), VALUES, ids=[one[2] for one in VALUES])
def test_each_kind_of_value_is_written_in_its_way(
    value: Fact, language: Language, line: str
) -> None:
    assert one(value, "So ", " it", language=language) == line


def test_a_time_is_the_readers() -> None:
    began = fact("started_at", K.TIME, START)
    assert one(began, "Since ", ".", zone="Europe/London") == "Since 03:00."


def test_what_a_line_says_who_said_it_and_when() -> None:
    """Three values of one quoted line."""
    line = said(4, 11, "赵敏", 'it says "pool full"\nagain.')
    pieces = tuple(Ref(fact=line.id, part=part) for part in (Part.SPEAKER, Part.TIME, Part.VALUE))
    sentence = Sentence(section="found", pieces=(pieces[0], " at ", pieces[1], ": ", pieces[2]))
    assert filled(prose((sentence,), "en"), assigned([], [line]), states()) == [
        "赵敏 at 10:11: “it says ‘pool full’ again”."
    ]


def test_a_value_that_is_not_there_stops_the_text() -> None:
    """Rather than leave a hole in it; so does the time of a line without one."""
    untimed = said(1, None, "赵敏", "x")
    for ref in (Ref(fact="f.gone"), Ref(fact=untimed.id, part=Part.TIME)):
        sentence = Sentence(section="found", pieces=("So ", ref))
        with pytest.raises(MissingVariable, match=ref.fact):
            filled(prose((sentence,), "en"), assigned([], [untimed]), states())


def test_a_long_quotation_shows_that_it_was_cut() -> None:
    line = one(fact("title", K.QUOTE, "word " * 400), "He wrote ", ".")
    assert line.endswith("…”.")
    assert len(line) < 300


def test_the_prose_decides_the_language() -> None:
    """The same assignment serves both languages."""
    value = fact("service", K.NAME, Names(zh="客户系统", en="CRM"))
    sentence = Sentence(section="found", pieces=(Ref(fact=value.id), "报错"))
    assert filled(prose((sentence,), "zh"), assigned([value]), states()) == ["客户系统报错。"]


def test_an_english_sentence_begins_with_a_capital() -> None:
    """When the value is words of ours; a name of one word keeps its letters."""
    desk = fact("group", K.NAME, Names(zh="服务台", en="the service desk"))
    assert one(desk, "", " took it.") == "The service desk took it."
    assert one(fact("service", K.NAME, "jira"), "", " is slow.") == "jira is slow."
    assert one(fact("signal", K.IDENTIFIER, "a b"), "", " fires.") == "a b fires."


QUOTED = {
    "pool full": "“pool full”",
    'he said "no"': "“he said ‘no’”",
    "他说“不行”": "“他说‘不行’”",
    "「连接池」满了": "“‘连接池’满了”",
    "it's Li's": "“it's Li's”",
    '"': "“‘”",
    "«bon»": "“‘bon’”",
}


@pytest.mark.parametrize("text", QUOTED)
def test_marks_inside_a_quotation_become_single_ones(text: str) -> None:
    assert quoted(text) == QUOTED[text]


UNENDED = {
    "Done.": "Done",
    "好了。": "好了",
    "Why?": "Why?",
    "so ...": "so ...",
    "a;": "a",
    "。": "",
}


@pytest.mark.parametrize("text", UNENDED)
def test_the_full_stop_is_the_sentences(text: str) -> None:
    assert unended(text) == UNENDED[text]


JOINED: tuple[tuple[Language, tuple[str, ...], str], ...] = (
    ("zh", ("由 ", "陈立", " 处理"), "由陈立处理"),
    ("zh", ("由", "Chen Li", "处理"), "由 Chen Li 处理"),
    ("zh", ("在", "10:25", "前"), "在 10:25 前"),
    ("zh", ("共", "6214", "个，"), "共 6214 个，"),
    ("zh", ("他说 ", "“不行”", " 。"), "他说“不行”。"),
    ("zh", ("（", "CRM", "）"), "（CRM）"),
    ("zh", ("CRM", "、", "VPN"), "CRM、VPN"),
    ("zh", ("200", "200"), "200 200"),
    ("zh", ("Chen Li ", "Wang"), "Chen Li Wang"),
    ("en", ("by", "10:25", ", and"), "by 10:25, and"),
    ("en", ("by ", "陈立", " ."), "by 陈立."),
    ("en", ("(", "CRM", ")"), "(CRM)"),
    ("en", ("", "Chen Li", "'s desk"), "Chen Li's desk"),
    ("en", ("wrote", "“x”", "and"), "wrote “x” and"),
    ("en", ("", "CRM", "-based"), "CRM-based"),
    ("en", ("a ", "", " b"), "a b"),
)


@pytest.mark.parametrize(("language", "parts", "whole"), JOINED, ids=[j[2] for j in JOINED])
def test_blanks_stand_where_both_languages_have_them(
    language: Language, parts: tuple[str, ...], whole: str
) -> None:
    assert joined(parts, language) == whole


def test_a_writers_own_words_are_spaced_too() -> None:
    assert words_spaced("请用VPN 登录 系统", "zh") == "请用 VPN 登录系统"
    assert words_spaced("use  the VPN", "en") == "use the VPN"


ENDED: tuple[tuple[Language, str, str], ...] = (
    ("en", "So it is", "So it is."),
    ("en", "So it is..", "So it is."),
    ("en", "Is it?", "Is it?"),
    ("en", "He asked “why?”", "He asked “why?”"),
    ("en", "He wrote “so”", "He wrote “so”."),
    ("zh", "是这样", "是这样。"),
    ("zh", "是这样。。", "是这样。"),
    ("zh", "他问“为什么？”", "他问“为什么？”"),
    ("zh", "他写“好”", "他写“好”。"),
    ("zh", "以下略…", "以下略…"),
)


@pytest.mark.parametrize(("language", "text", "whole"), ENDED, ids=[e[2] for e in ENDED])
def test_a_sentence_ends_once(language: Language, text: str, whole: str) -> None:
    assert ended(text, language) == whole


def test_every_kind_of_value_was_tried() -> None:
    assert {value.kind for value, _, _ in VALUES} | {ValueKind.LINK} == {*ValueKind}
