"""No name and no address can forge a header, and who may do what is one ladder."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.domain.directory import (
    Address,
    Customer,
    Directory,
    Group,
    Names,
    Person,
    Role,
    Service,
    Site,
    mail_address,
    one_line,
    visible,
    zone_name,
)

BREAKS = ["\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\u2029"]
BOTH = Names(zh="王晓琳", en="Wang Xiaolin")


def wang(**more: Any) -> Person:
    usual: dict[str, Any] = {"id": "wang", "name": "Wang Xiaolin"}
    return Person.model_validate(usual | more)


@pytest.mark.parametrize("forged", [f"a{b}Bcc: x@example.org" for b in BREAKS])
def test_no_text_of_the_directory_holds_a_line_break(forged: str) -> None:
    """It would be a header of its own in a mail."""
    mail = {"channel": "mail", "value": f"{forged}"}
    hook = {"channel": "webhook", "value": f"https://example.org/{forged}"}
    made = (
        lambda: wang(name=forged),
        lambda: wang(id=forged),
        lambda: wang(phone=forged),
        lambda: wang(groups=(forged,)),
        lambda: wang(names={"zh": "王", "en": forged}),
        lambda: wang(addresses=[mail]),
        lambda: wang(addresses=[hook]),
        lambda: Group(id="g", name=Names(zh=forged, en="g")),
        lambda: Service(id="s", name=BOTH, aliases=(forged,)),
        lambda: Site(id=forged, name=BOTH),
        lambda: Customer(id=forged, name=BOTH),
    )
    for make in made:
        with pytest.raises(ValidationError, match="one line"):
            make()


@pytest.mark.parametrize(
    "address",
    [
        "wang.xiaolin@example.org",
        "o'brien+tickets@mail.example.org",
        "a@b",
        "王@example.org",
        "x@xn--fiq228c.example",
        "a@1and1.example",
        "a" * 64 + "@example.org",
    ],
)
def test_a_plain_address_is_taken(address: str) -> None:
    """As it is, without a change to its letters."""
    assert mail_address(address) == address
    assert Address(channel="mail", value=address).value == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "@example.org",
        "a@",
        "a@@example.org",
        "a@b@example.org",
        "a b@example.org",
        "a@example org",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "Wang <a@example.org>",
        "<a@example.org>",
        '"a"@example.org',
        "a(comment)@example.org",
        "a@[127.0.0.1]",
        "a:b@example.org",
        "a\\b@example.org",
        "a@-example.org",
        "a@example.org.",
        "a@.example.org",
        "a@example..org",
        "a@例子.cn",
        "a\u00a0b@example.org",
        "a\u200bb@example.org",
        "a\u202eb@example.org",
        " a@example.org",
        "a@example.org\n",
        "a@" + "b" * 64,
        "a" * 250 + "@b.cn",
        *(f"a@example.org{b}Bcc: b@example.org" for b in BREAKS),
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    """Nothing hidden, quoted or listed: one mailbox, seen whole."""
    with pytest.raises(ValueError, match=r"mail address|one line"):
        mail_address(address)
    with pytest.raises(ValidationError):
        Address(channel="mail", value=address)


@given(st.text(max_size=60))
def test_whatever_passes_is_one_line_with_one_at(text: str) -> None:
    """Of any text at all."""
    try:
        address = mail_address(text)
    except ValueError:
        return
    assert address.count("@") == 1
    assert address.splitlines() == [address]
    assert not set(address) & set(' <>,;:"\\()[]\t')


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("https://hooks.example.org/x", True),
        ("http://127.0.0.1:9/x", True),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("wang@example.org", False),
    ],
)
def test_a_webhook_is_a_web_address(value: str, taken: bool) -> None:
    """And a mail address is none."""
    if taken:
        assert Address(channel="webhook", value=value).value == value
    else:
        with pytest.raises(ValidationError, match="starts with https"):
            Address(channel="webhook", value=value)


@given(st.text(max_size=30))
def test_one_line_stays_one_line(text: str) -> None:
    """No separator of any writing system gets through."""
    try:
        one_line(text)
    except ValueError:
        return
    assert text == "" or text.splitlines() == [text]


@pytest.mark.parametrize(
    "blank", ["", " ", "\t", "\u00a0", "\u200b", "\u3000\u200d", "\ufeff", "\u0301", "\ufe0f"]
)
def test_a_name_nobody_can_see_is_refused(blank: str) -> None:
    """A message to nobody about nothing would leave."""
    with pytest.raises(ValueError, match="nothing that can be seen"):
        visible(blank)
    with pytest.raises(ValidationError):
        wang(name=blank)
    with pytest.raises(ValidationError):
        wang(id=blank)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "Europe/Berlin"])
def test_a_known_zone_is_taken(zone: str) -> None:
    """By its name in the time-zone database."""
    assert zone_name(zone) == zone


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "Mars/Base",
        "../etc/passwd",
        "/etc/localtime",
        "Asia",
        "\0",
        "localtime",
        "posixrules",
        "Factory",
    ],
)
def test_an_unknown_zone_is_refused(zone: str) -> None:
    """A path out of the database and a folder in it are no zones."""
    with pytest.raises(ValueError, match="not a time zone"):
        zone_name(zone)


def test_a_role_includes_those_before_it() -> None:
    """Viewer, technician, incident manager, administrator."""
    ladder = list(Role)
    for n, role in enumerate(ladder):
        assert [role.includes(other) for other in ladder] == [m <= n for m in range(len(ladder))]


def test_a_person_has_a_name_in_each_language() -> None:
    """The one name serves where there are not two."""
    assert (wang(names=BOTH).name_in("zh"), wang(names=BOTH).name_in("en")) == (BOTH.zh, BOTH.en)
    assert wang().name_in("zh") == "Wang Xiaolin"


def test_values_cannot_be_changed_and_know_their_fields() -> None:
    """A slip in a directory file is told, not lost."""
    with pytest.raises(ValidationError, match="frozen"):
        wang().name = "Li"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="not permitted"):
        wang(nickname="Lin")
    with pytest.raises(ValidationError, match="not permitted"):
        Directory.model_validate({"persons": []})


def test_who_says_nothing_of_a_role_may_not_sign_in() -> None:
    """Law 12: default deny."""
    assert wang().role is None
