"""Makes the pictures of documents in docs/: DOCX, PDF and HTML of the model case and of invented sessions in Arabic and
Chinese, as a program for such files shows them. Needs LibreOffice; see `tools.pictures`."""

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
from tests.report.sessions import ARABIC, CHINESE, session_in

from acquis.documents.formats import BY_NAME
from acquis.documents.source import source

Colours = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
WIDE, GAP = 640, 8
PAGES = {"ws119": (0, 1), "ar": (0, 1), "zh": (0, 1)}
"""Session -> the numbers of the pages that are shown side by side."""


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


def made(folder: Path) -> None:
    """Write the documents of each session into a folder. The model case is simulated."""
    start = "from acquis.cli import main; main()"
    play = ["demo", "--stage", "published", "--people", "60", "--out", str(folder / "ws119")]
    subprocess.run([sys.executable, "-c", start, *play], check=True, stdout=subprocess.DEVNULL)
    for language, words in (("ar", ARABIC), ("zh", CHINESE)):
        of = source(session_in(words).entries, language)
        (folder / language).mkdir()
        for name in ("report.docx", "report.pdf", "report.html"):
            (folder / language / name).write_bytes(BY_NAME[name].content(of))


def converted(file: Path) -> None:
    """Convert a text document with LibreOffice to `docx.pdf` in the same folder."""
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent / "lo"), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (file.parent / "lo" / "report.pdf").rename(file.parent / "docx.pdf")


def sheet(file: Path, pages: tuple[int, ...], out: Path) -> None:
    """Write a picture with pages of a PDF side by side."""
    document = pypdfium2.PdfDocument(file)
    drawn = [document[number].render(scale=WIDE / document[number].get_width()).to_numpy() for number in pages]
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
