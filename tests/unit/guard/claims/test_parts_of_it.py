"""An incident has parts: some failed, some never did, some are back, some things are only planned."""

from __future__ import annotations

from typing import Any

import pytest

from .builders import against, at, event, fact

ENGLISH: dict[str, Any] = {
    "number": "INC-4410",
    "service": "Label Printing",
    "service_aliases": [],
    "title": "Labels come out blank in Hall 2",
    "severity": "P2",
    "state": "in_progress",
    "phase": "mitigating",
    "opened_at": at("09:00"),
    "major": False,
    "facts": [
        fact("F1", "labels", "cause", "worn print head", "E4", status="suspected"),
        fact("F2", "Label Printing", "responsible_group", "Site Support", "E2"),
    ],
    "events": [
        event(
            "E1",
            "09:00",
            "reported",
            "requester",
            "Labels in Hall 2 come out blank. Hall 2 cannot print. Cold storage works.",
        ),
        event("E2", "09:05", "assigned", "service desk", "Site Support takes it."),
        event(
            "E3",
            "09:20",
            "ticket.action_logged",
            "technician",
            "Rolled the print server lps-02 back to version 5.1.",
        ),
        event(
            "E4",
            "09:30",
            "noted",
            "technician",
            "Suspected: a worn print head; Nadia Brook agreed to the test on Friday.",
        ),
        event(
            "E5",
            "09:40",
            "ticket.approval_requested",
            "technician",
            "Approval to replace the print head requested from Nadia Brook.",
        ),
        event("E6", "09:50", "noted", "technician", "The spare rollers are not in the main store."),
        event("E7", "10:00", "recovery_signal", "monitor", "Printer LP-7 prints normally again."),
        event(
            "E8",
            "10:05",
            "noted",
            "technician",
            "Site Support will clean the rollers of LP-8 at 18:00.",
        ),
    ],
}
CHINESE: dict[str, Any] = {
    **ENGLISH,
    "service": "标签打印",
    "title": "二号库打出空白标签",
    "facts": [
        fact("F1", "标签", "cause", "打印头磨损", "E4", status="suspected"),
        fact("F2", "标签打印", "responsible_group", "现场支持组", "E2"),
    ],
    "events": [
        event("E1", "09:00", "reported", "requester", "二号库打不出标签，冷库正常。"),
        event("E2", "09:05", "assigned", "service desk", "现场支持组受理。"),
        event("E3", "09:20", "ticket.action_logged", "technician", "把打印服务 lps-02 退回到 5.1 版。"),
        event("E4", "09:30", "noted", "technician", "怀疑打印头磨损；周五的测试娜迪亚同意了。"),
        event("E5", "09:40", "ticket.approval_requested", "technician", "更换打印头须经娜迪亚批准，已提出申请。"),
        event("E6", "10:00", "recovery_signal", "monitor", "打印机 LP-7 恢复正常。"),
    ],
}  # fmt: skip

TRUE = [
    ("en", "The print server lps-02 was put back to version 5.1."),
    ("en", "Printer LP-7 is back."),
    ("en", "The print head must be replaced."),
    ("en", "Replacing the print head has been requested."),
    ("en", "Site Support is handling the ticket."),
    ("en", "Nadia Brook agreed to a test."),
    ("en", "Site Support will clean the rollers at 18:00."),
    ("en", "We cannot say yet when it will be fixed."),
    ("en", "A worn print head is suspected, though this has not been confirmed."),
    ("zh", "打印服务 lps-02 已退回 5.1 版。"),
    ("zh", "打印机 LP-7 恢复了。"),
    ("zh", "打印头须更换，更换的申请已提出。"),
    ("zh", "负责处理的是现场支持组。"),
    ("zh", "疑似打印头磨损，还不能肯定。"),
]
WRONG = [
    ("en", "Label Printing is back."),
    ("en", "The print head of LP-7 was replaced."),
    ("en", "Cold storage is affected as well."),
    ("en", "The spare rollers are in the main store."),
    ("en", "All operators were unable to print."),
    ("en", "Printing across the country is affected."),
    ("en", "A worn print head has been confirmed as the cause."),
    ("en", "Every label will be reprinted by 18:00."),
    ("en", "The canteen tills were affected too."),
    ("zh", "食堂的收款机也受影响。"),
    ("zh", "标签打印已恢复。"),
    ("zh", "打印头已经更换。"),
    ("zh", "冷库同样受到影响。"),
    ("zh", "全体员工都打不出标签。"),
    ("zh", "空白标签是网线松动造成的。"),
    ("zh", "已证实是打印头磨损。"),
]


def is_wrong(language: str, text: str) -> bool:
    return any(s.is_wrong for s in against(ENGLISH if language == "en" else CHINESE, text))


@pytest.mark.parametrize(("language", "sentence"), TRUE)
def test_a_part_is_told_as_the_record_tells_it(language: str, sentence: str) -> None:
    assert not is_wrong(language, sentence)


@pytest.mark.parametrize(("language", "sentence"), WRONG)
def test_what_holds_of_a_part_is_not_told_of_another_nor_of_the_whole(
    language: str, sentence: str
) -> None:
    assert is_wrong(language, sentence)
