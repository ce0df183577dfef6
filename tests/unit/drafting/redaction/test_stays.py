"""What must a model see to write at all? Nothing of this table is touched."""

from __future__ import annotations

import pytest

from pipeline.domain.facts import Level
from pipeline.drafting.redaction import Kind, Rules, redact

from .assignments import assignment, lines

STAYS = [
    "INC-9601 was opened at 10:02.",
    "工单 INC-9601 于 10:02 提交",
    "see ticket 20240824000123 and #48213",
    "请求编号 202408241002334455",
    "order 4111-2222-3333-4445",
    "from 10:02 to 10:47 on 2026-08-24",
    "2026-08-24T10:02:33+08:00 started",
    "2026-08-24 10:02:33.123 ERROR",
    "8 月 24 日（周一）10:25",
    "24/08/2026 and 08/24/2026",
    "20260824 100233",
    "error 0x80040115",
    "错误码 0x8007232B",
    "HTTP 503, then 504",
    "ORA-12514 and SQLSTATE 08006",
    "event id 4625, exit code -1073741819",
    "KB5031356 was installed",
    "已安装补丁 KB5031356",
    "Windows 10.0.19045.3803",
    "version 16.0.14332.20542",
    "v10.2.3.4 is the firmware",
    "固件版本 10.2.3.4",
    "Java 17.0.9+9-LTS",
    "build 20348.2113",
    "CVE-2026-12345",
    "6,214 accounts, 41.8 % of sign-ins",
    "全部 6,214 个 CRM 账号",
    "1,234,567,890 rows",
    "1724464920 seconds",
    "1724464920123",
    "13812345678 bytes were free",
    "共 13812345678 条记录",
    "port 8443 and 443",
    "disk at 95 %, 1.5 GB left, 200 ms",
    "crm-app-03 and mbx07-prod",
    "the host mbx07 is slow",
    "std::string and a::b",
    "C:\\Windows\\System32\\drivers\\etc",
    "/var/log/messages",
    "https://status.example.org/incidents/42",
    "see www.example.org for more",
    "MAC is no address here",
    "commit 4f2a91c8d3b7",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "uuid 550e8400-e29b-41d4-a716-446655440000",
    "Your password is not affected.",
    "Please reset your password by 18:00.",
    "密码没有泄露。",
    "请在今天 18:00 前修改密码。",
    "密码 2026-08-24 到期",
    "The token service was restarted at 10:20.",
    "令牌服务已重启",
    "reset password INC-9602 done",
    "password error 0x8007052e",
    "密码错误，错误码 1326",
    "密码输错5次被锁",
    "密码 3 天后到期",
    "Password expires in 14 days",
    "token 过期时间 3600",
    "业务高峰时段请求多",
    "会议号 138 0013 8000",
    "A PIN is needed to sign in.",
    "the secret is out: it was DNS",
    "Bearer authentication is used here",
    "passport office printer",
    "It will work in May, will it?",
    "Will it work? Will you call?",
    "业务高峰期登录变慢",
    "早高峰和晚高峰",
    "提高工作效率",
    "双方总结了原因",
    "这个方法行不通，方便时再试",
    "两个小时后恢复",
    "国王明天来",
    "李子成熟了",
    "the Li-ion battery",
    "110105194912310021234567890 is no id",
    "id 99110105194912310020 in the log",
    "tracking 94111111111111111199",
    "客服 and Service Desk both answered",
    "邮件客户端 Mail client 10:02",
    "{{ value }} and {name} and {}",
    "P1, P2 and F12",
    "扩容到 16 核 64 GB，3 台",
]


@pytest.mark.parametrize("text", STAYS)
def test_what_tells_of_the_failure_stays(text: str) -> None:
    """To the character, for staff and for others."""
    assert len(STAYS) >= 60
    for clearance in (Level.INTERNAL, Level.AFFECTED):
        redacted, _ = redact(assignment(*lines(text), clearance=clearance))
        assert redacted.lines[0].text == text


def test_inner_addresses_may_be_hidden_from_the_models_of_staff_too() -> None:
    """For those who mind them at a provider."""
    rules = Rules(kinds=frozenset({Kind.STAFF_ADDRESS}))
    redacted, _ = redact(assignment(*lines("10.2.3.4 by Xiaolin Wang")), rules)
    assert redacted.lines[0].text == "{P1} by Xiaolin Wang"
