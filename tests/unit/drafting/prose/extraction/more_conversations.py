"""More of them: longer threads, other trades, odd habits."""

from __future__ import annotations

TEAMS_LONG_EN = """[8/24/2026 8:41 AM] Rachel Green
Morning! None of us in HR can open the time clock app, it just spins.
[8/24/2026 8:43 AM] Rachel Green
We are about 12 people, and shifts start at 9.
[8/24/2026 8:50 AM] Joe Park (IT)
Morning Rachel, thanks for the info. Is the phone app affected as well or only the browser?
[8/24/2026 8:52 AM] Rachel Green
Both I think. Phone app says "server error 1007".
[8/24/2026 9:03 AM] Joe Park (IT)
I can reproduce it. The application pool on HRWEB02 stopped at 07:58.
[8/24/2026 9:05 AM] Joe Park (IT)
Restarted the pool.
[8/24/2026 9:08 AM] Rachel Green
It opened for me once, and now it is spinning again
[8/24/2026 9:15 AM] Joe Park (IT)
It stops again after a minute. I've opened a case with the vendor (case 00482913).
[8/24/2026 9:16 AM] Joe Park (IT)
Until then please write down the start times on paper.
[8/24/2026 9:17 AM] Rachel Green
OK. When do you expect to hear back from them?
[8/24/2026 9:22 AM] Joe Park (IT)
Their response time is 2 hours, I will update you at 11:30 at the latest.
"""
WECOM_ZH = """门店运维群
王店长 8/24 10:02:11
收银系统全部卡住了，扫码付不了款，排队的人很多！！
王店长 8/24 10:02:40
[图片]
IT热线-小郑 8/24 10:03:05
收到，哪个门店？
王店长 8/24 10:03:20
南京东路店，3 台收银机都这样
IT热线-小郑 8/24 10:05:47
您先用现金和手工单，我们在看
IT热线-小郑 8/24 10:11:30
门店专线断了，已切到 4G 备用线路，请重新登录收银
王店长 8/24 10:14:02
登录上了，扫码可以了
王店长 8/24 10:14:30
但是会员积分还是查不到
IT热线-小郑 8/24 10:16:00
积分接口走专线，已报给电信，等电信抢修，预计 12:30 恢复
王店长 8/24 10:16:20
好的，麻烦盯一下
"""
DESK_NOTES_EN = """[2026-08-24 08:05] Requester (Paul Reyes): New starter Mia Holt begins today, she has no account and no laptop yet. We raised this two weeks ago!
[2026-08-24 08:20] Agent (Lin): Sorry about that. I see the request was closed by mistake on 12 August.
[2026-08-24 08:45] Agent (Lin): Account mholt created, mailbox is being provisioned, takes about an hour.
[2026-08-24 09:50] Agent (Lin): Mailbox is ready.
[2026-08-24 09:52] Agent (Lin): Laptop: need approval from cost centre 4410, waiting for Carla.
[2026-08-24 10:30] Requester (Paul Reyes): Carla is on holiday. Can somebody else approve?
[2026-08-24 10:41] Agent (Lin): Dave can approve, I've asked him.
"""
FILE_SHARE_ZH = """[09:40] 研发-杜宇: 研发共享盘昨晚误删了一个文件夹 design_v3，能恢复吗？
[09:44] 存储组-韩冰: 有快照，最近一次是今天凌晨2点，您是几点删的？
[09:45] 研发-杜宇: 昨天晚上十点左右
[09:47] 存储组-韩冰: 那凌晨2点的快照里没有了，我查昨天18点的
[09:58] 存储组-韩冰: 昨天18点的快照里有，已恢复到 design_v3_restored
[10:05] 研发-杜宇: 文件都在，谢谢！另外能不能把删除权限收紧一点？
[10:08] 存储组-韩冰: 这个需要部门负责人邮件申请
"""
SECURITY_EN = """[13:10] Aya: I got a mail asking me to confirm my password on a page that looks like ours, I think I entered it
[13:12] SOC Remy: Do not use that page again. I am resetting your sessions now.
[13:15] SOC Remy: Sessions revoked, password reset link is on its way to your phone
[13:20] SOC Remy: Two sign-ins from an unknown address at 12:58, mailbox rules look unchanged
[13:25] SOC Remy: Did you enter the code from your phone as well?
[13:31] Aya: no, only the password
[13:40] SOC Remy: Good. I will watch the account for 24 hours and report on Tuesday.
"""
NETWORK_ZH = """2026-08-24 10:00 网管-丁一: 7 楼无线从 9:40 开始频繁掉线，影响约 60 人
2026-08-24 10:06 网管-丁一: AP-7F-03 和 AP-7F-04 CPU 100%
2026-08-24 10:10 主管-罗文: 需要多久？领导在 7 楼开会
2026-08-24 10:15 网管-丁一: 怀疑是昨晚固件升级导致
2026-08-24 10:22 网管-丁一: 已回退两台 AP 的固件
2026-08-24 10:31 网管-丁一: 回退后 CPU 降到 20%，观察 15 分钟没有掉线
2026-08-24 10:40 网管-丁一: 确认是 8.10.3 固件的已知问题
2026-08-24 10:41 主管-罗文: 其他楼层要不要也回退？
"""
SOLVED_SELF_EN = """[10:00] Tess: my second monitor stays black after docking
[10:04] IT Ulf: try another cable please
[10:09] Tess: never mind, it was the power switch of the monitor. Works now.
"""
ROLLOUT_EN = """[07:00] Change lead Ann: starting the ERP upgrade CHG-20488
[07:45] Change lead Ann: upgrade done, smoke tests running
[08:05] QA Bo: invoices can't be posted, error F5 263
[08:12] Change lead Ann: decision needed: roll back or fix forward? Roll back takes 40 minutes.
[08:15] Owner Cy: fix forward until 09:00, then roll back
[08:50] QA Bo: fix deployed, invoices post again
[08:55] Owner Cy: good, no rollback
[09:10] QA Bo: printing of delivery notes is still slow, 40 seconds each
"""
"""Several people, a decision that is answered."""
CHATTY_EN = """[11:00] Moe: hey there :)
[11:00] Moe: hope you are well
[11:01] Moe: so the thing is that the scanner in the mail room sends the scans as empty files
[11:02] Fay (IT): hi Moe!
[11:02] Fay (IT): oh no
[11:03] Fay (IT): since when?
[11:03] Moe: since Friday I think
[11:04] Moe: lol it even sent an empty file to the CEO
[11:06] Fay (IT): haha
[11:10] Fay (IT): ok so the scan account's password expired on Friday
[11:14] Fay (IT): changed it on the scanner
[11:15] Fay (IT): can you try now?
[11:18] Moe: yessss
[11:18] Moe: it works :)
[11:19] Fay (IT): great, have a nice day
"""
DISK_ZH = """[08:10] 监控: 磁盘告警 file-srv-01 D: 使用率 96%，阈值 90%
[08:15] 值班-沈一: 清理了临时文件，降到 88%
[08:40] 监控: 磁盘告警 file-srv-01 D: 使用率 97%
[08:44] 值班-沈一: 又涨上来了，怀疑备份没有截断日志
[08:50] 值班-沈一: 请备份组看一下 02:00 的任务
[09:05] 备份组-叶青: 02:00 的任务失败了，磁带库离线
[09:20] 备份组-叶青: 磁带库已恢复，正在补跑，预计 10:30 完成
"""
