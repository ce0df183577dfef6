"""What must stay secret is in no log line, no refusal, no answer and no file that is not made for it."""

from __future__ import annotations

import json
import re
import signal
import socket
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from .commands import ROOT, event, run, surroundings

HUSH = "hush-hush-and-not-a-word-of-it"
"""Part of every secret here, so that one search finds them all."""
KEPT = {
    "HELIOGRAPH_SECRET_KEY": f"{HUSH}-signs-links",
    "HELIOGRAPH_WEBHOOK_SECRET": f"{HUSH}-signs-hooks",
    "HELIOGRAPH_SMTP_URL": f"smtps://desk:{HUSH}@127.0.0.1:PORT",
}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Everything that somebody could have read while a server with secrets ran."""

    folder: Path
    log: str
    answers: dict[str, str]
    links: tuple[str, ...]
    """Secrets that were made for one person: a sign-in, a token."""


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module", params=["text", "json"])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """A server whose relay is away, asked everything, by the command line and by HTTP."""
    folder = tmp_path_factory.mktemp("secrets")
    shape = {"HELIOGRAPH_LOG_FORMAT": request.param, "HELIOGRAPH_LOG_LEVEL": "debug"}
    kept = {name: value.replace("PORT", str(closed_port())) for name, value in KEPT.items()}
    settings = {**kept, **shape}
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "heliograph.py"), "serve", "--empty", "--port", "0"],
        cwd=folder,
        env=surroundings(folder, **settings),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        said = []
        for text in server.stderr:
            said.append(text)
            if text.startswith("Mails go to the relay"):
                break
        greeting = "".join(said)
        answers, links = asked(folder, greeting, settings)
        server.send_signal(signal.SIGTERM)
        _, rest = server.communicate(timeout=30)
    finally:
        server.kill()
        server.wait(20)
    # The greeting is no log: it hands the sign-in link to whoever started the server.
    return Seen(folder=folder, log=rest, answers=answers, links=links)


def asked(
    folder: Path, greeting: str, settings: dict[str, str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    url = greeting.partition("answers on ")[2].split()[0]
    sign_in = re.findall(r"http\S+/sign-in/\S+", greeting)[0]
    token = str(json.loads((folder / "var" / "server.json").read_text())["token"])
    (folder / "events.jsonl").write_text(event(1) + "\n", encoding="utf-8")
    answers = {}
    for words in (
        "settings",
        "settings --json",
        "ingest events.jsonl --json",
        "incidents show F-1 --json",
        "waiting --json",
        "token list --json",
    ):
        done = run(*words.split(), folder=folder, **settings)
        assert done.returncode == 0, done.stderr
        answers[words] = done.stdout + done.stderr
    bearer = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=url, trust_env=False, timeout=20) as client:
        for path in ("/api/v1/settings", "/api/v1/waiting", "/api/v1/tokens", "/openapi.json"):
            answers[path] = client.get(path, headers=bearer).text
        client.get("/t/no-link-of-ours-at-all")
        client.post(sign_in.removeprefix(url))
        for path in ("/incidents", "/waiting", "/rules", "/incidents/F-1", "/nothing"):
            answers[path] = client.get(path, headers={"Accept": "text/html"}).text
    return answers, (token, sign_in.rpartition("/")[2], "no-link-of-ours-at-all")


def test_the_log_holds_no_secret_even_when_it_tells_everything(seen: Seen) -> None:
    """Passwords, keys, tokens, and links that stand for a person."""
    assert "path=" in seen.log or '"path"' in seen.log
    for secret in (HUSH, *seen.links):
        assert secret not in seen.log


def test_no_answer_to_anybody_holds_one(seen: Seen) -> None:
    for asked_for, answer in seen.answers.items():
        assert answer.strip(), asked_for
        assert HUSH not in answer, asked_for


def test_a_token_is_shown_once_when_it_is_made_and_never_listed(seen: Seen) -> None:
    for asked_for, answer in seen.answers.items():
        assert seen.links[0] not in answer, asked_for


def test_the_settings_say_that_a_secret_is_set_and_no_more(seen: Seen) -> None:
    for asked_for in ("settings --json", "/api/v1/settings"):
        shown = json.loads(seen.answers[asked_for])
        shown = shown.get("settings", shown)
        assert {shown[name] for name in ("secret_key", "webhook_secret", "smtp_url")} == {"set"}
        assert shown["database_url"] == "not set"


def test_no_file_of_the_data_folder_holds_one(seen: Seen) -> None:
    """A copy of the data is not a copy of the keys."""
    for file in (seen.folder / "var").rglob("*"):
        if file.is_file():
            assert HUSH.encode() not in file.read_bytes(), file


def test_tokens_and_sign_ins_are_kept_as_digests_only(seen: Seen) -> None:
    for file in (seen.folder / "var").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            for secret in seen.links:
                assert secret.encode() not in content, file


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", f"postgresql://desk:{HUSH}@127.0.0.1:PORT/desk"),
        ("DATABASE_URL", f"mysql://desk:{HUSH}@db.example.org/desk"),
        ("DATABASE_URL", f"postgresql://desk:{HUSH}@[/desk"),
        ("SMTP_URL", f"smtp://desk:{HUSH}@mail.example.org?starttls=off"),
        ("SMTP_URL", f"imap://desk:{HUSH}@mail.example.org"),
        ("SMTP_URL", f"smtps://desk:{HUSH}@mail.example.org:port"),
        ("WEBHOOK_SECRET", f"whsec_{HUSH}*"),
        ("SECRET_KEY", HUSH),
    ],
)
def test_a_start_that_is_refused_for_a_secret_does_not_repeat_it(
    tmp_path: Path, variable: str, value: str
) -> None:
    """One sentence that names the setting, and never what it was set to."""
    given = {f"HELIOGRAPH_{variable}": value.replace("PORT", str(closed_port()))}
    done = run("serve", "--empty", "--port", "0", folder=tmp_path, **given)
    assert done.returncode != 0
    assert f"HELIOGRAPH_{variable}" in done.stderr
    assert HUSH not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_that_is_made_here_is_readable_for_its_owner_alone(tmp_path: Path) -> None:
    """And no command shows it."""
    done = run("incidents", "list", "--json", folder=tmp_path)
    shown = run("settings", "--json", folder=tmp_path)
    file = tmp_path / "var" / "secret.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = file.read_text(encoding="ascii").strip()
    assert key not in done.stdout + done.stderr + shown.stdout + shown.stderr
