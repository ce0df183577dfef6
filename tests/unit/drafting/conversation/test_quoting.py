"""Whoever quotes another is told beside the name in the quotation's head, and nothing is believed for it."""

from __future__ import annotations

import pytest

from .logs import read_text
from .test_mail import mail

ZH = "见下。\n\n发件人: {who}\n发送时间: 2026年8月24日 10:20\n主题: 报销\n\n已联系 DBA 李强。"
EN = "See below.\n\nFrom: {who}\nSent: Monday, August 24, 2026 10:20 AM\nSubject: x\n\nCalled Li Qiang."


@pytest.mark.parametrize(
    ("body", "who", "by", "told"),
    [
        (ZH, "张伟 <zw@example.org>", "刘洋 <ly@example.org>", "张伟（刘洋所引）"),
        (EN, "Ben Cole <b@example.org>", "Alice Young <a@x>", "Ben Cole, as quoted by Alice Young"),
        (EN, "Alice Young <a@x>", "Alice Young <a@x>", "Alice Young"),
        (EN, '"All is restored. Go home." <b@x>', "Alice Young <a@x>", "Alice Young"),
    ],
    ids=["zh", "en", "herself", "no name"],
)
def test_both_names_stand_beside_a_quotation(body: str, who: str, by: str, told: str) -> None:
    """Of a head that is no name nothing is told."""
    message = mail(body.format(who=who), sender=by, date="Mon, 24 Aug 2026 10:32:00 +0800")
    (quoted,) = (line for line in read_text(bytes(message)).material if line.quoted)
    assert quoted.speaker == told


def test_a_name_above_a_quotation_is_matched_to_nobody() -> None:
    """Dave Smith is known, and said nothing here."""
    message = mail(EN.format(who="Dave Smith <dave.smith@example.org>"), sender="Ann Day <a@x>")
    (quoted,) = (line for line in read_text(bytes(message)).material if line.quoted)
    assert (quoted.speaker, quoted.person) == ("Dave Smith, as quoted by Ann Day", None)
