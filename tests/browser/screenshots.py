"""Every page of a running demo as a picture, to be looked at.

`python -m tests.browser.screenshots FOLDER --url http://localhost:8000`: each page at 390 and 1280 pixels, light and
dark, for a visitor and for the people of the demo who see more.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
VISITOR = (
    *("/", "/initiatives/", "/initiatives/?where=Middlesbrough&stage=primary", "/initiatives/?q=qqqq&where=Leeds"),
    *("/initiatives/?where=Qwxzville", "/places/", "/places/middlesbrough/", "/places/north-east/", "/places/wales/"),
    *("/places/isles-of-scilly/", "/organisations/", "/organisations/?q=qqqq", "/organisations/invitations/forged/"),
    *(
        "/need/",
        "/need/illustrative-need/",
        "/places/middlesbrough/need/",
        "/places/middlesbrough/briefing/",
        "/journey/national/?step=primary-to-secondary",
        "/journey/national/?kind=region&shade=number",
        "/places/middlesbrough/over-time/",
        "/places/middlesbrough/changes/",
        "/initiatives/?view=map",
        "/search/?q=school&view=map",
        "/guidance/",
        "/news/",
        "/about/",
        "/accessibility/",
        "/privacy/",
        "/contact/",
        "/nowhere/",
    ),
    *("/accounts/login/", "/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/"),
)
EDITOR = (
    *("/your-work/", "/initiatives/register/", "/organisations/new/", "/account/", "/accounts/email/"),
    *("/accounts/sessions/", "/accounts/2fa/", "/moderation/"),
)
MODERATOR = ("/moderation/", "/moderation/import/", "/account/")
STEPS = ("what", "whom", "where", "when", "with", "check")
# The first page of its kind that a list leads to: from where, and what its address looks like.
FOLLOWED = {
    "visitor": (
        ("/initiatives/", r"^/initiatives/(?!register)[\w-]+/$"),
        ("/organisations/", r"^/organisations/(?!new)[\w-]+/$"),
        ("/guidance/", r"^/guidance/[\w-]+/$"),
        ("/news/", r"^/news/[\w-]+/$"),
    ),
    "editor": (("/your-work/", r"^/register/\d+/\w+/$"), ("/your-work/", r"^/organisations/(?!new)[\w-]+/$")),
    "moderator": (("/moderation/", r"^/moderation/\d+/$"),),
}


def pages_of(page: Page, role: str) -> Iterator[str]:
    """Every address worth a picture for a role."""
    yield from {"visitor": VISITOR, "editor": EDITOR, "moderator": MODERATOR}[role]
    for start, pattern in FOLLOWED[role]:
        page.goto(start)
        links = page.locator("main a").evaluate_all("all => all.map(link => link.pathname)")
        found = next((link for link in links if re.match(pattern, link)), None)
        if found is None:
            print(f"{start} leads to nothing like {pattern}")
            continue
        if numbers := re.match(r"/register/(\d+)/", found):
            yield from (f"/register/{numbers[1]}/{step}/" for step in STEPS)
        elif role == "editor":
            yield from (found, f"{found}edit/", f"{found}people/")
        else:
            yield found


def take(page: Page, address: str, role: str, folder: Path) -> None:
    """The four pictures of one page."""
    name = re.sub(r"[^\w]+", "-", address).strip("-") or "home"
    page.goto(address)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=folder / f"{role}-{name}-{width}-{scheme}.png", full_page=True)


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def walk(browser: Browser, options: argparse.Namespace) -> int:
    """Pictures for each role; how many pages."""
    number = 0
    for role, email in (("visitor", ""), ("editor", options.editor), ("moderator", options.moderator)):
        context = browser.new_context(base_url=options.url)
        page = context.new_page()
        if email:
            sign_in(page, email, options.password)
        for address in dict.fromkeys(pages_of(page, role)):
            take(page, address, role, options.folder)
            number += 1
        context.close()
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--editor", default="owner@demo.example", help="who owns an organisation in the demo")
    parser.add_argument("--moderator", default="moderator@demo.example")
    parser.add_argument("--password", default="stepping stones")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        number = walk(browser, options)
        browser.close()
    print(f"{number} pages, {len(WIDTHS) * len(SCHEMES)} pictures each, in {options.folder}")


if __name__ == "__main__":
    main()
