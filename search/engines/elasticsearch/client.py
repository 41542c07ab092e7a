"""The one place that talks to Elasticsearch. Whatever goes wrong there is EngineFailed here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from search.engines.base import EngineFailed

WRITING_TIMEOUT = 60  # seconds; a search has SEARCH_TIMEOUT
_AT_ONCE = 16
P = ParamSpec("P")
R = TypeVar("R")
# A server that sends a byte now and then never runs into a socket's timeout: somebody else waits for it.
_waiters = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="elasticsearch")


@cache
def _connected(url: str) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=WRITING_TIMEOUT, max_retries=0, connections_per_node=_AT_ONCE)


@cache
def _hurried(url: str, seconds: float) -> Elasticsearch:
    return _connected(url).options(request_timeout=seconds)


def client() -> Elasticsearch:
    """The client of this process, which keeps its connections open."""
    return _connected(settings.ELASTICSEARCH_URL)


def guarded(function: Callable[P, R]) -> Callable[P, R]:
    """Any failure of the server, and any answer that is not what it should be, becomes EngineFailed."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except EngineFailed:
            raise
        except ApiError as error:
            raise EngineFailed(f"Elasticsearch: {error.status_code} {error.message}") from error
        except (TransportError, UnsupportedProductError) as error:
            raise EngineFailed(f"Elasticsearch: {type(error).__name__}") from error
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise EngineFailed(f"Elasticsearch answered something else: {type(error).__name__} {error}") from error

    return run


@guarded
def ask(path: str, **body: Any) -> Any:
    """The answer to a search or another read of the living index, within SEARCH_TIMEOUT. Raises EngineFailed."""
    seconds = settings.SEARCH_TIMEOUT
    asked = _hurried(settings.ELASTICSEARCH_URL, seconds)

    def wait() -> Any:
        answer = asked.perform_request(
            "POST",
            f"/{settings.ELASTICSEARCH_INDEX}/{path}",
            body=body,
            headers={"accept": "application/json", "content-type": "application/json"},
        )
        return answer.body

    try:
        answer = _waiters.submit(wait).result(timeout=seconds)
    except TimeoutError as error:
        raise EngineFailed(f"Elasticsearch: no answer in {seconds} s") from error
    if not isinstance(answer, dict):
        raise EngineFailed("Elasticsearch answered something else")
    if answer.get("timed_out") or answer.get("_shards", {}).get("failed"):
        raise EngineFailed("Elasticsearch answered only in part")
    return answer
