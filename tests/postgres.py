"""A PostgreSQL of our own: a cluster in a temporary folder, for one test session (or one xdist worker).

It listens on a socket in that folder and on a port of loopback that was free. PostgreSQL refuses to
run as root, so as root it runs as another user of the machine.
"""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGQUIT

import psycopg
import pytest

START_SECONDS = 60
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "64MB",
    "autovacuum": "off",
}
"""Nobody pulls the plug of this one: what is tested is what a commit means to other connections."""


IN_USE = 20
"""Databases back from the newest, before which no test uses one any more."""


class Absent(Exception):
    """There is no PostgreSQL that could be started; the text says why."""


class Cluster:
    """A running server. `new_database` gives the URL of a database: empty, or a copy of `template`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._count = 0
        self._kept: set[str] = set()
        """Templates, which stay."""

    def new_database(self, template: str = "template0") -> str:
        self._count += 1
        name = f"test_{self._count}"
        source = template.rpartition("/")[2]
        self._kept.add(source)
        old = f"test_{self._count - IN_USE}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}".encode())
            if self._count > IN_USE and old not in self._kept:
                # A thousand of them would fill the folder, and take a minute to remove at the end.
                connection.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)".encode())
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql://heliograph@127.0.0.1:{self._port}/{database}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Skips where there is no PostgreSQL; in CI that is a failure, or nobody would ever notice."""
    try:
        programs = _programs()
        user = _user()
    except Absent as absent:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI tests on PostgreSQL too: {absent}")
        pytest.skip(str(absent))
    with _running(programs, user) as cluster:
        yield cluster


def _programs() -> Path:
    """The folder of initdb and pg_ctl: in PATH, or where Debian keeps each version."""
    in_path = shutil.which("initdb")
    found = [Path(in_path).resolve().parent] if in_path else []
    found += [Path(p) for p in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    for folder in found:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise Absent("no PostgreSQL is installed: no initdb in PATH or /usr/lib/postgresql")


def _user() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Absent("PostgreSQL refuses root, and there is no other user: postgres or nobody")


@contextmanager
def _running(programs: Path, user: pwd.struct_passwd) -> Iterator[Cluster]:
    # Not below pytest's folder, which other users may not enter; and short: a socket's path has
    # at most 107 characters.
    root = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT", "/tmp"))
    _clear_up(root)
    folder = Path(tempfile.mkdtemp(prefix=f"hg-pg-{os.getpid()}-", dir=root))
    try:
        if os.geteuid() == 0:
            os.chown(folder, user.pw_uid, user.pw_gid)
        files = str(folder / "cluster")
        initdb = [str(programs / "initdb"), "-D", files, "-U", "heliograph", "-A", "trust"]
        _run([*initdb, "-E", "UTF8", "--locale=C", "--no-sync"], user, folder)
        port = _free_port()
        settings = {**_FAST, "port": str(port), "listen_addresses": "127.0.0.1"}
        options = " ".join(f"-c {k}={v}" for k, v in settings.items()) + f" -k {folder}"
        pg_ctl = [str(programs / "pg_ctl"), "-D", files, "-w", "-t", str(START_SECONDS)]
        _run([*pg_ctl, "-l", str(folder / "log"), "-o", options, "start"], user, folder)
        try:
            yield Cluster(port)
        finally:
            _run([*pg_ctl, "-m", "immediate", "stop"], user, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear_up(root: Path) -> None:
    """Of tests that were killed: their servers would go on, and their folders fill the memory."""
    for folder in root.glob("hg-pg-*-*"):
        if Path("/proc", folder.name.split("-")[2]).exists():
            continue
        with suppress(OSError, ValueError, IndexError):
            server = int((folder / "cluster" / "postmaster.pid").read_text().split()[0])
            # The number may be another process's by now; a folder without its server may be another machine's.
            if str(folder).encode() in Path(f"/proc/{server}/cmdline").read_bytes():
                os.kill(server, SIGQUIT)
                shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], user: pwd.struct_passwd, folder: Path) -> None:
    as_root = os.geteuid() == 0
    done = subprocess.run(
        command,
        user=user.pw_uid if as_root else None,
        group=user.pw_gid if as_root else None,
        extra_groups=[] if as_root else None,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(folder)},
        # A file, not a pipe: the server inherits it, and a pipe would stay open as long as it runs.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=START_SECONDS + 10,
    )
    if done.returncode:
        log = folder / "log"
        said = log.read_text(errors="replace")[-2000:] if log.exists() else "it left no log"
        raise RuntimeError(f"{Path(command[0]).name} ended with {done.returncode}: {said}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
