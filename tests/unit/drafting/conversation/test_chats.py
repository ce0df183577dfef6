"""A chat that was copied as text becomes its messages, whichever program it comes from."""

from __future__ import annotations

import pytest

from pipeline.drafting.conversation import Part, ProblemKind

from .logs import kinds, read_text, said

SAME = [
    ("24 10:32:00", "王晓琳", "邮件客户端又崩了"),
    ("24 10:35:00", "Dave Smith", "Restarting the profile service.\nGive me five minutes."),
    ("24 10:41:00", "王晓琳", "好了，谢谢"),
]
"""What every form below says."""

FORMS = {
    "plain-brackets": (
        "plain",
        (
            "2026-08-24\n"
            "[10:32] 王晓琳: 邮件客户端又崩了\n"
            "[10:35] Dave Smith: Restarting the profile service.\nGive me five minutes.\n"
            "[10:41] 王晓琳：好了，谢谢\n"
        ),
    ),
    "plain-leading": (
        "plain",
        (
            "—— 8月24日 ——\n"
            "10:32 王晓琳: 邮件客户端又崩了\n"
            "10:35 Dave Smith: Restarting the profile service.\nGive me five minutes.\n"
            "10:41 王晓琳：好了，谢谢\n"
        ),
    ),
    "plain-inner": (
        "plain",
        (
            "Monday, August 24, 2026\n\n"
            "王晓琳（10:32）：邮件客户端又崩了\n"
            "Dave Smith (10:35): Restarting the profile service.\nGive me five minutes.\n"
            "王晓琳 (10:41): 好了，谢谢\n"
        ),
    ),
    "plain-dated": (
        "plain",
        (
            "[2026-08-24 10:32:00] <王晓琳> 邮件客户端又崩了\n"
            "[2026-08-24 10:35:00] <Dave Smith> Restarting the profile service.\nGive me five minutes.\n"
            "[2026-08-24 10:41:00] <王晓琳> 好了，谢谢\n"
        ),
    ),
    "plain-exported": (
        "plain",
        (
            "24/08/2026, 10:32 - 王晓琳: 邮件客户端又崩了\n"
            "24/08/2026, 10:35 - Dave Smith: Restarting the profile service.\nGive me five minutes.\n"
            "24/08/2026, 10:41 - 王晓琳: 好了，谢谢\n"
        ),
    ),
    "feishu": (
        "feishu",
        (
            "王晓琳 8月24日 10:32\n邮件客户端又崩了\n\n"
            "Dave Smith 今天 10:35\nRestarting the profile service.\nGive me five minutes.\n\n"
            "王晓琳 上午10:41\n好了，谢谢\n"
        ),
    ),
    "feishu-below": (
        "feishu",
        (
            "8月24日\n\n王晓琳\n10:32\n邮件客户端又崩了\n\n"
            "Dave Smith\n10:35\nRestarting the profile service.\nGive me five minutes.\n\n"
            "王晓琳\n10:41\n好了，谢谢\n"
        ),
    ),
    "dingtalk": (
        "dingtalk",
        (
            "王晓琳 2026-08-24 10:32:00\n邮件客户端又崩了\n\n"
            "Dave Smith 2026-08-24 10:35:00\nRestarting the profile service.\nGive me five minutes.\n\n"
            "王晓琳 2026-08-24 10:41:00\n好了，谢谢\n"
        ),
    ),
    "dingtalk-short": (
        "dingtalk",
        (
            "王晓琳 08-24 10:32\n邮件客户端又崩了\n"
            "Dave Smith 08-24 10:35\nRestarting the profile service.\nGive me five minutes.\n"
            "王晓琳 08-24 10:41\n好了，谢谢\n"
        ),
    ),
    "wecom": (
        "wecom",
        (
            "王晓琳 8/24 10:32:00\n邮件客户端又崩了\n\n"
            "Dave Smith 8/24 10:35:00\nRestarting the profile service.\nGive me five minutes.\n\n"
            "王晓琳 8/24 10:41:00\n好了，谢谢\n"
        ),
    ),
    "wecom-year": (
        "wecom",
        (
            "王晓琳 2026/8/24 10:32:00\n邮件客户端又崩了\n"
            "Dave Smith 2026/8/24 10:35:00\nRestarting the profile service.\nGive me five minutes.\n"
            "王晓琳 2026/8/24 10:41:00\n好了，谢谢\n"
        ),
    ),
    "teams-brackets": (
        "teams_text",
        (
            "[8/24/2026 10:32 AM] 王晓琳\n邮件客户端又崩了\n"
            "[8/24/2026 10:35 AM] Dave Smith\nRestarting the profile service.\nGive me five minutes.\n"
            "[8/24/2026 10:41 AM] 王晓琳\n好了，谢谢\n"
        ),
    ),
    "teams-below": (
        "teams_text",
        (
            "王晓琳\n8/24/2026 10:32 AM\n邮件客户端又崩了\n\n"
            "Dave Smith\n8/24/2026 10:35 AM\nRestarting the profile service.\nGive me five minutes.\n\n"
            "王晓琳\n8/24/2026 10:41 AM\n好了，谢谢\n"
        ),
    ),
    "teams-chinese": (
        "teams_text",
        (
            "2026年8月24日\n[上午 10:32] 王晓琳\n邮件客户端又崩了\n"
            "[上午 10:35] Dave Smith\nRestarting the profile service.\nGive me five minutes.\n"
            "[上午 10:41] 王晓琳\n好了，谢谢\n"
        ),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_tells_the_same_conversation(form: str) -> None:
    """Who, when and what are the same, whatever program it was copied from; the program is recognised."""
    expected, text = FORMS[form]
    conversation = read_text(text)
    assert said(conversation) == SAME
    assert conversation.format == expected
    assert [line.person for line in conversation.material] == ["wang", "p-7", "wang"]


@pytest.mark.parametrize("form", FORMS)
def test_a_format_may_be_given(form: str) -> None:
    """Then the words are read as that, and the reader's name is the one that was given."""
    expected, text = FORMS[form]
    conversation = read_text(text, given=expected)
    assert (said(conversation), conversation.format) == (SAME, expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("飞书聊天记录.txt", "feishu"),
        ("钉钉-运维群.txt", "dingtalk"),
        ("企业微信.txt", "wecom"),
        ("Teams chat.txt", "teams_text"),
        ("chat.txt", "plain"),
    ],
)
def test_a_files_name_decides_between_forms_that_programs_share(name: str, expected: str) -> None:
    assert read_text("[2026-08-24 10:32] 王晓琳: 又崩了", name).format == expected


def test_words_that_end_in_a_time_begin_no_message() -> None:
    """A sentence is not somebody's name, and a line of a program's log is no message."""
    text = (
        "王晓琳 2026-08-24 10:32:00\n日志如下\n10:31:07 ERROR profile: timeout\n"
        "Error: disk full 10:31:09\n服务恢复于 10:31\nServer restarted 10:32\n"
    )
    (line,) = read_text(text).material
    assert line.text.count("\n") == 4


def test_what_programs_say_between_messages_is_no_ones_word() -> None:
    """It is kept, and counts for nothing."""
    text = (
        "[10:30] 李雷 加入了群聊\n[10:31] Dave Smith joined the channel\n[10:32] 王晓琳: 又崩了\n"
    )
    conversation = read_text(f"2026-08-24\n{text}")
    assert said(conversation) == [("24 10:32:00", "王晓琳", "又崩了")]
    assert [line.part for line in conversation.lines][:3] == [Part.NOTICE] * 3


def test_an_answer_shows_what_it_answers_as_a_quotation() -> None:
    """Words in corner brackets above dashes, and words behind a mark, are not the speaker's."""
    text = (
        "王晓琳 8/24 10:32:00\n邮件又崩了\n\n"
        "Dave Smith 8/24 10:35:00\n「王晓琳：邮件又崩了」\n- - - - - - - - - - - - - - -\n马上看\n\n"
        "Dave Smith 8/24 10:36:00\n> 邮件又崩了\n已重启\n"
    )
    conversation = read_text(text)
    quoted = [line for line in conversation.lines if line.quoted]
    assert [line.speaker for line in quoted] == ["", ""]
    assert [line.text for line in conversation.lines if not line.quoted] == [
        "邮件又崩了",
        "马上看",
        "已重启",
    ]
    assert [line.repeated for line in quoted] == [False, True]


def test_names_with_colons_are_speakers_where_no_time_is_told() -> None:
    """As chats without times are copied; what programs write before a colon is nobody."""
    conversation = read_text("王晓琳：邮件又崩了\nDave Smith: looking\nError: timeout\n")
    assert said(conversation) == [
        ("-", "王晓琳", "邮件又崩了"),
        ("-", "Dave Smith", "looking\nError: timeout"),
    ]
    assert ProblemKind.NO_TIMES in kinds(conversation)


NOTES = """与供应商通话 2026-08-24

10:32 打给供应商：没人接
10:40-10:55 called Dave Smith, he restarts the profile service
profile service was at 100 % CPU
- 11点05分 恢复
"""


def test_call_notes_are_told_by_their_times() -> None:
    """Nobody is named as the speaker, and nothing is read as a name."""
    conversation = read_text(f"2026-08-24\n{NOTES}")
    assert conversation.format == "call_notes"
    assert [(when, who) for when, who, _ in said(conversation)] == [
        ("-", ""),
        ("24 10:32:00", ""),
        ("24 10:40:00", ""),
        ("24 11:05:00", ""),
    ]
    assert ProblemKind.NO_SPEAKERS in kinds(conversation)


def test_somebody_who_speaks_once_is_heard() -> None:
    """Without an empty line above and without a date: a whole name begins a message, a state does not."""
    text = "张三 10:32\nCRM 打不开\n李四 10:35\n收到\nDave Smith 10:36\nlooking\n张三 10:37\n服务恢复 10:37\n"
    assert [(who, words) for _, who, words in said(read_text(text))] == [
        ("张三", "CRM 打不开"),
        ("李四", "收到"),
        ("Dave Smith", "looking"),
        ("张三", "服务恢复 10:37"),
    ]


@pytest.mark.parametrize(
    "name",
    ["[张三]", "张三:", "张三：", "【张三】", "@张三", "**张三**", "张三 <zhang@example.com>"],
)
def test_signs_around_a_name_are_no_part_of_it(name: str) -> None:
    assert said(read_text(f"{name} 2026-08-24 10:32:11\nCRM 打不开\n")) == [
        ("24 10:32:11", "张三", "CRM 打不开")
    ]


def test_a_mail_that_was_pasted_into_a_chat_makes_it_no_mail() -> None:
    text = (
        "[2026-08-24 10:32] 王晓琳: 供应商来信：\nFrom: Vendor <v@example.com>\n"
        "Sent: Monday, August 24, 2026 10:30 AM\nSubject: outage\n\nWe are on it.\n"
        "[2026-08-24 10:35] Dave Smith: 好\n"
    )
    conversation = read_text(text)
    assert conversation.format == "plain"
    assert {who for _, who, _ in said(conversation)} == {"王晓琳", "Dave Smith"}


@pytest.mark.parametrize(
    "text",
    [
        "10:32 | Dave Smith | restarted",
        "10:32 Dave Smith - restarted",
        "10:32 [Dave Smith] restarted",
        "- 10:32 Dave Smith: restarted",
        "（10:32）Dave Smith：restarted",
        "10：32 Dave Smith：restarted",
        "Dave Smith, [10:32]\nrestarted",
        "**Dave Smith** 10:32\nrestarted",
        "Dave Smith\n10:32\nrestarted",
        "Dave Smith — Today at 10:32 AM\nrestarted",
        "[10:32:00 AM] Dave Smith: restarted",
    ],
)
def test_a_whole_name_is_known_between_other_signs(text: str) -> None:
    assert said(read_text(text)) == [("24 10:32:00", "Dave Smith", "restarted")]


@pytest.mark.parametrize(
    "speaker",
    ["服务台-李强", "Site lead Ann", "Basis - Deepak", "Dr. Okafor", "Facilities IT - Gus"],
)
def test_an_office_beside_a_name_belongs_to_the_speaker(speaker: str) -> None:
    """A desk, a title or a dash does not make words of a name."""
    conversation = read_text(f"[10:32] {speaker}: 又崩了\n[10:40] {speaker}: 好了")
    assert [line.speaker for line in conversation.lines] == [speaker, speaker]
