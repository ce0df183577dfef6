"""What may no model see? Each value of these tables is gone from its line, in both languages."""

from __future__ import annotations

import pytest

from pipeline.domain.facts import Level
from pipeline.drafting.redaction import Kind, redact

from .assignments import assignment, lines
from .restoring import restored

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"
HEX = "9f8e7d6c5b4a39281706"
SECRETS = [
    ("password: hunter2", "hunter2"),
    ("Password = S3cure!pass", "S3cure!pass"),
    ("The admin password is hunter2.", "hunter2"),
    ("the password was hunter2, now changed", "hunter2"),
    ("passwd hunter22", "hunter22"),
    ("pwd: correcthorse", "correcthorse"),
    ('password is "correct horse battery"', "correct horse battery"),
    ('{"password": "letmein99"}', "letmein99"),
    ("DB_PASSWORD=s3cr3tvalue", "s3cr3tvalue"),
    ("mysql --password=Zx9kkkk -h db", "Zx9kkkk"),
    ("Use the PIN 40971 at the gate", "40971"),
    ("passphrase: open-sesame-1", "open-sesame-1"),
    ("curl -u admin:Pa55word https://x.example", "Pa55word"),
    ("your one-time code is 482913", "482913"),
    ("密码是 hunter2。", "hunter2"),
    ("密码：Ab12345", "Ab12345"),
    ("密码:abcdefgh", "abcdefgh"),
    ("口令为 Pass@word1", "Pass@word1"),
    ("临时密码改为 Qwe12345，请尽快修改", "Qwe12345"),
    ("管理员密码是hunter2", "hunter2"),
    ("账号 admin 密码 admin@123", "admin@123"),
    ("密码重置为 Welcome1", "Welcome1"),
    ("ｐａｓｓｗｏｒｄ： hunter2", "hunter2"),
    ("密碼是 hunter2", "hunter2"),
    ("验证码 482913，五分钟内有效", "482913"),
    ("动态码：123456", "123456"),
    ("API key sk-abcdefghijklmnop1234", "sk-abcdefghijklmnop1234"),
    (f"token: {HEX}", HEX),
    (f"api_key = '{HEX}'", HEX),
    (f"密钥是 {HEX}", HEX),
    (f"令牌：{HEX}", HEX),
    (f"访问码为 {HEX}", HEX),
    (f"client secret: {HEX}", HEX),
    ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
    ("access key id ASIAIOSFODNN7EXAMPLE ok", "ASIAIOSFODNN7EXAMPLE"),
    ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "ghp_abcdefghij"),
    ("github_pat_11ABCDEFG0abcdefghijkl used", "github_pat_11ABCDEFG0"),
    ("glpat-abcdefghij1234567890", "glpat-abcdefghij"),
    ("xoxb-123456789012-abcdef", "xoxb-123456789012"),
    ("AIzaSyA1234567890abcdefghijklmnopqrstuv", "AIzaSyA1234567890"),
    ("LTAI5tAbCdEfGhIjKlMn", "LTAI5tAbCdEf"),
    ("sk_live_abcdefghij1234", "sk_live_abcdefghij"),
    (f"the header was {JWT}", "eyJhbGci"),
    (f"Authorization: Bearer {HEX}", HEX),
    ("Authorization: Basic YWRtaW46aHVudGVyMg==", "YWRtaW46aHVudGVyMg"),
    ("postgres://crm:p4ssw0rd@db1/crm", "p4ssw0rd"),
    ("redis://:p4ssw0rd@cache:6379/0", "p4ssw0rd"),
    ("连接串 mysql://root:Passw0rd@10.0.0.8/app", "Passw0rd"),
    ("Server=db1;User=crm;Password=Tr0ub4dor;", "Tr0ub4dor"),
    (f"AccountKey={HEX}==", HEX),
    ("https://files.example.org/a?sig=abc123def456", "abc123def456"),
    ("https://x.example.org/cb#access_token=abcdef123456", "abcdef123456"),
    ("https://oapi.dingtalk.com/robot/send?access_token=abcdef123456", "abcdef123456"),
    ("https://hooks.slack.com/services/T000/B000/abcdefghijklmnop", "abcdefghijklmnop"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----", "MIIEpA"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA", "b3BlbnNzaC"),
    ("pass: abc123", "abc123"),
    ("pw=Summer2026!", "Summer2026!"),
    ("The password has been changed to Winter2026", "Winter2026"),
    ("password reset to Winter2026", "Winter2026"),
    ("密码（旧）：abc123", "abc123"),
    ("初始密码统一为Abc@123", "Abc@123"),
    ("密码已改成Welcome123!", "Welcome123!"),
    (f"token {HEX}", HEX),
    ('client_secret: "abcdefghijklmnop"', "abcdefghijklmnop"),
    ("secret=abcdefghij", "abcdefghij"),
    ("Set-Cookie: JSESSIONID=ABCDEF1234567890; Path=/", "ABCDEF1234567890"),
    ("hun\u200bter: pass\u200bword: hunter2", "hunter2"),
    ("pass\u202eword: hunter2", "hunter2"),
]
OTHERS = [
    (Kind.EMAIL, "mail wang.xiaolin@example.org now", "wang.xiaolin@example.org"),
    (Kind.EMAIL, "联系a.b+c@mail.example.co.uk处理", "a.b+c@mail.example.co.uk"),
    (Kind.EMAIL, "<ops_1@example.org>", "ops_1@example.org"),
    (Kind.EMAIL, "张三@例子.中国", "张三@例子.中国"),
    (Kind.EMAIL, "x＠example.org", "x＠example.org"),
    (Kind.EMAIL, "li.na@ex\u200dample.org", "li.na@example.org"),
    (Kind.EMAIL, "mailto:o'neil@example.org?subject=x", "o'neil@example.org"),
    (Kind.EMAIL, "邮箱：LI.NA@EXAMPLE.ORG。", "LI.NA@EXAMPLE.ORG"),
    (Kind.PHONE, "call 13800138000", "13800138000"),
    (Kind.PHONE, "手机13800138000，谢谢", "13800138000"),
    (Kind.PHONE, "138 0013 8000", "138 0013 8000"),
    (Kind.PHONE, "138-0013-8000", "138-0013-8000"),
    (Kind.PHONE, "call me: 138-001-38000", "138-001-38000"),
    (Kind.PHONE, "+86 138 0013 8000", "+86 138 0013 8000"),
    (Kind.PHONE, "+8613800138000", "+8613800138000"),
    (Kind.PHONE, "１３８００１３８０００", "１３８００１３８０００"),
    (Kind.PHONE, "座机 010-62345678", "010-62345678"),
    (Kind.PHONE, "0571-8765 4321", "0571-8765 4321"),
    (Kind.PHONE, "（021）62345678", "（021）62345678"),
    (Kind.PHONE, "400-810-8888", "400-810-8888"),
    (Kind.PHONE, "电话：62345678", "62345678"),
    (Kind.PHONE, "tel: 020 7946 0018", "020 7946 0018"),
    (Kind.PHONE, "+44 20 7946 0018", "+44 20 7946 0018"),
    (Kind.PHONE, "+1 (415) 555-2671", "+1 (415) 555-2671"),
    (Kind.PHONE, "(415) 555-2671", "(415) 555-2671"),
    (Kind.PHONE, "phone 415-555-2671", "415-555-2671"),
    (Kind.PHONE, "+49 30 901820", "+49 30 901820"),
    (Kind.PHONE, "+65 6123 4567", "+65 6123 4567"),
    (Kind.PHONE, "0049 30 901820", "0049 30 901820"),
    (Kind.PHONE, "reach me on 13912345678.", "13912345678"),
    (Kind.PHONE, "微信 13912345678", "13912345678"),
    (Kind.IDENTITY, "身份证 11010519491231002X", "11010519491231002X"),
    (Kind.IDENTITY, "身份证号：11010519491231002x", "11010519491231002x"),
    (Kind.IDENTITY, "ID 110105 19491231 002X", "110105 19491231 002X"),
    (Kind.IDENTITY, "card 4111111111111111", "4111111111111111"),
    (Kind.IDENTITY, "4111 1111 1111 1111", "4111 1111 1111 1111"),
    (Kind.IDENTITY, "卡号5500-0000-0000-0004", "5500-0000-0000-0004"),
    (Kind.IDENTITY, "amex 3782 822463 10005", "3782 822463 10005"),
    (Kind.IDENTITY, "银行卡 6222021234567890128", "6222021234567890128"),
    (Kind.IDENTITY, "IBAN GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32"),
    (Kind.IDENTITY, "DE89370400440532013000", "DE89370400440532013000"),
    (Kind.IDENTITY, "passport no. E12345678", "E12345678"),
    (Kind.IDENTITY, "护照号码：G28233515", "G28233515"),
    (Kind.IDENTITY, "护照 EA1234567 过期", "EA1234567"),
    (Kind.IDENTITY, "SSN 536-90-4399", "536-90-4399"),
    (Kind.PERSON, "王晓琳说又闪退了", "王晓琳"),
    (Kind.PERSON, "請找王曉琳", "王曉琳"),
    (Kind.PERSON, "晓琳已经重启", "晓琳"),
    (Kind.PERSON, "请王工看一下", "王工"),
    (Kind.PERSON, "李经理同意了", "李经理"),
    (Kind.PERSON, "老王去机房", "老王"),
    (Kind.PERSON, "小李在处理", "小李"),
    (Kind.PERSON, "@李娜 请看", "@李娜"),
    (Kind.PERSON, "由李娜处理", "李娜"),
    (Kind.PERSON, "@高峰 看一下", "@高峰"),
    (Kind.PERSON, "高峰经理批准", "高峰经理"),
    (Kind.PERSON, "高工在路上", "高工"),
    (Kind.PERSON, "高峰说可以", "高峰说"),
    (Kind.PERSON, "请高峰看一下", "请高峰"),
    (Kind.PERSON, "Will said it works", "Will said"),
    (Kind.PERSON, "Wang Xiaolin reported it", "Wang Xiaolin"),
    (Kind.PERSON, "Xiaolin Wang reported it", "Xiaolin Wang"),
    (Kind.PERSON, "WANG XIAOLIN reported it", "WANG XIAOLIN"),
    (Kind.PERSON, "Wang, Xiaolin", "Wang, Xiaolin"),
    (Kind.PERSON, "user wang.xiaolin signed in", "wang.xiaolin"),
    (Kind.PERSON, "xiaolin_wang signed in", "xiaolin_wang"),
    (Kind.PERSON, "wangxiaolin signed in", "wangxiaolin"),
    (Kind.PERSON, "Xiaolin will restart it", "Xiaolin"),
    (Kind.PERSON, "Xiaolin's mailbox", "Xiaolin"),
    (Kind.PERSON, "ask Mr. Wang", "Mr. Wang"),
    (Kind.PERSON, "Ms Li agreed", "Ms Li"),
    (Kind.PERSON, "Will Harrington reopened it", "Will Harrington"),
    (Kind.PERSON, "Hi Will, it works", "Hi Will"),
    (Kind.PERSON, "@will please look", "@will"),
    (Kind.PERSON, "Harrington called back", "Harrington"),
    (Kind.PERSON, "让Wang Xiaolin重启", "Wang Xiaolin"),
]
INSIDE = [
    *("10.2.3.4", "192.168.1.20:8443", "10.0.0.0/24", "fe80::1ff:fe23:4567:890a"),
    *(
        "00:1a:2b:3c:4d:5e",
        "00-1A-2B-3C-4D-5E",
        r"\\files01\share\hr",
        "mbx07.corp.local",
        "db1.prod.internal",
    ),
    *("https://wiki.corp.local/x/12", "http://mbx07/owa", "https://10.2.3.4/admin"),
    *("https://portal.example.org:8443/x", "2001:db8::8a2e:370:7334"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_is_removed_and_kept_nowhere(text: str, secret: str) -> None:
    """A fixed word stands for it, and no mapping could bring it back."""
    redacted, mapping = redact(assignment(*lines(text)))
    assert secret not in redacted.lines[0].text
    assert "[已删除凭据]" in redacted.lines[0].text
    assert not any(secret in hidden.original for hidden in mapping.values())


@pytest.mark.parametrize(("kind", "text", "value"), OTHERS)
def test_a_value_is_hidden_and_comes_back(kind: Kind, text: str, value: str) -> None:
    """The very characters, behind a placeholder of its kind."""
    redacted, mapping = redact(assignment(*lines(text)))
    shown = redacted.lines[0].text
    assert value not in shown
    assert kind in {hidden.kind for key, hidden in mapping.items() if key in shown}
    assert value in restored(shown, mapping)


@pytest.mark.parametrize("address", INSIDE)
@pytest.mark.parametrize("frame", ["it is {} again", "{}", "登录{}失败"])
def test_an_inner_address_is_for_staff(address: str, frame: str) -> None:
    """Technicians' summaries are about hosts; what others read needs none."""
    text = frame.format(address)
    outside, mapping = redact(assignment(*lines(text), clearance=Level.AFFECTED))
    assert address not in outside.lines[0].text
    assert restored(outside.lines[0].text, mapping) == text
    assert redact(assignment(*lines(text)))[0].lines[0].text == text


def test_both_tables_are_long_enough_to_mean_something() -> None:
    """In both languages."""
    values = [text for text, _ in SECRETS] + [text for _, text, _ in OTHERS] + INSIDE
    chinese = [text for text in values if not text.isascii()]
    assert len(values) >= 120
    assert 40 <= len(chinese) <= len(values) - 40
