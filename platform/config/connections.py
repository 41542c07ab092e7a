"""Addresses from the environment made into Django's connection settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config.environment import Environment

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456;PRAGMA cache_size=-65536;"
)


def database_from(env: Environment) -> dict[str, Any]:
    """Django's DATABASES entry for DATABASE_URL, or SQLite in WAL mode under DATA_DIR."""
    parts = urlsplit(env.database_url)
    if parts.scheme in {"", "sqlite"}:
        if not parts.scheme:
            env.data_dir.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(env.data_dir / "steppingstones.sqlite3") if not parts.scheme else unquote(parts.path[1:]),
            "CONN_MAX_AGE": 60,  # a kept thread's connection stays open (config.serving)
            # IMMEDIATE: two writers queue for the lock at the start instead of failing in the middle.
            "OPTIONS": {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **dict(parse_qsl(parts.query))},
    }


def caches_from(env: Environment) -> dict[str, dict[str, Any]]:
    """Redis where REDIS_URL names one, else this process's memory."""
    if env.redis_url:
        return {
            "default": {
                "BACKEND": "config.shared_redis.ForgivingCache",
                "LOCATION": env.redis_url,
                "OPTIONS": {"pool_class": "config.shared_redis.SharedPool"},
            }
        }
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 2_000},
        }
    }


def layers_from(env: Environment) -> dict[str, dict[str, Any]]:
    """What carries live news from process to process: Redis where REDIS_URL names one, else this process's memory.

    A burst must not fill it: by itself the memory keeps a hundred messages and drops the rest without a word.
    """
    if env.redis_url:
        return {
            "default": {
                "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
                "CONFIG": {"hosts": [env.redis_url], "prefix": "live"},
            }
        }
    return {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 50_000}}}


def email_from(env: Environment) -> tuple[str, dict[str, Any]]:
    """Django's e-mail backend and its settings for EMAIL_URL."""
    parts = urlsplit(env.email_url)
    backend = f"django.core.mail.backends.{ {'smtps': 'smtp', 'file': 'filebased'}.get(parts.scheme, parts.scheme) }"
    if parts.scheme == "file":
        return f"{backend}.EmailBackend", {"EMAIL_FILE_PATH": parts.path}
    if parts.scheme == "console":
        return f"{backend}.EmailBackend", {}
    return f"{backend}.EmailBackend", {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 10,
    }
