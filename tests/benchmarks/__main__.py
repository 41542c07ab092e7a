"""`python -m tests.benchmarks NAME …`: one JSON line a figure.

Each name is measured in its own process on a fresh database in a temporary folder (or on the empty database that
DATABASE_URL names). Exit status 0 unless a measurement could not run; whether a goal is met is for the reader.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "pages": "tests.benchmarks.pages",
    "import": "tests.benchmarks.importing",
    "relevance": "tests.benchmarks.relevance",
    "search": "tests.benchmarks.searching",
    "indexing": "tests.benchmarks.indexing",
    "live": "tests.benchmarks.live.measuring",
    "registers": "tests.benchmarks.registers",
    "overlap": "tests.benchmarks.overlap.measuring",
    "coverage": "tests.benchmarks.coverage",
    "linkage": "tests.benchmarks.linkage",
    "tags": "tests.benchmarks.tags",
}


def main() -> int:
    names = sys.argv[1:] or list(NAMES)
    if unknown := [name for name in names if name not in NAMES]:
        print(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    if len(names) == 1 and os.environ.get("BENCHMARK_DATA"):
        return _measure(names[0])
    return max(_in_its_own_process(name) for name in names)


def _in_its_own_process(name: str) -> int:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        environment = {
            **os.environ,
            "BENCHMARK_DATA": folder,
            "ELASTICSEARCH_INDEX": "benchmark",
            "DATA_DIR": folder,
            "LOG_LEVEL": "ERROR",
            "EMAIL_URL": f"file://{folder}/mail",
            "POSTS_A_MINUTE": "0",
            "SECRET_KEY": "benchmarks-sign-nothing-that-anyone-would-want-to-forge",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        return subprocess.run([sys.executable, "-m", "tests.benchmarks", name], cwd=ROOT, env=environment).returncode


def _measure(name: str) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("load_places", verbosity=0)
    machine = {"machine": f"{os.cpu_count()} cores, {platform.machine()}", "database": connection.vendor}
    for figure in importlib.import_module(NAMES[name]).figures():
        print(json.dumps({**figure, **machine}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
