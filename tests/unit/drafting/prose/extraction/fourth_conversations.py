"""A fourth set, of what was read wrong: announced times, all-clears that were denied, and talk that hides the matter."""

from __future__ import annotations

BRIDGE_EN = """[09:02] Ana Ruiz: POS down in all shops, nobody can take cards
[09:04] Tom Beck: seeing 502 from the payment gateway since 08:57
[09:06] Tom Beck: restarted the gateway, no change
[09:10] Ana Ruiz: cards work again in shop 4
[09:14] Ana Ruiz: no, failing again, and now in shop 4 and 7
[09:20] Tom Beck: provider confirms an outage on their side, ticket PX-4471
[09:22] Tom Beck: shops can use the offline mode meanwhile
[09:25] Ana Ruiz: ok told them
[09:31] Tom Beck: ETA from provider 11:30
[09:32] Tom Beck: next update 12:00
"""
BRIDGE_ZH = """[09:02] 门店运营-赵蕾: 所有门店刷卡都失败，只能收现金
[09:05] 支付组-林涛: 看到了，网关从8:57开始报502
[09:08] 支付组-林涛: 网关重启过了，没用
[09:12] 门店运营-赵蕾: 4号店恢复了
[09:16] 门店运营-赵蕾: 又不行了，4号店和7号店都刷不了
[09:22] 支付组-林涛: 通道方确认他们那边故障，工单PX-4471
[09:25] 支付组-林涛: 门店可以先用离线模式收款
[09:33] 支付组-林涛: 通道方预计11:30修复
[09:34] 支付组-林涛: 下次更新 12:00
"""
CALL_EN = """Call notes, 24 Aug 2026
10:05 Maria (HR) calls: payslip portal shows a blank page for everybody in HR, since this morning
10:07 asked her to try another browser: same
10:15 portal team: certificate expired at midnight
10:20 portal team is renewing it, expected 10:45
10:48 Maria: portal opens again
10:55 Maria: still blank for two colleagues, they can open it after clearing the cache
11:05 portal team: all ok now, closing
"""
MAIL_EN = """From: Rita Gomez <rita.gomez@example.com>
To: IT Support <support@example.com>
Date: Mon, 24 Aug 2026 08:12:00 +0800
Subject: Shared drive G: read-only

Hello,

since Friday our team (12 people in Accounting) can open files on drive G: but not save them. We get "You don't have permission to save in this location". Month end closing is on Wednesday, so this is really pressing.

Could you please give us the write permission back?

Best regards
Rita

From: Support - Olaf Brandt <support@example.com>
To: Rita Gomez <rita.gomez@example.com>
Date: Mon, 24 Aug 2026 09:40:00 +0800
Subject: RE: Shared drive G: read-only

Hi Rita,

thanks for writing. On Friday the folder was moved to the new file server. It seems the group permissions did not come along. I have asked the storage team to set them again; they need the approval of your head of department for that.

We will get back to you by 14:00 today.

Regards
Olaf

From: Rita Gomez <rita.gomez@example.com>
To: IT Support <support@example.com>
Date: Mon, 24 Aug 2026 10:05:00 +0800
Subject: RE: RE: Shared drive G: read-only

Hi Olaf,

Mr. Lang (head of department) has approved it this morning, see below. Please note that the folder "Closing 2026" must stay read-only for the interns.

Rita
"""
VPN_ZH = """[2026-08-24 08:50] 王敏: VPN连不上，提示认证失败，出差在外面，今天要交标书
[2026-08-24 08:55] 服务台-小陈: 您好，请问是什么时候开始的？
[2026-08-24 08:56] 王敏: 今天早上
[2026-08-24 08:58] 服务台-小陈: 帮您重置了令牌，请重新登录试试
[2026-08-24 09:01] 王敏: 可以了，谢谢
[2026-08-24 09:10] 王敏: 又断了，连上几分钟就掉
[2026-08-24 09:15] 服务台-小陈: 转网络组看一下
[2026-08-24 09:30] 网络组-高远: 查到是出口带宽打满，正在限流
[2026-08-24 09:40] 网络组-高远: 预计10:30前好，10:15给大家更新进展
[2026-08-24 09:42] 王敏: 好的，标书12点截止，麻烦尽快
"""
ETA_EN = """[13:01] Priya: Email to customers is stuck in the outbox since 12:40
[13:03] Sam (IT): looking
[13:12] Sam (IT): mail relay queue is at 14,000, disk full
[13:15] Sam (IT): freeing space. ETA 13:45.
[13:16] Sam (IT): Next update at 13:30
[13:31] Sam (IT): half of the queue went out. ETA moves to 14:15, next update 14:00
[13:33] Priya: thanks
"""
ETA_ZH = """13:01 李萍：发给客户的邮件从12:40起一直卡在发件箱
13:03 IT-周航：在看
13:12 IT-周航：中继队列1.4万封，磁盘满了
13:15 IT-周航：正在清理空间，预计13:45恢复
13:16 IT-周航：13:30再更新
13:31 IT-周航：已发出一半，恢复时间推迟到14:15，下次通报14:00
13:33 李萍：好的
"""
ALLCLEAR_EN = """[07:30] Kim: Warehouse scanners offline in hall B
[07:41] Jo (network): access point in hall B rebooted
[07:44] Kim: all good again, scanners are back
[08:10] Kim: scanners drop again every few minutes
[08:12] Jo (network): looking again
[08:30] Jo (network): Switch port shows errors, replacing the cable at 09:30
[08:31] Kim: we write on paper until then
"""
ALLCLEAR_ZH = """[07:30] 仓库-老金: B仓扫码枪全部离线
[07:41] 网络-小乔: B仓AP重启了
[07:44] 仓库-老金: 都恢复了，正常扫
[08:10] 仓库-老金: 过几分钟就掉一次，又不能用了
[08:12] 网络-小乔: 再看下
[08:30] 网络-小乔: 交换机端口有错包，9:30换网线
[08:31] 仓库-老金: 先手工记
"""
ONHOLD_EN = """Requester (Lena Vogt) [2026-08-24 09:00]: I need access to the Q3 forecast workbook by tomorrow noon, please
Agent (Ravi Nair) [2026-08-24 09:20]: Access to Finance data needs the approval of Ms. Stein. I have asked her.
Requester (Lena Vogt) [2026-08-24 10:00]: She is on leave until Thursday!
Agent (Ravi Nair) [2026-08-24 10:12]: Then her deputy Mr. Oduya can approve; waiting for his reply.
Agent (Ravi Nair) [2026-08-24 10:13]: I'll let you know by 16:00 either way.
"""

_TALK = {
    "en": (
        *("lol", "anyone for lunch?", "thanks", "the coffee machine on 3 is great today"),
        *("I'm in a meeting until later", "haha yes", "can you send me the slides?", "sure, sent"),
        *("who has the projector?", "the new intern starts on Monday", "where is the party?"),
        *("my train was late again", "the lift is slow today", "parking is full again"),
        *("I'll be back in five", "can somebody open a window?", "done", "I need a new chair"),
        *("what is the wifi of the guests called?", "they said next week", "see you tomorrow"),
    ),
    "zh": (
        *("哈哈", "中午吃啥", "好的", "谢谢", "三楼咖啡机今天不错", "我在开会", "PPT发我一下"),
        *("发了", "投影仪在谁那", "新来的实习生周一到", "在哪庆祝", "地铁又晚点", "电梯今天好慢"),
        *("停车场又满了", "食堂开了吗", "我五分钟后回来", "谁开下窗", "开了", "我要换把椅子"),
        *("访客网叫什么", "他们说下周", "明天见"),
    ),
}
_MATTER = {
    "en": (
        (150, "ERP cannot post invoices since 09:10, error 4711"),
        (400, "checked the ERP log: posting job hangs on a lock"),
        (600, "restarted the posting service, invoices still hang"),
        (900, "month end close is today 18:00, we need this by then"),
        (1200, "opened a case with the vendor, waiting for their answer, case 88231"),
        (1500, "vendor answered: patch 12.3 fixes it, installing at 15:00"),
        (1600, "next update 15:30"),
    ),
    "zh": (
        (150, "ERP从9:10起不能过账，报错4711"),
        (400, "查了ERP日志，过账任务卡在锁上"),
        (600, "重启了过账服务，发票还是卡住"),
        (900, "今天18:00要月结，之前必须好"),
        (1200, "给厂商提了单，等他们答复，单号88231"),
        (1500, "厂商回复了：补丁12.3能修，15:00安装"),
        (1600, "下次更新15:30"),
    ),
}
_SPEAKERS = {"en": ("Ann", "Bob", "Cid", "Eva"), "zh": ("安平", "波特", "辞月", "依娃")}


def talk(language: str, lines: int = 2_000) -> str:
    """A day's channel in which seven lines matter; whoever asks and whoever works on it talk as others do."""
    rows, matter = [], dict(_MATTER[language])
    small, people = _TALK[language], _SPEAKERS[language]
    for n in range(lines):
        minute = 8 * 60 + n * 330 // lines
        who = people[3 if n in (150, 900) else 1] if n in matter else people[n * 7 % 4]
        said = matter.get(n, small[n * 13 % len(small)])
        rows.append(f"[2026-08-24 {minute // 60:02d}:{minute % 60:02d}] {who}: {said}")
    return "\n".join(rows) + "\n"
