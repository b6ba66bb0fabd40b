"""The verifier for a browser, in a real one: it agrees with the one for Python on every case, sentence by sentence."""

from __future__ import annotations

import base64
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from tests.browser.accessibility import check_contrast_in_the_dark, check_layouts
from tests.effort import times
from tests.report.test_exports import reported

from acquis.documents.bundle import archive
from acquis.documents.formats import files
from acquis.documents.verifiers import verify, verify_html
from acquis.i18n import PSEUDO

from .cases import Case
from .generator import Given, Link, bundle
from .sabotage import CASES
from .stories import story
from .test_python import names, write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page as somebody opens it from a folder, without a network."""
    file = tmp_path_factory.mktemp("page") / "verify.html"
    file.write_text(verify_html(), "utf-8")
    context = browser.new_context(viewport={"width": 320, "height": 640}, offline=True)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda line: wrong.append(line.text))
    opened.goto(file.as_uri())
    expect(opened.get_by_role("button", name="Verify record")).to_be_enabled()
    yield opened
    context.close()
    assert wrong == []


def zipped(files: dict[str, bytes], folder: str = "record/") -> bytes:
    """The files as an archive; a link is one there too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(folder + name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(content, Link):
                info.create_system, info.external_attr = 3, 0o120777 << 16
            archive.writestr(info, content)
    return out.getvalue()


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def record_of(given: Given) -> FilePayload:
    return payload("record.zip", zipped(given.files)) if given.files else payload("log.jsonl", given.log)


def verify_chosen(page: Page) -> None:
    page.click("#verify")
    expect(page.locator("#verify")).to_be_enabled()


def ask(page: Page, given: Given, record: FilePayload | None = None) -> tuple[int, list[str]]:
    """Choose the files, fill the form in, press the button. Returns the status and the sentences."""
    page.set_input_files("#record", record or record_of(given))
    page.set_input_files("#beside", [payload(name, content) for name, content in _beside(given).items()])
    page.fill("#head", given.head)
    page.fill("#key", given.key)
    verify_chosen(page)
    status = page.get_attribute("#answer", "data-status")
    return int(status or -1), [page.inner_text("#verdict"), *page.locator("#sentences li").all_inner_texts()]


def _beside(given: Given) -> dict[str, bytes]:
    return given.checkpoints | given.receipts


ANSWERS = """async (asked) => {
  const bytesOfText = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const answers = [];
  for (const { record, whole, head, key, beside } of asked) {
    const bytes = bytesOfText(record);
    const files = whole
      ? unzipped(bytes, "record.zip")
      : [{ name: "log.jsonl", plain: true, read: () => Promise.resolve(bytes) }];
    const evidence = Object.entries(beside).map(([name, text]) => ({ name, bytes: bytesOfText(text) }));
    const { status, said } = await answer({ files, whole, head, key, beside: evidence });
    answers.push([status, said.map(([code, facts]) => message(code, facts))]);
  }
  return answers;
}"""
"""The function behind the form, for many cases at once: to choose files takes a while each time."""


def _encoded(given: Given) -> dict[str, Any]:
    files = {name: base64.b64encode(content).decode() for name, content in _beside(given).items()}
    record = base64.b64encode(record_of(given)["buffer"]).decode()
    return {"record": record, "whole": bool(given.files), "head": given.head, "key": given.key, "beside": files}


def test_it_agrees_with_python_on_every_case(page: Page, tmp_path: Path) -> None:
    cases = [(case, given) for case in CASES if len((given := case.make()).log) < 1 << 20]
    assert len(cases) >= len(CASES) - 1
    differ: dict[str, Any] = {}
    for portion in (cases[start : start + 40] for start in range(0, len(cases), 40)):
        answers = page.evaluate(ANSWERS, [_encoded(given) for _, given in portion])
        for (case, given), answered in zip(portion, answers):
            folder = tmp_path / case.name.replace("/", "-")
            folder.mkdir()
            status, said = verify.answer(write(given, folder))
            expected = [status, [verify.SENTENCES[code].format(**facts) for code, facts in said]]
            if answered != expected or not _named(case, answered[1]):
                differ[case.name] = answered, expected
    assert differ == {}


def test_a_line_that_is_too_long_is_refused(page: Page) -> None:
    said = page.evaluate(
        """async () => {
          const bytes = new TextEncoder().encode('{"seq":' + "1".repeat(1 << 24) + "\\n");
          const files = [{ name: "log.jsonl", plain: true, read: () => Promise.resolve(bytes) }];
          return (await answer({ files, whole: false, head: "", key: "", beside: [] })).said;
        }"""
    )
    assert said == [["not_verified", {}], ["long", {"entry": 1, "limit": 1 << 24}]]


THROUGH_THE_FORM = (
    "a genuine log",
    "statement replaced with its salt",
    "genuine receipt of a vote",
    "genuine checkpoint",
    "receipt: value",
    "end dropped under a noted fingerprint",
    "another key",
    "genuine bundle",
    "PDF swapped",
    "something else",
)


@pytest.mark.parametrize("name", THROUGH_THE_FORM)
def test_a_case_through_the_form(page: Page, tmp_path: Path, name: str) -> None:
    given = next(case for case in CASES if case.name == name).make()
    status, said = verify.answer(write(given, tmp_path))
    assert ask(page, given) == (status, [verify.SENTENCES[code].format(**facts) for code, facts in said])


def _named(case: Case, said: list[str]) -> bool:
    return all(names("\n".join(said), name) for name in case.names)


def test_no_random_change_of_a_byte_is_accepted(page: Page) -> None:
    """The function behind the form, on the beginning of a log: 10,000 changes in a thorough run."""
    log = b"".join(story("plain").log().splitlines(keepends=True)[:24])
    chance = random.Random(11)
    changes = [[chance.randrange(len(log)), chance.randrange(1, 256)] for _ in range(times(10_000))]
    accepted = page.evaluate(
        """async ([log, changes]) => {
          const genuine = Uint8Array.from(atob(log), (sign) => sign.charCodeAt(0));
          const accepted = [];
          for (const [place, other] of changes) {
            const bytes = genuine.slice();
            bytes[place] ^= other;
            const files = [{ name: "log.jsonl", plain: true, read: () => Promise.resolve(bytes) }];
            const { status, said } = await answer({ files, whole: false, head: "", key: "", beside: [] });
            if ((status !== 1 && status !== 4) || said[1][0] === "internal") accepted.push([place, other, said]);
          }
          return accepted;
        }""",
        [base64.b64encode(log).decode(), changes],
    )
    assert accepted == []


def test_a_folder_can_be_chosen(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    for name, content in bundle(story("plain")).items():
        (folder / name).write_bytes(content)
    for expected, change in ((3, ""), (1, "notes.txt")):
        if change:
            (folder / change).write_bytes(b"!")
        page.set_input_files("#folder", folder)
        verify_chosen(page)
        assert page.get_attribute("#answer", "data-status") == str(expected)
    expect(page.locator("#sentences")).to_contain_text("notes.txt")


def test_a_log_can_be_dropped(page: Page) -> None:
    page.evaluate(
        """(log) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([log], "dropped.jsonl"));
          document.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
        }""",
        story("plain").log().decode(),
    )
    expect(page.locator("#chosen")).to_contain_text("dropped.jsonl")
    page.set_input_files("#beside", [])
    page.fill("#head", "")
    page.click("#verify")
    expect(page.locator("#verdict")).to_contain_text("Verified.")


def _doubled(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO(zipped(files))
    with zipfile.ZipFile(content, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("record/report.pdf", b"%PDF-1.7")
    return content.getvalue()


def _renamed(files: dict[str, bytes]) -> bytes:
    """A file has one name at its place, and another one in the directory of the archive."""
    return zipped(files).replace(b"report.pdf", b"report.PDF", 1)


ARCHIVES: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "stored": lambda files: zipped(files, folder=""),
    "doubled": _doubled,
    "renamed": _renamed,
    "cut": lambda files: zipped(files)[:-10],
    "with a tail": lambda files: zipped(files) + b"more",
    "with a head": lambda files: b"PK" + zipped(files),
    "damaged": lambda files: _damaged(zipped(files)),
    "climbing": lambda files: zipped(files | {"../outside.txt": b"!"}),
}
OF_ARCHIVES = {"stored": 3, "climbing": 1}


def _damaged(content: bytes) -> bytes:
    place = content.index(b"report.pdf") + 14
    return content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :]


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_that_could_be_read_in_two_ways_is_refused(page: Page, kind: str) -> None:
    content = ARCHIVES[kind](bundle(story("plain")))
    status, said = ask(page, Given(), payload("record.zip", content))
    assert status == OF_ARCHIVES.get(kind, 4) or (kind == "damaged" and status == 1), said


def test_the_page_of_an_archive_verifies_it(browser: Browser, tmp_path: Path) -> None:
    """The file that Acquis puts into the archive of a record, and the archive as Acquis writes it."""
    made = files(reported().entries)
    (tmp_path / "verify.html").write_bytes(made["verify.html"])
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "verify.html").as_uri())
    expect(page.locator("#verify")).to_be_enabled()
    status, said = ask(page, Given(), payload("bundle.zip", archive(made, "record")))
    assert (status, said[0].startswith("Verified in part.")) == (3, True), said
    assert "verify.html, verify.py" in " ".join(said)
    status, said = ask(page, Given(), payload("bundle.zip", archive(made | {"verify.py": b"pass\n"}, "record")))
    assert (status, "verify.py" in " ".join(said)) == (1, True), said
    context.close()


def test_it_can_be_used_by_everybody(page: Page, browser: Browser, tmp_path: Path) -> None:
    """At 320 px without scrolling sideways, by keyboard, in the dark, with forced colours, and heard."""
    ask(page, CASES[0].make())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("section[aria-live=polite] #verdict").count() == 1
    check_layouts(page, "the verifier")
    check_contrast_in_the_dark(page, "the verifier")
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(forced_colors="active")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(forced_colors="none")
    page.focus("#key")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "verify"
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_contain_text("Verified.")


def test_every_text_is_in_the_table_of_messages(browser: Browser, tmp_path: Path) -> None:
    """In the pseudo-locale no text of the page is plain English, and the reader can choose."""
    file = tmp_path / "verify.html"
    file.write_text(verify_html((PSEUDO,)), "utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator("#verify")).to_be_enabled()
    page.select_option("#language", PSEUDO)
    ask(page, CASES[0].make())
    texts = page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, legend, label, button, #chosen, li, p")]
          .filter((one) => one.checkVisibility() && !one.querySelector("*")).map((one) => one.textContent.trim())"""
    )
    assert [text for text in texts if text and not text.startswith("[")] == []
    context.close()
