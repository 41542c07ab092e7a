"""The secret key: from the environment, or made once and kept beside the embedded database."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from config.environment import Environment


def secret_key_from(env: Environment) -> str:
    """The key to sign with. Raises ImproperlyConfigured where a public address has none."""
    if env.secret_key:
        return env.secret_key
    if env.site_url.startswith("https://"):
        raise ImproperlyConfigured("SECRET_KEY: should be at least 50 random characters where SITE_URL is https://…")
    kept = env.data_dir / "secret_key"
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        pass
    env.data_dir.mkdir(parents=True, exist_ok=True)
    key = get_random_secret_key() + get_random_secret_key()
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
    except FileExistsError:  # another process was first
        return kept.read_text().strip()
    return key
