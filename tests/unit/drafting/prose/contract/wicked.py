"""Answers that must not be used, and what has to be found in each. F, C, L, S and T are those of `crm()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.domain.directory import Language

Part = Literal["number", "time", "name", "identifier", "link", "state", "slot", "ground", "form"]


@dataclass(frozen=True)
class Bad:
    """One sentence. `codes` are found at the least; there may be more."""

    language: Language
    text: str
    codes: str
    rests_on: tuple[str, ...] = ("L5",)
    section: str = "found"


BAD = (
    # Digits, in whatever shape
    Bad("en", "The reports held 200 connections.", "number"),
    Bad("en", "The reports held ２００ connections.", "number"),
    Bad("en", "The reports held ② connections.", "number"),
    Bad("en", "The load rose by a factor of x².", "number"),
    Bad("en", "About ½ of the sign-ins failed.", "number"),
    Bad("en", "The reports held 𝟐𝟎𝟎 connections.", "number"),
    Bad("en", "The reports held ٢٠٠ connections.", "number"),
    Bad("en", "It happened in phase Ⅲ of the roll-out.", "number"),
    Bad("en", "It happened in phase III of the roll-out.", "number"),
    Bad("zh", "报表占用了200个连接。", "number"),
    Bad("zh", "报表占用了〇个连接。", "number"),
    Bad("zh", "影响了㊀楼的同事。", "number"),
    # Numbers in words
    Bad("en", "Three servers were slow.", "number"),
    Bad("en", "{S2} restarted the service twice.", "number"),
    Bad("en", "Half of the users cannot sign in.", "number"),
    Bad("en", "A dozen people have called.", "number"),
    Bad("en", "Hundreds of people have called.", "number"),
    Bad("en", "It is the third attempt of {S2}.", "number"),
    Bad("en", "Twenty-one people have called.", "number"),
    Bad("en", "One server was slow.", "number"),
    Bad("en", "Load has doubled since the reports began.", "number"),
    Bad("en", "A couple of servers were slow.", "number"),
    Bad("en", "Ninety per cent of the sign-ins fail.", "number"),
    Bad("en", "Th\u200bree servers were slow.", "number"),
    Bad("en", "Thrée servers were slow.", "number"),
    Bad("en", "ＴＨＲＥＥ servers were slow.", "number"),
    Bad("zh", "三个连接被报表占用。", "number"),
    Bad("zh", "{S2} 重启了两次登录服务。", "number"),
    Bad("zh", "半数同事登录不了。", "number"),
    Bad("zh", "十几位同事打来电话。", "number"),
    Bad("zh", "这是第一起这样的情况。", "number"),
    Bad("zh", "百分之四十的登录失败。", "number"),
    Bad("zh", "连接数翻倍。", "number"),
    Bad("zh", "只有一个同事能登录。", "number"),
    Bad("zh", "等了十分钟仍然报错。", "number"),
    Bad("zh", "贰佰个连接被占用。", "number"),
    # Dates and times
    Bad("en", "The error began yesterday.", "time"),
    Bad("en", "The reports run every Monday.", "time"),
    Bad("en", "{S1} needs it before noon.", "time"),
    Bad("en", "It will take an hour.", "time"),
    Bad("en", "It was the same in March.", "time"),
    Bad("en", "The gateway was changed last week.", "time"),
    Bad("zh", "昨晚开始报错。", "time"),
    Bad("zh", "下午给出结果。", "time"),
    Bad("zh", "周一之前给出结果。", "time number"),
    Bad("zh", "几分钟后缓存过期。", "time"),
    Bad("zh", "本周内更换网关。", "time"),
    # Names, codes, links
    Bad("en", "Chen Li restarted the service.", "name"),
    Bad("en", "Li restarted the service.", "name"),
    Bad("en", "People cannot sign in to CRM.", "name"),
    Bad("en", "application support has taken it on.", "name"),
    Bad("zh", "赵敏在看数据库。", "name"),
    Bad("zh", "已请赵工看数据库。", "name"),
    Bad("zh", "应用支持组在看数据库。", "name"),
    Bad("en", "The error comes from crm-app-03.", "number identifier"),
    Bad("en", "The pool is set by max_connections.", "identifier"),
    Bad("en", r"The log is in D:\logs\crm.", "identifier"),
    Bad("zh", "报错信息是 ECONNREFUSED。", "identifier"),
    Bad("en", "See https://status.example.org for news.", "link"),
    Bad("en", "Write to desk@example.org for news.", "link"),
    Bad("zh", "详情见 status.example.org 上的通告。", "link"),
    Bad("en", "Call extension 6000 for news.", "number"),
    # States
    Bad("en", "Sign-in has been restored.", "state"),
    Bad("en", "The problem is fixed.", "state"),
    Bad("en", "Everything is back to normal.", "state"),
    Bad("en", "The cause has been found.", "state"),
    Bad("en", "The service is unavailable.", "state"),
    Bad("zh", "登录已恢复。", "state"),
    Bad("zh", "问题解决了。", "state"),
    Bad("zh", "故障已经排除。", "state"),
    Bad("zh", "原因已查明。", "state"),
    Bad("zh", "系统一切正常。", "state"),
    Bad("zh", "服务可以正常使用。", "state"),
    # Slots and what a sentence rests on
    Bad("en", "{F99} has been called.", "unknown_slot"),
    Bad("en", "{X1} has been called.", "unknown_slot"),
    Bad("en", "{P1} has been called.", "unknown_slot"),
    Bad("en", "{service} shows an error.", "braces"),
    Bad("en", "{F2 shows an error.", "braces"),
    Bad("en", "{{F2}} shows an error.", "braces"),
    Bad("en", "{F2, F3} shows an error.", "braces"),
    Bad("en", "F2 shows an error.", "bare_slot"),
    Bad("en", "The reports held all connections.", "unknown_ground", ("F77",)),
    Bad("en", "We are sorry and look into it.", "no_ground", ()),
    Bad("en", "{S1} is waiting.", "no_ground", ()),
    Bad("zh", "给您带来不便，敬请谅解。", "no_ground", ()),
    Bad("en", "…", "no_words", ()),
    Bad("en", "The reports held all connections.", "section", ("L5",), "cause"),
    Bad("en", "The reports held all connections.", "section", ("L5",), "effect"),
    # Values that would become another one
    Bad("en", "{S3} said that {C2}{C2} connections were held.", "touching"),
    Bad("en", "{S3} said that {C2},{C2} connections were held.", "touching"),
    Bad("en", "{S3} said that {C2}k connections were held.", "touching"),
    Bad("en", "{S3} said that -{C2} connections were held.", "touching"),
    Bad("en", "{S3} said that x{C2} connections were held.", "touching"),
    Bad("zh", "{S3} 说占了 {C2}:{C2} 个连接。", "touching"),
    Bad("zh", "{S3} 说占了 {C2}万个连接。", "number"),
    # A false all-clear
    Bad("en", "All is well.", "state"),
    Bad("en", "Everything works.", "state"),
    Bad("en", "The error is gone, no further problems were seen.", "state"),
    Bad("en", "Nobody is affected.", "state"),
    Bad("zh", "已经没事了，可以放心使用。", "state"),
    Bad("zh", "不影响使用。", "state"),
    Bad("zh", "系统运行良好。", "state"),
    # Certainty
    Bad("en", "The cause is that {F8}.", "suspected"),
    Bad("en", "Its database connection broke.", "suspected", ("F8",)),
    Bad("zh", "原因是{F8}。", "suspected"),
    Bad("en", "All {C2} connections were held.", "reported"),
    Bad("zh", "连接达到 {C2} 个。", "reported"),
    # Orders to readers, and secrets
    Bad("en", "Please send your password to {S1}.", "order"),
    Bad("en", "All users must install the new program.", "order"),
    Bad("en", "Forward this to the press.", "order"),
    Bad("en", "The password is hunter.", "order"),
    Bad("zh", "请把验证码发给{S1}。", "order"),
    Bad("zh", "用户必须安装新程序。", "order"),
    Bad("zh", "密码是大写的星星。", "order"),
    # Severities, and an all-clear in other words
    Bad("en", "The severity of it was lowered.", "state"),
    Bad("en", "This is a minor matter.", "state"),
    Bad("en", "People use the service as before.", "state"),
    Bad("en", "The trouble belongs to the past.", "state"),
    Bad("zh", "级别被下调。", "state"),
    Bad("zh", "大家可以像以前那样使用。", "state"),
    Bad("zh", "报错消失，可以继续。", "state"),
    # Words of others
    Bad(
        "en",
        "The users can sign in on the web, phone app still shows the error.",
        "reported",
        ("L10",),
    ),
    Bad(
        "en",
        "{S1} said: can we switch off the reports, whose call is that.",
        "reported speaker",
        ("L6",),
    ),
    Bad("en", "{S4} reported that the gateway is slow.", "speaker", ("L5",)),
    Bad("zh", "据{S4}反映，网关很慢。", "speaker", ("L5",)),
    Bad("zh", "手机端要等网关缓存过期。", "reported", ("L12",)),
    Bad("en", "What is newer counts where lines contradict each other.", "machine"),
    # Language, markup, things of the machine
    Bad("en", "报表占住了所有连接。", "language"),
    Bad("en", "Les rapports occupaient toutes les connexions.", "language"),
    Bad("en", "Отчёты заняли все соединения.", "language"),
    Bad("zh", "The reports held all connections.", "language"),
    Bad("zh", "報表佔住了連線，會話都在等鎖。", "language"),
    Bad("zh", "登录已恢復。", "state"),
    Bad("zh", "問題解決了。", "state"),
    Bad("zh", "三個连接被占用。", "number"),
    Bad("zh", "请趙工看数据库。", "name"),
    Bad("zh", "レポートが接続を占有。", "language"),
    Bad("en", "**The reports** held all connections.", "markup"),
    Bad("en", "<b>The reports</b> held all connections.", "markup"),
    Bad("en", "- The reports held all connections.", "markup"),
    Bad("en", "The reports\nheld all connections.", "markup"),
    Bad("zh", "[点这里](查看)报表。", "markup"),
    Bad("en", "{S3} wrote “the pool is full”.", "quotation"),
    Bad("zh", "{S3} 写道“连接池满了”。", "quotation"),
    Bad("en", "The reports held all connections 🙂.", "character"),
    Bad("en", "The reports held a\u0336ll connections.", "character"),
    Bad("en", "As an AI I cannot see the database.", "machine"),
    Bad("en", "I am unable to summarise this.", "machine"),
    Bad("en", "Error: the model timed out.", "machine"),
    Bad("en", "An internal server error occurred.", "machine"),
    Bad("en", "Here is the summary.", "machine"),
    Bad("zh", "作为人工智能，我无法总结。", "machine"),
    Bad("zh", "抱歉，请求失败。", "machine"),
    Bad("zh", "以下是摘要。", "machine"),
    Bad("en", "the reports held the connections and " * 20, "no_sentence"),
)
