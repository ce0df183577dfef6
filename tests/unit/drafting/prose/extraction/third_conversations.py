"""A third set, by another hand's habits: long turns, names in the vocative, orders, abbreviations."""

from __future__ import annotations

SAP_EN = """[2026-08-24 06:58] Karin Holm: Good morning! I get "Update terminated" in VA01 when saving an order. Colleagues too.
[2026-08-24 07:04] Basis - Deepak: morning Karin, SM13 shows 214 terminated updates since 06:40.
[2026-08-24 07:09] Basis - Deepak: The tablespace PSAPSR3 has no free extents left.
[2026-08-24 07:15] Basis - Deepak: Added two datafiles of 30 GB each.
[2026-08-24 07:18] Karin Holm: Saving works. What happens to the orders from before?
[2026-08-24 07:25] Basis - Deepak: I'm re-processing the terminated updates. 180 of 214 went through; the other 34 need to be entered again, I'll send you the list.
[2026-08-24 07:41] Basis - Deepak: List is in your inbox.
[2026-08-24 07:50] Karin Holm: Thanks, 3 of them are already shipped, how do I treat these?
"""
MEETING_ZH = """[13:55] 总经办-宋瑶: 14点的董事会视频会议，会议室这边听不到对方声音，急！
[13:56] 音视频-阿峰: 马上到
[13:58] 音视频-阿峰: 现场看功放没通电，插座被人拔了，已插上
[13:59] 总经办-宋瑶: 有声音了，但是有回音
[14:01] 音视频-阿峰: 关掉了一个多余的麦克风，再听听
[14:02] 总经办-宋瑶: 好多了，开始开会了，谢谢
[14:03] 音视频-阿峰: 我在隔壁守到会议结束，功放插座明天贴标识
"""
LAB_EN = """Dr. Okafor 09:10
The LIMS won't accept results from analyser 3. Results are urgent for the ICU!
LIMS support Beth 09:14
Thanks Dr. Okafor. When did the last result come through?
Dr. Okafor 09:16
8:47
LIMS support Beth 09:25
Interface shows "ACK timeout". Restarting the listener.
LIMS support Beth 09:28
Listener is up, the queue (61 messages) is draining
Dr. Okafor 09:34
I can see results until 9:05 now
LIMS support Beth 09:41
Queue is empty. Could you confirm that today's ICU samples are complete?
Dr. Okafor 09:55
one sample missing: 26-081123
LIMS support Beth 10:02
That message was rejected because the patient ID has a blank at the end. Corrected and resent it.
Dr. Okafor 10:06
Got it. Complete now.
"""
STORE_ZH = """店长-吴芳 2026/8/24 8:20
电子价签一半没更新，还是昨天的促销价，顾客投诉了
总部IT-江河 2026/8/24 8:26
哪几个区的？
店长-吴芳 2026/8/24 8:27
生鲜和酒水
总部IT-江河 2026/8/24 8:40
这两个区的基站掉线了，远程重启失败
总部IT-江河 2026/8/24 8:41
需要你到配线间把 AP-2 的电源拔了等30秒再插
店长-吴芳 2026/8/24 8:52
插好了，灯亮了
总部IT-江河 2026/8/24 8:58
基站上线，正在推送，大概20分钟全部更新完
店长-吴芳 2026/8/24 9:25
酒水好了，生鲜还有十几个没变
总部IT-江河 2026/8/24 9:33
那十几个电池没电，我寄电池过去，明天到
"""
ESCALATION_EN = """[Mon 08:02] Oscar Lindqvist: third time this month that the approval mails are not going out. What is being done about the root cause??
[Mon 08:15] IT Service Desk: Hi Oscar, we understand. The mail connector stopped at 23:40 yesterday.
[Mon 08:16] IT Service Desk: It is running again and the backlog of 212 mails is being delivered.
[Mon 08:40] Oscar Lindqvist: That is what you said last time.
[Mon 09:05] IT Service Desk: A problem record (PRB-881) is open with the platform team. They suspect a memory leak, not confirmed.
[Mon 09:07] Oscar Lindqvist: I want a date.
[Mon 09:20] IT Service Desk: The platform team will deliver its analysis by Wednesday 17:00. I will call you then.
"""
