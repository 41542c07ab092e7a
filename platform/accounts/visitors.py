"""Pages that look the same to every visitor are made once a minute."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

MESSAGES_COOKIE = CookieStorage.cookie_name  # a visitor's too may carry a message for them alone
View = Callable[..., HttpResponse]


def cached_for_visitors(seconds: int = 60) -> Callable[[View], View]:
    """Keep a page for whoever has no session; a person who is signed in always gets it fresh."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            known = {settings.SESSION_COOKIE_NAME, MESSAGES_COOKIE} & request.COOKIES.keys()
            if request.method not in ("GET", "HEAD") or known:
                return view(request, *args, **kwargs)
            asked = f"{get_language()} {request.scheme} {request.get_host()} {request.get_full_path()}"
            key = "visitor-answer:" + hashlib.sha256(asked.encode()).hexdigest()
            kept = cache.get(key)
            if kept is not None:
                content, content_type = kept
                response = HttpResponse(content, content_type)
            else:
                response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.streaming or response.cookies:
                    return response
                cache.set(key, (response.content, response["Content-Type"]), seconds)
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
            return response

        return answer

    return decorate
