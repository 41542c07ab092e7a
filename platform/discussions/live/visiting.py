"""Who opens a socket: the person of the session, with their roles awake or asleep as on any page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_supported_language_variant

from accounts.middleware import shown_second_factor
from discussions.models import Thread
from discussions.permissions import can_read


@dataclass(frozen=True)
class Visitor:
    user: Any  # a User or AnonymousUser
    language: str
    session_key: str = ""


def person_of(session_key: str) -> Any:
    """The person of a session as the database has it now."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request: Any = SimpleNamespace(session=store(session_key))
    user: Any = get_user(request)
    if user.is_authenticated:
        user.roles_awake = shown_second_factor(request, user)
    return user


@database_sync_to_async
def visitor_of(headers: dict[bytes, bytes]) -> Visitor:
    """Who it is by the session's cookie, and in which language they read."""
    cookies = _cookies(headers.get(b"cookie", b""))
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    key = key if key.isprintable() else ""  # a quoted cookie may hold what no database takes
    user = person_of(key) if key else AnonymousUser()
    return Visitor(user, _language(cookies, headers.get(b"accept-language", b"")), key)


@database_sync_to_async
def is_still(session_key: str, person: int) -> bool:
    """Whether this session is this person's as before; nobody's, where `person` is nought."""
    return (person_of(session_key).pk or 0) == person if session_key else person == 0


@database_sync_to_async
def readable_sequence(session_key: str, thread_id: int) -> int | None:
    """The thread's last change, where whoever has this session may read it now; None where not."""
    thread = Thread.objects.filter(pk=thread_id).first()
    user = person_of(session_key) if session_key else AnonymousUser()
    return thread.sequence if thread is not None and can_read(user, thread) else None


def host_of(scope: Mapping[str, Any], headers: Mapping[bytes, bytes]) -> str:
    """Where a visitor comes from: before as many proxies as are trusted, as for the limits on signing in."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",") if proxies else []
    if len(passed) >= proxies > 0:
        return passed[-proxies].strip()
    return str((scope.get("client") or ("",))[0])


def _cookies(header: bytes) -> dict[str, str]:
    try:
        return {name: one.value for name, one in SimpleCookie(header.decode("latin-1")).items()}
    except CookieError:
        return {}


def _language(cookies: dict[str, str], accepted: bytes) -> str:
    for code in (
        cookies.get(settings.LANGUAGE_COOKIE_NAME, ""),
        accepted.decode("latin-1").split(",")[0].split(";")[0],
    ):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
