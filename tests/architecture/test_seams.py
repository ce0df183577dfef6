"""Time and chance come in through seams, so that a replay gives the same to the byte (laws 11, 13)."""

from __future__ import annotations

from .source import Module, modules, names_used

WALL_CLOCK = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
}
CHANCE = {"random", "uuid", "secrets", "os.urandom", "numpy.random"}
PAUSES = {"time.sleep"}
READS_CLOCK = {
    "pipeline/adapters/clock.py",
    "api/cli/ingest.py",  # judges lines before any installation is open
    "api/cli/history_batches.py",  # so does it: a ticket of the future is no past
    "api/cli/serve.py",  # the sample is played up to the moment of the start
}
TAKES_CHANCE = {
    "pipeline/adapters/ids.py",
    "pipeline/adapters/signing.py",
    "api/auth/secret_values.py",  # tokens and sessions: no message holds one
}


def _using(names: set[str], *rooms: str) -> set[str]:
    return {module.path for module in modules(*rooms) if names_used(module.tree) & names}


def test_only_the_clock_reads_the_time() -> None:
    """Everything else asks the seam, or is told."""
    assert _using(WALL_CLOCK, "pipeline", "knowledge", "prompts", "api") == READS_CLOCK


def test_only_adapters_take_chances() -> None:
    """Ids and secrets come from seams; nothing that is sent depends on a throw of dice."""
    assert _using(CHANCE, "pipeline", "knowledge", "prompts", "api") == TAKES_CHANCE


def test_a_running_clock_measures_and_never_decides() -> None:
    """`monotonic` and its kin serve idle connections and log lines; no stage knows them."""
    running = {"time.monotonic", "time.perf_counter", "time.monotonic_ns"}
    stages = {path for path in _using(running, "pipeline") if "/adapters/" not in path}
    assert stages == set()


def test_nothing_waits_for_the_real_time() -> None:
    """A pause in the pipeline would hold a thread, and in a test everybody's time."""
    assert _using(PAUSES, "pipeline", "api", "tests") == set()


def test_a_far_side_alone_may_hang() -> None:
    """The mail sink that does not answer is the only sleeper of the tests."""
    assert _using({"asyncio.sleep"}, "tests") <= {"tests/contract/sinks.py"}


def _mocks(module: Module) -> bool:
    return any(name.startswith("unittest.mock") for name in names_used(module.tree))


def test_no_test_mocks_what_has_a_seam() -> None:
    """Each seam has a fake that passes the contract; a patched name proves nothing."""
    assert [module.path for module in modules("tests") if _mocks(module)] == []
