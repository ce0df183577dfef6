"""Every setting has one place it is taken from, and a wrong one stops the start with one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from pipeline.domain.errors import Misconfigured
from pipeline.settings import PREFIX, Settings, load, reference

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
SECRET = "correct-horse-battery-staple-and-more"
WRONG = (
    ("PORT", "eighty", "valid integer"),
    ("PORT", "65536", "less than or equal to 65535"),
    ("PORT", "-1", "greater than or equal to 0"),
    ("PUBLIC_URL", "desk.example.org", "http://HOST"),
    ("PUBLIC_URL", "https://", "http://HOST"),
    ("PUBLIC_URL", "https://desk.example.org:port", "http://HOST"),
    ("PUBLIC_URL", "https://desk.example.org/?a=1", "http://HOST"),
    ("PUBLIC_URL", "https://user:word@desk.example.org", "http://HOST"),
    ("PUBLIC_URL", "javascript:alert(1)", "http://HOST"),
    ("DATABASE_URL", "mysql://desk", "must start with sqlite:/// or postgresql://"),
    ("SECRET_KEY", "x" * 31, "at least 32 characters"),
    ("WEBHOOK_SECRET", "x" * 23, "at least 24 characters"),
    ("LANGUAGE", "fr", "'zh' or 'en'"),
    ("ZONE", "Mars/Base", "not a time zone"),
    ("MAIL_FROM", "desk", "not a mail address"),
    ("MAIL_FROM", "desk@example.org\nBcc: x@example.org", "one line"),
    ("MAIL_REPLY_TO", "desk", "not a mail address"),
    ("DESK_NAME", "Desk\r\nBcc: x@example.org", "one line"),
    ("DESK_PHONE", "1\n2", "one line"),
    ("WEBHOOK_HOSTS", "hooks.example.org", 'JSON list such as ["hooks.example.org"]'),
    ("WEBHOOK_HOSTS", "[1]", "string"),
    ("RULES_DIR", "no/such/folder", "is not a folder"),
    ("TEMPLATES_DIR", "no/such/folder", "is not a folder"),
    ("MODEL", "openai:a\nb", "one line"),
    ("MODEL_URL", "models.example.org/v1", "http://HOST"),
    ("MODEL_URL", "https://user:word@models.example.org/v1", "http://HOST"),
    ("QUESTIONS_PER_DAY", "-1", "greater than or equal to 0"),
    ("SECOND_MODEL", "other", "a second model needs a first one"),
    ("SECOND_MODEL_URL", "models.example.org/v1", "http://HOST"),
    ("MODEL_PRICE_IN", "-1", "greater than or equal to 0"),
    ("MODEL_PRICE_OUT", "nan", "finite number"),
    ("MODEL_SECONDS_PER_TEXT", "0", "greater than 0"),
    ("MODEL_SECONDS_PER_TEXT", "inf", "finite number"),
    ("MODEL_TOKENS_PER_TEXT", "-1", "greater than or equal to 0"),
    ("MODEL_MONEY_PER_DAY", "cheap", "valid number"),
    ("MODEL_RECORDING", "some", "'full' or 'none'"),
    ("MODEL_RECORDING_DAYS", "0", "greater than or equal to 1"),
    ("BODY_LIMIT", "1023", "greater than or equal to 1024"),
    ("BATCH_LIMIT", "0", "greater than or equal to 1"),
    ("SENDERS", "65", "less than or equal to 64"),
    ("SESSION_HOURS", "1.5", "valid integer"),
    ("LINK_DAYS", "366", "less than or equal to 365"),
    ("LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
    ("LOG_FORMAT", "xml", "'text' or 'json'"),
)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and an environment that says nothing to us."""
    for name in os.environ:
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str, path: str = "heliograph.toml") -> None:
    Path(path).write_text(text, encoding="utf-8")


def refusal() -> str:
    with pytest.raises(Misconfigured) as wrong:
        load()
    return str(wrong.value)


def test_nothing_needs_to_be_set() -> None:
    """`make run` works on a fresh machine."""
    settings = load()
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8000, "en")
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.database == "sqlite:///var/heliograph.db"
    assert settings.outbox == Path("var/outbox")


def test_the_command_line_comes_before_the_environment_before_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each step overrules the next, setting by setting."""
    assert load().port == 8000
    write("port = 1\nsenders = 7")
    assert load().port == 1
    monkeypatch.setenv("HELIOGRAPH_PORT", "2")
    assert load().port == 2
    assert load(port=3).port == 3
    assert load(port=3).senders == 7
    assert load(port=None).port == 2


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Container files set variables to nothing; the file and the default still count."""
    write('desk_name = "Desk"')
    for name in ("DESK_NAME", "PORT", "MAIL_REPLY_TO", "DATA_DIR", "HOST"):
        monkeypatch.setenv(PREFIX + name, "")
    settings = load()
    assert (settings.desk_name, settings.port, settings.mail_reply_to) == ("Desk", 8000, None)
    assert (settings.data_dir, settings.host) == (Path("var"), "127.0.0.1")


def test_another_file_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is read instead, and has to be there."""
    write("port = 1")
    write("port = 2", "other.toml")
    monkeypatch.setenv("HELIOGRAPH_CONFIG", "other.toml")
    assert load().port == 2
    monkeypatch.setenv("HELIOGRAPH_CONFIG", "missing.toml")
    assert refusal() == "HELIOGRAPH_CONFIG: there is no file missing.toml"


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_a_wrong_setting_is_told_in_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    """Not a traceback, not a list: its name, and what it should be."""
    monkeypatch.setenv(PREFIX + name, value)
    told = refusal()
    assert told.startswith(f"{PREFIX}{name}: ")
    assert words in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('port = "eighty"', "HELIOGRAPH_PORT: must be a valid integer"),
        ("colour = 1", "heliograph.toml: colour is not a setting; see docs/settings.md"),
        ("[server]\nport = 1", "heliograph.toml: server is not a setting; see docs/settings.md"),
        ("port = [", "heliograph.toml: Invalid value"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence_too(text: str, told: str) -> None:
    """A slip in a name is no silent default."""
    write(text)
    assert refusal().startswith(told)


@pytest.mark.parametrize("variable", ["HELIOGRAPH_PROT", "HELIOGRAPH_", "heliograph_prot"])
def test_an_unknown_variable_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """It is a slip, and what was meant would not be done."""
    monkeypatch.setenv(variable, "8001")
    assert refusal() == f"{variable}: is not a setting; see docs/settings.md"


def test_the_token_of_the_examples_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The API's examples ask the reader to keep the token in this variable."""
    monkeypatch.setenv("HELIOGRAPH_TOKEN", "hgt_x")
    assert load().port == 8000


SECRETS = {
    "secret_key": SECRET,
    "webhook_secret": SECRET,
    "smtp_url": f"smtps://desk:{SECRET}@mail.example.org:465",
    "database_url": f"postgresql://desk:{SECRET}@db.example.org/desk",
}


def test_no_secret_is_in_what_is_printed() -> None:
    """Neither a log line nor a traceback holds one."""
    settings = load(**SECRETS)
    printed = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert SECRET not in printed
    assert settings.database == SECRETS["database_url"]


def test_every_setting_that_may_hold_a_secret_is_kept_as_one() -> None:
    """By its name, or because a password is part of the URL."""
    for name, field in Settings.model_fields.items():
        named = name.endswith("_key") or "secret" in name
        hidden = named or "PASSWORD" in (field.description or "")
        assert (field.annotation is SecretStr) == hidden, name


@pytest.mark.parametrize("name", ["secret_key", "webhook_secret", "database_url"])
def test_no_secret_is_in_a_refusal(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A wrong secret is still a secret."""
    monkeypatch.setenv(PREFIX + name.upper(), "hush-hush")
    assert "hush-hush" not in refusal()


def test_settings_do_not_change_while_we_run() -> None:
    """What was checked at the start stays in force."""
    with pytest.raises(ValidationError, match="frozen"):
        load().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://desk.example.org/", "https://desk.example.org"),
        ("https://desk.example.org/help/", "https://desk.example.org/help"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_links_begin_with_the_public_url(given: str, base: str) -> None:
    """Without a slash at its end, so that paths can follow."""
    assert load(public_url=given).base_url == base


def test_hosts_are_a_list_wherever_they_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON in the environment, an array in the file."""
    write('webhook_hosts = ["a.example.org"]')
    assert load().webhook_hosts == ("a.example.org",)
    monkeypatch.setenv("HELIOGRAPH_WEBHOOK_HOSTS", '["b.example.org", "c.example.org:8080"]')
    assert load().webhook_hosts == ("b.example.org", "c.example.org:8080")


def test_every_setting_is_explained() -> None:
    """On the page, by both of its names, with a sentence."""
    page = reference()
    for name, field in Settings.model_fields.items():
        assert f"| `{PREFIX}{name.upper()}` | `{name}` |" in page
        assert (field.description or "").endswith(".")
        assert "|" not in (field.description or "")


def test_the_page_in_the_documentation_is_the_one_the_code_makes() -> None:
    """`heliograph settings --markdown > docs/settings.md` makes it so."""
    assert PAGE.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("budget", ["MODEL_MONEY_PER_DAY", "MODEL_MONEY_PER_INCIDENT"])
def test_a_budget_in_money_needs_every_price(monkeypatch: pytest.MonkeyPatch, budget: str) -> None:
    """One that counts nothing would never be used up."""
    told = {"MODEL": "a", "SECOND_MODEL": "b", "MODEL_PRICE_IN": "1", "MODEL_PRICE_OUT": "2"}
    for name, value in {**told, budget: "5"}.items():
        monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(Misconfigured, match="second_model_price_in"):
        load()
    for name in ("SECOND_MODEL_PRICE_IN", "SECOND_MODEL_PRICE_OUT"):
        monkeypatch.setenv(PREFIX + name, "0")
    assert load().second_model_price_in == 0


@pytest.mark.parametrize(
    ("opinion", "missing"),
    [("on", "MODEL"), ("model", "MODEL"), ("second_model", "SECOND_MODEL")],
)
def test_an_opinion_needs_somebody_to_ask(
    monkeypatch: pytest.MonkeyPatch, opinion: str, missing: str
) -> None:
    """Whoever switches it on relies on it; off is what it is without a word."""
    assert load().opinion == "off"
    monkeypatch.setenv(f"{PREFIX}OPINION", opinion)
    with pytest.raises(Misconfigured, match="needs the setting"):
        load()
    monkeypatch.setenv(f"{PREFIX}MODEL", "a")
    monkeypatch.setenv(PREFIX + missing, "b")
    assert load().opinion == opinion
