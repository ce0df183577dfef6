"""The command line: it teaches, refuses in one sentence, and asks the running server when there is one."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from .commands import ROOT, answer, event, run


@pytest.mark.parametrize("command", [[], ["--help"], ["ingest", "--help"], ["token", "create", "--help"], ["rules", "check", "--help"]])  # fmt: skip
def test_every_help_page_teaches(tmp_path: Path, command: list[str]) -> None:
    done = run(*command, folder=tmp_path)
    assert "Usage" in done.stdout
    assert "heliograph" in done.stdout


def test_a_file_of_events_goes_in_once_however_often_it_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text("\n".join([event(1), "", event(2)]) + "\n", encoding="utf-8")
    assert answer("ingest", str(file), "--dry-run", folder=tmp_path) == {"checked": 2}
    assert answer("ingest", str(file), folder=tmp_path) == {"accepted": 2, "duplicates": 0}
    assert answer("ingest", "-", folder=tmp_path, given=file.read_text()) == {
        "accepted": 0,
        "duplicates": 2,
    }
    listed = answer("incidents", "list", folder=tmp_path)
    assert {i["number"] for i in listed["incidents"]} == {"F-1", "F-2"}


def test_wrong_lines_are_named_and_none_is_sent(tmp_path: Path) -> None:
    lines = [event(1), "{", event(2, title=""), event(3)]
    done = run("ingest", "-", folder=tmp_path, given="\n".join(lines))
    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert "line 3" in done.stderr
    assert "data.title" in done.stderr
    assert answer("incidents", "list", folder=tmp_path)["incidents"] == []


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"HELIOGRAPH_PORT": "high"}, "HELIOGRAPH_PORT"),
        ({"HELIOGRAPH_ZONE": "Moon/Base"}, "HELIOGRAPH_ZONE"),
        ({"HELIOGRAPH_DATABASE_URL": "mysql://x"}, "HELIOGRAPH_DATABASE_URL"),
        ({"HELIOGRAPH_WEBHOOK_SECRET": "short"}, "HELIOGRAPH_WEBHOOK_SECRET"),
        ({"HELIOGRAPH_NOSUCH": "1"}, "HELIOGRAPH_NOSUCH"),
        ({"HELIOGRAPH_CONFIG": "nowhere.toml"}, "HELIOGRAPH_CONFIG"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence_that_names_it(
    tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    done = run("serve", "--empty", folder=tmp_path, **settings)
    assert done.returncode == 1
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_rules_are_checked_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("version: 1\nrules:\n  - id: x\n", encoding="utf-8")
    done = run("rules", "check", str(tmp_path), folder=tmp_path)
    assert done.returncode == 1
    assert "a.yaml:3" in done.stderr
    assert (
        run("rules", "check", str(ROOT / "pipeline/policy/packs"), folder=tmp_path).returncode == 0
    )


def test_templates_are_checked_with_file_and_reason(tmp_path: Path) -> None:
    laid = tmp_path / "messages" / "resolution"
    laid.mkdir(parents=True)
    (laid / "requester.en.jinja").write_text("== subject ==\n{{ colour }}\n", encoding="utf-8")
    done = run("templates", "check", str(tmp_path), folder=tmp_path)
    assert done.returncode == 1
    assert "resolution/requester.en.jinja" in done.stderr


def test_rules_that_contradict_each_other_are_not_called_all_right(tmp_path: Path) -> None:
    """They may be meant, so they may be put in force; what is doubted is counted."""
    shutil.copytree(ROOT / "pipeline/policy/packs", tmp_path / "rules")
    twice = "{id: twice, events: [declared], tell: affected, kind: first_contact, lane: urgent, reason: {zh: 测试, en: test}}"
    (tmp_path / "rules" / "zz.yaml").write_text(
        f"version: 1\nrules:\n  - {twice}\n", encoding="utf-8"
    )
    done = run("rules", "check", str(tmp_path / "rules"), folder=tmp_path)
    assert done.returncode == 0
    assert "zz.yaml:3: Rules twice and first-contact contradict each other" in done.stderr
    assert "fit to be put in force, but 1 doubt above" in done.stderr
    assert "all right" not in done.stderr


def test_rules_are_held_to_the_register_where_a_folder_of_data_is_named(tmp_path: Path) -> None:
    """Without one nobody knows which services there are, and it is said how to look; a folder that holds none stays
    as it is."""
    shutil.copytree(ROOT / "pipeline/policy/packs", tmp_path / "rules")
    (tmp_path / "rules" / "zz.yaml").write_text(
        "version: 1\nconfirmation:\n  tickets:\n    - {service: crn, count: 3, within: 9m}\n",
        encoding="utf-8",
    )
    check = ("rules", "check", str(tmp_path / "rules"))
    alone = run(*check, folder=tmp_path).stderr
    assert "all right" in alone
    assert "was not looked at: --data-dir DIR does that" in alone
    var = tmp_path / "var"
    mistyped = run(*check, "--data-dir", str(var), folder=tmp_path)
    assert "holds no installation" in mistyped.stderr
    assert not var.exists()
    assert run("token", "list", "--data-dir", str(var), folder=tmp_path).returncode == 0
    done = run(*check, "--data-dir", str(var), folder=tmp_path)
    assert done.returncode == 0
    assert "zz.yaml:4: confirmation.tickets names the service crn" in done.stderr
    assert "1 doubt above" in done.stderr


def test_a_broken_text_is_told_with_its_place_when_it_is_saved_and_when_it_is_put_in_force(
    tmp_path: Path,
) -> None:
    """With what to do about it; a good one says how it comes in force."""
    messages = tmp_path / "texts" / "messages"
    shutil.copytree(ROOT / "prompts/messages/update", messages / "update")
    save = ("templates", "save", "update/affected", str(tmp_path / "texts"))
    good = run(*save, folder=tmp_path)
    assert "kept as version 1; it is in force after `heliograph templates activate" in good.stderr
    with (messages / "update/affected.zh.jinja").open("a", encoding="utf-8") as file:
        file.write("{% if %}\n")
    broken = run(*save, folder=tmp_path)
    assert "update/affected.zh.jinja:" in broken.stderr
    assert "version 2, which cannot be put in force like this" in broken.stderr
    refused = run("templates", "activate", "update/affected", "2", folder=tmp_path)
    assert refused.returncode == 1
    assert "update/affected.zh.jinja:" in refused.stderr
    assert "save it again (heliograph templates save update/affected FOLDER)" in refused.stderr


def test_a_text_that_is_not_there_is_asked_for_by_its_place(tmp_path: Path) -> None:
    done = run("templates", "save", "update/nobody", str(tmp_path), folder=tmp_path)
    assert done.returncode == 1
    assert f"there is no file {tmp_path / 'messages/update/nobody.zh.jinja'}" in done.stderr
    assert "FOLDER/messages/KIND/AUDIENCE.zh.jinja" in done.stderr
    assert "Errno" not in done.stderr


def test_a_directory_is_checked_loaded_and_shown(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text("people:\n  - {id: ada, name: Ada, role: technician}\n", encoding="utf-8")
    assert run("directory", "load", str(file), "--check", folder=tmp_path).returncode == 0
    assert run("directory", "load", str(file), folder=tmp_path).returncode == 0
    shown = json.loads(run("directory", "show", folder=tmp_path).stdout)
    assert [p["id"] for p in shown["people"]] == ["ada"]
    assert "/sign-in/" in run("sign-in", "ada", folder=tmp_path).stdout
    assert run("sign-in", "nobody", folder=tmp_path).returncode == 1


def test_settings_show_no_secret(tmp_path: Path) -> None:
    done = run("settings", folder=tmp_path, HELIOGRAPH_SECRET_KEY="s" * 40)
    assert "s" * 40 not in done.stdout
    assert "secret_key" in done.stdout


def test_commands_ask_the_running_server_and_a_second_one_is_refused(serving: Path) -> None:
    made = answer("token", "create", "desk", "--scope", "read", folder=serving)
    assert made["secret"].startswith("hg_")
    assert "desk" in [t["name"] for t in answer("token", "list", folder=serving)]
    second = run("serve", "--empty", "--port", "0", folder=serving)
    assert second.returncode != 0
    assert "another Heliograph process" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
    assert answer("ingest", "-", folder=serving, given=event(1)) == {"accepted": 1, "duplicates": 0}
    assert answer("waiting", folder=serving)["alarms"] == []
    assert run("reload", folder=serving).returncode == 0


def test_the_file_that_names_the_server_is_for_its_owner_alone(serving: Path) -> None:
    assert (serving / "var" / "server.json").stat().st_mode & 0o777 == 0o600


def test_a_token_is_made_listed_whole_used_and_revoked(serving: Path) -> None:
    """Its id is never cut: the next command asks for it."""
    server = json.loads((serving / "var" / "server.json").read_text())
    create = ("token", "create", "desk", "--scope", "events:write", "--source", "file")
    made = answer(*create, folder=serving)
    listed = run("token", "list", folder=serving).stdout
    assert made["id"] in listed
    assert made["secret"] not in listed
    headers = {
        "Authorization": f"Bearer {made['secret']}",
        "Content-Type": "application/cloudevents+json",
    }
    events = f"{server['url']}/api/v1/events"
    assert httpx.post(events, content=event(1), headers=headers).status_code == 202
    assert run("token", "revoke", made["id"], folder=serving).returncode == 0
    assert httpx.post(events, content=event(2), headers=headers).status_code == 401
    assert made["id"] not in run("token", "list", folder=serving).stdout
    assert made["id"] in [t["id"] for t in answer("token", "list", "--all", folder=serving)]


def test_only_the_secret_goes_into_a_pipe(tmp_path: Path) -> None:
    done = run("token", "create", "desk", "--scope", "read", folder=tmp_path)
    assert done.stdout.startswith("hg_")
    assert len(done.stdout.split()) == 1


def test_a_port_that_is_taken_is_said_in_one_sentence(serving: Path, tmp_path: Path) -> None:
    port = json.loads((serving / "var" / "server.json").read_text())["url"].rpartition(":")[2]
    done = run("serve", "--port", port, "--data-dir", str(tmp_path / "other"), folder=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith(f"heliograph: cannot listen on 127.0.0.1:{port}")
    assert len(done.stderr.strip().splitlines()) == 1


def test_settings_come_from_option_environment_and_file_in_this_order(tmp_path: Path) -> None:
    (tmp_path / "heliograph.toml").write_text(
        'port = 1\ndesk_name = "From the file"\nlanguage = "zh"\n', encoding="utf-8"
    )
    shown = json.loads(run("settings", "--json", folder=tmp_path, HELIOGRAPH_PORT="2").stdout)
    assert (shown["port"], shown["desk_name"]) == (2, "From the file")
    given = run("settings", "--json", "--data-dir", "elsewhere", folder=tmp_path).stdout
    assert json.loads(given)["data_dir"] == "elsewhere"


def test_the_api_is_described_without_a_server_and_without_data(tmp_path: Path) -> None:
    described = json.loads(run("openapi", folder=tmp_path).stdout)
    assert "/api/v1/events" in described["paths"]
    assert not (tmp_path / "var").exists()


def test_a_title_cannot_command_the_terminal(tmp_path: Path) -> None:
    hostile = event(1, title="[red]x[/red] [link=http://evil.example]y", requester={"id": "a"})
    run("ingest", "-", folder=tmp_path, given=hostile)
    shown = run("incidents", "show", "F-1", folder=tmp_path).stdout
    assert "[red]x[/red]" in shown
    assert "\x1b" not in shown


def test_a_ticket_whose_number_holds_signs_of_an_address_is_shown_and_no_other(
    tmp_path: Path,
) -> None:
    for n, number in enumerate(("a", "a?b", "a/b#c")):
        raw = json.loads(event(n, title=f"Title {n}", requester={"id": "ada"}))
        run("ingest", "-", folder=tmp_path, given=json.dumps(raw | {"subject": number}))
    assert "Title 1" in run("incidents", "show", "a?b", folder=tmp_path).stdout
    assert "Title 2" in run("incidents", "show", "a/b#c", folder=tmp_path).stdout
    assert run("incidents", "show", "a#c", folder=tmp_path).returncode == 1


def test_a_confirmed_cause_is_shown_without_odds(tmp_path: Path) -> None:
    """An estimate says nothing any more once a person has said what it was."""
    told = event(1, title="Drives fail", requester={"id": "ada"}, service="files")
    answer("ingest", "-", folder=tmp_path, given=told)
    change = ("changes", "tell", "CHG-1", "--service", "files", "--what", "New firmware")
    at = (datetime.fromisoformat(json.loads(told)["time"]) - timedelta(minutes=9)).isoformat()
    assert run(*change, "--at", at, folder=tmp_path).returncode == 0
    before = run("causes", "show", "F-1", folder=tmp_path)
    assert "%" in before.stdout
    assert "none of these" in before.stderr
    key = "change:changes:CHG-1"
    run("causes", "confirm", "F-1", key, "--cause", "the firmware", folder=tmp_path)
    after = run("causes", "show", "F-1", folder=tmp_path)
    assert "%" not in after.stdout + after.stderr
    assert "confirmed" in after.stdout
    assert "verdict: confirmed" in after.stderr


def test_a_list_of_tickets_says_how_many_it_left_out_and_how_a_major_incident_stands(
    tmp_path: Path,
) -> None:
    """ "new" is no answer to how far its repair has come, and a cut list must not look whole."""
    raw = json.loads(event(1, severity="P2", service="files"))
    declared = raw | {"type": "heliograph.incident.declared.v1"}
    declared["data"] = {"severity": "P2", "service": "files"}
    given = "\n".join([json.dumps(declared), event(2), event(3)])
    assert run("ingest", "-", folder=tmp_path, given=given).returncode == 0
    whole = run("incidents", "list", folder=tmp_path)
    assert "investigating" in whole.stdout
    assert "more:" not in whole.stderr
    cut = run("incidents", "list", "--limit", "1", folder=tmp_path)
    assert "2 more: --limit shows up to 500" in cut.stderr
    assert "investigating" in run("incidents", "show", "F-1", folder=tmp_path).stdout


def test_a_mute_that_is_over_already_is_refused_with_its_reason(tmp_path: Path) -> None:
    add = ("mutes", "add", "person:ada", "service:crm", "--until")
    over = run(*add, "2020-01-01T00:00:00Z", folder=tmp_path)
    assert "still to come; 2020-01-01T00:00:00.000000Z has passed" in over.stderr
    far = run(*add, "2999-01-01T00:00:00Z", folder=tmp_path)
    assert "nothing is muted for more than 90 days" in far.stderr
