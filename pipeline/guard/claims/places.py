"""Which words name a place, in either language, and which clock does it keep? Babel's cities and countries."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

_MORE = (
    "Beijing|北京|Asia/Shanghai Shenzhen|深圳|Asia/Shanghai Guangzhou|广州|Asia/Shanghai Hangzhou|杭州|Asia/Shanghai"
    " Chengdu|成都|Asia/Shanghai Wuhan|武汉|Asia/Shanghai Nanjing|南京|Asia/Shanghai Xi'an|西安|Asia/Shanghai"
    " Suzhou|苏州|Asia/Shanghai Tianjin|天津|Asia/Shanghai Qingdao|青岛|Asia/Shanghai Dalian|大连|Asia/Shanghai"
    " Xiamen|厦门|Asia/Shanghai Changsha|长沙|Asia/Shanghai Zhengzhou|郑州|Asia/Shanghai Jinan|济南|Asia/Shanghai"
    " Hefei|合肥|Asia/Shanghai Kunming|昆明|Asia/Shanghai Ningbo|宁波|Asia/Shanghai Shenyang|沈阳|Asia/Shanghai"
    " Frankfurt|法兰克福|Europe/Berlin Munich|慕尼黑|Europe/Berlin Hamburg|汉堡|Europe/Berlin Cologne|科隆|Europe/Berlin"
    " Milan|米兰|Europe/Rome Barcelona|巴塞罗那|Europe/Madrid Geneva|日内瓦|Europe/Zurich Manchester|曼彻斯特|Europe/London"
    " Birmingham|伯明翰|Europe/London Leeds|利兹|Europe/London Bristol|布里斯托|Europe/London Edinburgh|爱丁堡|Europe/London"
    " Cardiff|加的夫|Europe/London Boston|波士顿|America/New_York Seattle|西雅图|America/Los_Angeles Houston|休斯敦|America/Chicago"
    " Dallas|达拉斯|America/Chicago Atlanta|亚特兰大|America/New_York Miami|迈阿密|America/New_York"
    " Washington|华盛顿|America/New_York Osaka|大阪|Asia/Tokyo Mumbai|孟买|Asia/Kolkata Bangalore|班加罗尔|Asia/Kolkata"
    " Delhi|德里|Asia/Kolkata Utrecht|乌特勒支|Europe/Amsterdam Rotterdam|鹿特丹|Europe/Amsterdam Lyon|里昂|Europe/Paris"
)
_TWO_WORDS = (
    ("san francisco", "旧金山", "America/Los_Angeles"),
    ("hong kong", "香港", "Asia/Hong_Kong"),
    ("north america", "北美", None),
    ("south america", "南美", None),
    ("middle east", "中东", None),
    ("europe", "欧洲", None),
    ("asia", "亚洲", None),
    ("africa", "非洲", None),
    ("eu", "欧盟", None),
    ("us", "美国", None),
    ("usa", "美国", None),
)


_ONE_CLOCK = {
    "CN": "Asia/Shanghai",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "IN": "Asia/Kolkata",
    "SG": "Asia/Singapore",
    "TH": "Asia/Bangkok",
    "VN": "Asia/Ho_Chi_Minh",
    "AE": "Asia/Dubai",
    "DE": "Europe/Berlin",
    "FR": "Europe/Paris",
    "IT": "Europe/Rome",
    "NL": "Europe/Amsterdam",
    "BE": "Europe/Brussels",
    "CH": "Europe/Zurich",
    "AT": "Europe/Vienna",
    "PL": "Europe/Warsaw",
    "SE": "Europe/Stockholm",
    "DK": "Europe/Copenhagen",
    "IE": "Europe/Dublin",
    "GB": "Europe/London",
}
"""Countries whose offices keep one clock, so that their name can stand for it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its names, and its zone where it has one."""

    english: str
    chinese: str
    zone: str | None
    is_country: bool = False


@cache
def places() -> dict[str, Place]:
    """By each of its names: English without capitals and accents, Chinese as written."""
    from babel import Locale

    found: dict[str, Place] = {}
    chinese, english = Locale("zh"), Locale("en")
    for code, name in chinese.territories.items():
        if code.isalpha() and code in english.territories:
            _put(found, Place(plain(english.territories[code]), str(name), None))
    for zone, names in chinese.time_zones.items():
        city = names.get("city") if hasattr(names, "get") else None
        if city:
            _put(found, Place(plain(zone.rpartition("/")[2].replace("_", " ")), str(city), zone))
    for line in _MORE.split(" "):
        name, other, own = line.split("|")
        _put(found, Place(plain(name), other, own))
    for code, zone in _ONE_CLOCK.items():
        name = english.territories[code]
        _put(found, Place(plain(name), str(chinese.territories[code]), zone, is_country=True))
    for words, other, at in _TWO_WORDS:
        _put(found, Place(words, other, at))
    found["uk"] = found["britain"] = found["英国"]
    return found


def _put(found: dict[str, Place], place: Place) -> None:
    found[place.english] = found[place.chinese] = place


def plain(name: str) -> str:
    """Without capitals and accents: `São Paulo` is `sao paulo`."""
    bare = unicodedata.normalize("NFD", name.lower())
    return "".join(c for c in bare if not unicodedata.combining(c))
