"""What an installation holds: one folder, complete enough to serve."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_scatters_nothing_over_site_packages(tmp_path: Path) -> None:
    """`api`, `tests` and `evals` are names that others have too."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    assert uv is not None
    subprocess.run(
        [
            uv,
            "build",
            "--quiet",
            "--wheel",
            "--no-build-isolation",
            "--out-dir",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
        timeout=100,
    )
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        opened.extractall(tmp_path / "site")
    assert {name.split("/")[0].split("-")[0] for name in names} == {"heliograph"}
    for needed in ("api/console/static/htmx.min.js", "api/console/locale/zh/LC_MESSAGES/console.po", "prompts/phrases.yaml", "pipeline/policy/packs/ticket_life.yaml"):  # fmt: skip
        assert f"heliograph/{needed}" in names
    done = subprocess.run(
        [
            sys.executable,
            "-S",
            "-c",
            BOOT.format(site=tmp_path / "site", packages=sysconfig.get_path("purelib")),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "sign-in" in done.stdout, done.stderr


BOOT = """
import sys
# Not by a .pth file: that of the checkout would be found first.
sys.path[:0] = ["{site}"]
sys.path.append("{packages}")
sys.argv = ["heliograph", "--help"]
import heliograph
assert heliograph.__file__.startswith("{site}")
heliograph.main()
"""
