"""A real browser on a real server: Debian's Chromium through Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.serving import Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 20_000  # milliseconds: a busy machine is slow, not wrong
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # all that a scheme of colours can change
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


# What a browser does with a page does not depend on where its rows are kept, and what is read and done is held to both
# databases without browsers. What a socket, a search engine or several people's transactions have a part in does.
TWICE = {"test_changes", "test_discussing", "test_own_posts", "test_pages_agree", "test_partnering", "test_searching"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if item.path.stem not in TWICE:
                item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        sentence = "No Chromium here. On Debian: apt-get install chromium"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread; the ORM minds
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def served(django_db_setup: None) -> Iterator[Site]:
    """Pages and sockets, by the server that is used in earnest."""
    server = Site()
    with override_settings(SITE_URL=server.url, CSRF_TRUSTED_ORIGINS=[server.url]):
        server.start()
        yield server
        server.stop()


@pytest.fixture
def site(transactional_db: None) -> None:
    """The CMS's first pages, as a new registry has them; nothing kept from the test before."""
    from pages.queries import forget_menus
    from tests.factories.laid import lay_pages

    cache.clear()
    forget_menus()
    lay_pages()


@pytest.fixture
def visit(browser: Browser, site: None, served: Site) -> Iterator[Callable[..., Page]]:
    """`visit(path, user=…, width=…, scripts=…, scheme=…)`: a page of a fresh visitor; its errors fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(
        path: str = "/",
        *,
        user: Any = None,
        width: int = 1280,
        scripts: bool = True,
        scheme: str = "light",
    ) -> Page:
        context = browser.new_context(
            base_url=served.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": served.url}])
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def is_fault(said: ConsoleMessage) -> bool:
    """An error in the console; a page that was refused on purpose (403, 404, 409, 422) is none."""
    expected = ("responded with a status of 4", "ERR_INTERNET_DISCONNECTED")  # refused, or cut off, on purpose
    return said.type == "error" and not any(words in said.text for words in expected)


def session_of(user: Any) -> str:
    """A session that is signed in as someone, second factor shown."""
    from django.test import Client

    from tests.factories.accounts import sign_in

    client = Client()
    sign_in(client, user, second_factor=True)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    def check(page: Page) -> None:
        found = Axe().run(page, options=AXE).response["violations"]
        assert found == [], "\n".join(f"{v['id']}: {v['help']}: {[n['html'][:120] for n in v['nodes']]}" for v in found)

    return check
