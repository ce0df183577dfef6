"""In which sentences is a secret handed over that nothing calls a password? `use ... to sign in`, `用 ... 登录`.

Each shape has its signs before it: of every group, parted by `&`, one is in all small-lettered texts that it is in.
"""

from __future__ import annotations

_WORD = r"(?P<value>[!-~]{4,64})"
_ENTER = r"(?:sign|log|get)(?:ging|ning)?[ -]?(?:in|on|into)(?![a-z])"
_ENTER_HAN = r"(?:登[录陆入进]|进入|进去|解锁|连接|试试)"
_ENTERS = "登|进|解锁|连接|试试"
_THAT = r"(?:it|that|this|those)"
_IS = r"(?:'s| is| was|:| =)(?: now| still)?"
_HAN = r"[\u4e00-\u9fff]"
_STOPS = r"(?=\s*(?:[，。；！,.;!\n]|$))"

STRONG = (
    (
        "use|using|try|with|enter|type & sign|log|get & in|on",
        rf"(?<![a-z])(?:use|using|try|with|enter|type)\s{_WORD}\s(?:to|for|and|when)\s(?:\w{{1,12}}\s)?{_ENTER}",
    ),
    (
        "sign|log|get & with|using|via",
        rf"(?<![a-z]){_ENTER}[^\n,.;]{{0,40}}?\s(?:with|using|via)\s{_WORD}",
    ),
    (
        "set|chang|updat|switch & to|as & it|that|this|your|her|his|him|them|their",
        (
            r"(?<![a-z])(?:re)?(?:set|changed?|updated?|switched)\s(?:it|that|this|yours?|hers?|his|him|them|theirs)"
            rf"\s(?:back\s)?(?:to|as)\s{_WORD}"
        ),
    ),
    (
        " one",
        rf"(?<![a-z])(?:new|temp|temporary|initial|current|right|correct|other)\sone{_IS}\s{_WORD}",
    ),
    (
        "user|account|login & ,|;|，|；",
        rf"(?<![a-z])(?:user(?:name)?|account|login)\s?[:=]?\s?[a-z][\w.@\\-]{{1,40}}\s?[,;，；]\s?{_WORD}",
    ),
    (
        "账|帐|用户名|工号 & ,|;|，|；|、",
        rf"(?:账号|帐号|账户|用户名?|工号)\s?[:：是为]?\s?[a-z0-9][\w.@\\-]{{0,40}}?\s?[,，;；、]\s?{_WORD}",
    ),
    (
        "成|为|到|回 & 置|还原|改|设|换|更|恢复",
        rf"(?:重置|还原|改|设|设置|换|更新|变更|修改|恢复)(?:成|为|到|回)了?\s?[:：]?\s?{_WORD}",
    ),
    (
        "新的|临时的|现在的|初始的",
        rf"(?:新的|临时的|现在的|初始的)\s?(?:就?是|为|[:：])\s?{_WORD}",
    ),
    (
        f"用 & {_ENTERS}",
        rf"用\s?{_WORD}\s?(?:来|去|直接|就能|就可以|再|先)?\s?{_ENTER_HAN}",
    ),
)
"""Of what is written like a password, and is no other thing's name."""
POINTED = (
    (
        "sign|log|get & it|that|this|those & with|using|use",
        (
            rf"(?<!\S){_WORD}[,.;，。；]?\s?(?:(?:please|pls|then|just|you can|and)\s){{0,2}}"
            rf"(?:{_ENTER}\s(?:with|using)\s{_THAT}|use\s{_THAT}\sto\s{_ENTER})(?![a-z])"
        ),
    ),
    (
        f"用它|用这个|用此|用该 & {_ENTERS}",
        (
            rf"(?:^|(?<=[,，。；：:\s是为])){_WORD}\s?[,，。；]\s?(?:请|你|您|先|就|可以|直接){{0,3}}"
            rf"用(?:它|这个|此|该)(?:来|去)?{_ENTER_HAN}"
        ),
    ),
    (
        "password|passcode|passwd|pwd|pin & it|that|this",
        (
            r"(?<![a-z])(?:password|passcode|passwd|pwd|pin)(?![a-z])[^.;!?\n]{0,60}?[,:;]\s(?:and\s|so\s|now\s)?"
            rf"(?:it|that|this)(?:'s|\sis|\swas)(?:\snow)?\s{_WORD}"
        ),
    ),
    (
        "密码|口令 & 是|即|变成",
        rf"(?:密码|口令)[^。；！？\n]{{0,20}}?[，,]\s?(?:也?就是|即|现在是|变成了?|是)\s?[:：]?\s?{_WORD}",
    ),
)
"""Of any word with a digit: a clause beside it says what it is."""
PHRASED = (
    (
        f"用 & {_ENTERS}",
        rf"用\s?(?!户|于|途|量)(?P<value>{_HAN}{{3,8}}[0-9!@#$%^&*]{{2,12}})\s?(?:来|去|直接|再|先)?\s?{_ENTER_HAN}",
    ),
    (
        "密码|口令|暗",
        rf"(?:密码|口令|暗号|暗语)\s*(?:就?是|为|[:：=])\s*(?P<value>{_HAN}{{2,10}}[0-9!@#$%^&*]{{1,12}}){_STOPS}",
    ),
)
"""Of Chinese words that end in figures."""
_PW = r"p[\W_]?[a@4][\W_]?[s5$][\W_]?[s5$][\W_]?w[\W_]?[o0][\W_]?r[\W_]?d"
TOLD = (
    (
        "p & w & d & is|was|:|=",
        rf"(?<![a-z@])(?!password){_PW}(?![a-z])(?:\s(?:is|was)\s|\s?[:=]\s?)[\"'“]?(?P<value>[!-~]{{3,64}})",
    ),
    (
        "码|令",
        r"(?:密[\s.*_-]{1,2}码|口[\s.*_-]{1,2}令|秘码)\s?(?:就?是|为|[:：=])\s?(?P<value>[!-~]{4,64})",
    ),
    (
        "提取码|解压码|解锁码",
        r"(?:提取码|解压码|解锁码)\s?(?:就?是|为|[:：=])?\s?(?P<value>[!-~]{4,64})",
    ),
    (
        "question",
        (
            r"(?<![a-z])answers?\s(?:to|of|for)\s(?:\w{1,8}\s)?(?:secret|security|recovery)\squestion"
            r"(?:\sis|\swas|\s?[:=])\s[\"'“]?(?P<value>[!-~]{3,64})"
        ),
    ),
    (
        "word",
        r"(?<![a-z])(?:code|magic|safe|secret)\s?word(?:\sis|\swas|\s?[:=])\s[\"'“]?(?P<value>[!-~]{3,64})",
    ),
)
"""Behind a noun that is spelled to hide, or a rarer one: of what says not how it stands."""
TOLD_IN_HAN = (
    (
        "暗|码|答案",
        (
            r"(?:暗号|暗语|密[\s.*_-]{1,2}码|(?:密保|安全)(?:问题)?的?答案)\s*(?:就?是|为|[:：=])\s*"
            rf"(?P<value>{_HAN}{{2,10}}){_STOPS}"
        ),
    ),
)
CERTAIN = (
    (
        "code",
        (
            r"(?<![a-z])(?<!error )(?<!status )(?<!exit )code\s(?P<value>\d{4,8})\s(?:was|is|has been)?\s?"
            r"(?:just\s)?(?:sent|texted|mailed|valid|for\s(?:your|the)\s(?:login|sign))"
        ),
    ),
    (
        "code",
        (
            r"(?<![a-z])(?:door|gate|alarm|safe|unlock|lock|login|sign-in|entry)\scode(?:\sis|\swas|\s?[:=])?\s"
            r"(?P<value>\d{4,8}(?![\d.:-]))"
        ),
    ),
    (
        "码",
        r"(?:门禁码|登录码|开机码|解锁码|安全码)\s?(?:就?是|为|[:：])?\s?(?P<value>\d{4,8}(?![\d.:-]))",
    ),
    (
        "seed|secret|key|种子|密钥",
        (
            r"(?<![a-z])(?:seed|secret|key|种子|密钥)(?:\sis|\swas|\s?[:=：]|是|为)?\s?"
            r"(?P<value>(?-i:(?=[A-Z]*[2-7])[A-Z2-7]{16,64}=*))"
        ),
    ),
    (
        "phrase|words",
        (
            r"(?<![a-z])(?:recovery|seed|mnemonic|backup)\s(?:phrase|words)(?:\sis|\sare|\swas|\s?[:=])\s"
            r"(?P<value>[a-z]{3,12}(?:\s[a-z]{3,12}){3,23})"
        ),
    ),
)
"""Whatever stands there."""
