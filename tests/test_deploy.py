"""The files in deploy/ and the commands of docs/deploy.md fit the program."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import yaml

from acquis.cli import CODES, main
from acquis.web.http.protocol import MANY
from acquis.web.http.serving import DISK_BROKEN
from acquis.web.http.streams import HEARTBEAT_S, POLL_S

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
UNIT = (DEPLOY / "acquis.service").read_text("utf-8")
BACKUP = (DEPLOY / "acquis-backup.service").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
CALL = re.compile(r"/opt/acquis/bin/acquis ([^'\n]+)")
CALLS = [call for text in (UNIT, BACKUP, *BLOCKS) for call in CALL.findall(text)]


def parsed(call: str) -> click.Context:
    """The command of a line, with its options as click reads them. Raises UsageError for an unknown option."""
    context = click.Context(main)
    command: click.Command = main
    words = shlex.split(re.sub(r"\$\([^)]*\)", "now", call))
    while isinstance(command, click.Group):
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found is not None, f"there is no command {name}"
        command = found
    return command.make_context(command.name or "", words)


@pytest.mark.parametrize("call", CALLS)
def test_every_command_is_one_of_the_program(call: str) -> None:
    context = parsed(call)
    assert context.params["data"] == Path("/var/lib/acquis/data")


def test_the_commands_are_found() -> None:
    assert {call.split()[0] for call in CALLS} == {"serve", "backup", "restore", "doctor", "pass"}


def test_statuses_that_need_a_person_do_not_start_the_server_again() -> None:
    statuses = set(map(int, re.findall(r"^RestartPreventExitStatus=(.*)$", UNIT, re.MULTILINE)[0].split()))
    assert {*CODES.values(), DISK_BROKEN} <= statuses
    assert statuses == set(range(64, 79))


def test_the_limits_of_the_unit_and_the_proxy_fit_the_server() -> None:
    assert f"LimitNOFILE={MANY}\n" in UNIT
    assert f"worker_rlimit_nofile {MANY};" in NGINX
    (timeout,) = map(int, re.findall(r"proxy_read_timeout (\d+)s", NGINX))
    assert timeout > max(60, 2 * HEARTBEAT_S, 2 * POLL_S)
    assert "proxy_buffering off;" in NGINX
    port = parsed(CALL.findall(UNIT)[0]).params["port"]
    assert f"http://127.0.0.1:{port};" in NGINX
    assert f"reverse_proxy {{$ACQUIS_SERVER:127.0.0.1:{port}}} " in (DEPLOY / "Caddyfile").read_text("utf-8")


def test_the_page_names_every_file_and_no_other() -> None:
    named = {name.rstrip(".") for name in re.findall(r"\bdeploy/([\w.-]+)", PAGE)}
    assert named == {path.name for path in DEPLOY.iterdir()}


def test_the_container_is_not_root_and_writes_nothing_but_its_data() -> None:
    lines = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()
    final = lines[max(n for n, line in enumerate(lines) if line.startswith("FROM")) :]
    assert "USER 10001" in final
    assert {line.partition(" ")[2] for line in final if line.startswith("VOLUME")} == {"/data"}
    command = json.loads(next(line for line in final if line.startswith("CMD")).removeprefix("CMD "))
    serve = parsed(shlex.join(command))
    assert serve.params["data"] == Path("/data/data")


def test_the_services_fit_together() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    acquis, caddy = services["acquis"], services["caddy"]
    serve = parsed(shlex.join(acquis["command"]))
    assert serve.params["proxies"] == (caddy["networks"]["inside"]["ipv4_address"],)
    assert caddy["environment"]["ACQUIS_SERVER"] == f"acquis:{serve.params['port']}"
    assert acquis["ulimits"]["nofile"] == MANY
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in services.values())
    assert {path.partition(":")[0] for path in caddy["volumes"]} == {"./Caddyfile", "certificates"}


@pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed")
def test_caddy_reads_its_file() -> None:
    call = ["caddy", "adapt", "--config", str(DEPLOY / "Caddyfile")]
    read = subprocess.run(call, capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr
    assert '"dialogue.example.org"' in read.stdout


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for path in DEPLOY.glob("acquis*"):
        text = path.read_text("utf-8").replace("/opt/acquis/bin/acquis serve", "/bin/true")
        (tmp_path / path.name).write_text(text, "utf-8")
    units = [str(path) for path in sorted(tmp_path.iterdir())]
    verified = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    complaints = [line for line in verified.stderr.splitlines() if "acquis" in line]
    assert complaints == []


@pytest.mark.skipif(not all(map(shutil.which, ("nginx", "openssl"))), reason="nginx or openssl is not installed")
def test_nginx_reads_its_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*make, "-keyout", str(key), "-out", str(certificate)], capture_output=True, check=True)
    text = re.sub(r"/etc/letsencrypt\S*privkey.pem", str(key), NGINX)
    text = re.sub(r"/etc/letsencrypt\S*fullchain.pem", str(certificate), text)
    text = text.replace("/var/log/nginx/error.log", str(tmp_path / "error.log"))
    text = text.replace("/run/nginx.pid", str(tmp_path / "nginx.pid")).replace("user www-data;", "")
    text = re.sub(r"listen \[::\].*", "", text).replace("listen ", "listen 127.0.0.1:18")  # as any user
    (tmp_path / "nginx.conf").write_text(text, "utf-8")
    call = ["nginx", "-t", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")]
    tested = subprocess.run(call, capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
