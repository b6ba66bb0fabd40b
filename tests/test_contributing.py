"""The files for contributors name what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / ".github").rglob("*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_and_make_targets_of_a_page_are_there(page: Path) -> None:
    text = page.read_text("utf-8")
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
    assert sorted(set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) - TARGETS) == []


def test_the_hooks_before_a_commit_are_local_and_cover_make_check() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (checks,) = re.findall(r"^CHECKS := (.*)$", makefile, re.MULTILINE)
    entries = {hook["entry"] for hook in hooks}
    for check in checks.split():
        recipe = makefile.partition(f"\n{check}:")[2].partition("\n\n")[0]
        tools = set(re.findall(r"\$\(BIN\)/([\w-]+)", recipe))
        assert f"make {check}" in entries or (tools and tools <= {Path(entry.split()[0]).name for entry in entries})


def test_the_package_says_only_what_is_true() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dynamic"] == ["version"]
    assert "urls" not in project, "once there is a public address, name it here and in SECURITY.md"
    lowest = project["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {lowest}" in project["classifiers"]
    assert "Typing :: Typed" in project["classifiers"]
    assert (ROOT / "src" / "acquis" / "py.typed").exists()
