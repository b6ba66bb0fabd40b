"""Two thousand phones behind nginx with the settings of deploy/nginx.conf, and the same without it. There is no TLS:
the phones of the benchmark speak plain HTTP."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvloop

from benchmarks.measure import Result
from benchmarks.web import Server, listening, prepare, server

FILE = Path(__file__).resolve().parents[1] / "deploy" / "nginx.conf"
PORT, PHONES, PER_SECOND = 8901, 2_000, 300


class Front(Server):
    """The server with a proxy before it: phones speak to the proxy; figures of CPU and memory are those of the
    server."""

    def __init__(self, behind: Server) -> None:
        super().__init__(behind.process, PORT)


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """nginx before the server at a port."""
    text = FILE.read_text("utf-8")
    location = re.findall(r"location / \{[^{}]*proxy_pass[^{}]*\}", text)[0].replace(
        "127.0.0.1:8000", f"127.0.0.1:{port}"
    )
    head = text[: text.index("http {")].replace("user www-data;", "daemon off;")
    head = head.replace("/run/nginx.pid", str(folder / "pid"))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    written = f"{head} http {{ access_log off; {temporary} server {{ listen 127.0.0.1:{PORT}; {location} }} }}"
    (folder / "nginx.conf").write_text(written, "utf-8")
    process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    try:
        for _ in range(100):
            with socket.socket() as tried:
                if not tried.connect_ex(("127.0.0.1", PORT)):
                    break
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait()


def _cpu_s(parent: int) -> float:
    """The CPU time of the workers of nginx, in seconds."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    stats = [Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split() for child in children]
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / os.sysconf("SC_CLK_TCK")


def results() -> list[Result]:
    """Two thousand phones that listen through nginx while others vote through it; none without nginx."""
    if shutil.which("nginx") is None:
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        secrets = prepare(folder / "direct")
        with server(folder / "direct") as running:
            direct = uvloop.run(listening(running, secrets, PHONES, PER_SECOND))
        secrets = prepare(folder / "data")
        with server(folder / "data") as running, nginx(folder, running.port) as proxy:
            began = time.perf_counter()
            result = uvloop.run(listening(Front(running), secrets, PHONES, PER_SECOND))
            share = _cpu_s(proxy.pid) / (time.perf_counter() - began)
    result.what += ", through nginx"
    result.more += f", nginx {share:.2f} core"
    return [direct, result]
