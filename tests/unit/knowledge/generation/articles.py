"""An article, what a model says of it, and the prompts as they are shipped."""

from __future__ import annotations

import json
from typing import Any

import prompts
from knowledge.article import Article
from knowledge.generation.questions import Questions

TEXTS = prompts.read_texts(prompts.ROOT)
ENGLISH = Article(
    id="art_1",
    source="set",
    external_id="1",
    title="Outlook asks for the password again and again",
    body="Error 0x8004010F. Open the Credential Manager and remove MicrosoftOffice16. See KB 5034441.",
    language="en",
)
CHINESE = ENGLISH.model_copy(
    update={
        "id": "art_2",
        "language": "zh",
        "title": "Outlook 反复要求输入密码",
        "body": "删除凭据。",
    }
)
ZH = [
    "邮箱老是让我输密码怎么办",
    "Outlook 一直弹出登录窗口",
    "密码输对了还是要求重新输入",
    "打开邮件就问密码, 点记住也没用",
    "改了密码以后收不到邮件",
]
EN = [
    "Outlook keeps asking for my password",
    "mail login box pops up all the time",
    "I typed the right password and it asks again",
    "remember my password does nothing in mail",
    "since I changed my password no mail comes in",
]


def said(**changed: Any) -> dict[str, Any]:
    """What a good model says of the English article."""
    return {"zh": ZH, "en": EN, "title": "Outlook 反复要求输入密码"} | changed


def answer(**changed: Any) -> str:
    return json.dumps(said(**changed), ensure_ascii=False)


def questions(**changed: Any) -> Questions:
    return Questions.model_validate(said(**changed))
