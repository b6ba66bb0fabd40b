"""Makes the pictures of documents in docs/: DOCX, PDF and HTML of the model case and of invented sessions in Arabic and
Chinese, the first pages in six scripts, and the sheets to print. Needs LibreOffice; see `tools.pictures`."""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
import pypdfium2
from playwright.sync_api import Browser
from tests.browser.live_server import served
from tests.report.sessions import ARABIC, CHINESE, GREEK, HINDI, RUSSIAN, session_in

from acquis.cli.parts import entries_of
from acquis.demo import programme_text
from acquis.documents.formats import BY_NAME
from acquis.documents.source import DocumentSource, source
from acquis.plan.document import from_yaml

Colours = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
WIDE, GAP = 640, 8
PAGES = {"ws119": (0, 1), "ar": (0, 1), "zh": (0, 1)}
"""Session -> the numbers of the pages that are shown side by side."""
SCRIPTS = {"ru": ("ru", RUSSIAN), "el": ("en", GREEK), "ar": ("ar", ARABIC), "zh": ("zh", CHINESE), "hi": ("en", HINDI)}
"""Session -> the language of its documents, and its texts in a further script."""
ADDRESS = "https://dialogue.example.org/s/"


def documents(browser: Browser, docs: Path) -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made(folder)
        for session, pages in PAGES.items():
            converted(folder / session / "report.docx")
            for form, file in (("docx", "docx.pdf"), ("pdf", "report.pdf")):
                sheet(folder / session / file, pages, docs / f"documents-{session}-{form}.png")
            shown(browser, folder / session / "report.html", docs / f"documents-{session}-html.png")
        covers = [folder / session / "report.pdf" for session in ("ws119", *SCRIPTS)]
        side_by_side([(file, 0) for file in covers], docs / "documents-scripts.png", WIDE // 2)
        side_by_side([(file, 0) for file in printed(browser, folder)], docs / "documents-sheets.png", WIDE)


def made(folder: Path) -> None:
    """Write the documents of each session into a folder. The model case is simulated."""
    start = "from acquis.cli import main; main()"
    play = ["demo", "--stage", "published", "--people", "60", "--out", str(folder / "ws119")]
    subprocess.run([sys.executable, "-c", start, *play], check=True, stdout=subprocess.DEVNULL)
    record = entries_of(str(folder / "ws119" / "log.jsonl"), folder)
    written(folder / "ws119", source(record, address=f"{ADDRESS}igf2021-ws119"))
    for session, (language, words) in SCRIPTS.items():
        written(folder / session, source(session_in(words).entries, language, address=f"{ADDRESS}example"))


def written(folder: Path, of: DocumentSource) -> None:
    """Write the documents of a session into its folder."""
    folder.mkdir(exist_ok=True)
    for name in ("report.docx", "report.pdf", "report.html"):
        (folder / name).write_bytes(BY_NAME[name].content(of))


def printed(browser: Browser, folder: Path) -> list[Path]:
    """Print the invitation and the handout of the model case. Returns the files."""
    files = []
    with served(folder / "house") as house:
        house.add("ws119", from_yaml(programme_text()))
        page = browser.new_page(base_url=house.url)
        for name in ("invitation", "handout"):
            page.goto(f"/s/ws119/{name}")
            files.append(folder / f"{name}.pdf")
            page.pdf(path=files[-1], prefer_css_page_size=True)
    return files


def converted(file: Path) -> None:
    """Convert a text document with LibreOffice to `docx.pdf` in the same folder."""
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent / "lo"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (file.parent / "lo" / "report.pdf").rename(file.parent / "docx.pdf")


def sheet(file: Path, pages: tuple[int, ...], out: Path) -> None:
    """Write a picture with pages of a PDF side by side."""
    side_by_side([(file, number) for number in pages], out, WIDE)


def side_by_side(pages: list[tuple[Path, int]], out: Path, wide: int) -> None:
    """Write a picture with pages (file and number) side by side, each `wide` pixels wide."""
    read = [pypdfium2.PdfDocument(file)[number] for file, number in pages]
    drawn = [page.render(scale=wide / page.get_width()).to_numpy() for page in read]
    high = min(picture.shape[0] for picture in drawn)
    drawn = [picture[:high] for picture in drawn]
    gap = np.full((drawn[0].shape[0], GAP, 3), 128, np.uint8)
    parts = [part for picture in drawn for part in (gap, picture[:, :, 2::-1])][1:]
    out.write_bytes(palette_png(np.concatenate(parts, axis=1)))


def palette_png(pixels: Colours) -> bytes:
    """A picture (height, width, 3) as PNG with its 256 most frequent colours."""
    levels = (pixels.astype(np.int64) + 4).clip(0, 255) >> 3
    codes = levels @ np.array([1024, 32, 1])
    counts = np.bincount(codes.ravel(), minlength=32768)
    kept = np.argsort(-counts, kind="stable")[: min(256, np.count_nonzero(counts))]
    place = np.stack([kept >> 10, kept >> 5 & 31, kept & 31], axis=1)
    there = np.flatnonzero(counts)
    own = np.stack([there >> 10, there >> 5 & 31, there & 31], axis=1)
    nearest = np.zeros(32768, np.uint8)
    nearest[there] = ((own[:, None] - place[None]) ** 2).sum(2).argmin(1)
    rows = np.pad(nearest[codes], ((0, 0), (1, 0)))
    height, width = codes.shape
    header = (width, height, 8, 3, 0, 0, 0)  # 8 bits a pixel, colours from a palette
    head = struct.pack(">IIBBBBB", *header)
    palette = (place * 255 // 31).astype(np.uint8).tobytes()
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(c)) + kind + c + struct.pack(">I", zlib.crc32(kind + c)) for kind, c in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def shown(browser: Browser, file: Path, out: Path) -> None:
    """Write a screenshot of an HTML file."""
    page = browser.new_context(viewport={"width": 1000, "height": 900}).new_page()
    page.goto(file.as_uri())
    page.screenshot(path=out)
