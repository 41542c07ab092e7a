"""Settings from the environment: each bad value is answered with its name and what would be right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once  # each starts with an environment of its own
ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ("check",))],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "perhaps", "valid boolean"),
        ("DATABASE_URL", "mysql://db/x", "postgresql://"),
        ("REDIS_URL", "localhost:6379", "redis://"),
        ("SITE_URL", "https://example.org/path", "without a path"),
        ("SECRET_KEY", "short", "50 random characters"),
        ("TASKS", "sometimes", "'immediate' or 'database'"),
        ("EMAIL_URL", "mail.example", "smtp://"),
        ("LOG_FORMAT", "xml", "'plain' or 'json'"),
        ("TRUSTED_PROXIES", "many", "valid integer"),
        ("SECOND_FACTOR", "no", "'required' or 'optional'"),
    ],
)
def test_a_bad_value_is_named_with_what_would_be_right(tmp_path, name, value, sentence):
    answer = start(tmp_path, **{name: value})
    assert answer.returncode != 0
    assert name in answer.stderr
    assert sentence in answer.stderr


def test_every_bad_value_is_named_at_once(tmp_path):
    answer = start(tmp_path, DEBUG="perhaps", TASKS="sometimes")
    assert "DEBUG" in answer.stderr
    assert "TASKS" in answer.stderr


def test_a_secret_is_never_repeated_in_an_error(tmp_path):
    answer = start(tmp_path, SECRET_KEY="hunter2", DATABASE_URL="mysql://me:swordfish@db/x")
    assert "hunter2" not in answer.stderr
    assert "swordfish" not in answer.stderr


def test_a_public_address_without_a_secret_key_is_refused(tmp_path):
    answer = start(tmp_path, SITE_URL="https://steppingstones.example", ALLOWED_HOSTS="steppingstones.example")
    assert "SECRET_KEY" in answer.stderr


def test_an_address_that_the_server_would_not_answer_is_an_error(tmp_path):
    answer = start(tmp_path, SITE_URL="http://one.example", ALLOWED_HOSTS="other.example")
    assert "steppingstones.E001" in answer.stderr


def test_without_a_word_it_starts_on_an_embedded_database(tmp_path):
    answer = start(tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert len((tmp_path / "secret_key").read_text()) >= 50
