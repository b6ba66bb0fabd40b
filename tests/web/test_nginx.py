"""Debian's nginx in front of the server, with the file of deploy/: TLS and HTTP/2, streams, names, addresses and
compression."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks.voters import SESSION
from benchmarks.web import prepare
from tests.certificates import certificate

MISSING = [name for name in ("nginx", "curl") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(bool(MISSING), reason=f"{' and '.join(MISSING)} is not installed: apt install nginx curl"),
]
FILE = (Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf").read_text("utf-8")
NAME = "dialogue.test"
PASSED_ON = "proxy_http_version 1.1; proxy_buffering off;"
# Each further server is declared as: the name of its port, and what stands in its location.
FURTHER = {
    "no_host": f"proxy_pass http://127.0.0.1:APP; {PASSED_ON} proxy_set_header X-Forwarded-For $remote_addr;",
    "inner": f"proxy_pass http://127.0.0.1:APP; {PASSED_ON} proxy_set_header Host $host;"
    " proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    "outer": f"proxy_pass https://127.0.0.1:INNER; {PASSED_ON} proxy_set_header Host $host; proxy_ssl_verify off;"
    " proxy_set_header X-Forwarded-For $remote_addr;",
    "stranger": f"proxy_pass http://127.0.0.1:APP; {PASSED_ON} proxy_set_header Host $host; proxy_bind 127.0.0.6;"
    " proxy_set_header X-Forwarded-For $remote_addr;",
    "elsewhere": f"proxy_pass http://127.0.0.1:APP; {PASSED_ON} proxy_set_header Host $host; proxy_bind 127.0.0.5;"
    " proxy_set_header X-Forwarded-For $remote_addr;",
    "zealous": f"proxy_pass http://127.0.0.1:APP; {PASSED_ON} proxy_set_header Host $host; gzip on; gzip_proxied any;"
    " gzip_min_length 1; gzip_types *;",
}


def free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [bound.getsockname()[1] for bound in sockets]
    for bound in sockets:
        bound.close()
    return ports


@dataclass
class Front:
    """The proxies with their ports by name, the certificate that they show, and secrets of passes."""

    ports: dict[str, int]
    authority: Path
    organizer: str
    voters: list[str]
    folder: Path

    def call(self, path: str, *options: str, server: str = "tls", name: str = NAME) -> list[str]:
        """The command line of curl for a path."""
        port = self.ports[server]
        here = ["--resolve", f"{name}:{port}:127.0.0.1", "--cacert", str(self.authority), "--max-time", "60"]
        return ["curl", "-sS", *here, *options, f"https://{name}:{port}{path}"]

    def get(self, path: str, *options: str, server: str = "tls", name: str = NAME) -> tuple[str, bytes]:
        """The head of the answer, and the body as it came."""
        ran = subprocess.run(self.call(path, "-i", *options, server=server, name=name), capture_output=True, check=True)
        head, _, body = ran.stdout.partition(b"\r\n\r\n")
        return head.decode(), body

    def join(self, server: str, source: str) -> None:
        """Let somebody join from an address of this machine."""
        jar = self.folder / f"{server}-{source}.txt"
        fields = ["-d", "lane=online", "-d", "code=BENCH000", "--interface", source]
        follow = ["-L", "-b", str(jar), "-c", str(jar), "-o", str(self.folder / "joined"), "-w", "%{http_code}"]
        call = self.call(f"/s/{SESSION}/join", *fields, *follow, server=server)
        ran = subprocess.run(call, capture_output=True, text=True, check=True)
        assert ran.stdout == "200", ran.stdout

    def joined(self) -> tuple[int, int]:
        """How many people joined in the last minutes, and how many of them from one network."""
        text = self.get("/status", "-H", f"Cookie: __Host-pass={self.organizer}")[1].decode()
        all, one = (re.search(rf"(\d+) {words}", text) for words in ("in the last 10 minutes", "of them from one"))
        return int(all[1]) if all else 0, int(one[1]) if one else 1


def configuration(folder: Path, ports: dict[str, int], authority: Path, key: Path) -> str:
    """The file of deploy/ for these ports, with further servers beside its own."""
    text = FILE.replace("dialogue.example.org", NAME).replace("127.0.0.1:8000", f"127.0.0.1:{ports['app']}")
    text = re.sub(r"/etc/letsencrypt\S*privkey.pem", str(key), text)
    text = re.sub(r"/etc/letsencrypt\S*fullchain.pem", str(authority), text)
    text = re.sub(r"listen \[::\].*", "", text).replace("user www-data;", "daemon off;")
    text = text.replace("listen 443", f"listen 127.0.0.1:{ports['tls']}").replace(
        "listen 80", f"listen 127.0.0.1:{ports['http']}"
    )
    text = text.replace("/var/log/nginx", str(folder)).replace("/run/nginx.pid", str(folder / "pid"))
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi"))
    temporary += "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("uwsgi", "scgi"))
    servers = ""
    for name, location in FURTHER.items():
        inside = location.replace("APP", str(ports["app"])).replace("INNER", str(ports["inner"]))
        tls = f"ssl_certificate {authority}; ssl_certificate_key {key}; server_name {NAME};"
        servers += f"server {{ listen 127.0.0.1:{ports[name]} ssl http2; {tls} location / {{ {inside} }} }}\n"
    start = text.rindex("}")
    return text[:start].replace("http {", f"http {{\n{temporary}", 1) + servers + "}\n"


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("nginx")
    names = ("app", "http", "tls", *FURTHER)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    files, voters = certificate(folder, NAME), prepare(folder / "data")
    (folder / "nginx.conf").write_text(configuration(folder, ports, files.certificate, files.key), "utf-8")
    serve = [sys.executable, "-c", "from acquis.cli import main; main()", "serve", "--data", str(folder / "data")]
    serve += ["--port", str(ports["app"]), "--url", f"https://{NAME}:{ports['tls']}"]
    serve += ["--proxy", "127.0.0.1", "--proxy", "127.0.0.5"]
    server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    told = "".join(server.stdout.readline() for _ in range(2))
    nginx = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    proxy = subprocess.Popen(nginx, stderr=subprocess.DEVNULL)
    try:
        wait_for(ports["tls"])
        yield Front(ports, files.certificate, told.rsplit("/p/", 1)[1].strip(), voters, folder)
    finally:
        for process in (proxy, server):
            process.terminate()
            process.wait()
        server.stdout.close()


def test_a_stream_passes_at_once_through_tls_and_http_2_and_is_not_compressed(front: Front) -> None:
    stream = f"/s/{SESSION}/live/participants"
    options = ["--http2", "-N", "-i", "-H", "Accept-Encoding: gzip"]
    reading = subprocess.Popen(front.call(stream, *options), stdout=subprocess.PIPE, text=True)
    assert reading.stdout is not None
    try:
        lines: list[str] = []
        while not any(line.startswith("data:") for line in lines):
            lines.append(reading.stdout.readline())
        assert lines[0].startswith("HTTP/2 200")
        assert any(line.strip() == "content-type: text/event-stream; charset=utf-8" for line in lines)
        assert not any(line.startswith("content-encoding") for line in lines)
        body = '{"do": "raise_hand"}'
        said = ["--http2", "-d", body, "-H", "Content-Type: application/json", "-H", "Idempotency-Key: nginx-hand-1"]
        head, _ = front.get(f"/s/{SESSION}/do", *said, "-H", f"Cookie: __Secure-pass_{SESSION}={front.voters[0]}")
        assert head.startswith("HTTP/2 201")
        while not reading.stdout.readline().startswith("data:"):
            pass  # `curl` ends by itself if no frame comes
    finally:
        reading.terminate()
        reading.wait()
        reading.stdout.close()


def test_another_name_is_refused_and_a_missing_one_is_that_of_the_server(front: Front) -> None:
    assert front.get("/", "-k", name="other.test")[0].startswith("HTTP/2 421")
    assert " 200 " in front.get("/", "--http1.0", "-H", "Host:")[0].splitlines()[0]


def test_a_proxy_that_does_not_pass_the_name_on_breaks_nothing(front: Front) -> None:
    """The public address decides about links, cookies and the origin of forms."""
    origin = f"Origin: https://{NAME}:{front.ports['tls']}"
    body = ["-d", '{"do": "lower_hand", "hand": 1}', "-H", "Content-Type: application/json", "-H", origin]
    cookie = f"Cookie: __Secure-pass_{SESSION}={front.voters[1]}"
    head, answer = front.get(
        f"/s/{SESSION}/do", *body, "-H", "Idempotency-Key: nginx-no-host", "-H", cookie, server="no_host"
    )
    assert " 404" in head.splitlines()[0], (head, answer)  # there is no such hand; the request was not refused
    head, _ = front.get(f"/p/{front.organizer}", server="no_host")
    assert "__Host-" in head
    assert "secure" in head.lower()


def test_the_address_of_a_client_is_known_behind_one_proxy_and_two_and_only_from_a_named_one(front: Front) -> None:
    for source in ("127.9.0.1", "127.8.0.1"):  # nothing but their address is different
        front.join("tls", source)
    assert front.joined() == (2, 1)
    for source in ("127.7.0.1", "127.6.0.1"):
        front.join("outer", source)
    assert front.joined() == (4, 1)
    for source in ("127.5.0.1", "127.4.0.1"):
        front.join("elsewhere", source)
    assert front.joined() == (6, 1)
    for source in ("127.3.0.1", "127.2.0.1", "127.1.0.1"):
        front.join("stranger", source)
    assert front.joined() == (9, 3)  # all three seem to come from the proxy


def test_a_page_is_compressed_once(front: Front) -> None:
    for server in ("tls", "zealous"):
        head, body = front.get("/", "-H", "Accept-Encoding: gzip", server=server)
        assert head.lower().count("content-encoding: gzip") == 1
        assert gzip.decompress(body).lstrip().lower().startswith(b"<!doctype html>")


def test_plain_http_is_sent_to_https(front: Front) -> None:
    port = front.ports["http"]
    call = ["curl", "-sS", "-i", "-H", f"Host: {NAME}", f"http://127.0.0.1:{port}/s/{SESSION}?a=1"]
    head = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    assert head.startswith("HTTP/1.1 301")
    assert f"Location: https://{NAME}/s/{SESSION}?a=1" in head
