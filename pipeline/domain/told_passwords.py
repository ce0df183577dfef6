"""Which words of a sentence are a password, though they are words? `the password is swordfish` tells one, and
`the password is expired` does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STILL = r"(?:\s(?:still|now|also|just|simply|again|jetzt|auch|noch|toujours|encore|maintenant))?"
_NOUN = r"(?:password|passwd|passphrase|passcode|pass(?=\s?[:=])|pwd|pw|kennwort|passwort|zugangscode|mot de passe|mdp)"
_OF = r"(?:\s(?:for|at|of|on|in|für|am|pour|de|du)\s[^\n.,;:=]{1,40}?)?"
_LINK = (
    r"(?:(?:\s(?:is|has\sbeen|was|will\sbe|are|ist|wurde|est))?\s(?:re)?(?:set|changed|updated|geändert)\s(?:to|auf)\s"
    rf"|\s(?:is|was|will\sbe|are|to|ist|war|lautet|est|était){_STILL}\s|(?:\s[a-zé]{{2,12}})?\s?[:=]\s?|\s?[→>]\s?|\s-\s)"
)
_END = r"(?=\s*(?:[.,;!?)\]}，。；！？\n]|$)|\s+(?:and|but|for|on|now|again|und|aber|et|mais|still)(?![a-z]))"
_WORD = r"[^\s，。；、？！,;()\[\]{}<>\"“”]{3,64}"
_STRONG = r"(?=\S{0,64}[\d!@#$%^*+~_])(?=\S{0,64}[a-z])"
"""What has a digit or a mark within is no word of a sentence."""
_TOLD = (
    re.compile(
        rf"(?<![a-z]){_NOUN}(?![a-z]){_OF}(?:\s(?:temporaire|provisoire|actuel|now))?(?P<link>{_LINK})(?P<value>{_WORD}){_END}",
        re.I,
    ),
    re.compile(
        rf"(?<![a-z]){_NOUN}(?![a-z]){_OF}(?:\s(?:temporaire|provisoire|actuel|now))?(?P<link>{_LINK})(?P<value>{_STRONG}{_WORD})",
        re.I,
    ),
    re.compile(rf"(?<![a-z])pass(?P<link>\s)(?P<value>{_STRONG}{_WORD}){_END}", re.I),
    re.compile(rf"(?<![a-z]){_NOUN}(?P<link>\s)(?P<value>{_STRONG}{_WORD})", re.I),
    re.compile(
        rf"(?<![a-z]){_NOUN}{_LINK}(?P<link>)['\"“‘](?P<value>[^'\"”’\n]{{3,100}})['\"”’]", re.I
    ),
    re.compile(
        r"(?<![a-z])user(?:name)?\s[^\s,]{1,60},?\s(?:pass|pw|pwd|password)(?P<link>\s)"
        rf"(?P<value>{_WORD}){_END}",
        re.I,
    ),
    re.compile(
        r"(?<![\w-])authorization(?P<link>:)\s?(?:[a-z]{4,12}\s)?(?P<value>[\w.~+/-]{8,}=*)",
        re.I,
    ),
)
_HAN_WORD = re.compile(
    r"(?:密码|口令)\s*(?:我|统一|已|就|也|还)?(?:改回|叫|是|给你|告诉你|用的是|换回|设成|设为|改成|改为|换成|设置为|设置成|重置为|重置成)?了?\s*(?P<value>[a-z][!-~]{3,63})",
    re.I,
)
_PHRASE = re.compile(
    rf"(?<![a-z])pass\s?phrase(?:\s[a-z]{{1,10}}){{0,3}}?(?:{_STILL}\s(?:is|was|will\sbe)\s|\s?[:=]\s?)[\"'“]?(?P<value>[a-z]{{2,20}}(?:[ -][a-z]{{2,20}}){{2,11}})",
    re.I,
)
_HAN_TOLD = re.compile(
    r"(?:密码|口令)\s*(?:就?是|为|[:：=])\s*(?P<value>[\u4e00-\u9fff]{3,8}|[\u4e00-\u9fff]{1,8}[!-~]{4,20})"
    r"(?=\s*(?:[，。；！,.;!\n]|$))"
)
_HAN_QUOTED = re.compile(
    r"(?:密码|口令)\s*(?:就?是|为|[:：])[:：]?\s*[“\"「『'](?P<value>[^”\"」』'\n]{2,60})[”\"」』']"
)
_NO_HAN = re.compile(
    r"[的忘改丢换输吗呢么空错对不没无有已要被请由从在否谁项位天次月年日]|多少|正确|缺失|失效|过期|泄露|同步|重置|修改|默认|一样|相同|必填|联系|见附件"
    r"|至少|生效|验证|统一|随机|找|问|另发|稍后|私聊|单独"
)
_NO_QUOTED = re.compile(r"错误|正确|过期|必填|为空|失效|锁定")
"""What a window says of a password."""
_BIRTHDAY = re.compile(r"[\u4e00-\u9fff]+(?=[!-~]*\d)[!-~]{4,}")


def _words(listed: str) -> list[str]:
    return listed.split()


_STANDS = frozenset(
    _words(
        # How a password can be, and where: no password anybody has.
        "wrong correct right valid invalid incorrect secret unknown missing fine okay short long weak strong new old different "
        "same empty blank lost set reset sent gone known there here good bad not due obsolete active inactive stale public private "
        "safe unsafe sensitive case-sensitive none null broken hidden forgotten stolen given taken shown chosen written kept "
        "mandatory optional temporary permanent random unique yours mine simple easy complex hard below above out off the this that "
        "hash manager policy sync synchronization prompt field page portal vault protection spray provider writeback sspr ldap "
        "okta azure windows linux excel outlook web api "
        "it what which who when where how why being been still again only now then see ask never always also too very just case "
        "please contact open follow least minimum maximum days read-only one-time single sign-in sign-on self-service something "
        "anything nothing everything someone yes yet about stored managed older longer shorter newer later safer better weaker stronger "
        "ready your his her our "
        "their my with for and but from into than expire expires log login authentication scheme header basic bearer "
        "bekannt falsch richtig abgelaufen gesperrt nicht leer neu alt korrekt gültig ungültig vergessen geändert zurückgesetzt "
        "expiré expirée incorrecte correcte oublié faux bon invalide valide vide nouveau perdu bloqué pas trop le la les un une "
        "das der die ein eine"
    )
)
_SUFFIX = re.compile(r"(?:ed|ing|able|ible|ly|ive|less|iert|lich)$")
_FUNCTION = frozenset(
    _words(
        "the a an at of for in on to by and or is was be been not it its we you they he she i with as from that this since until "
        "again now today yesterday still too only when if then but so required wrong expired after before who which"
    )
)
_REPORTED = frozenset(
    _words(
        "required expired disabled enabled locked changed rejected accepted denied failed needed unchanged rotated revoked "
        "cleared restarted pending missing resetting rolling"
    )
)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[:/]\d\d|0x[0-9a-f]|[a-z]{2,5}-\d+$|\d+(?:[.,]\d+)?%?$|https?:|//",
    re.I,
)
_MASK = "*•●.#xX_-?"
"""Somebody has hidden it already."""
_TRAILING = ".,:'’‘”`"
TOLD_WITH = ("pass", "pwd", "pw", "kennwort", "zugangscode", "mdp", "密码", "口令", "authorization")
"""One of these, in small letters, is in every text that tells one."""


def told_in(text: str) -> Iterator[tuple[int, int]]:
    """Where they stand, in a text of one width."""
    for pattern in _TOLD:
        for found in pattern.finditer(text):
            value = found["value"].rstrip(_TRAILING).lstrip("'‘`")
            if is_password(value, by_sign=not found["link"].strip().isalpha()):
                yield found.start("value"), found.end("value")
    for found in _PHRASE.finditer(text):
        words = re.split(r"[ -]", found["value"].lower())
        if not _FUNCTION & set(words):
            yield found.span("value")
        elif len(first := _up_to_function(words)) >= 3:
            start = found.start("value")
            yield start, start + len(" ".join(first))
    yield from _told_in_han(text)


def _told_in_han(text: str) -> Iterator[tuple[int, int]]:
    for found in _HAN_TOLD.finditer(text):
        if _BIRTHDAY.fullmatch(found["value"]) or not _NO_HAN.search(found["value"]):
            yield found.span("value")
    for found in _HAN_WORD.finditer(text):
        if is_password(found["value"].rstrip(_TRAILING), by_sign=False):
            yield found.span("value")
    for found in _HAN_QUOTED.finditer(text):
        if not _NO_QUOTED.search(found["value"]):
            yield found.span("value")


def is_password(value: str, *, by_sign: bool) -> bool:
    """After a colon it is one unless it is a word of `_STANDS`; after `is` no participle either."""
    value = value.strip("()[]<>（）【】")
    low = value.lower()
    if by_sign and value.isdigit():
        return len(value) >= 4
    if len(value) < 3 or low in _STANDS or not set(value) - set(_MASK) or _MOMENT.match(value):
        return False
    if not value.replace("-", "").isalpha():
        return True
    has_shape = value[1:].lower() != value[1:] and not value.isupper()
    # `expired` may be told after a colon as well; that somebody has it for a password is the rarer thing.
    return has_shape or not (_SUFFIX.search(low) and (not by_sign or low in _REPORTED))


def _up_to_function(words: list[str]) -> list[str]:
    for n, word in enumerate(words):
        if word in _FUNCTION:
            return words[:n]
    return words
