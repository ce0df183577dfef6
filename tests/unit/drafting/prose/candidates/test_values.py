"""Typed values out of what people said: literally there, resolved against the line's time, or none at all."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.domain.errors import Misconfigured
from pipeline.domain.facts import Fact, Level, Status, ValueKind
from pipeline.domain.prose import Quoted
from pipeline.drafting.prose.candidates import Finder
from pipeline.drafting.prose.candidates.vocabulary import FILE
from pipeline.drafting.prose.contract.known import against
from pipeline.drafting.prose.contract.offer import offered
from pipeline.drafting.prose.contract.tables import Tables
from pipeline.drafting.redaction.people import is_of_person
from pipeline.drafting.slot_names import OF_PEOPLE
from tests.unit.drafting.prose.contract.assignments import assigned, states, texts

FIND = Finder(texts())
SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 8, 24, 2, 32, tzinfo=UTC)
"""Monday 24 August, 10:32 in Shanghai."""
NOW = datetime(2026, 8, 24, 4, 0, tzinfo=UTC)


def line(text: str, *, at: datetime | None = AT, n: int = 1, speaker: str = "王敏") -> Quoted:
    return Quoted(
        id=f"l.{n}", n=n, at=at, speaker=speaker, text=text, level=Level.INTERNAL, scope="ticket:1"
    )


def values(
    text: str, *, at: datetime | None = AT, facts: tuple[Fact, ...] = ()
) -> list[tuple[str, object]]:
    found = FIND([line(text, at=at)], facts=facts, now=NOW, zone=SHANGHAI)
    return [(fact.attribute, _shown(fact.value)) for fact in found]


def _shown(value: object) -> object:
    return value.astimezone(SHANGHAI).strftime("%d %H:%M") if isinstance(value, datetime) else value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("明天上午10点给您答复", ("resolved_time", "25 10:00")),
        ("明早9点到", ("resolved_time", "25 09:00")),
        ("今晚 20:00 割接", ("resolved_time", "24 20:00")),
        ("昨天下午三点开始的", ("resolved_time", "23 15:00")),
        ("周三下午2点上门", ("resolved_time", "26 14:00")),
        ("下周一 9:00 上门", ("resolved_time", "31 09:00")),
        ("下午三点半前搞定", ("time", "24 15:30")),
        ("8月25日 18:00 割接", ("time", "25 18:00")),
        ("半小时后再看", ("resolved_time", "24 11:02")),
        ("20 分钟内恢复", ("resolved_time", "24 10:52")),
        ("will get back by 3pm", ("time", "24 15:00")),
        ("tomorrow at 9:00", ("resolved_time", "25 09:00")),
        ("on Friday at 10:00", ("resolved_time", "28 10:00")),
        ("ready in 20 minutes", ("resolved_time", "24 10:52")),
        ("it broke 2 hours ago", ("resolved_time", "24 08:32")),
        ("2026-08-25 18:00 UTC", ("time", "26 02:00")),
        ("花了 40 分钟", ("duration", 2400)),
        ("一个半小时都没好", ("duration", 5400)),
        ("down for 2 h 15 min", ("duration", 8100)),
        ("影响 37 个用户", ("quantity", "37 个用户")),
        ("1,200 users see it", ("quantity", "1,200 users")),
        ("disk has 12.5 GB left", ("quantity", "12.5 GB")),
        ("使用率 99.8%", ("percentage", "99.8%")),
        ("百分之三十的请求失败", ("percentage", "百分之三十")),
        ("报错 0x8004010F", ("identifier", "0x8004010F")),
        ("错误 809", ("identifier", "809")),
        ("PRT-SH-014 is offline", ("identifier", "PRT-SH-014")),
        ("转给 @李娜 了", ("person", "李娜")),
    ],
)
def test_a_value_that_stands_in_a_line_is_read_as_what_it_means(
    text: str, expected: tuple[str, object]
) -> None:
    """Said on Monday 24 August at 10:32 in Shanghai."""
    assert values(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "三点",
        "3点给您",
        "明天给您答复",
        "tomorrow",
        "at 25:99",
        "上午好",
        "3/4",
        "一点也不好",
        "2月30日 10:00",
        "in a while",
        "第一次",
        "next Friday at 10:00",
        "下周见",
    ],
)
def test_what_may_mean_two_moments_or_none_gives_no_time(text: str) -> None:
    """Three o'clock of which half of the day, tomorrow at what time: nobody knows, so nothing is proposed."""
    assert [a for a, _ in values(text) if a in ("time", "resolved_time")] == []


def test_without_a_time_of_its_own_a_line_resolves_nothing() -> None:
    """ "Tomorrow" of a line of no known day stays words; a whole date is known anyway."""
    assert values("明天上午10点", at=None) == []
    assert values("2026-08-25 18:00", at=None) == [("time", "25 18:00")]


def test_people_and_services_are_those_of_the_record_and_the_conversation() -> None:
    """A name counts where it stands by itself."""
    service = Fact(
        id="f.service",
        what="inc-1",
        attribute="service",
        kind=ValueKind.NAME,
        value="CRM",
        at=AT,
        event="e-1",
    )
    assert ("service", "CRM") in values("CRM 登不上", facts=(service,))
    assert ("service", "CRM") not in values("the SCRMX box", facts=(service,))
    assert ("person", "王敏") in values("王敏 说好了")


@pytest.mark.parametrize("attribute", sorted(OF_PEOPLE))
def test_whoever_is_named_in_the_record_is_a_person_to_every_room(attribute: str) -> None:
    """What finds names, what hides them, and what holds a model to them mean the same people."""
    named = Fact(
        id="f.1",
        what="inc-1",
        attribute=attribute,
        kind=ValueKind.NAME,
        value="Zhao Mingyu",
        at=AT,
        event="e-1",
    )
    assert ("person", "Zhao Mingyu") in values("Zhao Mingyu agreed", facts=(named,))
    assert is_of_person(named)
    assignment = assigned((named,), ())
    held = against(assignment, offered(assignment), Tables.load(texts(), states()), ())
    assert held.names is not None
    assert held.names.search("Mingyu agreed")


def test_a_candidate_is_reported_and_never_wider_known_than_its_line() -> None:
    """Level, circle and event are the line's; the id names line and place."""
    (fact,) = FIND([line("花了 40 分钟", n=7)], now=NOW, zone=SHANGHAI)
    assert (fact.id, fact.event, fact.status) == ("c.7.1", "l.7", Status.REPORTED)
    assert (fact.level, fact.scope, fact.at) == (Level.INTERNAL, "ticket:1", AT)


def test_of_too_many_values_the_newest_lines_keep_theirs() -> None:
    """A line gives at most twenty, a conversation two thousand."""
    lines = [line(" ".join(f"{k}%" for k in range(40)), n=n) for n in range(1, 201)]
    found = FIND(lines, now=NOW, zone=SHANGHAI)
    assert len(found) == 2000
    assert found[-1].event == "l.200"
    assert found[0].event == "l.101"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", 0),
        ("\u202e\u200b", 0),
        ("9" * 40_000, 0),
        ("点" * 40_000, 0),
        ("1" + "天" * 40_000, 1),
        ("半" * 30_000 + "小时", 1),
        ("@" * 5000, 0),
        ("3:3:3:3:3", 1),
    ],
)
def test_odd_lines_are_read_without_harm(text: str, found: int) -> None:
    """Nothing raises, and hardly anything of it is a value; a line as long as a log costs no more than its length."""
    values_of = FIND([line(text)], now=NOW, zone=SHANGHAI)
    assert len(values_of) == found


def test_a_houses_own_words_for_times_count() -> None:
    """Of the texts in force; without them nobody knows what they mean."""
    shipped = texts()[FILE]
    own = shipped.replace("zh: [秒钟, 秒]", "zh: [秒钟, 秒, 弹指]").replace(
        "[ago, earlier]", "[ago, earlier, back]"
    )
    assert own != shipped
    finder = Finder({**texts(), FILE: own})
    for text in ("停了 40 弹指", "it broke 2 hours back"):
        found = finder([line(text)], now=NOW, zone=SHANGHAI)
        usual = FIND([line(text)], now=NOW, zone=SHANGHAI)
        assert [f.value for f in found] != [f.value for f in usual]
    [fact] = finder([line("停了 40 弹指")], now=NOW, zone=SHANGHAI)
    assert (fact.attribute, fact.value) == ("duration", 40)


@pytest.mark.parametrize("broken", [None, "version: 1\n", "version: 1\ndays: 3\n"])
def test_a_file_of_times_that_is_none_is_refused_at_the_start(broken: str | None) -> None:
    """By its name, before a line is read."""
    files = {name: text for name, text in texts().items() if name != FILE}
    with pytest.raises(Misconfigured, match=r"times\.yaml"):
        Finder(files if broken is None else {**files, FILE: broken})
