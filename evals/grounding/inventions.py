"""What is put into a true sentence to make it wrong? Names, causes, deeds and promises that nobody recorded.

Pairs are Chinese first, then English.
"""

from __future__ import annotations

UNITS = (
    ("分钟", "小时"),
    ("小时", "天"),
    ("秒", "分钟"),
    ("毫秒", "秒"),
    ("minutes?", "hours"),
    ("min", "h"),
    ("hours?", "days"),
    ("seconds?", "minutes"),
    ("GB", "TB"),
    ("ms", "s"),
    ("%", "GB"),
    ("人", "台"),
    ("users", "servers"),
    ("tickets", "sites"),
)
NAMES = {
    "team": (("平台运维二组", "数据支持组"), ("Platform Operations", "Data Services")),
    "technician": (("贺启明", "夏知远"), ("T. Okonjo", "M. Varga")),
    "manager": (("贺启明", "夏知远"), ("T. Okonjo", "M. Varga")),
    "supplier": (("宏图科技", "远洋通信"), ("Halden Systems", "Oriel Networks")),
    "region": (("西北区", "海南"), ("South America", "Iceland")),
}
SERVICES = (
    ("薪资系统", "视频会议", "打印服务", "采购系统"),
    ("the payroll system", "video conferencing", "printing", "the procurement system"),
)
OVER = (
    ("{service}已经恢复。", "事件已解决。", "故障已修复，一切恢复正常。", "工单已关闭。"),
    (
        "{service} has been restored.",
        "The incident is resolved.",
        "The fault has been fixed.",
        "The ticket is closed.",
    ),
)
STILL = (
    ("{service}目前仍无法使用。", "故障仍在持续。"),
    ("{service} is still unavailable.", "{service} has not yet been restored."),
)
WIDER = (
    (
        ("部分", "全部"),
        ("个别", "所有"),
        ("大部分", "全部"),
        ("少数", "全部"),
        (r"有 ?\d+ ?(个|名|位|家|台)", r"所有\1"),
    ),
    (
        (
            r"\bsome (of the )?(users|customers|sites|colleagues|shoppers|branches|shops|orders)",
            r"all \2",
        ),
        (r"\bmost of the\b", "all of the"),
        (r"\bmost\b", "all"),
        (r"\b(?:a few|several)\b", "all"),
        (r"\b(?:two|three|four|\d+) of (?:the )?(\d+)", r"all \1"),
    ),
)
TURNED = (
    (
        ("不受影响", "也受影响"),
        ("未受影响", "也受影响"),
        ("没有受影响", "也受影响"),
        ("没有丢失", "已经丢失"),
        ("没有数据丢失", "有数据丢失"),
        ("没有中断", "曾经中断"),
        ("无效|没有效果|没用", "有效"),
        ("尚未确认", "已经确认"),
        ("尚未查明", "已经查明"),
    ),
    (
        (r"\b(was|were|is|are) not affected", r"\1 affected"),
        (r"\bunaffected\b", "affected"),
        (r"\bno data (was|were|has been) lost", r"some data \1 lost"),
        (r"\bnot (?:been )?lost\b", "lost"),
        (r"\bdid not help\b", "helped"),
        (r"\bmade no difference\b", "made the difference"),
        (r"\bhas not been confirmed\b", "has been confirmed"),
        (r"\bis not (?:yet )?known\b", "is known"),
    ),
)
SURER = (
    (
        (r"可能(?:与|和)(.{2,30}?)有关", r"由\1导致"),
        (r"(?:目前|初步)?怀疑(?:是|为|与)?", "已查明是"),
        ("疑似", "确认是"),
        ("可能是", "就是"),
    ),
    (
        (r"\b(?:is|are) suspected\b", "is confirmed as the cause"),
        (r"\bmay (?:be|have been) (?:due to|caused by)", "was caused by"),
        (r"\b(?:we |the technician |the team )?suspects? (?:that )?", "The cause is that "),
        (r"\bprobably\b", "certainly"),
        (r"\bmay be\b", "is"),
    ),
)
CAUSES = (
    ("机柜电源故障", "光缆被施工挖断", "黑客攻击", "操作系统补丁冲突", "许可证过期"),
    (
        "a failed power supply in the rack",
        "a cut fibre cable",
        "a ransomware attack",
        "an expired licence",
        "a memory leak in the operating system",
    ),
)
DEEDS = (
    (
        "工程师已更换了核心交换机。",
        "技术人员正在从备份恢复数据库。",
        "团队已把业务迁移到异地机房。",
        "我们已对全部服务器打补丁。",
    ),
    (
        "Engineers have replaced the core switch.",
        "The team is restoring the database from backup.",
        "We have migrated the workload to another data centre.",
        "Specialists patched all operating systems overnight.",
    ),
)
PROMISES = (
    ("预计 23:55 前全部恢复。", "我们将在下周五前彻底更换设备。", "将向受影响的用户赔偿。"),
    (
        "Everything will be back by 23:55.",
        "The equipment will be replaced by next Friday.",
        "Affected customers will be compensated.",
    ),
)
