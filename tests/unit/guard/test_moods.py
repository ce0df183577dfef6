"""What somebody would, should or nearly did is not told as done by a model, though its words stand in the line."""

from __future__ import annotations

import pytest

from pipeline.domain.prose import Quoted, Standing
from pipeline.guard.moods import undone

from .claims.test_briefed import NOON, index_of


def _standings(line: str, text: str) -> list[Standing]:
    index = index_of(Quoted(id="line.1", n=1, at=NOON, speaker="Chen Li", text=line))
    named = [s for s in index.statements if s.id == "line.1"]
    assert named
    return [claim.standing for claim in undone(text, named, index)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("please restart the mail service", "Chen Li restarted the mail service."),
        ("can you restart the mail service?", "Chen Li restarted the mail service."),
        ("I could restart the mail service", "Chen Li restarted the mail service."),
        ("I almost restarted the mail service", "Chen Li restarted the mail service."),
        ("I told Bob to replace the disk", "Chen Li replaced the disk."),
        ("nobody called the vendor", "Chen Li called the vendor."),
        ("请重启邮件服务", "陈力重启了邮件服务。"),
        ("差点重启了邮件服务", "陈力重启了邮件服务。"),
        ("让小李更换磁盘", "陈力更换了磁盘。"),
        ("建议联系厂商", "陈力联系了厂商。"),
    ],
)
def test_a_deed_that_its_line_does_not_tell_as_done_is_found(line: str, text: str) -> None:
    assert Standing.UNSUPPORTED in _standings(line, text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("I restarted the mail service", "Chen Li restarted the mail service."),
        ("please restart the mail service", "Chen Li asked that somebody restart the service."),
        ("we will replace the disk", "Chen Li will replace the disk."),
        ("邮件服务已重启", "陈力重启了邮件服务。"),
        ("尝试重启邮件服务，无效", "陈力重启了邮件服务，未见效。"),
    ],
)
def test_what_was_done_or_is_told_in_its_mood_passes(line: str, text: str) -> None:
    assert _standings(line, text) == []
