"""In which shapes do passwords stand beside a name, on a command line, in settings and in headers?"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MIXED = r"(?=\S{0,60}[a-z])(?=\S{0,60}(?:[!@#$%^&*]|(?-i:[A-Z])\S{0,60}\d|\d\S{0,60}(?-i:[A-Z])))"
"""Letters with a mark, or a digit and a capital: what stands beside a name and is no second name."""
_NAME = r"[a-z][\w.@\\-]{0,60}"
_VALUE = r"[^\s/，。；、,;\"']{3,60}[^\s/，。；、,;.\"')]"
_QUOTED = r"[\"']?"
PAIRS = (
    (
        r"(?<![a-z])(?:log ?in|sign ?in|credentials?|creds|user(?:name)?|account|use|with|wi-?fi|vpn|ssh|rdp|s?ftp|登录|账号|帐号|账户|用户名|密码|用)(?:\s?/?\s?密码)?"
        rf"(?:\s(?:with|as|is|using))?\s?[:：=]?\s?{_NAME}\s?[/:]\s?(?!/|[a-z]{{2,6}}-\d+){_MIXED}(?P<p1>{_VALUE})"
    ),
    rf"(?<![\w/])(?:root|admin|administrator|sa|postgres|oracle|sysadmin)[:/](?!/){_MIXED}(?P<p2>{_VALUE})",
)
COMMANDS = (
    rf"(?<![\w-])(?:mysql\w*|mariadb[\w-]*)(?=\s)[^\n|;]{{0,120}}?\s(?-i:-p){_QUOTED}(?P<c1>[^\s\"'-][^\s\"']{{2,}})",
    (
        r"(?<![\w-])(?:sshpass|(?:docker|podman|helm|az|oc|nerdctl)\s[a-z ]{0,20}login|plink|pscp|psexec)(?=\s)[^\n|;]{0,120}?"
        rf"\s(?-i:-p)\s?{_QUOTED}(?P<c2>[^\s\"'-][^\s\"']{{2,}})"
    ),
    r"(?<!sort )(?<!\S)(?:-u|--user)[ =][\"']?[^\s:]{1,80}:(?P<c3>\S{3,})",
    r"(?<![\w-])(?:smbclient|rpcclient|net)(?=\s)[^\n|;]{0,120}?\s(?-i:-U)\s?[^\s%]{1,80}%(?P<c9>\S{3,})",
    r"(?<![\w-])openssl(?=\s)[^\n|;]{0,120}?\s(?:-k\s|-pass(?:in|out)?\spass:)(?P<c10>\S{3,})",
    rf"/user:\S{{1,80}}\s(?!/){_MIXED}(?P<c4>\S{{4,}})",
    r"(?<![\w-])redis-cli(?=\s)[^\n|;]{0,80}?\s-a\s?(?P<c5>\S{4,})",
    r"(?<![\w-])ldap\w+(?=\s)[^\n|;]{0,160}?\s(?-i:-w)\s?[\"']?(?P<c6>[^\s\"'-][^\s\"']{3,})",
    r"(?<![\w-])(?:requirepass|masterauth)\s+[\"']?(?P<c7>[^\s\"']{4,})",
    r"--(?:password|passwd|pass|token|secret)[ =][\"']?(?P<c8>[^\s\"'-][^\s\"']{2,})",
)
SETTINGS = (
    r"(?<![a-z])[a-z]{1,6}(?:password|passwd|pwd)=[\"']?(?P<t1>[^\s\"';&]{3,})",
    r"(?<![a-z])(?:password|passwd|pwd)\s?=\s?(?P<t2>[^;\n&\"'<>]{1,100})(?=;)",
    (
        r"[\"'](?:[\w.-]{0,40})(?:password|passwd|passphrase|passwort|kennwort|pwd|secret|token|api_?key|密码|口令)[\"']\s*[:=]\s*"
        r"[\"'](?P<t3>[^\"'\n]{1,200})[\"']"
    ),
    r"<[\w:.-]{0,40}(?:password|passwd|pwd|secret)>(?P<t4>[^<\n]{1,200})</",
    r"(?:key|name)=[\"'][\w.-]{0,40}(?:password|passwd|pwd|secret)[\"']\s+value=[\"'](?P<t5>[^\"'\n]{1,200})[\"']",
    r"(?<![\w-])[a-z0-9.-]{0,40}_(?:key|token|secret|pass|pw)\s?=\s?[\"'](?P<t7>[^\"'\n]{4,200})[\"']",
    r"jdbc:oracle:thin:[\w$#-]{1,60}/(?P<t6>[^\s@]{1,60})@",
)
CODES = (
    (
        r"(?:(?:mfa|2fa|sms|security|access|sign-in|login|authenticator) code|授权码|动态密码|动态口令"
        r"|code de v[ée]rification|best[äa]tigungscode)(?: is| was|是|为|为：)?\s*[:：]?\s*(?P<o1>(?<!\d)\d{4,8}(?![\d.:-]))"
    ),
    (
        r"(?<![a-z])code(?![a-z])[^\n.;]{0,30}(?<![a-z])(?:sms|text|phone|app|authenticator)(?![a-z])[^\n.;]{0,15}?"
        r"(?: is| was|:)\s?(?P<o2>\d{4,8}(?![\d.:-]))"
    ),
    r"(?<![a-z])pin(?:[ -]?code|码)?(?: is| was| lautet| ist| est|是|为)?\s*[:：]?\s*(?<![a-z])(?P<o4>\d{4,8}(?![\d.:-]))",
    r"(?:验证码|校验码|动态码|verification code)(?: is|是|为)?\s*[:：]\s*(?P<o5>(?=[a-z0-9]{0,8}\d)[a-z0-9]{4,8}(?![\w.:-]))",
    r"(?<![a-z])(?:community string|wi-?fi key|wlan key|psk|wpa2? key)(?: is| was)?\s*[:=]?\s+(?=[^\s]{0,60}[\d!@#$-])(?P<o6>[^\s,.;]{4,})",
    (
        r"(?:backup|recovery|licen[sc]e|product|activation) (?:code|key)s?(?: is| was)?\s*:?\s*"
        r"(?P<o3>(?=[\w-]{0,80}\d)[a-z0-9]{3,}(?:-[a-z0-9]{3,})+)"
    ),
)
CHINESE = (
    (
        r"(?:密码|口令)(?:就是|设成了|改成了|设为了|改为了|就)\s*[:：]?\s*(?!https?:)(?P<h1>[!-~]{4,}(?<![,.;:)\]}>\"']))"
    ),
    r"(?:密码|口令)\s*(?:是|为|[:：])\s*(?P<h2>[a-z]{2,20}(?: [a-z]{2,20}){1,9})(?=\s*(?:[，。；！,.;!\n]|$))",
    r"(?:密码|口令)\s+(?=[!-~]{0,60}[!@#$%^&*])(?P<h3>[!-~]{4,}(?<![,.;:)\]}>\"']))",
    (
        r"(?:密码|口令)[^\s，。；：:]{1,4}[:：]\s*(?!https?:)(?=[!-~]{0,60}[a-z])(?=[!-~]{0,60}[\d!@#$%^&*])"
        r"(?P<h4>[!-~]{4,}(?<![,.;:)\]}>\"']))"
    ),
    r"(?:密钥|令牌|访问码|授权码)\s*(?:[:：=]|是|为)\s*(?!https?:)(?P<h5>[\w./+=-]{8,})(?<![\u4e00-\u9fff])",
    r"授权码\s*(?P<h6>(?-i:[A-Za-z0-9]{10,}))",
)
HEADERS = (
    r"(?<![\w-])(?:x-[\w-]{0,30}|[\w-]{0,40}-)(?:key|token|secret|auth):\s*(?P<d1>[^\s,;]{8,})",
    r"(?<![a-z0-9])(?P<d2>hf_\w{20,}|dop_v1_\w{20,}|sk-ant-[\w-]{16,}|pypi-[\w-]{20,}|shpat_\w{20,})",
    r"private-lines:\s*\d+\s+(?P<d3>[\s\S]{1,8000})",
)


@dataclass(frozen=True)
class Shape:
    """`words` and `marks` are in every text that has one, in small letters: of each at least one. Most texts
    have none, and are read no further."""

    rule: str
    words: tuple[str, ...]
    marks: tuple[str, ...]
    pattern: re.Pattern[str]

    def may_be_in(self, lowered: str) -> bool:
        return any(word in lowered for word in self.words) and any(
            mark in lowered for mark in self.marks
        )


def _shape(rule: str, words: str, patterns: tuple[str, ...], *marks: str) -> Shape:
    found = re.compile("|".join(patterns), re.IGNORECASE)
    return Shape(rule, tuple(words.split()), marks or ("",), found)


SHAPES = (
    _shape(
        "password",
        "login log sign cred user account wifi wi-fi vpn ssh rdp ftp 登录 账 帐 用 密码 use with root admin sa: sa/ "
        "postgres oracle",
        PAIRS,
        *("/", ":", "："),
    ),
    _shape("password", "-u -p -a -w -k -- /user: requirepass masterauth", COMMANDS),
    _shape(
        "password",
        "password passwd passphrase passwort kennwort pwd secret token api 密码 口令 _key _pass _pw jdbc",
        SETTINGS,
        *("=", ":", ">"),
    ),
    _shape("password", "code 码 pin key psk community 口令", CODES),
    _shape("password", "密码 口令 密钥 令牌 访问码 授权码", CHINESE),
    _shape(
        "secret-key",
        "key: token: secret: auth: hf_ dop_v1_ sk-ant- pypi- shpat_ private-lines",
        HEADERS,
    ),
)
