"""Which words are numbers, times and states, and which only look like them? Decided by table."""

from __future__ import annotations

import pytest

from pipeline.domain.directory import LANGUAGES
from pipeline.domain.errors import Misconfigured
from pipeline.drafting.prose.contract.tables import FILE, Tables

from .assignments import states, texts

TABLES = Tables.load(texts(), states())

NUMBERS = {
    # English
    "three users": "three", "Zero errors": "Zero", "forty-two": "forty two", "a hundred": "hundred",
    "thousands of mails": "thousands", "half of them": "half", "twice": "twice", "thrice": "thrice",
    "a dozen": "dozen", "dozens": "dozens", "one user": "one", "only one": "one", "One server": "One",
    "the second time": "second", "the first attempt": "first", "tenfold": "tenfold", "a quarter of it": "quarter",
    "two thirds": "two thirds", "ten per cent": "ten per cent", "five percent": "five percent", "doubled": "doubled",
    "a single user": "single", "tens of mails": "tens", "a couple of users": "couple", "only once": "only once",
    "version VII": "VII", "phase V": "phase V", "part VI of it": "VI", "the II node": "II", "Windows XI": "XI", "a million": "million", "billions": "billions", "20%": "%",
    "a twofold rise": "twofold", "seventeen": "seventeen", "the thirteenth": "thirteenth", "twentieth": "twentieth", "drei Server": "drei", "halved": "halved", "tripled": "tripled",
    # 汉语
    "三个": "三", "两次": "两", "半": "半", "十几": "十", "几十个": "十", "数百人": "百", "上千": "千", "第一": "一",
    "第二次": "二", "一次": "一", "一台": "一", "一半": "一半", "一小时": "一", "二十一": "二十一", "百分之五": "百 五",
    "三成": "三", "两倍": "两", "翻倍": "翻倍", "俩": "俩", "零点": "零", "星期一": "一", "周三": "三", "万": "万",
    "一百": "一百", "一亿": "一亿", "一万一": "一", "只有一个": "一", "仅有一位": "一", "第一位": "一", "一人": "一",
    "十分钟": "十", "二十分": "二十", "一点钟": "一", "一点半": "一 半", "两者之一和三台": "三", "半数": "半",
    "叁拾": "叁拾", "统一了三次": "三", "一共五台": "五", "大一些，三成": "三", "一刻钟": "一",
}  # fmt: skip
NO_NUMBERS = (
    # English
    "one of the users", "no one", "someone", "anyone", "everyone", "this one", "the one that failed", "another one",
    "one another", "one by one", "once it is back", "phone", "often", "tension", "weight", "listened", "stone",
    "at first", "first of all", "must first ask", "first-line support", "third-party", "on behalf of", "zero trust",
    "headquarters", "I", "single sign-on", "double-click", "manifold", "none", "both", "several", "many", "few",
    "OneDrive", "attention", "secondary", "some",
    "one after another", "a long one", "an account score", "V-belt", "X",
    "mix", "civil", "VPN", "a vivid picture", "VIP users", "the last one", "which one",
    # 汉语
    "一下", "一直", "一样", "一般", "一些", "一旦", "一定", "一致", "一起", "一切", "一律", "统一", "唯一", "之一",
    "万一", "进一步", "下一步", "下一次", "上一次", "同一", "单一", "逐一", "任一", "每一位", "另一台", "这一次", "再一次",
    "一个同事", "一种办法", "一段时间", "一部分", "一系列", "一方面", "一会儿", "一边", "一键", "一线", "看一看", "试一试",
    "二维码", "二进制", "第三方", "再三", "四处", "十分缓慢", "千万别", "千万不要", "千兆", "两者", "两端", "零散", "零件",
    "半途", "不一", "一一", "一次性", "万能", "接二连三", "乱七八糟", "十足", "多半", "无一例外", "上一版", "最后一次", "一打开就闪退", "一登录就报错",
    "一片空白", "一连", "一再", "一时", "一向", "一并",
)  # fmt: skip
TIMES = (
    "Monday", "on Mondays", "Tue", "January", "in May", "last March", "since march", "today", "yesterday", "tomorrow",
    "tonight", "noon", "midnight", "this morning", "in the evening", "overnight", "last week", "next month",
    "this year", "the following day", "an hour", "a few minutes", "within hours", "hours ago", "days later",
    "o'clock", "weekend", "at night", "Christmas", "the same day", "8 a.m.", "every day",
    "今天", "昨天", "昨晚", "明早", "前天", "后天", "当天", "当晚", "次日", "上午", "中午", "下午", "凌晨", "傍晚", "深夜",
    "周一", "星期天", "礼拜三", "本周", "下周", "上个月", "今年", "去年", "年底", "月初", "周末", "几分钟", "数小时",
    "两天后", "小时内", "点钟", "春节", "国庆", "近日", "日前", "前一个小时", "for decades", "午后", "隔天", "这周", "半小时", "下班前", "今日",
)  # fmt: skip
NO_TIMES = (
    "it may fail", "may be slow", "the month view", "part of the second node", "a march through", "now", "currently", "so far", "before that", "later", "again",
    "the sun", "satellite", "monitor", "always", "decide", "second-hand", "marching",
    "目前", "当前", "之前", "以前", "提前", "然后", "之后", "今后", "以后", "随后", "最后", "正在", "刚才", "以前的版本",
    "先前", "周期", "日志", "时间", "期间", "同时", "目前日志",
)  # fmt: skip
STATES = (
    "has been restored", "it is resolved", "was fixed", "solved", "ticket closed", "reopened", "back to normal",
    "back online", "up and running", "it works again", "people can sign in again", "is unavailable", "mail is down",
    "an outage", "on hold", "in progress", "under observation", "the cause was found", "cause is known",
    "found the root cause", "no data was lost", "is over", "recovered", "repaired", "came back", "being restored",
    "looking for the cause", "partly unavailable", "working poorly", "a major incident",
    "已恢复", "恢复正常", "已经解决", "问题解决了", "故障排除了", "已修复", "已关闭", "原因已查明", "查明了原因", "可以使用了",
    "能正常登录", "一切正常", "无法使用", "不可用", "宕机", "处理中", "观察中", "正在恢复", "未恢复", "尚未解决", "没有丢失",
    "数据丢失", "已排除", "已处理好", "全部恢复", "修好了", "服务中断", "能用但不正常", "误报", "已结案", "照常使用",
)  # fmt: skip
NO_STATES = (
    "a fixed address", "closed the window", "whether he can sign in again", "she restarted the service", "an error",
    "the gateway must be changed", "to restore the database", "shows an error", "waits for an approval", "closely",
    "loss was down to the old level",
    "重启了服务", "仍然报错", "等待审批", "恢复数据库连接", "准备好了", "关闭了浏览器", "登录失败", "正在查看", "还没有结果",
)  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_found(text: str) -> None:
    assert " ".join(TABLES.numbers.words_in(text)) == NUMBERS[text]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_only_looks_like_a_number_is_spared(text: str) -> None:
    assert TABLES.numbers.words_in(text) == []


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_found(text: str) -> None:
    assert TABLES.times.words_in(text)


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_only_looks_like_a_time_is_spared(text: str) -> None:
    assert TABLES.times.words_in(text) == []


@pytest.mark.parametrize("text", STATES)
def test_a_state_is_found(text: str) -> None:
    assert TABLES.states.words_in(text)


@pytest.mark.parametrize("text", NO_STATES)
def test_what_only_looks_like_a_state_is_spared(text: str) -> None:
    assert TABLES.states.words_in(text) == []


def test_every_word_that_code_writes_for_a_state_is_one() -> None:
    """Of phase, impact, loss and ticket; not of who has it, of severity or of promises."""
    for language in LANGUAGES:
        for key, word in states()[language].items():
            if key.startswith(("phase.", "impact.", "data.", "resolved", "closed", "in_progress")):
                assert TABLES.states.words_in(word), word


BROKEN = (
    (
        "numbers:\n  found:\n",
        "numbers:\n  found:\n    - '('\n",
        r"numbers\.found\.0: is not a regular expression",
    ),
    ("numbers:\n  found:\n", "numbers:\n  found:\n    - 'x*'\n", "is found in every text"),
    ("version: 1", "version: 2", r"words\.yaml:\d+: version: must be 1"),
    ("machine:", "machines:", "Field required"),
)


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN, ids=[one[2] for one in BROKEN])
def test_a_list_that_cannot_be_used_is_refused(old: str, new: str, sentence: str) -> None:
    broken = texts() | {FILE: texts()[FILE].replace(old, new, 1)}
    with pytest.raises(Misconfigured, match=sentence):
        Tables.load(broken, states())


def test_a_list_that_is_missing_is_refused() -> None:
    with pytest.raises(Misconfigured, match="is missing"):
        Tables.load({}, states())
