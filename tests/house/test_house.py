"""The house itself: where things may lie, and what a newcomer is promised."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("platform", "initiatives", "search", "partnerships", "templates", "static", "tests")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".html", ".css", ".js"} and "migrations" not in path.parts
]


def test_platform_is_a_source_root_and_never_a_package():
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_no_file_passes_four_hundred_lines():
    long = {str(path.relative_to(ROOT)): n for path in SOURCES if (n := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_the_median_module_is_short():
    lengths = sorted(
        len(path.read_text().splitlines())
        for path in SOURCES
        if path.suffix == ".py" and "tests" not in path.parts and path.stat().st_size
    )
    assert lengths[len(lengths) // 2] < 80


def test_nothing_is_kept_in_a_drawer_without_a_name():
    assert [path for path in SOURCES if path.stem in {"utils", "helpers", "misc", "common"}] == []


def test_no_template_carries_style_or_script_inline():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)")
    assert [str(path) for path in SOURCES if path.suffix == ".html" and inline.search(path.read_text())] == []


@pytest.mark.parametrize("name", ["demo", "tests"])
def test_readme_promises_one_line_for_each_of_its_two_commands(name: str):
    text = (ROOT / "README.md").read_text()
    block = re.search(rf"<!-- {name} -->\n```sh\n(.+?)\n```", text, re.DOTALL)
    assert block, name
    assert "\n" not in block[1]


@pytest.mark.parametrize(("lock", "extras"), [("requirements.txt", ()), ("requirements-dev.txt", ("dev",))])
def test_every_direct_dependency_is_locked_at_a_version_it_allows(lock: str, extras: tuple[str, ...]):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(d for extra in extras for d in project["optional-dependencies"][extra])]
    pinned = {
        name.lower().replace("_", "-"): version
        for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s\\;]+)", (ROOT / lock).read_text(), re.MULTILINE)
    }
    for line in wanted:
        need = Requirement(line)
        version = pinned.get(need.name.lower().replace("_", "-"))
        assert version, f"{need.name} is not in {lock}: compile it again"
        assert need.specifier.contains(version), f"{need.name} {version} is not {need.specifier}: compile {lock} again"


def test_locks_name_no_registry_and_hash_everything():
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text()
        assert "://" not in text
        assert not re.search(r"^--(?:index|extra|find|trusted)", text, re.MULTILINE)
        assert text.count("==") <= text.count("--hash=")


def test_what_is_written_of_the_moment_is_not_kept():
    kept = subprocess.run(["git", "ls-files", "var", ".env"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert kept.stdout == ""


def test_compose_runs_every_part_the_product_needs():
    text = (ROOT / "compose.yaml").read_text()
    for part in ("web:", "worker:", "scheduler:", "postgres:", "redis:", "elasticsearch:9"):
        assert part in text
