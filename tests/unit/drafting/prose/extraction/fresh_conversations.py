"""Written after the words were chosen, to see how well these hold for talk that nobody had in mind."""

from __future__ import annotations

SCANNER_EN = """[2026-08-24 07:12] Warehouse lead Piet: Handhelds lose their session every few minutes this morning, pickers have to log in over and over
[2026-08-24 07:15] Piet: roughly 40 devices, dock 1 to 6
[2026-08-24 07:31] Sofia NetOps: hello Piet, which SSID do they use?
[2026-08-24 07:33] Piet: WH-SCAN
[2026-08-24 07:48] Sofia NetOps: I'm seeing roaming events every 90 seconds on the controller
[2026-08-24 07:52] Sofia NetOps: the DHCP lease was lowered to two minutes in last night's change
[2026-08-24 07:55] Sofia NetOps: set it back to 8 hours
[2026-08-24 08:10] Piet: since ten minutes no logouts any more, fingers crossed
[2026-08-24 08:12] Sofia NetOps: I'd like to keep this open until the late shift has run. I'll check in with you at 16:00
"""
LICENSE_ZH = """李想 10:20
Adobe 授权弹窗说到期了，PS 打开就退出，下午要交稿
服务台小林 10:24
收到～ 我这边看到许可池 50 个都占满了
服务台小林 10:25
先帮你腾一个出来，你退出重新登录下
李想 10:31
登录后提示还是过期
服务台小林 10:38
奇怪，后台已经分给你了。你截个图发我？
李想 10:40
[图片]
服务台小林 10:47
你登的是个人账号，换成公司邮箱那个
李想 10:52
可以啦！感谢
服务台小林 10:53
另外许可不够的事我报采购了，等他们走流程，估计周三有结果
"""
BACKUP_EN = """Fri 21 Aug 2026 18:02 - Hugo: Veeam job SQL-PROD has a warning again, retention exceeded
Fri 21 Aug 2026 18:20 - Hugo: expanded repo by 2 TB, reran the job
Fri 21 Aug 2026 19:44 - Hugo: job succeeded
Mon 24 Aug 2026 08:01 - Hugo: failed again over the weekend, this time "access denied" on the repo share
Mon 24 Aug 2026 08:30 - Mina: I changed the service account's password on Saturday, you may need to update it
Mon 24 Aug 2026 08:41 - Hugo: ah, that explains it. Updated credentials, job is running
Mon 24 Aug 2026 08:42 - Hugo: Mina, could you tell me next time before rotating?
Mon 24 Aug 2026 10:15 - Hugo: 60% through, no errors so far
"""
PHONE_ZH = """客服主管-何倩：热线从9点15分起呼入全部静音，坐席听不到客户
语音组-程亮：影响多少坐席？
客服主管-何倩：两个职场都有，大概120个坐席
语音组-程亮：看了媒体网关，RTP 端口被安全策略拦了
语音组-程亮：昨晚安全组加过一条规则，已找他们回退
安全组-魏来：规则撤了，你们看看
客服主管-何倩：声音有了，但是录音系统里没有今天上午的录音
语音组-程亮：录音我去查，可能补不回来了，下班前给结论
"""
ONBOARD_EN = """Subject: Access for contractor
From: Jonas Weber <jonas.weber@example.org>
Date: Mon, 24 Aug 2026 09:01:00 +0800

Hi all,

Our contractor Lena Fuchs cannot open the project site. She gets "You do not have permission". Her contract runs until 30 October.

Please give her edit rights on Project Atlas, she has to upload the drawings by Wednesday noon.

Thanks,
Jonas
"""
MONITOR_ZH = """11:02 值班小刘：订单库主从延迟 800 秒，还在涨
11:04 DBA老高：我上去看看
11:09 DBA老高：有个大事务在跑，是数据组的归档脚本
11:10 值班小刘：能杀吗？
11:12 DBA老高：问了数据组，可以杀
11:13 DBA老高：杀掉了，延迟开始往下走
11:20 值班小刘：延迟归零
11:21 值班小刘：报表那边说 10:30 到 11:10 的数据有缺口
11:25 DBA老高：让数据组补跑，他们说 14:00 以前补完
"""
BADGE_EN = """Reception: Visitors can't get badges, the badge printer says "ribbon error"
Reception: we have 30 guests arriving at 13:00!!!
Facilities IT - Gus: there should be a spare ribbon in the cabinet behind you, can you look?
Reception: found it, but I don't know how to change it
Facilities IT - Gus: on my way
Facilities IT - Gus: ribbon replaced, test badge printed fine
Reception: super, thank you!
Facilities IT - Gus: that was the last ribbon, I'm ordering more today
"""
VENDOR_MAIL_EN = """[08:00] Agnes (requester): Since the update the shipping labels come out without barcode. Carrier refuses the parcels.
[08:20] Milan (IT): Rolled the label template back to version 14, does it look right now?
[08:29] Agnes (requester): barcode is there but the address overlaps with it
[08:45] Milan (IT): Vendor wants the template file and a sample label, I've emailed both
[09:30] Milan (IT): Vendor answered: known defect, fixed in 7.4.2
[09:31] Milan (IT): We'd install 7.4.2 tonight after 20:00. Is that ok for you?
[09:50] Agnes (requester): yes please, night shift starts at 22:00
[09:55] Milan (IT): Planned for 20:00. In the meantime print from the web client, that one is not affected.
"""
