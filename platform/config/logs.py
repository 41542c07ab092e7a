"""Logs: a plain line for people, JSON where LOG_FORMAT=json; each carries its request's id."""

from __future__ import annotations

from config.environment import read_environment

_env = read_environment()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{message}",
            "style": "{",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": _env.log_format}},
    "root": {"handlers": ["stderr"], "level": _env.log_level},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        # Their INFO is a line for every saved page, task and request; the audit log keeps who did what.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "modelsearch": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},  # what it warns of we say ourselves, once
    },
}
