"""`heliograph services`: a table in and out, a dry run, and what is missing, with exit codes."""

from __future__ import annotations

from pathlib import Path

from .commands import run

TABLE = (
    "id,name_zh,name_en,advice_zh,advice_en\ncrm,客户系统,CRM,请稍候,Please wait\nbad,=1+1,Bad,,\n"
)


def test_a_table_goes_in_out_and_in_again(tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text(TABLE, encoding="gb18030")
    looked = run("services", "import", str(file), "--dry-run", folder=tmp_path)
    assert looked.returncode == 0
    assert "2 would be added" in looked.stderr
    assert "2 added" in run("services", "import", str(file), folder=tmp_path).stderr
    out = tmp_path / "out.csv"
    assert run("services", "export", str(out), "--gbk", folder=tmp_path).returncode == 0
    written = out.read_bytes().decode("gb18030")
    assert "客户系统" in written
    assert ",'=1+1," in written
    assert (
        "0 added, 0 changed, 2 as before"
        in run("services", "import", str(out), folder=tmp_path).stderr
    )
    found = run("services", "check", folder=tmp_path)
    assert found.returncode == 1
    assert "no owner" in found.stdout


def test_a_wrong_line_is_told_and_nothing_is_taken_in(tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text("id,name_zh,depends_on\na,甲,nothing\n", encoding="utf-8")
    refused = run("services", "import", str(file), folder=tmp_path)
    assert refused.returncode == 1
    assert "line 2, depends_on: stands for nothing that is known: nothing" in refused.stderr
    assert run("services", "check", folder=tmp_path).returncode == 0
