"""Finds a Chromium for the browser tests, or installs one if possible, and prints its path or nothing.

Order: ACQUIS_CHROMIUM, then the PATH, then the browsers of Playwright; then installation by apt (as root), then by
Playwright. A headless shell is preferred: it draws pages as Chromium does and no windows around them, which halves the
work. Uses the standard library only, because it runs before the dependencies are installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

FONTS = ("fonts-dejavu-core", "fonts-liberation", "fonts-noto-core")
"""Packages with letters of the scripts that names in the tests are written in: a browser has none of its own."""


def browser_path() -> str | None:
    for name in (os.environ.get("ACQUIS_CHROMIUM"), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    kinds = (
        "chrome-linux*/chrome",
        "chrome-linux*/headless_shell",
        "chrome-headless-shell-linux*/chrome-headless-shell",
    )
    own = [path for kind in kinds for path in sorted(cache.glob(f"chromium*/{kind}"))]
    return str(own[-1]) if own else None


def run(*command: str) -> bool:
    print("  " + " ".join(command), file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return (
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, timeout=600, check=False).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> None:
    print("No Chromium on this machine; trying to install one for the browser tests.", file=sys.stderr)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-qq")
        options = ("-y", "-qq", "--no-install-recommends")
        for package in ("chromium-headless-shell", "chromium"):
            if run("apt-get", "install", *options, package, *FONTS):
                return
    run(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")


if __name__ == "__main__":
    if not browser_path():
        install()
    print(browser_path() or "")
