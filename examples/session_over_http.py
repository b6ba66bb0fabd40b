"""A whole session over HTTP, with the standard library: publish, join, ask, vote, close, report, read the record.

    python examples/session_over_http.py

It starts a server of its own on a loopback port with a temporary folder. Everything else goes through the interface
that /openapi.json describes, so the same calls work against any server.
"""

import json
import re
import secrets
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

PROGRAMME = {
    "title": "Who keeps the lights on",
    "segments": [{"title": "Questions and answers", "kind": "questions", "minutes": 30}],
}


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """The address of a new server, and the organizer's link, which the first start prints."""
    with tempfile.TemporaryDirectory() as folder:
        acquis = Path(sys.executable).with_name("acquis")
        command = [str(acquis), "serve", "--data", folder, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                base = re.search(r"http://\S+", process.stdout.readline())
                link = re.search(r"http://\S+", process.stdout.readline())
                assert base is not None
                assert link is not None
                yield base[0], link[0]
            finally:
                process.terminate()


class Person:
    """Somebody with a browser's cookies: a pass is a cookie."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """The body of an answer."""
        with self.opener.open(urllib.parse.urljoin(self.base, path)) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> tuple[str, str]:
        """Send a form. Returns the address one is sent to, and the page there."""
        body = urllib.parse.urlencode(fields).encode()
        with self.opener.open(urllib.parse.urljoin(self.base, path), body) as answer:
            return answer.url, answer.read().decode()

    def join(self, session: str, **fields: str) -> None:
        """Take part in a session. A browser is given the cookie and sends the form again; a program brings it."""
        headers = {"cookie": f"joining_{session}={secrets.token_urlsafe(32)}"}
        body = urllib.parse.urlencode(fields).encode()
        self.opener.open(urllib.request.Request(f"{self.base}/s/{session}/join", body, headers)).close()

    def do(self, session: str, name: str, **fields: Any) -> int | None:
        """Give a command. Returns the number of its entry in the log, or None if it is so already."""
        headers = {"content-type": "application/json", "idempotency-key": uuid.uuid4().hex}
        body = json.dumps({"do": name, **fields}).encode()
        request = urllib.request.Request(f"{self.base}/s/{session}/do", body, headers)
        with self.opener.open(request) as answer:
            number: int | None = json.load(answer)["seq"]
            return number


def play(base: str, link: str) -> dict[str, Any]:
    """Play a session to its end. Returns its public state, and the lines of its log as `log`."""
    organizer, moderator = Person(base), Person(base)
    organizer.get(link)
    address, _ = organizer.post("/organize", do="blank", pasted="")
    session = address.split("/")[-2]
    organizer.do(session, "publish_programme", document=PROGRAMME)
    _, page = organizer.post(f"/s/{session}/passes", act="give", role="onsite_moderator", name="Ada Example")
    joining_link = re.search(r"/p/[\w-]+", page)
    assert joining_link is not None
    moderator.get(joining_link[0])

    code = re.search(r"\?code=([0-9A-Z-]+)", page)  # participants read it from the screen in the room
    assert code is not None

    moderator.do(session, "open_session")
    moderator.do(session, "start_segment", segment=0)
    statement = moderator.do(session, "seed_statement", text="One office should keep the list.")
    for lane, choice in (("room", "agree"), ("online", "agree"), ("online", "disagree")):
        person = Person(base)
        person.join(session, lane=lane, code=code[1])
        person.do(session, "cast_vote", statement=statement, choice=choice)
    question = person.do(session, "ask_question", text="Who keeps the list?")
    moderator.do(session, "approve_question", question=question)
    moderator.do(session, "close_session")
    # Every vote counts as soon as the totals are published: half a minute after the close, or before with the report.
    sentence = {"text": "One office should keep the list.", "cites": [statement]}
    organizer.do(session, "publish_report", takeaways=[sentence])

    reader = Person(base)
    state: dict[str, Any] = json.loads(reader.get(f"/s/{session}.json"))
    return {**state, "log": reader.get(f"/s/{session}/log.jsonl").splitlines()}


def show(record: dict[str, Any]) -> None:
    """Print what the record says."""
    print(f"{record['title']}: {record['phase']}, {record['voices']} took part, {len(record['log'])} entries")
    for statement in record["statements"]:
        print(f"  {statement['text']} {statement['agree']} agree, {statement['disagree']} disagree")
    for question in record["questions"]:
        print(f"  {question['text']} ({question['fate']})")


if __name__ == "__main__":
    with server() as (base, link):
        show(play(base, link))
