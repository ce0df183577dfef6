"""Scripts go by exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 out of reach. Never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from .commands import run, started

WRONG_USAGE = [["nosuch"], ["ingest"], ["token", "create"], ["incidents", "list", "--limit", "0"]]
REFUSED = [
    (["incidents", "show", "T-404"], "no ticket T-404"),
    (["incidents", "list", "--state", "asleep"], "state.0"),
    (["token", "revoke", "x"], "no token x that is in force"),
    (["token", "create", "x", "--scope", "events:write"], "needs at least one source"),
    (["sources", "set", "x", "--owner", "moon"], "0.owner"),
    (["rules", "check", "nowhere"], "nowhere is not a folder"),
    (["templates", "check", "nowhere"], "nowhere is not a folder"),
    (["directory", "load", "nowhere.yaml"], "nowhere.yaml cannot be read"),
]
DIRECTORIES = [
    ("people: [{id: 2026-01-01, name: Ada}]", "people.0.id"),
    ("people: [{id: ada, name: .nan}]", "people.0.name"),
    ("people: [{id: ada, name: Ada, phone: 6012}]", "people.0.phone"),
    ("people: [{id: ada, name: Ada, addresses: [{channel: mail, value: \"a\\nb@c\"}]}]", "people.0.addresses.0.value"),
    ("persons: []", "persons"),
    ("[]", "is not right"),
    ("", "is not right"),
    ("- - -: [", "people.yaml"),
    ("a: !!python/object:os.system x", "people.yaml"),
]  # fmt: skip


@pytest.mark.parametrize("command", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_ends_with_two(tmp_path: Path, command: list[str]) -> None:
    done = run(*command, folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "code"),
    [(["openapi"], 0), (["incidents", "show", "T-404"], 1), (["nosuch"], 2)],
    ids=["done", "refused", "wrong usage"],
)
def test_as_a_process_of_its_own_it_ends_the_same(
    tmp_path: Path, command: list[str], code: int
) -> None:
    """What a shell gets, whatever the other tests run inside their own process."""
    done = started(*command, folder=tmp_path)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    here = run(*command, folder=tmp_path)
    assert (here.returncode, here.stdout, here.stderr) == (code, done.stdout, done.stderr)


@pytest.mark.parametrize(("command", "said"), REFUSED, ids=lambda v: " ".join(v)[:40])
def test_a_refusal_ends_with_one_and_one_sentence(
    tmp_path: Path, command: list[str], said: str
) -> None:
    done = run(*command, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("content", "named"), DIRECTORIES, ids=[d[1] for d in DIRECTORIES])
def test_a_directory_that_is_wrong_is_refused_with_the_place(
    tmp_path: Path, content: str, named: str
) -> None:
    (tmp_path / "people.yaml").write_text(content, encoding="utf-8")
    done = run("directory", "load", "people.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"HELIOGRAPH_DATABASE_URL": "postgresql://u:geheim@127.0.0.1:1/x"}, "HELIOGRAPH_DATABASE_URL"),
        ({"HELIOGRAPH_DATABASE_URL": "sqlite:////nowhere/x.db"}, "HELIOGRAPH_DATABASE_URL"),
        ({"HELIOGRAPH_DATA_DIR": "file"}, "HELIOGRAPH_DATA_DIR"),
    ],
)  # fmt: skip
def test_what_cannot_be_reached_ends_with_three_and_keeps_its_password(
    tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    (tmp_path / "file").touch()
    done = run("waiting", folder=tmp_path, **settings)
    assert done.returncode == 3
    assert named in done.stderr
    assert "geheim" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "left",
    ["[]", '{"url": 1, "token": 2}', '{"url": "http://[", "token": "x"}', '{"url": "http://127.0.0.1:1", "token": "x"}'],
)  # fmt: skip
def test_a_file_that_a_killed_server_left_keeps_nobody_out(tmp_path: Path, left: str) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "server.json").write_text(left, encoding="utf-8")
    done = run("waiting", folder=tmp_path)
    assert (done.returncode, done.stderr.strip()) == (0, "Nothing waits for you.")
