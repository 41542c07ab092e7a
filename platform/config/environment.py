"""What the environment may say, typed; each bad value is answered with its name and what would be right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


def _has_scheme(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and urlsplit(value).scheme not in schemes:
            shown = " or ".join(f"{scheme}://…" for scheme in schemes)
            raise ValueError(f"should be an address that starts with {shown}")
        return value

    return AfterValidator(check)


def _secret(value: str) -> str:
    if value and len(value) < 50:
        raise ValueError("should be at least 50 random characters")
    return value


def _index_name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,60}", value):
        raise ValueError("should be a name of small letters, digits and hyphens that starts with a letter")
    return value


def _folder(value: Path | None) -> Path | None:
    if value is not None and not value.is_dir():
        raise ValueError("should be a folder")
    return value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
        raise ValueError("should be an address such as https://steppingstones.example, without a path")
    return value.rstrip("/")


class Environment(BaseSettings):
    """Every variable the product reads. Empty means the embedded default."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", env_ignore_empty=True)

    debug: bool = Field(default=False, alias="DEBUG")
    secret_key: Annotated[str, AfterValidator(_secret)] = Field(default="", alias="SECRET_KEY")
    site_url: Annotated[str, AfterValidator(_origin)] = Field(default="http://localhost:8000", alias="SITE_URL")
    allowed_hosts: Annotated[list[str] | str, NoDecode] = Field(default="", alias="ALLOWED_HOSTS")
    data_dir: Path = Field(default=ROOT / "var", alias="DATA_DIR")
    database_url: Annotated[str, _has_scheme("postgresql", "postgres", "sqlite")] = Field(
        default="", alias="DATABASE_URL"
    )
    redis_url: Annotated[str, _has_scheme("redis", "rediss", "unix")] = Field(default="", alias="REDIS_URL")
    elasticsearch_url: Annotated[str, _has_scheme("http", "https")] = Field(default="", alias="ELASTICSEARCH_URL")
    elasticsearch_index: Annotated[str, AfterValidator(_index_name)] = Field(
        default="steppingstones", alias="ELASTICSEARCH_INDEX"
    )
    embedding_model: Annotated[Path | None, AfterValidator(_folder)] = Field(default=None, alias="EMBEDDING_MODEL")
    tasks: Literal["immediate", "database"] = Field(default="immediate", alias="TASKS")
    email_url: Annotated[str, _has_scheme("smtp", "smtps", "console", "file")] = Field(
        default="console://", alias="EMAIL_URL"
    )
    email_from: str = Field(default="Stepping Stones <no-reply@localhost>", alias="EMAIL_FROM")
    log_format: Literal["plain", "json"] = Field(default="plain", alias="LOG_FORMAT")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", alias="LOG_LEVEL")
    second_factor: Literal["required", "optional"] = Field(default="required", alias="SECOND_FACTOR")
    google_client_id: str = Field(default="", alias="GOOGLE_CLIENT_ID")
    google_client_secret: str = Field(default="", alias="GOOGLE_CLIENT_SECRET")
    microsoft_client_id: str = Field(default="", alias="MICROSOFT_CLIENT_ID")
    microsoft_client_secret: str = Field(default="", alias="MICROSOFT_CLIENT_SECRET")
    posts_a_minute: int = Field(default=15, ge=0, le=10_000, alias="POSTS_A_MINUTE")
    trusted_proxies: int = Field(default=0, ge=0, le=5, alias="TRUSTED_PROXIES")


def read_environment() -> Environment:
    """The environment's values. Raises ImproperlyConfigured, naming every variable that is wrong."""
    try:
        return Environment()
    except ValidationError as error:
        lines = []
        for fault in error.errors():
            name = str(fault["loc"][0]) if fault["loc"] else "environment"
            # Addresses and secrets may carry passwords: name them, never print them.
            shown = "" if name.endswith(("_URL", "_SECRET", "_KEY")) else f" (it is {fault['input']!r})"
            lines.append(f"  {name}: {fault['msg'].removeprefix('Value error, ')}{shown}")
        raise ImproperlyConfigured("These settings cannot be used:\n" + "\n".join(lines)) from None
