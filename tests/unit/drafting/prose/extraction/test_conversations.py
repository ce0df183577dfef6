"""Conversations and what a technician is told of them: which line answers which question, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from pipeline.domain.directory import Language
from pipeline.domain.prose import Length

from . import conversations as c
from . import fresh_conversations as f
from . import more_conversations as m
from . import third_conversations as t
from .reading import summary


@dataclass(frozen=True)
class Story:
    """`told` are pieces of words by section, `untold` what must stand nowhere."""

    name: str
    text: str
    language: Language
    told: tuple[tuple[str, str], ...]
    untold: tuple[str, ...] = field(default=())


STORIES = (
    Story("vpn", c.VPN_ZH, "zh",
          (("asked", "报错 809"), ("tried", "重启了，还是报 809"), ("found", "证书昨天到期"), ("waits", "等安全组审批"), ("promised", "下午1点前给您答复")),
          ("在吗", "收到", "谢谢", "什么版本", "什么时候能好")),
    Story("vpn in English", c.VPN_EN, "en",
          (("asked", "error 809"), ("tried", "restarted twice, no luck"), ("found", "certificate expired"), ("waits", "waiting for approval"), ("promised", "by 1pm")),
          ("thanks", "let me check", "Which version")),
    Story("mail that was fixed", c.MAIL_FIXED_EN, "en",
          (("asked", "keeps crashing"), ("tried", "“Rebuilt the profile”; Sam Lee at 10:26: “still crashing”"), ("tried", "“works now”"), ("promised", "Tue 25 Aug, 10:00")),
          ("thanks", "Great", "[open]")),
    Story("mail that failed again", c.MAIL_BACK_ZH, "zh",
          (("asked", "邮箱已满"), ("tried", "扩容到 50GB"), ("open", "又发不出去了"), ("found", "归档任务没有跑")),
          ("我查一下", "谢谢")),
    Story("accounts at month's end", c.ERP_ZH, "zh",
          (("asked", "凭证保存不了"), ("asked", "23 个人"), ("found", "表空间满了"), ("tried", "“可以保存了”"), ("open", "打印凭证还是报错 E-1042"), ("waits", "等他们回复"), ("promised", "11:30 前给您结果")),
          ("早上好", "我看下日志")),
    Story("a printer", c.PRINT_EN, "en",
          (("asked", "only prints blank pages"), ("tried", "still blank"), ("found", "worn out"), ("waits", "delivery tomorrow 9am"), ("open", "PRT-SH-012")),
          ("Thanks Nora",)),
    Story("a war room", c.WAR_ROOM_EN, "en",
          (("found", "root cause"), ("found", "back to normal"), ("tried", "no change, still 40% errors"), ("tried", "rolling back"), ("open", "shops in Lyon"), ("promised", "next update at 03:25")),
          ("ack,", "joining", "probably")),
    Story("a war room in Chinese", c.WAR_ROOM_ZH, "zh",
          (("asked", "大量支付超时"), ("found", "内存打满"), ("tried", "没效果"), ("tried", "支付恢复了"), ("open", "谁负责下线"), ("promised", "03:15 更新进展")),
          ("上线了",)),
    Story("notes of a call", c.CALL_NOTES_EN, "en",
          (("asked", "Tills 2 and 3 freeze"), ("found", "Till 1 is not affected"), ("tried", "then freezes again"), ("promised", "call back by 11:45"))),
    Story("notes of a call in Chinese", c.CALL_NOTES_ZH, "zh",
          (("asked", "刷卡就死机"), ("found", "1号机正常"), ("tried", "只好了一会，又死机"), ("promised", "11:45前回电"))),
    Story("a Feishu chat", c.FEISHU_ZH, "zh",
          (("asked", "投屏连不上"), ("tried", "还是没信号"), ("tried", "“可以了”")),
          ("马上过去", "[赞]", "@李娜")),
    Story("two languages in one", c.MIXED, "en",
          (("asked", "user locked"), ("tried", "又被锁了"), ("found", "旧密码一直在重试"), ("tried", "登录正常了")),
          ("then I'll unlock again",)),
    Story("lines in the wrong order", c.WRONG_ORDER, "en",
          (("asked", "licence is missing"), ("tried", "same error"), ("waits", "waiting for the vendor"), ("open", "any update?"))),
    Story("no times", c.NO_TIMES, "en",
          (("asked", "does not charge"), ("tried", "same thing"), ("waits", "arrive on Wednesday")), (" at ",)),
    Story("one line", c.ONE_LINE, "zh", (("asked", "考勤系统打不开"),)),
    Story("orders to a machine", c.HOSTILE_EN, "en",
          (("asked", "payroll portal"), ("tried", "still blank"), ("waits", "payroll vendor")),
          ("gnore", "restored", "day off", "developer mode", "severity")),
    Story("orders to a machine in Chinese", c.HOSTILE_ZH, "zh",
          (("asked", "一直白屏"), ("waits", "等薪资厂商回复")), ("忽略", "已全部恢复", "Abc@12345", "密码")),
    Story("a promise that was kept", c.PROMISE_KEPT_EN, "en",
          (("asked", "access to the sales share"), ("found", "access is granted"), ("promised", "check the backup")),
          ("I'll send him", "“sent”", "[waits]", "[open]")),
    Story("a promise that was moved", c.PROMISE_MOVED_ZH, "zh",
          (("promised", "今天17:00前"),), ("下午3点前",)),
    Story("a question that is open", c.QUESTION_OPEN_EN, "en",
          (("asked", "shows duplicates"), ("found", "“how many duplicates do you see?”; Vera on Sun 23 Aug, 16:06: “about 300”"), ("open", "Should we delete")),
          ("let me ask",)),
    Story("a correction", c.CORRECTED_EN, "en",
          (("found", "sw-c-03"), ("promised", "12:00")), ("“switch sw-c-02 has no power”",)),
    Story("two services", c.TWO_TOPICS_EN, "en",
          (("tried", "VPN works again"), ("open", "mail is still not syncing"), ("waits", "Exchange team"))),
    Story("a job that was done", c.SHORT_ZH, "zh", (("asked", "卡纸"), ("tried", "纸取出来了")), ("[open]",)),
    Story("a long mail", c.LONG_PARAGRAPH_EN, "en",
          (("asked", "extremely slow"), ("asked", "look at it today"), ("tried", "restarted it twice")),
          ("mountains", "lovely", "Kind regards", "Head of Finance")),
    Story("a mail in Chinese", c.MAIL_THREAD_ZH, "zh", (("asked", "共享盘"), ("asked", "季度报表")), ("同事好", "谢谢")),
    Story("an old state", c.STALE_STATE, "en", (("open", "slow again and crashes"),), ("it works again",)),
    Story("chasing", c.CHASING_ZH, "zh",
          (("asked", "门禁还没修"), ("promised", "8 月 25 日（周二）10:00")), ("有进展吗", "等厂家排期", "好的")),
    Story("a Teams thread", m.TEAMS_LONG_EN, "en",
          (("asked", "time clock app"), ("asked", "12 people"), ("found", "HRWEB02 stopped"), ("tried", "spinning again"), ("waits", "case 00482913"), ("promised", "11:30")),
          ("Morning", "thanks for the info")),
    Story("a shop in WeCom", m.WECOM_ZH, "zh",
          (("asked", "付不了款"), ("tried", "登录上了"), ("open", "会员积分还是查不到"), ("waits", "预计 12:30 恢复")),
          ("收到", "图片", "麻烦盯一下")),
    Story("a desk's notes", m.DESK_NOTES_EN, "en",
          (("asked", "no account and no laptop"), ("found", "closed by mistake"), ("found", "Dave can approve"), ("waits", "cost centre 4410")),
          ("Sorry about that", "Requester asked")),
    Story("a file that was deleted", m.FILE_SHARE_ZH, "zh",
          (("asked", "误删了一个文件夹"), ("asked", "删除权限收紧"), ("found", "已恢复到 design_v3_restored")),
          ("谢谢",)),
    Story("a stolen password", m.SECURITY_EN, "en",
          (("asked", "confirm my password"), ("found", "“no, only the password”"), ("tried", "Sessions revoked"), ("promised", "report on Tuesday"))),
    Story("a wireless network", m.NETWORK_ZH, "zh",
          (("asked", "7 楼无线"), ("tried", "回退两台 AP"), ("found", "已知问题"), ("open", "其他楼层")), ("怀疑",)),
    Story("solved without help", m.SOLVED_SELF_EN, "en",
          (("asked", "stays black"), ("tried", "Works now")), ("[open]",)),
    Story("much chatting", m.CHATTY_EN, "en",
          (("asked", "empty files"), ("found", "password expired"), ("tried", "it works")),
          ("hope you are well", "haha", "lol", "nice day", "oh no")),
    Story("a disk", m.DISK_ZH, "zh",
          (("found", "97%"), ("promised", "预计 10:30 完成")), ("收到",)),
    Story("handhelds", f.SCANNER_EN, "en",
          (("asked", "lose their session"), ("found", "DHCP lease was lowered"), ("tried", "no logouts any more"), ("promised", "at 16:00")),
          ("which SSID", "fingers crossed")),
    Story("a licence", f.LICENSE_ZH, "zh",
          (("asked", "授权弹窗"), ("tried", "还是过期"), ("tried", "可以啦"), ("waits", "等他们走流程")), ("奇怪", "截个图", "图片", "感谢")),
    Story("a backup", f.BACKUP_EN, "en",
          (("tried", "job succeeded"), ("tried", "no errors so far"), ("open", "before rotating")),),
    Story("telephones", f.PHONE_ZH, "zh",
          (("asked", "呼入全部静音"), ("found", "RTP 端口被安全策略拦了"), ("tried", "规则撤了"), ("promised", "下班前给结论")),),
    Story("a contractor", f.ONBOARD_EN, "en",
          (("asked", "cannot open the project site"), ("asked", "edit rights on Project Atlas")), ("“Jonas”", "Hi all")),
    Story("a database that lags", f.MONITOR_ZH, "zh",
          (("asked", "主从延迟 800 秒"), ("tried", "杀掉了"), ("found", "归零"), ("open", "数据有缺口"), ("promised", "14:00 以前补完")), ("能杀吗",)),
    Story("badges", f.BADGE_EN, "en", (("asked", "ribbon error"), ("promised", "ordering more today")), ("super", "on my way")),
    Story("labels", f.VENDOR_MAIL_EN, "en",
          (("asked", "without barcode"), ("tried", "the address overlaps"), ("promised", "20:00")),),
    Story("orders", t.SAP_EN, "en",
          (("asked", "Update terminated"), ("found", "SM13"), ("tried", "two datafiles"), ("open", "how do I treat these")), ("Good morning",)),
    Story("a board meeting", t.MEETING_ZH, "zh",
          (("asked", "听不到对方声音"), ("tried", "有声音了，但是有回音"), ("tried", "好多了"), ("promised", "明天贴标识")), ("马上到", "谢谢")),
    Story("a laboratory", t.LAB_EN, "en",
          (("asked", "won't accept results"), ("found", "patient ID has a blank"), ("tried", "Complete now")), ("Got it", "one sample missing")),
    Story("price labels", t.STORE_ZH, "zh",
          (("asked", "一半没更新"), ("tried", "灯亮了"), ("open", "十几个没变"), ("promised", "明天到")), ("哪几个区",)),
    Story("an escalation", t.ESCALATION_EN, "en",
          (("asked", "approval mails are not going out"), ("found", "PRB-881"), ("promised", "Wednesday 17:00")), ("we understand",)),
)  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_each_question_is_answered_by_the_line_that_decides_it(story: Story) -> None:
    """Noon of Monday 24 August; what was answered, overturned or is mere politeness is not told."""
    text = summary(story.text, language=story.language)
    for section, words in story.told:
        rows = [row for row in text.split("\n") if row.startswith(f"[{section}]")]
        assert any(words in row for row in rows), f"{section}: {words}\n{text}"
    for words in story.untold:
        assert words not in text, text


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
@pytest.mark.parametrize("length", list(Length))
def test_every_word_in_quotation_marks_was_written_so(story: Story, length: Length) -> None:
    """A quotation is a piece of the log, whatever the length; only its own quotation marks are made single."""
    bare = _bare(story.text)
    for row in summary(story.text, language=story.language, length=length).split("\n"):
        for quote in row.split("“")[1:]:
            words = quote.split("”")[0]
            assert _bare(words) in bare, row


def _bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "“”‘’")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_short_text_is_no_longer_than_a_long_one(story: Story) -> None:
    """Each length tells at least what the shorter one does, in number of sentences."""
    sizes = [
        len(summary(story.text, language=story.language, length=n).split("\n")) for n in Length
    ]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_same_conversation_gives_the_same_text(story: Story) -> None:
    """Law 13, to the byte."""
    assert summary(story.text) == summary(story.text)
