"""Wiring that would fail late, said early: by `manage.py check`, and more of it with `--deploy`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from places.domain.loading import DATA as PLACES


@register(Tags.compatibility)
def site_is_reachable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The address in every e-mail must be one that this server answers."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    hosts = settings.ALLOWED_HOSTS
    if "*" in hosts or host in hosts or any(name.startswith(".") and host.endswith(name) for name in hosts):
        return []
    return [
        Error(
            f"SITE_URL names {host}, which ALLOWED_HOSTS leaves out: every link in an e-mail would be refused.",
            hint=f"Put {host} into ALLOWED_HOSTS.",
            id="steppingstones.E001",
        )
    ]


@register(Tags.files)
def places_are_shipped(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if PLACES.exists():
        return []
    return [Error(f"The places of the country are missing: {PLACES.name}.", id="steppingstones.E002")]


@register(Tags.security, deploy=True)
def deployed_for_people(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is right on a laptop and wrong on the open internet."""
    found: list[CheckMessage] = []
    if not settings.SITE_URL.startswith("https://"):
        found.append(Warning("SITE_URL is not https://….", hint="Passkeys need it.", id="steppingstones.W001"))
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        found.append(
            Warning(
                "E-mail goes to the console: nobody could sign in by code.",
                hint="Set EMAIL_URL to smtp://….",
                id="steppingstones.W002",
            )
        )
    if not settings.SECOND_FACTOR_REQUIRED:
        found.append(
            Warning(
                "Moderators and administrators need no second factor.",
                hint="Leave SECOND_FACTOR unset.",
                id="steppingstones.W003",
            )
        )
    is_shared = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if is_shared and "locmem" in settings.CACHES["default"]["BACKEND"]:
        found.append(
            Warning(
                "Several processes would each count rate limits for themselves.",
                hint="Set REDIS_URL.",
                id="steppingstones.W004",
            )
        )
    if "Manifest" not in settings.STORAGES["staticfiles"]["BACKEND"]:
        found.append(
            Warning(
                "The static files are not collected: browsers would keep old styles after an upgrade.",
                hint="Run `manage.py collectstatic`, with the DATA_DIR that the server has.",
                id="steppingstones.W005",
            )
        )
    return found
