"""A thread of eight mails, each with all that came before it: 440 lines, as a mail program keeps them."""

from __future__ import annotations

MAILS_EN = [
    (
        "Rita Gomez <rita@acme.example>",
        "Mon, 24 Aug 2026 08:12:00 +0800",
        "Hello support,\n\nsince this morning nobody in Accounting (14 people) can print delivery notes from SAP. The job shows as sent, but nothing comes out at printer ACC-2. We ship at 13:00 and need the notes for 60 parcels.\n\nCould you please have a look soon?",
    ),
    (
        "IT Support <help@acme.example>",
        "Mon, 24 Aug 2026 08:25:00 +0800",
        "Hello Rita,\n\nthank you for your mail. We have opened ticket INC-3391. Which driver does the printer show, and can you print from Word?",
    ),
    (
        "Rita Gomez <rita@acme.example>",
        "Mon, 24 Aug 2026 08:40:00 +0800",
        "Word prints fine on the same printer. I do not know where to see the driver.",
    ),
    (
        "Omar Haddad <omar@acme.example>",
        "Mon, 24 Aug 2026 09:15:00 +0800",
        "Hi all,\n\nI looked at the spool server. The SAP output device for ACC-2 points to the old queue since the change on Saturday. I have set it to the new queue. Rita, please try one delivery note.",
    ),
    (
        "Rita Gomez <rita@acme.example>",
        "Mon, 24 Aug 2026 09:24:00 +0800",
        "One came out, thank you! The second one has an empty barcode, though, and the carrier does not take parcels without it.",
    ),
    (
        "Omar Haddad <omar@acme.example>",
        "Mon, 24 Aug 2026 09:50:00 +0800",
        "The barcode font is missing on the new queue. I have asked the SAP basis team to install it, they need a transport for that. Waiting for Lena to approve it.\n\nI will write again by 11:00.",
    ),
    ("Lena Vogt <lena@acme.example>", "Mon, 24 Aug 2026 10:05:00 +0800", "Approved."),
    (
        "Omar Haddad <omar@acme.example>",
        "Mon, 24 Aug 2026 10:50:00 +0800",
        "Transport is in. Barcodes are printed again, but only on ACC-2. ACC-3 follows at 11:30.",
    ),
]
MAILS_ZH = [
    (
        "王敏 <wangmin@acme.example>",
        "Mon, 24 Aug 2026 08:12:00 +0800",
        "服务台你好：\n\n从今天早上起，财务部14个人都打不出SAP的送货单，任务显示已发送，但打印机ACC-2没有出纸。我们13:00发货，60个包裹等着用单子。\n\n麻烦尽快看一下。",
    ),
    (
        "服务台 <help@acme.example>",
        "Mon, 24 Aug 2026 08:25:00 +0800",
        "王敏您好：\n\n已登记工单INC-3391。请问Word能正常打印吗？",
    ),
    (
        "王敏 <wangmin@acme.example>",
        "Mon, 24 Aug 2026 08:40:00 +0800",
        "Word可以打印，同一台打印机。",
    ),
    (
        "周航 <zhouhang@acme.example>",
        "Mon, 24 Aug 2026 09:15:00 +0800",
        "各位好：\n\n查了打印服务器，周六变更后SAP输出设备还指向旧队列，已改到新队列。王敏请试打一张送货单。",
    ),
    (
        "王敏 <wangmin@acme.example>",
        "Mon, 24 Aug 2026 09:24:00 +0800",
        "打出来一张，谢谢！但第二张条码是空的，承运商不收没有条码的包裹。",
    ),
    (
        "周航 <zhouhang@acme.example>",
        "Mon, 24 Aug 2026 09:50:00 +0800",
        "新队列缺条码字体，已请SAP基础组安装，需要走传输，等李娜审批。\n\n我11:00前再回复大家。",
    ),
    ("李娜 <lina@acme.example>", "Mon, 24 Aug 2026 10:05:00 +0800", "同意。"),
    (
        "周航 <zhouhang@acme.example>",
        "Mon, 24 Aug 2026 10:50:00 +0800",
        "传输已导入，ACC-2条码打印恢复，ACC-3预计11:30完成。",
    ),
]
_GREETING = {"en": "Best regards", "zh": "此致"}
_SUBJECT = {"en": "Delivery notes do not print", "zh": "送货单打不出"}


def thread(language: str) -> str:
    """As one .mbox file."""
    mails = MAILS_ZH if language == "zh" else MAILS_EN
    found, history = "", ""
    for n, (writer, date, words) in enumerate(mails):
        name = writer.partition(" <")[0]
        own = f"{words}\n\n{_GREETING[language]}\n{name}\nAcme\nTel. 021-5555-01{n:02d}\n{history}"
        found += (
            "From x@acme.example Mon Aug 24 08:12:00 2026\n"
            f"From: {writer}\nTo: all@acme.example\nDate: {date}\n"
            f"Subject: {'Re: ' if n else ''}{_SUBJECT[language]}\nMessage-ID: <{n}@acme>\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{own}\n\n"
        )
        quoted = "\n".join(f"> {row}" for row in own.split("\n"))
        wrote = (
            f"在 2026年8月24日 {date[17:22]}，{writer} 写道："
            if language == "zh"
            else f"On {date[:-9]}, {writer} wrote:"
        )
        history = f"\n\n{wrote}\n{quoted}"
    return found
