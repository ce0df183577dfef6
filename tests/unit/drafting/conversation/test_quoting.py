"""Whoever quotes another is told beside the name in the quotation's head, and nothing is believed for it."""

from __future__ import annotations

import pytest

from pipeline.drafting.conversation import Part

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


@pytest.mark.parametrize("subject", ["Re: 回复: OA 提交报错", "RE: Fwd: OA 提交报错"])
def test_the_subject_of_an_answer_is_a_title(subject: str) -> None:
    """Whoever answers did not say it; the marks of answers are gone."""
    lines = read_text(bytes(mail("还是不行。", subject=subject)), "a.eml").lines
    assert [(line.text, line.counts) for line in lines] == [
        ("OA 提交报错", False),
        ("还是不行。", True),
    ]


SIGNATURES = [
    "财务部 | 分机 8021",
    "王晓琳\n财务部 | 分机 8021\n地址：上海市浦东新区世纪大道 100 号",
    "Ann Day\nFinance | +44 20 7946 0000\nMobile: 07700 900123",
]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_where_somebody_is_found_is_a_signature_without_a_rule(signature: str) -> None:
    lines = read_text(bytes(mail(f"又崩了。\n\n{signature}\n", subject="x")), "a.eml").lines
    assert [line.text for line in lines if line.counts] == ["x", "又崩了。"]
    assert [line.text for line in lines if line.part is Part.SIGNATURE] == [signature]


@pytest.mark.parametrize(
    "body",
    [
        "电话：8021",
        "打印机 | 三楼 | 都不行",
        "地址：10.2.3.4 连不上，怎么办？",
        "Phone: 8021\n\nnot working",
    ],
)
def test_a_number_that_is_the_matter_is_no_signature(body: str) -> None:
    """Alone, in the middle of words, or without any number: somebody tells something."""
    lines = read_text(bytes(mail(body, subject="Re: x")), "a.eml").lines
    assert all(line.counts for line in lines if line.text != "x")
