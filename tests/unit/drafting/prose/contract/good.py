"""Answers as a good model writes them: whose assignment, and sentences with section and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.drafting.prose.assignment import Assignment

from .assignments import crm, crm_for_leaders, mail

Told = tuple[str, str, tuple[str, ...]]
"""Section, text, rests_on."""


@dataclass(frozen=True)
class Good:
    assignment: Assignment
    sentences: tuple[Told, ...]


CRM_EN = Good(
    crm(),
    (
        ("asked", "{S1} asks when she can work again, because sales cannot do anything without {F2}.", ("L1", "L11")),
        ("found", "Since {F7} {F5}, and {F6} are affected.", ("F5",)),
        ("found", "{S2} said that {C1} of the sign-ins failed.", ("L2",)),
        ("found", "{S3} found that reports held all {C2} database connections, as she wrote at {T5}.", ("L5",)),
        ("tried", "{S2} restarted the sign-in service, and the same error came again.", ("L3",)),
        ("tried", "With the approval of {S4}, {S3} switched the reports off and restarted the service.", ("L8", "L9")),
        ("open", "On the web people have begun to sign in, but the phone app still shows the error.", ("L10", "L11")),
        ("promised", "{S3} told everybody to expect a result by {C3}.", ("L12",)),
    ),
)  # fmt: skip
CRM_ZH = Good(
    crm(language="zh"),
    (
        ("asked", "{S1} 问什么时候能继续工作，销售离开{F2}没法开展业务。", ("L1", "L11")),
        ("found", "从 {F7} 起{F5}，影响{F6}。", ("F5",)),
        ("found", "{S2} 说 {C1} 的登录失败。", ("L2",)),
        ("found", "{S3} 在 {T5} 提到，报表占住了 {C2} 个数据库连接，会话都在等锁。", ("L5",)),
        ("tried", "{S2} 重启过登录服务，错误依旧。", ("L3",)),
        ("tried", "{S4} 同意后，{S3} 停掉报表，并重新启动了登录服务。", ("L8", "L9")),
        ("open", "网页端已经有人能登录，手机端仍然报错。", ("L10", "L11")),
        ("promised", "{S3} 告知大家 {C3} 前给出结果。", ("L12",)),
    ),
)
LEADERS_EN = Good(
    crm_for_leaders(),
    (
        ("effect", "{F2} is {F3} for {F6}: {F5}.", ()),
        ("effect", "Sales staff cannot look up or change customer records.", ("F5", "F6")),
        ("state", "The incident is {F4}; the suspected cause is that {F8}.", ()),
        ("next_step", "{F9} is at work on {F10}.", ()),
        ("next_step", "Until then there is a way around: {F13}.", ()),
        ("next_time", "A result is expected by {F11}, and the next update comes by {F12}.", ()),
    ),
)
LEADERS_ZH = Good(
    crm_for_leaders(language="zh"),
    (
        ("effect", "{F2}现在{F3}，影响{F6}：{F5}。", ()),
        ("effect", "销售人员暂时查不到客户资料，也不能修改。", ("F5", "F6")),
        ("state", "目前{F4}，可能的原因是{F8}。", ()),
        ("next_step", "{F9}正在{F10}。", ()),
        ("next_step", "在此之前可以这样办：{F13}。", ()),
        ("next_time", "{F11} 前应有结果，下一次通报在 {F12} 前。", ()),
    ),
)
MAIL_EN = Good(
    mail(),
    (
        ("asked", "{F3} reported {F2} and needs the calendar for a call with a customer.", ("L1",)),
        ("found", "In safe mode the program opens, but it crashes again once she clicks the calendar.", ("L3",)),
        ("found", "{S3} thinks it may be the index of her mailbox: {F12}.", ("L8",)),
        ("tried", "{F5} switched off all add-ins and then made a new profile, without any effect.", ("F9", "F10", "L4", "L5")),
        ("tried", "Another computer made no difference either: {F8}.", ("L5",)),
        ("open", "The ticket is {F4}, which {S3} has asked for.", ("L8", "L9")),
        ("waits", "{F3} waits for {F6} and meanwhile uses the web version.", ("L6", "L7")),
        ("promised", "{S3} promised word before the call; a result is expected by {F11}.", ("L9",)),
    ),
)  # fmt: skip
MAIL_ZH = Good(
    mail(language="zh"),
    (
        ("asked", "{F3}报告{F2}，开会要用日历。", ("L1",)),
        ("found", "以安全模式能打开，点日历就又闪退。", ("L3",)),
        ("found", "{S3} 怀疑是{F12}。", ("L8",)),
        ("tried", "{F5}{F9}；随后{F10}。", ()),
        ("tried", "换成另一台电脑也没有区别，{F8}。", ("L5",)),
        ("open", "工单{F4}，{S3} 已经去申请。", ("L8", "L9")),
        ("waits", "{F3}在等{F6}，这段时间先用网页版。", ("L6", "L7")),
        ("promised", "{S3} 承诺在客户电话会议之前回话，预计 {F11} 有结果。", ("L9",)),
    ),
)
WHOLE = {
    "crm-en": CRM_EN,
    "crm-zh": CRM_ZH,
    "leaders-en": LEADERS_EN,
    "leaders-zh": LEADERS_ZH,
    "mail-en": MAIL_EN,
    "mail-zh": MAIL_ZH,
}

# Single sentences that look as if something were wrong with them: language, text, what they rest on.
SINGLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("en", "One of the database servers was slow before the error appeared.", ("L5",)),
    ("en", "No one has looked into the gateway so far.", ("L12",)),
    ("en", "{S3} will look at this one again once the reports are off.", ("L9",)),
    ("en", "Someone in sales asked whether the phone app may be used.", ("L11",)),
    ("en", "At first the web version showed the same error.", ("L10",)),
    ("en", "The third-party gateway keeps its cache for a while.", ("L12",)),
    ("en", "{S2} must first get the approval of {S4}.", ("L6", "L7")),
    ("en", "On behalf of sales, {S1} asked for news.", ("L11",)),
    ("en", "The team may switch off reports; it is {S4}'s decision.", ("L7",)),
    ("en", "It has a fixed address and a single sign-on page.", ("L2",)),
    ("en", "{S2} said that {C2} % of the sign-ins failed at {C1} °C.", ("L2",)),
    ("en", "{S2} said that it was {C2} per cent.", ("L2",)),
    ("en", "{L11}", ()),
    ("en", "{S1} wrote: {L11}", ()),
    ("en", "The users' sessions were waiting for locks.", ("L5",)),
    ("en", "{S2} closed the report window and tried again.", ("L9",)),
    ("zh", "{S3} 看一下数据库，其他人先等一等。", ("L4",)),
    ("zh", "登录服务一直报错，和上面的情况一样。", ("L3",)),
    ("zh", "统一登录页面是唯一的入口。", ("L1",)),
    ("zh", "第三方网关的缓存要等一段时间才过期。", ("L12",)),
    ("zh", "报表十分占用连接，千万别再打开。", ("L5",)),
    ("zh", "下一步由{F9}和数据库同事一起处理。", ("F10",)),
    ("zh", "同事扫二维码打开网页端，手机端一旦有变化会另行告知。", ("L12",)),
    ("zh", "其中一个原因可能是会话都在等锁。", ("L5",)),
    ("zh", "两者都要经过{S4}批准。", ("L7",)),
    ("zh", "用 VPN 登录的同事也看到同样的报错。", ("L1",)),
    ("zh", "{S1} 写道：{L11}", ()),
    ("zh", "万一手机端还报错，先改用网页端。", ("L11",)),
    ("zh", "{S2} 关闭了浏览器又重新登录，仍然报错。", ("L3",)),
)
